import ArgumentParser
import Evaluations
import Improvements
import Measures
import Records
import Statistics
import Store
import Turn

/// A store with an improvement, and what its objective is measured by.
private struct Bench {
    let improvement: Improvement
    let objective: Objective
    let measured: MeasuredSlice
    let evidence: Evidence

    /// - Parameter more: What else is to be read.
    init(_ options: ImprovementOptions, more: (Measure) -> [MeasuredSlice] = { _ in [] }) async throws {
        let store = try await options.place.openExisting()
        improvement = try await options.existing(store)
        guard let objective = improvement.round.objective,
            let measure = objective.measure.flatMap({ Measure(id: $0) })
        else { throw LifeCycleError.notMeasurable }
        self.objective = objective
        measured = MeasuredSlice(measure, objective.slice)
        evidence = try await known([measured, MeasuredSlice(measure)] + more(measure), in: store)
        try await store.close()
    }

    /// The days before the change: half a year up to the last day of the data, or less where there is less.
    func baseline(from first: Day?) throws -> Period {
        let known = evidence.rollups[measured]?.period?.first ?? evidence.asOf
        let start = max(first ?? (evidence.asOf - (CheckData.baselineDays - 1)), known)
        guard start <= evidence.asOf else {
            throw Failure(message: "the data end on \(evidence.asOf), before the baseline begins", code: 65)
        }
        return Period(start, through: evidence.asOf)
    }
}

/// What the store knows of some measures and slices.
private func known(_ needs: [MeasuredSlice], in store: any Store) async throws -> Evidence {
    guard let evidence = try await Turn.evidence(for: needs, in: store) else {
        throw Failure(message: "there are no tickets in the store; bring some with ‘ratchet import FILE’", code: 65)
    }
    return evidence
}

/// An improvement with what the frozen plan of its round needs, whatever its objective says by now.
private func planned(_ options: ImprovementOptions) async throws -> (improvement: Improvement, evidence: Evidence) {
    let store = try await options.place.openExisting()
    let improvement = try await options.existing(store)
    guard let plan = improvement.round.plan else { throw LifeCycleError.noPlan }
    let evidence = try await known(plan.plan.needs, in: store)
    try await store.close()
    return (improvement, evidence)
}

/// A share in per cent, to a tenth.
private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

struct CheckData: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Look whether the data can carry the test, and note it.",
        discussion: "Example: ratchet improvement data 1")

    static let baselineDays = 180

    @OptionGroup var options: ImprovementOptions
    @Option(help: "The first day of the baseline; half a year before the last day of the data unless said.")
    var from: Day?

    func run() async throws {
        let bench = try await Bench(options)
        let baseline = try bench.baseline(from: from)
        guard let found = fitness(of: bench.measured, bench.evidence, baseline: baseline) else {
            throw Failure(message: "there is nothing about this measure and slice in the store", code: 65)
        }
        let told =
            "\(found.fitness.days) days with a value from \(baseline.first) to \(baseline.last), "
            + "\(percent(found.fitness.missing)) missing; the latest \(found.settlingDays) days cannot be judged yet.\n"
        try await options.add(seen: bench.improvement.version, telling: told) { _ in .fitness(found.fitness) }
    }
}

struct FreezePlan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Freeze the test before anything changes: weeks, least effect, guardrails, controls.",
        discussion: "Example: ratchet improvement plan 1 --weeks 6 --least-effect 10 --guardrail incidents.reopened=2")

    @OptionGroup var options: ImprovementOptions
    @Option(help: "Whole weeks after the start that the verdict looks at.")
    var weeks = 4
    @Option(help: "The least effect worth having, in per cent of the baseline.")
    var leastEffect: Double
    @Option(help: "step, ramp or gradual: how the effect is expected to come.")
    var shape = ExpectedShape.step
    @Option(help: "A measure that must not get worse, and by how many per cent it may: incidents.reopened=2.")
    var guardrail: [String] = []
    @Option(help: "A part that is not touched, to compare with: category=Network.")
    var control: [String] = []
    @Option(help: "The first day of the baseline.")
    var from: Day?
    @Flag(help: "It was begun because things were at their worst.")
    var afterBadSpell = false

    func validate() throws {
        if weeks < 2 || weeks > 520 { throw ValidationError("--weeks is 2 to 520") }
        if !(leastEffect > 0 && leastEffect < 1000) { throw ValidationError("--least-effect is above 0") }
        _ = try guardrails()
        _ = try controls()
    }

    private func controls() throws -> [Slice] { try control.map { try Slice(argument: [$0], "--control") } }

    private func guardrails() throws -> [Guardrail] {
        try guardrail.map { text in
            let sides = text.split(separator: "=", maxSplits: 1)
            let margin = sides.count == 2 ? Double(sides[1]) : 2
            guard let name = sides.first, Measure(id: String(name)) != nil, let margin, margin > 0 else {
                throw ValidationError(
                    "“--guardrail \(text)” is not a measure and per cent, such as incidents.reopened=2")
            }
            return Guardrail(measure: String(name), margin: margin / 100)
        }
    }

    func run() async throws {
        let guardrails = try guardrails()
        let controls = try controls()
        let bench = try await Bench(options) { measure in
            controls.map { MeasuredSlice(measure, $0) }
                + guardrails.compactMap { g in Measure(id: g.measure).map { MeasuredSlice($0, g.slice) } }
        }
        var plan = Plan(
            objective: bench.objective, guardrails: guardrails,
            baseline: try bench.baseline(from: from),
            weeks: weeks, shape: shape, leastEffect: leastEffect / 100,
            controls: controls, followsBadSpell: afterBadSpell, method: "evaluation/1")
        let could = provable(plan, bench.evidence)
        plan.provableEffect = could?.effect
        let frozen = plan
        try await options.add(seen: bench.improvement.version, telling: told(could)) { _ in .planned(frozen) }
    }

    private func told(_ could: Provable?) -> String {
        guard let could else { return "What could be proven cannot be said from these data.\n" }
        let needed =
            could.weeks(for: leastEffect / 100).map { "\($0) weeks would prove \(leastEffect) %" }
            ?? "two years would not prove \(leastEffect) %"
        return "In \(weeks) weeks an effect of \(percent(could.effect)) can be proven; \(needed).\n"
    }
}

