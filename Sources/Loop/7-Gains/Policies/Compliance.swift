import Glibc
import Measures
import Records
import Signals
import Statistics

/// A ticket that broke a rule: evidence with its number.
public struct Breach: Sendable, Hashable, Codable {
    public var kind: TicketKind
    public var number: String
    /// When it counts: when it was opened, or ended.
    public var at: Moment

    public init(kind: TicketKind, number: String, at: Moment) {
        self.kind = kind
        self.number = number
        self.at = at
    }
}

/// How a policy was kept in one week.
public struct PolicyWeek: Sendable, Hashable, Codable {
    /// Its Monday.
    public var monday: Day
    public var kept: Int
    public var broken: Int
    /// Those it is about, and of which it cannot be told.
    public var unknown: Int

    public init(monday: Day, kept: Int = 0, broken: Int = 0, unknown: Int = 0) {
        self.monday = monday
        self.kept = kept
        self.broken = broken
        self.unknown = unknown
    }

    public var judged: Int { kept + broken }
}

/// Adds tickets up for one policy, one at a time and in any order.
public struct PolicyTally: Sendable {
    public let rule: Rule
    private let zone: Zone
    private let now: Moment
    private let calendar: BusinessCalendar
    private var weeks: [Day: PolicyWeek] = [:]
    private var latest: [Breach] = []

    /// Breaches kept by number, the latest: enough to act on. The weeks count all of them.
    public static let breachesMax = 200

    /// - Parameter now: The last moment anything is known of.
    public init(_ rule: Rule, at now: Moment, calendar: BusinessCalendar) {
        self.rule = rule
        self.now = now
        self.calendar = calendar
        zone = calendar.zone
    }

    public mutating func add(_ ticket: Ticket, _ names: Names) {
        guard rule.kinds.contains(ticket.kind), !ticket.status.isVoid else { return }
        let at = rule.isAboutEnd ? ticket.resolvedAt ?? ticket.closedAt ?? ticket.openedAt : ticket.openedAt
        let reader = TicketReader(ticket: ticket, names: names, now: now, calendar: calendar)
        if let scope = rule.scope, scope.holds(reader) != true { return }
        let day = zone.day(of: at)
        let monday = day - day.weekday
        var week = weeks[monday] ?? PolicyWeek(monday: monday)
        switch rule.demand.holds(reader) {
        case true?: week.kept += 1
        case nil: week.unknown += 1
        case false?:
            week.broken += 1
            latest.append(Breach(kind: ticket.kind, number: ticket.number, at: at))
            if latest.count >= 4 * Self.breachesMax { latest = Self.latest(latest) }
        }
        weeks[monday] = week
    }

    private static func latest(_ all: [Breach]) -> [Breach] {
        Array(all.sorted { ($0.at, $0.number) > ($1.at, $1.number) }.prefix(breachesMax))
    }

    /// Oldest week first, latest breach first.
    public var result: (weeks: [PolicyWeek], breaches: [Breach]) {
        (weeks.values.sorted { $0.monday < $1.monday }, Self.latest(latest))
    }
}

/// How a policy is kept, over time.
public struct Compliance: Sendable {
    /// Oldest first, weeks without tickets left out.
    public var weeks: [PolicyWeek]
    /// The share kept in the last four weeks that had any; nil where nothing could be judged.
    public var now: Estimate?
    public var judged: Int
    public var broken: Int
    /// The share of tickets it is about of which nobody can tell.
    public var unknownShare: Double
    /// When the share moved last, and how sure that is; nil where it did not.
    public var move: (at: Day, earliest: Day, latest: Day, before: Estimate, after: Estimate, chance: Double)?
    /// Every week from the first to the last; not a number where fewer than `judgedMin` could be judged.
    public var values: [Double]
    public var steps: [Period]
    /// What the share varies by itself between (Laney's p′); nil with too few weeks.
    public var limits: [(low: Double, high: Double)?]

    /// Fewer tickets make no share of a week.
    public static let judgedMin = 3
    private static let weeksMin = 10

    public init(_ all: [PolicyWeek]) {
        weeks = all.filter { $0.judged + $0.unknown > 0 }.sorted { $0.monday < $1.monday }
        let recent = weeks.suffix(4)
        judged = recent.reduce(0) { $0 + $1.judged }
        broken = recent.reduce(0) { $0 + $1.broken }
        now = shareEstimate(judged - broken, of: judged)
        let told = weeks.reduce(0) { $0 + $1.judged }
        let unknown = weeks.reduce(0) { $0 + $1.unknown }
        unknownShare = told + unknown > 0 ? Double(unknown) / Double(told + unknown) : 0
        guard let first = weeks.first?.monday, let last = weeks.last?.monday else {
            (values, steps, limits) = ([], [], [])
            return
        }
        let begin = max(first, last - 7 * (Programme.weeksMax - 1))
        let byMonday = Dictionary(uniqueKeysWithValues: weeks.map { ($0.monday, $0) })
        steps = stride(from: 0, through: last - begin, by: 7).map { Period(begin + $0, through: begin + $0 + 6) }
        let each = steps.map { byMonday[$0.first] }
        values = each.map { week in
            guard let week, week.judged >= Self.judgedMin else { return .nan }
            return Double(week.kept) / Double(week.judged)
        }
        limits = Array(repeating: nil, count: steps.count)
        findMove(each)
        setLimits(each)
    }

