import Records
import Statistics

/// A prediction whose ticket has ended.
public struct SettledPrediction: Sendable, Hashable {
    public var asOf: Moment
    public var settledAt: Moment
    public var hours: Estimate
    public var chance: Double?
    /// It was past its target already when this was said: its chance was no prediction.
    public var wasMissed: Bool
    public var naive: Double
    /// Hours it took from `asOf`.
    public var taken: Double
    public var missed: Bool?

    public init(
        asOf: Moment, settledAt: Moment, hours: Estimate, chance: Double?, wasMissed: Bool, naive: Double,
        taken: Double, missed: Bool?
    ) {
        self.asOf = asOf
        self.settledAt = settledAt
        self.hours = hours
        self.chance = chance
        self.wasMissed = wasMissed
        self.naive = naive
        self.taken = taken
        self.missed = missed
    }

    public var isInRange: Bool { taken >= hours.low && taken <= hours.high }
}

/// How right predictions of tickets have been, over some of them.
public struct PredictionScore: Sendable, Hashable {
    public var count: Int
    /// Mean absolute errors in hours: of what was said, and of the median of all tickets in its place.
    public var error: Double
    public var naiveError: Double
    /// How many ended within their range; the share should be 80 %.
    public var inRange: Int
    public var range: Estimate?
    /// Chances that could be judged; how many targets were missed, and how many were expected to be.
    public var judged: Int
    public var missed: Int
    public var expected: Double

    /// - Returns: Nil for none.
    public init?(_ settled: [SettledPrediction]) {
        guard !settled.isEmpty else { return nil }
        count = settled.count
        error = mean(settled.map { ($0.taken - $0.hours.estimate).magnitude }) ?? 0
        naiveError = mean(settled.map { ($0.taken - $0.naive).magnitude }) ?? 0
        inRange = settled.count(where: \.isInRange)
        range = shareEstimate(inRange, of: settled.count)
        let told = settled.filter { $0.chance != nil && $0.missed != nil && !$0.wasMissed }
        judged = told.count
        missed = told.count { $0.missed == true }
        expected = sum(told.compactMap(\.chance))
    }
}

/// Chances of about the same height, and how many of them came.
public struct CalibrationStep: Sendable, Hashable {
    /// The mean of the chances that were said.
    public var said: Double
    public var count: Int
    public var came: Int
    /// The share that came, 95 %.
    public var share: Estimate?
}

/// The whole card: over all, by month of ending, and said against come.
public struct PredictionCard: Sendable, Hashable {
    public var all: PredictionScore?
    /// The oldest first.
    public var months: [Month]
    /// In tenths of the chance; those that nobody said are left out.
    public var steps: [CalibrationStep]
    /// The mean distance of said and come over the tenths, weighted by how many there were; nil where none was judged.
    public var calibrationError: Double?

    public struct Month: Sendable, Hashable {
        public var first: Day
        public var score: PredictionScore
    }

    public init(_ settled: [SettledPrediction], zone: Zone) {
        all = PredictionScore(settled)
        months = Dictionary(grouping: settled) { zone.day(of: $0.settledAt).startOfMonth }
            .sorted { $0.key < $1.key }
            .compactMap { first, own in PredictionScore(own).map { Month(first: first, score: $0) } }
        let told = settled.filter { $0.chance != nil && $0.missed != nil && !$0.wasMissed }
        var steps: [CalibrationStep] = []
        for tenth in 0..<10 {
            let own = told.filter { min(9, Int(($0.chance ?? 0) * 10)) == tenth }
            guard let said = mean(own.compactMap(\.chance)) else { continue }
            let came = own.count { $0.missed == true }
            steps.append(
                CalibrationStep(said: said, count: own.count, came: came, share: shareEstimate(came, of: own.count)))
        }
        self.steps = steps
        if !told.isEmpty {
            calibrationError =
                sum(steps.map { (Double($0.came) - $0.said * Double($0.count)).magnitude }) / Double(told.count)
        }
    }

    /// For the score-card of everything that was foreseen: ranges of hours that held.
    public var ranges: Score {
        Score(
            source: .ticketHours, came: all?.inRange ?? 0, didNotCome: (all?.count ?? 0) - (all?.inRange ?? 0),
            cannotTell: 0, open: 0, share: all?.range)
    }
}
