/// The seven steps of improvement: where a round of an improvement stands. Raw values are kept in stores.
public enum Step: Int, CaseIterable, Sendable, Codable, Comparable {
    case defineObjectives = 1
    case collectData
    case analysePerformance
    case identifyOpportunities
    case implement
    case evaluate
    case feedbackLoop

    public static func < (a: Step, b: Step) -> Bool { a.rawValue < b.rawValue }

    public var next: Step? { Step(rawValue: rawValue + 1) }
}

/// Other ways to read the same record: nothing is entered twice.
public enum Lens: String, CaseIterable, Sendable, Codable {
    /// The product's own seven steps.
    case sevenSteps
    /// The questions of ITIL 4's continual improvement model.
    case itil4
    /// The seven-step improvement process of ITIL 2011.
    case itil2011
    /// Goal and present state, plan, implement, evaluate, keep optimising.
    case fiveSteps
    /// Plan, implement, monitor and evaluate, refine.
    case fourPhases
    /// Deming's plan, do, check, act.
    case pdca

    /// How many parts the lens has.
    public var partCount: Int {
        switch self {
        case .sevenSteps, .itil4, .itil2011: 7
        case .fiveSteps: 5
        case .fourPhases, .pdca: 4
        }
    }

    /// The parts, counted from 1, that a step belongs to: most often one, two where a lens cuts a step in half.
    public func parts(of step: Step) -> [Int] {
        switch self {
        case .sevenSteps: [step.rawValue]
        case .itil4:
            // 1 vision, 2 where are we now, 3 where do we want to be, 4 how do we get there, 5 take action,
            // 6 did we get there, 7 how do we keep the momentum going
            switch step {
            case .defineObjectives: [1, 3]
            case .collectData, .analysePerformance: [2]
            case .identifyOpportunities: [3, 4]
            case .implement: [5]
            case .evaluate: [6]
            case .feedbackLoop: [7]
            }
        case .itil2011:
            // 1 strategy, 2 what to measure, 3 gather, 4 process, 5 analyse, 6 present and use, 7 implement
            switch step {
            case .defineObjectives: [1, 2]
            case .collectData: [3, 4]
            case .analysePerformance: [5]
            case .identifyOpportunities: [6]
            case .implement: [7]
            case .evaluate: [3, 4, 5, 6]
            case .feedbackLoop: [1]
            }
        case .fiveSteps:
            switch step {
            case .defineObjectives, .collectData, .analysePerformance: [1]
            case .identifyOpportunities: [2]
            case .implement: [3]
            case .evaluate: [4]
            case .feedbackLoop: [5]
            }
        case .fourPhases, .pdca:
            switch step {
            case .defineObjectives, .collectData, .analysePerformance, .identifyOpportunities: [1]
            case .implement: [2]
            case .evaluate: [3]
            case .feedbackLoop: [4]
            }
        }
    }
}
