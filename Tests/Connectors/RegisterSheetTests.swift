import Foundation
import Records
import Testing

@testable import Connectors

/// A file that lives as long as the test.
private struct Sheet {
    let path: String

    init(_ text: String, name: String = "register.csv") throws { try self.init(Data(text.utf8), name: name) }

    init(_ bytes: Data, name: String = "register.csv") throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent(name)
        try bytes.write(to: file)
        path = file.path
    }

    func read(map: [RegisterField: String] = [:], dayFirst: Bool? = nil) throws -> RegisterSheet {
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try readRegister(path, named: "register.csv", map: map, dayFirst: dayFirst)
    }
}

/// As the C library writes it.
private func inGB18030(_ text: String) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/iconv")
    process.arguments = ["-f", "UTF-8", "-t", "GB18030"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data(text.utf8))
    try input.fileHandleForWriting.close()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
}

@Suite("Registers as people keep them")
struct RegisterSheetTests {
    @Test("Nothing, a header alone, and a table without a title are refused with what to do")
    func refused() throws {
        #expect(throws: ConnectorError.self) { try Sheet("").read() }
        #expect(throws: ConnectorError.self) { try Sheet("Title,Owner\n").read() }
        let error = #expect(throws: RegisterSheetError.self) { try Sheet("A,B\n1,2\n").read() }
        #expect(error?.message.contains("--map title=COLUMN") == true && error?.message.contains("“A”, “B”") == true)
        #expect(throws: RegisterSheetError.self) { try Sheet("A,B\n1,2\n").read(map: [.title: "C"]) }
        #expect(try Sheet("A,B\n1,2\n").read(map: [.title: "b"]).rows.map(\.title) == ["2"])
    }

    @Test("The columns of ITIL's book: its description is the title, and nothing is lost")
    func book() throws {
        let sheet = try Sheet(
            """
            Opportunity number,Date raised,Size (S/M/L),Timescale,Description,Priority,KPI metric,Justification,Raised by,\
            To be actioned by,Date required by
            1,13/01/2026,S,short,Answer mail sooner,High,Time to resolve,"Customers wait, and leave",Bo,Ada,01/03/2026
            """
        ).read()
        let row = try #require(sheet.rows.first)
        #expect(row.number == "1" && row.title == "Answer mail sooner" && row.text == "Customers wait, and leave")
        #expect(row.owner == "Ada" && row.measure == "Time to resolve" && row.due?.description == "2026-03-01")
        #expect(row.cells.count == 11 && sheet.unknown == ["Timescale"] && sheet.rejects.isEmpty && row.size == .small)
        #expect(sheet.isServiceNow == false && sheet.fileHash.count == 64)
    }

    @Test("Danish with semicolons in Windows-1252, and Chinese in GB18030")
    func languages() throws {
        let danish = """
            Nr;Titel;Beskrivelse;Ansvarlig;Frist;Indsats;Forbedringstype;Livscyklusfase;Strategisk mål;Forventet gevinst;Status
            7;Færre fejl på løn;Før frokost;Søren;24.12.2026;Lille;Proces;Drift;Tilfredse kunder;10 timer om måneden;På hold
            """
        let bytes = try #require(danish.data(using: .windowsCP1252))
        let row = try #require(try Sheet(bytes).read().rows.first)
        #expect(row.title == "Færre fejl på løn" && row.owner == "Søren" && row.due?.description == "2026-12-24")
        #expect(row.size == .small && row.kind == .process && row.stage == .operation && row.goal == "Tilfredse kunder")
        #expect(row.hoursPerMonth == 10 && row.state == .onHold && row.status == "På hold")

        let chinese =
            "编号,标题,描述,负责人,截止日期,工作量,改进类型,生命周期阶段,战略目标,预期收益,状态,备注\n"
            + "3,缩短邮件响应时间,邮件只有一个人处理,王伟,2026年12月24日,大,技术,设计,客户满意,每周 3 小时,已完成,试点\n"
            + "4,培训两名新员工,让更多的人会处理邮件，避免等待,李娜,2026年11月1日,小,人员,运营,客户满意,每月 10 小时,进行中,\n"
        let sheet = try Sheet(try inGB18030(chinese)).read()
        let other = try #require(sheet.rows.first)
        #expect(other.title == "缩短邮件响应时间" && other.size == .large && other.kind == .technology)
        #expect(other.due?.description == "2026-12-24" && other.stage == .design && other.state == .done)
        #expect(abs((other.hoursPerMonth ?? 0) - 3 * 365.25 / 84) < 1e-9 && sheet.unknown == ["备注"])
        #expect(sheet.rows.count == 2 && sheet.rows[1].state == .open && sheet.rows[1].kind == .people)
    }

