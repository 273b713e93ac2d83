import Measures
import Records
import Store

/// What a batch changes in the totals by day.
struct RecordDays {
    struct Key: Hashable {
        var records: Int64
        var quantity: String
        /// −1 for everything.
        var dimension: Int64
        var value: String
        var day: Day
    }

    static let surveys: Int64 = 0
    static let suggestions: Int64 = 1
    static let readings: Int64 = 2
    static let everything: Int64 = -1

    private var totals: [Key: ValueTotals] = [:]

    /// How a measure's records are numbered here, and the quantity they are kept under; nil for tickets.
    static func place(_ records: MeasuredRecords) -> (records: Int64, quantity: String)? {
        switch records {
        case .tickets: nil
        case .surveys: (surveys, "")
        case .suggestions: (suggestions, "")
        case .readings(let quantity): (readings, quantity.name)
        }
    }

    private mutating func add(
        _ values: ValueTotals, sign: Int64, on day: Day, _ records: Int64, _ quantity: String,
        _ parts: [(Dimension, String)]
    ) {
        var key = Key(records: records, quantity: quantity, dimension: Self.everything, value: "", day: day)
        totals[key, default: ValueTotals()].add(values, sign: sign)
        for (dimension, value) in parts where !value.isEmpty {
            (key.dimension, key.value) = (Int64(dimension.index), value)
            totals[key, default: ValueTotals()].add(values, sign: sign)
        }
    }

    mutating func add(_ answer: SurveyAnswer, sign: Int64, _ zone: Zone) {
        add(
            ValueTotals(answer), sign: sign, on: zone.day(of: answer.answeredAt), Self.surveys, "",
            [(.service, answer.service), (.segment, answer.segment), (.survey, answer.survey)])
    }

    mutating func add(_ suggestion: Suggestion, sign: Int64, _ zone: Zone) {
        add(
            .suggestion, sign: sign, on: zone.day(of: suggestion.madeAt), Self.suggestions, "",
            [(.service, suggestion.service)])
    }

    mutating func add(_ reading: Reading, sign: Int64, _ zone: Zone) {
        add(
            ValueTotals(reading: reading.value), sign: sign, on: zone.day(of: reading.at), Self.readings,
            reading.quantity, [(.device, reading.device)])
    }

    func write(to c: any SQLConnection) throws {
        for (key, values) in totals where !values.isEmpty {
            try c.run(
                """
                insert into record_day (
                    records, quantity, dimension, value, day, asked, given, total, squares, rated, promoters, detractors)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                on conflict (records, quantity, dimension, value, day) do update set
                    asked = record_day.asked + excluded.asked, given = record_day.given + excluded.given,
                    total = record_day.total + excluded.total, squares = record_day.squares + excluded.squares,
                    rated = record_day.rated + excluded.rated, promoters = record_day.promoters + excluded.promoters,
                    detractors = record_day.detractors + excluded.detractors
                """, .integer(key.records), .text(key.quantity), .integer(key.dimension), .text(key.value),
                .integer(Int64(key.day.number)), .integer(values.asked), .integer(values.count), .real(values.sum),
                .real(values.squares), .integer(values.rated), .integer(values.promoters), .integer(values.detractors))
            // Where a record was moved to another day or slice, nothing is left behind.
            if values.asked < 0 {
                try c.run(
                    """
                    delete from record_day where records = $1 and quantity = $2 and dimension = $3 and value = $4
                    and day = $5 and asked = 0
                    """, .integer(key.records), .text(key.quantity), .integer(key.dimension), .text(key.value),
                    .integer(Int64(key.day.number)))
            }
        }
    }
}

/// Records as their rows say them.
enum RecordRows {
    static let answer = """
        id, answered_at, survey, scale_low, scale_high, score, comment, ticket, service, segment, by_name, line
        """
    static let suggestion = "id, made_at, title, body, by_name, service, votes, line"

    static func answer(_ row: any SQLStatement) -> SourcedRecord<SurveyAnswer> {
        SourcedRecord(
            id: row.integer(0),
            value: SurveyAnswer(
                answeredAt: Moment(microseconds: row.integer(1)), survey: row.text(2), scaleLow: row.real(3),
                scaleHigh: row.real(4), score: row.optionalReal(5), comment: row.text(6), ticket: row.text(7),
                service: row.text(8), segment: row.text(9), by: row.text(10)), file: nil,
            line: Int(row.integer(11)))
    }

    static func suggestion(_ row: any SQLStatement) -> SourcedRecord<Suggestion> {
        SourcedRecord(
            id: row.integer(0),
            value: Suggestion(
                madeAt: Moment(microseconds: row.integer(1)), title: row.text(2), text: row.text(3), by: row.text(4),
                service: row.text(5), votes: Int(row.integer(6))), file: nil, line: Int(row.integer(7)))
    }

    static let reading = "device, quantity, at, unit, value, line"

    static func reading(_ row: any SQLStatement) -> SourcedRecord<Reading> {
        SourcedRecord(
            id: 0,
            value: Reading(
                at: Moment(microseconds: row.integer(2)), device: row.text(0), quantity: row.text(1),
                unit: row.text(3), value: row.real(4)), file: nil, line: Int(row.integer(5)))
    }
}
