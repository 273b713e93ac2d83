/// What can go wrong between a file and its rows. Each says what happened, where, and what to do about it.
public enum ConnectorError: Error, Equatable, Sendable {
    case noSuchFile(path: String)
    case notAllowed(path: String)
    case isDirectory(path: String)
    case isEmpty(path: String)
    case headerOnly(path: String, line: Int)
    /// A file of another kind, such as a PDF or a workbook: `kind` is “a PDF document”.
    case notText(path: String, kind: String)
    case cannotRead(path: String, cause: String)
    /// The file became shorter, or was written to, while it was read.
    case changedWhileRead(path: String)
    /// A column that was named in the mapping is not in the header.
    case noSuchColumn(path: String, field: Field, column: String, found: [String])
    /// Too little of the file could be understood to make tickets of its rows.
    case notMapped(path: String, missing: [Field], needsSubject: Bool, found: [String])
    /// Every date of the file can be read day first and month first.
    case dayOrMonthFirst(path: String, column: String, example: String)
    /// Something about a file of answers, readings or suggestions must be said first.
    case recordsUnclear(path: String, RecordTrouble)
    /// Someone asked that bad rows stop the reading, and there was one.
    case badRow(path: String, line: Int, reason: String)

    /// One line for the person who will see it: `FILE:LINE: what is wrong; what to do`.
    public var message: String {
        switch self {
        case .noSuchFile(let path): "\(path): no such file; check the name and the folder"
        case .notAllowed(let path): "\(path): reading it is not allowed; check the file's permissions"
        case .isDirectory(let path): "\(path): is a directory; name the files in it"
        case .isEmpty(let path): "\(path):1: is empty; export it again"
        case .headerOnly(let path, let line):
            "\(path):\(line): has a header and no rows; check the filter of the export"
        case .notText(let path, let kind): "\(path): is \(kind); export it as CSV"
        case .cannotRead(let path, let cause):
            "\(path): cannot be read (\(cause)); try again, or copy it to this machine"
        case .changedWhileRead(let path):
            "\(path): changed while it was read; wait until the export has finished, then start again"
        case .noSuchColumn(let path, let field, let column, let found):
            "\(path):1: has no column “\(column)” for \(field.rawValue); its columns are: \(Self.list(found))"
        case .notMapped(let path, let missing, let needsSubject, let found):
            "\(path):1: no column was recognised for \(Self.needs(missing, needsSubject)); name them, for example "
                + Self.example(missing, needsSubject) + "; the columns are: \(Self.list(found))"
        case .dayOrMonthFirst(let path, let column, let example):
            "\(path): the dates of the column “\(column)”, such as “\(example)”, can be read day first and month first;"
                + " say --day-first or --month-first"
        case .recordsUnclear(let path, let trouble): "\(path):1: \(trouble.message)"
        case .badRow(let path, let line, let reason): "\(path):\(line): \(reason)"
        }
    }

    /// The exit code of a command that stops for it, as in sysexits.h.
    public var exitCode: Int32 {
        switch self {
        case .noSuchFile, .isDirectory: 66
        case .notAllowed: 77
        case .cannotRead, .changedWhileRead: 74
        case .isEmpty, .headerOnly, .notText, .noSuchColumn, .notMapped, .dayOrMonthFirst, .recordsUnclear, .badRow: 65
        }
    }

    /// More columns than this say nothing more to anyone.
    private static let listedMax = 60

    private static func list(_ columns: [String]) -> String {
        let shown = columns.prefix(listedMax).map { "“\($0)”" }.joined(separator: ", ")
        return columns.count > listedMax ? "\(shown) and \(columns.count - listedMax) more" : shown
    }

    private static func needs(_ missing: [Field], _ needsSubject: Bool) -> String {
        var words = missing.map(\.rawValue)
        if needsSubject { words.append("one of category, service and title") }
        return words.joined(separator: ", ")
    }

    private static func example(_ missing: [Field], _ needsSubject: Bool) -> String {
        var words = missing.map { "--map \($0.rawValue)=COLUMN" }
        if needsSubject { words.append("--map category=COLUMN") }
        return words.joined(separator: " ")
    }
}

extension ConnectorError: CustomStringConvertible {
    public var description: String { message }
}
