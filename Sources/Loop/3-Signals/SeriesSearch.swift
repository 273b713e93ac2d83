import Measures
import Records
import Statistics

/// What the search of daily series has found over all turns, and how much of the promised rate it has used.
public struct SeriesSearch: Sendable, Equatable, Codable {
    /// Found in this turn or in an earlier one.
    public var signals: [Signal]
    public var discoveries: TurnDiscoveries
    /// Changes to tickets and to other records that were there at the latest search, as the store counts them, together.
    public var changesSeen: Int64
    /// The last day of the data at the latest search.
    public var lastDay: Day
    /// Tests of the latest search.
    public var tested: Int

    /// The false discovery rate promised over all turns.
    public static let rate = 0.05
    /// Two dates of the same finding may differ by this: new data move a date a little.
    private static let daysApartMax = 14

    public init(
        signals: [Signal] = [], discoveries: TurnDiscoveries = TurnDiscoveries(level: rate), changesSeen: Int64 = 0,
        lastDay: Day, tested: Int = 0
    ) {
        self.signals = signals
        self.discoveries = discoveries
        self.changesSeen = changesSeen
        self.lastDay = lastDay
        self.tested = tested
    }

    /// How many of the findings are expected to be false at most.
    public var expectedFalse: Double { discoveries.level * Double(discoveries.discoveries) }

    /// Searches the series anew: what was found before stays and gets today's figures, what is new is decided upon.
    ///
    /// Pure. The order of the series decides nothing but which of two equal findings is told.
    /// - Parameter directions: Which way is worse, where it is not as the measure says.
    public mutating func turn(_ all: [DailySeries], directions: [Measure.ID: Direction] = [:]) {
        var chances: [Double] = []
        var open: [(place: Int, candidate: SeriesCandidate)] = []
        for series in all {
            let look = SeriesLook(series, direction: directions[series.measure.id] ?? series.measure.direction)
            for candidates in [look.shifts, look.spike.map { [$0] } ?? []] {
                let new = candidates.filter { !refresh($0.signal) && !isTold($0.signal, among: signals) }
                // A question that found nothing was asked all the same.
                if new.isEmpty { chances.append(1) }
                for candidate in new {
                    open.append((chances.count, candidate))
                    chances.append(candidate.chance)
                }
            }
        }
        tested = chances.count
        if chances.isEmpty { return }
        let rates = discoveryRates(chances)
        let found = discoveries.decide(chances)
        // The strongest first, so that it is the one that is told.
        let made = open.filter { found[$0.place] }.sorted {
            ($0.candidate.chance, $0.place) < ($1.candidate.chance, $1.place)
        }
        for (place, candidate) in made where !isTold(candidate.signal, among: signals) {
            var signal = candidate.signal
            signal.q = min(1, rates[place])
            signal.id = newID(signal)
            signals.append(signal)
        }
    }

    /// Gives a finding that was made before today's figures; its name and its q stay.
    private mutating func refresh(_ seen: Signal) -> Bool {
        guard
            let i = signals.firstIndex(where: {
                $0.kind == seen.kind && $0.measure == seen.measure && $0.slice == seen.slice
                    && Self.datesAgree($0, seen)
            })
        else { return false }
        var signal = seen
        (signal.id, signal.q) = (signals[i].id, signals[i].q)
        signals[i] = signal
        return true
    }

    /// Whether a finding about a part, or about the whole, says the same at the same time.
    private func isTold(_ signal: Signal, among signals: [Signal]) -> Bool {
        signals.contains {
            $0.kind == signal.kind && $0.measure == signal.measure && $0.rose == signal.rose
                && ($0.slice.holds(signal.slice) || signal.slice.holds($0.slice)) && Self.datesAgree($0, signal)
        }
    }

    private static func datesAgree(_ a: Signal, _ b: Signal) -> Bool {
        if a.kind == .spike { return a.at == b.at }
        return a.atEarliest - daysApartMax <= b.atLatest && b.atEarliest - daysApartMax <= a.atLatest
    }

    private func newID(_ signal: Signal) -> String {
        let taken = Set(signals.map(\.id))
        var ordinal = 0
        while true {
            let id = identity(kind: signal.kind, measure: signal.measure, slice: signal.slice, ordinal: ordinal)
            if !taken.contains(id) { return id }
            ordinal += 1
        }
    }
}

extension Signal {
    /// Whether the figure went up, whatever that means.
    fileprivate var rose: Bool { after.estimate > before.estimate }
}
