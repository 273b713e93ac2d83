import Gains
import Languages
import Measures
import Records
import Signals
import Statistics
import Store
import Turn

/// Momentum and policies as JSON, alike on the command line and over HTTP. It may only grow.
public struct MomentumDocuments: Sendable {
    private let words: Words

    public init(words: Words) { self.words = words }

    public func json(_ report: MomentumReport) -> JSON {
        .object([
            ("schema", "ratchet.momentum/1"),
            ("today", .string(report.today.description)), ("week", period(report.week)),
            ("questions", .array(report.answers.map { question($0, report) })),
            ("signs", .array(report.signs.map { sign($0) })),
            ("figures", .array(report.readings.map(figure))),
            (
                "daysInStep",
                .array(
                    report.daysInStep.map { step, count in
                        .object([
                            ("step", .integer(step.number)), ("cases", .integer(count)),
                            ("medianDays", step.days.map { .estimate($0) } ?? .null),
                        ])
                    })
            ),
            ("unexplained", .array(report.shifts.filter { !$0.isExplained }.map(shift))),
            ("explained", .array(report.shifts.filter(\.isExplained).map(shift))),
            ("scores", .array(report.scores.map(score))),
            ("quieted", .array(report.quieted.map(CycleDocuments.json))),
            ("time", .array(report.time.map(CycleDocuments.json))),
            ("pulse", .array(report.pulse.map(CycleDocuments.json))),
            ("firefighting", report.firefighting.map(fire) ?? .null),
            (
                "responses",
                .array(
                    report.responses.map { response, aftermath in
                        .object([
                            ("sign", .string(response.sign.word)),
                            ("play", response.play.map { .string($0.rawValue) } ?? .null),
                            ("note", .string(response.note)), ("by", .string(response.by)),
                            ("at", .string(response.at.description)), ("outcome", .string(words.told(aftermath))),
                        ])
                    })
            ),
        ])
    }

    private func period(_ period: Period) -> JSON {
        .object([("from", .string(period.first.description)), ("through", .string(period.last.description))])
    }

    private func question(_ answer: WeeklyAnswer, _ report: MomentumReport) -> JSON {
        let counts = report.counts(answer.question)
        let weeks = zip(counts.weeks, zip(counts.counts, counts.rates)).map { week, values in
            JSON.object([
                ("from", .string(week.first.description)), ("count", .number(values.0)), ("value", .number(values.1)),
            ])
        }
        return .object([
            ("question", .string(answer.question.rawValue)), ("text", .string(words.told(answer.question))),
            ("answer", .string(answer.answer.rawValue)),
            ("sentence", .string(words.sentence(answer).text(in: words.language))),
            ("ratio", answer.ratio.map { .estimate($0.ratio) } ?? .null), ("weeks", .array(weeks)),
        ])
    }

    private func sign(_ sign: Sign) -> JSON {
        .object([
            ("sign", .string(sign.word)),
            (
                "plays",
                .array(
                    sign.plays.map {
                        .object([("play", .string($0.rawValue)), ("text", .string(words.told($0)))])
                    })
            ),
        ])
    }

    private func figure(_ reading: MomentumReading) -> JSON {
        let series = reading.series
        let steps = zip(series.steps, zip(series.values, series.counts)).map { step, values in
            JSON.object([
                ("from", .string(step.first.description)), ("through", .string(step.last.description)),
                ("value", .number(values.0)), ("count", .integer(values.1)),
            ])
        }
        let shift = reading.shift.map { shift -> JSON in
            .object([
                ("at", .string(shift.at.description)), ("direction", .string(shift.isWorse ? "worse" : "better")),
                ("before", .estimate(shift.before)), ("after", .estimate(shift.after)), ("q", .number(shift.q)),
            ])
        }
        return .object([
            ("figure", .string(series.measure.rawValue)), ("name", .string(words.name(of: series.measure))),
            ("unit", .string(series.measure.isShare ? "share" : series.measure.isDays ? "days" : "count")),
            ("now", .optional(series.now)), ("shift", shift ?? .null),
            ("cannotTell", reading.silence.map { .string(words.told($0)) } ?? .null), ("steps", .array(steps)),
        ])
    }

