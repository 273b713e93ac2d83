import Records
import Store

/// Messages from other systems.
extension SQLStore {
    public func incomingHooks() async throws -> [IncomingHook] {
        try await database.read {
            try $0.rows("\(Self.selectHook) order by source") { Self.readHook($0) }
        }
    }

    public func incomingHook(_ source: String) async throws -> IncomingHook? {
        try await database.read {
            try $0.first("\(Self.selectHook) where source = $1", .text(source)) { Self.readHook($0) }
        }
    }

    public func setIncomingHook(_ hook: IncomingHook) async throws {
        let fields = hook.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
        try await database.write {
            try $0.run(
                """
                insert into incoming_hook (source, secret, fields, created_at, received) values ($1, $2, $3, $4, 0)
                on conflict (source) do update
                set secret = excluded.secret, fields = excluded.fields, created_at = excluded.created_at
                """, .text(hook.source), .text(hook.secret), .text(fields), .integer(hook.createdAt.microseconds))
        }
    }

    public func removeIncomingHook(_ source: String) async throws -> Bool {
        try await database.write {
            try $0.first("delete from incoming_hook where source = $1 returning source", .text(source)) { $0.text(0) }
                != nil
        }
    }

    public func noteMessage(from source: String, at moment: Moment) async throws {
        try await database.write {
            try $0.run(
                "update incoming_hook set last_at = $1, received = received + 1 where source = $2",
                .integer(moment.microseconds), .text(source))
        }
    }

    private static var selectHook: String {
        "select source, secret, fields, created_at, last_at, received from incoming_hook"
    }

    private static func readHook(_ row: any SQLStatement) -> IncomingHook {
        let fields = row.text(2).split(separator: "\n").compactMap { line -> (String, String)? in
            let sides = line.split(separator: "=", maxSplits: 1)
            return sides.count == 2 ? (String(sides[0]), String(sides[1])) : nil
        }
        return IncomingHook(
            source: row.text(0), secret: row.text(1), fields: Dictionary(fields, uniquingKeysWith: { $1 }),
            createdAt: Moment(microseconds: row.integer(3)),
            lastAt: row.optionalInteger(4).map { Moment(microseconds: $0) }, received: Int(row.integer(5)))
    }
}

/// Messages to other systems.
extension SQLStore {
    /// Delivered messages older than the latest so many are forgotten, so that the log stays readable.
    private static var deliveriesKept: Int { 5000 }

    public func webhooks() async throws -> [Webhook] {
        try await database.read {
            try $0.rows("select id, address, secret, kinds, created_at from webhook order by id") {
                Webhook(
                    id: ID($0.integer(0)), address: $0.text(1), secret: $0.text(2),
                    kinds: $0.text(3).split(separator: " ").map(String.init),
                    createdAt: Moment(microseconds: $0.integer(4)))
            }
        }
    }

    public func addWebhook(address: String, secret: String, kinds: [String], at moment: Moment) async throws -> Webhook
    {
        try await database.write { c in
            let id = try c.first(
                """
                insert into webhook (address, secret, kinds, created_at, last_seen)
                values ($1, $2, $3, $4, (select coalesce(max(id), 0) from announcement)) returning id
                """, .text(address), .text(secret), .text(kinds.joined(separator: " ")), .integer(moment.microseconds)
            ) { $0.integer(0) }
            return Webhook(id: ID(id ?? 0), address: address, secret: secret, kinds: kinds, createdAt: moment)
        }
    }

    public func removeWebhook(_ id: ID<Webhook>) async throws -> Bool {
        try await database.write { c in
            try c.run("delete from delivery where webhook = $1", .integer(id.value))
            return try c.first("delete from webhook where id = $1 returning id", .integer(id.value)) { $0.integer(0) }
                != nil
        }
    }

    public func dueDeliveries(at moment: Moment, limit: Int) async throws -> [(
        delivery: Delivery, secret: String, event: Announcement
    )] {
        // Most looks find nothing: a look alone takes no lock of the writer's.
        let isAnything = try await database.read { c in
            try c.first(
                """
                select 1 from webhook w where w.last_seen < (select coalesce(max(id), 0) from announcement)
                union all select 1 from delivery where state = 'waiting' and next_at <= $1
                """, .integer(moment.microseconds)
            ) { _ in true } ?? false
        }
        guard isAnything else { return [] }
        return try await database.write { c in
            let hooks = try c.rows("select id, kinds, last_seen from webhook") {
                ($0.integer(0), $0.text(1).split(separator: " ").map(String.init), $0.integer(2))
            }
            let last = try c.first("select coalesce(max(id), 0) from announcement") { $0.integer(0) } ?? 0
            for (id, kinds, seen) in hooks where seen < last {
                let found = try c.rows(
                    "select id, kind from announcement where id > $1 and id <= $2 order by id", .integer(seen),
                    .integer(last)
                ) { ($0.integer(0), $0.text(1)) }
                for (event, kind) in found where kinds.isEmpty ? kind != "import" : kinds.contains(kind) {
                    try c.run(
                        """
                        insert into delivery (webhook, announcement, attempts, next_at, state, answer)
                        values ($1, $2, 0, $3, 'waiting', '') on conflict do nothing
                        """, .integer(id), .integer(event), .integer(moment.microseconds))
                }
                try c.run("update webhook set last_seen = $1 where id = $2", .integer(last), .integer(id))
            }
            return try c.rows(
                """
                select \(Self.deliveryColumns), w.secret, a.id, a.at, a.kind, a.subject, a.body
                from delivery d join webhook w on w.id = d.webhook join announcement a on a.id = d.announcement
                where d.state = 'waiting' and d.next_at <= $1 order by d.next_at, d.id limit $2
                """, .integer(moment.microseconds), Value(limit)
            ) { (Self.readDelivery($0), $0.text(8), Self.readAnnouncement($0, from: 9)) }
        }
    }

    public func note(_ delivery: Delivery) async throws {
        try await database.write { c in
            try c.run(
                "update delivery set attempts = $1, next_at = $2, state = $3, answer = $4 where id = $5",
                Value(delivery.attempts), .integer(delivery.nextAt.microseconds), .text(delivery.state.rawValue),
                .text(delivery.answer), .integer(delivery.id.value))
            try c.run(
                "delete from delivery where state <> 'waiting' and id < $1",
                .integer(delivery.id.value - Int64(Self.deliveriesKept)))
        }
    }

    public func deliveries(limit: Int) async throws -> [Delivery] {
        try await database.read {
            try $0.rows(
                """
                select \(Self.deliveryColumns) from delivery d join webhook w on w.id = d.webhook
                order by d.id desc limit $1
                """, Value(limit)
            ) { Self.readDelivery($0) }
        }
    }

    private static var deliveryColumns: String {
        "d.id, d.webhook, w.address, d.announcement, d.attempts, d.next_at, d.state, d.answer"
    }

    private static func readDelivery(_ row: any SQLStatement) -> Delivery {
        Delivery(
            id: ID(row.integer(0)), webhook: ID(row.integer(1)), address: row.text(2), announcement: row.integer(3),
            attempts: Int(row.integer(4)), nextAt: Moment(microseconds: row.integer(5)),
            state: Delivery.State(rawValue: row.text(6)) ?? .waiting, answer: row.text(7))
    }
}
