import Glibc
import Statistics

/// What a ticket contributes to a measure that is not a count.
struct Outcomes {
    enum State {
        static let unknown: UInt8 = 0
        /// The time is known; or yes.
        static let event: UInt8 = 1
        /// Still going on at the end: at least so long; or no.
        static let censored: UInt8 = 2
    }

    /// A duration, as the logarithm of seconds, rather than a yes or no.
    let isTime: Bool
    /// Of times their logarithm; of shares what has been undone, on the logit scale.
    var value: [Float]
    let state: [UInt8]
    let known: Int
}

/// Times to an event, or shares of yes, for every slice: each ticket compared with tickets like it.
///
/// Times by censored rank scores within cells of the case mix: Prentice (1978), Biometrika 65:167–179; Peto & Peto (1972), JRSS
/// A 135:185–207. Ranks know no outliers; a score's mean is 0 whatever the follow-up, so recent weeks do not look better because their
/// slow tickets are still open. Shares by the outcome minus what its cell expects.
struct Scores: Searching {
    let columns: Columns
    let slices: Slices
    let mix: CaseMix
    let gate: Gate
    let edge: Int
    /// Whether these are times rather than shares.
    let isTime: Bool
    /// Tickets with a known outcome, in the order of their values; of shares, in that of the columns.
    private(set) var tickets: [ScoredTicket]
    /// The logit of each cell's share, and the share.
    private(set) var expected: [Double] = []
    private var shares: [Double] = []
    private var fits: [ScoreFit]
    private var dayDispersions = Dispersions([], levels: [], degrees: 1)
    private var weekDispersions = Dispersions([], levels: [], degrees: 1)
    private(set) var scratch: ScoreScratch

    init(
        _ columns: Columns, _ slices: Slices, _ mix: CaseMix, _ outcomes: Outcomes, weights: [Float], gate: Gate,
        edge: Int
    ) {
        self.columns = columns
        self.slices = slices
        self.mix = mix
        self.gate = gate
        self.edge = edge
        isTime = outcomes.isTime
        tickets = Scores.tickets(columns, mix, outcomes, weights)
        scratch = ScoreScratch(cells: mix.count, days: columns.days)
        fits = Array(repeating: ScoreFit(ScoreSeries(days: columns.days), edge: edge), count: slices.count)
        if !isTime {
            expected = logits()
            shares = expected.map { 1 / (1 + Glibc.exp(-$0)) }
        }
    }

    private static func tickets(
        _ columns: Columns, _ mix: CaseMix, _ outcomes: Outcomes, _ weights: [Float]
    ) -> [ScoredTicket] {
        var order: [Int32] = []
        order.reserveCapacity(outcomes.known)
        for i in 0..<columns.count where outcomes.state[i] != Outcomes.State.unknown { order.append(Int32(i)) }
        if outcomes.isTime {
            order.sort { ScoredTicket.precedes($0, outcomes.value[Int($0)], $1, outcomes.value[Int($1)]) }
        }
        return order.map { ticket in
            let i = Int(ticket)
            return ScoredTicket(
                ticket, isEvent: outcomes.state[i] == Outcomes.State.event, value: outcomes.value[i],
                weight: weights[i], cell: mix.cell[i], day: columns.day[i])
        }
    }

    /// Each cell's share of yes, drawn towards that of all by ten tickets, as a logit.
    private func logits() -> [Double] {
        var yes = [Double](repeating: 0, count: mix.count)
        var all = yes
        for ticket in tickets {
            all[Int(ticket.cell)] += 1
            if ticket.isEvent { yes[Int(ticket.cell)] += 1 }
        }
        let share = sum(yes) / max(1, sum(all))
        return yes.indices.map { c in
            let p = (yes[c] + 10 * share) / (all[c] + 10)
            return Glibc.log(max(1e-6, p) / max(1e-6, 1 - p))
        }
    }

    /// Expected p(1 − p) on each side of a shift in a share: about five of the rarer answer.
    static let leastInformation = 5.0

    var seriesCount: Int { slices.count }
    var singleCount: Int { slices.singleCount }
    var kindCount: Int { 2 }
    var days: Int { columns.days }

    func dimensions(of series: Int) -> Int { slices.keys[series].dimensionCount }

    // MARK: Fitting

