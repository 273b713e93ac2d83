import Opportunities
import Records
import Statistics

/// A part of the improvement work: who does what by when.
public struct Action: Sendable, Hashable, Codable, Identifiable {
    public enum Kind: String, Sendable, Codable, CaseIterable { case training, deployment, process, communication }

    public var id: Int
    public var text: String
    public var kind: Kind
    public var owner: String
    public var department: String
    public var due: Day?
    public var doneOn: Day?
    /// It returns after so many days, as a standing check does; nil when it is done once.
    public var everyDays: Int?

    public init(
        id: Int, text: String, kind: Kind, owner: String, department: String = "", due: Day? = nil,
        doneOn: Day? = nil, everyDays: Int? = nil
    ) {
        self.id = id
        self.text = text
        self.kind = kind
        self.owner = owner
        self.department = department
        self.due = due
        self.doneOn = doneOn
        self.everyDays = everyDays
    }
}

/// A way to get there that was thought of; one of them is chosen.
public struct Choice: Sendable, Hashable, Codable, Identifiable {
    public var id: Int
    public var text: String
    /// Hours a month, as far as anyone can say.
    public var hoursPerMonth: Estimate?
    public var effort: Effort?

    public init(id: Int, text: String, hoursPerMonth: Estimate? = nil, effort: Effort? = nil) {
        self.id = id
        self.text = text
        self.hoursPerMonth = hoursPerMonth
        self.effort = effort
    }
}

/// What stands in the way, and what is done about it.
public struct Roadblock: Sendable, Hashable, Codable, Identifiable {
    public var id: Int
    public var text: String
    /// The department that is waited for; empty when it is nobody in particular.
    public var department: String
    public var since: Day
    public var response: String
    public var clearedOn: Day?

    public init(
        id: Int, text: String, department: String = "", since: Day, response: String = "", clearedOn: Day? = nil
    ) {
        self.id = id
        self.text = text
        self.department = department
        self.since = since
        self.response = response
        self.clearedOn = clearedOn
    }
}

/// Where the new way is in use, and since when.
public struct GoLive: Sendable, Hashable, Codable {
    /// The team or slice; empty is everywhere.
    public var place: String
    public var on: Day

    public init(place: String = "", on day: Day) {
        self.place = place
        on = day
    }
}

/// Whether the data can carry the test.
public struct DataFitness: Sendable, Hashable, Codable {
    /// Days of baseline with a value.
    public var days: Int
    /// The share of days without one.
    public var missing: Double
    public var lastDay: Day

    public init(days: Int, missing: Double, lastDay: Day) {
        self.days = days
        self.missing = missing
        self.lastDay = lastDay
    }

    /// Days below which a verdict can only be “cannot tell”.
    public static let daysMin = 56
    public static let missingMax = 0.2
    public var isEnough: Bool { days >= Self.daysMin && missing <= Self.missingMax }
}

/// What the evaluation said.
public struct Judgement: Sendable, Hashable, Codable {
    public enum Verdict: String, Sendable, Codable, CaseIterable {
        case worked, noDifference, worse, tooEarly, cannotTell
    }

    public var verdict: Verdict
    /// As a share of what would have been; nil where nothing can be said.
    public var effect: Estimate?
    /// What a comparison of two averages would have said.
    public var naive: Double?
    /// Guardrails not shown to be safe, and those shown to be harmed.
    public var unproven: [Guardrail]
    public var harmed: [Guardrail]
    /// The seal of the plan it followed.
    public var seal: String

    public init(
        verdict: Verdict, effect: Estimate? = nil, naive: Double? = nil, unproven: [Guardrail] = [],
        harmed: [Guardrail] = [], seal: String
    ) {
        self.verdict = verdict
        self.effect = effect
        self.naive = naive
        self.unproven = unproven
        self.harmed = harmed
        self.seal = seal
    }
}

/// What is done with the result.
public enum Decision: String, Sendable, Codable, CaseIterable { case keep, extend, adjust, stop }

