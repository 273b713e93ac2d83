/// A field of a ticket that a column can be mapped to. The raw value is the word of `--map FIELD=COLUMN`.
public enum Field: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable, Hashable {
    case id, kind, status, service, category, subcategory, group, location, priority, channel, segment, department
    case openedAt, firstResponseAt, resolvedAt, closedAt, dueAt, updatedAt
    case assignee, requester, updatedBy
    case reopenCount, reassignmentCount, slaMet, major, workaround, firstContact, closeCode, workMinutes, satisfaction
    case problem, causedBy, changeType, changeOutcome, unauthorized, title, text
}
