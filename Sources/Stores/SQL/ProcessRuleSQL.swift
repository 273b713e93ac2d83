import Processes
import Records
import Store

/// Rules of a process, and how they were kept: checked with the totals of the same week, so always about the same tickets.
extension SQLStore {
    public func processRules(_ kind: TicketKind) async throws -> [String] {
        try await database.read { c in
            try c.rows("select rule from process_rule where kind = $1 order by place", Value(kind.rawValue)) {
                $0.text(0)
            }
        }
    }

    public func setProcessRules(_ kind: TicketKind, _ rules: [String]) async throws {
        try await database.write { c in
            for table in ["process_rule", "process_rule_week", "process_breach"] {
                try c.run("delete from \(table) where kind = $1", Value(kind.rawValue))
            }
            for (place, rule) in rules.enumerated() {
                try c.run(
                    "insert into process_rule (kind, place, rule) values ($1, $2, $3)", Value(kind.rawValue),
                    Value(place), .text(rule))
            }
            try StaleWeeks.markAll(c)
        }
    }

    public func processRuleWeeks(_ kind: TicketKind) async throws -> [ProcessRuleWeek] {
        try await database.read { c in
            try c.rows(
                "select rule, week, applied, broken from process_rule_week where kind = $1 order by rule, week",
                Value(kind.rawValue)
            ) {
                ProcessRuleWeek(
                    rule: $0.text(0), week: Day(number: Int32(clamping: $0.integer(1))), applied: Int($0.integer(2)),
                    broken: Int($0.integer(3)))
            }
        }
    }

    public func processBreaches(_ kind: TicketKind, rule: String, limit: Int) async throws -> [TicketLine] {
        try await database.read { c in
            let ids = try c.rows(
                """
                select b.ticket from process_breach b join ticket t on t.id = b.ticket
                where b.kind = $1 and b.rule = $2 order by t.opened_at desc, t.id desc limit $3
                """, Value(kind.rawValue), .text(rule), Value(limit)
            ) { $0.integer(0) }
            return try ids.compactMap { try Self.line($0, c) }
        }
    }

    /// Checks the tickets of one week against the rules of their process.
    static func checkRules(_ kind: Int64, _ week: Day, _ c: any SQLConnection) throws {
        try c.run("delete from process_rule_week where kind = $1 and week = $2", .integer(kind), Value(week.number))
        try c.run("delete from process_breach where kind = $1 and week = $2", .integer(kind), Value(week.number))
        let texts = try c.rows("select rule from process_rule where kind = $1 order by place", .integer(kind)) {
            $0.text(0)
        }
        if texts.isEmpty { return }
        // Lines were read before they were kept; one of a newer version is left to that version.
        let lines = texts.compactMap { try? ProcessPolicy($0).lines.first }
        var log = EventLog()
        var names = NameTexts(c)
        let runs = try c.rows(
            """
            select id, history, status, state, opened_at from ticket
            where kind = $1 and opened_at >= $2 and opened_at < $3
            """, .integer(kind), .integer(week.startInUTC.microseconds), .integer((week + 7).startInUTC.microseconds)
        ) { row in
            (
                id: row.integer(0), history: row.bytes(1),
                status: TicketStatus(rawValue: UInt8(clamping: row.integer(2))) ?? .new, state: row.integer(3),
                openedAt: row.integer(4)
            )
        }
        for run in runs where !run.status.isVoid {
            try add(run.id, run.history, state: run.state, openedAt: run.openedAt, to: &log, &names)
        }
        let now = try c.first("select value from counter where name = $1", .text("lastKnown.\(kind)")) { $0.integer(0) }
        let found = conformance(of: Traces(log), to: lines.map(\.rule), now: now)
        var broken = [Int](repeating: 0, count: lines.count)
        for breach in found.breaches {
            broken[breach.rule] += 1
            try c.run(
                "insert into process_breach (kind, rule, week, ticket) values ($1, $2, $3, $4) on conflict do nothing",
                .integer(kind), .text(lines[breach.rule].text), Value(week.number),
                .integer(Int64(breach.caseName) ?? 0))
        }
        for (i, line) in lines.enumerated() where found.applied[i] > 0 {
            try c.run(
                """
                insert into process_rule_week (kind, rule, week, applied, broken) values ($1, $2, $3, $4, $5)
                on conflict do nothing
                """, .integer(kind), .text(line.text), Value(week.number), Value(found.applied[i]), Value(broken[i]))
        }
    }

    /// The states of a ticket as events, each by whoever wrote the update.
    private static func add(
        _ id: Int64, _ history: [UInt8], state: Int64, openedAt: Int64, to log: inout EventLog, _ names: inout NameTexts
    ) throws {
        guard let stored = HistoryBytes.events(history) else {
            throw StoreError.damaged(address: "ticket", reason: "the history of a ticket cannot be read")
        }
        func text(_ number: Int64) throws -> String {
            let name = try names.name(number)
            return names.names[name]
        }
        let changes = stored.filter { $0.field == Int64(HistoryField.state.rawValue) && $0.to != 0 }
        let name = String(id)
        if let first = changes.first, first.from != 0 {
            log.add(case: name, activity: try text(first.from), at: openedAt)
        } else if changes.isEmpty, state != 0 {
            log.add(case: name, activity: try text(state), at: openedAt)
        }
        for change in changes {
            log.add(case: name, activity: try text(change.to), at: change.at, resource: try text(change.by))
        }
    }
}
