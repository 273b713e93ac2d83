/// Tickets in columns: what every analysis reads.
///
/// Each ticket costs some 50 to 60 bytes, so a million fit in 60 MB. Times are whole seconds since 1970 (0 is none), names are
/// codes of `names`. Rows of one ticket may come in any order of tickets; those of the same ticket in the order they were
/// written.
public struct TicketTable: Sendable {
    public internal(set) var names: Names

    public internal(set) var kind: [UInt8] = []
    public internal(set) var status: [UInt8] = []
    public internal(set) var flags: [Flags] = []
    public internal(set) var opened: [UInt32] = []
    public internal(set) var responded: [UInt32] = []
    public internal(set) var resolved: [UInt32] = []
    public internal(set) var closed: [UInt32] = []
    var updated: [UInt32] = []
    public internal(set) var attributes = AttributeColumns()
    public internal(set) var reopens: [UInt8] = []
    public internal(set) var reassignments: [UInt16] = []
    /// Minutes of work; empty as long as no ticket has any.
    var work: [Float] = []

    /// The latest moment the tickets speak of, and the latest update; nil when there is none, or before `finish`.
    public private(set) var lastKnown: Moment?
    public private(set) var lastUpdated: Moment?

    var numbers = NumberColumn()
    private var slots: [UInt32] = Array(repeating: 0, count: 1024)

    /// What is known of a ticket in yes and no; each with a bit that says whether it is known at all.
    public struct Flags: OptionSet, Sendable {
        public let rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        public static let slaKnown = Flags(rawValue: 1)
        public static let slaMet = Flags(rawValue: 2)
        public static let majorKnown = Flags(rawValue: 4)
        public static let major = Flags(rawValue: 8)
        public static let workaroundKnown = Flags(rawValue: 16)
        public static let workaround = Flags(rawValue: 32)
        public static let firstContactKnown = Flags(rawValue: 64)
        public static let firstContact = Flags(rawValue: 128)
        public static let reopensKnown = Flags(rawValue: 256)
        public static let reassignmentsKnown = Flags(rawValue: 512)
        public static let outcomeKnown = Flags(rawValue: 1024)
        public static let failed = Flags(rawValue: 2048)
        public static let typeKnown = Flags(rawValue: 4096)
        public static let emergency = Flags(rawValue: 8192)
        public static let authorizationKnown = Flags(rawValue: 16_384)
        public static let unauthorized = Flags(rawValue: 32_768)
        public static let causeKnown = Flags(rawValue: 65_536)
    }

    public init(names: Names = Names()) { self.names = names }

    public var count: Int { opened.count }
    public var isEmpty: Bool { opened.isEmpty }

    public func number(_ index: Int) -> String { String(decoding: numbers.bytes(index), as: UTF8.self) }

    /// One order of all tickets, whatever order they came in: by opening, then by number, then by kind.
    public func isBefore(_ a: Int, _ b: Int) -> Bool {
        if opened[a] != opened[b] { return opened[a] < opened[b] }
        if numbers.isBefore(a, b) { return true }
        return !numbers.isBefore(b, a) && kind[a] < kind[b]
    }

    /// Reserves room, so that a table of known size is not copied while it grows.
    public mutating func reserve(_ count: Int) {
        kind.reserveCapacity(count)
        status.reserveCapacity(count)
        flags.reserveCapacity(count)
        opened.reserveCapacity(count)
        responded.reserveCapacity(count)
        resolved.reserveCapacity(count)
        closed.reserveCapacity(count)
        updated.reserveCapacity(count)
        attributes.reserve(count)
        reopens.reserveCapacity(count)
        reassignments.reserveCapacity(count)
        numbers.reserve(count)
    }

