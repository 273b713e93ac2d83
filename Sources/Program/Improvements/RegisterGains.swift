import ArgumentParser
import Evaluations
import Improvements
import Languages
import Measures
import Records
import Statistics
import Store
import Turn
import Web

struct ShowGains: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gains",
        abstract: "Print what has been proven to work, how much of it holds, each hour counted once.",
        discussion: "Example: ratchet register gains --json")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    /// A round that worked and whose gain can no longer be computed.
    private struct Unmeasured {
        var improvement: ID<Improvement>
        var round: Int
        var reason: String
    }

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let all = try await store.improvements()
        var rounds: [ProvenGain: Round] = [:]
        var gains: [ProvenGain] = []
        var unmeasured: [Unmeasured] = []
        var asOf: Day?
        for kept in all {
            for round in kept.improvement.rounds where round.judgement?.verdict == .worked {
                guard let plan = round.plan, let evidence = try await Turn.evidence(for: plan.plan.needs, in: store)
                else {
                    continue
                }
                asOf = evidence.asOf
                do throws(Unjudged) {
                    guard let gain = try provenGain(of: round, kept.id, evidence) else { continue }
                    gains.append(gain)
                    rounds[gain] = round
                } catch {
                    unmeasured.append(Unmeasured(improvement: kept.id, round: round.number, reason: error.told))
                }
            }
        }
        var found = groups(of: gains)
        for i in found.indices {
            guard let joint = jointRound(of: found[i].gains.compactMap { rounds[$0] }), let plan = joint.plan,
                let evidence = try await Turn.evidence(for: plan.plan.needs, in: store)
            else { continue }
            found[i].total = (try? judge(joint, evidence))?.benefit?.hoursPerMonth
        }
        try await store.close()
        let shared = sharedGains(found)
        let titles = Dictionary(all.map { ($0.id, $0.improvement.title) }, uniquingKeysWith: { a, _ in a })
        if output.json {
            try Terminal.write(document(shared, titles, unmeasured, asOf: asOf).text + "\n")
        } else {
            try Terminal.write(text(shared, titles, words))
            for one in unmeasured {
                try Terminal.write("\(one.improvement.value). \(titles[one.improvement, default: ""]): \(one.reason)\n")
            }
        }
    }

    private func text(_ shared: [SharedGain], _ titles: [ID<Improvement>: String], _ words: Words) -> String {
        if shared.isEmpty { return words(.noProvenGains) + "\n" }
        var text = ""
        for one in shared {
            text += "\(one.gain.improvement.value). \(Terminal.bold(titles[one.gain.improvement, default: ""]))\n"
            if !one.sharedWith.isEmpty, let credited = one.credited, let own = one.gain.hoursPerMonth {
                let line = RegisterLine.sharedGain(
                    credited: credited.estimate, own: own.estimate, others: one.sharedWith.count)
                text += "   " + words.text(line) + "\n"
                if case .largest = one.bound { text += "   " + words(.largestStands) + "\n" }
            }
            if let held = one.gain.held, let hours = one.heldHours {
                text += "   " + words.text(.heldGain(share: held.estimate, hours: hours.estimate)) + "\n"
            }
        }
        let total = Self.total(shared)
        return text + words.text(.allGains(credited: total.credited, own: total.own)) + "\n"
    }

    private static func total(_ shared: [SharedGain]) -> (credited: Double, own: Double, held: Double) {
        (
            shared.reduce(0) { $0 + ($1.credited?.estimate ?? 0) },
            shared.reduce(0) { $0 + ($1.gain.hoursPerMonth?.estimate ?? 0) },
            shared.reduce(0) { $0 + ($1.heldHours?.estimate ?? 0) }
        )
    }

    private func document(
        _ shared: [SharedGain], _ titles: [ID<Improvement>: String], _ unmeasured: [Unmeasured], asOf: Day?
    ) -> JSON {
        let total = Self.total(shared)
        return .object([
            ("schema", "ratchet.gains/1"), ("asOf", .day(asOf)),
            (
                "rule",
                "in the order of going live, each up to what its own verdict measured and to what is left of the joint effect"
            ),
            ("gains", .array(shared.map { Self.json($0, titles, asOf: asOf) })),
            (
                "total",
                .object([
                    ("credited", .number(total.credited)), ("own", .number(total.own)), ("held", .number(total.held)),
                ])
            ),
            (
                "unmeasured",
                .array(
                    unmeasured.map {
                        .object([
                            ("improvement", .integer(Int($0.improvement.value))), ("round", .integer($0.round)),
                            ("reason", .string($0.reason)),
                        ])
                    })
            ),
        ])
    }

    private static func json(_ one: SharedGain, _ titles: [ID<Improvement>: String], asOf: Day?) -> JSON {
        let gain = one.gain
        var bound: (String, Estimate?) = ("alone", nil)
        switch one.bound {
        case .alone: break
        case .measured(let total): bound = ("measured", total)
        case .largest(let total): bound = ("largest", total)
        }
        let last = asOf ?? gain.reviewLast
        return .object([
            ("improvement", .integer(Int(gain.improvement.value))), ("round", .integer(gain.round)),
            ("title", .string(titles[gain.improvement, default: ""])), ("measure", .string(gain.measured.measure.id)),
            ("slice", .slice(gain.measured.slice)), ("liveOn", .day(gain.liveOn)), ("effect", .estimate(gain.effect)),
            ("hoursPerMonth", .estimate(gain.hoursPerMonth)), ("credited", .estimate(one.credited)),
            ("bound", .string(bound.0)), ("jointHoursPerMonth", .estimate(bound.1)),
            ("sharedWith", .array(one.sharedWith.map { .integer(Int($0.value)) })), ("held", .estimate(gain.held)),
            ("heldHours", .estimate(one.heldHours)), ("slippedOn", .day(gain.slippedOn)),
            ("anniversaries", .array(gain.anniversaries(through: last).map { .string($0.description) })),
            ("nextAnniversary", .day(gain.nextAnniversary(after: last))),
        ])
    }
}
