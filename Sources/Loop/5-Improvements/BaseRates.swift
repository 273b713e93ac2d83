// How often improvements of a kind have worked here.
//
// “This will surely help” is said of every improvement, and about one in three does: of ideas that were tested at Microsoft a
// third made things better, a third nothing, a third worse (Kohavi et al., Online Experimentation at Microsoft, 2009). So
// what happened to earlier rounds here is counted, and shrunk towards what is known without them: a class with two rounds says
// little, one with forty says much.
//
// The shrinkage goes from wide to narrow. All rounds here start from Beta(1, 2), a third with the weight of three rounds.
// Rounds of the same type start from the rate of the others with the weight of four rounds; those that also have the same
// measure start from the rate of those of the type that have not, and so on to those that share a word of the cause. No round
// speaks twice. Each step and its counts are kept, so that every figure can be told. (Beta-binomial shrinkage: Gelman et al., Bayesian Data Analysis, 3rd ed., chapter 5; the weight of
// four is ours, set beforehand and not fitted.)
//
// Left out on purpose: rounds whose verdict was “cannot tell” or “too early”. They say something about the data, not about
// the improvement; their number is told beside the rate.

import Glibc
import Measures
import Statistics

/// A round that came to a verdict.
public struct PastRound: Sendable, Hashable {
    public var kind: Change.Kind?
    /// What was measured, whatever the kind of ticket.
    public var quantity: Quantity?
    public var causeWords: [String]
    public var worked: Bool
    /// As a share of what would have been; nil where the verdict named none.
    public var effect: Double?

    public init(kind: Change.Kind?, quantity: Quantity?, causeWords: [String], worked: Bool, effect: Double?) {
        self.kind = kind
        self.quantity = quantity
        self.causeWords = causeWords
        self.worked = worked
        self.effect = effect
    }
}

/// How often improvements of a kind worked, from wide to narrow.
public struct BaseRate: Sendable, Hashable {
    /// What is counted; each also counts what those before it ask for.
    public enum Scope: String, Sendable, Hashable, Codable { case all, sameKind, sameMeasure, sameCause }

    public struct Level: Sendable, Hashable {
        public var scope: Scope
        public var worked: Int
        public var finished: Int
        /// What it is shrunk towards.
        public var prior: Double
        /// The rate after shrinking, with its 95 % interval.
        public var rate: Estimate
        /// The median of the effects that were proven, without their sign; nil without any.
        public var medianEffect: Double?
    }

    /// From wide to narrow; the last is what counts. Levels that the improvement says nothing about are left out.
    public var levels: [Level]
    /// The chance that it works, with its 95 % interval.
    public var probability: Estimate { levels[levels.count - 1].rate }

    /// The level to tell: the narrowest with at least so many rounds, or else the widest.
    public func told(atLeast rounds: Int = 3) -> Level { levels.last { $0.finished >= rounds } ?? levels[0] }
}

/// What became of every round so far.
public struct BaseRates: Sendable, Hashable {
    public let rounds: [PastRound]
    /// Rounds whose verdict was “cannot tell”: counted in no rate.
    public let undecided: Int

    /// What is believed before anything has happened here: one in three, with the weight of three rounds.
    public static let prior = (worked: 1.0, failed: 2.0)
    /// How many rounds a wider class counts for in a narrower one.
    public static let weight = 4.0

    public init(rounds: [PastRound], undecided: Int = 0) {
        self.rounds = rounds
        self.undecided = undecided
    }

    /// From all rounds of all improvements, those that went on elsewhere included: what happened, happened.
    public init(_ improvements: [Improvement]) {
        var rounds: [PastRound] = []
        var undecided = 0
        for improvement in improvements {
            for round in improvement.rounds {
                guard let judgement = round.judgement else { continue }
                switch judgement.verdict {
                case .tooEarly: continue
                case .cannotTell: undecided += 1
                case .worked, .noDifference, .worse:
                    let objective = round.plan?.plan.objective ?? round.objective
                    rounds.append(
                        PastRound(
                            kind: improvement.kind,
                            quantity: objective?.measure.flatMap { Measure(id: $0) }?.quantity,
                            causeWords: titleWords(round.cause ?? ""), worked: judgement.verdict == .worked,
                            effect: judgement.effect?.estimate))
                }
            }
        }
        self.init(rounds: rounds, undecided: undecided)
    }

    /// The rate for an improvement of this type, measure and cause; what is nil or empty asks for nothing.
    public func rate(kind: Change.Kind?, quantity: Quantity?, cause: String = "") -> BaseRate {
        var classes: [(BaseRate.Scope, [PastRound])] = [(.all, rounds)]
        func narrow(_ scope: BaseRate.Scope, _ isAlike: (PastRound) -> Bool) {
            classes.append((scope, classes[classes.count - 1].1.filter(isAlike)))
        }
        if let kind { narrow(.sameKind) { $0.kind == kind } }
        if let quantity { narrow(.sameMeasure) { $0.quantity == quantity } }
        let words = titleWords(cause)
        if !words.isEmpty { narrow(.sameCause) { !$0.causeWords.allSatisfy { !words.contains($0) } } }

        var weight = Self.prior.worked + Self.prior.failed
        var prior = Self.prior.worked / weight
        var levels: [BaseRate.Level] = []
        for (i, (scope, own)) in classes.enumerated() {
            levels.append(level(scope, own, prior: prior, weight: weight))
            guard i + 1 < classes.count else { break }
            // What is in the narrower class speaks there, and only once.
            let narrower = classes[i + 1].1
            let worked = own.count(where: \.worked) - narrower.count(where: \.worked)
            prior = (Double(worked) + weight * prior) / (Double(own.count - narrower.count) + weight)
            weight = Self.weight
        }
        return BaseRate(levels: levels)
    }

    private func level(_ scope: BaseRate.Scope, _ rounds: [PastRound], prior: Double, weight: Double) -> BaseRate.Level
    {
        let worked = rounds.count(where: \.worked)
        let a = Double(worked) + weight * prior
        let b = Double(rounds.count - worked) + weight * (1 - prior)
        let effects = rounds.filter(\.worked).compactMap { $0.effect?.magnitude }.sorted()
        return BaseRate.Level(
            scope: scope, worked: worked, finished: rounds.count, prior: prior,
            rate: Estimate(a / (a + b), low: betaQuantile(0.025, a, b), high: betaQuantile(0.975, a, b)),
            medianEffect: effects.isEmpty
                ? nil : (effects[(effects.count - 1) / 2] + effects[effects.count / 2]) / 2)
    }
}

/// The value below which a Beta(a, b) variable lies with chance p, by halving: 60 steps are exact to the last bits.
func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
        let middle = (low + high) / 2
        if Glibc.exp(logIncompleteBeta(middle, a, b)) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
}
