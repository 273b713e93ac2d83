import Records

/// One thing that was done to an improvement: everything an improvement is, is made of these, and none is ever taken away.
public enum Change: Sendable, Equatable, Codable {
    case opened(title: String, origin: Origin)
    case described(title: String, text: String)
    case sorted(kind: Kind?, stage: Stage?)
    /// Nil: nobody owns it any more.
    case owned(by: String?)
    case objective(Objective)
    case fitness(DataFitness)
    case cause(String)
    case choice(Choice)
    case chosen(choice: Int)
    case approved
    /// Freezes the test; only once a round.
    case planned(Plan)
    case action(Action)
    case roadblock(Roadblock)
    case live(GoLive)
    case acknowledged(team: String)
    case evaluated(Judgement)
    case decided(Decision)
    /// To the next step; a reason where its evidence is not there yet.
    case forward(reason: String?)
    /// To an earlier step, to do it again.
    case back(to: Step, reason: String)
    case held(reason: String)
    case resumed
    /// Round two, three, …: after a decision to extend or adjust.
    case nextRound
    case closed(reason: String)
    case commented(String)
    case watched(by: String)
    case unwatched(by: String)

    /// Where an improvement came from.
    public enum Origin: Sendable, Hashable, Codable {
        case opportunity(id: String)
        case suggestion(id: Int64)
        case hand
        case slippage(of: Int64)
        case spreadsheet(file: String, line: Int)
    }

    public enum Kind: String, Sendable, Codable, CaseIterable { case people, process, technology }
    /// The stage of the service's life cycle.
    public enum Stage: String, Sendable, Codable, CaseIterable { case design, delivery, operation, change }
}

/// A change with who made it and when.
public struct Entry: Sendable, Equatable, Codable {
    public var change: Change
    /// Who did it: an account's name, or `ratchet` for the program itself.
    public var by: String
    public var at: Moment

    public init(_ change: Change, by: String, at: Moment) {
        self.change = change
        self.by = by
        self.at = at
    }
}

/// Why a change cannot be made; nothing has happened then.
public enum LifeCycleError: Error, Equatable, Sendable {
    /// The first entry opens it, and only the first.
    case notOpened, openedTwice
    /// Nothing but comments after the end.
    case closed
    /// While it is on hold only comments, watching and going on.
    case onHold
    case notOnHold
    /// Someone else was quicker: it has this many entries by now.
    case changedMeanwhile(version: Int)
    /// The step's evidence is not there and no reason was given.
    case evidenceMissing([Missing])
    case reasonMissing
    case textMissing
    /// A round goes back to earlier steps only.
    case notEarlier(Step)
    case noSuchChoice(Int)
    /// The test is frozen already; a new one belongs to the next round.
    case planFrozen
    /// There is no test to follow yet.
    case noPlan
    /// The objective says nothing that can be measured.
    case notMeasurable
    /// The verdict follows another plan than the frozen one.
    case otherPlan
    /// This can be said only in another step.
    case wrongStep(Step)
    /// The round has not been decided to go on.
    case noNextRound
}
