import Foundation
import Records

/// What is true of a sample organisation: what an analysis should find, and what a verdict should say.
public struct Truth: Sendable, Equatable {
    public var story: Story
    public var seed: UInt64
    public var days: Period
    /// What went wrong by itself.
    public var troubles: [TrueEffect] = []
    /// What the improvements did, each in its own part of the world.
    public var gains: [TrueEffect] = []
    public var rounds: [TrueRound] = []
    /// Categories of complaints, the most frequent first, over the time before the first improvement.
    public var pareto: [String] = []

    public init(story: Story, seed: UInt64, days: Period) {
        self.story = story
        self.seed = seed
        self.days = days
    }
}

/// A factor on a measure of a slice, from a day on.
public struct TrueEffect: Sendable, Equatable {
    /// The measure's name, such as `requests.timeToRespond`; `readings.…` for what devices report.
    public var measure: String
    public var slice: Slice
    /// The first day.
    public var from: Day
    /// Days until it is there in full; 0 is at once.
    public var over: Int
    /// 0.8 is a fifth less.
    public var factor: Double
    public var erosion: Erosion?

    /// A gain that gets lost along a line of the logarithm.
    public struct Erosion: Sendable, Equatable {
        public var from: Day
        public var over: Int
        /// The factor that is left in the end.
        public var left: Double
        /// When the full factor is there again, by a later round; nil for never.
        public var mendedOn: Day?

        public init(from: Day, over: Int, left: Double, mendedOn: Day? = nil) {
            self.from = from
            self.over = over
            self.left = left
            self.mendedOn = mendedOn
        }
    }

    /// The logarithm of the factor on a day.
    public func logFactor(on day: Day) -> Double {
        guard day >= from else { return 0 }
        let full = logarithm(factor)
        if let erosion, day >= erosion.from, erosion.mendedOn.map({ day < $0 }) ?? true {
            let share = min(1, Double(day - erosion.from) / Double(max(1, erosion.over)))
            return full + share * (logarithm(erosion.left) - full)
        }
        return over == 0 ? full : full * min(1, Double(day - from + 1) / Double(over))
    }
}

/// One round of an improvement of the story.
public struct TrueRound: Sendable, Equatable {
    /// The improvement it belongs to, by a short name.
    public var improvement: String
    public var number: Int
    public var measure: String
    public var slice: Slice
    /// Lower is better unless it is a share of what went well.
    public var wantsLower = true
    /// Where it began when; one place without a name is everywhere.
    public var live: [(place: String, on: Day)] { places.map { ($0.name, $0.on) } }
    public var places: [Place]
    /// Places that it has not come to, to compare with.
    public var untouched: [String] = []
    /// The dimension of the places.
    public var dimension: Records.Dimension?
    public var weeks: Int
    /// The first day of the baseline.
    public var baselineFrom: Day
    /// What it did to the measure of the slice, where it had begun.
    public var factor: Double
    /// The first day on which the gain gets lost; nil when it holds to the end.
    public var slipsFrom: Day?
    /// Measures that were harmed.
    public var harmed: [String] = []

    public struct Place: Sendable, Equatable {
        public var name: String
        public var on: Day

        public init(_ name: String = "", on day: Day) {
            self.name = name
            on = day
        }
    }

    public var firstDay: Day { places.map(\.on).min() ?? baselineFrom }
    public var lastStart: Day { places.map(\.on).max() ?? baselineFrom }
    /// The last day of its review.
    public var reviewLast: Day { lastStart + (7 * weeks - 1) }
}

// MARK: As a document

extension Truth {
    /// JSON with sorted keys, days as `2024-04-15` and slices as addresses.
    public var document: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(Document(self)) else {
            preconditionFailure("A truth is made of texts and finite numbers")
        }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }

    private struct Document: Encodable {
        var schema = "ratchet.truth/1"
        var story: String
        var seed: UInt64
        var firstDay: String
        var lastDay: String
        var troubles: [Effect]
        var gains: [Effect]
        var rounds: [Round]
        var complaintsByFrequency: [String]

        init(_ truth: Truth) {
            story = truth.story.rawValue
            seed = truth.seed
            firstDay = truth.days.first.description
            lastDay = truth.days.last.description
            troubles = truth.troubles.map(Effect.init)
            gains = truth.gains.map(Effect.init)
            rounds = truth.rounds.map(Round.init)
            complaintsByFrequency = truth.pareto
        }
    }

    private struct Effect: Encodable {
        var measure: String
        var slice: [String: String]
        var from: String
        var factor: Double
        var erodesFrom: String?
        var left: Double?

        init(_ effect: TrueEffect) {
            measure = effect.measure
            slice = parts(effect.slice)
            from = effect.from.description
            factor = effect.factor
            erodesFrom = effect.erosion?.from.description
            left = effect.erosion?.left
        }
    }

    private struct Round: Encodable {
        var improvement: String
        var number: Int
        var measure: String
        var slice: [String: String]
        var live: [[String: String]]
        var untouched: [String]
        var reviewLast: String
        var factor: Double
        var slipsFrom: String?
        var harmed: [String]

        init(_ round: TrueRound) {
            improvement = round.improvement
            number = round.number
            measure = round.measure
            slice = parts(round.slice)
            live = round.places.map { ["place": $0.name, "on": $0.on.description] }
            untouched = round.untouched
            reviewLast = round.reviewLast.description
            factor = round.factor
            slipsFrom = round.slipsFrom?.description
            harmed = round.harmed
        }
    }
}

private func parts(_ slice: Slice) -> [String: String] {
    Dictionary(uniqueKeysWithValues: slice.parts.map { ($0.dimension.rawValue, $0.value) })
}
