// What changed in how work flows: where it waits longer, where it comes back, how many hands it passes through, and which usual
// step is left out.
//
// Everything is read from weekly totals (`ProcessTotals`), week by week of the tickets' opening, and only from weeks of which
// nine in ten tickets are done: later weeks would look good because their slow tickets are still open. Each question about
// each slice is one series (`FlowChanges`); the false discovery rate is controlled over all of them (Benjamini & Hochberg); of
// findings that tell the same thing at the same time in overlapping slices, the strongest is told.
//
// Left out on purpose: stages that have always been slow. That is no change; the page says where the time of slow tickets
// goes. And tickets without a history of states: their times are measures of their own already.

import Glibc
import Measures
import Processes
import Records
import Statistics

/// What was found in how work flows.
public struct FlowDetection: Sendable {
    public var signals: [Signal]
    public var tested: Int
    public var expectedFalse: Double
}

/// Searches histories of one kind of ticket; the first is of everything.
///
/// Pure. O(slices × steps × weeks), and 999 orders of the weeks for each series that looks changed.
/// - Parameters:
///   - names: The name behind each code of the totals.
///   - rate: The false discovery rate promised over everything found here.
public func detectFlow(
    _ histories: [FlowHistory], names: [UInt32: String], rate: Double, permutations: Int = 999, seed: UInt64 = 1
) -> FlowDetection {
    guard let whole = histories.first, whole.settled.count >= Gate.weeksMin else {
        return FlowDetection(signals: [], tested: 0, expectedFalse: 0)
    }
    let weeks = whole.settled
    let look = FlowLook(
        whole, within: weeks, names: names, gate: Gate(permutations: permutations, seed: seed))
    var asked = 0
    var found: [FlowCandidate] = []
    for history in histories where history.slice.parts.isEmpty || look.isLargeEnough(history) {
        let (count, candidates) = look.questions(of: history)
        asked += count
        found += candidates
    }
    guard asked > 0 else { return FlowDetection(signals: [], tested: 0, expectedFalse: 0) }
    // A question that found nothing was asked all the same.
    let chances = found.map(\.change.chance) + Array(repeating: 1, count: max(0, asked - found.count))
    let rates = discoveryRates(chances)
    let told = look.told(found.indices.filter { rates[$0] <= rate }.map { (found[$0], rates[$0]) })
    return FlowDetection(
        signals: told, tested: asked, expectedFalse: rate * Double(told.count))
}

/// A change that may be told.
struct FlowCandidate {
    var kind: SignalKind
    var measure: Measure
    var history: FlowHistory
    var step: FlowStep
    var change: FlowChange
    var ratio: WeeklyRatio
    var before: Estimate
    var after: Estimate
}

/// One search: what is usual, and what is asked of each slice.
struct FlowLook {
    let whole: FlowHistory
    let weeks: Range<Int>
    let names: [UInt32: String]
    let gate: Gate
    private let codes: [String: UInt32]
    private let usual: UsualWay?
    private let stages: [UInt32]
    private let groups: [UInt32]

    /// Fewer stays, or tickets, say nothing about a change.
    static let staysMin: Int64 = 200
    static let rareMin: Int64 = 30
    static let stagesMax = 12
    static let groupsMax = 20
    /// What is usual is what was usual in the first third, and at least a quarter of a year.
    static let usualWeeksMin = 13

    init(_ whole: FlowHistory, within weeks: Range<Int>, names: [UInt32: String], gate: Gate) {
        (self.whole, self.weeks, self.names, self.gate) = (whole, weeks, names, gate)
        codes = Dictionary(names.map { ($1, $0) }, uniquingKeysWith: min)
        let all = whole.total(weeks)
        func busiest(_ table: [UInt32: ProcessCounts<StageCounter>], _ most: Int) -> [UInt32] {
            table.filter { $0.value[.stays] >= Self.staysMin }
                .sorted { ($1.value[.stays], $0.key) < ($0.value[.stays], $1.key) }.prefix(most).map(\.key)
        }
        stages = all.isHistoryKnown ? busiest(all.shownStages, Self.stagesMax) : []
        groups = all.isHistoryKnown ? busiest(all.groups, Self.groupsMax) : []
        let first = weeks.lowerBound
        let last = min(weeks.upperBound, first + max(Self.usualWeeksMin, weeks.count / 3))
        usual = UsualWay(whole.total(first..<last))
    }

    func isLargeEnough(_ history: FlowHistory) -> Bool {
        let cases = history.weeks.reduce(Int64(0)) { $0 + $1.all[.done] }
        return cases >= Self.staysMin
    }

