import Measures
import Records

/// A field of a ticket that a column of a file is read as. The raw value is the word of `--map FIELD=COLUMN`.
public enum TicketField: String, CaseIterable, Sendable {
    case id, kind, status, service, category, subcategory, group, location, priority, channel, segment, department
    case openedAt, firstResponseAt, resolvedAt, closedAt, dueAt, updatedAt
    case assignee, requester, updatedBy
    case reopenCount, reassignmentCount, slaMet, major, workaround, firstContact, closeCode, workMinutes, satisfaction
    case problem, causedBy, changeType, changeOutcome, unauthorized, title, text
}

/// What a file is that is no table. The raw value is how the reader tells it.
public enum FileKind: String, CaseIterable, Sendable {
    case pdf = "a PDF document"
    case workbook = "an Excel workbook or another ZIP archive"
    case oldWorkbook = "an old Excel workbook or another Office document"
    case database = "an SQLite database"
    case picture = "a picture"
    case packedOtherwise = "packed in a way other than gzip"
    case packedTwice = "packed twice"
    case damagedGzip = "a damaged gzip file"
    case archive = "a tar archive"
    case program = "a program"
    case webPage = "a web page"
    case xml = "an XML file"
    case json = "a JSON file"
    case binary = "a binary file"
}

/// Why a row was not taken in.
public enum RowProblem: String, CaseIterable, Sendable {
    case tooLong, quoteNotClosed, endsInsideQuotes, tooManyFields
    case noNumber, numberTooLong, noOpenedAt, openedAtUnreadable, closedBeforeOpened
}

extension Words {
    /// As the heading of a column: `First response`.
    public func name(of field: TicketField) -> String {
        func heading(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
        switch field {
        case .id: return self(.number)
        case .kind: return self(.kind)
        case .status: return self(.status)
        case .service: return heading(name(of: Dimension.service))
        case .category: return heading(name(of: Dimension.category))
        case .subcategory: return heading(name(of: Dimension.subcategory))
        case .group: return heading(name(of: Dimension.group))
        case .location: return heading(name(of: Dimension.location))
        case .priority: return heading(name(of: Dimension.priority))
        case .channel: return heading(name(of: Dimension.channel))
        case .segment: return heading(name(of: Dimension.segment))
        case .department: return self(.department)
        case .openedAt: return self(Phrase.opened)
        case .firstResponseAt: return self(.responded)
        case .resolvedAt: return self(.resolved)
        case .closedAt: return self(.closed)
        case .dueAt: return self(.due)
        case .updatedAt: return self(.updated)
        case .assignee: return self(.assignee)
        case .requester: return self(.requester)
        case .updatedBy: return self(.updatedBy)
        case .reopenCount: return self(.reopens)
        case .reassignmentCount: return self(.reassignments)
        case .slaMet: return self(.slaKept)
        case .major: return self(.major)
        case .workaround: return self(.workaroundOnly)
        case .firstContact: return self(.firstContact)
        case .closeCode: return self(.closeCode)
        case .workMinutes: return self(.workMinutes)
        case .satisfaction: return self(.satisfaction)
        case .problem: return self(.problem)
        case .causedBy: return self(.causedBy)
        case .changeType: return self(.changeType)
        case .changeOutcome: return self(.outcome)
        case .unauthorized: return self(.unauthorised)
        case .title: return self(.title)
        case .text: return self(.text)
        }
    }

    /// “Category, Service or Title”, as the language joins alternatives and lists.
    func listed(_ fields: [TicketField], lastWith joint: String, between: String) -> String {
        let names = fields.map { name(of: $0) }
        guard names.count > 1, let last = names.last else { return names.first ?? "" }
        return names.dropLast().joined(separator: between) + joint + last
    }
}
