import Gains
import Improvements
import Measures
import Records
import Signals
import Statistics
import Store

/// Everything the page and the command of momentum tell.
public struct MomentumReport: Sendable {
    public var today: Day
    /// The last whole week, Monday to Sunday: what the answers are about.
    public var week: Period
    public var answers: [WeeklyAnswer]
    public var suggestions: WeeklyCounts
    public var unauthorised: WeeklyCounts
    /// Incidents opened a week, as far as analysed.
    public var incidents: WeeklyCounts
    public var readings: [MomentumReading]
    public var daysInStep: [(step: StepDays, count: Int)]
    public var shifts: [Shift]
    public var scores: [Score]
    /// Warnings that were wrong more often than they may be.
    public var quieted: [Quieting]
    public var time: [TimeLine]
    public var pulse: [PulseReading]
    public var firefighting: Firefighting?
    public var responses: [(response: Response, aftermath: Aftermath)]
    /// The signs that are there now.
    public var signs: [Sign]
    /// Earlier weeks' answers, the oldest first.
    public var history: [WeeklyAnswer]

    /// How long a step takes.
    public struct StepDays: Sendable {
        public var number: Int
        public var days: Estimate?
    }
}

/// Falls that began longer ago than this before the end of the data are history.
private let newsDays = 91

/// Reads the store and says how the improvement work is going. Writes nothing.
///
/// The work is told as of today, tickets as of the end of the data.
public func momentum(of store: any Store, at now: Moment) async throws -> MomentumReport {
    let organisation = try await Organisation(of: store)
    let today = organisation.zone.day(of: now)
    let monday = today - today.weekday
    let week = Period(monday - 7, through: monday - 1)
    let figures = figures(of: try await programme(in: store, organisation, today: today))
    let readings = watch(figures)
    let signals = try await store.signals()
    let moves = shifts(signals, causes: try await knownCauses(of: signals, in: store, organisation))
    let end = try await dataEnd(store, organisation)
    let suggested = suggestions(figures)
    var changes = WeeklyCounts(weeks: [], counts: [], exposures: [])
    var incidents = changes
    var meter: Firefighting?
    if let end {
        changes = try await unauthorised(in: store, organisation, through: end)
        let rollup = try await store.rollup(.incident, .everything, over: nil, calendar: organisation.calendar)
        incidents = weekly(rollup, through: end)
        meter = Firefighting(work: try await work(store, organisation), incidents: rollup, through: end)
    }
    let turn = try await store.latestTurn()
    let searched = turn?.window.flatMap { incidents.weeks.isEmpty ? nil : $0.dayCount / 7 }
    let answers = [
        answerIncidents(moves, week: week, weeks: searched, since: (end ?? today) - newsDays),
        answerUnauthorised(changes, week: week, isSignalled: isRising(signals, since: (end ?? today) - newsDays)),
        answerSuggestions(
            suggested, week: week,
            isSignalled: readings.contains { $0.series.measure == .suggestionsPerHead && $0.shift?.isWorse == true }),
    ]
    let history = try await store.weeklyAnswers().filter { $0.week.first < week.first }
    return MomentumReport(
        today: today, week: week, answers: answers, suggestions: suggested, unauthorised: changes,
        incidents: incidents, readings: readings,
        daysInStep: figures.daysInStep.map { (.init(number: $0.step.rawValue, days: $0.days), $0.count) },
        shifts: moves, scores: try await scoreCard(store),
        quieted: try await quieted(in: store),
        time: timeLedger(try await store.timePromises(), try await store.improvements().numbered),
        pulse: Pulse.readings(try await store.pulse()),
        firefighting: meter, responses: try await responses(store, organisation),
        signs: try await signs(answers, readings, store), history: history)
}

/// The last day that was analysed; nil without tickets.
func dataEnd(_ store: any Store, _ organisation: Organisation) async throws -> Day? {
    guard let last = try await store.extents().map(\.lastKnown).max() else { return nil }
    let day = organisation.zone.day(of: last)
    return try await store.latestTurn()?.window.map { min(day, $0.last) } ?? day
}

private func isRising(_ signals: [Signal], since day: Day) -> Bool {
    signals.contains {
        $0.measure.id == "changes.unauthorized" && $0.slice == .everything && $0.direction == .worse && $0.at >= day
            && ($0.kind == .levelShift || $0.kind == .trend)
    }
}

/// Suggestions by week; the exposure is how many people could make one.
private func suggestions(_ figures: MomentumFigures) -> WeeklyCounts {
    guard let series = figures[.suggestionsPerHead] else { return WeeklyCounts(weeks: [], counts: [], exposures: []) }
    let counts = series.counts.map { Double($0) }
    // Weeks before the first suggestion are before there was a way to make one.
    let first = counts.firstIndex { $0 > 0 } ?? counts.count
    let exposures = zip(counts, series.values).map { $0 > 0 && $1 > 0 ? $0 / $1 : .nan }
    var heads = exposures.first(where: \.isFinite) ?? 1
    let filled = exposures.map { exposure -> Double in
        if exposure.isFinite { heads = exposure }
        return heads
    }
    return WeeklyCounts(
        weeks: Array(series.steps[first...]), counts: Array(counts[first...]), exposures: Array(filled[first...]))
}

private func weekly(_ rollup: Rollup, through last: Day) -> WeeklyCounts {
    guard let known = rollup.period, known.first <= last else {
        return WeeklyCounts(weeks: [], counts: [], exposures: [])
    }
    let count = min(104, (last - known.first + 1) / 7)
    let weeks = (0..<count).reversed().map { Period(last - $0 * 7 - 6, through: last - $0 * 7) }
    return WeeklyCounts(
        weeks: weeks, counts: weeks.map { Double(rollup.total($0, withSketches: false)[.opened]) },
        exposures: Array(repeating: 1, count: weeks.count))
}

/// All work, where there is more than one kind of it.
private func work(_ store: any Store, _ organisation: Organisation) async throws -> Rollup? {
    let kinds = Set(try await store.extents().map(\.kind))
    guard kinds.contains(.incident), kinds.contains(where: { $0 == .request || $0 == .problem || $0 == .change }),
        let measure = Measure(id: "work.unplannedShare")
    else { return nil }
    return try await rollup(for: measure, .everything, in: store, organisation)
}

private func signs(
    _ answers: [WeeklyAnswer], _ readings: [MomentumReading], _ store: any Store
) async throws -> [Sign] {
    var signs = answers.filter { $0.answer == .yes }.map { Sign.question($0.question) }
    for reading in readings where reading.shift?.isWorse == true {
        // The third question is about the same figure.
        if reading.series.measure == .suggestionsPerHead { continue }
        signs.append(.fading(reading.series.measure))
    }
    for signal in try await store.programmeSignals() where signal.kind == .policyBreach {
        if case .policy(let id, _) = signal.subject { signs.append(.policy(id)) }
    }
    return signs
}

/// Warnings that are quieted now, by what came of earlier ones.
public func quieted(in store: any Store) async throws -> [Quieting] {
    quietings(
        try await store.foresights().map { ($0.foresight, $0.outcome, $0.settledOn) },
        undone: try await store.unquietings())
}

private func responses(
    _ store: any Store, _ organisation: Organisation
) async throws -> [(response: Response, aftermath: Aftermath)] {
    let kept = try await store.signs()
    return try await store.responses().map { response in
        let own = kept.filter { $0.sign == response.sign }.map { (week: $0.week, isThere: Optional($0.isThere)) }
        return (response, aftermath(of: organisation.zone.day(of: response.at), answers: own))
    }
}