    private mutating func setLimits(_ each: [PolicyWeek?]) {
        let start = move.flatMap { move in steps.firstIndex { $0.first >= move.at } } ?? 0
        let own = Array(each[start...])
        guard own.count(where: { ($0?.judged ?? 0) >= Self.judgedMin }) >= Self.weeksMin else { return }
        let kept = own.map { ($0?.judged ?? 0) >= Self.judgedMin ? Double($0?.kept ?? 0) : .nan }
        let tries = own.map { Double(max(1, $0?.judged ?? 1)) }
        guard let chart = try? sharesChart(kept, of: tries) else { return }
        for t in own.indices where chart.lower[t].isFinite && chart.upper[t].isFinite {
            limits[start + t] = (max(0, chart.lower[t]), min(1, chart.upper[t]))
        }
    }

    /// The search for changes over the weeks' shares, and a quarter against the year before it.
    private mutating func findMove(_ each: [PolicyWeek?]) {
        guard values.count(where: { $0.isFinite }) >= Self.weeksMin else { return }
        let report = changes(in: values)
        var best: (chance: Double, index: Int, low: Int, high: Int)?
        if !report.remarks.contains(.wanders), let last = report.changes.last {
            best = (min(1, Glibc.exp(-last.strength / 2)), last.index, last.low, last.high)
        }
        let broken = each.map { Double($0?.broken ?? 0) }
        let tries = each.map { Double($0?.judged ?? 0) }
        if let ratio = RateRatio(counts: broken, exposures: tries, recent: questionWeeks) {
            let chance = min(1, 2 * Normal.below(-ratio.z.magnitude))
            let index = values.count - questionWeeks
            if chance < best?.chance ?? 1 { best = (chance, index, index, index) }
        }
        guard let best, best.index > 0, best.index < steps.count else { return }
        func total(_ range: Range<Int>) -> Estimate? {
            let own = each[range].compactMap { $0 }
            return shareEstimate(own.reduce(0) { $0 + $1.kept }, of: own.reduce(0) { $0 + $1.judged })
        }
        guard let before = total(max(0, best.index - 52)..<best.index), let after = total(best.index..<each.count)
        else {
            return
        }
        func day(_ i: Int) -> Day { steps[min(max(i, 0), steps.count - 1)].first }
        move = (day(best.index), day(best.low), day(best.high), before, after, min(1, 2 * best.chance))
    }
}

/// A policy with how it is kept.
public struct CheckedPolicy: Sendable {
    public var id: Int64
    public var name: String
    /// The share that should keep it, for example 0.95.
    public var target: Double
    public var compliance: Compliance

    public init(id: Int64, name: String, target: Double, compliance: Compliance) {
        self.id = id
        self.name = name
        self.target = target
        self.compliance = compliance
    }
}

/// Policies that need somebody: kept less than before, or surely less than agreed.
///
/// The false discovery rate of “less than before” is held over all policies, whatever they share.
public func breachSignals(of policies: [CheckedPolicy], rate: Double = momentumRate) -> [ProgrammeSignal] {
    let rates = discoveryRates(policies.map { $0.compliance.move?.chance ?? .nan }, dependence: .arbitrary)
    return zip(policies, rates).compactMap { policy, q in
        let c = policy.compliance
        func signal(_ at: Day, _ early: Day, _ late: Day, _ before: Estimate, _ after: Estimate, _ q: Double?)
            -> ProgrammeSignal
        {
            ProgrammeSignal(
                id: Sign.policy(policy.id).word, kind: .policyBreach,
                subject: .policy(id: policy.id, name: policy.name),
                at: at, atEarliest: early, atLatest: late, direction: .worse, before: before, after: after, q: q,
                evidenceCount: c.broken)
        }
        if let move = c.move, q <= rate, move.after.estimate < move.before.estimate {
            return signal(move.at, move.earliest, move.latest, move.before, move.after, q)
        }
        guard let now = c.now, now.high < policy.target, let first = c.weeks.suffix(4).first?.monday else { return nil }
        let agreed = Estimate(policy.target, low: policy.target, high: policy.target)
        return signal(first, first, first, agreed, now, nil)
    }
}