    mutating func refit(touching series: Int?) {
        let touched = series.map { overlapping($0) }
        let edge = edge
        var scratch = self.scratch
        var daily = ScoreSeries(days: days)
        func keep(_ s: Int) {
            daily.centre()
            fits[s] = ScoreFit(daily, edge: edge)
        }
        if touched?[0] ?? true {
            score(tickets.count, into: &daily, &scratch) { tickets[$0] }
            keep(0)
        }
        // The next lists are shorter than that of everything.
        scratch.scores = []
        // Lists are made only for values of which, or of a pair of which, something is to be fitted.
        let n = columns.dimensions.count
        let wanted = slices.pairsWanted(touched)
        let codes = (0..<n).map { PlaceCodes(columns.codes[$0], tickets, count: columns.values[$0].count) }
        for a in 0..<n {
            let lists = CodeLists(columns.values[a].count, places: tickets.count) { codes[a][$0] }
            let single = (1..<columns.values[a].count).filter { slices.single[a][$0] >= 0 }
            for ca in single {
                let s = Int(slices.single[a][ca])
                guard touched?[s] ?? true else { continue }
                score(lists.order[lists.range(ca)], into: &daily, &scratch)
                keep(s)
            }
            for b in 0..<n {
                let parents = single.filter { wanted[Int(slices.single[a][$0]) * n + b] }
                if parents.isEmpty { continue }
                let codes = codes[b]
                for ca in parents {
                    let parts = CodeLists(columns.values[b].count, of: lists.order[lists.range(ca)]) { codes[$0] }
                    for cb in 1..<columns.values[b].count {
                        guard let s = slices.pair(a, UInt16(ca), b, UInt16(cb)), touched?[s] ?? true else { continue }
                        score(parts.order[parts.range(cb)], into: &daily, &scratch)
                        keep(s)
                    }
                }
            }
        }
        scratch.scores = []
        self.scratch = scratch
        moderate()
    }

    mutating func refit(only s: Int) {
        fits[s] = ScoreFit(daily(s), edge: edge)
    }

    private mutating func moderate() {
        let levels = fits.map(\.level)
        dayDispersions = Dispersions(
            fits.map(\.dayDispersion), levels: levels, degrees: max(1, Double(days) - 8))
        weekDispersions = Dispersions(
            fits.map(\.weekDispersion), levels: levels, degrees: max(1, Double(days / 7) - 2))
    }

    private func overlapping(_ series: Int) -> [Bool] {
        var shared = [Int32](repeating: 0, count: slices.count)
        for i in slices.tickets(of: series, in: columns) {
            slices.forEach(of: Int(i), in: columns) { shared[$0] += 1 }
        }
        return shared.indices.map { shared[$0] * 100 >= slices.tickets[$0] }
    }

    /// The scores of a list of places by day, not yet centred. O(places).
    func score(_ list: ArraySlice<Int32>, into daily: inout ScoreSeries, _ scratch: inout ScoreScratch) {
        let list = list.span
        let tickets = tickets.span
        if list.count > ScoreScratch.nearMax {
            score(list.count, into: &daily, &scratch) { tickets[Int(list[$0])] }
            return
        }
        // Each is read three times: they are brought together first.
        var near = scratch.near
        scratch.near = []
        near.removeAll(keepingCapacity: true)
        for k in list.indices { near.append(tickets[Int(list[k])]) }
        scoreNear(near, into: &daily, &scratch)
        scratch.near = near
    }

    private func scoreNear(
        _ near: [ScoredTicket], into daily: inout ScoreSeries, _ scratch: inout ScoreScratch
    ) {
        let near = near.span
        score(near.count, into: &daily, &scratch) { near[$0] }
    }

    /// The scores of so many tickets by day, not yet centred. Times must come in the order of their values.
    /// - Parameter shift: Added to the value of each ticket by its day; times must come in the order of the sums.
    @inline(__always)
    func score(
        _ count: Int, shift: [Double]? = nil, into daily: inout ScoreSeries, _ scratch: inout ScoreScratch,
        _ ticket: (Int) -> ScoredTicket
    ) {
        daily.clear()
        daily.least = isTime ? 0 : Scores.leastInformation
        if isTime {
            scratch.rank(count, shift, &daily, ticket)
        } else {
            compare(count, shift, &daily, ticket)
        }
    }

    @inline(__always)
    private func compare(
        _ count: Int, _ shift: [Double]?, _ daily: inout ScoreSeries, _ ticket: (Int) -> ScoredTicket
    ) {
        for k in 0..<count {
            let one = ticket(k)
            let day = Int(one.day)
            let p: Double
            if one.value == 0, shift == nil {
                p = shares[Int(one.cell)]
            } else {
                // What was undone is taken from the outcome by adding it to what is expected.
                let logit = expected[Int(one.cell)] + Double(one.value) + (shift?[day] ?? 0)
                p = 1 / (1 + Glibc.exp(-logit))
            }
            let w = Double(one.weight)
            let u = (one.isEvent ? 1 : 0) - p
            daily.u[day] += w * u
            daily.i[day] += w * w * p * (1 - p)
            daily.tickets[day] += w
        }
    }

