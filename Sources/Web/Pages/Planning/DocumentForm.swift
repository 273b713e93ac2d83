import Gains
import Languages
import Measures
import Records

/// What is wrong with what was typed.
enum DocumentProblem: Error {
    case nameMissing
    case unknownMeasure
    case unknownPolicy

    func told(_ words: Words) -> String {
        switch self {
        case .nameMissing: words.plan(PlanningPhrase.nameMissing)
        case .unknownMeasure: words.plan(PlanningPhrase.unknownMeasure)
        case .unknownPolicy: words.plan(PlanningPhrase.unknownPolicy)
        }
    }
}

/// A document as the fields of a form: lists stand one a line.
struct DocumentForm: Sendable {
    var kind: PlanningDocument.Kind
    var fields: [String: String]

    init(kind: PlanningDocument.Kind, fields: [String: String] = [:]) {
        self.kind = kind
        self.fields = fields
    }

    subscript(name: String) -> String { fields[name] ?? "" }

    init(_ document: PlanningDocument) {
        kind = document.kind
        fields = ["name": document.name]
        switch document {
        case .process(let card):
            fields["purpose"] = card.purpose
            fields["activities"] = card.activities.joined(separator: "\n")
            fields["procedures"] = card.procedures.joined(separator: "\n")
            fields["deliverables"] = card.deliverables.joined(separator: "\n")
            fields["handoffs"] = card.handoffs.joined(separator: "\n")
            fields["policies"] = card.policies.map(String.init).joined(separator: "\n")
            fields["measures"] = card.measures.joined(separator: "\n")
            fields["owner"] = card.owner
            fields["manager"] = card.manager
            fields["practitioners"] = card.practitioners.joined(separator: "\n")
        case .goal(let goal):
            fields["level"] = goal.level.rawValue
            fields["serves"] = goal.serves.map(String.init)
            fields["measure"] = goal.measure
            fields["target"] = goal.target.map { "\($0)" }
            fields["by"] = goal.by?.description
            fields["owner"] = goal.owner
        case .skill(let skill):
            fields["area"] = skill.area
            fields["needed"] = String(skill.needed)
            fields["holders"] = skill.holders.joined(separator: "\n")
            fields["training"] = skill.training.map { "\($0.who)\($0.by.map { " \($0)" } ?? "")" }
                .joined(separator: "\n")
        case .maturity(let assessment):
            for part in MaturityAssessment.Part.allCases {
                fields[part.rawValue] = assessment[part].map(String.init)
            }
            fields["note"] = assessment.note
        }
    }

    /// Letters of one field; a card is a page, not a book.
    private static let lettersMax = 4000

    private func text(_ name: String) -> String {
        let text = self[name].replacing("\r\n", with: "\n")
        return String(text.prefix(Self.lettersMax)).trimmingBlanks
    }

    private func lines(_ name: String) -> [String] {
        text(name).split(separator: "\n").map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
    }

    /// What was typed as a document.
    /// - Parameter after: What it was before: what no form shows is kept.
    func document(after earlier: PlanningDocument?, policies known: Set<Int64>) throws(DocumentProblem)
        -> PlanningDocument
    {
        let name = text("name")
        if name.isEmpty { throw .nameMissing }
        switch kind {
        case .process: return .process(try card(name, earlier, known))
        case .goal:
            return .goal(
                Goal(
                    level: Goal.Level(rawValue: self["level"]) ?? .strategic, text: name,
                    serves: Int64(self["serves"]), measure: try measure(text("measure")),
                    target: Double(text("target").replacing(",", with: ".")), by: Day(text("by")),
                    owner: text("owner")))
        case .skill:
            return .skill(
                Skill(
                    name: name, area: text("area"), needed: max(1, Int(text("needed")) ?? 1), holders: lines("holders"),
                    training: lines("training").map(Self.training)))
        case .maturity:
            var levels: [MaturityAssessment.Part: Int] = [:]
            for part in MaturityAssessment.Part.allCases { levels[part] = Int(text(part.rawValue)) }
            return .maturity(MaturityAssessment(practice: name, levels: levels, note: text("note")))
        }
    }

    private func card(
        _ name: String, _ earlier: PlanningDocument?, _ known: Set<Int64>
    ) throws(DocumentProblem) -> ProcessCard {
        var measures: [Measure.ID] = []
        for line in lines("measures") { if let id = try measure(line) { measures.append(id) } }
        var policies: [Int64] = []
        for line in lines("policies") {
            guard let id = Int64(line), known.contains(id) else { throw .unknownPolicy }
            policies.append(id)
        }
        var usedOn: Day?
        if case .process(let before)? = earlier { usedOn = before.usedOn }
        return ProcessCard(
            name: name, purpose: text("purpose"), activities: lines("activities"), procedures: lines("procedures"),
            deliverables: lines("deliverables"), handoffs: lines("handoffs"), policies: policies, measures: measures,
            owner: text("owner"), manager: text("manager"), practitioners: lines("practitioners"), usedOn: usedOn)
    }

    private func measure(_ text: String) throws(DocumentProblem) -> Measure.ID? {
        if text.isEmpty { return nil }
        guard let measure = Measure(id: text) else { throw .unknownMeasure }
        return measure.id
    }

    /// `Eve 2026-03-31`: a name, and a day if there is one.
    private static func training(_ line: String) -> Skill.Training {
        let words = line.split(separator: " ")
        guard words.count > 1, let last = words.last, let day = Day(last) else { return .init(who: line, by: nil) }
        return .init(who: words.dropLast().joined(separator: " "), by: day)
    }
}
