import Records
import Store

/// How a ticket lies in its table: the columns in one order, for reading and for writing.
enum TicketRows {
    static let columns = """
        kind, number, status, state, service, category, subcategory, work_group, location, priority, channel, segment, \
        department, assignee, requester, updated_by, close_code, opened_at, first_response_at, resolved_at, closed_at, \
        due_at, updated_at, reopen_count, reassignment_count, sla_met, is_major, is_workaround, is_first_contact, \
        work_minutes, satisfaction, problem, caused_by, change_type, change_outcome, is_unauthorized, title, body, line
        """
    static let columnCount = 39

    private static let allPlaces = (1...(columnCount + 4)).map { "$\($0)" }.joined(separator: ", ")

    /// Columns, then system, import, change number and history.
    static let insert = """
        insert into ticket (\(columns), system, import, change_number, history) values (\(allPlaces))
        """
    static let update =
        "update ticket set (\(columns), system, import, change_number, history) = (\(allPlaces)) "
        + "where id = $\(columnCount + 5)"

    /// Binds a ticket at places 1 to `columnCount`; `number` gives the store's number of each name.
    static func bind(
        _ t: Ticket, to s: any SQLStatement, number: (Name) throws(StoreError) -> Int64
    ) throws(StoreError) {
        var place = 0
        func next() -> Int {
            place += 1
            return place
        }
        func integer(_ value: Int64?) throws(StoreError) {
            if let value { try s.bind(value, at: next()) } else { try s.bindNull(at: next()) }
        }
        func real(_ value: Double?) throws(StoreError) {
            if let value { try s.bind(value, at: next()) } else { try s.bindNull(at: next()) }
        }
        try integer(Int64(t.kind.rawValue))
        try s.bind(t.number, at: next())
        try integer(Int64(t.status.rawValue))
        try integer(try number(t.state))
        for dimension in Dimension.allCases { try integer(try number(t.attributes[dimension])) }
        for name in [t.department, t.assignee, t.requester, t.updatedBy, t.closeCode] {
            try integer(try number(name))
        }
        try integer(t.openedAt.microseconds)
        for moment in [t.firstResponseAt, t.resolvedAt, t.closedAt, t.dueAt, t.updatedAt] {
            try integer(moment?.microseconds)
        }
        try integer(t.reopenCount.map { Int64($0) })
        try integer(t.reassignmentCount.map { Int64($0) })
        for flag in [t.slaMet, t.isMajor, t.isWorkaround, t.isFirstContact] { try integer(flag.map { $0 ? 1 : 0 }) }
        try real(t.workMinutes)
        try real(t.satisfaction)
        try s.bind(t.problem, at: next())
        try s.bind(t.causedBy, at: next())
        try integer(t.changeType.map { Int64($0.rawValue) })
        try integer(t.changeOutcome.map { Int64($0.rawValue) })
        try integer(t.isUnauthorized.map { $0 ? 1 : 0 })
        try s.bind(t.title, at: next())
        try s.bind(t.text, at: next())
        try integer(Int64(t.line))
    }

    /// Reads a ticket from columns `first` on, in the order of `columns`.
    static func ticket(
        _ s: any SQLStatement, from first: Int, name: (Int64) throws(StoreError) -> Name
    ) throws(StoreError) -> Ticket {
        var column = first - 1
        func integer() -> Int64? {
            column += 1
            return s.optionalInteger(column)
        }
        func moment() -> Moment? { integer().map { Moment(microseconds: $0) } }
        func flag() -> Bool? { integer().map { $0 != 0 } }
        func text() -> String {
            column += 1
            return s.text(column)
        }
        func real() -> Double? {
            column += 1
            return s.optionalReal(column)
        }
        let kind = TicketKind(rawValue: UInt8(clamping: integer() ?? 1)) ?? .incident
        var t = Ticket(number: text(), openedAt: Moment(microseconds: 0))
        t.kind = kind
        t.status = TicketStatus(rawValue: UInt8(clamping: integer() ?? 1)) ?? .new
        t.state = try name(integer() ?? 0)
        for dimension in Dimension.allCases { t.attributes[dimension] = try name(integer() ?? 0) }
        t.department = try name(integer() ?? 0)
        t.assignee = try name(integer() ?? 0)
        t.requester = try name(integer() ?? 0)
        t.updatedBy = try name(integer() ?? 0)
        t.closeCode = try name(integer() ?? 0)
        t.openedAt = moment() ?? t.openedAt
        t.firstResponseAt = moment()
        t.resolvedAt = moment()
        t.closedAt = moment()
        t.dueAt = moment()
        t.updatedAt = moment()
        t.reopenCount = integer().map { Int32(clamping: $0) }
        t.reassignmentCount = integer().map { Int32(clamping: $0) }
        t.slaMet = flag()
        t.isMajor = flag()
        t.isWorkaround = flag()
        t.isFirstContact = flag()
        t.workMinutes = real()
        t.satisfaction = real()
        t.problem = text()
        t.causedBy = text()
        t.changeType = integer().flatMap { ChangeType(rawValue: UInt8(clamping: $0)) }
        t.changeOutcome = integer().flatMap { ChangeOutcome(rawValue: UInt8(clamping: $0)) }
        t.isUnauthorized = flag()
        t.title = text()
        t.text = text()
        t.line = Int32(clamping: integer() ?? 0)
        return t
    }
}
