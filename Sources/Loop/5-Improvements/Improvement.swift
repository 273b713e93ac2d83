import Opportunities
import Records
import Statistics

/// One improvement, from its objective to what it left behind, through as many rounds as it takes.
///
/// It is nothing but the sum of its entries: `apply` is the one way to change it, checks what the seven steps demand, and loses
/// nothing. The version is the number of entries, so two people who write at the same time cannot overwrite one another.
public struct Improvement: Sendable, Equatable {
    public private(set) var entries: [Entry] = []
    public private(set) var title = ""
    public private(set) var text = ""
    public private(set) var origin = Change.Origin.hand
    public private(set) var kind: Change.Kind?
    public private(set) var stage: Change.Stage?
    public private(set) var owner: String?
    public private(set) var rounds: [Round] = []
    public private(set) var state = State.active
    public private(set) var watchers: [String] = []
    public private(set) var supporters: [String] = []
    /// What people said, oldest first, with what came along from those that were the same.
    public private(set) var comments: [Remark] = []
    public private(set) var effort: Effort?
    /// Hours a month that are expected of it; nil as long as nobody has said so.
    public private(set) var benefit: Estimate?
    /// The strategic goal it serves.
    public private(set) var goal: String?
    /// The number of the improvement that it is a part of.
    public private(set) var parent: Int64?
    /// Where it goes on; nil unless it was the same as another.
    public private(set) var mergedInto: Int64?
    /// Those that were the same as this one.
    public private(set) var absorbed: [Absorbed] = []
    /// Departments that waited for others, through all rounds.
    public private(set) var waits: [Wait] = []
    /// Hours that it took, through all rounds, as they were written down.
    public private(set) var spent: [TimeSpent] = []
    /// The row of somebody's register that it is, as it was read last.
    public private(set) var imported: ImportedRow?

    public enum State: Sendable, Equatable {
        case active
        case onHold(reason: String)
        case closed(reason: String)
    }

    /// Reads an improvement from its entries, oldest first.
    /// - Throws: `LifeCycleError` when an entry could not have followed those before it.
    public init(_ entries: [Entry]) throws(LifeCycleError) {
        if entries.isEmpty { throw .notOpened }
        for entry in entries { try add(entry) }
    }

    /// How many entries there are: what a writer must have seen.
    public var version: Int { entries.count }
    public var round: Round { rounds[rounds.count - 1] }

    /// What has to be there before the present step is left.
    public var missing: [Missing] { round.missing(hasOwner: owner != nil) }

    /// Adds an entry, if nobody else has added one since the writer looked.
    /// - Parameter version: What the writer saw.
    public mutating func apply(_ entry: Entry, seen version: Int) throws(LifeCycleError) {
        guard version == self.version else { throw .changedMeanwhile(version: self.version) }
        try add(entry)
    }

    // MARK: The rules

    private mutating func add(_ entry: Entry) throws(LifeCycleError) {
        var next = self
        try next.check(entry.change)
        try next.take(entry)
        next.entries.append(entry)
        self = next
    }

    /// Whether this kind of change is open at all now.
    private func check(_ change: Change) throws(LifeCycleError) {
        if case .opened = change {
            if !entries.isEmpty { throw .openedTwice }
            return
        }
        if entries.isEmpty { throw .notOpened }
        if let mergedInto { throw .merged(into: mergedInto) }
        switch change {
        case .commented, .watched, .unwatched, .supported, .unsupported, .imported, .spent: return
        case .resumed: if case .onHold = state { return } else { throw .notOnHold }
        default: break
        }
        switch state {
        case .active: return
        case .closed: throw .closed
        case .onHold: if case .closed = change { return } else { throw .onHold }
        }
    }

