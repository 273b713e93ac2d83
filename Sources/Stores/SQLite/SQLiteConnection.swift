import CSQLite
import CommonSQL
import GRDB
import Store

/// GRDB's connection inside one of its transactions. Statements are GRDB's own cache's, bound and stepped directly.
final class SQLiteConnection: SQLConnection {
    private let database: GRDB.Database
    private let address: String
    private var statements: [String: SQLiteStatement] = [:]

    init(_ database: GRDB.Database, _ address: String) {
        self.database = database
        self.address = address
    }

    func statement(_ sql: String) throws(StoreError) -> any SQLStatement {
        if let known = statements[sql] {
            known.reset()
            return known
        }
        do {
            let statement = SQLiteStatement(try database.cachedStatement(sql: sql), address)
            statements[sql] = statement
            return statement
        } catch { throw SQLiteDatabase.storeError(error, address: address) }
    }
}

final class SQLiteStatement: SQLStatement {
    private let statement: GRDB.Statement
    private let address: String
    // SQLite copies what is bound before the call returns.
    private static let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ statement: GRDB.Statement, _ address: String) {
        self.statement = statement
        self.address = address
    }

    private var handle: OpaquePointer { unsafe statement.sqliteStatement }

    private func expect(_ code: Int32) throws(StoreError) {
        guard code == SQLITE_OK else { throw error(code) }
    }

    private func error(_ code: Int32) -> StoreError {
        let message = unsafe String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
        return SQLiteDatabase.storeError(code: code, message: message, address: address)
    }

    func bind(_ value: Int64, at place: Int) throws(StoreError) {
        try expect(unsafe sqlite3_bind_int64(handle, Int32(place), value))
    }

    func bind(_ value: Double, at place: Int) throws(StoreError) {
        try expect(unsafe sqlite3_bind_double(handle, Int32(place), value))
    }

    func bind(_ value: String, at place: Int) throws(StoreError) {
        var value = value
        let code = value.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { text in
                // An empty text has no address, and no address would mean null.
                unsafe text.baseAddress.map {
                    unsafe sqlite3_bind_text(handle, Int32(place), $0, Int32(text.count), Self.transient)
                } ?? sqlite3_bind_text(handle, Int32(place), "", 0, Self.transient)
            }
        }
        try expect(code)
    }

    func bind(_ value: [UInt8], at place: Int) throws(StoreError) {
        let code = unsafe value.withUnsafeBytes { bytes in
            unsafe bytes.isEmpty
                ? sqlite3_bind_zeroblob(handle, Int32(place), 0)
                : sqlite3_bind_blob(handle, Int32(place), bytes.baseAddress, Int32(bytes.count), Self.transient)
        }
        try expect(code)
    }

    func bindNull(at place: Int) throws(StoreError) {
        try expect(unsafe sqlite3_bind_null(handle, Int32(place)))
    }

    func step() throws(StoreError) -> Bool {
        let code = unsafe sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            unsafe sqlite3_reset(handle)
            return false
        default:
            let failure = error(code)
            unsafe sqlite3_reset(handle)
            throw failure
        }
    }

    func reset() { unsafe sqlite3_reset(handle) }

    func isNull(_ column: Int) -> Bool { unsafe sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }
    func integer(_ column: Int) -> Int64 { unsafe sqlite3_column_int64(handle, Int32(column)) }
    func real(_ column: Int) -> Double { unsafe sqlite3_column_double(handle, Int32(column)) }

    func text(_ column: Int) -> String {
        guard let bytes = unsafe sqlite3_column_text(handle, Int32(column)) else { return "" }
        let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
        return unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    func bytes(_ column: Int) -> [UInt8] {
        guard let bytes = unsafe sqlite3_column_blob(handle, Int32(column)) else { return [] }
        let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
        return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }
}
