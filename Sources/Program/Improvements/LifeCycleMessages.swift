import Improvements

extension LifeCycleError {
    /// What is wrong and what to do, as the command line tells it.
    var message: String {
        switch self {
        case .notOpened: "an improvement begins with being opened"
        case .openedTwice: "this improvement is open already"
        case .closed: "this improvement is closed; only comments can be added"
        case .onHold: "this improvement is on hold; ‘ratchet improvement resume’ takes it up again"
        case .notOnHold: "this improvement is not on hold"
        case .changedMeanwhile(let version):
            "someone else has changed it meanwhile (it has \(version) entries now); look at it again"
        case .evidenceMissing(let missing):
            "the step cannot be left yet: \(missing.map(\.told).joined(separator: "; ")); bring that, or give --reason"
        case .reasonMissing: "a reason is needed"
        case .textMissing: "a text is needed"
        case .notEarlier(let step): "step \(step.rawValue) (\(step.told)) is not an earlier one"
        case .noSuchChoice(let id): "there is no choice \(id)"
        case .planFrozen: "the plan of this round is frozen; another one belongs to the next round"
        case .noPlan: "there is no frozen plan to judge by; what was not planned before it started cannot be proven now"
        case .notMeasurable: "the objective names no measure; give --measure"
        case .otherPlan: "this verdict follows another plan than the frozen one"
        case .wrongStep(let step): "that does not belong to step \(step.rawValue) (\(step.told))"
        case .noNextRound:
            "another round follows a decision to extend or to adjust, or a gain that was kept and has slipped"
        case .merged(let other): "this improvement goes on in improvement \(other); write there"
        case .mergeTakesTwo: "a merge needs two improvements; ‘ratchet improvement merge N --into M’ writes to both"
        case .noSuchAction(let id): "there is no action \(id) in this round; see ‘ratchet improvement show N --json’"
        case .noSuchParent(let number): "there is no improvement \(number) that this could be a part of"
        case .ownAncestor(let number): "improvement \(number) is a part of this one; it cannot hold it too"
        case .roleMayNotApprove(let role):
            role.isEmpty
                ? "the rule of approval asks for a role; say who approves with ‘ratchet improvement approve N --as ROLE’"
                : "a \(role) may not approve this by its rule; see ‘ratchet improvement show N --json’"
        case .outOfRange: "a number is out of range: shares are 0 to 1, people and days are not below 0, low ≤ high"
        case .endsBeforeItBegins: "it ends before it begins; check the two days"
        }
    }
}

extension Missing {
    /// What has to be there.
    var told: String {
        switch self {
        case .measurableObjective: "an objective that names a measure"
        case .enoughBaseline: "a baseline of at least \(DataFitness.daysMin) days"
        case .namedCause: "a cause"
        case .planWithOwner: "a plan and an owner"
        case .liveSomewhere: "a place where it is live"
        case .verdict: "a verdict that is not “too early”"
        case .decision: "a decision"
        case .approval: "an approval"
        case .adoption: "enough people who work by the new way"
        }
    }
}

extension Step {
    /// The step by its name.
    var told: String {
        switch self {
        case .defineObjectives: "define objectives"
        case .collectData: "collect data"
        case .analysePerformance: "analyse performance"
        case .identifyOpportunities: "identify opportunities"
        case .implement: "implement"
        case .evaluate: "evaluate"
        case .feedbackLoop: "feedback loop"
        }
    }
}
