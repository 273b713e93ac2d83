import Improvements
import Measures
import Records

/// A measure of a part of the tickets.
public struct MeasuredSlice: Sendable, Hashable {
    public var measure: Measure
    public var slice: Slice

    public init(_ measure: Measure, _ slice: Slice = .everything) {
        self.measure = measure
        self.slice = slice
    }
}

/// What a test may look at: the roll-ups, when the data end, and when the organisation works.
public struct Evidence: Sendable {
    public var rollups: [MeasuredSlice: Rollup]
    /// The last day of the data: what is open then is not finished, however it ends later.
    public var asOf: Day
    public var calendar: BusinessCalendar

    public init(rollups: [MeasuredSlice: Rollup], asOf: Day, calendar: BusinessCalendar) {
        self.rollups = rollups
        self.asOf = asOf
        self.calendar = calendar
    }

    /// What is known of a measure's slice, and of all its tickets, which tell a quiet day from a day that nobody exported.
    func source(_ asked: MeasuredSlice) -> Source? {
        guard let rollup = rollups[asked], !rollup.isEmpty else { return nil }
        let whole = rollups[MeasuredSlice(asked.measure)] ?? rollup
        return Source(asked.measure, rollup, whole: whole, asOf: asOf)
    }
}

extension Plan {
    /// The roll-ups that its test needs: of the objective, its controls and its guardrails, and of all tickets of each of
    /// those measures. Each once; empty when the objective names no measure.
    public var needs: [MeasuredSlice] {
        guard let measure = objective.measure.flatMap({ Measure(id: $0) }) else { return [] }
        var needs = [MeasuredSlice(measure, objective.slice), MeasuredSlice(measure)]
        needs += controls.map { MeasuredSlice(measure, $0) }
        for guardrail in guardrails {
            guard let measure = Measure(id: guardrail.measure) else { continue }
            needs += [MeasuredSlice(measure, guardrail.slice), MeasuredSlice(measure)]
        }
        var seen: Set<MeasuredSlice> = []
        return needs.filter { seen.insert($0).inserted }
    }
}

/// A roll-up with what is needed to read it honestly.
struct Source {
    let measure: Measure
    let rollup: Rollup
    private let whole: Rollup
    let firstDay: Day
    /// The end of the data; earlier than was said where a busy desk has had nothing at all for days.
    let lastDay: Day

    /// - Returns: Nil when the roll-up holds nothing.
    init?(_ measure: Measure, _ rollup: Rollup, whole: Rollup, asOf: Day) {
        guard let own = rollup.period else { return nil }
        let all = whole.period ?? own
        self.measure = measure
        self.rollup = rollup
        self.whole = whole
        firstDay = min(own.first, all.first)
        let known = max(own.last, all.last)
        guard measure.kind != nil else {
            // Answers and readings come when they come: what is not there yet is not nothing.
            lastDay = min(asOf, known)
            return
        }
        let opened = whole.days.values.reduce(0.0) { $0 + Double($1[.opened]) }
        let isBusy = opened >= Self.busy * Double(all.dayCount)
        lastDay = isBusy && asOf - known > Self.weekendMax ? known : asOf
    }

    /// So many tickets a day are usual that a day without any is a day without data: e⁻¹⁰ by chance.
    private static let busy = 10.0
    /// Days without a ticket that may be a long weekend.
    private static let weekendMax = 4

    /// Days on which nothing at all was opened although many usually are: an export that failed, not a quiet day.
    func isGap(_ day: Day, usual: Double) -> Bool { usual >= Self.busy && Self.number(measure, whole.days[day]) == 0 }

    /// How many records of the measure's sort there are on a day.
    private static func number(_ measure: Measure, _ totals: DayTotals?) -> Int64 {
        guard let totals else { return 0 }
        return measure.kind == nil ? totals.values.number(measure.quantity) : totals[.opened]
    }

    /// Tickets of the whole kind on a usual open day.
    func usual(_ steps: Steps) -> Double {
        let counts = steps.workingDays.map { Double(Self.number(measure, whole.days[$0])) }
        return counts.isEmpty ? 0 : counts.reduce(0, +) / Double(counts.count)
    }

    /// How much there is on a day, by which open and closed days of the week are told apart.
    func volume(_ day: Day) -> Int64 {
        guard let totals = rollup.days[day] else { return 0 }
        return switch measure.quantity {
        case .unplannedShare: totals[.allWork]
        case .followedByIncident: totals[.ended]
        case _ where measure.kind == nil: totals.values.number(measure.quantity)
        default: totals[.opened]
        }
    }
}
