import Connectors
import Foundation
import SeriesFiles
import Testing

@Suite("Files of comments")
struct ThemesFileTests {
    static let table = """
        id,comment
        a,The parking garage is full and the barrier is slow
        b,Parking is terrible: the garage barrier never opens
        c,"Parking garage again, barrier broken"
        d,Ventetiden i telefonen er alt for lang
        e,"Telefonen: ventetiden er uacceptabel"
        f,Lang ventetid i telefonen men flink medarbejder
        g,退款太慢了，订单一直没解决
        h,订单退款很快，非常满意
        i,订单的退款没人管
        j,
        k,very good!

        """

    private func path(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "/" + UUID().uuidString + ".csv"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test("The document: themes in three languages with words, shares, sentiment and examples")
    func document() throws {
        let path = try path(Self.table)
        let text = try themesDocument(of: path, TextOptions(text: "comment"))
        #expect(text == (try themesDocument(of: path, TextOptions(text: "comment"))))
        let json = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(json["comments"] as? Int == 11 && json["empty"] as? Int == 1 && json["withoutTheme"] as? Int == 1)
        #expect(json["languages"] as? [String: Int] == ["en": 4, "da": 3, "zh": 3])
        let themes = try #require(json["themes"] as? [[String: Any]])
        #expect(themes.map { $0["count"] as? Int } == [3, 3, 3])
        #expect(themes.map { $0["share"] as? Double } == [0.3, 0.3, 0.3])
        let parking = try #require(themes.first)
        #expect((parking["words"] as? [String])?.contains("parking") == true)
        let sentiment = try #require(parking["sentiment"] as? [String: Double])
        let (mean, low, high) = (sentiment["estimate"] ?? 9, sentiment["low"] ?? 9, sentiment["high"] ?? -9)
        #expect(mean < 0 && low < mean && mean < high && low >= -1 && high <= 1)
        let examples = try #require(parking["examples"] as? [[String: Any]])
        #expect(examples.count == 3 && examples.allSatisfy { ["a", "b", "c"].contains($0["id"] as? String ?? "") })
    }

    @Test("A row a comment: language, theme, sentiment; empty where nothing is said")
    func rows() throws {
        var out = ""
        try themesOfComments(of: try path(Self.table), TextOptions(text: "comment")) { out += $0 }
        let rows = out.split(separator: "\n")
        #expect(rows.count == 12 && rows[0] == "doc_id,language,theme,sentiment")
        #expect(rows[10] == "j,,,")
        #expect(rows[8].hasPrefix("h,zh,") && !rows[8].contains("-"))
        #expect(rows[7].contains("-") && rows[5].hasPrefix("e,da,") && rows[5].contains("-"))
    }

    @Test("A language that is said counts for every comment")
    func forced() throws {
        let text = try themesDocument(of: try path(Self.table), TextOptions(text: "comment"), language: .en)
        #expect(text.contains(#""languages":{"en":10,"da":0,"zh":0}"#))
    }

    @Test("Columns that are not there and empty files are told; a short row is an empty comment")
    func errors() throws {
        #expect(throws: SeriesFileError.self) {
            try themesDocument(of: try path(Self.table), TextOptions(text: "remark"))
        }
        #expect(throws: ConnectorError.self) { try themesDocument(of: try path(""), TextOptions(text: "comment")) }
        #expect(throws: ConnectorError.self) {
            try themesDocument(of: try path("id,comment\n"), TextOptions(text: "comment"))
        }
        #expect(throws: ConnectorError.self) { try themesDocument(of: "/nowhere/x.csv", TextOptions(text: "comment")) }
        let text = try themesDocument(of: try path("id,comment\n1,\n2\n"), TextOptions(text: "comment"))
        #expect(
            text.contains(#""comments":2,"empty":2"#) && text.contains(#""sentiment":null"#)
                && text.contains(#""themes":[]"#))
    }

    @Test("Topics show whole words, not their beginnings")
    func topicWords() throws {
        let text = try recurringDocument(of: try path(Self.table), TextOptions(text: "comment"), level: .topics)
        #expect(text.contains("\"parking\"") && !text.contains("\"parki\"") && !text.contains("\"telef\""))
    }
}
