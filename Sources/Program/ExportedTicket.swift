import Records
import Store
import Web

/// A ticket as `export` writes it. People are pseudonyms here too; the key stays in the store.
struct ExportedTicket {
    private let record: TicketRecord

    init(_ record: TicketRecord) { self.record = record }

    private var fields: [(String, JSON)] {
        let t = record.ticket
        func name(_ name: Name) -> JSON { name.isNone ? .null : .string(record.names[name]) }
        func moment(_ moment: Moment?) -> JSON { moment.map { .string($0.description) } ?? .null }
        func flag(_ flag: Bool?) -> JSON { flag.map { .bool($0) } ?? .null }
        func text(_ text: String) -> JSON { text.isEmpty ? .null : .string(text) }
        return [
            ("number", .string(t.number)), ("kind", .string("\(t.kind)")), ("status", .string("\(t.status)")),
            ("state", name(t.state)),
        ] + Dimension.allCases.map { ($0.rawValue, name(t.attributes[$0])) } + [
            ("department", name(t.department)), ("assignee", name(t.assignee)), ("requester", name(t.requester)),
            ("openedAt", moment(t.openedAt)), ("firstResponseAt", moment(t.firstResponseAt)),
            ("resolvedAt", moment(t.resolvedAt)), ("closedAt", moment(t.closedAt)), ("dueAt", moment(t.dueAt)),
            ("updatedAt", moment(t.updatedAt)), ("updatedBy", name(t.updatedBy)),
            ("reopenCount", t.reopenCount.map { .integer(Int($0)) } ?? .null),
            ("reassignmentCount", t.reassignmentCount.map { .integer(Int($0)) } ?? .null),
            ("slaMet", flag(t.slaMet)), ("major", flag(t.isMajor)), ("workaround", flag(t.isWorkaround)),
            ("firstContact", flag(t.isFirstContact)), ("closeCode", name(t.closeCode)),
            ("workMinutes", t.workMinutes.map { .number($0) } ?? .null),
            ("satisfaction", t.satisfaction.map { .number($0) } ?? .null), ("problem", text(t.problem)),
            ("causedBy", text(t.causedBy)), ("changeType", t.changeType.map { .string("\($0)") } ?? .null),
            ("changeOutcome", t.changeOutcome.map { .string("\($0)") } ?? .null),
            ("unauthorized", flag(t.isUnauthorized)), ("title", text(t.title)), ("text", text(t.text)),
        ]
    }

    var json: JSON {
        .object(
            fields.filter { if case .null = $0.1 { false } else { true } } + [
                (
                    "history",
                    .array(
                        record.events.map { event in
                            .object([
                                ("at", .string(event.at.description)), ("field", .string("\(event.field)")),
                                ("from", .string(event.from)), ("to", .string(event.to)), ("by", .string(event.by)),
                            ])
                        })
                ),
                (
                    "provenance",
                    .object([
                        ("file", .string(record.provenance.file)), ("line", .integer(record.provenance.line)),
                        ("fileHash", .string(record.provenance.fileHash)),
                    ])
                ),
            ])
    }

    static let header: String = {
        let empty = Ticket(number: "", openedAt: Moment(seconds: 0))
        let record = TicketRecord(
            ticket: empty, names: Names(), events: [],
            provenance: Provenance(file: "", fileHash: "", line: 0, importedAt: Moment(seconds: 0)))
        return ExportedTicket(record).fields.map(\.0).joined(separator: ",") + "\r\n"
    }()

    /// RFC 4180; an empty cell is a value that is not known.
    var row: String {
        fields.map { _, value in
            switch value {
            case .null: ""
            case .string(let text): Self.quoted(text)
            default: value.text
            }
        }.joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
