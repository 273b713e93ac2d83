import Connectors
import Foundation
import SeriesFiles
import Testing

@Suite("Files of texts")
struct RecurringFileTests {
    private func path(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "/" + UUID().uuidString + ".csv"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    static let table = """
        number,opened_at,category,text
        I1,2024-01-30,Finance,"invoice batch interface stuck, month end closing postponed"
        I2,2024-02-28,Finance,batch interface for invoice stuck before month end closing
        I3,2024-03-30,Finance,month end closing: invoice interface batch is stuck again
        I4,2024-04-29,Finance,invoice batch interface stuck at month end closing
        I5,2024-05-30,Finance,"stuck invoice interface batch, month end closing"
        I6,2024-06-29,Finance,invoice interface batch stuck and month end closing late
        I7,2024-06-30,Office,"coffee machine, leaking"

        """

    private func csv(_ text: String, _ options: TextOptions) throws -> String {
        var out = ""
        try recurring(of: try path(text), options) { out += $0 }
        return out
    }

    @Test("A cluster for what is told again, and none for what is alone")
    func clusters() throws {
        let rows = try csv(Self.table, TextOptions(text: "text", by: ["category"])).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(rows.first == "doc_id,cluster" && rows.count == 9)
        let first = try #require(rows[1].split(separator: ",").last)
        #expect(rows[1...6].allSatisfy { $0.hasSuffix("," + first) })
        #expect(rows[7] == "I7,")
    }

    @Test("The document tells the words and when it is due next")
    func document() throws {
        let text = try recurringDocument(of: try path(Self.table), TextOptions(text: "text"))
        let json = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let groups = try #require(json["groups"] as? [[String: Any]])
        #expect(groups.count == 1 && json["alone"] as? Int == 1)
        let rhythm = try #require(groups[0]["rhythm"] as? [String: Any])
        #expect(rhythm["next"] as? String == "2024-07-29" && rhythm["returns"] as? Int == 6)
        #expect((groups[0]["documents"] as? [String])?.count == 6)
    }

    @Test("Without a time nothing comes back: rows are divided by what they are about, unless asked otherwise")
    func withoutTime() throws {
        func level(_ text: String, _ asked: TextLevel? = nil) throws -> String? {
            let json = try recurringDocument(of: try path(text), TextOptions(text: "text"), level: asked)
            return try (JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])?["level"] as? String
        }
        let timeless = Self.table.replacing("opened_at", with: "batch_name")
        let told = try [level(Self.table), level(timeless), level(timeless, .same), level(Self.table, .topics)]
        #expect(told == ["same", "topics", "same", "topics"])
    }

    @Test("A column that is not there, and a file without rows, are told")
    func errors() throws {
        #expect(throws: SeriesFileError.self) { try csv(Self.table, TextOptions(text: "description")) }
        #expect(throws: SeriesFileError.self) { try csv(Self.table, TextOptions(text: "text", by: ["region"])) }
        #expect(throws: ConnectorError.self) { try csv("text,id\n", TextOptions(text: "text")) }
        #expect(throws: ConnectorError.self) { try csv("", TextOptions(text: "text")) }
    }
}
