import Languages
import Measures
import People
import Records
import Signals
import Statistics
import Store
import Turn

extension Routes {
    static let feedbackArea: [Route] = [
        Route(
            "GET", "/feedback", .read, "What people say",
            query: [("from", "The first day"), ("through", "The last day"), ("measure", "The answers it counts")],
            answer: { try await feedback($0) }),
        Route(
            "GET", "/readings", .read, "The readings behind a figure",
            query: [("quantity", "What was measured"), ("device", "Only on this device")],
            answer: { try await readings($0) }),
    ]

    /// Four whole weeks: what a score stands on.
    private static let feedbackDays = 28
    private static let commentsShown = 20
    private static let answersShown = 100
    private static let suggestionsShown = 50
    private static let partsShown = 12

    static func feedback(_ call: Call) async throws -> Reply {
        let data = try await Facts(call.store)
        guard let slice = slice(call.ask.query), slice.parts.count <= 1 else { throw Refusal.badAddress }
        var values = FeedbackValues(zone: data.zone, slice: slice)
        if let days = try await call.store.recordDays(.surveys) {
            let last = Period(max(days.first, days.last - (feedbackDays - 1)), through: days.last)
            values.period = last
            try await score(&values, data, last, days)
            try await compare(&values, data, last)
            try await list(&values, call, data)
        }
        values.themes = try await call.store.themeReview()
        values.suggestionCount = try await call.store.suggestionExtent()?.count ?? 0
        values.suggestions = try await call.store.suggestions(limit: suggestionsShown)
        return call.html(FeedbackPage(values: values).page(call.visit))
    }

    /// The two scores of the last four weeks, and of the four before.
    private static func score(
        _ values: inout FeedbackValues, _ data: Facts, _ last: Period, _ days: Period
    ) async throws {
        let rollup = try await data.store.recordTotals(.surveys, values.slice)
        let now = rollup.total(last).values
        values.asked = Int(now.asked)
        values.answered = Int(now.answered)
        let earlier = Period(last.first - last.dayCount, through: last.first - 1)
        for quantity in [Quantity.satisfaction, .nps] {
            guard let measure = Measure(id: "surveys.\(quantity.rawValue)"),
                let score = now.standing(quantity), let period = try await data.period(of: measure)
            else { continue }
            let series = data.weeks(measure, of: rollup, over: period)
            guard let first = series.steps.first?.first else { continue }
            var chart = SeriesChart(
                id: quantity.rawValue, title: "", measure: measure, first: first, step: 7,
                values: series.values.map { $0?.value })
            chart.show(
                try await data.store.signals().filter { $0.measure == measure && $0.slice == values.slice })
            chart.addresses = Link.addresses(measure, values.slice, period, step: 7)
            values.scores.append(
                FeedbackValues.Score(
                    measure: measure, value: score.value, margin: score.margin,
                    count: Int(now.number(quantity)),
                    before: earlier.first >= days.first
                        ? rollup.total(earlier).values.standing(quantity).map { ($0.value, earlier) } : nil,
                    chart: chart))
        }
    }

    /// The same for each value of the first dimension that tells answers apart.
    private static func compare(_ values: inout FeedbackValues, _ data: Facts, _ last: Period) async throws {
        guard values.slice.parts.isEmpty, let lead = values.scores.first else { return }
        for dimension in MeasuredRecords.surveys.dimensions {
            let names = try await data.store.recordValues(.surveys, of: dimension, limit: partsShown)
            guard names.count > 1 else { continue }
            let rollups = try await data.store.recordTotals(.surveys, by: dimension)
            values.dividedBy = dimension
            for name in names {
                let totals = rollups[name.value]?.total(last).values ?? ValueTotals()
                guard totals.asked > 0 else { continue }
                let score = totals.standing(lead.measure.quantity)
                values.parts.append(
                    FeedbackValues.Part(
                        slice: Slice(dimension, name.value), name: name.value, value: score?.value,
                        margin: score?.margin ?? nil, count: Int(totals.number(lead.measure.quantity))))
            }
            return
        }
    }

    /// The answers behind a figure where one was asked for, otherwise the latest comments.
    private static func list(_ values: inout FeedbackValues, _ call: Call, _ data: Facts) async throws {
        var period: Period?
        if let from = call.ask.value("from"), let through = call.ask.value("through") {
            guard let first = Day(from), let last = Day(through), first <= last else { throw Refusal.badAddress }
            period = Period(first, through: last)
        }
        if let id = call.ask.value("measure") {
            guard let measure = Measure(id: id), measure.records == .surveys else { throw Refusal.badAddress }
            values.measure = measure
        }
        values.isList = period != nil || values.measure != nil
        let answered = period.map { data.zone.start(of: $0.first)..<data.zone.start(of: $0.last + 1) }
        let all = try await call.store.answers(
            values.slice, answered: answered, isCommented: !values.isList,
            limit: values.isList ? answersShown : commentsShown)
        values.answers = all.filter { kept in
            guard let measure = values.measure else { return true }
            return ValueTotals(kept.value).number(measure.quantity) > 0
        }
        values.listed = period
    }

    // MARK: Readings

    private static let readingsShown = 200

    static func readings(_ call: Call) async throws -> Reply {
        let data = try await Facts(call.store)
        let known = try await call.store.readQuantities()
        let name = call.ask.value("quantity") ?? known.first?.quantity.name ?? ""
        guard let slice = slice(call.ask.query) else { throw Refusal.badAddress }
        guard let quantity = known.first(where: { $0.quantity.name == name })?.quantity else {
            if call.ask.value("quantity") != nil { throw Refusal.notFound }
            return call.html(ReadingsPage(values: ReadingsValues(zone: data.zone)).page(call.visit))
        }
        var at: Range<Moment>?
        if let from = call.ask.value("from"), let through = call.ask.value("through") {
            guard let first = Day(from), let last = Day(through), first <= last else { throw Refusal.badAddress }
            at = data.zone.start(of: first)..<data.zone.start(of: last + 1)
        }
        let values = ReadingsValues(
            zone: data.zone, quantity: quantity, device: slice[.device],
            quantities: known.map(\.quantity),
            readings: try await call.store.readings(name, device: slice[.device], at: at, limit: readingsShown))
        return call.html(ReadingsPage(values: values).page(call.visit))
    }
}

extension ValueTotals {
    /// A score with its 95 % margin; no margin for fewer than five answers.
    ///
    /// The mean of scores varies as they do; promoters less detractors as a difference of two shares of the same answers.
    func standing(_ quantity: Quantity) -> (value: Double, margin: Estimate?)? {
        let n = Double(number(quantity))
        let (value, error): (Double, Double?)
        switch quantity {
        case .satisfaction:
            guard let mean else { return nil }
            (value, error) = (mean, deviation.map { $0 / n.squareRoot() })
        case .nps:
            guard let score = promoterScore else { return nil }
            let difference = score / 100
            let variance = Double(promoters + detractors) / n - difference * difference
            (value, error) = (score, 100 * (max(0, variance) / n).squareRoot())
        default: return nil
        }
        guard n >= 5, let error else { return (value, nil) }
        let (least, most) = quantity == .nps ? (-100.0, 100.0) : (0.0, 1.0)
        return (
            value,
            Estimate(value, low: max(least, value - 1.96 * error), high: min(most, value + 1.96 * error))
        )
    }
}
