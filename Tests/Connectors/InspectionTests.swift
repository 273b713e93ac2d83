import Foundation
import Records
import Testing

@testable import Connectors

@Suite("What a file is")
struct InspectionTests {
    // MARK: What cannot be used

    private func error(_ bytes: [UInt8], _ options: ReadingOptions = ReadingOptions()) -> ConnectorError? {
        failure { _ = try readBytes(bytes, options) }
    }

    @Test("No file, a directory and nothing in the file are three different mistakes")
    func nothing() throws {
        let missing = failure { _ = try readPath("/no/such/file.csv") }
        #expect(missing == .noSuchFile(path: "/no/such/file.csv"))
        #expect(missing?.exitCode == 66)
        let folder = failure { _ = try readPath(FileManager.default.temporaryDirectory.path) }
        #expect(folder?.exitCode == 66)
        #expect(folder?.message.hasSuffix("is a directory; name the files in it") == true)
        for bytes in [[], Array("\n\r\n  \n".utf8), [0xef, 0xbb, 0xbf]] as [[UInt8]] {
            let empty = error(bytes)
            #expect(empty?.exitCode == 65)
            #expect(empty?.message.contains("is empty") == true)
        }
    }

    @Test("A header alone is told with its line")
    func headerOnly() throws {
        let error = error(Array("id,created,title\n\n".utf8))
        #expect(error?.exitCode == 65)
        #expect(error?.message.contains(":1: has a header and no rows") == true)
    }

