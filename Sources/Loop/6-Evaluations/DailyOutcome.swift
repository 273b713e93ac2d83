import Glibc
import Measures
import Records
import Statistics

/// A measure day by day, on the scale that its kind of number asks for, with the days left out that cannot be judged yet.
///
/// Counts stay counts; shares keep their trials; durations are the day's median, worked on in logarithms; stocks are levels.
/// A satisfaction is a share whose trials are the day's answers; readings and net promoter scores are levels, a day without any
/// is missing.
///
/// The latest days are where a measure flatters itself: their slow tickets are still open. A day's median is exact once more
/// than half of its tickets have ended; until then all that is known is that it is longer than the day is old. Leaving just
/// those days out would keep the quick ones of the same age, so a day counts only from an age at which nineteen of twenty
/// medians of the baseline were known, whatever its own tickets did. A day that old whose median is still not reached counts
/// with its age: less than the truth, and slow all the same. Shares that are known only when a ticket ends wait until nine of
/// ten tickets of the baseline had ended.
struct DailyOutcome {
    let steps: Steps
    /// NaN is missing.
    private(set) var values: [Double] = []
    /// Of a share, one a step; empty for others.
    private(set) var trials: [Double] = []
    let scale: Scale
    /// Days until a day can be judged.
    let settlingDays: Int
    /// The last day that can be judged.
    let settledThrough: Day
    /// Days that count with their age, because half of their tickets are still open.
    private(set) var stillOpen: [Day] = []
    /// Days on which nothing at all was exported.
    private(set) var gaps: [Day] = []

    enum Scale { case count, share, duration, level }

    /// A ticket may come back this long after its end.
    private static let comesBackWithin = 14
    /// Where no ticket has a known end, outcomes that wait for one are taken to be known after two weeks.
    private static let unknownEnd = 14
    /// The longest wait that is taken from the baseline: beyond a quarter the test would never end.
    private static let settlingMax = 91

    /// - Parameter baseline: The steps from whose days the wait is read.
    init(_ source: Source, _ steps: Steps, baseline: Steps) {
        self.steps = steps
        scale = Self.scale(source.measure.quantity)
        settlingDays = Self.settling(source, baseline)
        settledThrough = source.lastDay - settlingDays
        let usual = source.usual(baseline)
        let stock =
            source.measure.quantity == .backlog || source.measure.quantity == .backlogAge
            ? Self.stocks(source, steps) : [:]
        let known = Self.knownShare(source, baseline)
        let holidays = Set(steps.holidays)
        for (t, day) in steps.days.enumerated() {
            var (value, count) = (Double.nan, 0.0)
            if day >= source.firstDay, day <= settledThrough {
                if !holidays.contains(t), source.isGap(day, usual: usual) {
                    gaps.append(day)
                } else {
                    (value, count) = reading(source, day, known, stock)
                }
            }
            values.append(value)
            if scale == .share { trials.append(count) }
        }
    }

    private mutating func reading(
        _ source: Source, _ day: Day, _ known: Double, _ stock: [Day: Double]
    ) -> (Double, Double) {
        let totals = source.rollup.days[day] ?? DayTotals()
        let quantity = source.measure.quantity
        switch quantity {
        case .opened: return (Double(totals[.opened]), 1)
        case .resolved: return (Double(totals[.finished]), 1)
        case .backlog, .backlogAge: return (stock[day] ?? .nan, 1)
        case .satisfaction, .mean, .nps, .answers, .made:
            let known = totals.values
            let value =
                switch quantity {
                case .nps: known.promoterScore ?? .nan
                case .satisfaction, .mean: known.mean ?? .nan
                default: Double(known.number(quantity))
                }
            return (value, Double(known.number(quantity)))
        case .timeToRespond, .timeToResolve:
            guard let median = median(source, totals, day, known) else { return (.nan, 0) }
            if !median.isReached { stillOpen.append(day) }
            return (median.hours, 1)
        default:
            guard let (yes, of) = ShareCounters.of(quantity) else { return (.nan, 0) }
            var n = Double(totals[of])
            // A ticket that is open long after nine of ten have ended has missed its time.
            if quantity == .slaMet || quantity == .firstContactResolved {
                n += min(Double(totals[.opened]) - n, Double(totals[.stillOpen]) * known)
            }
            guard n > 0 else { return (.nan, 0) }
            let share = min(1, max(0, Double(totals[yes]) / n))
            return (quantity == .successful ? 1 - share : share, n)
        }
    }

    /// The median of a day's durations, those not ended yet counted as longer than they have lasted.
    private func median(
        _ source: Source, _ totals: DayTotals, _ day: Day, _ known: Double
    ) -> (hours: Double, isReached: Bool)? {
        let isResponse = source.measure.quantity == .timeToRespond
        let sketch = isResponse ? totals.respond : totals.resolve
        let ended = Double(sketch.count)
        var open = Double(totals[.stillOpen])
        // Of the open ones some have been answered: as many as usual are still waited for.
        if isResponse { open = min(open, max(0, (known * Double(totals[.opened])).rounded() - ended)) }
        guard ended + open > 0 else { return nil }
        var seen = 0.0
        for (bucket, count) in sketch.buckets {
            seen += Double(count)
            if 2 * seen >= ended + open { return (DurationSketch.hours(bucket: bucket), true) }
        }
        let age = Double(source.lastDay - day) * 24 + 12
        let longest = sketch.buckets.last.map { DurationSketch.hours(bucket: $0.bucket) } ?? 0
        return (max(age, longest), false)
    }

