import Improvements
import Measures
import Records
import Statistics

/// A sentence of the pages of the improvement work, with figures in it. Each language writes the whole of it.
public enum ImprovementLine: Sendable {
    case standing(Improvement.State, round: Int, Step)
    case round(Int)
    case roundLive(Int)
    case improvements(Int)
    /// Someone was faster than the reader.
    case conflict(name: String, time: String)
    case refused(LifeCycleError)
    case fill(String)
    case notNumber(String)
    case notDate(String)
    case outside(String, low: Double, high: Double)
    case tooLong(String, most: Int)
    case unknownChoice(String)

    // The record
    case fitness(DataFitness)
    case overridden(reason: String)
    case originSuggestion(String, by: String)
    case liveAt(place: String, Day)
    case doneOn(Day)
    case blockedBy(String)
    case daysLong(Int)
    case weeksLong(Int)
    case provable(weeks: Int, effect: Double)

    // The verdict
    case verdict(Judgement, measure: Measure?, Slice, leastEffect: Double?)
    /// What a comparison of averages says, beside what was found.
    case naive(Double, effect: Double?)
    case benefit(Estimate)
    case worth(Estimate, currency: String)
    case verdictDue(Day)
    /// An interval that holds at every look.
    case soFar(value: String, range: String)
    case badSpell(days: Int)
    case held(Estimate)
    case holdsSince(Day, through: Day)
    case slipped(Day)
    case watchBegins(Day)

    // Why there is none
    case noData
    case liveBeforePlan(live: Day, frozen: Day)
    case baselineTooShort(days: Int, need: Int)
    case baselineTooLong(days: Int, most: Int)
    case reviewOutOfRange(weeks: Int, from: Int, through: Int)
    case unknownMeasure(String)

    // What was done with the data
    case closedWeekdays([Int])
    case holidaysLeftOut(Int)
    case gapDays(Int)
    case stillOpenDays(Int)
    case settlingDays(Int)
    case betweenDays(Int)
    case placesTogether(Int)
    case dataEnd(Day)
    case controlLost(String)

    // Today, wins, the report, suggestions
    case needsAction(String, owner: String, due: Day)
    case winsSummary(proven: Int, held: Int, tried: Int)
    case winsHours(Estimate)
    case reportTitle(Day)
    case reportSummary(proven: Int, tried: Int, opened: Int, live: Int)
    case suggestionsMade(Int)
    case suggestions(Int)
}

/// What a language must be able to say of improvements.
protocol ImprovementWording: Sendable {
    func say(_ phrase: ImprovementPhrase) -> String
    func tell(_ line: ImprovementLine) -> Sentence
    /// What somebody did, as a line of the history.
    func tell(_ change: Change, date: (Moment) -> String) -> Sentence
    /// Why a verdict is what it is; nil where the verdict's own sentence says so already.
    func reason(_ reason: EvaluationReason) -> String?
    func name(_ step: Step) -> String
    func missing(_ missing: Missing) -> String
    func lens(_ lens: Lens) -> (name: String, parts: [String])
    func verdict(_ verdict: Judgement.Verdict) -> String
    func decision(_ decision: Decision) -> (name: String, explained: String)
    func kind(_ kind: Change.Kind) -> String
    func stage(_ stage: Change.Stage) -> String
    func kind(_ kind: Action.Kind) -> String
    func shape(_ shape: ExpectedShape) -> String
    func wanted(_ direction: Objective.Direction) -> String
    func state(_ state: Improvement.State) -> String
}

extension English: ImprovementWording {}
extension Danish: ImprovementWording {}
extension Chinese: ImprovementWording {}

extension Words {
    private var improving: any ImprovementWording {
        switch language {
        case .en: English()
        case .da: Danish()
        case .zh: Chinese()
        }
    }

    /// A fixed phrase of the improvement work.
    public func say(_ phrase: ImprovementPhrase) -> String { improving.say(phrase) }
    /// A sentence of the improvement work, its names marked.
    public func tell(_ line: ImprovementLine) -> Sentence { improving.tell(line) }
    /// The same as plain text.
    public func told(_ line: ImprovementLine) -> String { improving.tell(line).text(in: language) }
    /// What somebody did, with its dates by a clock.
    public func tell(_ change: Change, zone: Zone) -> Sentence {
        improving.tell(change) { figures.date(zone.day(of: $0)) }
    }
    public func reason(_ reason: EvaluationReason) -> String? { improving.reason(reason) }
    public func told(_ missing: Missing) -> String { improving.missing(missing) }
    /// What has to be there before a step is left.
    public func need(of step: Step) -> String {
        switch step {
        case .defineObjectives: told(Missing.measurableObjective)
        case .collectData: told(Missing.enoughBaseline)
        case .analysePerformance: told(Missing.namedCause)
        case .identifyOpportunities: told(Missing.planWithOwner)
        case .implement: told(Missing.liveSomewhere)
        case .evaluate: told(Missing.verdict)
        case .feedbackLoop: told(Missing.decision)
        }
    }

    public func name(of step: Step) -> String { improving.name(step) }
    public func name(of lens: Lens) -> String { improving.lens(lens).name }
    /// The parts of a lens, in its order.
    public func parts(of lens: Lens) -> [String] { improving.lens(lens).parts }
    public func name(of verdict: Judgement.Verdict) -> String { improving.verdict(verdict) }
    public func name(of decision: Decision) -> String { improving.decision(decision).name }
    /// With what it means.
    public func explained(_ decision: Decision) -> String { improving.decision(decision).explained }
    public func name(of kind: Action.Kind) -> String { improving.kind(kind) }
    public func name(of shape: ExpectedShape) -> String { improving.shape(shape) }
    public func name(of direction: Objective.Direction) -> String { improving.wanted(direction) }
    public func name(of state: Improvement.State) -> String { improving.state(state) }
}
