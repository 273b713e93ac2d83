// The names of the improvement work, and what people did.

import Improvements
import Measures
import Records
import Statistics

extension English {
    func name(_ step: Step) -> String {
        switch step {
        case .defineObjectives: "Define objectives"
        case .collectData: "Collect data"
        case .analysePerformance: "Analyse performance"
        case .identifyOpportunities: "Identify opportunities"
        case .implement: "Implement"
        case .evaluate: "Evaluate"
        case .feedbackLoop: "Feedback loop"
        }
    }

    func missing(_ missing: Missing) -> String {
        switch missing {
        case .measurableObjective: "an objective that can be measured"
        case .enoughBaseline: "enough days to compare with"
        case .namedCause: "a named cause"
        case .planWithOwner: "a frozen test and an owner"
        case .liveSomewhere: "a place where it is live"
        case .verdict: "a verdict"
        case .decision: "a decision"
        case .approval: "an approval"
        case .adoption: "enough people who work by the new way"
        }
    }

    func lens(_ lens: Lens) -> (name: String, parts: [String]) {
        switch lens {
        case .sevenSteps: ("The seven steps", Step.allCases.map(name))
        case .itil4:
            (
                "ITIL 4’s questions",
                [
                    "What is the vision?", "Where are we now?", "Where do we want to be?", "How do we get there?",
                    "Take action", "Did we get there?", "How do we keep the momentum going?",
                ]
            )
        case .itil2011:
            (
                "ITIL 2011’s seven-step process",
                [
                    "Identify the strategy", "Define what you will measure", "Gather the data", "Process the data",
                    "Analyse the data", "Present and use the information", "Implement improvement",
                ]
            )
        case .fiveSteps:
            ("Five steps", ["Goal and present state", "Plan", "Implement", "Evaluate", "Keep optimising"])
        case .fourPhases: ("Four phases", ["Plan", "Implement", "Monitor and evaluate", "Refine"])
        case .pdca: ("PDCA", ["Plan", "Do", "Check", "Act"])
        }
    }

    func verdict(_ verdict: Judgement.Verdict) -> String {
        switch verdict {
        case .worked: "worked"
        case .noDifference: "no difference"
        case .worse: "made it worse"
        case .tooEarly: "too early"
        case .cannotTell: "cannot tell"
        }
    }

    func decision(_ decision: Decision) -> (name: String, explained: String) {
        switch decision {
        case .keep: ("keep", "Keep: the new way is the standard")
        case .extend: ("extend", "Extend: bring it to more places in another round")
        case .adjust: ("adjust", "Adjust: change it and try another round")
        case .stop: ("stop", "Stop: end it, with what was learnt")
        }
    }

    func kind(_ kind: Change.Kind) -> String {
        switch kind {
        case .people: "people"
        case .process: "process"
        case .technology: "technology"
        }
    }

    func stage(_ stage: Change.Stage) -> String {
        switch stage {
        case .design: "design"
        case .delivery: "delivery"
        case .operation: "operation"
        case .change: "change"
        }
    }

    func kind(_ kind: Action.Kind) -> String {
        switch kind {
        case .training: "training"
        case .deployment: "deployment"
        case .process: "process"
        case .communication: "communication"
        }
    }

    func shape(_ shape: ExpectedShape) -> String {
        switch shape {
        case .step: "at once, as when a switch is turned"
        case .ramp: "little by little over half of the weeks"
        case .gradual: "gradually, nobody knows how"
        }
    }

    func wanted(_ direction: Objective.Direction) -> String { direction == .lower ? "lower" : "higher" }

    func state(_ state: Improvement.State) -> String {
        switch state {
        case .active: "under way"
        case .onHold: "on hold"
        case .closed: "closed"
        }
    }