    // MARK: Candidates

    func dispersion(_ s: Int) -> (φ: Double, ν: Double) {
        let day = dayDispersions.values[s]
        let week = weekDispersions.values[s]
        return week > day ? (max(1, week), weekDispersions.degrees) : (max(1, day), dayDispersions.degrees)
    }

    func candidates(of s: Int) -> [(kind: SignalKind, logTail: Double, day: Int)] {
        let fit = fits[s]
        let kind: SignalKind = fit.isTrend(dispersion: dispersion(s).φ) ? .trend : .levelShift
        guard let tail = logTail(Candidate(series: s, kind: kind)), tail < 0 else { return [] }
        return [(kind, tail, kind == .trend ? 0 : fit.day)]
    }

    func logTail(_ candidate: Candidate) -> Double? {
        let fit = fits[candidate.series]
        let (φ, ν) = dispersion(candidate.series)
        guard days > 2 * edge else { return nil }
        if candidate.kind == .trend {
            return fit.trend > 0 ? Tails.trend(fit.trend, dispersion: φ, degrees: ν) : nil
        }
        return fit.shift > 0
            ? Tails.shift(fit.shift, dispersion: φ, degrees: ν, edge: Double(edge) / Double(days)) : nil
    }

    func daily(_ s: Int) -> ScoreSeries { daily(of: places(of: s)) }

    /// The scores of the tickets at some places by day.
    func daily(of list: [Int32]) -> ScoreSeries {
        var daily = ScoreSeries(days: days)
        var scratch = self.scratch
        score(list[...], into: &daily, &scratch)
        daily.centre()
        return daily
    }

    /// Where the tickets of a slice stand.
    func places(of s: Int) -> [Int32] {
        var found: [Int32] = []
        found.reserveCapacity(Int(slices.tickets[s]))
        for place in tickets.indices where slices.holds(s, tickets[place].ticket, in: columns) {
            found.append(Int32(place))
        }
        return found
    }

    func passes(_ candidate: Candidate) -> Bool {
        let own = daily(candidate.series)
        let salt = UInt64(candidate.series) << 3 | UInt64(candidate.kind == .levelShift ? 3 : 4)
        return gate.passes(days: days, salt: salt) { order in
            var moved = ScoreSeries(days: 0)
            moved.least = own.least
            moved.u = order.map { own.u[$0] }
            moved.i = order.map { own.i[$0] }
            moved.tickets = order.map { own.tickets[$0] }
            return candidate.kind == .trend
                ? ScoreFit.trend(moved).ratio : ScoreFit.shiftRatios(moved, edge: edge).max() ?? 0
        }
    }

    // MARK: Undoing

    /// Where the change is in force on each day: 1 after a shift, rising from 0 to 1 along a trend.
    func inForce(_ kind: SignalKind, _ day: Int) -> [Double] {
        (0..<days).map {
            kind == .trend ? (Double($0) + 0.5) / Double(days) : $0 >= day ? 1 : 0
        }
    }

    mutating func undo(_ found: Found) { move(found, by: isTime ? -found.size : found.size) }
    mutating func putBack(_ found: Found) { move(found, by: isTime ? found.size : -found.size) }

    private mutating func move(_ found: Found, by size: Double) {
        let g = inForce(found.kind, found.day)
        let steps = g.map { Float(size * $0) }
        guard isTime else {
            for place in tickets.indices where slices.holds(found.series, tickets[place].ticket, in: columns) {
                tickets[place].value += steps[Int(tickets[place].day)]
            }
            return
        }
        // Those that stay move up to the front; those that moved are sorted and merged in from the back.
        var moved: [ScoredTicket] = []
        var still = 0
        for place in tickets.indices {
            var ticket = tickets[place]
            let step = steps[Int(ticket.day)]
            if step != 0, slices.holds(found.series, ticket.ticket, in: columns) {
                ticket.value += step
                moved.append(ticket)
            } else {
                tickets[still] = ticket
                still += 1
            }
        }
        moved.sort { $0.precedes($1) }
        var end = tickets.count
        while let last = moved.last {
            end -= 1
            if still > 0, last.precedes(tickets[still - 1]) {
                still -= 1
                tickets[end] = tickets[still]
            } else {
                tickets[end] = moved.removeLast()
            }
        }
    }
}
