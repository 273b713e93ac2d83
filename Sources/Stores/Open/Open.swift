import SQLite
import Store

/// Opens the store at an address: a path is a SQLite file, which is made where there is none.
/// - Throws: `StoreError`, when the address means nothing or the store cannot be used.
public func openStore(_ address: String) async throws -> any Store {
    if let scheme = address.firstRange(of: "://") {
        let name = address[..<scheme.lowerBound]
        if name == "sqlite" || name == "file" { return try SQLiteStore(path: String(address[scheme.upperBound...])) }
        throw StoreError.unknownAddress(address)
    }
    return try SQLiteStore(path: address)
}
