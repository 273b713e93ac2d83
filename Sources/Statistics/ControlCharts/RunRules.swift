/// The run rules: patterns that a process without change shows rarely. Nelson (1984, J. Quality Technology 16:237–239);
/// `eightOnOneSide` is Western Electric's (1956).
public enum RunRule: String, Sendable, CaseIterable {
    case beyondThree, nineOnOneSide, eightOnOneSide, sixInARow, fourteenAlternating, twoOfThreeBeyondTwo,
        fourOfFiveBeyondOne, fifteenWithinOne, eightBeyondOne

    /// Western Electric's four.
    public static let westernElectric: [RunRule] = [
        .beyondThree, .twoOfThreeBeyondTwo, .fourOfFiveBeyondOne, .eightOnOneSide,
    ]
    /// Nelson's eight.
    public static let nelson: [RunRule] = [
        .beyondThree, .nineOnOneSide, .sixInARow, .fourteenAlternating, .twoOfThreeBeyondTwo, .fourOfFiveBeyondOne,
        .fifteenWithinOne, .eightBeyondOne,
    ]
    /// Beyond a limit, or eight on one side: few false alarms, and small lasting shifts are found.
    public static let standard: [RunRule] = [.beyondThree, .eightOnOneSide]
}

/// A rule that fired, at the point that completed the pattern.
public struct RunSignal: Sendable, Equatable {
    public var point: Int
    public var rule: RunRule
}

/// Every point at which a rule's pattern is complete. A missing point breaks runs; a new phase starts them afresh. O(n).
public func runSignals(_ scores: [Double], rules: [RunRule], phases: [Int] = []) -> [RunSignal] {
    let starts = Set(phases)
    var watch = RunWatch()
    var out: [RunSignal] = []
    for t in scores.indices {
        if starts.contains(t) { watch = RunWatch() }
        watch.add(scores[t])
        for rule in rules where watch.fires(rule) { out.append(RunSignal(point: t, rule: rule)) }
    }
    return out
}

/// The state that all rules need, a point at a time.
public struct RunWatch: Sendable {
    private var score = Double.nan
    private var side = 0
    private var onSide = 0
    private var direction = 0
    private var trending = 0
    private var alternating = 0
    private var within = 0
    private var beyond = 0
    /// Bits of the last points beyond two or one sigma, the newest lowest.
    private var aboveTwo: UInt8 = 0
    private var belowTwo: UInt8 = 0
    private var aboveOne: UInt8 = 0
    private var belowOne: UInt8 = 0

    public init() {}

    public mutating func add(_ z: Double) {
        guard !z.isNaN else {
            self = RunWatch()
            return
        }
        let newSide = z > 0 ? 1 : z < 0 ? -1 : 0
        onSide = newSide == 0 ? 0 : newSide == side ? onSide + 1 : 1
        side = newSide
        let newDirection = score.isNaN ? 0 : z > score ? 1 : z < score ? -1 : 0
        // Points count, not steps: two points are one step.
        trending = newDirection == 0 ? 1 : newDirection == direction ? trending + 1 : 2
        alternating = newDirection == 0 ? 1 : newDirection == -direction ? alternating + 1 : 2
        direction = newDirection
        within = z.magnitude < 1 ? within + 1 : 0
        beyond = z.magnitude > 1 ? beyond + 1 : 0
        aboveTwo = aboveTwo << 1 | (z > 2 ? 1 : 0)
        belowTwo = belowTwo << 1 | (z < -2 ? 1 : 0)
        aboveOne = aboveOne << 1 | (z > 1 ? 1 : 0)
        belowOne = belowOne << 1 | (z < -1 ? 1 : 0)
        score = z
    }

    /// Whether the newest point completes the rule's pattern.
    public func fires(_ rule: RunRule) -> Bool {
        switch rule {
        case .beyondThree: return score.magnitude > 3
        case .nineOnOneSide: return onSide >= 9
        case .eightOnOneSide: return onSide >= 8
        case .sixInARow: return trending >= 6
        case .fourteenAlternating: return alternating >= 14
        case .twoOfThreeBeyondTwo: return Self.has(2, of: 3, aboveTwo) || Self.has(2, of: 3, belowTwo)
        case .fourOfFiveBeyondOne: return Self.has(4, of: 5, aboveOne) || Self.has(4, of: 5, belowOne)
        case .fifteenWithinOne: return within >= 15
        case .eightBeyondOne: return beyond >= 8
        }
    }

    /// Enough of the last points, the newest among them.
    private static func has(_ enough: Int, of last: UInt8, _ bits: UInt8) -> Bool {
        bits & 1 == 1 && (bits & ((1 << last) - 1)).nonzeroBitCount >= enough
    }
}