    private static func scale(_ quantity: Quantity) -> Scale {
        switch quantity {
        case .opened, .resolved, .answers, .made: .count
        case .backlog, .mean, .nps: .level
        case .backlogAge, .timeToRespond, .timeToResolve: .duration
        default: .share
        }
    }

    private static func stocks(_ source: Source, _ steps: Steps) -> [Day: Double] {
        guard let first = steps.days.first, let last = steps.days.last else { return [:] }
        let series = Series(
            source.measure, of: source.rollup, over: Period(first, through: last), step: 1, asOf: source.lastDay)
        var stock: [Day: Double] = [:]
        for (step, value) in zip(series.steps, series.values) { stock[step.first] = value?.value }
        return stock
    }

    /// Of the baseline's tickets that have ended, the share whose outcome (or response) is known at all.
    private static func knownShare(_ source: Source, _ baseline: Steps) -> Double {
        var (known, ended) = (0.0, 0.0)
        let counter = ShareCounters.of(source.measure.quantity)?.of
        for day in baseline.days {
            guard let totals = source.rollup.days[day] else { continue }
            known += counter.map { Double(totals[$0]) } ?? Double(totals.respond.count)
            ended += Double(totals[.opened] - totals[.stillOpen])
        }
        return ended > 0 ? min(1, known / ended) : 1
    }

    // MARK: How long a day must wait

    /// Whole days until a day of this measure can be judged.
    static func settling(_ source: Source, _ baseline: Steps) -> Int {
        let wait: Int
        switch source.measure.quantity {
        case .opened, .resolved, .backlog, .backlogAge, .majorShare, .emergencyShare, .unauthorized, .unplannedShare,
            .satisfaction, .mean, .nps, .answers, .made, .waiting, .cameBack, .handoffs, .skipped:
            wait = 0
        // A day's changes are waited on for one more day.
        case .followedByIncident: wait = 1
        case .timeToRespond: wait = mediansKnown(source, baseline, \.respond)
        case .timeToResolve: wait = mediansKnown(source, baseline, \.resolve)
        case .reopened: wait = ticketsEnded(source, baseline) + comesBackWithin
        case .slaMet, .reassigned, .firstContactResolved, .workaroundOnly, .successful, .failed:
            wait = ticketsEnded(source, baseline)
        }
        return min(settlingMax, wait)
    }

    /// Whole days after which nineteen of twenty daily medians of the baseline were known.
    private static func mediansKnown(
        _ source: Source, _ baseline: Steps, _ sketch: KeyPath<DayTotals, DurationSketch>
    ) -> Int {
        let medians = baseline.days.compactMap { source.rollup.days[$0]?[keyPath: sketch].quantile(0.5) }
        guard let hours = quantile(medians, 0.95) else { return unknownEnd }
        return Int(min(Double(settlingMax), (hours / 24).rounded(.up)))
    }

    /// Whole days after which nine of ten of the baseline's tickets had ended, those still open counted as not.
    private static func ticketsEnded(_ source: Source, _ baseline: Steps) -> Int {
        var ended = DurationSketch()
        var open = 0.0
        for day in baseline.days {
            guard let totals = source.rollup.days[day] else { continue }
            ended.add(totals.resolve)
            open += Double(totals[.stillOpen])
        }
        let known = Double(ended.count)
        guard known > 0 else { return unknownEnd }
        guard let hours = ended.quantile(min(1, 0.9 * (known + open) / known)) else { return unknownEnd }
        return Int(min(Double(settlingMax), (hours / 24).rounded(.up)))
    }
}

/// Which counters a share is made of.
enum ShareCounters {
    static func of(_ quantity: Quantity) -> (yes: DayTotals.Counter, of: DayTotals.Counter)? {
        switch quantity {
        case .slaMet: (.slaMet, .slaKnown)
        case .reopened: (.reopened, .reopensKnown)
        case .reassigned: (.reassigned, .reassignmentsKnown)
        case .firstContactResolved: (.firstContact, .firstContactKnown)
        case .workaroundOnly: (.workaround, .workaroundKnown)
        case .majorShare: (.major, .majorKnown)
        case .failed, .successful: (.failed, .outcomeKnown)
        case .emergencyShare: (.emergency, .typeKnown)
        case .unauthorized: (.unauthorized, .authorizationKnown)
        case .followedByIncident: (.followed, .ended)
        case .unplannedShare: (.unplannedWork, .allWork)
        case .opened, .resolved, .backlog, .backlogAge, .timeToRespond, .timeToResolve: nil
        case .satisfaction, .mean, .nps, .answers, .made, .waiting, .cameBack, .handoffs, .skipped: nil
        }
    }
}

extension DailyOutcome {
    /// The scale as the engine knows it.
    var outcomeScale: OutcomeScale {
        switch scale {
        case .count: .count
        case .share: .share(trials: trials)
        case .duration: .ratio
        case .level: .level
        }
    }

    /// The values on the scale on which effects add up, for controls and for comparing teams: logarithms of counts and
    /// durations.
    var additive: [Double] {
        switch scale {
        // Half a ticket more, so that a day without any has a logarithm.
        case .count: values.map { Glibc.log($0 + 0.5) }
        case .duration: values.map { $0 > 0 ? Glibc.log($0) : .nan }
        case .share, .level: values
        }
    }

    /// The values on the scale on which chance is as large at a low level as at a high one, so that a new level can be watched
    /// with the spread of the old: Anscombe (1948), Biometrika 35:246–254.
    var steady: [Double] {
        switch scale {
        case .count: values.map { ($0 + 0.375).squareRoot() }
        case .share: values.map { $0.isNaN ? .nan : Glibc.asin(max(0, min(1, $0)).squareRoot()) }
        case .duration: additive
        case .level: values
        }
    }
}