/// One turn through the seven steps. The next round starts from the level this one holds.
public struct Round: Sendable, Equatable {
    public let number: Int
    public internal(set) var step = Step.defineObjectives
    public internal(set) var objective: Objective?
    public internal(set) var fitness: DataFitness?
    public internal(set) var cause: String?
    public internal(set) var choices: [Choice] = []
    public internal(set) var chosen: Int?
    public internal(set) var plan: FrozenPlan?
    /// Who approved it; nil as long as nobody has, or since it has outgrown what needs nobody.
    public internal(set) var approval: Approval?
    /// Approved without a word about the role, as it was possible before there were rules.
    var isApprovedPlainly = false
    /// The rule of approval that holds; nil when no approval is asked for.
    public internal(set) var rule: ApprovalRule?
    /// Small enough by the rule that nobody has to approve it.
    public internal(set) var isDelegated = false
    public internal(set) var actions: [Action] = []
    public internal(set) var roadblocks: [Roadblock] = []
    public internal(set) var live: [GoLive] = []
    /// Teams that say they know the new way, and work by it.
    public internal(set) var acknowledged: [String] = []
    public internal(set) var teams: [AdoptingTeam] = []
    /// The latest count of each team.
    public internal(set) var adopted: [Adoption] = []
    /// People who say so for themselves, by team, in the order in which they did.
    public internal(set) var known: [Adopter] = []
    /// The share of people that the evaluation waits for; nil when it waits for none.
    public internal(set) var adoptionNeeded: Double?
    /// What each department has to do.
    public internal(set) var parts: [Part] = []
    /// When each action was done, oldest first.
    public internal(set) var doneDays: [Int: [Day]] = [:]
    /// How the objective was changed after the test was frozen.
    public internal(set) var goalChanges: [GoalChange] = []
    public internal(set) var slip: Slip?
    public internal(set) var judgement: Judgement?
    public internal(set) var decision: Decision?
    /// Steps that were left before their evidence was there, with the reason given.
    public internal(set) var overrides: [Override] = []

    public struct Override: Sendable, Hashable, Codable {
        public var step: Step
        public var missing: [Missing]
        public var reason: String
    }

    init(number: Int) { self.number = number }

    public var isApproved: Bool { approval != nil || isApprovedPlainly }
    /// A rule asks for approval, and neither has anyone given it nor is it small enough to need nobody.
    public var needsApproval: Bool { rule != nil && !isApproved && !isDelegated }
    /// A share is asked for, and fewer work by the new way as yet.
    public var needsAdoption: Bool { adoptionNeeded.map { ($0 > 0) && (adoptionShare ?? 0) < $0 } ?? false }

    /// The round after this one: the objective is carried over, to be kept or sharpened, and so is what stays as it is: the
    /// teams, the rule of approval, and the actions that return.
    var following: Round {
        var next = Round(number: number + 1)
        next.objective = objective
        next.rule = rule
        next.isDelegated = isDelegated
        next.teams = teams
        next.adoptionNeeded = adoptionNeeded
        next.actions = actions.filter { $0.everyDays != nil }
        next.doneDays = doneDays.filter { done in next.actions.contains { $0.id == done.key } }
        return next
    }
}

/// An objective that was changed after the test was frozen: the verdict goes by the frozen one, and this stays beside it.
public struct GoalChange: Sendable, Hashable {
    public var at: Moment
    public var by: String
    public var before: Objective
    public var after: Objective
    /// Empty when none was given.
    public var reason: String
}

/// A gain that has begun to slip.
public struct Slip: Sendable, Hashable, Codable {
    /// The share of the gain that is still held.
    public var held: Estimate?
    public var on: Day

    public init(held: Estimate?, on day: Day) {
        self.held = held
        on = day
    }
}

/// The evidence that a step cannot be left without.
public enum Missing: String, Sendable, Codable, CaseIterable {
    case measurableObjective, enoughBaseline, namedCause, planWithOwner, liveSomewhere, verdict, decision
    /// Added later: a rule asks for approval; too few work by the new way.
    case approval, adoption
}

extension Round {
    /// What has to be there before the step is left; empty when it may be. Steps ask for their own evidence only.
    public func missing(hasOwner: Bool) -> [Missing] {
        switch step {
        case .defineObjectives: objective?.isMeasurable == true ? [] : [.measurableObjective]
        case .collectData: fitness?.isEnough == true ? [] : [.enoughBaseline]
        case .analysePerformance: cause == nil ? [.namedCause] : []
        case .identifyOpportunities:
            (plan != nil && hasOwner ? [] : [.planWithOwner]) + (needsApproval ? [.approval] : [])
        case .implement:
            (live.isEmpty ? [.liveSomewhere] : []) + (needsApproval ? [.approval] : [])
                + (needsAdoption ? [.adoption] : [])
        case .evaluate: judgement.map { $0.verdict != .tooEarly } == true ? [] : [.verdict]
        case .feedbackLoop: decision == nil ? [.decision] : []
        }
    }
}
