import Foundation
import Testing

/// Reads the source tree itself: data flows one way, so imports flow one way.
@Suite("The shape of the source tree")
struct ImportDirectionTests {
    /// What each module may import of ours. The compiler keeps the package to what the manifest says; this keeps the manifest
    /// to what the architecture says.
    static let allowed: [(module: String, folder: String, imports: Set<String>)] = {
        let loop = ["Records", "Measures", "Signals", "Opportunities"]
        func upTo(_ step: Int) -> Set<String> { Set(loop.prefix(step) + ["Statistics"]) }
        return [
            ("Statistics", "Statistics", []),
            ("Records", "Loop/1-Records", []),
            ("Measures", "Loop/2-Measures", upTo(1)),
            ("Signals", "Loop/3-Signals", upTo(2).union(["Processes"])),
            ("Opportunities", "Loop/4-Opportunities", upTo(3)),
            ("Improvements", "Loop/5-Improvements", upTo(4).union(["CSodium", "Texts"])),
            ("Evaluations", "Loop/6-Evaluations", upTo(4).union(["Improvements"])),
            ("Gains", "Loop/7-Gains", upTo(4).union(["Improvements", "Evaluations"])),
            ("Processes", "Processes", upTo(2)),
            ("Connectors", "Connectors", ["Records", "Processes", "CSodium", "CZlib", "CIconv"]),
            ("Texts", "Texts", ["Records", "Statistics"]),
            ("SeriesFiles", "SeriesFiles", ["Records", "Statistics", "Processes", "Texts", "Connectors"]),
            ("Organisations", "Organisations", ["Records", "Statistics"]),
            ("Stories", "Stories", upTo(4).union(["Improvements", "Evaluations", "Organisations"])),
            ("Languages", "Languages", upTo(4).union(["Improvements", "Gains"])),
            ("People", "People", ["Records", "CSodium"]),
            ("Store", "Stores/Store", upTo(4).union(["Improvements", "Gains", "People", "Processes"])),
            ("CommonSQL", "Stores/SQL", upTo(4).union(["Improvements", "Gains", "People", "Store", "Processes"])),
            ("SQLite", "Stores/SQLite", ["Store", "CommonSQL", "CSQLite"]),
            ("Open", "Stores/Open", ["Store", "SQLite"]),
            (
                "Turn", "Loop/8-Turn",
                upTo(4).union([
                    "Improvements", "Evaluations", "Gains", "Store", "Connectors", "People", "Texts", "Processes",
                ])
            ),
            (
                "Web", "Web",
                upTo(4).union([
                    "Improvements", "Evaluations", "Gains", "Languages", "People", "Store", "Turn", "Connectors",
                    "Processes",
                ])
            ),
            (
                "ratchet", "Program",
                upTo(4).union(["Languages", "People", "Store", "Open", "Turn", "Web", "Connectors", "CMalloc"])
                    .union([
                        "SeriesFiles", "Improvements", "Evaluations", "Gains", "Organisations", "Stories", "Processes",
                    ])
            ),
        ]
    }()

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func swiftFiles(under folder: String) throws -> [URL] {
        let base = root.appendingPathComponent(folder)
        let all = try #require(FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil))
        return all.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }

    static func imports(of file: URL) throws -> Set<String> {
        let text = try String(contentsOf: file, encoding: .utf8)
        return Set(
            text.split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ").filter { $0 != "public" && $0 != "@testable" }
                guard words.first == "import", words.count >= 2 else { return nil }
                return String(words[words.count - 1].split(separator: ".")[0])
            })
    }

    @Test("A step imports earlier steps only, and nothing else of ours but what it is allowed", arguments: allowed)
    func direction(module: String, folder: String, imports: Set<String>) throws {
        let ours = Set(Self.allowed.map(\.module)).union(["CSodium", "CZlib", "CSQLite", "CIconv", "CMalloc"])
        let files = try Self.swiftFiles(under: "Sources/\(folder)")
        #expect(!files.isEmpty)
        for file in files {
            let foreign = try Self.imports(of: file).intersection(ours).subtracting(imports)
            #expect(foreign.isEmpty, "\(file.lastPathComponent) imports \(foreign.sorted())")
        }
    }

    @Test("Only the pages know the server, only the SQLite folder knows GRDB, only the program knows the command line")
    func libraries() throws {
        let homes = ["Hummingbird": "Web", "GRDB": "Stores/SQLite", "ArgumentParser": "Program"]
        for file in try Self.swiftFiles(under: "Sources") {
            for library in try Self.imports(of: file) {
                guard let home = homes[library] else { continue }
                #expect(file.path.contains("/Sources/\(home)/"), "\(file.lastPathComponent) imports \(library)")
            }
        }
    }

    @Test("Every folder of sources belongs to a module")
    func folders() throws {
        for file in try Self.swiftFiles(under: "Sources") {
            let path = String(file.path.dropFirst(Self.root.appendingPathComponent("Sources").path.count + 1))
            #expect(
                Self.allowed.contains { path.hasPrefix($0.folder + "/") } || path.hasPrefix("C/"),
                "\(path) is in no module")
        }
    }

    @Test("There is no folder or file for what nobody could name")
    func names() throws {
        let banned = ["Utils", "Util", "Helpers", "Helper", "Managers", "Extensions", "Misc", "Common"]
        for file in try Self.swiftFiles(under: "Sources") {
            let parts = file.deletingPathExtension().pathComponents
            for part in parts.suffix(4) { #expect(!banned.contains(part), "\(file.path)") }
        }
    }
}
