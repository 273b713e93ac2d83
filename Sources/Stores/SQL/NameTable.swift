import Records
import Store
import Synchronization

/// The store's numbers of the names of a reader, found or given once each.
///
/// The store's number 0 is no name.
struct NameNumbers {
    private(set) var numbers: [Int64]
    private let names: Names
    private let connection: any SQLConnection

    /// - Parameter known: Numbers by name code, −1 where one is not known yet: from the batch before.
    init(_ names: Names, _ connection: any SQLConnection, known: [Int64] = [0]) {
        self.names = names
        self.connection = connection
        numbers = known.isEmpty ? [0] : known
    }

    mutating func number(_ name: Name) throws(StoreError) -> Int64 {
        if name.isNone { return 0 }
        let code = Int(name.code)
        if code >= numbers.count {
            numbers += Array(repeating: -1, count: max(names.count, code + 1) - numbers.count)
        }
        if numbers[code] >= 0 { return numbers[code] }
        let found = try Self.number(of: names[name], connection)
        numbers[code] = found
        return found
    }

    /// The number of a text, new where it has none.
    static func number(of text: String, _ connection: any SQLConnection) throws(StoreError) -> Int64 {
        if text.isEmpty { return 0 }
        if let number = try existing(text, connection) { return number }
        let insert = try connection.statement("insert into name (text) values ($1) returning id")
        defer { insert.reset() }
        try insert.bind(text, at: 1)
        guard try insert.step() else { return 0 }
        return insert.integer(0)
    }

    /// The number of a text that has been met.
    static func existing(_ text: String, _ connection: any SQLConnection) throws(StoreError) -> Int64? {
        if text.isEmpty { return 0 }
        let select = try connection.statement("select id from name where text = $1")
        defer { select.reset() }
        try select.bind(text, at: 1)
        return try select.step() ? select.integer(0) : nil
    }
}

/// The names behind the store's numbers, met while tickets are read.
struct NameTexts {
    private(set) var names: Names
    private var byNumber: [Int64: Name] = [0: .none]
    private let connection: any SQLConnection

    init(_ connection: any SQLConnection, names: Names = Names()) {
        self.connection = connection
        self.names = names
    }

    mutating func name(_ number: Int64) throws(StoreError) -> Name {
        if let name = byNumber[number] { return name }
        let select = try connection.statement("select text from name where id = $1")
        defer { select.reset() }
        try select.bind(number, at: 1)
        let name = try select.step() ? names.name(select.text(0)) : Name.none
        byNumber[number] = name
        return name
    }
}

/// Numbers of names from one batch of an import to the next: a file's names keep their codes while it is read.
final class ImportNumbers: Sendable {
    private let state = Mutex<(importID: Int64, numbers: [Int64])>((0, []))

    /// What is known for an import. It is gone from here until the batch is safely in: a batch that fails takes its new
    /// numbers with it.
    func take(for importID: Int64) -> [Int64] {
        state.withLock { state in
            let known = state.importID == importID ? state.numbers : []
            state = (0, [])
            return known
        }
    }

    func keep(_ numbers: [Int64], for importID: Int64) { state.withLock { $0 = (importID, numbers) } }
}
