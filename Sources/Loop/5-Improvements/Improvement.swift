import Records

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
        switch change {
        case .commented, .watched, .unwatched: return
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
        case .commented(let text): _ = try Self.said(text)
        case .watched(let name): if !watchers.contains(name) { watchers.append(name) }
        case .unwatched(let name): watchers.removeAll { $0 == name }
        case .held(let reason): state = .onHold(reason: try Self.reason(reason))
        case .resumed: state = .active
        case .closed(let reason): state = .closed(reason: try Self.reason(reason))
        case .nextRound:
            guard let decision = round.decision, decision == .extend || decision == .adjust else { throw .noNextRound }
            var next = Round(number: rounds.count + 1)
            // The objective is carried over, to be kept or sharpened.
            next.objective = round.objective
            rounds.append(next)
        default: try rounds[rounds.count - 1].take(entry, hasOwner: owner != nil)
        }
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
        case .objective(let objective):
            _ = try Improvement.said(objective.text)
            self.objective = objective
        case .fitness(let fitness): self.fitness = fitness
        case .cause(let cause): self.cause = try Improvement.said(cause)
        case .choice(let choice):
            _ = try Improvement.said(choice.text)
            choices.removeAll { $0.id == choice.id }
            choices.append(choice)
        case .chosen(let id):
            guard choices.contains(where: { $0.id == id }) else { throw .noSuchChoice(id) }
            chosen = id
        case .approved: isApproved = true
        case .planned(let plan):
            if self.plan != nil { throw .planFrozen }
            // A test that is written down after the change proves nothing.
            guard step <= .identifyOpportunities, live.isEmpty else { throw .wrongStep(step) }
            guard plan.objective.isMeasurable else { throw .notMeasurable }
            self.plan = FrozenPlan(plan, at: entry.at)
        case .action(let action):
            _ = try Improvement.said(action.text)
            actions.removeAll { $0.id == action.id }
            actions.append(action)
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
        if !missing.isEmpty {
            guard let reason, !reason.allSatisfy(\.isWhitespace) else { throw .evidenceMissing(missing) }
            overrides.append(Override(step: step, missing: missing, reason: reason))
        }
        step = next
    }
}