    private func shift(_ shift: Shift) -> JSON {
        .object([
            ("signal", .string(shift.id)), ("measure", .string(shift.signal.measure.id)),
            ("slice", .slice(shift.signal.slice)), ("at", .string(shift.signal.at.description)),
            ("direction", .string(shift.signal.direction.rawValue)),
            ("sentence", .string(words.sentence(for: shift.signal))),
            ("causes", .array(shift.causes.map { .string(words.told($0).text(in: words.language)) })),
            ("possible", .array(shift.possible.map { .string(words.told($0).text(in: words.language)) })),
        ])
    }

    private func score(_ score: Score) -> JSON {
        .object([
            ("source", .string(score.source.rawValue)), ("came", .integer(score.came)),
            ("didNotCome", .integer(score.didNotCome)), ("cannotTell", .integer(score.cannotTell)),
            ("open", .integer(score.open)), ("share", score.share.map { .estimate($0) } ?? .null),
        ])
    }

    private func fire(_ meter: Firefighting) -> JSON {
        func needle(_ needle: Firefighting.Needle?) -> JSON {
            guard let needle else { return .null }
            return .object([
                ("now", .estimate(needle.now)), ("tickets", .integer(needle.count)),
                ("before", needle.before.map { .estimate($0) } ?? .null),
            ])
        }
        return .object([
            ("unplanned", needle(meter.unplanned)), ("workaround", needle(meter.workaround)),
            ("repeated", needle(meter.repeated)), ("hours", .optional(meter.hours)),
        ])
    }

    /// A finding about the work or a policy, in the form of every other signal; what does not apply is null.
    public func json(_ signal: ProgrammeSignal) -> JSON {
        .object([
            ("id", .string(signal.id)), ("kind", .string(signal.kind.rawValue)),
            ("measure", .string(signal.measureWord)), ("unit", .string(signal.unitWord)), ("slice", .object([])),
            ("at", .string(signal.at.description)), ("atEarliest", .string(signal.atEarliest.description)),
            ("atLatest", .string(signal.atLatest.description)), ("direction", .string(signal.direction.rawValue)),
            ("before", .estimate(signal.before)), ("after", .estimate(signal.after)), ("relative", .null),
            ("q", .optional(signal.q)), ("hoursPerMonth", .null),
            ("sentence", .string(words.sentence(signal).text(in: words.language))),
        ])
    }

    public func json(_ policy: KeptPolicy, _ compliance: Compliance?, breaches: [Breach]) -> JSON {
        let weeks = (compliance?.weeks ?? []).map { week in
            JSON.object([
                ("from", .string(week.monday.description)), ("kept", .integer(week.kept)),
                ("broken", .integer(week.broken)), ("unknown", .integer(week.unknown)),
                ("share", shareEstimate(week.kept, of: week.judged).map { .estimate($0) } ?? .null),
            ])
        }
        return .object([
            ("id", .integer(Int(policy.id))), ("name", .string(policy.name)), ("rule", .string(policy.rule)),
            ("target", .number(policy.target)), ("owner", .string(policy.owner)),
            ("inForce", .bool(policy.retiredAt == nil)),
            ("checkedAt", policy.checkedAt.map { .string($0.description) } ?? .null),
            ("compliance", compliance?.now.map { .estimate($0) } ?? .null),
            ("sentence", compliance.map { .string(words.told($0, target: policy.target)) } ?? .null),
            ("weeks", .array(weeks)),
            (
                "breaches",
                .array(
                    breaches.map {
                        .object([
                            ("kind", .string($0.kind.plural)), ("number", .string($0.number)),
                            ("at", .string($0.at.description)),
                        ])
                    })
            ),
        ])
    }
}

extension ProgrammeSignal {
    /// `policy.3`, `momentum.contributors`: what stands where other signals name their measure.
    var measureWord: String {
        switch subject {
        case .policy(let id, _): "policy.\(id)"
        case .momentum(let measure): "momentum.\(measure.rawValue)"
        }
    }
}

extension ProgrammeSignal {
    var unitWord: String {
        guard case .momentum(let measure) = subject else { return "share" }
        return measure.isShare ? "share" : measure.isDays ? "days" : "count"
    }
}

extension WeeklyAnswer {
    var ratio: RateRatio? {
        switch grounds {
        case .moved(let ratio), .steady(let ratio), .unsure(let ratio): ratio
        default: nil
        }
    }
}

extension MomentumReport {
    /// The weeks that a question is about.
    func counts(_ question: Question) -> WeeklyCounts {
        switch question {
        case .incidentsFallen: incidents
        case .unauthorisedRising: unauthorised
        case .suggestionsDeclining: suggestions
        }
    }
}