    private mutating func take(_ entry: Entry) throws(LifeCycleError) {
        switch entry.change {
        case .opened(let title, let origin):
            self.title = try Self.said(title)
            self.origin = origin
            rounds = [Round(number: 1)]
        case .described(let title, let text):
            self.title = try Self.said(title)
            self.text = text
        case .sorted(let kind, let stage):
            self.kind = kind
            self.stage = stage
        case .owned(let owner): self.owner = owner
        case .held(let reason): state = .onHold(reason: try Self.reason(reason))
        case .resumed: state = .active
        case .closed(let reason): state = .closed(reason: try Self.reason(reason))
        case .nextRound:
            guard round.mayGoOn else { throw .noNextRound }
            rounds.append(round.following)
        case .serves(let goal): self.goal = goal
        case .belongs(let parent): self.parent = parent
        case .imported(let row): imported = row
        case .spent(let time): spent.append(try checked(time))
        case .merged(let other):
            mergedInto = other
            state = .closed(reason: "")
        case .absorbed(let other): takeAlong(other)
        case .waiting(let wait): try take(wait)
        case .commented, .watched, .unwatched, .supported, .unsupported: try takeVoice(entry)
        case .sized(let effort, let benefit):
            if let benefit, !benefit.isOrdered { throw .outOfRange }
            self.effort = effort
            self.benefit = benefit
            weigh()
        case .rule, .chosen:
            try rounds[rounds.count - 1].take(entry, hasOwner: owner != nil)
            if case .chosen(let id) = entry.change, let choice = round.choices.first(where: { $0.id == id }) {
                effort = choice.effort ?? effort
                benefit = choice.hoursPerMonth ?? benefit
            }
            weigh()
        default: try rounds[rounds.count - 1].take(entry, hasOwner: owner != nil)
        }
    }

    /// What people say and who follows it.
    private mutating func takeVoice(_ entry: Entry) throws(LifeCycleError) {
        switch entry.change {
        case .commented(let text):
            comments.append(Remark(text: try Self.said(text), by: entry.by, at: entry.at))
        case .watched(let name): if !watchers.contains(name) { watchers.append(name) }
        case .unwatched(let name): watchers.removeAll { $0 == name }
        case .supported(let name): if !supporters.contains(name) { supporters.append(name) }
        case .unsupported(let name): supporters.removeAll { $0 == name }
        default: preconditionFailure("Only what people say comes here")
        }
    }

    private mutating func takeAlong(_ other: Absorbed) {
        absorbed.append(other)
        watchers += other.watchers.filter { !watchers.contains($0) }
        supporters += other.supporters.filter { !supporters.contains($0) }
        comments += other.comments
        comments.sort { $0.at < $1.at }
    }

    private mutating func take(_ wait: Wait) throws(LifeCycleError) {
        _ = try Self.said(wait.waitsFor)
        if let until = wait.until, until < wait.since { throw .endsBeforeItBegins }
        if let i = waits.firstIndex(where: { $0.id == wait.id }) { waits[i] = wait } else { waits.append(wait) }
    }

    /// Whether it is small enough to need nobody. What was small and has grown needs approval after all.
    private mutating func weigh() {
        guard let rule = round.rule else { return }
        let isSmall = rule.delegates(effort: effort, benefit: benefit)
        rounds[rounds.count - 1].isDelegated = isSmall
        if !isSmall, round.approval == .delegated { rounds[rounds.count - 1].approval = nil }
    }

    static func said(_ text: String) throws(LifeCycleError) -> String {
        if text.allSatisfy(\.isWhitespace) { throw .textMissing }
        return text
    }

    static func reason(_ text: String) throws(LifeCycleError) -> String {
        if text.allSatisfy(\.isWhitespace) { throw .reasonMissing }
        return text
    }
}

