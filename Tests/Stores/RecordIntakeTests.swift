import Foundation
import Measures
import Open
import Records
import Signals
import Statistics
import Store
import Testing

private let zone = Zone.utc
private let surveys = MeasuredRecords.surveys

private func answer(
    _ key: String, _ score: Double?, day: Int, high: Double = 5, service: String = ""
) -> KeptRecord<SurveyAnswer> {
    KeptRecord(
        key: key,
        value: SurveyAnswer(
            answeredAt: Moment(seconds: Int64(20_000 + day) * 86_400 + 3600), survey: "Q", scaleLow: high == 10 ? 0 : 1,
            scaleHigh: high, score: score, comment: score == nil ? "" : "said \(key)", service: service), line: 2)
}

private func reading(_ value: Double, hour: Int, device: String = "M1", unit: String = "K") -> KeptRecord<Reading> {
    KeptRecord(
        key: "",
        value: Reading(
            at: Moment(seconds: Int64(20_000 * 86_400 + hour * 3600)), device: device, quantity: "heat", unit: unit,
            value: value), line: hour + 2)
}

private func batch(
    answers: [KeptRecord<SurveyAnswer>] = [], readings: [KeptRecord<Reading>] = []
) -> RecordBatch {
    var batch = RecordBatch()
    batch.answers = answers
    batch.readings = readings
    return batch
}

@Suite("Taking in answers, suggestions and readings")
struct RecordIntakeTests {
    @Test("An empty store has nothing of them, and an empty batch changes nothing")
    func empty() async throws {
        let store = try await openStore(Folder().file("a.db"))
        #expect(try await store.take(RecordBatch(), from: nil, zone: zone) == TakenIn())
        #expect(try await store.recordChangeCount() == 0)
        #expect(try await store.surveyExtent() == nil)
        #expect(try await store.suggestionExtent() == nil)
        #expect(try await store.recordTotals(surveys, .everything).isEmpty)
        #expect(try await store.recordDays(surveys) == nil)
        #expect(try await store.readQuantities().isEmpty)
        #expect(try await store.recordTotals(.tickets(.incident), .everything).isEmpty)
        #expect(try await store.check().isEmpty)
    }

    @Test("Scales are told apart, the same again changes nothing, and a correction leaves no trace")
    func answers() async throws {
        let folder = try Folder()
        let store = try await openStore(folder.file("a.db"))
        let first = batch(answers: [
            answer("a", 5, day: 0, service: "Mail"), answer("b", 1, day: 0, service: "Mail"),
            answer("c", 10, day: 0, high: 10), answer("d", 6, day: 1, high: 10), answer("e", nil, day: 1),
        ])
        let taken = try await store.take(first, from: nil, zone: zone)
        #expect(taken.new == 5 && taken.changed == 0)
        #expect(try await store.take(first, from: nil, zone: zone) == TakenIn())
        let day = Day(number: 20_000)
        let values = try await store.recordTotals(surveys, .everything).total(Period(day, through: day + 1)).values
        #expect(values.asked == 5 && values.answered == 4 && values.mean == 0.5)
        #expect(values.promoterScore == 0 && values.rated == 2)
        // Better on second thought, and on another day and service.
        let corrected = try await store.take(
            batch(answers: [answer("b", 5, day: 2, service: "Phone")]), from: nil, zone: zone)
        #expect(corrected.new == 0 && corrected.changed == 1)
        let services = try await store.recordTotals(surveys, by: .service)
        #expect(services["Mail"]?.total(Period(day, through: day + 2)).values.count == 1)
        #expect(services["Phone"]?.days.keys.map(\.number) == [20_002])
        let kept = try await store.recordTotals(surveys, .everything)
        try await store.rebuildRecordTotals(zone: zone)
        #expect(try await store.recordTotals(surveys, .everything) == kept)
        #expect(try await store.recordDays(surveys) == Period(day, through: day + 2))
        #expect(try await store.recordValues(surveys, of: .service, limit: 9).map(\.count) == [1, 1])
        #expect(try await store.check().isEmpty)
        let comments = try await store.answers(.everything, answered: nil, isCommented: true, limit: 10)
        #expect(comments.map(\.value.comment) == ["said b", "said d", "said c", "said a"])
        #expect(try await store.answers(Slice(.device, "x"), answered: nil, isCommented: false, limit: 9).isEmpty)
    }

