import Languages
import People

/// What can be done to an improvement from its page: one form each. The raw value is the end of the form's address.
enum Deed: String, CaseIterable, Sendable {
    case objective, data, cause, choice, chosen, plan, approve, owner, describe
    case action, done, roadblock, cleared, live, acknowledge, evaluate, decide
    case forward, override, back, hold, resume, round, close, comment, watch, unwatch
    case part, partdone, wait, handed, respond, team, adopted, knows, adoption, size, serves, parent
    case support, unsupport, spent

    /// Who may do it; the route asks, and the page shows the form to nobody else.
    var permission: Permission {
        switch self {
        case .comment, .watch, .unwatch, .support, .unsupport, .knows: .suggest
        case .choice, .action, .done, .roadblock, .cleared, .acknowledge, .part, .partdone, .wait, .handed, .respond,
            .adopted, .spent:
            .contribute
        case .approve, .override, .decide: .approve
        default: .decide
        }
    }

    /// Adds to whatever is there by now: nobody's words are overwritten by it.
    var addsOnly: Bool {
        switch self {
        case .comment, .watch, .unwatch, .acknowledge, .support, .unsupport, .knows, .adopted, .spent: true
        default: false
        }
    }

    /// What the form is called where it is folded away.
    var heading: ImprovementPhrase {
        switch self {
        case .objective: .changeObjective
        case .data, .evaluate: buttonText
        case .cause: .changeCause
        case .choice: .addChoice
        case .plan: .freezePlan
        case .owner: .changeOwner
        case .describe: .changeDescription
        case .action: .addAction
        case .roadblock: .addRoadblock
        case .live: .sayLive
        case .acknowledge: .acknowledgeHeading
        case .override: .goOnWithout
        case .back: .goBackHeading
        case .hold: .putOnHold
        case .close: .closeHeading
        case .decide: .changeDecision
        default: buttonText
        }
    }

    /// The words of its button.
    var buttonText: ImprovementPhrase {
        switch self {
        case .objective: .saveObjective
        case .data: .checkData
        case .cause: .saveCause
        case .choice: .addChoice
        case .chosen: .choose
        case .plan: .freezePlan
        case .approve: .approvePlan
        case .owner: .saveOwner
        case .describe: .saveDescription
        case .action: .addAction
        case .done: .markDone
        case .roadblock: .addRoadblock
        case .cleared: .markCleared
        case .live: .sayLive
        case .acknowledge: .acknowledgeIt
        case .evaluate: .evaluateNow
        case .decide: .decideIt
        case .forward: .goOn
        case .override: .goOnWithout
        case .back: .goBack
        case .hold: .putOnHold
        case .resume: .takeUpAgain
        case .round: .beginRound
        case .close: .closeIt
        case .comment: .addComment
        case .watch: .watchIt
        case .unwatch: .unwatchIt
        case .part: .addPart
        case .partdone: .markDone
        case .wait: .addWait
        case .handed: .markHanded
        case .respond: .respondIt
        case .team: .addTeam
        case .adopted: .countAdopted
        case .knows: .knowIt
        case .adoption: .saveAdoption
        case .size: .saveSize
        case .serves: .saveServes
        case .parent: .saveParent
        case .support: .supportIt
        case .unsupport: .unsupportIt
        case .spent: .addTime
        }
    }
}
