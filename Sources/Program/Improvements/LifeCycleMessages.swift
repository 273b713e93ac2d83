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
        case .noNextRound: "another round follows a decision to extend or to adjust"
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
