import Foundation
import Records
import Testing

@testable import Connectors

/// What came out of a file of answers, suggestions or readings.
private struct Taken {
    var answers: [KeptRecord<SurveyAnswer>] = []
    var suggestions: [KeptRecord<Suggestion>] = []
    var readings: [KeptRecord<Records.Reading>] = []
    var rejects: [Reject] = []
    var doctor = Doctor()
}

private func takeText(_ text: String, _ options: RecordOptions = RecordOptions()) throws -> Taken {
    try withFile(Array(text.utf8)) { path in
        let kind = try #require(try recordKind(of: path, options: options))
        let inspection = try inspectRecords(path, kind: kind, options: options)
        var taken = Taken()
        taken.doctor = try readRecords(
            inspection, options: options, key: testKey,
            each: { record, _ in
                switch record {
                case .answer(let answer): taken.answers.append(answer)
                case .suggestion(let suggestion): taken.suggestions.append(suggestion)
                case .readings(let readings): taken.readings += readings
                }
            }, reject: { reject, _ in taken.rejects.append(reject) })
        return taken
    }
}

private func kind(_ header: String, _ rows: String...) throws -> RecordKind? {
    try withFile(Array((header + "\n" + rows.joined(separator: "\n") + "\n").utf8)) { try recordKind(of: $0) }
}

