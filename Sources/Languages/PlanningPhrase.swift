import Gains

/// Fixed phrases of the pages of planning and process cards.
public enum PlanningPhrase: String, CaseIterable, Sendable {
    case planningQuestion, goals, noGoals, level, goal, serves, servesNothing, measure, target, by, owner, servedBy
    case strategic, tactical, operational
    case skills, noSkills, skill, area, needed, held, missing, holders, training, trainingHint, trainingPlan, noTraining
    case busFactor, busFactorText, rarest
    case maturity, maturityText, practice, evidence, thinks, supports, noEvidence, note
    case defined, measured, governed, proactive, improved, heldPart
    case add, save, edit, remove, changedMeanwhile, nameMissing, version, oneALine
    case processes, processesQuestion, noProcesses, process, purpose, activities, procedures, deliverables, handoffs
    case policies, measures, accountable, manager, practitioners, used, usedOn, writtenBy
    case noOwner, notUsedThisQuarter, noActivities, noMeasure, nothingMissing, warnings
    case unknownMeasure, unknownPolicy
}

extension Words {
    /// A fixed phrase of planning and process cards.
    public func plan(_ phrase: PlanningPhrase) -> String {
        switch language {
        case .en: English().planning(phrase)
        case .da: Danish().planning(phrase)
        case .zh: Chinese().planning(phrase)
        }
    }

    public func name(of level: Goal.Level) -> String {
        switch level {
        case .strategic: plan(PlanningPhrase.strategic)
        case .tactical: plan(PlanningPhrase.tactical)
        case .operational: plan(PlanningPhrase.operational)
        }
    }

    public func name(of part: MaturityAssessment.Part) -> String {
        switch part {
        case .defined: plan(PlanningPhrase.defined)
        case .measured: plan(PlanningPhrase.measured)
        case .governed: plan(PlanningPhrase.governed)
        case .proactive: plan(PlanningPhrase.proactive)
        case .improved: plan(PlanningPhrase.improved)
        case .held: plan(PlanningPhrase.heldPart)
        }
    }

    public func told(_ warning: ProcessCard.Warning) -> String {
        switch warning {
        case .noOwner: plan(PlanningPhrase.noOwner)
        case .notUsedThisQuarter: plan(PlanningPhrase.notUsedThisQuarter)
        case .noActivities: plan(PlanningPhrase.noActivities)
        case .noMeasure: plan(PlanningPhrase.noMeasure)
        }
    }

    /// What a planning page says first.
    public func planningLead(goals: Int, missing: Int) -> String {
        let f = figures
        switch language {
        case .en:
            let g = goals == 0 ? "No goals yet" : counted(goals, f, "goal", "goals")
            return missing == 0
                ? "\(g); no skill is missing."
                : "\(g); skills are missing in \(counted(missing, f, "place", "places"))."
        case .da:
            let g = goals == 0 ? "Ingen mål endnu" : "\(f.count(goals))\u{A0}mål"
            return missing == 0
                ? "\(g); ingen kompetencer mangler."
                : "\(g); der mangler kompetencer \(counted(missing, f, "sted", "steder"))."
        case .zh:
            let g = goals == 0 ? "还没有目标" : "共有 \(f.count(goals)) 个目标"
            return missing == 0 ? "\(g)，不缺技能。" : "\(g)，技能缺口 \(f.count(missing)) 处。"
        }
    }

    /// What the page of process cards says first.
    public func processesLead(cards: Int, warned: Int) -> String {
        let f = figures
        switch language {
        case .en:
            if cards == 0 { return "No process cards yet. Begin with the process that hurts most." }
            return warned == 0
                ? "\(counted(cards, f, "card", "cards")), and nothing is missing."
                : "\(counted(cards, f, "card", "cards")); something is missing on \(f.count(warned))."
        case .da:
            if cards == 0 { return "Der er ingen proceskort endnu. Begynd med den proces, der gør mest ondt." }
            return warned == 0
                ? "\(counted(cards, f, "kort", "kort")), og intet mangler."
                : "\(counted(cards, f, "kort", "kort")); der mangler noget på \(f.count(warned))."
        case .zh:
            if cards == 0 { return "还没有流程卡。可以从最棘手的流程开始。" }
            return warned == 0
                ? "共有 \(f.count(cards)) 张流程卡，内容齐全。" : "共有 \(f.count(cards)) 张流程卡，其中 \(f.count(warned)) 张内容不全。"
        }
    }
}
