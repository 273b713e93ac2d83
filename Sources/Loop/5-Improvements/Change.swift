import Opportunities
import Records
import Statistics

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
    // What came later stands below: a store that was written before reads as it did.
    /// How much work it asks for, and the hours a month that are expected of it.
    case sized(effort: Effort?, benefit: Estimate?)
    /// The strategic goal it serves; nil for none.
    case serves(goal: String?)
    /// The improvement that it is a part of; nil when it stands by itself.
    case belongs(to: Int64?)
    case supported(by: String)
    case unsupported(by: String)
    /// It was the same as another, and goes on there.
    case merged(into: Int64)
    /// Another was the same as this one, and whoever cared for it came along.
    case absorbed(Absorbed)
    /// The rule of approval that holds for it, as it was set when this was written.
    case rule(ApprovalRule)
    case approval(Approval)
    /// What a department has to do.
    case part(Part)
    case waiting(Wait)
    /// An action was done; of one that returns, this time.
    case done(action: Int, on: Day)
    case team(AdoptingTeam)
    /// So many of a team work by the new way.
    case adopted(Adoption)
    /// A person says that they know the new way, and work by it.
    case knows(person: String, team: String)
    /// The share of people that must work by the new way before the evaluation begins; nil for no such condition.
    case adoptionNeeded(Double?)
    /// Another objective, with the reason for it.
    case revised(Objective, reason: String)
    /// A proven gain has begun to slip.
    case slipped(Slip)
    /// A row of somebody's register, whole.
    case imported(ImportedRow)
    /// Hours of work that it took.
    case spent(TimeSpent)

    /// Where an improvement came from.
    public enum Origin: Sendable, Hashable, Codable {
        case opportunity(id: String)
        case suggestion(id: Int64)
        case hand
        case slippage(of: Int64)
        case spreadsheet(file: String, line: Int)
        case signal(id: String)
        /// What an evaluation of another improvement brought up.
        case evaluation(of: Int64, round: Int)
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
    /// It goes on in another.
    case merged(into: Int64)
    /// A merge is written on both sides at once, or not at all.
    case mergeTakesTwo
    case noSuchAction(Int)
    case noSuchParent(Int64)
    /// A part cannot hold what it is a part of.
    case ownAncestor(Int64)
    /// The rule of approval names others.
    case roleMayNotApprove(String)
    /// A share lies between 0 and 1, a number of people is not below 0.
    case outOfRange
    /// The end lies before the beginning.
    case endsBeforeItBegins
}
