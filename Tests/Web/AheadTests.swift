import Languages
import Measures
import Records
import Statistics
import Testing

@testable import Web

@Suite("What a measure is expected to do next")
struct AheadTests {
    static let calendar = BusinessCalendar(zone: .utc)

    static func series(_ id: String, _ weekly: [Int]) -> Series {
        var rollup = Rollup()
        let measure = Samples.measure(id)
        for (week, count) in weekly.enumerated() {
            for i in 0..<count {
                var t = Ticket(
                    number: "INC\(week)-\(i)", openedAt: (Samples.start + (week * 7 + i % 7)).startInUTC)
                t.slaMet = i % 10 != 0
                t.resolvedAt = t.openedAt
                if let c = Contribution(of: t, calendar: calendar) { rollup.add(c) }
            }
        }
        let period = Period(Samples.start, through: Samples.start + (weekly.count * 7 - 1))
        return Series(measure, of: rollup, over: period, step: 7, asOf: period.last)
    }

    @Test("A short history says nothing; a longer one is continued, and never below nothing or above all")
    func lengths() throws {
        #expect(Ahead(Self.series("incidents.opened", Array(repeating: 20, count: 11)), step: 7, target: nil) == nil)
        let counts = (0..<40).map { 140 + ($0 * 37) % 23 }
        let ahead = try #require(Ahead(Self.series("incidents.opened", counts), step: 7, target: nil))
        #expect(ahead.values.count == 8 && ahead.passesTarget == nil)
        for value in ahead.values { #expect(value.low > 10 && value.low < value.estimate && value.high < 40) }
        #expect(ahead.end == Period(Samples.start + (47 * 7), through: Samples.start + (48 * 7 - 1)))
        let share = try #require(Ahead(Self.series("incidents.slaMet", counts), step: 7, target: nil))
        for value in share.values { #expect(value.high <= 1 && value.low >= 0) }
    }

    @Test("A target that a rise will pass is told with its chance, one far away or passed already is not feared")
    func target() throws {
        let rising = (0..<40).map { 100 + $0 * 5 + ($0 * 37) % 23 }
        let series = Self.series("incidents.opened", rising)
        let near = try #require(Ahead(series, step: 7, target: 47)?.passesTarget)
        let far = try #require(Ahead(series, step: 7, target: 400)?.passesTarget)
        #expect(near > 0.5 && far < 0.05)
        #expect(Ahead(series, step: 7, target: 20)?.passesTarget == nil)
    }

    @Test("It is told in every language", arguments: Language.allCases)
    func words(language: Language) throws {
        let counts = (0..<60).map { 140 + ($0 * 37) % 23 }
        let series = Self.series("incidents.opened", counts)
        let told = try #require(Ahead(series, step: 7, target: 60)).html(series.measure, Words(language)).text
        #expect(told.contains("%") && !told.contains("nan"))
    }
}