extension Round {
    /// Takes in what belongs to a round.
    mutating func take(_ entry: Entry, hasOwner: Bool) throws(LifeCycleError) {
        switch entry.change {
        case .objective(let objective): try change(objective, reason: "", entry)
        case .revised(let objective, let reason):
            try change(objective, reason: try Improvement.reason(reason), entry)
        case .fitness(let fitness): self.fitness = fitness
        case .cause(let cause): self.cause = try Improvement.said(cause)
        case .choice(let choice):
            _ = try Improvement.said(choice.text)
            choices.removeAll { $0.id == choice.id }
            choices.append(choice)
        case .chosen(let id):
            guard choices.contains(where: { $0.id == id }) else { throw .noSuchChoice(id) }
            chosen = id
        case .approved, .approval, .rule: try takeApproval(entry.change)
        case .planned(let plan):
            if self.plan != nil { throw .planFrozen }
            // A test that is written down after the change proves nothing.
            guard step <= .identifyOpportunities, live.isEmpty else { throw .wrongStep(step) }
            guard plan.objective.isMeasurable else { throw .notMeasurable }
            self.plan = FrozenPlan(plan, at: entry.at)
        case .action(let action):
            _ = try Improvement.said(action.text)
            if let days = action.everyDays, days < 1 { throw .outOfRange }
            if let i = actions.firstIndex(where: { $0.id == action.id }) {
                actions[i] = action
            } else {
                actions.append(action)
            }
        case .done(let id, let day):
            guard let i = actions.firstIndex(where: { $0.id == id }) else { throw .noSuchAction(id) }
            let days = doneDays[id, default: []]
            if !days.contains(day) { doneDays[id] = (days + [day]).sorted() }
            if actions[i].everyDays == nil { actions[i].doneOn = day }
        case .part(let part):
            _ = try Improvement.said(part.department)
            if let i = parts.firstIndex(where: { $0.department == part.department }) {
                parts[i] = part
            } else {
                parts.append(part)
            }
        case .roadblock(let roadblock):
            _ = try Improvement.said(roadblock.text)
            roadblocks.removeAll { $0.id == roadblock.id }
            roadblocks.append(roadblock)
        case .live(let place):
            // What is in use before the test is written down cannot be tested by it.
            guard step >= .implement else { throw .wrongStep(step) }
            live.removeAll { $0.place == place.place }
            live.append(place)
        case .acknowledged(let team):
            _ = try Improvement.said(team)
            if !acknowledged.contains(team) { acknowledged.append(team) }
        case .team, .adopted, .knows, .adoptionNeeded: try takeAdoption(entry)
        case .slipped(let slip):
            guard judgement?.verdict == .worked else { throw .wrongStep(step) }
            self.slip = slip
        case .evaluated(let judgement):
            guard step >= .implement else { throw .wrongStep(step) }
            guard let plan else { throw .noPlan }
            guard judgement.seal == plan.seal else { throw .otherPlan }
            self.judgement = judgement
        case .decided(let decision):
            guard step == .feedbackLoop else { throw .wrongStep(step) }
            self.decision = decision
        case .forward(let reason): try goForward(reason, hasOwner: hasOwner)
        case .back(let earlier, let reason):
            guard earlier < step else { throw .notEarlier(step) }
            _ = try Improvement.reason(reason)
            step = earlier
        default: preconditionFailure("A round takes only what belongs to a round")
        }
    }

    private mutating func goForward(_ reason: String?, hasOwner: Bool) throws(LifeCycleError) {
        guard let next = step.next else { throw .wrongStep(step) }
        let missing = missing(hasOwner: hasOwner)
        // Kept as what was so when the step was left, whatever it grows to later.
        if step == .identifyOpportunities, rule != nil, !isApproved, isDelegated { approval = .delegated }
        if !missing.isEmpty {
            guard let reason, !reason.allSatisfy(\.isWhitespace) else { throw .evidenceMissing(missing) }
            overrides.append(Override(step: step, missing: missing, reason: reason))
        }
        step = next
    }

    /// Whether the next round may begin once its gain has slipped: it was decided to keep it, or to go on anyway.
    public var mayBeginAnew: Bool { decision.map { $0 != .stop } ?? false }

    /// A decision to go on, or a gain that was kept and has slipped.
    var mayGoOn: Bool { decision == .extend || decision == .adjust || (decision == .keep && slip != nil) }

    private mutating func change(_ objective: Objective, reason: String, _ entry: Entry) throws(LifeCycleError) {
        _ = try Improvement.said(objective.text)
        if plan != nil, let before = self.objective, before != objective {
            goalChanges.append(
                GoalChange(at: entry.at, by: entry.by, before: before, after: objective, reason: reason))
        }
        self.objective = objective
    }
}
