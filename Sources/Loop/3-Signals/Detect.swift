import Glibc
import Measures
import Records
import Statistics

/// How careful the detectors are. The defaults are for everyone: there is no setting for one data set.
public struct DetectionOptions: Sendable {
    /// The false discovery rate promised over everything that one run reports.
    public var rate = 0.05
    /// The part of it that this run may use, for a caller who looks at several kinds of tickets.
    public var share = 1.0
    /// How many orders of the weeks a finding is compared with.
    public var permutations = 999
    /// Where the random orders start. The same seed gives the same findings.
    public var seed: UInt64 = 1
    /// The most findings of one measure: nobody reads more.
    public var findingsMax = 60

    public init() {}
}

/// A value that a measure of a slice should not pass.
public struct Target: Sendable, Hashable, Codable {
    public var measure: Measure.ID
    public var slice: Slice
    /// In the measure's unit.
    public var value: Double

    public init(measure: Measure.ID, slice: Slice, value: Double) {
        self.measure = measure
        self.slice = slice
        self.value = value
    }
}

/// What changed or stands out among the tickets of one kind: shifts of level, trends, single days, weekly rhythms, variation, and
/// targets at risk, each told once and in the slice where it is strongest, with false alarms limited over all series together.
///
/// Cancelled and merged tickets never count. Nothing is read from the clock: the end is `until`, or the last moment in the data.
/// Tickets that are still open count as taking at least as long as they have, so recent weeks do not look better than they are.
/// The same input gives the same result, bit for bit. About 30 bytes of memory a ticket beside the table, and 32 MB at most for
/// daily counts; the time grows in proportion to the tickets (a second or so for 25,000).
/// - Parameters:
///   - until: Nothing after this moment is known; nil is the last moment in the data.
///   - holidays: Days that are no ordinary day of the week.
///   - targets: Values to be warned about before they are passed.
public func detect(
    _ tickets: TicketTable, kind: TicketKind = .incident, zone: Zone, until: Moment? = nil,
    dimensions: [Dimension] = Dimension.allCases, holidays: Set<Day> = [], targets: [Target] = [],
    options: DetectionOptions = DetectionOptions()
) -> Detection {
    let rate = options.rate * options.share
    guard let columns = Columns(tickets, kind: kind, zone: zone, until: until, dimensions: dimensions) else {
        return Detection(
            signals: [], tested: 0, expectedFalse: 0, rate: rate, window: nil, notes: [.noTickets])
    }
    var run = Run(tickets, columns, kind: kind, zone: zone, holidays: holidays, options: options)
    run.searchCounts()
    run.searchScores()
    run.look(at: targets)
    return run.detection(rate: rate)
}

/// The parts of the promised rate: two fifths of it go to what people ask first, how many and how long. They add up to 0.9, whatever
/// the kind of ticket; the last tenth is for how work flows (`flowBudget`).
enum Budget {
    static let opened = 0.2
    static let times = 0.2
    static let respond = 0.08
    static let share = 0.08
    static let season = 0.06
    static let variation = 0.06
    static let targets = 0.06
}

/// The part of a kind's promised rate for how its work flows, where its histories are known.
public let flowBudget = 0.1

/// One run of the detectors: the data once in columns, and what was found so far.
struct Run {
    let tickets: TicketTable
    let columns: Columns
    let slices: Slices
    let kind: TicketKind
    let zone: Zone
    let options: DetectionOptions
    let gate: Gate
    let edge: Int
    let rate: Double
    var rhythm: Rhythm
    var signals: [(signal: Signal, logChance: Double)] = []
    var tested = 0
    /// What remains of each ticket once the changes in numbers are undone.
    private var weights: [Float] = []
    private var mix: CaseMix?

    init(
        _ tickets: TicketTable, _ columns: Columns, kind: TicketKind, zone: Zone, holidays: Set<Day>,
        options: DetectionOptions
    ) {
        self.tickets = tickets
        self.columns = columns
        self.kind = kind
        self.zone = zone
        self.options = options
        slices = Slices(columns)
        gate = Gate(permutations: options.permutations, seed: options.seed)
        edge = max(14, Int((0.05 * Double(columns.days)).rounded(.up)))
        rate = options.rate * options.share
        rhythm = Rhythm(window: columns.window, holidays: holidays)
    }

    mutating func searchCounts() {
        var counts = Counts(columns, slices, rhythm, gate: gate, edge: edge)
        rhythm = counts.rhythm
        let budget = rate * Budget.opened
        let result = search(&counts, rate: budget, findingsMax: options.findingsMax)
        weights = counts.weights
        tested += result.tested
        guard let measure = Measure(kind, .opened) else { return }
        let whole = Workload(self)
        for found in result.found {
            let scaled = counts.asSeen(found)
            tell(scaled, measure, budget, result.found, hours: whole.ofCounts(scaled, days: columns.days))
        }
        searchRhythms(counts, measure)
    }

