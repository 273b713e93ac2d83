import Improvements
import Opportunities
import Records
import Statistics

/// Sentences of the register and of the work across departments that have figures in them.
public enum RegisterLine: Sendable, Hashable {
    /// How often improvements of a kind worked here.
    case baseRate(BaseRate.Level)
    /// The chance that it works, with its interval.
    case chanceToWork(Estimate)
    /// Every term of the order: hours a month × chance ÷ days of work.
    case rankReason(hours: Double, chance: Double, days: Double, score: Double)
    case notRanked([Ranked.Unknown])
    case approvedBy(String)
    /// Days that a department has waited for another; the department is empty for the work as a whole.
    case departmentWaited(department: String, waitsFor: String, days: Int, stillWaits: Bool)
    /// The share is nil where the evaluation waits for none.
    case adoptionShare(adopted: Int, people: Int, needed: Double?)
    case mergedInto(Int64)
    /// What counts of what its own verdict measured, in hours a month, beside so many others.
    case sharedGain(credited: Double, own: Double, others: Int)
    /// How much of what counts is still held.
    case heldGain(share: Double, hours: Double)
    case allGains(credited: Double, own: Double)
    case provableWithin(effect: Double, weeks: Int)
    case actionOverdue(days: Int)
    case actionDue(Day)
    /// Rows of a register: new, changed, the same as before, turned down.
    case registerRead(new: Int, changed: Int, unchanged: Int, rejected: Int)
}

/// Words of the register without figures.
public enum RegisterPhrase: String, CaseIterable, Sendable, Hashable {
    case typePeople, typeProcess, typeTechnology
    case stageDesign, stageDelivery, stageOperation, stageChange
    /// It was small enough by the rule.
    case needsNobody
    case needsApproval, needsAdoption
    case notSmallEffort, takesSeveralDepartments, namesNoMeasure, noExpectedEffect, notProvableInTime
    case noDuplicates, nobodyWaits, noOpenActions, noProvenGains, noSmallStart
    /// The joint effect of a group cannot be measured.
    case largestStands
}

extension Words {
    public func callAsFunction(_ phrase: RegisterPhrase) -> String {
        switch language {
        case .en: English.register(phrase)
        case .da: Danish.register(phrase)
        case .zh: Chinese.register(phrase)
        }
    }

    /// A sentence of the register, its names marked.
    public func callAsFunction(_ line: RegisterLine) -> Sentence {
        switch language {
        case .en: English.register(line, figures)
        case .da: Danish.register(line, figures)
        case .zh: Chinese.register(line, figures)
        }
    }

    /// The same as plain text.
    public func text(_ line: RegisterLine) -> String { self(line).text(in: language) }

    public func name(of kind: Change.Kind) -> String {
        switch kind {
        case .people: self(RegisterPhrase.typePeople)
        case .process: self(RegisterPhrase.typeProcess)
        case .technology: self(RegisterPhrase.typeTechnology)
        }
    }

    public func name(of stage: Change.Stage) -> String {
        switch stage {
        case .design: self(RegisterPhrase.stageDesign)
        case .delivery: self(RegisterPhrase.stageDelivery)
        case .operation: self(RegisterPhrase.stageOperation)
        case .change: self(RegisterPhrase.stageChange)
        }
    }
}