    @Test("ServiceNow's improvement records")
    func serviceNow() throws {
        let sheet = try Sheet(
            """
            number,short_description,description,state,assigned_to,sys_created_on,u_expected_hours,sys_id
            CIM0001002,Fewer password calls,Self-service,On Hold,Ada,2026-01-13 08:00:00,,abc
            CIM0001003,Answer chat,,Closed Complete,Bo,2026-01-14 08:00:00,12,abd
            CIM0001004,Tidy the queue,,Cancelled,,2026-01-15 08:00:00,,abe
            """
        ).read()
        #expect(sheet.isServiceNow && sheet.rows.map(\.state) == [.onHold, .done, .dropped])
        #expect(sheet.rows[0].title == "Fewer password calls" && sheet.rows[0].text == "Self-service")
        #expect(sheet.rows[0].owner == "Ada" && sheet.rows[1].cells.contains { $0.column == "u_expected_hours" })
    }

    @Test("A row that cannot be used is kept with its line and its reason; the others go on")
    func rejects() throws {
        let sheet = try Sheet(
            """
            ID,Title,Owner
            1,First,Ada
            2,,Bo
            1,Again,Eve
            3,"Two
            lines",Kim
            4,Too many,Kim,more

            5,Last,-
            """
        ).read()
        #expect(sheet.rows.map(\.title) == ["First", "Two\nlines", "Last"] && sheet.rows[2].owner == "")
        #expect(sheet.rejects.map(\.line) == [3, 4, 7] && sheet.rows[1].line == 5)
        #expect(sheet.rejects[0].reason.contains("has no title") && sheet.rejects[0].row == "2,,Bo")
        #expect(sheet.rejects[1].reason.contains("line 2") && sheet.rejects[2].reason.contains("has 4 fields"))
    }

    @Test("What stands above the header of a spreadsheet is no header, and no row")
    func above() throws {
        let sheet = try Sheet(
            "CSI register 2026;;\nKept by Ada;;\nNr;Titel;Ansvarlig\n1;Svar før frokost;Bo\n2;Færre kald;Eve\n"
        ).read()
        #expect(sheet.rows.map(\.title) == ["Svar før frokost", "Færre kald"] && sheet.rows[0].line == 4)
        #expect(sheet.header == ["Nr", "Titel", "Ansvarlig"] && sheet.rejects.isEmpty)
    }

    @Test("Dates that can be read both ways are asked about; other rows of the file settle it")
    func dates() throws {
        let open = "Title,Due date\nA,03/04/2026\n"
        #expect(throws: ConnectorError.self) { try Sheet(open).read() }
        #expect(try Sheet(open).read(dayFirst: true).rows[0].due?.description == "2026-04-03")
        #expect(try Sheet(open).read(dayFirst: false).rows[0].due?.description == "2026-03-04")
        #expect(try Sheet(open + "B,25/04/2026\n").read().rows[0].due?.description == "2026-04-03")
        let words = try Sheet("Title,Due date\nA,before the summer\nB,2026-02-30\n").read()
        #expect(words.rows.map(\.due) == [nil, nil] && words.rows[0].cells.count == 2)
    }

    @Test(
        "Hours a month are taken only where hours and a span of time are said",
        arguments: [
            ("", "Benefit", nil), ("40", "Benefit", nil), ("40 hours", "Benefit", nil), ("high", "Hours a month", nil),
            ("40", "Hours per month", 40), ("10-20 hours a month", "Benefit", nil),
            ("1,5 timer om måneden", "Gevinst", 1.5),
            ("1.200 timer om året", "Gevinst", 100), ("120 h/year", "Benefit", 10),
            ("1,200 hours per year", "Benefit", 100),
            ("每月 10 小时", "收益", 10), ("12", "每月小时数", 12), ("about 7 hours/month.", "Benefit", 7),
        ] as [(String, String, Double?)])
    func hours(text: String, column: String, wanted: Double?) {
        let found = hoursPerMonth(text, column: column)
        #expect(found.map { ($0 * 1e6).rounded() } == wanted.map { ($0 * 1e6).rounded() }, "\(text)")
    }
}
