import Gains
import Records
import Store

/// Policies, and how they are kept.
extension SQLStore {
    private static var policyColumns: String {
        "id, name, rule, target, owner, by_name, at, retired_at, changes_seen, checked_at"
    }

    private static func policy(_ row: any SQLStatement) -> KeptPolicy {
        KeptPolicy(
            id: row.integer(0), name: row.text(1), rule: row.text(2), target: row.real(3), owner: row.text(4),
            by: row.text(5), at: Moment(microseconds: row.integer(6)),
            retiredAt: row.optionalInteger(7).map { Moment(microseconds: $0) }, changesSeen: row.optionalInteger(8),
            checkedAt: row.optionalInteger(9).map { Moment(microseconds: $0) })
    }

    public func addPolicy(
        name: String, rule: String, target: Double, owner: String, by: String, at: Moment
    ) async throws -> KeptPolicy {
        try await database.write { c in
            try c.run(
                "insert into policy (name, rule, target, owner, by_name, at) values ($1, $2, $3, $4, $5, $6)",
                .text(name), .text(rule), .real(target), .text(owner), .text(by), .integer(at.microseconds))
            let added = try c.first(
                "select \(Self.policyColumns) from policy order by id desc limit 1", row: Self.policy)
            guard let added else {
                throw StoreError.damaged(address: "policy", reason: "a policy that was just written is not there")
            }
            return added
        }
    }

    public func retirePolicy(_ id: Int64, by: String, at: Moment) async throws -> KeptPolicy? {
        try await database.write { c in
            let found = try c.first(
                "select \(Self.policyColumns) from policy where id = $1 and retired_at is null", .integer(id),
                row: Self.policy)
            guard var policy = found else { return nil }
            try c.run("update policy set retired_at = $1 where id = $2", .integer(at.microseconds), .integer(id))
            policy.retiredAt = at
            return policy
        }
    }

    public func policies() async throws -> [KeptPolicy] {
        try await database.read {
            try $0.rows(
                "select \(Self.policyColumns) from policy order by retired_at is not null, id", row: Self.policy)
        }
    }

    public func save(
        _ weeks: [PolicyWeek], _ breaches: [Breach], of policy: Int64, changesSeen: Int64, at: Moment
    ) async throws {
        try await database.write { c in
            try c.run("delete from policy_week where policy = $1", .integer(policy))
            try c.run("delete from policy_breach where policy = $1", .integer(policy))
            for week in weeks {
                try c.run(
                    "insert into policy_week (policy, week, kept, broken, unknown) values ($1, $2, $3, $4, $5)",
                    .integer(policy), Value(week.monday.number), Value(week.kept), Value(week.broken),
                    Value(week.unknown))
            }
            for (place, breach) in breaches.enumerated() {
                try c.run(
                    "insert into policy_breach (policy, place, kind, number, at) values ($1, $2, $3, $4, $5)",
                    .integer(policy), Value(place), Value(breach.kind.rawValue), .text(breach.number),
                    .integer(breach.at.microseconds))
            }
            try c.run(
                "update policy set changes_seen = $1, checked_at = $2 where id = $3", .integer(changesSeen),
                .integer(at.microseconds), .integer(policy))
        }
    }

    public func weeks(of policy: Int64) async throws -> [PolicyWeek] {
        try await database.read {
            try $0.rows(
                "select week, kept, broken, unknown from policy_week where policy = $1 order by week", .integer(policy)
            ) {
                PolicyWeek(
                    monday: Day(number: Int32(clamping: $0.integer(0))), kept: Int($0.integer(1)),
                    broken: Int($0.integer(2)), unknown: Int($0.integer(3)))
            }
        }
    }

    public func breaches(of policy: Int64, limit: Int) async throws -> [Breach] {
        try await database.read {
            try $0.rows(
                "select kind, number, at from policy_breach where policy = $1 order by place limit $2",
                .integer(policy), Value(limit)
            ) {
                Breach(
                    kind: TicketKind(rawValue: UInt8(clamping: $0.integer(0))) ?? .incident, number: $0.text(1),
                    at: Moment(microseconds: $0.integer(2)))
            }
        }
    }

    public func eachTicket(
        of kinds: Set<TicketKind>, _ body: @escaping @Sendable (Ticket, Names) throws -> Void
    ) async throws {
        guard !kinds.isEmpty else { return }
        let list = kinds.map { String($0.rawValue) }.sorted().joined(separator: ", ")
        try await database.read { c in
            var texts = NameTexts(c)
            let rows = try c.statement("select \(TicketRows.columns) from ticket where kind in (\(list))")
            defer { rows.reset() }
            while try rows.step() {
                let ticket = try TicketRows.ticket(rows, from: 0) { number throws(StoreError) in
                    try texts.name(number)
                }
                try body(ticket, texts.names)
            }
        }
    }
}