    /// Everything that is asked of a slice, and the changes that were found.
    func questions(of history: FlowHistory) -> (asked: Int, found: [FlowCandidate]) {
        // Weeks of a slice begin with its own first ticket.
        let shift = (history.first - whole.first) / 7
        let own = max(0, weeks.lowerBound - shift)..<max(0, min(history.weeks.count, weeks.upperBound - shift))
        guard own.count >= Gate.weeksMin else { return (0, []) }
        var questions: [(SignalKind, Quantity, FlowStep)] = []
        for code in stages { if let name = names[code] { questions.append((.bottleneck, .waiting, .state(name))) } }
        if history.slice[.group] == nil {
            for code in groups { if let name = names[code] { questions.append((.bottleneck, .waiting, .group(name))) } }
        }
        questions.append((.rework, .cameBack, .whole))
        for code in stages { if let name = names[code] { questions.append((.rework, .cameBack, .state(name))) } }
        questions.append((.handoffs, .handoffs, .whole))
        for code in usual?.steps ?? [] {
            if let name = names[code] { questions.append((.shortcut, .skipped, .state(name))) }
        }
        for (pair, _) in usual?.orders ?? [] {
            if let a = names[pair.from], let b = names[pair.to] {
                questions.append((.shortcut, .skipped, .order(a, before: b)))
            }
        }
        var asked = 0
        var found: [FlowCandidate] = []
        for (kind, quantity, step) in questions {
            guard let changes = changes(history, own, kind, quantity, step) else { continue }
            asked += 1
            found += changes
        }
        return (asked, found)
    }

    /// - Returns: Nil where there is too little to ask.
    private func changes(
        _ history: FlowHistory, _ weeks: Range<Int>, _ kind: SignalKind, _ quantity: Quantity, _ step: FlowStep
    ) -> [FlowCandidate]? {
        guard let measure = Measure(history.kind, quantity, of: step),
            let ratio = history.ratio(quantity, of: step, code: { codes[$0] }),
            let judged = history.judged(quantity, of: step, code: { codes[$0] })
        else { return nil }
        let below = weeks.reduce(0) { $0 + ratio.below[$1] }
        let above = weeks.reduce(0) { $0 + ratio.above[$1] }
        guard below >= Double(Self.staysMin) else { return nil }
        let isShare = measure.unit == .share
        if isShare, above < Double(Self.rareMin) { return nil }
        if quantity == .handoffs, above < Double(Self.rareMin) { return nil }
        let search = FlowChanges(judged, within: weeks, isShare: isShare, gate: gate, salt: salt(measure, history))
        return search.found().compactMap { change in
            guard let before = ratio.level(change.before), let after = ratio.level(change.after) else { return nil }
            // On the logarithm's scale and by the clock it must have gone the same way.
            if let a = judged.level(change.before), let b = judged.level(change.after),
                (b.estimate - a.estimate) * (after.estimate - before.estimate) <= 0
            {
                return nil
            }
            return FlowCandidate(
                kind: kind, measure: measure, history: history, step: step, change: change, ratio: ratio,
                before: Self.kept(before, isShare), after: Self.kept(after, isShare))
        }
    }

    private static func kept(_ e: Estimate, _ isShare: Bool) -> Estimate {
        Estimate(e.estimate, low: max(0, e.low), high: isShare ? min(1, e.high) : e.high)
    }

    private func salt(_ measure: Measure, _ history: FlowHistory) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(measure.id)|\(history.slice.address)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
        return hash
    }
}

// MARK: Telling

extension FlowLook {
    /// Weeks by which two dates of one story may differ.
    private static let weeksApartMax = 4
    /// A month in weeks.
    private static let monthWeeks = 30.4 / 7

    /// Each story once, where it is strongest.
    func told(_ found: [(candidate: FlowCandidate, q: Double)]) -> [Signal] {
        let order = found.indices.sorted {
            let (a, b) = (found[$0].candidate.change.strength, found[$1].candidate.change.strength)
            return a != b ? a > b : $0 < $1
        }
        var kept: [Int] = []
        for i in order where !kept.contains(where: { same(found[$0].candidate, found[i].candidate) }) { kept.append(i) }
        var ordinals: [String: Int] = [:]
        return kept.map { i in
            let (candidate, q) = found[i]
            let key = "\(candidate.measure.id)|\(candidate.history.slice.address)"
            defer { ordinals[key, default: 0] += 1 }
            return signal(candidate, q: q, ordinal: ordinals[key, default: 0])
        }
    }

