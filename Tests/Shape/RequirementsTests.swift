import Foundation
import Testing

/// `Documentation/Requirements.md` names the tests that show each demand; a test that is gone shows nothing.
@Suite("What the list of requirements says")
struct RequirementsTests {
    private static let rows: [[String]] = {
        let path = ImportDirectionTests.root.appendingPathComponent("Documentation/Requirements.md")
        let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
            .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty } }
            .filter { $0.first?.contains("---") == false }
    }()

    @Test("Every test it names is in the source")
    func named() throws {
        var sources = ""
        for file in try ImportDirectionTests.swiftFiles(under: "Tests") {
            sources += try String(contentsOf: file, encoding: .utf8)
        }
        let journeys = try FileManager.default.contentsOfDirectory(
            atPath: ImportDirectionTests.root.appendingPathComponent("Tests/Journeys").path)
        #expect(Self.rows.count > 150)
        for row in Self.rows {
            for name in row.last?.split(separator: "`").map(String.init) ?? [] {
                if name.hasSuffix("Tests"), !name.contains(" ") {
                    #expect(sources.contains("struct \(name)"), "\(row[0]) names \(name)")
                }
                if name.hasPrefix("test_") { #expect(journeys.contains(name), "\(row[0]) names \(name)") }
            }
        }
    }

    @Test("Each row is shown, shown in part or open, and what is shown says by what")
    func states() {
        for row in Self.rows {
            #expect(["shown", "part", "open"].contains(row[2]), "\(row[0])")
            #expect((row[2] == "open") == (row.count == 3), "\(row[0])")
        }
        #expect(Set(Self.rows.map { $0[0] }).count == Self.rows.count)
    }
}
