import Improvements
import Organisations
import Records
import Statistics

/// Who does and says what in one improvement of a story.
struct Script {
    enum Role { case manager, owner, analyst, practitioner, engineer, leader, program }

    var key: String
    var title: Wording
    var text: Wording
    var goal: Wording
    var kind: Change.Kind
    var stage: Change.Stage
    var cast: [Role: String]
    /// Values that a finding about the same trouble may be told in.
    var related: [Wording] = []
    var acts: [Act]

    struct Act {
        var objective: Wording
        var cause: Wording
        var choices: [Wording] = []
        var actions: [Step] = []
        var roadblock: Block?
        var teams: [Wording] = []
        var guardrails: [(measure: String, part: Part?, margin: Double)] = []
        /// Parts that nothing is done to, to compare with: they have the same season and the same bad weeks.
        var controls: [Part] = []
        var leastEffect = 0.1
        var followsBadSpell = false
        /// Other parts and measures that the same test is made in.
        var also: [Look] = []
        var decision = Decision.keep
        var lesson: Wording
        /// Of a round that has only begun: what it will be measured by.
        var aim: (measure: String, part: Part)?
    }

    struct Step {
        var text: Wording
        var kind: Action.Kind
        var role: Role
        var department: Wording
        /// When it is due, counted from the first day in use.
        var days: Int
    }

    struct Block {
        var text: Wording
        var department: Wording
        var response: Wording
    }

    /// Something else to look at over the same days: another part of the same measure, or another measure.
    struct Look {
        var name: Wording
        var measure: String?
        var part: Part?
        var least = 0.1
        var shape = ExpectedShape.step
        /// Which way is better, where the measure itself does not say.
        var wanted: Objective.Direction?
    }

    struct Part {
        var dimension: Dimension
        var value: Wording

        func slice(_ tongue: Tongue) -> Slice { Slice(dimension, value[tongue]) }
    }

    static func all(_ story: Story) -> [Script] {
        switch story {
        case .retailer: [answers]
        case .airline: [delays, service]
        case .bank: [speed, security, stability]
        case .chance: [chance]
        case .harm: [harm]
        }
    }

    // MARK: Sentences with figures

    /// What the same test said in one part.
    static func told(_ look: Look, _ judgement: Judgement, _ tongue: Tongue) -> String {
        let name = look.name[tongue]
        guard let effect = judgement.effect else {
            return Wording(
                "\(name): nothing can be said yet.", "\(name): der kan ikke siges noget endnu.", "\(name)：还无法下结论。")[
                    tongue]
        }
        let (middle, low, high) = (percent(effect.estimate), percent(effect.low), percent(effect.high))
        return Wording(
            "\(name), over the same days: \(middle) % (\(low) to \(high)).",
            "\(name), over de samme dage: \(middle) % (\(low) til \(high)).",
            "\(name)，同一时期：\(middle)%（\(low) 至 \(high)）。")[tongue]
    }

    static func slipped(_ day: Day, _ tongue: Tongue) -> String {
        Wording(
            "The gain is slipping: on \(day) it was certain that the level is on its way back.",
            "Gevinsten skrider: den \(day) stod det fast, at niveauet er på vej tilbage.",
            "成果正在流失：\(day) 已可确定水平正在回落。")[tongue]
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))" }
}
