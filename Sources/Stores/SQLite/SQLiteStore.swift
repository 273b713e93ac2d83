import CSQLite
import CommonSQL
import Foundation
import GRDB
import Store

/// The store in one SQLite file: many readers, one writer.
public typealias SQLiteStore = SQLStore<SQLiteDatabase>

extension SQLStore where Base == SQLiteDatabase {
    /// Opens a store, making it and its folder where there is none, and brings its tables up to date.
    /// - Throws: `StoreError`.
    public init(path: String) throws(StoreError) { self.init(database: try SQLiteDatabase(path: path)) }
}

/// SQLite through GRDB: its pool, its transactions; statements are bound on SQLite itself, which is nearly three times
/// as fast when many rows are written.
public final class SQLiteDatabase: SQLDatabase {
    public let address: String
    private let pool: DatabasePool

    /// Stored in the file's header, so that another program's database is not taken for ours. “Ratc” in ASCII.
    static let applicationID: Int32 = 0x5261_7463
    static let dialect = Schema.Dialect(id: "integer primary key", bytes: "blob", clustered: "without rowid")

    // Nobody asks for the statistics, and counting costs a lock at every allocation.
    private static let isQuiet: Bool = ratchet_sqlite_without_memory_statistics() == SQLITE_OK

    public init(path: String) throws(StoreError) {
        _ = Self.isQuiet
        address = path
        let isNew = !FileManager.default.fileExists(atPath: path)
        if (try? FileManager.default.attributesOfItem(atPath: path)[.type]) as? FileAttributeType == .typeDirectory {
            throw .cannotOpen(address: path, reason: "it is a folder")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        var configuration = Configuration()
        configuration.journalMode = .wal
        // Another process (an import beside a server) may write for a while.
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { db in
            try db.execute(sql: "pragma synchronous = normal")
            try db.execute(sql: "pragma cache_size = -8000")
            try db.execute(sql: "pragma temp_store = memory")
        }
        do {
            if isNew { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
            try Self.refuseForeign(path, isNew: isNew)
            pool = try DatabasePool(path: path, configuration: configuration)
            try Self.migrate(pool, path: path)
            if isNew { try Self.keepPrivate(path) }
        } catch let error as StoreError {
            throw error
        } catch {
            throw Self.storeError(error, address: path)
        }
    }

    /// A file that is there must be an SQLite database of ours; nothing is written to one that is not.
    private static func refuseForeign(_ path: String, isNew: Bool) throws {
        guard !isNew else { return }
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        guard size > 0 else { return }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw StoreError.cannotOpen(address: path, reason: "it cannot be read")
        }
        let head = try handle.read(upToCount: 72) ?? Data()
        try handle.close()
        guard head.starts(with: Data("SQLite format 3\0".utf8)) else { throw StoreError.notAStore(address: path) }
        let id = head.count == 72 ? head[68..<72].reduce(Int32(0)) { $0 << 8 | Int32($1) } : 0
        // 0 is a store whose very first transaction was cut off.
        guard id == applicationID || id == 0 else { throw StoreError.notAStore(address: path) }
    }

    /// The store holds the key of the pseudonyms: only its owner may read it.
    private static func keepPrivate(_ path: String) throws {
        for file in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
    }

    private static func migrate(_ pool: DatabasePool, path: String) throws {
        let steps = Schema.statements(in: dialect)
        let found = try pool.read { try Int.fetchOne($0, sql: "pragma user_version") ?? 0 }
        guard found <= steps.count else {
            throw StoreError.newerVersion(address: path, found: found, known: steps.count)
        }
        if found == 0 {
            let tables = try pool.read {
                try Int.fetchOne($0, sql: "select count(*) from sqlite_master where type = 'table'") ?? 0
            }
            guard tables == 0 else { throw StoreError.notAStore(address: path) }
        }
        if found == steps.count { return }
        try pool.write { db in
            // Another process may have been faster.
            let now = try Int.fetchOne(db, sql: "pragma user_version") ?? 0
            for step in now..<max(now, steps.count) {
                for statement in steps[step] { try db.execute(sql: statement) }
            }
            try db.execute(sql: "pragma application_id = \(applicationID)")
            try db.execute(sql: "pragma user_version = \(steps.count)")
        }
    }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        do {
            return try await pool.read { [address] in try body(SQLiteConnection($0, address)) }
        } catch { throw Self.translated(error, address: address) }
    }

    public func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        do {
            return try await pool.write { [address] in try body(SQLiteConnection($0, address)) }
        } catch { throw Self.translated(error, address: address) }
    }

    public func check() async throws -> [String] {
        do {
            return try await pool.read { db in
                try String.fetchAll(db, sql: "pragma integrity_check").filter { $0 != "ok" }
                    + Row.fetchAll(db, sql: "pragma foreign_key_check").map { "a row points nowhere: \($0)" }
            }
        } catch { throw Self.translated(error, address: address) }
    }

    public func backUp(to path: String) async throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw StoreError.targetExists(path) }
        do {
            let copy = try DatabaseQueue(path: path)
            try pool.backup(to: copy)
            try copy.close()
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch { throw Self.translated(error, address: path) }
    }

    public func close() async throws {
        do {
            // One file again, so that copying it is enough. Others may be reading: then the last of them does it.
            _ = try? await pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try pool.close()
        } catch { throw Self.translated(error, address: address) }
    }

    private static func translated(_ error: any Error, address: String) -> any Error {
        error is DatabaseError ? storeError(error, address: address) : error
    }

    static func storeError(_ error: any Error, address: String) -> StoreError {
        guard let error = error as? DatabaseError else {
            return .cannotOpen(address: address, reason: (error as NSError).localizedDescription)
        }
        return storeError(code: error.resultCode.rawValue, message: error.message ?? "", address: address)
    }

    static func storeError(code: Int32, message: String, address: String) -> StoreError {
        switch code & 0xFF {
        case SQLITE_FULL: .noSpace(address: address)
        case SQLITE_READONLY: .readOnly(address: address)
        case SQLITE_CORRUPT: .damaged(address: address, reason: message)
        case SQLITE_NOTADB: .notAStore(address: address)
        case SQLITE_BUSY, SQLITE_LOCKED: .busy(address: address)
        case SQLITE_CANTOPEN: .cannotOpen(address: address, reason: message)
        default: .failed(address: address, reason: message)
        }
    }
}
