import Store

/// A value on its way into a statement.
public enum Value: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])

    public init(_ value: Int64?) { self = value.map { .integer($0) } ?? .null }
    public init(_ value: Int32?) { self = value.map { .integer(Int64($0)) } ?? .null }
    public init(_ value: UInt8?) { self = value.map { .integer(Int64($0)) } ?? .null }
    public init(_ value: Bool?) { self = value.map { .integer($0 ? 1 : 0) } ?? .null }
    public init(_ value: Double?) { self = value.map { .real($0) } ?? .null }
    public init(_ value: Int) { self = .integer(Int64(value)) }
}

/// A prepared statement. Places and columns count from 1 and from 0, as databases do.
public protocol SQLStatement: AnyObject {
    func bind(_ value: Int64, at place: Int) throws(StoreError)
    func bind(_ value: Double, at place: Int) throws(StoreError)
    func bind(_ value: String, at place: Int) throws(StoreError)
    func bind(_ value: [UInt8], at place: Int) throws(StoreError)
    func bindNull(at place: Int) throws(StoreError)
    /// Runs to the next row.
    /// - Returns: False when there are no more; the statement can then be bound and run again.
    func step() throws(StoreError) -> Bool
    /// Gives up the rest of the rows.
    func reset()
    func isNull(_ column: Int) -> Bool
    func integer(_ column: Int) -> Int64
    func real(_ column: Int) -> Double
    func text(_ column: Int) -> String
    func bytes(_ column: Int) -> [UInt8]
}

/// One connection inside one transaction. It is used by one task at a time and never kept.
public protocol SQLConnection: AnyObject {
    /// A statement of this connection, prepared once and kept. Parameters are `$1`, `$2`, … in the order they occur.
    func statement(_ sql: String) throws(StoreError) -> any SQLStatement
}

extension SQLStatement {
    public func bind(_ value: Value, at place: Int) throws(StoreError) {
        switch value {
        case .null: try bindNull(at: place)
        case .integer(let value): try bind(value, at: place)
        case .real(let value): try bind(value, at: place)
        case .text(let value): try bind(value, at: place)
        case .bytes(let value): try bind(value, at: place)
        }
    }

    public func optionalInteger(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }
    public func optionalReal(_ column: Int) -> Double? { isNull(column) ? nil : real(column) }
    public func optionalBool(_ column: Int) -> Bool? { isNull(column) ? nil : integer(column) != 0 }
}

extension SQLConnection {
    /// Runs a statement that gives no rows.
    public func run(_ sql: String, _ values: Value...) throws(StoreError) {
        let statement = try statement(sql)
        defer { statement.reset() }
        for (i, value) in values.enumerated() { try statement.bind(value, at: i + 1) }
        while try statement.step() {}
    }

    /// Runs a statement and turns each row into a value.
    public func rows<T>(_ sql: String, _ values: Value..., row: (any SQLStatement) throws -> T) throws -> [T] {
        try rows(sql, values: values, row: row)
    }

    /// As `rows`, with the values in an array.
    public func rows<T>(_ sql: String, values: [Value], row: (any SQLStatement) throws -> T) throws -> [T] {
        let statement = try statement(sql)
        defer { statement.reset() }
        for (i, value) in values.enumerated() { try statement.bind(value, at: i + 1) }
        var out: [T] = []
        while try statement.step() { out.append(try row(statement)) }
        return out
    }

    /// The first row, if there is one.
    public func first<T>(_ sql: String, _ values: Value..., row: (any SQLStatement) throws -> T) throws -> T? {
        let statement = try statement(sql)
        defer { statement.reset() }
        for (i, value) in values.enumerated() { try statement.bind(value, at: i + 1) }
        return try statement.step() ? try row(statement) : nil
    }
}

/// A database that speaks the dialect SQLite and PostgreSQL have in common. Each folder beside this one has one.
public protocol SQLDatabase: Sendable {
    var address: String { get }
    /// Reads a consistent state, at the same time as others read and write.
    func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T
    /// Writes alone, all or nothing.
    func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T
    func check() async throws -> [String]
    func backUp(to path: String) async throws
    func close() async throws
}

/// The store of any database that speaks the common dialect: every question in SQL, asked once for all of them.
public struct SQLStore<Base: SQLDatabase>: Store {
    public let database: Base
    let importNumbers = ImportNumbers()
    let kept = KeptRollups()

    public init(database: Base) { self.database = database }

    public var address: String { database.address }
    public func backUp(to path: String) async throws { try await database.backUp(to: path) }
    public func close() async throws { try await database.close() }
}
