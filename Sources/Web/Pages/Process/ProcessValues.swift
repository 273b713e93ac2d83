import Languages
import Measures
import Processes
import Records
import Signals
import Statistics
import Store
import Turn

/// How work flows: everything the page and the API tell.
struct ProcessValues: Sendable {
    var kind: TicketKind
    /// Kinds of which there are tickets.
    var kinds: [TicketKind]
    var slice: Slice
    /// Whole weeks, by UTC.
    var period: Period
    var choices: [(dimension: Dimension, values: [String])]
    var totals: ProcessTotals
    var names: [UInt32: String]
    /// The last moment of the data, in seconds.
    var now: Int64
    var history: FlowHistory?
    /// What was usual in the settled weeks of the days shown.
    var usual: UsualWay?
    var map: FlowMap
    var wide: FlowDrawing
    var narrow: FlowDrawing
    var shortcuts: [Shortcut] = []
    var load: [Load] = []
    var signals: [Signal] = []
    var improvements: [LiveImprovement] = []
    var comparison: Comparison?
    /// The rules of this process, and how they were kept by all its tickets.
    var rules: [Rule] = []
    /// What was typed, where it is no rule.
    var typedRules: String?
    var mayGovern = false
    /// One figure week by week, where one was asked for.
    var figure: SeriesChart?

    /// A step, or an order of two, that nearly all tickets keep, and how many do not.
    struct Shortcut: Sendable {
        var measure: Measure
        var step: FlowStep
        var now: Estimate?
        var weeks: [Double?]
        var first: Day
    }

    struct Rule: Sendable {
        var text: String
        var weeks: [Double?]
        var first: Day?
        var applied: Int
        var broken: Int
        /// The share kept over the last 13 weeks.
        var kept: Estimate?
    }

    struct Load: Sendable {
        var week: Period
        var opened: Int
        var resolved: Int
        var open: Int
    }

    struct LiveImprovement: Sendable {
        var id: Int64
        var title: String
        var on: Day
    }

    /// The flow before an improvement went live and after it.
    struct Comparison: Sendable {
        struct Row: Sendable {
            var measure: Measure
            var change: BeforeAfter
            /// The smallest false discovery rate at which it would be called moved.
            var q: Double
            var hasMoved: Bool { q <= Comparison.rate }
        }

        /// The false discovery rate over all rows.
        static let rate = 0.05

        var improvement: LiveImprovement
        var before: Int
        var after: Int
        var rows: [Row]
    }

    func name(_ code: UInt32, _ words: Words) -> String {
        switch Milestone(code: code) {
        case .opened: words(.opened)
        case .responded: words(.responded)
        case .resolved: words(.resolved)
        case .closed: words(.closed)
        case nil: names[code] ?? Figures.missing
        }
    }

    /// Where the tickets behind a figure are listed; those of milestones are simply all.
    func address(_ pick: FlowPick?) -> String {
        guard let pick, totals.isHistoryKnown else { return Link.tickets(period, slice, kind: kind) }
        return Link.picked(pick, kind, slice, period)
    }

    var stages: [StageFigures] { totals.figures(totals.shownStages, now: now) }
    var groups: [StageFigures] { totals.figures(totals.groups, now: now) }

    /// The most frequent first.
    var handoffs: [(pair: NamePair, counts: FlowCounts)] {
        totals.handoffs.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { ($0.key, $0.value) }
    }

    var ways: [(way: [UInt32], counts: FlowCounts)] {
        let wantsMilestones = !totals.isHistoryKnown
        return totals.ways.filter { ($0.key.first.flatMap { Milestone(code: $0) } != nil) == wantsMilestones }
            .sorted {
                $0.value.count != $1.value.count
                    ? $0.value.count > $1.value.count : $0.key.lexicographicallyPrecedes($1.key)
            }.map { ($0.key, $0.value) }
    }
}

extension Link {
    static func picked(_ pick: FlowPick, _ kind: TicketKind, _ slice: Slice, _ period: Period) -> String {
        let (word, names) = pick.parts
        var parts = ["kind=\(kind.plural)", "from=\(period.first)", "through=\(period.last)"]
        if !slice.parts.isEmpty { parts.append(slice.address) }
        parts.append("pick=\(word)")
        parts += names.map { "name=\(percentEncoded($0))" }
        return "/process/tickets?" + parts.joined(separator: "&")
    }
}