    mutating func searchScores() {
        let quantities: [(Quantity, Double)] = [
            (.timeToResolve, Budget.times), (.timeToRespond, Budget.respond), (.slaMet, Budget.share),
            (.reopened, Budget.share), (.reassigned, Budget.share), (.failed, Budget.share),
            (.emergencyShare, Budget.share), (.unauthorized, Budget.share),
        ]
        for (quantity, part) in quantities {
            let budget = rate * part
            guard let measure = Measure(kind, quantity), let result = searchScores(of: quantity, rate: budget) else {
                continue
            }
            tested += result.tested
            // As they were before anything was undone; made anew rather than kept through the search, for memory's sake.
            guard !result.found.isEmpty, let outcomes = Outcomes(tickets, columns, quantity) else { continue }
            let whole = Workload(self)
            for found in result.found {
                let level = asSeen(found, result.found, outcomes)
                let hours: Estimate? =
                    switch quantity {
                    case .timeToResolve, .timeToRespond:
                        whole.ofTimes(level, days: columns.days, isWhole: quantity == .timeToResolve)
                    default:
                        whole.ofShares(
                            level, outcomes, badIsYes: measure.direction == .higherIsWorse, days: columns.days)
                    }
                tell(level, measure, budget, result.found, hours: hours)
            }
        }
    }

    /// - Returns: Nil when the tickets do not say enough about this quantity.
    private mutating func searchScores(of quantity: Quantity, rate: Double) -> SearchResult? {
        guard let outcomes = Outcomes(tickets, columns, quantity) else { return nil }
        let mix = mix ?? CaseMix(columns, tickets)
        self.mix = mix
        var scores = Scores(columns, slices, mix, outcomes, weights: weights, gate: gate, edge: edge)
        return search(&scores, rate: rate, findingsMax: options.findingsMax)
    }

    private static let seenMax = 20_000

    /// The search states a level with everything else undone. A reader sees the level there is: the new level is stated as
    /// it was seen from the change on, and the old one as what it would be there without the change.
    private func asSeen(_ found: Found, _ all: [Found], _ outcomes: Outcomes) -> Found {
        guard outcomes.isTime, found.kind == .levelShift else { return found }
        let next =
            all.filter { $0.series == found.series && $0.kind == .levelShift && $0.day > found.day }
            .map(\.day).min() ?? .max
        var times: [(hours: Double, ended: Bool)] = []
        for k in slices.tickets(of: found.series, in: columns) {
            let i = Int(k)
            let day = Int(columns.day[i])
            guard day >= found.day, day < next, outcomes.state[i] != Outcomes.State.unknown else { continue }
            times.append((Glibc.exp(Double(outcomes.value[i])) / 3600, outcomes.state[i] == Outcomes.State.event))
        }
        if times.count > Self.seenMax {
            // Every k-th of them, shortest first: a median of twenty thousand is as good as one of all.
            times.sort { ($0.hours, $0.ended ? 0 : 1) < ($1.hours, $1.ended ? 0 : 1) }
            let step = times.count / Self.seenMax
            times = stride(from: step / 2, to: times.count, by: step).map { times[$0] }
        }
        let curve = KaplanMeier(times: times.map(\.hours), ended: times.map(\.ended))
        guard let seen = curve.quantile(0.5), found.after.estimate > 0 else { return found }
        var level = found
        level.before = found.before.scaled(by: seen / found.after.estimate)
        level.after = found.after.scaled(by: seen / found.after.estimate)
        return level
    }

    /// Turns a finding into a signal.
    mutating func tell(
        _ found: Found, _ measure: Measure, _ budget: Double, _ all: [Found], hours: Estimate?
    ) {
        let slice = slices.slice(found.series, columns, tickets.names)
        let same = all.filter { $0.series == found.series && $0.kind == found.kind }
        let ordinal = same.count { $0.day < found.day }
        // The state lasts until the next change of the same series, or the end.
        let next = all.filter { $0.series == found.series && $0.kind == .levelShift && $0.day > found.day }.map(\.day)
            .min()
        let first = columns.window.first + found.day
        let last =
            found.kind == .spike
            ? first
            : found.kind == .levelShift && next != nil ? columns.window.first + ((next ?? 0) - 1) : columns.window.last
        let rises = found.relative.estimate > 0
        let direction: Tendency =
            switch measure.direction {
            case _ where found.kind == .seasonBreak: .neutral
            case .higherIsWorse: rises ? .worse : .better
            case .lowerIsWorse: rises ? .better : .worse
            case .neither: found.kind == .variation && rises ? .worse : .neutral
            }
        var count = 0
        for i in slices.tickets(of: found.series, in: columns) {
            let day = columns.window.first + Int(columns.day[Int(i)])
            if first <= day, day <= last { count += 1 }
        }
        let signal = Signal(
            id: identity(kind: found.kind, measure: measure, slice: slice, ordinal: ordinal), kind: found.kind,
            measure: measure, slice: slice, at: first, atEarliest: columns.window.first + found.from,
            atLatest: columns.window.first + found.through, direction: direction, before: found.before,
            after: found.after, relative: found.relative,
            q: min(1, found.q * rate / budget), hoursPerMonth: hours, evidenceCount: count,
            evidence: Period(first, through: max(first, last)))
        signals.append((signal, found.logChance))
    }

