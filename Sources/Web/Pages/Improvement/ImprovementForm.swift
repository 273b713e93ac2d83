import Improvements
import Languages
import Measures
import Records
import Statistics

/// What is wrong with what was typed.
enum FormProblem: Error, Equatable {
    case fill(ImprovementPhrase)
    case notNumber(String)
    case notDate(String)
    case outside(ImprovementPhrase, low: Double, high: Double)
    case tooLong(ImprovementPhrase, most: Int)
    /// A choice that is on no list: an old page, or a hand-made form.
    case unknown(String)
}

/// The fields of a form, read as a reader of a language writes them.
struct ImprovementForm {
    let fields: [String: String]
    let language: Language

    /// More than anyone types into a field; what is pasted in by mistake is refused, not cut.
    static let textMax = 4_000

    func text(_ name: String, _ label: ImprovementPhrase) throws(FormProblem) -> String {
        let text = (fields[name] ?? "").trimmingBlanks
        if text.isEmpty { throw .fill(label) }
        return try short(text, label)
    }

    func optionalText(_ name: String, _ label: ImprovementPhrase) throws(FormProblem) -> String {
        try short((fields[name] ?? "").trimmingBlanks, label)
    }

    private func short(_ text: String, _ label: ImprovementPhrase) throws(FormProblem) -> String {
        if text.utf8.count > Self.textMax { throw .tooLong(label, most: Self.textMax) }
        return text
    }

    func number(_ name: String) throws(FormProblem) -> Double? {
        let text = (fields[name] ?? "").trimmingBlanks
        if text.isEmpty { return nil }
        guard let value = Self.number(text, language) else { throw .notNumber(text) }
        return value
    }

    func number(_ name: String, _ label: ImprovementPhrase, in range: ClosedRange<Double>) throws(FormProblem) -> Double
    {
        guard let value = try number(name) else { throw .fill(label) }
        guard range.contains(value) else { throw .outside(label, low: range.lowerBound, high: range.upperBound) }
        return value
    }

    func day(_ name: String) throws(FormProblem) -> Day? {
        let text = (fields[name] ?? "").trimmingBlanks
        if text.isEmpty { return nil }
        guard let day = Day(text) else { throw .notDate(text) }
        return day
    }

    func day(_ name: String, _ label: ImprovementPhrase) throws(FormProblem) -> Day {
        guard let day = try day(name) else { throw .fill(label) }
        return day
    }

    func chosen<T: RawRepresentable>(_ name: String, _ type: T.Type) throws(FormProblem) -> T
    where T.RawValue == String {
        let text = fields[name] ?? ""
        guard let value = T(rawValue: text) else { throw .unknown(text) }
        return value
    }

    /// A number as a language writes it: `4,1` in Danish is four point one, `1.250` there is one thousand two hundred and
    /// fifty.
    /// - Returns: Nil for what is no number, or whose marks could be read in two ways.
    static func number(_ text: String, _ language: Language) -> Double? {
        var text = text.filter { !$0.isWhitespace && $0 != "%" }
        if text.hasPrefix("\u{2212}") { text = "-" + text.dropFirst() }
        let (point, mark): (Character, Character) = language == .da ? (",", ".") : (".", ",")
        let halves = text.split(separator: point, omittingEmptySubsequences: false)
        guard halves.count <= 2, let whole = halves.first else { return nil }
        let groups = whole.split(separator: mark, omittingEmptySubsequences: false)
        guard groups.count == 1 || groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        if halves.count == 2, halves[1].contains(mark) { return nil }
        let plain = groups.joined() + (halves.count == 2 ? "." + halves[1] : "")
        guard plain.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }) else { return nil }
        return Double(plain).flatMap { $0.isFinite ? $0 : nil }
    }
}

/// A form that could not be taken as it was: what was typed stays, with what stood in the way.
struct Draft: Sendable {
    var deed: Deed
    var fields: [String: String]
    /// In the reader's words.
    var problem: String
    /// What others wrote while the reader typed, oldest first.
    var meanwhile: [Entry] = []
}

