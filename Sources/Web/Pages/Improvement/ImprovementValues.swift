import Evaluations
import Gains
import Improvements
import Languages
import Measures
import Opportunities
import People
import Records
import Store

/// One improvement as its page shows it.
struct ImprovementValues: Sendable {
    var id: Int64
    var improvement: Improvement
    var zone: Zone
    /// By the organisation's clock.
    var today: Day
    var reader: Reader
    /// Where it came from, as long as that is still found.
    var opportunity: Opportunity?
    var suggestion: Suggestion?
    /// What a form offers: measures that the data can answer, parts to measure, people.
    var measures: [Measure] = []
    var slices: [(dimension: Dimension, values: [String])] = []
    var people: [String] = []
    /// Parts of the same kind as the objective's, which may be compared with; measures that may be watched.
    var controls: [Slice] = []
    var guardrails: [Measure] = []
    /// What could be proven, from the data as they are.
    var prospect: Prospect?
    var baseline: SeriesChart?
    /// The round that is judged or about to be: the latest with a plan that is in use.
    var judged: Round?
    var evaluation: Result<RoundEvaluation, Unjudged>?
    var effect: EffectChart?
    var watch: Result<GainWatch, Unwatched>?
    /// What an hour costs; nil where it was never said.
    var rate: Double?
    var currency = ""
    var draft: Draft?
    /// The others, for what it may be a part of; and its own parts.
    var others: [(id: Int64, title: String)] = []
    var parts: [KeptImprovement] = []
    var goals: [String] = []
    var departments: [String] = []
    var thanks: [Thanks] = []
    var thanksForm: ThanksForm?
    /// Whose department stands in a line of hours unless they say otherwise.
    var department = ""

    struct Reader: Sendable {
        var name: String
        var role: Role

        func may(_ deed: Deed) -> Bool { role.may(deed.permission) }
    }

    /// What a test could prove before it is frozen.
    struct Prospect: Sendable {
        /// Shown for these weeks.
        var weeks: Int
        /// As a share of the baseline; nil where the data cannot say.
        var effect: Double?
        /// Effects, as shares, and the whole weeks that would prove each; nil where two years would not.
        var needed: [(effect: Double, weeks: Int?)]
        var baseline: Period
    }

    var round: Round { improvement.round }
    var address: String { "/improvements/\(id)" }
}

/// What is to be done now: one sentence, and the one form that does it.
struct NextMove: Equatable, Sendable {
    /// Nil where nothing is left to be done.
    var deed: Deed?
    var sentence: ImprovementPhrase

    init(_ deed: Deed?, _ sentence: ImprovementPhrase) {
        self.deed = deed
        self.sentence = sentence
    }

    init(of one: Improvement) {
        switch one.state {
        case .closed: self.init(nil, .nextClosed)
        case .onHold: self.init(.resume, .nextHeld)
        case .active: self = NextMove.active(one)
        }
    }

    private static func active(_ one: Improvement) -> NextMove {
        let round = one.round
        switch round.step {
        case .defineObjectives:
            return one.missing.isEmpty ? go : NextMove(.objective, .nextObjective)
        case .collectData:
            if one.missing.isEmpty { return go }
            return NextMove(.data, round.fitness == nil ? .nextData : .nextDataNotEnough)
        case .analysePerformance:
            return one.missing.isEmpty ? go : NextMove(.cause, .nextCause)
        case .identifyOpportunities:
            if round.choices.isEmpty, round.plan == nil { return NextMove(.choice, .nextChoice) }
            if round.chosen == nil, round.plan == nil { return NextMove(.chosen, .nextChosen) }
            if round.plan == nil {
                return round.objective?.isMeasurable == true
                    ? NextMove(.plan, .nextPlan) : NextMove(.override, .nextNotMeasurable)
            }
            if one.owner == nil { return NextMove(.owner, .nextOwner) }
            return round.needsApproval ? NextMove(.approve, .nextApprove) : go
        case .implement:
            if !round.live.isEmpty {
                if round.needsApproval { return NextMove(.approve, .nextApprove) }
                return round.needsAdoption ? NextMove(.adopted, .nextAdoption) : go
            }
            return round.actions.isEmpty ? NextMove(.action, .nextAction) : NextMove(.live, .nextLive)
        case .evaluate:
            if one.missing.isEmpty { return go }
            return round.plan == nil ? NextMove(.override, .nextNoPlan) : NextMove(.evaluate, .nextEvaluate)
        case .feedbackLoop:
            switch round.decision {
            case nil: return NextMove(.decide, .nextDecide)
            case .extend, .adjust: return NextMove(.round, .nextRoundBegins)
            case .keep: return NextMove(.close, .nextKeep)
            case .stop: return NextMove(.close, .nextStop)
            }
        }
    }

    private static var go: NextMove { NextMove(.forward, .nextForward) }
}
