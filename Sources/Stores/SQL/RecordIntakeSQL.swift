import Measures
import Records
import Store

/// Taking in survey answers, suggestions and readings.
extension SQLStore {
    public func take(_ batch: RecordBatch, from id: ID<Import>?, zone: Zone) async throws -> TakenIn {
        try await database.write { c in
            var work = RecordIntake(connection: c, importID: id?.value, zone: zone)
            for answer in batch.answers { try work.take(answer) }
            for suggestion in batch.suggestions { try work.take(suggestion) }
            for reading in batch.readings { try work.take(reading) }
            try work.totals.write(to: c)
            try c.run(
                """
                insert into counter (name, value) values ('recordChanges', $1)
                on conflict (name) do update set value = counter.value + excluded.value
                """, Value(work.taken.new + work.taken.changed))
            guard let id else { return work.taken }
            var rejected = 0
            for reject in batch.rejects + work.taken.rejects {
                let isNew = try c.first(
                    """
                    insert into reject (import, line, reason, row_text) values ($1, $2, $3, $4)
                    on conflict do nothing returning line
                    """, .integer(id.value), Value(reject.line), .text(reject.reason), .text(reject.row)
                ) { _ in true }
                if isNew == true { rejected += 1 }
            }
            try c.run(
                "update import set row_count = $1, rejected = rejected + $2 where id = $3", Value(batch.rowsDone),
                Value(rejected), .integer(id.value))
            return work.taken
        }
    }

    public func recordChangeCount() async throws -> Int64 {
        try await database.read {
            try $0.first("select value from counter where name = 'recordChanges'") { $0.integer(0) } ?? 0
        }
    }
}

/// A batch on its way in.
private struct RecordIntake {
    let connection: any SQLConnection
    let importID: Int64?
    let zone: Zone
    var taken = TakenIn()
    var totals = RecordDays()
    private var units: [String: String] = [:]

    init(connection: any SQLConnection, importID: Int64?, zone: Zone) {
        (self.connection, self.importID, self.zone) = (connection, importID, zone)
    }

    private var source: Value { importID.map { .integer($0) } ?? .null }

    mutating func take(_ record: KeptRecord<SurveyAnswer>) throws {
        let known = try connection.first(
            "select \(RecordRows.answer) from survey_answer where record_key = $1", .text(record.key),
            row: RecordRows.answer)
        if let known {
            guard known.value != record.value else { return }
            taken.changed += 1
            totals.add(known.value, sign: -1, zone)
        } else {
            taken.new += 1
        }
        totals.add(record.value, sign: 1, zone)
        let a = record.value
        try connection.run(
            """
            insert into survey_answer (
                answered_at, survey, scale_low, scale_high, score, comment, ticket, service, segment, by_name, import,
                line, record_key)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (record_key) do update set
                answered_at = excluded.answered_at, survey = excluded.survey, scale_low = excluded.scale_low,
                scale_high = excluded.scale_high, score = excluded.score, comment = excluded.comment,
                ticket = excluded.ticket, service = excluded.service, segment = excluded.segment,
                by_name = excluded.by_name, import = excluded.import, line = excluded.line
            """, .integer(a.answeredAt.microseconds), .text(a.survey), .real(a.scaleLow), .real(a.scaleHigh),
            Value(a.score), .text(a.comment), .text(a.ticket), .text(a.service), .text(a.segment), .text(a.by), source,
            Value(record.line), .text(record.key))
    }

    mutating func take(_ record: KeptRecord<Suggestion>) throws {
        let known = try connection.first(
            "select \(RecordRows.suggestion) from suggestion where record_key = $1", .text(record.key),
            row: RecordRows.suggestion)
        if let known {
            guard known.value != record.value else { return }
            taken.changed += 1
            totals.add(known.value, sign: -1, zone)
        } else {
            taken.new += 1
        }
        totals.add(record.value, sign: 1, zone)
        let s = record.value
        try connection.run(
            """
            insert into suggestion (made_at, title, body, by_name, service, votes, import, line, record_key)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (record_key) do update set
                made_at = excluded.made_at, title = excluded.title, body = excluded.body, by_name = excluded.by_name,
                service = excluded.service, votes = excluded.votes, import = excluded.import, line = excluded.line
            """, .integer(s.madeAt.microseconds), .text(s.title), .text(s.text), .text(s.by), .text(s.service),
            Value(s.votes), source, Value(record.line), .text(record.key))
    }

    mutating func take(_ record: KeptRecord<Reading>) throws {
        let reading = record.value
        let unit = try self.unit(of: reading)
        guard reading.unit.isEmpty || reading.unit == unit else {
            taken.rejects.append(
                Reject(
                    file: "", line: record.line,
                    reason:
                        "\(reading.quantity) is in “\(reading.unit)”, and known in “\(unit)”; convert it, or give it another name",
                    row: "\(reading.at),\(reading.device),\(reading.quantity),\(reading.value),\(reading.unit)"))
            return
        }
        let insert = try connection.statement(
            """
            insert into reading (device, quantity, at, unit, value, import, line) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (device, quantity, at) do nothing returning line
            """)
        defer { insert.reset() }
        try insert.bind(reading.device, at: 1)
        try insert.bind(reading.quantity, at: 2)
        try insert.bind(reading.at.microseconds, at: 3)
        try insert.bind(unit, at: 4)
        try insert.bind(reading.value, at: 5)
        try insert.bind(source, at: 6)
        try insert.bind(Int64(record.line), at: 7)
        if try insert.step() {
            taken.new += 1
            totals.add(reading, sign: 1, zone)
            return
        }
        try replace(record)
    }

    private mutating func replace(_ record: KeptRecord<Reading>) throws {
        var old = record.value
        let values: [Value] = [.text(old.device), .text(old.quantity), .integer(old.at.microseconds)]
        let known = try connection.rows(
            "select value from reading where device = $1 and quantity = $2 and at = $3", values: values
        ) { $0.real(0) }
        guard let value = known.first, value != old.value else { return }
        taken.changed += 1
        old.value = value
        totals.add(old, sign: -1, zone)
        totals.add(record.value, sign: 1, zone)
        try connection.run(
            "update reading set value = $1, import = $2, line = $3 where device = $4 and quantity = $5 and at = $6",
            .real(record.value.value), source, Value(record.line), values[0], values[1], values[2])
    }

    /// The unit a quantity is kept in; the first that is said holds.
    private mutating func unit(of reading: Reading) throws -> String {
        if let unit = units[reading.quantity], !unit.isEmpty || reading.unit.isEmpty { return unit }
        let unit = try connection.first(
            """
            insert into reading_quantity (name, unit) values ($1, $2) on conflict (name) do update
            set unit = case when reading_quantity.unit = '' then excluded.unit else reading_quantity.unit end
            returning unit
            """, .text(reading.quantity), .text(reading.unit)
        ) { $0.text(0) }
        units[reading.quantity] = unit ?? reading.unit
        return unit ?? reading.unit
    }
}