extension Deed {
    /// The changes that a form asks for, where no data are needed to say them; `data`, `plan` and `evaluate` need some.
    ///
    /// - Parameter today: The day by the organisation's clock, for what is done today.
    func changes(_ form: ImprovementForm, _ one: Improvement, by name: String, today: Day) throws(FormProblem)
        -> [Change]
    {
        let round = one.round
        switch self {
        case .objective:
            guard round.plan != nil else { return [.objective(try form.objective())] }
            return [.revised(try form.objective(), reason: try form.text("reason", .changeReason))]
        case .cause: return [.cause(try form.text("cause", .causeLabel))]
        case .choice:
            let id = (round.choices.map(\.id).max() ?? 0) + 1
            let choice = Choice(
                id: id, text: try form.text("text", .choiceLabel), hoursPerMonth: try form.range("low", "high"))
            return [.choice(choice)] + (form.fields["choose"] == nil ? [] : [.chosen(choice: id)])
        case .chosen: return [.chosen(choice: try form.item())]
        case .approve: return [.approved]
        case .owner: return [.owned(by: try form.text("owner", .ownerLabel))]
        case .describe:
            return [
                .described(title: try form.text("title", .titleLabel), text: try form.optionalText("text", .textLabel)),
                .sorted(
                    kind: form.fields["kind"].flatMap { Change.Kind(rawValue: $0) },
                    stage: form.fields["stage"].flatMap { Change.Stage(rawValue: $0) }),
            ]
        case .action: return [.action(try form.action(id: (round.actions.map(\.id).max() ?? 0) + 1))]
        case .done:
            let id = try form.item()
            guard round.actions.contains(where: { $0.id == id }) else { throw .unknown(String(id)) }
            return [.done(action: id, on: today)]
        case .roadblock:
            return [
                .roadblock(
                    Roadblock(
                        id: (round.roadblocks.map(\.id).max() ?? 0) + 1, text: try form.text("text", .roadblockLabel),
                        department: try form.optionalText("department", .waitsForLabel),
                        since: try form.day("since") ?? today,
                        response: try form.optionalText("response", .responseLabel)))
            ]
        case .cleared:
            let id = try form.item()
            guard var roadblock = round.roadblocks.first(where: { $0.id == id }) else { throw .unknown(String(id)) }
            roadblock.clearedOn = today
            return [.roadblock(roadblock)]
        case .live:
            return [
                .live(
                    GoLive(
                        place: try form.optionalText("place", .placeLabel), on: try form.day("on", .liveOnLabel)))
            ]
        case .acknowledge: return [.acknowledged(team: try form.text("team", .teamLabel))]
        case .decide: return [.decided(try form.chosen("decision", Decision.self))]
        case .forward: return [.forward(reason: nil)]
        case .override: return [.forward(reason: try form.text("reason", .reasonLabel))]
        case .back:
            guard let step = form.fields["to"].flatMap({ Int($0) }).flatMap({ Step(rawValue: $0) }) else {
                throw .unknown(form.fields["to"] ?? "")
            }
            return [.back(to: step, reason: try form.text("reason", .reasonLabel))]
        case .hold: return [.held(reason: try form.text("reason", .reasonLabel))]
        case .resume: return [.resumed]
        case .round: return [.nextRound]
        case .close: return [.closed(reason: try form.text("reason", .reasonLabel))]
        case .comment: return [.commented(try form.text("text", .commentLabel))]
        case .watch: return [.watched(by: name)]
        case .unwatch: return [.unwatched(by: name)]
        case .part, .partdone, .wait, .handed, .respond, .team, .adopted, .knows, .adoption, .size, .serves, .parent,
            .support, .unsupport, .spent:
            return [try together(form, one, by: name, today: today)]
        case .data, .plan, .evaluate: return []
        }
    }
}

extension ImprovementForm {
    func item() throws(FormProblem) -> Int {
        guard let id = fields["item"].flatMap({ Int($0) }) else { throw .unknown(fields["item"] ?? "") }
        return id
    }

    /// Two ends as people say them; the middle between them is the estimate.
    func range(_ low: String, _ high: String) throws(FormProblem) -> Estimate? {
        switch (try number(low), try number(high)) {
        case (nil, nil): return nil
        case (let one?, nil), (nil, let one?): return Estimate(one, low: one, high: one)
        case (let a?, let b?): return Estimate((a + b) / 2, low: min(a, b), high: max(a, b))
        }
    }

    func objective() throws(FormProblem) -> Objective {
        let text = try text("text", .objectiveLabel)
        let id = fields["measure"] ?? ""
        if !id.isEmpty, Measure(id: id) == nil { throw .unknown(id) }
        // The store answers for everything, one value, or two.
        guard let slice = Slice(address: fields["slice"] ?? ""), slice.parts.count <= 2 else {
            throw .unknown(fields["slice"] ?? "")
        }
        let measure = Measure(id: id)
        // Shares are typed in per cent, as they are shown.
        let factor = measure?.unit == .share ? 0.01 : 1
        let usual: Objective.Direction = measure?.direction == .lowerIsWorse ? .higher : .lower
        return Objective(
            text: text, measure: measure?.id, slice: slice,
            wanted: Objective.Direction(rawValue: fields["wanted"] ?? "") ?? usual,
            target: try number("target").map { $0 * factor }, by: try day("by"),
            goal: try optionalText("goal", .goalLabel).nilWhenEmpty)
    }

    func action(id: Int) throws(FormProblem) -> Action {
        Action(
            id: id, text: try text("text", .actionLabel), kind: try chosen("kind", Action.Kind.self),
            owner: try text("owner", .actionOwnerLabel), department: try optionalText("department", .departmentLabel),
            due: try day("due"))
    }

    /// The test that a form asks for, before the data say what it can prove.
    /// - Parameters:
    ///   - controls: The slices that were offered to compare with.
    ///   - guardrails: The measures that were offered to be watched.
    func plan(
        for objective: Objective, baseline: Period, controls: [Slice], guardrails: [Measure]
    ) throws(FormProblem) -> Plan {
        let weeks = try number("weeks", .weeksLabel, in: 2...520)
        guard weeks == weeks.rounded() else { throw .notNumber(fields["weeks"] ?? "") }
        let least = try number("least", .leastEffectLabel, in: 0.1...1000)
        let margin = try number("margin") ?? 2
        guard (0.1...100).contains(margin) else { throw .outside(.marginLabel, low: 0.1, high: 100) }
        return Plan(
            objective: objective,
            guardrails: guardrails.filter { fields["guardrail-\($0.id)"] != nil }.map {
                Guardrail(measure: $0.id, margin: margin / 100)
            },
            baseline: baseline, weeks: Int(weeks), shape: try chosen("shape", ExpectedShape.self),
            leastEffect: least / 100, controls: controls.filter { fields["control-\($0.address)"] != nil },
            followsBadSpell: fields["spell"] != nil, method: "evaluation/1")
    }
}

extension String {
    var nilWhenEmpty: String? { isEmpty ? nil : self }
}
