import Evaluations
import Improvements
import Languages
import Measures
import People
import Records
import Store

/// What waits for the reader: a decision, an action that is overdue, a verdict that is due, a gain that slips.
enum Need: Sendable {
    case decision(KeptImprovement)
    case overdue(KeptImprovement, Action, isMine: Bool)
    case verdictDue(KeptImprovement)
    case slipping(KeptImprovement, Day)
    /// Somebody has called the reader by name, and the reader has not written since.
    case called(KeptImprovement)

    func html(_ visit: Visit, mayOpen: Bool) -> HTML {
        let words = visit.words
        func item(_ kept: KeptImprovement, _ told: String, _ place: String, _ more: HTML = .empty) -> HTML {
            """
            <li><a href="/improvements/\(kept.id.value)#\(place)">\(kept.improvement.title)</a>\
            \(words.language == .zh ? "：" : ": ")\(told)\(more)</li>
            """
        }
        switch self {
        case .decision(let kept): return item(kept, words.say(.needsDecision), "now")
        case .overdue(let kept, let action, _):
            return item(
                kept,
                words.told(.needsAction(action.text, owner: action.owner, due: action.due ?? Day(number: 0))), "step-5")
        case .called(let kept): return item(kept, words.say(.needsCalled), "history")
        case .verdictDue(let kept): return item(kept, words.say(.needsVerdict), "now")
        case .slipping(let kept, let day):
            let door = ImprovementDoor(
                field: "slippage", value: String(kept.id.value), about: kept.improvement.title, open: nil,
                mayOpen: mayOpen && kept.improvement.isClosed)
            return item(kept, words.told(.slipped(day)), "verdict", " \(door.html(visit))")
        }
    }

    /// Mine first, then what is most overdue.
    static func all(_ call: Call, today: Day, asOf: Day?) async throws -> [Need] {
        let reader = Routes.reader(call)
        let everything = try await call.store.improvements()
        var needs: [Need] = []
        for kept in everything where kept.improvement.isActive {
            let one = kept.improvement
            let isMine = one.owner == reader.name
            let round = one.round
            if round.step == .feedbackLoop, round.decision == nil, reader.role.may(.approve) || isMine {
                needs.append(.decision(kept))
            }
            if round.step >= .implement, let plan = round.plan, let live = round.live.map(\.on).max(), let asOf,
                one.missing.contains(.verdict) || round.judgement == nil,
                asOf - live >= 7 * plan.plan.weeks, isMine || reader.role.may(.decide),
                case .success(let result)? = try await call.site.evaluations.evaluation(of: round, in: call.store),
                result.judgement.verdict != .tooEarly
            {
                needs.append(.verdictDue(kept))
            }
            for action in round.actions where action.doneOn == nil && (action.due.map { $0 < today } ?? false) {
                let mine = action.owner == reader.name
                if mine || isMine || reader.role.may(.decide) {
                    needs.append(.overdue(kept, action, isMine: mine))
                }
            }
        }
        let known = reader.name.isEmpty ? [] : [reader.name]
        for kept in everything where !known.isEmpty && !kept.improvement.isClosed {
            let one = kept.improvement
            guard
                let called = one.comments.last(where: {
                    $0.by != reader.name && $0.mentions(known: known).contains(reader.name)
                }),
                !one.entries.contains(where: { $0.by == reader.name && $0.at > called.at })
            else { continue }
            needs.append(.called(kept))
        }
        for kept in everything {
            guard let round = kept.improvement.rounds.last(where: { $0.judgement?.verdict == .worked }),
                kept.improvement.round.number == round.number,
                !everything.contains(where: { $0.improvement.origin == .slippage(of: kept.id.value) }),
                case .success(let watch)? = try await call.site.evaluations.watch(of: round, in: call.store),
                let day = watch.slippedOn
            else { continue }
            needs.append(.slipping(kept, day))
        }
        return needs
    }
}
