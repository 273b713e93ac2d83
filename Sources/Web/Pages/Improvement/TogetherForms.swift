import Improvements
import Languages
import Opportunities
import Records
import Statistics

// The forms of an improvement that several departments share.

extension ImprovementForms {
    func together(_ deed: Deed) -> HTML {
        switch deed {
        case .part:
            return pair(
                input(deed, "department", .departmentLabel, "", kind: .department, isRequired: true),
                input(deed, "lead", .leadLabel, ""))
                + pair(
                    input(deed, "text", .partLabel, "", isRequired: true),
                    input(deed, "due", .dueLabel, "", kind: .date))
        case .wait:
            return pair(
                input(deed, "department", .whoWaitsLabel, "", kind: .department),
                input(deed, "for", .waitsForLabel, "", kind: .department, isRequired: true))
                + input(deed, "text", .whatForLabel, "", isRequired: true)
                + pair(
                    input(deed, "since", .sinceLabel, values.today.description, kind: .date),
                    input(deed, "agreed", .agreedLabel, "", kind: .number))
        case .respond:
            let open = round.roadblocks.filter { $0.clearedOn == nil }
            return choose(
                deed, "item", .roadblockChoice, open.map { (String($0.id), $0.text) },
                open.first.map { String($0.id) } ?? "")
                + area(deed, "response", .responseLabel, open.first?.response ?? "")
                + check(deed, "gone", words.say(.isGone), isOn: false)
        case .team:
            return pair(
                input(deed, "team", .teamHeading, "", isRequired: true),
                input(deed, "people", .peopleLabel, "", kind: .number, isRequired: true))
                + input(deed, "department", .departmentLabel, "", kind: .department)
        case .adopted:
            return team(deed)
                + pair(
                    input(deed, "people", .adoptedLabel, "", kind: .number, isRequired: true),
                    input(deed, "on", .countedOnLabel, values.today.description, kind: .date))
        case .knows: return team(deed)
        case .adoption:
            let now = (round.adoptionNeeded ?? 0.8) * 100
            return input(
                deed, "needed", .neededLabel, words.figures.number(now, decimals: 0), kind: .number, isRequired: true)
        case .size: return size()
        case .serves: return input(deed, "goal", .servesLabel, values.improvement.goal ?? "", kind: .goal)
        case .parent:
            let offered =
                values.others.filter { $0.id == values.improvement.parent }
                + values.others.reversed().filter { $0.id != values.improvement.parent }.prefix(Self.parentsShown)
            let options = [("", words.say(.noParent))] + offered.map { (String($0.id), "\($0.id) · \($0.title)") }
            return choose(deed, "parent", .parentLabel, options, values.improvement.parent.map { String($0) } ?? "")
        case .spent: return spent()
        default: return .empty
        }
    }

    /// The latest that it may be a part of: the page stays small.
    private static let parentsShown = 40

    /// Teams that are known already, or a field for one that is not.
    private func team(_ deed: Deed) -> HTML {
        let known = round.adoption.map(\.team)
        guard let first = known.first else { return input(deed, "team", .whichTeam, "", isRequired: true) }
        return choose(deed, "team", .whichTeam, known.map { ($0, $0) }, first)
    }

    private func size() -> HTML {
        let one = values.improvement
        let efforts: [Effort] = [.small, .medium, .large]
        let options = [("", words.say(ImprovementPhrase.notSaid))] + efforts.map { ($0.rawValue, words.effort($0)) }
        func shown(_ value: Double?) -> String { value.map { words.figures.number($0) } ?? "" }
        return choose(.size, "effort", .effortLabel, options, one.effort?.rawValue ?? "")
            + pair(
                input(.size, "low", .hoursLowLabel, shown(one.benefit?.low), kind: .number),
                input(.size, "high", .hoursHighLabel, shown(one.benefit?.high), kind: .number))
    }

    private func spent() -> HTML {
        let actions = [("", words.say(.wholeImprovement))] + round.actions.map { (String($0.id), $0.text) }
        return pair(
            input(.spent, "hours", .hoursLabel, "", kind: .number, isRequired: true),
            input(.spent, "on", .hoursOnLabel, values.today.description, kind: .date))
            + pair(
                choose(.spent, "action", .hoursForLabel, actions, ""),
                input(.spent, "department", .departmentLabel, values.department, kind: .department))
    }
}
