import Foundation
import Records
import Testing

@testable import Connectors

@Suite("From rows to tickets")
struct ReadTests {
    @Test("Each row is a ticket with its line and its row number, in the order of the file")
    func order() throws {
        let reading = try readText("id,created,title\n1,2024-03-05,\"a\nb\"\n\n2,2024-03-04,c\n")
        #expect(reading.tickets.map(\.number) == ["1", "2"])
        #expect(reading.tickets.map(\.line) == [2, 5])
        #expect(reading.rowNumbers == [1, 2])
        #expect(reading.doctor.firstOpened == moment("2024-03-04T00:00:00Z"))
        #expect(reading.doctor.lastOpened == moment("2024-03-05T00:00:00Z"))
    }

    @Test("Rows read before are passed over")
    func skipping() throws {
        try withFile(Array("id,created,title\n1,2024-03-05,a\n2,never,b\n3,2024-03-05,c\n4,2024-03-05,d\n".utf8)) {
            path in
            let rest = try readPath(path, skippingRows: 2)
            #expect(rest.tickets.map(\.number) == ["3", "4"])
            #expect(rest.rowNumbers == [3, 4])
            #expect(rest.rejects.isEmpty)
        }
    }

    @Test("Bad rows are kept with their line and reason, and reading goes on")
    func rejects() throws {
        let reading = try readText(
            """
            id,created,closed,title
            ,2024-03-05 10:00,,no number
            2,,,no date
            3,0x7f,,strange date
            4,2024-03-05 10:00,2024-03-05 09:00,closed too early
            5,2024-03-05 10:00,,too,many
            6,2024-03-05 10:00,,good,
            7,2024-03-05 10:00,2024-03-05 11:00,good

            """)
        #expect(reading.tickets.map(\.number) == ["6", "7"])
        #expect(reading.rejects.map(\.line) == [2, 3, 4, 5, 6])
        #expect(
            reading.rejects.map(\.reason) == [
                "has no ticket number; check the column “id”",
                "does not say when it was opened; check the column “created”",
                "the date “0x7f” of the column “created” cannot be read; correct it, or check the mapping",
                "closed before it was opened; check the time zone of the column “closed”",
                "has 5 fields, the header has 4; put quotes around texts that hold the delimiter",
            ])
        #expect(reading.rejects[3].row == "4,2024-03-05 10:00,2024-03-05 09:00,closed too early")
        #expect(
            reading.doctor.rejected == [
                .noNumber: 1, .noOpenedAt: 1, .openedAtUnreadable: 1, .closedBeforeOpened: 1, .tooManyFields: 1,
            ])
        #expect(reading.doctor.rowsRead == 7)
        #expect(reading.doctor.rowsKept == 2)
        #expect(reading.doctor.impossibleOrders[.closedBeforeOpened]?.first == [5])
    }

    @Test("A rejected row with doubled quotes is kept as it stood")
    func rawRow() throws {
        let reading = try readText("id,created,title\n1,never,\"say \"\"no\"\"\"\n2,2024-03-05,\"say \"\"yes\"\"\"\n")
        #expect(reading.rejects.first?.row == "1,never,\"say \"\"no\"\"\"")
        #expect(reading.tickets.first?.title == "say \"yes\"")
    }

    @Test("When strictness is asked for, the first bad row ends it")
    func strict() throws {
        let error = failure {
            _ = try readText("id,created,title\n1,2024-03-05,a\n2,,b\n", ReadingOptions(strict: true))
        }
        #expect(error?.exitCode == 65)
        #expect(error?.message.contains(":3: does not say when it was opened") == true)
    }

    @Test("Short rows are filled up; a short last row looks like a cut")
    func short() throws {
        let reading = try readText("id,created,title,category\n1,2024-03-05,a\n2,2024-03-05,b,c\n")
        #expect(reading.doctor.shortRows == 1)
        #expect(reading.doctor.suspectedCuts.isEmpty)
        #expect(reading.tickets.count == 2)
        let cut = try readText("id,created,title,category\n1,2024-03-05,a,x\n2,2024-03-05,b")
        #expect(cut.doctor.suspectedCuts == [.lastRowShort(line: 3, fields: 3, expected: 4)])
        let quotes = try readText("id,created,title,category\n1,2024-03-05,a,x\n2,2024-03-05,\"b and")
        #expect(quotes.doctor.suspectedCuts == [.endsInsideQuotes(line: 3)])
        #expect(quotes.tickets.count == 1)
    }

    @Test("Exactly 1,000 rows look like a limit; 1,001 do not")
    func round() throws {
        var text = "id,created,title\n"
        for i in 0..<1000 { text += "\(i),2024-03-05,a\n" }
        #expect(try readText(text).doctor.suspectedCuts == [.roundNumberOfRows(1000)])
        #expect(try readText(text + "x,2024-03-05,a\n").doctor.suspectedCuts.isEmpty)
    }

    @Test("A week without tickets in a busy file is a gap; weekends and a quiet end are not")
    func gaps() throws {
        var text = "id,created,title\n"
        let first = Day("2024-01-01")!
        for day in 0..<100 where (first + day).weekday < 5 && !(40...47).contains(day) {
            for i in 0..<(day < 90 ? 10 : 1) { text += "\(day)-\(i),\(first + day),a\n" }
        }
        let gaps = try readText(text).doctor.gaps
        #expect(gaps.count == 1)
        #expect(gaps.first?.first == first + 40)
        #expect(gaps.first?.last == first + 48 || gaps.first?.last == first + 47)
    }

    @Test("Impossible orders are counted with their lines; only closing before opening costs the row")
    func impossible() throws {
        let reading = try readText(
            """
            id,created,first response,resolved,closed,title
            1,2024-03-05 10:00,2024-03-05 09:00,2024-03-05 09:30,2024-03-05 11:00,a
            2,2024-03-05 10:00,,2024-03-05 12:00,2024-03-05 11:00,b
            """)
        #expect(reading.tickets.count == 2)
        #expect(reading.doctor.impossibleOrders[.resolvedBeforeOpened]?.first == [2])
        #expect(reading.doctor.impossibleOrders[.respondedBeforeOpened]?.first == [2])
        #expect(reading.doctor.impossibleOrders[.closedBeforeResolved]?.first == [3])
    }

    @Test("Unreadable dates other than that of opening are counted and taken for none")
    func unreadable() throws {
        let reading = try readText(
            "id,created,resolved,title\n1,2024-03-05,soon,a\n2,2024-03-05,2024-03-06,b\n3,2024-03-05,2024-03-06,b\n")
        #expect(reading.doctor.unreadableDates[.resolvedAt]?.first == [2])
        #expect(reading.tickets.first?.resolvedAt == nil)
    }

    @Test("The share of empty cells counts every way to write nothing")
    func empty() throws {
        let reading = try readText(
            "id,created,category\n1,2024-03-05,?\n2,2024-03-05,NULL\n3,2024-03-05,x\n4,2024-03-05,\n")
        #expect(reading.doctor.emptyShare[.category] == 0.75)
        #expect(reading.doctor.emptyShare[.id] == 0)
    }

    @Test("What a file cannot answer is said, and why")
    func cannotAnswer() throws {
        let reading = try readText("id,created,title\n1,2024-03-05,a\n")
        let sentences = reading.doctor.cannotAnswer.map(\.sentence)
        #expect(sentences.contains("reopened: the export has no history"))
        #expect(sentences.contains("timeToResolve: the export has no column for resolvedAt"))
        let log = try readText(
            "id,created,updated,resolved,status,group,title\n1,2024-03-05,2024-03-05,,new,a,x\n1,2024-03-05,2024-03-06,2024-03-06,resolved,b,x\n"
        )
        #expect(!log.doctor.cannotAnswer.contains { $0.measure == "reopened" || $0.measure == "reassigned" })
    }

    @Test("Numbers of tickets lose the blanks between their thousands, and nothing else")
    func numbers() throws {
        let reading = try readText(
            "id;created;title\n12 345;2024-03-05;a\n1\u{202f}234;2024-03-05;b\nA 1;2024-03-05;c\n007;2024-03-05;d\n")
        #expect(reading.tickets.map(\.number) == ["12345", "1234", "A 1", "007"])
    }

    @Test(
        "Decimal commas and stops, and what divides thousands",
        arguments: [
            ("1.5", 1.5), ("1,5", 1.5), ("1 234,5", 1234.5), ("1.234,56", 1234.56), ("1,234.56", 1234.56), ("-3", -3),
            ("1.234.567", 1_234_567), ("12\u{a0}000", 12_000), ("0", 0),
        ])
    func decimals(text: String, value: Double) { #expect(decimal(text.utf8.span) == value) }

    @Test("What is not a number is none", arguments: ["", "abc", "1-2", "1h", "--", "."])
    func notNumbers(text: String) { #expect(decimal(text.utf8.span) == nil) }

    @Test("Work time in units, and as hours and minutes")
    func workTime() {
        #expect(minutes("120".utf8.span, per: 1.0 / 60) == 2)
        #expect(minutes("1:30".utf8.span, per: 1) == 90)
        #expect(minutes("1:30:30".utf8.span, per: 1) == 90.5)
        #expect(minutes("1,5".utf8.span, per: 60) == 90)
        #expect(minutes("a while".utf8.span, per: 60) == nil)
    }

    @Test("Long texts are cut between characters")
    func longTexts() throws {
        let long = String(repeating: "ø", count: 40_000)
        let reading = try readText("id,created,title,category,description\n1,2024-03-05,\(long),\(long),\(long)\n")
        #expect(reading.tickets.first?.title == String(repeating: "ø", count: TicketMaker.titleBytesMax / 2))
        #expect(reading.name(.category) == String(repeating: "ø", count: TicketMaker.nameBytesMax / 2))
        #expect(reading.tickets.first?.text.utf8.count == TicketMaker.textBytesMax)
    }

    @Test("However the bytes are cut into pieces, the tickets are the same", arguments: [1, 2, 3, 100])
    func pieces(size: Int) throws {
        let text =
            "\u{feff}id;oprettet;lukket;titel;kategori\r\n1;05-03-2024 10:00;;\"a;\r\n\"\"b\"\"\";Køkken\r\n"
            + "2;25-03-2024 10:00;26-03-2024 10:00;网络;\r\n3;never;;x\r\n"
        let whole = try readText(text)
        let cut = try readText(text, pieceBytes: size)
        #expect(cut.tickets == whole.tickets)
        #expect(cut.rejects.map(\.reason) == whole.rejects.map(\.reason))
        #expect(cut.doctor == whole.doctor)
        #expect(whole.tickets.count == 2)
    }

    @Test("The doctor's report goes through JSON as it is, with fields and reasons as keys")
    func json() throws {
        let doctor = try readText("id,created,category\n1,2024-03-05,x\n2,,x\n").doctor
        let data = try JSONEncoder().encode(doctor)
        #expect(try JSONDecoder().decode(Doctor.self, from: data) == doctor)
        #expect(String(decoding: data, as: UTF8.self).contains("\"rejected\":{\"noOpenedAt\":1}"))
    }

    // MARK: People

    @Test("People get pseudonyms that a key makes: the same for the same person, and not their names")
    func pseudonyms() throws {
        let reading = try readText(
            "id,created,title,assignee,requester\n1,2024-03-05,a,Ann,Bo\n2,2024-03-05,b,Bo,Ann\n")
        let (a, b) = (reading.tickets[0], reading.tickets[1])
        #expect(a.assignee == b.requester && a.requester == b.assignee && a.assignee != a.requester)
        let text = reading.names[a.assignee]
        #expect(text.hasPrefix("p-") && text.utf8.count == 14)
        #expect(reading.names.existing("Ann") == nil)
        var names = Names()
        var same = Pseudonyms(key: testKey)
        var other = Pseudonyms(key: Array(testKey.reversed()))
        let ann = same.name(of: "Ann".utf8.span, in: &names)
        let otherAnn = other.name(of: "Ann".utf8.span, in: &names)
        #expect(names[ann] == text)
        #expect(names[otherAnn] != text)
        #expect(same.name(of: "".utf8.span, in: &names).isNone)
        // Other names, same pseudonyms.
        var more = Names()
        _ = more.name("something")
        let annAgain = same.name(of: "Ann".utf8.span, in: &more)
        #expect(more[annAgain] == text)
        #expect(Pseudonyms.newKey().count == 32)
        #expect(Pseudonyms.newKey() != Pseudonyms.newKey())
    }
}
