import Records

/// What the answers, readings or suggestions of one slice add up to on one day.
///
/// Answers on the scale from 0 to 10 make the net promoter score and nothing else; all others make the satisfaction. Scales
/// are never mixed: what is added up is where an answer stands on its own scale, from 0 to 1.
public struct ValueTotals: Sendable, Hashable {
    /// Who was asked, answered or not; of readings and suggestions, how many there are.
    public var asked: Int64 = 0
    /// Values in `sum` and `squares`: places on a scale, or readings in their own unit.
    public var count: Int64 = 0
    public var sum = 0.0
    public var squares = 0.0
    /// Answers from 0 to 10, and of those the ones from 9 up and from 6 down.
    public var rated: Int64 = 0
    public var promoters: Int64 = 0
    public var detractors: Int64 = 0

    public init() {}

    public init(
        asked: Int64, count: Int64, sum: Double, squares: Double, rated: Int64 = 0, promoters: Int64 = 0,
        detractors: Int64 = 0
    ) {
        self.asked = asked
        self.count = count
        self.sum = sum
        self.squares = squares
        self.rated = rated
        self.promoters = promoters
        self.detractors = detractors
    }

    /// What one reading adds.
    public init(reading value: Double) { self.init(asked: 1, count: 1, sum: value, squares: value * value) }

    /// What one suggestion adds.
    public static let suggestion = ValueTotals(asked: 1, count: 0, sum: 0, squares: 0)

    /// What one answer adds.
    public init(_ answer: SurveyAnswer) {
        asked = 1
        guard let score = answer.score else { return }
        if answer.isPromoterScale {
            rated = 1
            promoters = score >= 9 ? 1 : 0
            detractors = score <= 6 ? 1 : 0
        } else if let share = answer.share {
            (count, sum, squares) = (1, share, share * share)
        }
    }

    /// Those who gave a score.
    public var answered: Int64 { count + rated }
    public var isEmpty: Bool { self == ValueTotals() }
    public var mean: Double? { count > 0 ? sum / Double(count) : nil }
    /// Promoters less detractors, in points from −100 to 100.
    public var promoterScore: Double? {
        rated > 0 ? 100 * Double(promoters - detractors) / Double(rated) : nil
    }

    /// The standard deviation of the values about their mean; nil for fewer than two.
    public var deviation: Double? {
        guard count > 1, let mean else { return nil }
        return (max(0, squares - Double(count) * mean * mean) / Double(count - 1)).squareRoot()
    }

    public mutating func add(_ other: ValueTotals, sign: Int64 = 1) {
        asked += sign * other.asked
        count += sign * other.count
        sum += Double(sign) * other.sum
        squares += Double(sign) * other.squares
        rated += sign * other.rated
        promoters += sign * other.promoters
        detractors += sign * other.detractors
    }

    /// How many records a measure rests on.
    public func number(_ quantity: Quantity) -> Int64 {
        switch quantity {
        case .satisfaction, .mean: count
        case .nps: rated
        case .answers: answered
        default: asked
        }
    }

    /// The value of a quantity over some days; nil for a mean of nothing.
    func figure(_ quantity: Quantity, days: Int) -> Figure? {
        let number = Int(number(quantity))
        switch quantity {
        case .satisfaction, .mean: return mean.map { Figure(value: $0, count: number) }
        case .nps: return promoterScore.map { Figure(value: $0, count: number) }
        default: return Figure(value: Double(number) / Double(days), count: number)
        }
    }
}

extension Rollup {
    /// Adds values to a day.
    public mutating func add(_ values: ValueTotals, on day: Day) {
        var totals = DayTotals()
        totals.values = values
        add(totals, on: day)
    }
}