    @Test("A reading is known by device, quantity and time; another value corrects it, another unit is refused")
    func readings() async throws {
        let store = try await openStore(Folder().file("a.db"))
        let taken = try await store.take(
            batch(readings: [
                reading(10, hour: 0), reading(20, hour: 1), reading(30, hour: 1, device: "M2"), reading(20, hour: 1),
                reading(7, hour: 2, unit: ""), reading(7, hour: 3, unit: "F"),
            ]), from: nil, zone: zone)
        #expect(taken.new == 4 && taken.changed == 0 && taken.rejects.map(\.line) == [5])
        #expect(taken.rejects[0].reason.contains("known in “K”"))
        let corrected = try await store.take(batch(readings: [reading(40, hour: 1)]), from: nil, zone: zone)
        #expect(corrected.new == 0 && corrected.changed == 1)
        let heat = MeasuredRecords.readings(ReadingQuantity(name: "heat", unit: ""))
        let day = Day(number: 20_000)
        #expect(try await store.recordTotals(heat, .everything).days[day]?.values.sum == 87)
        #expect(try await store.recordTotals(heat, Slice(.device, "M1")).days[day]?.values.count == 3)
        #expect(try await store.readQuantities().map(\.devices) == [2])
        #expect(try await store.readQuantities().first?.quantity.unit == "K")
        #expect(try await store.readings("heat", device: "M1", at: nil, limit: 9).map(\.value.value) == [7, 40, 10])
        #expect(try await store.check().isEmpty)
    }

    @Test("Days are the organisation's, and are added up anew when its zone changes")
    func zones() async throws {
        let store = try await openStore(Folder().file("a.db"))
        _ = try await store.take(batch(readings: [reading(1, hour: 23)]), from: nil, zone: zone)
        let heat = MeasuredRecords.readings(ReadingQuantity(name: "heat", unit: ""))
        let shanghai = try #require(Zone("+08:00"))
        try await store.rebuildRecordTotals(zone: shanghai)
        #expect(try await store.recordTotals(heat, .everything).days.keys.map(\.number) == [20_001])
    }

    @Test("Rejects of a file are kept once, and its rows are counted")
    func rejects() async throws {
        let store = try await openStore(Folder().file("a.db"))
        let record = try await store.beginImport(
            file: "r.csv", fileHash: "ff", preset: "readings", at: Moment(seconds: 1))
        var rows = batch(readings: [reading(1, hour: 0), reading(1, hour: 1, unit: "F")])
        rows.rejects = [Reject(file: "", line: 9, reason: "no time", row: "x")]
        rows.rowsDone = 3
        _ = try await store.take(rows, from: record.id, zone: zone)
        _ = try await store.take(rows, from: record.id, zone: zone)
        #expect(try await store.rejects(of: record.id, after: 0, limit: 9).map(\.line) == [3, 9])
        let known = try await store.importOf(fileHash: "ff")
        #expect(known?.rows == 3 && known?.rejected == 2)
    }

    @Test("What a search has found is kept with all it needs to go on, and stands among the signals")
    func search() async throws {
        let store = try await openStore(Folder().file("a.db"))
        #expect(try await store.seriesSearch() == nil)
        var search = SeriesSearch(lastDay: Day(number: 20_000))
        _ = search.discoveries.decide([1e-9, 0.4])
        try await store.save(search)
        #expect(try await store.seriesSearch() == search)
        #expect(try await store.signals().isEmpty)
    }
}