    func detection(rate: Double) -> Detection {
        var notes: [DetectionNote] = []
        if columns.thinsOut { notes.append(.thinsOut(analysed: columns.window, of: columns.whole)) }
        let weeks = columns.days / 7
        if weeks < Gate.weeksMin { notes.append(.tooFewWeeks(weeks)) }
        if slices.tooSmall > 0 { notes.append(.tooSmall(slices: slices.tooSmall)) }
        let sorted = signals.sorted { ($0.logChance, $0.signal.id) < ($1.logChance, $1.signal.id) }.map(\.signal)
        return Detection(
            signals: sorted, tested: tested, expectedFalse: rate * Double(sorted.count), rate: rate,
            window: columns.window, notes: notes)
    }
}

extension Outcomes {
    /// Tickets younger than this have not had the time to be opened again or passed on.
    static let settlingDays = 28
    /// Fewer known outcomes, or fewer of the rarer one, say nothing.
    static let knownMin = 200
    static let rarerMin = 20

    /// - Returns: Nil when the tickets do not say enough about this quantity.
    init?(_ table: TicketTable, _ columns: Columns, _ quantity: Quantity) {
        isTime = quantity == .timeToResolve || quantity == .timeToRespond
        var value = [Float](repeating: 0, count: columns.count)
        var state = [UInt8](repeating: State.unknown, count: columns.count)
        let settled = columns.last - min(columns.last, UInt32(Self.settlingDays * 86_400))
        var events = 0
        var known = 0
        for i in 0..<columns.count {
            let row = Int(columns.rows[i])
            if isTime {
                guard
                    let (seconds, ended) = Self.time(
                        table, row, quantity == .timeToResolve ? table.resolved[row] : table.responded[row],
                        columns.last)
                else { continue }
                value[i] = Float(Glibc.log(max(60, Double(seconds))))
                state[i] = ended ? State.event : State.censored
            } else {
                guard let yes = Self.answer(table, row, quantity, settled: table.opened[row] <= settled) else {
                    continue
                }
                state[i] = yes ? State.event : State.censored
            }
            known += 1
            if state[i] == State.event { events += 1 }
        }
        guard known >= Self.knownMin, events >= Self.rarerMin, isTime || known - events >= Self.rarerMin else {
            return nil
        }
        self.value = value
        self.state = state
        self.known = known
    }

    /// A ticket that is done but does not say when is left out: it is not still going on.
    private static func time(
        _ table: TicketTable, _ row: Int, _ end: UInt32, _ last: UInt32
    ) -> (seconds: UInt32, ended: Bool)? {
        let opened = table.opened[row]
        if end > 0 {
            guard end >= opened else { return nil }
            return end <= last ? (end - opened, true) : (last - opened, false)
        }
        let isDone = TicketStatus(rawValue: table.status[row])?.isDone ?? false
        if isDone || table.closed[row] > 0 || table.resolved[row] > 0 { return nil }
        return (last - opened, false)
    }

    private static func answer(_ table: TicketTable, _ row: Int, _ quantity: Quantity, settled: Bool) -> Bool? {
        let flags = table.flags[row]
        func known(_ bit: TicketTable.Flags, _ yes: TicketTable.Flags) -> Bool? {
            flags.contains(bit) ? flags.contains(yes) : nil
        }
        switch quantity {
        case .slaMet: return settled ? known(.slaKnown, .slaMet) : nil
        case .reopened: return settled && flags.contains(.reopensKnown) ? table.reopens[row] > 0 : nil
        case .reassigned: return settled && flags.contains(.reassignmentsKnown) ? table.reassignments[row] > 0 : nil
        case .failed: return known(.outcomeKnown, .failed)
        case .emergencyShare: return known(.typeKnown, .emergency)
        case .unauthorized: return known(.authorizationKnown, .unauthorized)
        default: return nil
        }
    }
}