    @Test("Files of other kinds are named for what they are")
    func otherKinds() throws {
        for (bytes, word) in [
            (Array("%PDF-1.7\n%âãÏÓ\n1 0 obj".utf8), "a PDF document"),
            ([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0], "Excel"),
            ([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1], "old Excel"), (Array("<!DOCTYPE html><html>".utf8), "a web page"),
            (Array("<?xml version=\"1.0\"?><log>".utf8), "an XML file"), (Array("[{\"id\": 1}]".utf8), "a JSON file"),
            (Array("SQLite format 3\0".utf8), "an SQLite database"), ([0x89, 0x50, 0x4e, 0x47, 13, 10], "a picture"),
            ((0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 37 ^ ($0 >> 3)) }, "a binary file"),
        ] as [([UInt8], String)] {
            let found = error(bytes)
            #expect(found?.exitCode == 65, "\(word)")
            #expect(found?.message.contains(word) == true, "\(found?.message ?? "nothing")")
            #expect(found?.message.contains("export it as CSV") == true)
        }
    }

    @Test("A file that changes between the two passes is not read on")
    func changed() throws {
        try withFile(Array("id,created,title\n1,2024-03-05,a\n2,2024-03-05,b\n".utf8)) { path in
            let inspection = try inspect(path, options: ReadingOptions())
            try Data("id,created,title\n1,2024-03-05,a\n".utf8).write(to: URL(fileURLWithPath: path))
            var names = Names()
            var pseudonyms = Pseudonyms(key: testKey)
            let found = failure {
                _ = try read(
                    inspection, options: ReadingOptions(), names: &names, pseudonyms: &pseudonyms,
                    each: { _, _, _ in }, reject: { _ in })
            }
            #expect(found == .changedWhileRead(path: path))
            #expect(found?.exitCode == 74)
        }
    }

    @Test("A file that shrinks while it is read is found out")
    func shrinks() throws {
        var text = "id,created,title\n"
        for i in 0..<20_000 { text += "\(i),2024-03-05,a title of some length\n" }
        try withFile(Array(text.utf8)) { path in
            let inspection = try inspect(path, options: ReadingOptions(), pieceBytes: 4096)
            var names = Names()
            var pseudonyms = Pseudonyms(key: testKey)
            let found = failure {
                _ = try read(
                    inspection, options: ReadingOptions(), names: &names, pseudonyms: &pseudonyms,
                    each: { _, row, _ in
                        if row == 100 { _ = unsafe truncate(path, 8192) }
                    }, reject: { _ in })
            }
            #expect(found == .changedWhileRead(path: path))
        }
    }

    // MARK: How it is written

    @Test("Each delimiter is found, also when another is in the texts", arguments: [",", ";", "\t", "|"])
    func delimiters(delimiter: String) throws {
        let rows = [["id", "created", "title"], ["1", "2024-03-05", "a"], ["2", "2024-03-06", "b: x y"]]
        let reading = try readText(rows.map { $0.joined(separator: delimiter) }.joined(separator: "\n"))
        #expect(String(reading.inspection.delimiter) == delimiter)
        #expect(reading.tickets.count == 2)
        let mixed = try readText("id;created;title\n1;2024-03-05;a, b, c\n2;2024-03-05;d, e\n3;2024-03-05;f\n")
        #expect(mixed.inspection.delimiter == ";")
    }

    @Test("The line that Excel writes above the header is believed, and lines are counted from the file's first")
    func excelLine() throws {
        let reading = try readText("sep=;\r\nid;created;title\r\n1;2024-03-05;a,b\r\n")
        #expect(reading.inspection.header == ["id", "created", "title"])
        #expect(reading.tickets.first?.title == "a,b")
        #expect(reading.tickets.first?.line == 3)
        let tab = try readText("\u{feff}\"sep=\t\"\nid\tcreated\ttitle\n1\t2024-03-05\ta\n")
        #expect(tab.inspection.delimiter == "\t")
    }

    @Test("Two header rows: questions, and their parts below")
    func surveyMonkey() throws {
        let reading = try readText(
            """
            Respondent ID,Start Date,How was it?,,Category
            ,,Speed,Kindness,Response
            1001,2024-03-05 10:00:00,4,5,Printer
            1002,2024-03-06 10:00:00,3,5,Mail
            1003,2024-03-07 10:00:00,2,5,Mail
            """, ReadingOptions(map: [.id: "Respondent ID"]))
        #expect(reading.inspection.headerRows == 2)
        #expect(
            reading.inspection.header == [
                "Respondent ID", "Start Date", "How was it?: Speed", "How was it?: Kindness", "Category",
            ])
        #expect(reading.tickets.count == 3)
        #expect(reading.tickets.first?.line == 3)
    }

    @Test("Three header rows: names, questions, and marks for machines")
    func qualtrics() throws {
        let reading = try readText(
            """
            ResponseId,RecordedDate,Q1
            Response ID,Recorded Date,What was it about?
            "{""ImportId"":""_recordId""}","{""ImportId"":""recordedDate""}","{""ImportId"":""QID1""}"
            R_1,2024-03-05 10:00:00,Printer
            """, ReadingOptions(map: [.id: "ResponseId", .openedAt: "RecordedDate", .title: "Q1"]))
        #expect(reading.inspection.headerRows == 3)
        #expect(reading.tickets.map(\.number) == ["R_1"])
    }

    @Test("One header row is one, also when the first row of data has gaps")
    func oneHeader() throws {
        let reading = try readText(
            "id,created,resolved,title\n1,2024-03-05,,a\n2,2024-03-05,2024-03-06,\n3,2024-03-05,,\n4,2024-03-05,,x\n5,2024-03-06,,\n"
        )
        #expect(reading.inspection.headerRows == 1)
        #expect(reading.tickets.count == 5)
    }

    @Test("Samples are the first rows, for a preview")
    func samples() throws {
        var text = "id,created,title\n"
        for i in 0..<50 { text += "\(i), 2024-03-05 ,t\(i)\n" }
        let inspection = try readText(text).inspection
        #expect(inspection.samples.count == 20)
        #expect(inspection.samples[0] == ["0", "2024-03-05", "t0"])
        #expect(inspection.rowCount == 50)
    }

    // MARK: What its columns mean

    @Test("A file of no known system gets a proposal in English, Danish or Chinese")
    func proposals() throws {
        for header in [
            "Ticket number,Created,Resolved,Category,Support group,Priority,Summary",
            "Sagsnr.,Oprettet den,Løst den,Kategori,Supportgruppe,Prioritet,Emne",
            "工单编号,创建时间,解决时间,分类,支持组,优先级,标题",
        ] {
            let reading = try readText(header + "\nA1,2024-03-05 10:00,2024-03-05 12:00,Mail,Team 1,High,It broke\n")
            let inspection = reading.inspection
            #expect(inspection.isProposal)
            #expect(inspection.preset == .csv)
            #expect(inspection.mapping.count == 7)
            #expect(inspection.unmapped.isEmpty)
            #expect(reading.tickets.first?.title == "It broke")
            #expect(reading.name(.group) == "Team 1")
        }
    }

    @Test("A mapping is taken by name, without regard to case and signs, and outranks what was recognised")
    func mapped() throws {
        let reading = try readText(
            "Nr,When,Category,Real Category\n7,2024-03-05,a,b\n",
            ReadingOptions(map: [.id: "nr", .openedAt: "WHEN", .category: "real_category"]))
        #expect(reading.name(.category) == "b")
        let missing = error(Array("Nr,When,x\n7,2024-03-05,a\n".utf8), ReadingOptions(map: [.id: "Numero"]))
        #expect(missing?.exitCode == 65)
        #expect(missing?.message.contains("has no column “Numero” for id; its columns are: “Nr”, “When”, “x”") == true)
    }

    @Test("What is missing is told with the columns found and an example")
    func notMapped() throws {
        let error = error(Array("Foo,Bar\n1,2\n".utf8))
        #expect(error?.exitCode == 65)
        let message = error?.message ?? ""
        #expect(message.contains("id, openedAt, one of category, service and title"))
        #expect(message.contains("--map id=COLUMN"))
        #expect(message.contains("“Foo”, “Bar”"))
        let inspection = try withFile(Array("Foo,Bar\n1,2\n".utf8)) { try inspect($0, options: ReadingOptions()) }
        #expect(inspection.questions == [.columnsNeeded(fields: [.id, .openedAt], subject: true)])
        #expect(inspection.samples == [["1", "2"]])
    }

    @Test("“State” is a state only where it holds one")
    func stateOfTheUnion() throws {
        let reading = try readText(
            "Complaint ID,Date received,Product,State\n1,2024-03-05,Loan,VA\n2,2024-03-05,Loan,CA\n")
        #expect(reading.inspection.mapping[.status] == nil)
        #expect(reading.tickets.allSatisfy { $0.kind == .complaint })
    }

    @Test("An empty column gives way to the next that could mean the same")
    func emptyColumn() throws {
        let reading = try readText(
            "number,sys_id,opened_at,business_service,cmdb_ci\nINC1,a,2024-03-05 10:00:00,,Mail\n")
        #expect(reading.name(.service) == "Mail")
    }

    @Test("Columns of the same name are collected: the first value counts, texts are joined")
    func repeated() throws {
        let reading = try readText(
            "Issue key,Issue id,Issue Type,Created,Component/s,Component/s,Description,Description\n"
                + "A-1,1,Incident,2024-03-05 10:00,,Mail,one,two\n")
        #expect(reading.inspection.mapping[.category] == [4, 5])
        #expect(reading.name(.category) == "Mail")
        #expect(reading.tickets.first?.text == "one\ntwo")
    }

    // MARK: Dates

    @Test("One impossible date anywhere decides the order for all date columns")
    func orderShared() throws {
        let reading = try readText("id,created,resolved,title\n1,3/4/2025,4/4/2025,a\n2,5/4/2025,25/4/2025,b\n")
        #expect(reading.tickets.first?.openedAt == moment("2025-04-03T00:00:00Z"))
        let american = try readText("id,created,resolved,title\n1,3/4/2025,4/4/2025,a\n2,5/4/2025,5/25/2025,b\n")
        #expect(american.tickets.first?.openedAt == moment("2025-03-04T00:00:00Z"))
    }

    @Test("Dates that can be read both ways are asked about, and the answer is taken")
    func undecidable() throws {
        let text = "id,created,title\n1,3/4/2025 10:00,a\n2,5/6/2025 11:00,b\n"
        let error = error(Array(text.utf8))
        #expect(error?.exitCode == 65)
        #expect(error?.message.contains("--day-first or --month-first") == true)
        #expect(error?.message.contains("“created”") == true)
        let inspection = try withFile(Array(text.utf8)) { try inspect($0, options: ReadingOptions()) }
        #expect(inspection.questions.contains(.dayOrMonthFirst(column: "created", example: "3/4/2025 10:00")))
        let day = try readText(text, ReadingOptions(dayFirst: true))
        #expect(day.tickets.first?.openedAt == moment("2025-04-03T10:00:00Z"))
        let month = try readText(text, ReadingOptions(dayFirst: false))
        #expect(month.tickets.first?.openedAt == moment("2025-03-04T10:00:00Z"))
    }

    @Test("An answer does not overrule what the file itself proves")
    func proof() throws {
        let reading = try readText("id,created,title\n1,3/4/2025,a\n2,25/6/2025,b\n", ReadingOptions(dayFirst: false))
        #expect(reading.tickets.first?.openedAt == moment("2025-04-03T00:00:00Z"))
    }

    @Test("A zone is asked for only where none is written")
    func zoneQuestion() throws {
        let without = try readText("id,created,title\n1,2024-03-05 10:00,a\n")
        #expect(without.inspection.questions == [.zoneNotWritten(column: "created")])
        #expect(without.doctor.isZoneAssumed)
        #expect(without.doctor.zone == "UTC")
        let with = try readText("id,created,title\n1,2024-03-05T10:00:00Z,a\n")
        #expect(with.inspection.questions.isEmpty)
        let said = try readText(
            "id,created,title\n1,2024-07-05 10:00,a\n", ReadingOptions(zone: Zone("Europe/Copenhagen")))
        #expect(said.tickets.first?.openedAt == moment("2024-07-05T08:00:00Z"))
        #expect(!said.doctor.isZoneAssumed)
    }

    // MARK: Grain

    @Test("A row for each update is found out by itself; a ticket exported twice does not make a log")
    func grain() throws {
        let log = try readText(
            "id,created,updated,title\n1,2024-03-05,2024-03-05,a\n1,2024-03-05,2024-03-06,a\n2,2024-03-05,2024-03-06,b\n"
        )
        #expect(log.inspection.grain == .rowPerUpdate)
        let tickets = try readText("id,created,updated,title\n1,2024-03-05,2024-03-05,a\n2,2024-03-05,2024-03-06,a\n")
        #expect(tickets.inspection.grain == .rowPerTicket)
        let withoutTime = try readText("id,created,title\n1,2024-03-05,a\n1,2024-03-05,a\n")
        #expect(withoutTime.inspection.grain == .rowPerTicket)
    }

    @Test("Distinct values are counted in a small table")
    func distinct() {
        var count = DistinctCount()
        for i in 0..<30_000 { count.take("INC\(i % 7000)".utf8.span) }
        #expect(count.taken == 30_000)
        #expect(abs(count.count - 7000) <= 2)
    }
}
