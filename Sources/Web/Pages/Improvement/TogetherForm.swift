import Improvements
import Languages
import Opportunities
import Records
import Statistics

// What several departments do to one improvement, read from its forms.

extension Deed {
    /// The one change of a form about departments, teams, hours, size and family.
    func together(_ form: ImprovementForm, _ one: Improvement, by name: String, today: Day) throws(FormProblem)
        -> Change
    {
        let round = one.round
        switch self {
        case .part, .partdone: return try part(form, round, today: today)
        case .wait, .handed: return try waiting(form, one, today: today)
        case .respond:
            let id = try form.item()
            guard var roadblock = round.roadblocks.first(where: { $0.id == id }) else { throw .unknown(String(id)) }
            roadblock.response = try form.text("response", .responseLabel)
            if form.fields["gone"] != nil, roadblock.clearedOn == nil { roadblock.clearedOn = today }
            return .roadblock(roadblock)
        case .team:
            return .team(
                AdoptingTeam(
                    name: try form.text("team", .teamHeading),
                    department: try form.optionalText("department", .departmentLabel),
                    people: Int(try form.whole("people", .peopleLabel, in: 1...100_000))))
        case .adopted:
            let people = try form.whole("people", .adoptedLabel, in: 0...100_000)
            return .adopted(
                Adoption(team: try form.text("team", .whichTeam), people: Int(people), on: try form.day("on") ?? today))
        case .knows: return .knows(person: name, team: try form.text("team", .whichTeam))
        case .adoption:
            let share = try form.number("needed", .neededLabel, in: 0...100)
            return .adoptionNeeded(share == 0 ? nil : share / 100)
        case .size:
            let text = form.fields["effort"] ?? ""
            guard text.isEmpty || Effort(rawValue: text) != nil else { throw .unknown(text) }
            return .sized(effort: Effort(rawValue: text), benefit: try form.range("low", "high"))
        case .serves: return .serves(goal: try form.optionalText("goal", .servesLabel).nilWhenEmpty)
        case .parent:
            let text = form.fields["parent"] ?? ""
            guard text.isEmpty || Int64(text) != nil else { throw .unknown(text) }
            return .belongs(to: Int64(text))
        case .support: return .supported(by: name)
        case .unsupport: return .unsupported(by: name)
        default: return .spent(try form.hours(today: today))
        }
    }

    private func part(_ form: ImprovementForm, _ round: Round, today: Day) throws(FormProblem) -> Change {
        if self == .partdone {
            let place = try form.item()
            guard round.parts.indices.contains(place) else { throw .unknown(String(place)) }
            var part = round.parts[place]
            part.doneOn = today
            return .part(part)
        }
        let department = try form.text("department", .departmentLabel)
        return .part(
            Part(
                department: department, text: try form.text("text", .partLabel),
                lead: try form.optionalText("lead", .leadLabel), due: try form.day("due"),
                doneOn: round.parts.first { $0.department == department }?.doneOn))
    }

    private func waiting(_ form: ImprovementForm, _ one: Improvement, today: Day) throws(FormProblem) -> Change {
        if self == .handed {
            let id = try form.item()
            guard var wait = one.waits.first(where: { $0.id == id }) else { throw .unknown(String(id)) }
            // What was to be waited for from a day ahead has come before its time: it was waited for no day.
            wait.until = max(today, wait.since)
            return .waiting(wait)
        }
        let agreed = (form.fields["agreed"] ?? "").isEmpty ? nil : try form.whole("agreed", .agreedLabel, in: 0...3650)
        return .waiting(
            Wait(
                id: (one.waits.map(\.id).max() ?? 0) + 1,
                department: try form.optionalText("department", .whoWaitsLabel),
                waitsFor: try form.text("for", .waitsForLabel), what: try form.text("text", .whatForLabel),
                since: try form.day("since") ?? today, agreedDays: agreed.map { Int($0) }))
    }
}

extension ImprovementForm {
    func whole(_ name: String, _ label: ImprovementPhrase, in range: ClosedRange<Double>) throws(FormProblem) -> Double
    {
        let value = try number(name, label, in: range)
        guard value == value.rounded() else { throw .notNumber(fields[name] ?? "") }
        return value
    }

    /// A line of hours; a minus takes back a slip.
    func hours(today: Day) throws(FormProblem) -> TimeSpent {
        let most = TimeSpent.hoursMax
        let hours = try number("hours", .hoursLabel, in: -most...most)
        guard hours != 0 else { throw .outside(.hoursLabel, low: -most, high: most) }
        let action = fields["action"] ?? ""
        guard action.isEmpty || Int(action) != nil else { throw .unknown(action) }
        return TimeSpent(
            action: Int(action), hours: hours, on: try day("on") ?? today,
            department: try optionalText("department", .departmentLabel))
    }
}