struct EvaluateRound: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Judge the round by its frozen plan, and note the verdict.",
        discussion: "Example: ratchet improvement evaluate 1")

    @OptionGroup var options: ImprovementOptions

    func run() async throws {
        let (improvement, evidence) = try await planned(options)
        let result: RoundEvaluation
        do throws(Unjudged) {
            result = try judge(improvement.round, evidence)
        } catch { throw Failure(message: error.told, code: 65) }
        // Whoever changed it meanwhile may have changed what is judged.
        try await options.add(seen: improvement.version, telling: Self.told(result)) { _ in
            .evaluated(result.judgement)
        }
    }

    private static func told(_ result: RoundEvaluation) -> String {
        var text = "\(result.judgement.verdict.rawValue)"
        if let effect = result.judgement.effect {
            text += ": \(percent(effect.estimate)) (\(percent(effect.low)) to \(percent(effect.high)))"
        }
        if let naive = result.judgement.naive {
            text += "; a comparison of averages says \(percent(naive))"
        }
        if let benefit = result.benefit {
            let h = benefit.hoursPerMonth
            text += "; worth \(h.estimate.rounded()) hours a month (\(h.low.rounded()) to \(h.high.rounded()))"
        }
        return text + "\n"
    }
}

struct WatchGain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gain", abstract: "Look how much of a proven gain is still held.",
        discussion: "Example: ratchet improvement gain 1")

    @OptionGroup var options: ImprovementOptions

    func run() async throws {
        let (improvement, evidence) = try await planned(options)
        let watch: GainWatch
        do throws(Unwatched) {
            watch = try hold(improvement.round, evidence)
        } catch { throw Failure(message: error.told, code: 65) }
        let held =
            watch.held.map { "\(percent($0.estimate)) of the gain is held" } ?? "how much is held cannot be told"
        let slipped = watch.slippedOn.map { "; it slipped on \($0)" } ?? ""
        try Terminal.write("\(held) (\(watch.watchedFrom) to \(watch.through))\(slipped)\n")
    }
}

extension Unjudged {
    /// Why there is no verdict, and what to do.
    var told: String {
        switch self {
        case .noPlan: "there is no frozen plan; ‘ratchet improvement plan’ makes one, before anything changes"
        case .sealBroken: "the plan is not the one that was sealed; nothing can be proven by it"
        case .notLive: "nothing is in use yet; say where and when with ‘ratchet improvement live’"
        case .liveBeforePlan(let live, let frozen):
            "it was in use on \(live), before the plan was frozen on \(frozen): what was not planned cannot be proven"
        case .unknownMeasure(let measure): "there is no measure “\(measure)”"
        case .noData(let measured): "there is nothing about \(measured.measure.id) of this slice to judge by"
        case .baselineTooShort(let days, let need): "the baseline has \(days) days with a value; \(need) are needed"
        case .reviewOutOfRange(let weeks, let from, let through):
            "the plan looks at \(weeks) weeks; \(from) to \(through) are possible"
        case .baselineTooLong(let days, let most): "the baseline is \(days) days long; at most \(most) can be taken in"
        case .tooEarly(let until): "it is too early: the verdict is due when the data reach \(until)"
        }
    }
}

extension Unwatched {
    /// Why nothing can be watched.
    var told: String {
        switch self {
        case .unjudged(let why): why.told
        case .didNotWork: "only a gain can be held, and this round has none"
        case .reviewNotOver(let until): "the review is not over: the watch begins when the data reach \(until)"
        case .baselineTooShort(let days, let need): "the baseline has \(days) days with a value; \(need) are needed"
        case .noVariation: "the measure never varies; there is nothing to watch"
        }
    }
}
