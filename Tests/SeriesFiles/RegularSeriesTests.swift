import Foundation
import Testing

@testable import SeriesFiles

@Suite("Steps without a row")
struct RegularSeriesTests {
    static func regular(_ steps: [String]) throws -> RegularSeries {
        let values = steps.indices.map { Double($0) }
        let lines = steps.indices.map { $0 + 2 }
        return try RegularSeries(NamedSeries(id: "a", steps: steps, values: values, lines: lines), shownAs: "x.csv")
    }

    @Test(
        "Absent days, hours, weeks, months, quarters and years are put in by the calendar",
        arguments: [
            (["2024-02-26", "2024-02-27", "2024-02-28", "2024-03-01"], "2024-02-29"),
            (["2024-01-01 22:00:00", "2024-01-01 23:00:00", "2024-01-02 01:00:00"], "2024-01-02 00:00:00"),
            (["2024-01-01", "2024-01-08", "2024-01-22"], "2024-01-15"),
            (["2023-11-01", "2023-12-01", "2024-01-01", "2024-03-01"], "2024-02-01"),
            (["2023-11-30", "2023-12-31", "2024-01-31", "2024-03-31"], "2024-02-29"),
            (["2023-01-01", "2023-04-01", "2023-07-01", "2024-01-01"], "2023-10-01"),
            (["2019-12-31", "2020-12-31", "2021-12-31", "2023-12-31"], "2022-12-31"),
        ])
    func gaps(steps: [String], absent: String) throws {
        let found = try Self.regular(steps)
        #expect(found.inserted == 1 && found.series.steps.dropLast().last == absent)
        #expect(found.series.values.dropLast().last?.isNaN == true)
        #expect(found.series.values.filter { !$0.isNaN } == steps.indices.map { Double($0) })
        #expect(found.series.lines.count == found.series.steps.count)
    }

    @Test(
        "What has no gap, no dates or no regular distance stays as it is",
        arguments: [
            [], ["1"], ["1", "2", "4"], ["5", "3"], ["2024-01-01"], ["2024-01-01", "2024-01-02"],
            ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"],
            ["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-18"],
            ["2024-01-01", "2024-02-01", "2024-03-01", "2024-03-20"],
            ["2024-03-30T00:00:00+01:00", "2024-03-31T00:00:00+01:00", "2024-04-01T00:00:00+02:00"],
        ])
    func untouched(steps: [String]) throws {
        let found = try Self.regular(steps)
        #expect(found.inserted == 0 && found.series.steps == steps)
    }

    @Test(
        "Repeated, falling and unreadable dates, and those too far apart, are told with their line",
        arguments: [
            (["2024-01-01", "2024-01-02", "2024-01-02"], "x.csv:4: “2024-01-02” comes twice in the series “a”"),
            (["2024-01-01", "2024-01-03", "2024-01-02"], "x.csv:4: “2024-01-02” is earlier than the row before it"),
            (["2024-02-28", "2024-02-29", "2024-02-30"], "x.csv:4: “2024-02-30” is no date"),
            (["2024-01-01", "2024-01-02", "2034-01-01"], "x.csv:4: “2034-01-01” is too far from the row before it"),
        ])
    func refused(steps: [String], message: String) throws {
        let error = #expect(throws: SeriesFileError.self) { try Self.regular(steps) }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test("Working days have no weekends: a holiday is a gap, a season has five steps, and Monday follows Friday")
    func closedDays() throws {
        let days = (0..<28).filter { $0 % 7 < 5 && $0 != 9 }.map { "2024-01-\($0 < 9 ? "0" : "")\($0 + 1)" }
        let found = try Self.regular(days)
        #expect(found.inserted == 1 && found.series.steps.count == 20 && found.series.steps[7] == "2024-01-10")
        #expect(found.suggestedSeasons == [5])
        #expect((1...3).map { found.date($0) } == ["2024-01-29", "2024-01-30", "2024-01-31"])
        #expect(found.date(6) == "2024-02-05")
    }

    @Test("A forecast of a file with a month absent is that of the file with an empty cell, and says so")
    func forecast() throws {
        var rows = ForecastFileTests.months.split(separator: "\n")
        let cells = rows[30].split(separator: ",")
        rows[30] = Substring("\(cells[0]),\(cells[1]),")
        let empty = rows.joined(separator: "\n") + "\n"
        rows.remove(at: 30)
        let absent = rows.joined(separator: "\n") + "\n"
        let request = ForecastRequest(horizon: 6)
        #expect(try ForecastFileTests.run(absent, request) == ForecastFileTests.run(empty, request))
        let json = try ForecastFileTests.run(absent, ForecastRequest(horizon: 6, isJSON: true))
        #expect(json.contains("\"n\":60") && json.contains("1 of 60 steps have no row and count as missing"))
    }
}
