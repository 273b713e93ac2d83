import Connectors
import Languages
import Records
import Store

// What the reader of files says, in the words of whoever reads the page.

extension Field {
    /// The same field as people call it. A test keeps the two lists the same.
    var word: TicketField? { TicketField(rawValue: rawValue) }
}

/// What people see of an error: in their language where it is a known one, with the file's own name.
func told(_ error: any Error, file: String, _ words: Words) -> String {
    switch error {
    case ConnectorError.recordsUnclear(_, let trouble): words.text(line(trouble, file: file))
    case let error as ConnectorError: words.text(line(error, file: file))
    case let error as StoreError: error.message
    default: words.text(.fileUnreadable(file))
    }
}

private func line(_ error: ConnectorError, file: String) -> Line {
    switch error {
    case .isEmpty: .fileIsEmpty(file)
    case .headerOnly: .fileHasOnlyHeadings(file)
    case .notText(_, let kind): .fileIsNoTable(file, FileKind(rawValue: kind) ?? .binary)
    case .noSuchFile, .notAllowed, .isDirectory, .cannotRead, .badRow: .fileUnreadable(file)
    case .changedWhileRead: .fileChanged(file)
    case .recordsUnclear: .fileUnreadable(file)
    case .noSuchColumn(_, let field, let column, _):
        field.word.map { .columnMissingFor(column: column, $0) } ?? .columnMissing(column)
    case .notMapped(_, let missing, let needsSubject, _):
        .columnsNotFound(file, missing: missing.compactMap(\.word), needsSubject: needsSubject)
    case .dayOrMonthFirst(_, let column, let example): .dayOrderQuestion(column: column, example: example)
    }
}

/// Why a row was not taken in. The reader writes it in English, with the column it is about; in other languages the
/// kind of reason is told.
func told(_ reject: Reject, _ words: Words) -> String {
    if words.language != .en, let phrase = recordProblem(told: reject.reason) { return words(phrase) }
    guard words.language != .en, let problem = RowProblem(told: reject.reason) else {
        return capitalised(reject.reason)
    }
    return words.text(.notTakenIn(problem))
}

extension RowProblem {
    /// The kind of reason that a sentence of the reader gives; nil for one that is not known here.
    init?(told reason: String) {
        let beginnings: [(String, RowProblem)] = [
            ("is longer than", .tooLong), ("a quotation mark is opened", .quoteNotClosed),
            ("the file ends inside quotation marks", .endsInsideQuotes), ("has no ticket number", .noNumber),
            ("the ticket number has", .numberTooLong), ("does not say when it was opened", .noOpenedAt),
            ("closed before it was opened", .closedBeforeOpened),
        ]
        if let known = beginnings.first(where: { reason.hasPrefix($0.0) }) {
            self = known.1
        } else if reason.hasPrefix("has "), reason.contains("fields, the header has") {
            self = .tooManyFields
        } else if reason.hasPrefix("the date “") {
            self = .openedAtUnreadable
        } else {
            return nil
        }
    }
}

private func line(_ trouble: RecordTrouble, file: String) -> FeedbackLine {
    switch trouble {
    case .noSuchColumn(_, let column, _): .columnNotFound(column, file)
    case .missing(_, let fields, _): .columnsMissing(fields.map(\.rawValue), file)
    case .scale(let column, let least, let most): .scaleUnknown(column, least: least, most: most, file)
    }
}

/// The kind of reason that the reader of answers, readings and suggestions gives for a row; nil for another.
private func recordProblem(told reason: String) -> FeedbackPhrase? {
    let beginnings: [(String, FeedbackPhrase)] = [
        ("has no time in", .rejectNoTime), ("the time “", .rejectTime), ("the score “", .rejectNumber),
        ("the votes “", .rejectNumber), ("the value “", .rejectNumber), ("does not say on which scale", .rejectScale),
        ("the score ", .rejectScale), ("the scale ", .rejectScale), ("says nothing in", .rejectName),
        ("does not say what was measured", .rejectName),
    ]
    if reason.contains("and known in “") { return .rejectUnit }
    return beginnings.first { reason.hasPrefix($0.0) }?.1
}
