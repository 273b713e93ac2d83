import Foundation
import Measures
import Records
import Signals
import Store

/// Answers, suggestions and readings, read one by one and by day.
extension SQLStore {
    // MARK: Totals by day

    public func recordTotals(_ records: MeasuredRecords, _ slice: Slice) async throws -> Rollup {
        guard let place = RecordDays.place(records), slice.parts.count <= 1 else { return Rollup() }
        let part = slice.parts.first
        return try await database.read { c in
            var rollup = Rollup()
            let rows = try c.rows(
                """
                select day, asked, given, total, squares, rated, promoters, detractors from record_day
                where records = $1 and quantity = $2 and dimension = $3 and value = $4
                """, .integer(place.records), .text(place.quantity),
                .integer(part.map { Int64($0.dimension.index) } ?? RecordDays.everything), .text(part?.value ?? "")
            ) { (Day(number: Int32($0.integer(0))), Self.values($0, from: 1)) }
            for (day, values) in rows { rollup.add(values, on: day) }
            return rollup
        }
    }

    public func recordTotals(_ records: MeasuredRecords, by dimension: Records.Dimension) async throws -> [String:
        Rollup]
    {
        guard let place = RecordDays.place(records) else { return [:] }
        return try await database.read { c in
            var rollups: [String: Rollup] = [:]
            let rows = try c.rows(
                """
                select day, asked, given, total, squares, rated, promoters, detractors, value from record_day
                where records = $1 and quantity = $2 and dimension = $3
                """, .integer(place.records), .text(place.quantity), .integer(Int64(dimension.index))
            ) { (Day(number: Int32($0.integer(0))), Self.values($0, from: 1), $0.text(8)) }
            for (day, values, value) in rows { rollups[value, default: Rollup()].add(values, on: day) }
            return rollups
        }
    }

    private static func values(_ row: any SQLStatement, from i: Int) -> ValueTotals {
        ValueTotals(
            asked: row.integer(i), count: row.integer(i + 1), sum: row.real(i + 2), squares: row.real(i + 3),
            rated: row.integer(i + 4), promoters: row.integer(i + 5), detractors: row.integer(i + 6))
    }

    public func recordValues(
        _ records: MeasuredRecords, of dimension: Records.Dimension, limit: Int
    ) async throws -> [SliceCount] {
        guard let place = RecordDays.place(records) else { return [] }
        return try await database.read {
            try $0.rows(
                """
                select value, sum(asked) from record_day where records = $1 and quantity = $2 and dimension = $3
                group by value order by sum(asked) desc, value limit $4
                """, .integer(place.records), .text(place.quantity), .integer(Int64(dimension.index)), Value(limit)
            ) { SliceCount(value: $0.text(0), count: Int($0.integer(1))) }
        }
    }

    public func recordDays(_ records: MeasuredRecords) async throws -> Period? {
        guard let place = RecordDays.place(records) else { return nil }
        return try await database.read { c in
            try c.first(
                """
                select min(day), max(day) from record_day where records = $1 and quantity = $2 and dimension = -1
                """, .integer(place.records), .text(place.quantity)
            ) { row -> Period? in
                guard let first = row.optionalInteger(0), let last = row.optionalInteger(1) else { return nil }
                return Period(Day(number: Int32(first)), through: Day(number: Int32(last)))
            } ?? nil
        }
    }

    public func rebuildRecordTotals(zone: Zone) async throws {
        try await database.write { c in
            try c.run("delete from record_day")
            var days = RecordDays()
            for row in try c.rows("select \(RecordRows.answer) from survey_answer", row: RecordRows.answer) {
                days.add(row.value, sign: 1, zone)
            }
            for row in try c.rows("select \(RecordRows.suggestion) from suggestion", row: RecordRows.suggestion) {
                days.add(row.value, sign: 1, zone)
            }
            // Too many to be held at once.
            let readings = try c.statement("select \(RecordRows.reading) from reading")
            defer { readings.reset() }
            while try readings.step() { days.add(RecordRows.reading(readings).value, sign: 1, zone) }
            try days.write(to: c)
        }
    }

    // MARK: One by one

    public func surveyExtent() async throws -> RecordExtent? {
        try await extent("select count(*), min(answered_at), max(answered_at) from survey_answer")
    }

    public func suggestionExtent() async throws -> RecordExtent? {
        try await extent("select count(*), min(made_at), max(made_at) from suggestion")
    }

    private func extent(_ sql: String) async throws -> RecordExtent? {
        try await database.read { c in
            try c.first(sql) { row -> RecordExtent? in
                guard let first = row.optionalInteger(1), let last = row.optionalInteger(2) else { return nil }
                return RecordExtent(
                    count: Int(row.integer(0)), first: Moment(microseconds: first), last: Moment(microseconds: last))
            } ?? nil
        }
    }

    public func answers(
        _ slice: Slice, answered: Range<Moment>?, isCommented: Bool, limit: Int
    ) async throws -> [SourcedRecord<SurveyAnswer>] {
        var conditions = isCommented ? ["comment <> ''"] : []
        var values: [Value] = []
        func add(_ condition: String, _ value: Value) {
            values.append(value)
            conditions.append("\(condition) $\(values.count)")
        }
        for part in slice.parts {
            switch part.dimension {
            case .service: add("service =", .text(part.value))
            case .segment: add("segment =", .text(part.value))
            case .survey: add("survey =", .text(part.value))
            default: return []
            }
        }
        if let answered {
            add("answered_at >=", .integer(answered.lowerBound.microseconds))
            add("answered_at <", .integer(answered.upperBound.microseconds))
        }
        values.append(Value(limit))
        let filter = conditions.isEmpty ? "" : "where " + conditions.joined(separator: " and ")
        let sql = """
            select a.\(RecordRows.answer.replacing(", ", with: ", a.")), i.file from survey_answer a
            left join import i on i.id = a.import \(filter)
            order by answered_at desc, a.id desc limit $\(values.count)
            """
        return try await database.read { [values] in
            try $0.rows(sql, values: values) { Self.sourced($0, RecordRows.answer($0), file: 12) }
        }
    }