    /// Whether two findings are one story: of one kind and direction, at the same time, and one slice or step holds the other's.
    private func same(_ a: FlowCandidate, _ b: FlowCandidate) -> Bool {
        guard a.kind == b.kind, (a.after.estimate > a.before.estimate) == (b.after.estimate > b.before.estimate) else {
            return false
        }
        let (x, y) = (a.history.first + 7 * a.change.week, b.history.first + 7 * b.change.week)
        guard abs(x - y) <= 7 * Self.weeksApartMax else { return false }
        let (one, other) = (a.history.slice, b.history.slice)
        // Of two values of one dimension each has a story of its own; a category and a group mostly share theirs.
        let isShared = one.holds(other) || other.holds(one) || one.parts.allSatisfy { other[$0.dimension] == nil }
        return isShared && (a.step == b.step || areOne(a.step, b.step))
    }

    /// Coming back at all and coming back to a state are one trouble; so are waiting in a state and with the group that works in
    /// it, and what is left out or turned round about one state.
    private func areOne(_ a: FlowStep, _ b: FlowStep) -> Bool {
        switch (a, b) {
        case (.whole, _), (_, .whole), (.state, .group), (.group, .state): return true
        case (.order(let x, let y), .order(let u, let v)): return !Set([x, y]).isDisjoint(with: [u, v])
        case (.order(let x, let y), .state(let name)), (.state(let name), .order(let x, let y)):
            return name == x || name == y
        default: return false
        }
    }

    private func signal(_ c: FlowCandidate, q: Double, ordinal: Int) -> Signal {
        let rises = c.after.estimate > c.before.estimate
        let base = c.before.estimate > 0 ? c.before.estimate : c.after.estimate
        let half = {
            let (a, b) = ((c.before.high - c.before.low) / 2, (c.after.high - c.after.low) / 2)
            return (a * a + b * b).squareRoot()
        }()
        let step = c.after.estimate - c.before.estimate
        let difference = Estimate(step, low: step - half, high: step + half)
        let evidence = c.history.days(c.change.after)
        let cases = c.change.after.reduce(Int64(0)) { $0 + c.history.weeks[$1].all[.cases] }
        return Signal(
            id: identity(kind: c.kind, measure: c.measure, slice: c.history.slice, ordinal: ordinal), kind: c.kind,
            measure: c.measure, slice: c.history.slice, at: c.history.first + 7 * c.change.week,
            atEarliest: c.history.first + 7 * c.change.from, atLatest: c.history.first + (7 * c.change.through + 6),
            direction: rises ? .worse : .better, before: c.before, after: c.after,
            relative: difference.scaled(by: 1 / max(base, .leastNonzeroMagnitude)), q: min(1, q),
            hoursPerMonth: hours(c, difference), evidenceCount: Int(cases), evidence: evidence)
    }

    /// What the change costs in hours a month: longer stays, times the stays; more returns, times how long one lasts; more
    /// hand-offs, times how much longer a ticket that was handed over takes for each of them.
    private func hours(_ c: FlowCandidate, _ difference: Estimate) -> Estimate? {
        let total = c.history.total(c.change.after)
        let weeks = Double(c.change.after.count)
        func monthly(_ count: Int64) -> Double { Double(count) / weeks * Self.monthWeeks }
        switch c.kind {
        case .bottleneck:
            let stays = c.change.after.reduce(0) { $0 + c.ratio.below[$1] }
            return difference.scaled(by: stays / weeks * Self.monthWeeks)
        case .rework:
            var (returns, seconds): (Int64, Int64) = (0, 0)
            for (code, counts) in total.shownStages {
                if case .state(let name) = c.step, names[code] != name { continue }
                returns += counts[.returns]
                seconds += counts[.returnSeconds]
            }
            guard returns > 0, seconds > 0 else { return nil }
            return difference.scaled(by: monthly(total.all[.done]) * Double(seconds) / Double(returns) / 3600)
        case .handoffs:
            let all = total.all
            let others = all[.done] - all[.handedOver]
            guard all[.handedOver] > 0, others > 0, all[.handoffs] > 0 else { return nil }
            let longer =
                Double(all[.handedSeconds]) / Double(all[.handedOver])
                - Double(all[.doneSeconds] - all[.handedSeconds]) / Double(others)
            let each = longer * Double(all[.handedOver]) / Double(all[.handoffs]) / 3600
            return each > 0 ? difference.scaled(by: monthly(all[.done]) * each) : nil
        default: return nil
        }
    }
}
