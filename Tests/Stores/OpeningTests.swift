import Foundation
import Open
import People
import Records
import Store
import Testing

@testable import CommonSQL
@testable import SQLite

@Suite("Opening a store")
struct OpeningTests {
    @Test("A folder, another program's file and another program's database are refused, and left as they are")
    func foreign() async throws {
        let folder = try Folder()
        #expect(throws: StoreError.cannotOpen(address: folder.path, reason: "it is a folder")) {
            try SQLiteStore(path: folder.path)
        }
        let text = folder.file("letter.txt")
        try "Dear customer".write(toFile: text, atomically: true, encoding: .utf8)
        #expect(throws: StoreError.notAStore(address: text)) { try SQLiteStore(path: text) }
        #expect(try String(contentsOfFile: text, encoding: .utf8) == "Dear customer")

        let other = folder.file("other.db")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", other, "create table t (x)"]
        try process.run()
        process.waitUntilExit()
        #expect(throws: StoreError.notAStore(address: other)) { try SQLiteStore(path: other) }
    }

    @Test("A store of a newer version is refused with both versions named")
    func newer() async throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        try await SQLiteStore(path: path).close()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", path, "pragma user_version = 99"]
        try process.run()
        process.waitUntilExit()
        #expect(throws: StoreError.newerVersion(address: path, found: 99, known: Schema.version)) {
            try SQLiteStore(path: path)
        }
    }

    @Test("A store of any earlier version is brought up to date, and keeps what it holds")
    func earlier() async throws {
        for version in 1..<Schema.version {
            let folder = try Folder()
            let path = folder.file("old.db")
            let made = Schema.statements(in: SQLiteDatabase.dialect).prefix(version).joined().joined(separator: ";")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [
                "sqlite3", path,
                """
                \(made);
                insert into name (text) values ('Ærø');
                insert into setting (key, value) values ('zone', 'Europe/Copenhagen');
                pragma application_id = \(SQLiteDatabase.applicationID); pragma user_version = \(version);
                """,
            ]
            try process.run()
            process.waitUntilExit()
            let store = try await openStore(path)
            #expect(try await store.setting(.zone) == "Europe/Copenhagen")
            #expect(try await store.improvements().isEmpty)
            #expect(try await store.check().isEmpty)
            try await store.close()
            // Once more: there is nothing left to do.
            let again = try await openStore(path)
            #expect(try await again.setting(.zone) == "Europe/Copenhagen")
        }
    }

    @Test("A store is readable by its owner alone")
    func permissions() async throws {
        let folder = try Folder()
        let path = folder.file("deep/down/a.db")
        let store = try SQLiteStore(path: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try await store.close()
    }

    @Test("A damaged file is told from a sound one")
    func damaged() async throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        var names = Names()
        let store = try SQLiteStore(path: path)
        let run = try await store.beginImport(file: "1", fileHash: "1", preset: "p", at: Moment(seconds: 1))
        for batch in batches(sampleTickets(2000, names: &names), of: 2000) {
            _ = try await store.commit(batch, names: names, to: run.id, calendar: calendar)
        }
        try await store.finishImport(run.id, report: "")
        #expect(try await store.check().isEmpty)
        try await store.close()
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        let pages = try handle.seekToEnd() / 4096
        #expect(pages > 30)
        for page in 8..<pages {
            try handle.seek(toOffset: page * 4096)
            try handle.write(contentsOf: Data(repeating: 0xA5, count: 512))
        }
        try handle.close()
        var complaints: [String] = []
        do {
            complaints = try await SQLiteStore(path: path).check()
        } catch let error as StoreError {
            complaints = [error.message]
        }
        #expect(!complaints.isEmpty)
    }

    @Test("A backup holds the same, and never overwrites")
    func backup() async throws {
        let folder = try Folder()
        var names = Names()
        let store = try await openStore(folder.file("a.db"))
        let run = try await store.beginImport(file: "1", fileHash: "1", preset: "p", at: Moment(seconds: 1))
        for batch in batches(sampleTickets(200, names: &names), of: 200) {
            _ = try await store.commit(batch, names: names, to: run.id, calendar: calendar)
        }
        let copy = folder.file("copy.db")
        try await store.backUp(to: copy)
        #expect(try await dump(SQLiteStore(path: copy)) == dump(SQLiteStore(path: folder.file("a.db"))))
        await #expect(throws: StoreError.targetExists(copy)) { try await store.backUp(to: copy) }
    }

    @Test("An address that is not a file is refused with what to do")
    func addresses() async throws {
        await #expect(throws: StoreError.unknownAddress("mysql://x")) { try await openStore("mysql://x") }
    }
}