    /// The ticket with this number and kind, if it has been met. O(1).
    public func index(number: String, kind: TicketKind) -> Int? {
        precondition(!slots.isEmpty, "Tickets are looked up before the table is finished")
        let bytes = number.utf8.span
        var slot = Int(fnv1a(bytes, seed: UInt32(kind.rawValue))) & (slots.count - 1)
        while slots[slot] != 0 {
            let i = Int(slots[slot]) - 1
            if self.kind[i] == kind.rawValue, numbers.matches(i, bytes) { return i }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Takes in what a row says of a ticket: a new one, or a later state of a known one.
    ///
    /// A row that is older than what is known (by its time of update) changes nothing.
    /// - Returns: The ticket's place.
    @discardableResult
    public mutating func take(_ row: Ticket) -> Int {
        if let i = index(number: row.number, kind: row.kind) {
            let at = Self.seconds(row.updatedAt)
            if at >= updated[i] || at == 0 { advance(i, row, at: at) }
            return i
        }
        return append(row)
    }

    /// Appends a ticket that is known to be new.
    @discardableResult
    public mutating func append(_ t: Ticket) -> Int {
        precondition(!slots.isEmpty, "Tickets are added before the table is finished")
        let i = count
        kind.append(t.kind.rawValue)
        status.append(t.status.rawValue)
        opened.append(Self.seconds(t.openedAt))
        // A log's first row already shows someone at work: that row's time is the response.
        responded.append(Self.seconds(t.firstResponseAt))
        resolved.append(Self.seconds(t.resolvedAt))
        closed.append(Self.seconds(t.closedAt))
        updated.append(Self.seconds(t.updatedAt))
        attributes.append(t.attributes)
        reopens.append(UInt8(clamping: t.reopenCount ?? 0))
        reassignments.append(UInt16(clamping: t.reassignmentCount ?? 0))
        if let minutes = t.workMinutes { setWork(i, minutes) } else if !work.isEmpty { work.append(.nan) }
        flags.append(Self.flags(of: t))
        numbers.append(t.number.utf8.span)
        var slot = Int(fnv1a(t.number.utf8.span, seed: UInt32(t.kind.rawValue))) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(i + 1)
        if count * 4 > slots.count * 3 { growSlots() }
        return i
    }

    private mutating func advance(_ i: Int, _ row: Ticket, at: UInt32) {
        let before = TicketStatus(rawValue: status[i])
        var flag = Self.flags(of: row)
        // What a later row leaves empty stays as it was known; each `known` bit stands beside its value.
        let old = flags[i]
        for (known, value) in Self.pairs where !flag.contains(known) && old.contains(known) {
            flag.insert(known)
            if old.contains(value) { flag.insert(value) }
        }
        if row.reopenCount == nil {
            if before?.isDone == true, before?.isVoid == false, !row.status.isDone {
                reopens[i] = reopens[i] == .max ? .max : reopens[i] + 1
                flag.insert(.reopensKnown)
            }
            if old.contains(.reopensKnown) { flag.insert(.reopensKnown) }
        } else {
            reopens[i] = UInt8(clamping: row.reopenCount ?? 0)
        }
        let group = attributes[i, .group]
        if row.reassignmentCount == nil {
            if !group.isNone, !row.attributes[.group].isNone, group != row.attributes[.group] {
                reassignments[i] = reassignments[i] == .max ? .max : reassignments[i] + 1
                flag.insert(.reassignmentsKnown)
            }
            if old.contains(.reassignmentsKnown) { flag.insert(.reassignmentsKnown) }
        } else {
            reassignments[i] = UInt16(clamping: row.reassignmentCount ?? 0)
        }
        if let response = row.firstResponseAt {
            responded[i] = Self.seconds(response)
        } else if responded[i] == 0, before == .new, row.status != .new, !row.status.isVoid {
            responded[i] = at
        }
        status[i] = row.status.rawValue
        flags[i] = flag
        resolved[i] = Self.seconds(row.resolvedAt)
        closed[i] = Self.seconds(row.closedAt)
        if at != 0 { updated[i] = at }
        for dimension in Dimension.allCases where !row.attributes[dimension].isNone {
            attributes.set(i, dimension, to: row.attributes[dimension])
        }
        if let minutes = row.workMinutes { setWork(i, minutes) }
    }

    /// A ticket put together again from its columns: what the table keeps of it, and nothing else.
    public func ticket(_ i: Int) -> Ticket {
        func moment(_ seconds: UInt32) -> Moment? { seconds == 0 ? nil : Moment(seconds: Int64(seconds)) }
        var t = Ticket(number: number(i), openedAt: Moment(seconds: Int64(opened[i])))
        t.kind = TicketKind(rawValue: kind[i]) ?? .incident
        t.status = TicketStatus(rawValue: status[i]) ?? .new
        t.attributes = attributes[i]
        t.firstResponseAt = moment(responded[i])
        t.resolvedAt = moment(resolved[i])
        t.closedAt = moment(closed[i])
        let f = flags[i]
        func answer(_ known: Flags, _ yes: Flags) -> Bool? { f.contains(known) ? f.contains(yes) : nil }
        t.slaMet = answer(.slaKnown, .slaMet)
        t.isMajor = answer(.majorKnown, .major)
        t.isWorkaround = answer(.workaroundKnown, .workaround)
        t.isFirstContact = answer(.firstContactKnown, .firstContact)
        t.changeOutcome = answer(.outcomeKnown, .failed).map { $0 ? .unsuccessful : .successful }
        t.changeType = answer(.typeKnown, .emergency).map { $0 ? .emergency : .normal }
        t.isUnauthorized = answer(.authorizationKnown, .unauthorized)
        t.reopenCount = f.contains(.reopensKnown) ? Int32(reopens[i]) : nil
        t.reassignmentCount = f.contains(.reassignmentsKnown) ? Int32(reassignments[i]) : nil
        t.workMinutes = workMinutes(i)
        return t
    }

    /// Minutes of work on a ticket; nil when it is not known.
    public func workMinutes(_ i: Int) -> Double? {
        guard i < work.count, work[i].isFinite else { return nil }
        return Double(work[i])
    }

    private mutating func setWork(_ i: Int, _ minutes: Double) {
        if work.count <= i { work.append(contentsOf: repeatElement(.nan, count: i + 1 - work.count)) }
        work[i] = Float(minutes)
    }

    /// Everything has been read: takes over the reader's names, and lets go of what only finds tickets by number.
    public mutating func finish(names: Names) {
        self.names = names
        var last: UInt32 = 0
        for i in 0..<count { last = max(last, max(opened[i], responded[i]), max(resolved[i], closed[i])) }
        lastKnown = last == 0 ? nil : Moment(seconds: Int64(last))
        lastUpdated = updated.max().flatMap { $0 == 0 ? nil : Moment(seconds: Int64($0)) }
        updated = []
        slots = []
    }

    private static let pairs: [(Flags, Flags)] = [
        (.slaKnown, .slaMet), (.majorKnown, .major), (.workaroundKnown, .workaround),
        (.firstContactKnown, .firstContact), (.outcomeKnown, .failed), (.typeKnown, .emergency),
        (.authorizationKnown, .unauthorized), (.causeKnown, .causeKnown),
    ]

    private static func flags(of t: Ticket) -> Flags {
        var f: Flags = []
        func set(_ value: Bool?, _ known: Flags, _ yes: Flags) {
            guard let value else { return }
            f.insert(known)
            if value { f.insert(yes) }
        }
        set(t.slaMet, .slaKnown, .slaMet)
        set(t.isMajor, .majorKnown, .major)
        set(t.isWorkaround, .workaroundKnown, .workaround)
        set(t.isFirstContact, .firstContactKnown, .firstContact)
        set(t.changeOutcome.map { $0 == .unsuccessful }, .outcomeKnown, .failed)
        set(t.changeType.map { $0 == .emergency }, .typeKnown, .emergency)
        set(t.isUnauthorized, .authorizationKnown, .unauthorized)
        if !t.causedBy.isEmpty { f.insert(.causeKnown) }
        if t.reopenCount != nil { f.insert(.reopensKnown) }
        if t.reassignmentCount != nil { f.insert(.reassignmentsKnown) }
        return f
    }

    /// 0 is none; what lies before 1970 or after 2106 is held at the ends, which the reader rejects anyway.
    private static func seconds(_ moment: Moment?) -> UInt32 {
        guard let moment else { return 0 }
        return UInt32(clamping: max(1, moment.seconds))
    }

    private mutating func growSlots() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for i in 0..<count {
            let bytes = numbers.bytes(i)
            let hash = fnv1a(bytes.span, seed: UInt32(kind[i]))
            var slot = Int(hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(i + 1)
        }
    }
}
