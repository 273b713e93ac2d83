/// What can go wrong with a store, in words for the person who has to mend it.
public enum StoreError: Error, Sendable, Equatable {
    case cannotOpen(address: String, reason: String)
    case notAStore(address: String)
    case newerVersion(address: String, found: Int, known: Int)
    case readOnly(address: String)
    case noSpace(address: String)
    case damaged(address: String, reason: String)
    case busy(address: String)
    case unknownAddress(String)
    case failed(address: String, reason: String)
    case targetExists(String)

    public var message: String {
        switch self {
        case .cannotOpen(let address, let reason):
            "\(address): the store cannot be opened (\(reason)); check the path and its permissions"
        case .notAStore(let address):
            "\(address): is not a Ratchet store; give another --store, or move the file away"
        case .newerVersion(let address, let found, let known):
            "\(address): was written by a newer Ratchet (version \(found), this one knows \(known)); update Ratchet"
        case .readOnly(let address):
            "\(address): the store is read-only; make the file and its folder writable"
        case .noSpace(let address):
            "\(address): no space left on the disk; free some and run the same command again, nothing was lost"
        case .damaged(let address, let reason):
            "\(address): the store is damaged (\(reason)); restore the latest backup with ‘ratchet restore’"
        case .busy(let address):
            "\(address): another program has been writing to the store for a long time; try again when it has finished"
        case .unknownAddress(let address):
            "\(address): is not a store this Ratchet knows; give a file name (PostgreSQL is not there yet)"
        case .failed(let address, let reason):
            "\(address): \(reason)"
        case .targetExists(let path):
            "\(path): exists already; choose another name, nothing was written"
        }
    }

    /// sysexits.
    public var exitCode: Int32 {
        switch self {
        case .cannotOpen, .busy: 69
        case .notAStore, .newerVersion, .damaged: 65
        case .readOnly, .targetExists: 73
        case .noSpace, .failed: 74
        case .unknownAddress: 64
        }
    }
}