    func reason(_ reason: EvaluationReason) -> String? {
        let f = figures
        switch reason {
        case .clear, .smallerThanLeastEffect: return nil
        case .lessThanAimed: return "It is less than was aimed for."
        case .crossedEarly: return "The effect is so clear that it could be told before the end of the weeks."
        case .beforeReview(let n): return "\(f.count(n)) days of the planned weeks are still to come."
        case .fewStepsAfter(let have, let need):
            return "There are \(f.count(have)) days since the start, and \(f.count(need)) are needed."
        case .fewStepsBefore(let have, let need):
            return "There are \(f.count(have)) days before the start, and \(f.count(need)) are needed."
        case .notSettled(let more):
            return more.map { "About \($0) more days would settle it." } ?? "More days of the same would not settle it."
        case .mayDriftByItself:
            return "The figure drifts by itself, so a part of the change may not be the improvement’s."
        case .noLeastEffect: return "No least effect was stated, so “no difference” cannot be said."
        case .noControlLeft: return "The plan relied on a comparison, and none could be used."
        case .manyMissingAfter(let share): return "\(f.percent(share)) of the days since the start are missing."
        case .overlapsAnother:
            return "Another improvement of the same figure began in these weeks: nobody can tell them apart."
        case .noVariation: return "The figure never varies, so nothing can be told."
        case .notIdentified: return "There are no days to compare."
        case .tooLarge: return "A value is too large to be one."
        }
    }

    func tell(_ change: Change, date: (Moment) -> String) -> Sentence {
        let f = figures
        switch change {
        case .opened(let title, _): return "opened it as \(name: title)"
        case .described(let title, _): return "described it as \(name: title)"
        case .sorted(let kind, let stage):
            let words = [kind.map { self.kind($0) }, stage.map { self.stage($0) }].compactMap(\.self)
            return words.isEmpty ? "left type and stage open" : "sorted it under \(words.joined(separator: ", "))"
        case .owned(let owner): return owner.map { "made \(name: $0) responsible" } ?? "left it without an owner"
        case .objective(let o): return "set the objective \(name: o.text)"
        case .fitness(let d): return "checked the data: \(f.count(d.days)) days, \(f.percent(d.missing)) missing"
        case .cause(let text): return "named the cause: \(name: text)"
        case .choice(let c): return "added the option \(name: c.text)"
        case .chosen: return "chose an option"
        case .approved: return "approved the plan"
        case .planned(let p):
            return "froze the test: \(f.count(p.weeks)) weeks, least effect \(f.percent(p.leastEffect))"
        case .action(let a):
            return a.doneOn == nil ? "wrote down the action \(name: a.text)" : "finished the action \(name: a.text)"
        case .roadblock(let r):
            return r.clearedOn == nil
                ? "wrote down the roadblock \(name: r.text)" : "cleared the roadblock \(name: r.text)"
        case .live(let l):
            return l.place.isEmpty
                ? "said it is live since \(f.date(l.on))" : "said it is live at \(name: l.place) since \(f.date(l.on))"
        case .acknowledged(let team): return "said that \(name: team) knows the new way"
        case .evaluated(let j): return "asked for the verdict: \(verdict(j.verdict))"
        case .decided(let d): return "decided: \(decision(d).name)"
        case .forward(let reason):
            return reason.map { "went on to the next step, for the reason \(name: $0)" }
                ?? "went on to the next step"
        case .back(let step, let reason): return "went back to “\(name(step))”: \(name: reason)"
        case .held(let reason): return "put it on hold: \(name: reason)"
        case .resumed: return "took it up again"
        case .nextRound: return "began the next round"
        case .closed(let reason): return "closed it: \(name: reason)"
        case .commented(let text): return "\(name: text)"
        case .watched(let who): return "\(name: who) follows it"
        case .sized: return "said how much work it is and what is expected of it"
        case .serves(let goal): return goal.map { "linked it to the goal \(name: $0)" } ?? "took the goal away"
        case .belongs(let to):
            return to.map { "made it a part of improvement \(String($0))" } ?? "made it stand by itself"
        case .supported(let who): return "\(name: who) supports it"
        case .merged(let into): return "merged it into improvement \(String(into))"
        case .absorbed(let one): return "took in improvement \(String(one.id))"
        case .approval: return "approved the plan"
        case .part(let part): return "wrote down the part of \(name: part.department)"
        case .waiting(let wait): return "\(name: wait.department) waits for \(name: wait.waitsFor)"
        case .done: return "finished an action"
        case .team(let team): return "named the team \(name: team.name)"
        case .knows(let person, _): return "\(name: person) knows the new way"
        case .revised(let o, let reason):
            return "changed the objective to \(name: o.text), for the reason \(name: reason)"
        case .slipped: return "saw that the gain slips"
        case .imported: return "took it in from a register"
        case .spent(let time): return "wrote down \(f.number(time.hours)) hours of work"
        default: return "updated the record"
        }
    }
}
