import Languages
import Measures
import Records
import Signals
import Store

// The measures of survey answers, suggestions and readings: what they are divided by, and what stands beside them.

extension MeasuredRecords {
    /// What their records can be divided by.
    var dimensions: [Dimension] {
        switch self {
        case .tickets: Dimension.allCases
        case .surveys: [.service, .segment, .survey]
        case .suggestions: [.service]
        case .readings: [.device]
        }
    }
}

extension Facts {
    /// The measures that there is something to say about beside this one.
    func siblings(of measure: Measure) async throws -> [Measure] {
        if let kind = measure.kind { return Measure.catalogue.filter { $0.kind == kind && $0 != measure } }
        return try await recordMeasures().filter { $0 != measure }
    }

    /// All measures of answers, suggestions and readings that there are records for.
    func recordMeasures() async throws -> [Measure] {
        var all: [Measure] = []
        for measure in Measure.catalogue where measure.kind == nil {
            if try await store.recordDays(measure.records) != nil { all.append(measure) }
        }
        return all + (try await store.readQuantities()).map { .readings($0.quantity) }
    }
}

extension Routes {
    /// More parts of a mean than this are not told apart by anyone.
    private static let recordPartsShown = 12

    /// What a measure that is not about tickets is made of.
    static func divideRecords(
        _ values: inout MeasureValues, by wanted: String?, _ data: Facts, _ period: Period
    ) async throws {
        guard values.slice.parts.isEmpty else { return }
        let measure = values.measure
        for dimension in measure.records.dimensions {
            let found = try await data.store.recordValues(measure.records, of: dimension, limit: 2)
            if found.count > 1 { values.dimensions.append(dimension) }
        }
        guard let dimension = values.dimensions.first(where: { $0.rawValue == wanted }) ?? values.dimensions.first
        else { return }
        values.dividedBy = dimension
        let names = try await data.store.recordValues(measure.records, of: dimension, limit: recordPartsShown)
        let rollups = try await data.store.recordTotals(measure.records, by: dimension)
        for name in names {
            guard let rollup = rollups[name.value] else { continue }
            let count = Int(rollup.total(period).values.number(measure.quantity))
            if count == 0 { continue }
            values.parts.append(
                MeasureValues.Part(
                    name: name.value, slice: Slice(dimension, name.value), count: count,
                    value: data.now(measure, of: rollup, over: period, values.reading)?.value))
        }
        let all = try await data.rollup(for: measure, .everything).total(period).values.number(measure.quantity)
        values.rest = max(0, Int(all) - values.parts.reduce(0) { $0 + $1.count })
    }

    /// The tables of the measures that are not about tickets.
    static func recordGroups(
        _ data: Facts, _ signals: [Signal], _ words: Words
    ) async throws -> [(name: String, rows: [MeasuresValues.Row])] {
        var feedback: [MeasuresValues.Row] = []
        var readings: [MeasuresValues.Row] = []
        for measure in try await data.recordMeasures() {
            guard let period = try await data.period(of: measure) else { continue }
            let year = Period(max(period.first, period.last - 363), through: period.last)
            let series = data.weeks(measure, of: try await data.rollup(for: measure, .everything), over: year)
            let values = series.values.map { $0?.value }
            guard values.contains(where: { $0 != nil }) else { continue }
            let row = MeasuresValues.Row(
                measure: measure, series: values,
                finding: signals.first { $0.measure == measure && $0.slice == .everything })
            if measure.reading == nil { feedback.append(row) } else { readings.append(row) }
        }
        return [(words(FeedbackPhrase.feedback), feedback), (words(.readings), readings)].filter { !$0.1.isEmpty }
    }
}