    private static func sourced<T>(_ row: any SQLStatement, _ record: SourcedRecord<T>, file: Int) -> SourcedRecord<T> {
        var record = record
        record.file = row.isNull(file) ? nil : row.text(file)
        return record
    }

    public func suggestions(limit: Int) async throws -> [SourcedRecord<Suggestion>] {
        try await database.read {
            try $0.rows(
                """
                select s.\(RecordRows.suggestion.replacing(", ", with: ", s.")), i.file from suggestion s
                left join import i on i.id = s.import order by made_at desc, s.id desc limit $1
                """, Value(limit)
            ) { Self.sourced($0, RecordRows.suggestion($0), file: 8) }
        }
    }

    public func readQuantities() async throws -> [ReadQuantity] {
        try await database.read {
            try $0.rows(
                """
                select q.name, q.unit, (
                    select count(distinct value) from record_day
                    where records = 2 and quantity = q.name and dimension = \(Records.Dimension.device.index))
                from reading_quantity q order by q.name
                """
            ) {
                ReadQuantity(
                    quantity: ReadingQuantity(name: $0.text(0), unit: $0.text(1)), devices: Int($0.integer(2)))
            }
        }
    }

    public func readings(
        _ quantity: String, device: String?, at: Range<Moment>?, limit: Int
    ) async throws -> [SourcedRecord<Reading>] {
        let from = at?.lowerBound.microseconds ?? Int64.min
        let to = at?.upperBound.microseconds ?? Int64.max
        // Parameters are bound in the order in which they occur.
        let values: [Value] =
            [.text(quantity), .integer(from), .integer(to)] + (device.map { [.text($0)] } ?? []) + [Value(limit)]
        let sql = """
            select \(RecordRows.reading), (select file from import i where i.id = reading.import) from reading
            where quantity = $1 and at >= $2 and at < $3 \(device == nil ? "" : "and device = $4")
            order by at desc, device limit $\(values.count)
            """
        return try await database.read { [values] in
            try $0.rows(sql, values: values) { Self.sourced($0, RecordRows.reading($0), file: 6) }
        }
    }

    public func eachAnswer(_ body: @escaping @Sendable (SourcedRecord<SurveyAnswer>) throws -> Void) async throws {
        try await each(
            """
            select a.\(RecordRows.answer.replacing(", ", with: ", a.")), i.file from survey_answer a
            left join import i on i.id = a.import order by answered_at, a.id
            """
        ) { try body(Self.sourced($0, RecordRows.answer($0), file: 12)) }
    }

    public func eachSuggestion(_ body: @escaping @Sendable (SourcedRecord<Suggestion>) throws -> Void) async throws {
        try await each(
            """
            select s.\(RecordRows.suggestion.replacing(", ", with: ", s.")), i.file from suggestion s
            left join import i on i.id = s.import order by made_at, s.id
            """
        ) { try body(Self.sourced($0, RecordRows.suggestion($0), file: 8)) }
    }

    public func eachReading(_ body: @escaping @Sendable (SourcedRecord<Reading>) throws -> Void) async throws {
        try await each(
            """
            select \(RecordRows.reading), (select file from import i where i.id = reading.import) from reading
            order by device, quantity, at
            """
        ) { try body(Self.sourced($0, RecordRows.reading($0), file: 6)) }
    }

    private func each(_ sql: String, _ row: @escaping @Sendable (any SQLStatement) throws -> Void) async throws {
        try await database.read { c in
            let rows = try c.statement(sql)
            defer { rows.reset() }
            while try rows.step() { try row(rows) }
        }
    }

    // MARK: Findings

    public func seriesSearch() async throws -> SeriesSearch? {
        try await database.read { try Self.seriesSearch($0) }
    }

    private static func seriesSearch(_ c: any SQLConnection) throws -> SeriesSearch? {
        let body = try c.first("select body from series_search where id = 1") { $0.text(0) }
        guard let body else { return nil }
        var search = try JSONDecoder().decode(SeriesSearch.self, from: Data(body.utf8))
        search.signals = try seriesSignals(c)
        return search
    }

    static func seriesSignals(_ c: any SQLConnection) throws -> [Signal] {
        try c.rows("select body from series_signal order by place") {
            try JSONDecoder().decode(Signal.self, from: Data($0.text(0).utf8))
        }
    }

    public func save(_ search: SeriesSearch) async throws {
        try await database.write { c in
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            func json(_ value: some Encodable) throws -> Value {
                .text(String(decoding: try encoder.encode(value), as: UTF8.self))
            }
            var alone = search
            alone.signals = []
            try c.run(
                "insert into series_search (id, body) values (1, $1) on conflict (id) do update set body = excluded.body",
                try json(alone))
            try c.run("delete from series_signal")
            for (place, signal) in search.signals.enumerated() {
                try c.run(
                    "insert into series_signal (id, place, body) values ($1, $2, $3)", .text(signal.id), Value(place),
                    try json(signal))
            }
        }
    }
}