@Suite("Files of answers, suggestions and readings")
struct RecordTests {
    @Test("A file of tickets is no file of answers, even with a satisfaction, a service and a time")
    func tickets() throws {
        #expect(
            try kind(
                "number,opened_at,resolved_at,satisfaction,priority", "1,2025-01-01,2025-01-02,4,2",
                "2,2025-01-01,2025-01-02,4,2", "3,2025-01-01,2025-01-02,4,2") == nil)
        #expect(try kind("id,created,title,status,score", "1,2025-01-01,Printer,open,3") == nil)
        // Numbers alone are no readings: a number and a date are those of tickets.
        #expect(try kind("number,time,size", "1,2025-01-01,3", "2,2025-01-01,3", "3,2025-01-01,3") == nil)
        #expect(try kind("remark,category", "Very good,Returns") == nil)
    }

    @Test("Each kind is known by its header in English, Danish and Chinese")
    func recognised() throws {
        #expect(try kind("answered_at,survey,score,scale_low,scale_high", "2025-01-01,A,4,1,5") == .survey)
        #expect(try kind("Besvaret den;Tilfredshed;Kommentar", "01-02-2025;4;Fint") == .survey)
        #expect(try kind("答复时间,满意度评分,评论", "2025-01-01,4,好") == .survey)
        #expect(try kind("Survey Date,Survey Format,Raw Score", "2025-01-01,Numeric CSAT 1–5,4") == .survey)
        #expect(try kind("at,device,quantity,value,unit", "2025-01-01,A,t,1,C") == .readings)
        #expect(try kind("Tidspunkt;Maskine;Størrelse;Værdi", "2025-01-01;A;t;1,5") == .readings)
        #expect(try kind("时间,设备,指标,数值", "2025-01-01,A,t,1") == .readings)
        #expect(
            try kind(
                "datetime,machineID,volt,rotate", "2015-01-01 06:00,1,176.2,418.5", "2015-01-01 07:00,1,162.8,402.7",
                "2015-01-01 08:00,1,170.9,527.3") == .readings)
        #expect(try kind("made_at,title,body", "2025-01-01,Chat,") == .suggestions)
        #expect(try kind("Dato;Forslag;Stillet af", "2025-01-01;Chat;Bo") == .suggestions)
        #expect(try kind("提出时间,建议,票数", "2025-01-01,聊天,3") == .suggestions)
        #expect(try kind("number,title,created_at,votes_count,original_number", "1,Chat,2025-01-01,3,") == .suggestions)
    }

    @Test("Bad rows are kept with line and reason, and do not stop the others")
    func rejects() throws {
        let taken = try takeText(
            """
            answered_at,survey,score,scale_low,scale_high,comment
            2025-03-01,Q1,4,1,5,fine
            ,Q1,4,1,5,
            yesterday,Q1,4,1,5,
            2025-03-02,Q1,7,1,5,
            2025-03-02,Q1,four,1,5,
            2025-03-02,Q1,4,5,1,
            2025-03-03,Q1,,1,5,nothing to say
            2025-03-04,Q1,"4,5",1,5,
            """)
        #expect(taken.answers.map(\.value.score) == [4, nil, 4.5])
        #expect(taken.rejects.map(\.line) == [3, 4, 5, 6, 7])
        #expect(taken.rejects[0].reason.contains("no time"))
        #expect(taken.rejects[2].reason == "the score 7 lies outside its scale from 1.0 to 5.0")
        #expect(taken.doctor.rejected == [.noTime: 1, .timeUnreadable: 1, .offScale: 2, .numberUnreadable: 1])
        #expect(taken.doctor.rowsRead == 8 && taken.doctor.rowsKept == 3)
        var strict = RecordOptions()
        strict.strict = true
        #expect(throws: ConnectorError.self) {
            try takeText("answered_at,nps\n2025-03-01,11\n", strict)
        }
    }

    @Test(
        "The scale is the row's, the column's name's, the user's, or the only one that fits; otherwise it is asked for")
    func scales() throws {
        func scale(_ header: String, _ rows: String, _ options: RecordOptions = RecordOptions()) throws -> [Double] {
            let answers = try takeText(header + "\n" + rows + "\n", options).answers
            return answers.flatMap { [$0.value.scaleLow, $0.value.scaleHigh] }
        }
        #expect(try scale("rated at,nps", "2025-01-01,3") == [0, 10])
        #expect(try scale("rated at,star rating", "2025-01-01,3") == [1, 5])
        #expect(try scale("rated at,csat", "2025-01-01,85%") == [0, 100])
        #expect(try scale("rated at,csat", "2025-01-01,85") == [0, 100])
        #expect(try scale("rated at,csat", "2025-01-01,5\n2025-01-02,1") == [1, 5, 1, 5])
        #expect(try scale("survey date,survey format,raw score", "2025-01-01,Numeric CSAT 1–5,4") == [1, 5])
        #expect(try scale("rated at,score", "2025-01-01,3", RecordOptions(scale: 0...4)) == [0, 4])
        // From 0 to 8: out of ten, of nine, or something else. Who guesses may mix scales.
        #expect {
            try scale("rated at,score", "2025-01-01,0\n2025-01-02,8")
        } throws: { error in
            (error as? ConnectorError)?.message.contains("--scale") == true
        }
        #expect(RecordOptions.scale("-2..2") == -2...2 && RecordOptions.scale("5-1") == nil)
        let words = try takeText(
            "answered_at,survey,score\n2025-01-01,Z,good\n2025-01-02,Z,bad\n2025-01-02,Z,offered\n",
            RecordOptions(scale: 0...1))
        #expect(words.answers.map(\.value.score) == [1, 0, nil])
    }

    @Test("People are pseudonyms before anything leaves the reader")
    func people() throws {
        let taken = try takeText(
            "answered_at,survey,score,scale_low,scale_high,respondent\n2025-01-01,A,4,1,5,ann@example.org\n"
                + "2025-01-02,A,5,1,5,ann@example.org\n")
        #expect(taken.answers[0].value.by.hasPrefix("p-") && taken.answers[0].value.by == taken.answers[1].value.by)
    }

    @Test("Equal answers of one file are different people; the same rows elsewhere are the same answers")
    func keys() throws {
        let header = "answered_at,survey,score,scale_low,scale_high\n"
        let row = "2025-01-01,A,4,1,5\n"
        let two = try takeText(header + row + row).answers.map(\.key)
        let three = try takeText(header + row + row + row).answers.map(\.key)
        #expect(Set(two).count == 2 && Set(three).isSuperset(of: two) && Set(three).count == 3)
        let named = try takeText("answered_at,survey,score,scale_low,scale_high,id\n2025-01-01,A,4,1,5,77\n").answers
        let later = try takeText("answered_at,survey,score,scale_low,scale_high,id\n2025-01-01,A,5,1,5,77\n").answers
        #expect(named[0].key == later[0].key)
        // A suggestion that has won votes is the same suggestion.
        let few = try takeText("made_at,title,votes\n2025-01-01,Chat,1\n").suggestions
        let many = try takeText("made_at,title,votes\n2025-01-01,Chat,9\n").suggestions
        #expect(few[0].key == many[0].key && many[0].value.votes == 9)
    }

    @Test("A column a quantity: units in brackets, missing cells left out, one bad cell rejects its row")
    func wide() throws {
        let taken = try takeText(
            """
            timestamp,device,Air temperature [K],Torque (Nm),Note
            2025-01-01T00:00:00Z,M1,298.1,42.8,
            2025-01-01T01:00:00Z,M1,,46.3,
            2025-01-01T02:00:00Z,M1,n/a,1e2,
            2025-01-01T03:00:00Z,M1,hot,49,
            """, RecordOptions(kind: .readings))
        #expect(taken.readings.map(\.value.quantity) == ["air-temperature", "torque", "torque", "torque"])
        #expect(taken.readings.map(\.value.unit) == ["K", "Nm", "Nm", "Nm"])
        #expect(taken.readings.map(\.value.value) == [298.1, 42.8, 46.3, 100])
        #expect(taken.rejects.map(\.line) == [5])
    }

    @Test("Days and months are told apart over all rows, and asked for where they cannot be")
    func dates() throws {
        let telemetry = try takeText(
            "datetime,machineID,quantity,value\n03/01/2015 07:00,1,volt,176\n13/01/2015 07:00,1,volt,170\n")
        #expect(telemetry.readings.first?.value.at.description == "2015-01-03T07:00:00Z")
        #expect(throws: ConnectorError.self) {
            try takeText("datetime,machineID,quantity,value\n03/01/2015 07:00,1,volt,176\n")
        }
    }

    @Test("What is missing is said with how to name it")
    func missing() throws {
        #expect {
            try takeText("satisfaction,age\nsatisfied,65\n", RecordOptions(kind: .survey))
        } throws: { error in
            let message = (error as? ConnectorError)?.message ?? ""
            return message.contains("--map at=COLUMN") && message.contains("“age”")
        }
        var options = RecordOptions(kind: .survey, scale: 1...5)
        options.map = [.score: "karakterer", .at: "hvornår"]
        #expect(try takeText("hvornår;karakterer\n2025-01-02;3\n", options).answers.first?.value.score == 3)
    }

    @Test("Names of quantities are the same however they are written")
    func quantities() {
        #expect(ReadingQuantity(named: "Air temperature [K]")?.name == "air-temperature")
        #expect(ReadingQuantity(named: "air_temperature", unit: "K") == ReadingQuantity(named: "AIR  TEMPERATURE"))
        #expect(ReadingQuantity(named: "温度（℃）")?.unit == "℃")
        #expect(ReadingQuantity(named: " [] ") == nil && ReadingQuantity(name: "Not A Name") == nil)
    }
}
