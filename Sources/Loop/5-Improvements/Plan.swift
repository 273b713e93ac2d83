import CSodium
import Foundation
import Measures
import Records

/// What an improvement is to reach, so that it can be told whether it did.
public struct Objective: Sendable, Hashable, Codable {
    /// In people's own words.
    public var text: String
    /// Nil as long as nobody has said how it would show.
    public var measure: Measure.ID?
    public var slice: Slice
    public var wanted: Direction
    /// In the measure's unit; nil when any improvement would do.
    public var target: Double?
    public var by: Day?
    /// The strategic goal it serves.
    public var goal: String?

    /// Which way is better.
    public enum Direction: String, Sendable, Codable { case lower, higher }

    public init(
        text: String, measure: Measure.ID? = nil, slice: Slice = .everything, wanted: Direction = .lower,
        target: Double? = nil, by: Day? = nil, goal: String? = nil
    ) {
        self.text = text
        self.measure = measure
        self.slice = slice
        self.wanted = wanted
        self.target = target
        self.by = by
        self.goal = goal
    }

    /// It says what will be measured, in measures that exist.
    public var isMeasurable: Bool { measure.flatMap { Measure(id: $0) } != nil }
}

/// A measure that must not get worse while another gets better.
public struct Guardrail: Sendable, Hashable, Codable {
    public var measure: Measure.ID
    public var slice: Slice
    /// How much worse is still no harm, as a share of the level before: 0.02 is two per cent.
    public var margin: Double

    public init(measure: Measure.ID, slice: Slice = .everything, margin: Double = 0.02) {
        self.measure = measure
        self.slice = slice
        self.margin = margin
    }
}

/// How the effect is expected to come.
public enum ExpectedShape: String, Sendable, Codable, CaseIterable {
    /// At once, as when a switch is turned.
    case step
    /// Along a line over some days, as people learn.
    case ramp
    /// Gradually, in a form nobody knows.
    case gradual
}

/// The test, decided before the change: what will be measured, over which days, how, and what counts as an effect.
///
/// It is frozen when the improvement starts. Changing the objective later changes nothing here: the original stays beside it.
public struct Plan: Sendable, Hashable, Codable {
    public var objective: Objective
    public var guardrails: [Guardrail]
    /// The days that the new level is compared with.
    public var baseline: Period
    /// Whole weeks of days after the start that the verdict looks at.
    public var weeks: Int
    public var shape: ExpectedShape
    /// The least effect worth having, as a share of the baseline.
    public var leastEffect: Double
    /// The smallest effect that could be proven in those weeks, as a share of the baseline; nil where the data cannot say.
    public var provableEffect: Double?
    /// Measures or slices that are not touched, to compare with.
    public var controls: [Slice]
    /// It was begun because things were at their worst: part of that comes back by itself.
    public var followsBadSpell: Bool
    /// The method and its version.
    public var method: String

    public init(
        objective: Objective, guardrails: [Guardrail] = [], baseline: Period, weeks: Int, shape: ExpectedShape = .step,
        leastEffect: Double, provableEffect: Double? = nil, controls: [Slice] = [], followsBadSpell: Bool = false,
        method: String
    ) {
        self.objective = objective
        self.guardrails = guardrails
        self.baseline = baseline
        self.weeks = weeks
        self.shape = shape
        self.leastEffect = leastEffect
        self.provableEffect = provableEffect
        self.controls = controls
        self.followsBadSpell = followsBadSpell
        self.method = method
    }

    /// The SHA-256 of the plan in JSON with sorted keys, in hexadecimal: the same plan has the same seal on every machine.
    public var seal: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(self) else {
            preconditionFailure("A plan is made of texts and finite numbers")
        }
        var digest = [UInt8](repeating: 0, count: 32)
        let message = [UInt8](bytes)
        let failed = unsafe crypto_hash_sha256(&digest, message, UInt64(message.count))
        precondition(failed == 0, "A hash has no way to fail")
        return digest.map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }
}

/// A plan as it was when the improvement started.
public struct FrozenPlan: Sendable, Hashable, Codable {
    public let plan: Plan
    public let seal: String
    public let frozenAt: Moment

    public init(_ plan: Plan, at moment: Moment) {
        self.plan = plan
        seal = plan.seal
        frozenAt = moment
    }

    /// Whether the plan still is what was sealed.
    public var isIntact: Bool { plan.seal == seal }
}
