import Gains
import Records
import Signals
import Statistics

/// Fixed phrases of the pages of momentum and policies.
public enum MomentumPhrase: CaseIterable, Sendable {
    case momentum, momentumQuestion, threeQuestions, lastWeek, earlierWeeks, question, week
    case signsHeading, noSigns, playbook, playbookText, whatWasDone, chooseResponse, ownIdea, note, keepResponse
    case responsesHeading, noResponses, didItHelp
    case unexplainedHeading, unexplainedText, noUnexplained, explainedHeading, causes, possibleCauses, move
    case explainLabel, explainButton, figuresHeading, figuresText, figure, now, before, trendHeading, holding
    case stepsHeading, stepsText, step, medianDays, cases
    case scoreHeading, scoreText, source, came, didNotCome, cannotTellCount, open, share
    case fireHeading, fireText, unplanned, workaround, repeated, notSaid, fireHours
    case policies, policiesQuestion, noPolicies, policy, rule, compliance, agreed, lastFourWeeks, breaches, noBreaches
    case addPolicy, addPolicyText, ruleHelp, name, target, owner, templates, addButton, retire, retired, checkNow
    case checkedAt, neverChecked, unknownShare, openMomentum, openPolicies, openPlanning, openProcesses, ticketNumber
    case nameMissing, targetWrong, mayNotEdit, inForce, planning
}

/// What a language must be able to say about momentum and policies. Nothing falls back to another language.
protocol MomentumWording: Sendable {
    func phrase(_ phrase: MomentumPhrase) -> String
    func name(_ measure: MomentumMeasure) -> String
    func definition(_ measure: MomentumMeasure) -> String
    func question(_ question: Question) -> String
    func answer(_ answer: Answer) -> String
    func sentence(_ answer: WeeklyAnswer) -> Sentence
    func play(_ play: Play) -> String
    func cause(_ cause: Cause) -> Sentence
    func sentence(_ signal: ProgrammeSignal) -> Sentence
    func shift(_ shift: MomentumShift) -> String
    func silence(_ silence: MomentumSilence) -> String
    func aftermath(_ aftermath: Aftermath) -> String
    func source(_ source: Foresight.Source) -> String
    func days(_ days: Double) -> String
    func workHours(_ hours: Double) -> String
    func lead(signs: Int) -> String
    func template(_ template: PolicyTemplate) -> String
    func rule(_ rule: Rule) -> String
    func error(_ error: RuleError) -> String
    func compliance(_ compliance: Compliance, target: Double) -> String
    func policyLead(policies: Int, breached: Int) -> String
    func unitOfSuggestions(perHead: Bool) -> String
}

extension Words {
    var momentum: any MomentumWording {
        switch language {
        case .en: English()
        case .da: Danish()
        case .zh: Chinese()
        }
    }

    /// A fixed phrase of the pages of momentum and policies.
    public func say(_ phrase: MomentumPhrase) -> String { momentum.phrase(phrase) }
    public func name(of measure: MomentumMeasure) -> String { momentum.name(measure) }
    /// What a figure of the improvement work counts.
    public func definition(of measure: MomentumMeasure) -> String { momentum.definition(measure) }
    public func told(_ question: Question) -> String { momentum.question(question) }
    public func told(_ answer: Answer) -> String { momentum.answer(answer) }
    /// What an answer rests on, as one sentence.
    public func sentence(_ answer: WeeklyAnswer) -> Sentence { momentum.sentence(answer) }
    public func told(_ play: Play) -> String { momentum.play(play) }
    public func told(_ cause: Cause) -> Sentence { momentum.cause(cause) }
    public func sentence(_ signal: ProgrammeSignal) -> Sentence { momentum.sentence(signal) }
    public func told(_ shift: MomentumShift) -> String { momentum.shift(shift) }
    public func told(_ silence: MomentumSilence) -> String { momentum.silence(silence) }
    public func told(_ aftermath: Aftermath) -> String { momentum.aftermath(aftermath) }
    public func name(of source: Foresight.Source) -> String { momentum.source(source) }
    public func days(_ days: Double) -> String { momentum.days(days) }
    public func hoursOfWork(_ hours: Double) -> String { momentum.workHours(hours) }
    /// How the improvement work is going, in one sentence.
    public func momentumLead(signs: Int) -> String { momentum.lead(signs: signs) }
    public func name(of template: PolicyTemplate) -> String { momentum.template(template) }
    /// A rule as a sentence of this language; the rule itself keeps its words.
    public func told(_ rule: Rule) -> String { momentum.rule(rule) }
    public func told(_ error: RuleError) -> String { momentum.error(error) }
    public func told(_ compliance: Compliance, target: Double) -> String {
        momentum.compliance(compliance, target: target)
    }
    public func policyLead(policies: Int, breached: Int) -> String {
        momentum.policyLead(policies: policies, breached: breached)
    }
    public func unitOfSuggestions(perHead: Bool) -> String { momentum.unitOfSuggestions(perHead: perHead) }

    /// A value of a figure of the improvement work with its unit.
    public func value(_ value: Double, of measure: MomentumMeasure) -> String {
        guard value.isFinite else { return Figures.missing }
        if measure.isShare { return figures.percent(value) }
        return measure.isDays ? days(value) : figures.number(value)
    }

    /// The name of a step of the seven.
    public func name(ofStep number: Int) -> String {
        let names =
            switch language {
            case .en:
                [
                    "Define objectives", "Collect data", "Analyse performance", "Identify opportunities", "Implement",
                    "Evaluate", "Feedback loop",
                ]
            case .da:
                [
                    "Fastlæg mål", "Indsaml data", "Analysér performance", "Find forbedringsmuligheder",
                    "Gennemfør forbedringen", "Evaluér resultatet", "Lær, og tag næste runde",
                ]
            case .zh: ["确定改进目标", "收集数据", "分析服务绩效", "识别改进机会", "实施改进措施", "评估改进效果", "反馈闭环"]
            }
        return (1...7).contains(number) ? "\(number). \(names[number - 1])" : String(number)
    }

    /// The name of a sign: its question, its figure, or its policy.
    public func name(of sign: Sign, policies: [Int64: String]) -> String {
        switch sign {
        case .question(let question): told(question)
        case .fading(let measure): name(of: measure)
        case .policy(let id): policies[id] ?? labelled(say(.policy), String(id))
        }
    }
}

extension Figures {
    /// A relative change with its interval, from a ratio: `+54 % (38 to 71 %)`.
    func change(of ratio: Estimate) -> String {
        let low = ratio.low - 1
        let high = ratio.high - 1
        let open = language == .zh ? "（" : " ("
        let close = language == .zh ? "）" : ")"
        return change(ratio.estimate - 1) + open + changes(low, high) + close
    }

    /// A share with its interval.
    func share(_ estimate: Estimate) -> String {
        let open = language == .zh ? "（" : " ("
        let close = language == .zh ? "）" : ")"
        return percent(estimate.estimate) + open + range(percent(estimate.low), percent(estimate.high)) + close
    }

    /// Whether a number as shown is one.
    func isOne(_ shown: String) -> Bool { shown == "1" }
}

/// A count of things, with one word for one of them.
func counted(_ n: Int, _ figures: Figures, _ one: String, _ many: String) -> String {
    "\(figures.count(n))\u{A0}\(n == 1 ? one : many)"
}
