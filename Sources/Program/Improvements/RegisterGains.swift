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

    func run() async throws {
        let words = try output.words()
        let store = try await place.openExisting()
        let all = try await store.improvements()
        let report = try await gains(in: store)
        try await store.close()
        let titles = Dictionary(all.map { ($0.id, $0.improvement.title) }, uniquingKeysWith: { a, _ in a })
        if output.json {
            try Terminal.write(document(report, titles).text + "\n")
        } else {
            try Terminal.write(text(report, titles, words))
            for one in report.unmeasured {
                try Terminal.write(
                    "\(one.improvement.value). \(titles[one.improvement, default: ""]): \(one.reason.told)\n")
            }
        }
    }

    private func text(_ report: GainsReport, _ titles: [ID<Improvement>: String], _ words: Words) -> String {
        if report.gains.isEmpty { return words(.noProvenGains) + "\n" }
        var text = ""
        for one in report.gains {
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
        let total = report.total
        return text + words.text(.allGains(credited: total.credited, own: total.own)) + "\n"
    }

    private func document(_ report: GainsReport, _ titles: [ID<Improvement>: String]) -> JSON {
        let total = report.total
        return .object([
            ("schema", "ratchet.gains/1"), ("asOf", .day(report.asOf)),
            (
                "rule",
                "in the order of going live, each up to what its own verdict measured and to what is left of the joint effect"
            ),
            ("gains", .array(report.gains.map { Self.json($0, titles, asOf: report.asOf) })),
            (
                "total",
                .object([
                    ("credited", .number(total.credited)), ("own", .number(total.own)), ("held", .number(total.held)),
                ])
            ),
            (
                "unmeasured",
                .array(
                    report.unmeasured.map {
                        .object([
                            ("improvement", .integer(Int($0.improvement.value))), ("round", .integer($0.round)),
                            ("reason", .string($0.reason.told)),
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
