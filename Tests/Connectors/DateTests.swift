import Records
import Testing

@testable import Connectors

@Suite("Dates as people's systems write them")
struct DateTests {
    private func read(_ text: String, _ order: DayOrder = .dayFirst, zone: Zone = .utc) -> String {
        var clock = LocalClock(zone)
        switch DateReader.moment(readDate(text.utf8.span), order, &clock) {
        case .none: return "none"
        case .garbage: return "garbage"
        case .moment(let moment): return moment.description
        }
    }

    @Test(
        "No date is written in many ways",
        arguments: [
            "", "?", "-", "--", "NULL", "null", "N/A", "n/a", "1970-01-01", "1970-01-01 00:00:00", "01/01/1970",
            "0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "0001-01-01", "0001-01-01T00:00:00Z", "0", "1899-12-30",
            "9999-12-31 23:59:59", "1970-01-01T01:00:00+01:00", "—",
        ])
    func none(text: String) { #expect(read(text) == "none") }

    @Test(
        "What is no date is told apart from none",
        arguments: [
            "hello", "31/02/2024", "2024-13-01", "2024-02-30", "12", "123", "2024", "2024-01-01 25:00", "1/2/3/4",
            "2024-01-01 10:00 something", "0x7f", "14:30", "2024-01-01T10:61:00", "99/99/9999", "Mon", "Monday the 4th",
            "2024-01-01 10:00:00 +99:00", "١/٢/٢٠٢٤",
        ])
    func garbage(text: String) { #expect(read(text) == "garbage") }

    @Test(
        "Each form gives the same moment",
        arguments: [
            "2024-03-05 14:30:00", "2024-03-05T14:30:00", "2024-03-05T14:30:00Z", "2024-03-05T14:30Z",
            "2024-03-05 14:30", "2024-03-05T16:30:00+02:00", "2024-03-05T16:30:00+0200", "2024-03-05 16:30:00 +02",
            "2024-03-05 14:30:00 UTC", "2024-03-05T14:30:00.000Z", "2024-03-05 14:30:00,000", "2024/03/05 14:30",
            "2024/3/5 14:30", "05/03/2024 14:30", "5/3/2024 14:30:00", "05.03.2024 14:30", "5. 3. 2024 14.30",
            "05-03-2024 14:30", "05/03/24 14:30", "5/3/24 2:30 PM", "05/Mar/24 2:30 PM", "5/mar/24 2:30 pm",
            "05-MAR-2024 02:30:00 PM", "5. marts 2024 kl. 14.30", "05 Mar 2024 14:30", "Mar 5, 2024 2:30 PM",
            "March 5, 2024, 2:30 p.m.", "Tue Mar  5 14:30:00 2024", "Tue, 05 Mar 2024 14:30:00 GMT",
            "Tue, 5 Mar 2024 15:30 +0100", "2024年3月5日 14:30", "2024年03月05日14时30分00秒", "2024年3月5日 下午2:30",
            "2024/3/5 下午 2:30", "05/三月/24 2:30 下午", "1709649000", "1709649000000", "1709649000.0", "20240305143000",
            "20240305T143000Z", "05/03/2024, 14:30:00", "5/3/2024 2:30:00\u{202f}PM",
        ])
    func forms(text: String) { #expect(read(text) == "2024-03-05T14:30:00Z") }

    @Test("Noon and midnight on a clock of twelve hours")
    func noon() {
        #expect(read("03/Sep/26 12:05 AM") == "2026-09-03T00:05:00Z")
        #expect(read("03/Sep/26 12:05 PM") == "2026-09-03T12:05:00Z")
        #expect(read("14/Jul/25 3:42 PM") == "2025-07-14T15:42:00Z")
        #expect(read("2024年3月5日 上午12:05") == "2024-03-05T00:05:00Z")
    }

    @Test("Only the order decides what 3/4/2025 is")
    func order() {
        #expect(read("3/4/2025", .dayFirst) == "2025-04-03T00:00:00Z")
        #expect(read("3/4/2025", .monthFirst) == "2025-03-04T00:00:00Z")
        #expect(read("25-07-14", .yearFirst) == "2025-07-14T00:00:00Z")
    }

    @Test("Two digits of a year: 69 is the last century, 68 is this one; 29 February needs its year")
    func years() {
        #expect(read("1/2/99") == "1999-02-01T00:00:00Z")
        #expect(read("1/2/68") == "2068-02-01T00:00:00Z")
        #expect(read("29/02/2024") == "2024-02-29T00:00:00Z")
        #expect(read("29/02/2023") == "garbage")
    }

    @Test("Fractions of a second are kept")
    func fraction() {
        guard case .parts(let parts) = readDate("2024-03-05T14:30:00.123456Z".utf8.span) else {
            Issue.record("no date")
            return
        }
        #expect(parts.microseconds == 123_456)
    }

    @Test("A zone is applied where none is written, also on the days on which clocks change")
    func zone() throws {
        let copenhagen = try #require(Zone("Europe/Copenhagen"))
        #expect(read("2024-01-15 12:00", zone: copenhagen) == "2024-01-15T11:00:00Z")
        #expect(read("2024-07-15 12:00", zone: copenhagen) == "2024-07-15T10:00:00Z")
        #expect(read("2024-07-15T12:00:00Z", zone: copenhagen) == "2024-07-15T12:00:00Z")
        #expect(read("2024-03-31 01:59", zone: copenhagen) == "2024-03-31T00:59:00Z")
        #expect(read("2024-03-31 03:00", zone: copenhagen) == "2024-03-31T01:00:00Z")
        #expect(read("2024-10-27 04:00", zone: copenhagen) == "2024-10-27T03:00:00Z")
        var clock = LocalClock(copenhagen)
        for hour in stride(from: Int64(1_700_000_000), to: 1_735_000_000, by: 3571) {
            #expect(clock.moment(localSeconds: hour) == copenhagen.moment(localSeconds: hour))
        }
    }

    @Test("A column's order comes from the values that are impossible the other way round")
    func column() {
        func order(_ cells: [String]) -> DayOrder? {
            var column = DateColumn()
            for cell in cells { column.take(cell.utf8.span) }
            return column.order
        }
        #expect(order(["3/4/2025", "5/6/2025"]) == nil)
        #expect(order(["3/4/2025", "25/6/2025"]) == .dayFirst)
        #expect(order(["3/4/2025", "6/25/2025"]) == .monthFirst)
        #expect(order(["03.04.2025"]) == .dayFirst)
        #expect(order(["2025-04-03", "", "?"]) == nil)
    }

    @Test("No cell makes the reader fail, however it is cut or mixed")
    func random() {
        let pieces = [
            "2024", "-", "/", ".", ":", " ", "T", "Z", "1", "12", "31", "PM", "am", "年", "月", "日", "下午", "Mar", "三月",
            "+02", "00", "GMT", ",", "時", "秒", "kl", "é", "99999999999999999999",
        ]
        var clock = LocalClock(.utc)
        var random = Seeded(state: 7)
        for _ in 0..<20_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...9, using: &random) { text += pieces.randomElement(using: &random)! }
            var bytes = Array(text.utf8)
            if Bool.random(using: &random), !bytes.isEmpty { bytes.removeLast() }
            _ = DateReader.moment(readDate(bytes.span), .monthFirst, &clock)
        }
    }
}
