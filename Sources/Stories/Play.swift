// A story played through the loop.
//
// The people of a sample organisation do what people do with Ratchet: they see a finding, name an objective, look whether the
// data can carry a test, name the cause, choose, freeze the plan, act, go live, have the round judged, decide, and watch. All
// that is written here is who says what on which day. Every figure, every verdict and every slip is what the ordinary engine
// says of the data as they stood on that day; nothing is taken from the truth but when and where the new ways began.

import Evaluations
import Improvements
import Measures
import Opportunities
import Organisations
import Records
import Signals
import Statistics

/// One improvement as it went, with what the engine said on the way.
public struct PlayedImprovement: Sendable {
    /// The name it has in the truth.
    public let key: String
    public let entries: [Entry]
    public let improvement: Improvement
    public let rounds: [PlayedRound]
}

/// What the engine said of a round.
public struct PlayedRound: Sendable {
    public let truth: TrueRound
    /// The finding that started it; nil when it began without one.
    public var finding: Signal?
    public var evaluation: RoundEvaluation?
    /// The same test in other parts of the measure, and of other measures.
    public var also: [RoundEvaluation] = []
    /// Whether the gain holds, as long as no other round changed it.
    public var watch: GainWatch?
    /// The day on which the watch rang, where four weeks later the gain was shown not to be whole.
    public var slippedOn: Day?
}

/// Why a story did not go as it is told.
public enum PlayError: Error, Sendable {
    case lifeCycle(LifeCycleError)
    case unjudged(String, Unjudged)
    case unwatched(String, Unwatched)
    case noFitness(String)
}

/// Plays all improvements of an organisation.
///
/// Some seconds in an unoptimised build: each round is searched, judged and watched with the data as they stood.
/// - Parameters:
///   - through: What happens later is left out; nil is the end of the data.
///   - isSearching: Whether each first round begins with a search for what changed.
///   - isWatching: Whether gains are watched, the dearest part: each watch is set by simulation.
public func play(
    _ organisation: SampleOrganisation, through: Day? = nil, isSearching: Bool = true, isWatching: Bool = true
) throws(PlayError) -> [PlayedImprovement] {
    let archive = Archive(organisation)
    var played: [PlayedImprovement] = []
    for script in Script.all(organisation.story) {
        var player = Player(
            archive, script, through: through ?? organisation.days.last, isSearching: isSearching,
            isWatching: isWatching)
        played.append(try player.play())
    }
    return played
}

struct Player {
    let archive: Archive
    let script: Script
    let tongue: Tongue
    let through: Day
    let isSearching: Bool
    let isWatching: Bool
    private var entries: [Entry] = []
    private var rounds: [PlayedRound] = []
    private var minute: Int64 = 0

    init(_ archive: Archive, _ script: Script, through: Day, isSearching: Bool, isWatching: Bool) {
        (self.archive, self.script, self.through) = (archive, script, through)
        (self.isSearching, self.isWatching) = (isSearching, isWatching)
        tongue = archive.organisation.tongue
    }

    mutating func play() throws(PlayError) -> PlayedImprovement {
        let truths = archive.organisation.truth.rounds.filter { $0.improvement == script.key }
        for (n, act) in script.acts.enumerated() {
            if n < truths.count {
                let next = n + 1 < truths.count ? truths[n + 1].firstDay - 1 : archive.organisation.days.last
                try perform(act, truths[n], until: min(through, next))
            } else {
                try prepare(act, on: archive.organisation.days.last - 21)
            }
        }
        return PlayedImprovement(
            key: script.key, entries: entries, improvement: try improvement(), rounds: rounds)
    }

    /// Someone does something at nine or later; later days are left out.
    private mutating func add(_ change: Change, _ role: Script.Role, on day: Day) {
        guard day <= through else { return }
        minute += 1
        let at = Moment(seconds: day.startInUTC.seconds + 9 * 3600 + 60 * (minute % 400))
        entries.append(Entry(change, by: script.cast[role] ?? "Ratchet", at: at))
    }

    private func improvement() throws(PlayError) -> Improvement {
        do { return try Improvement(entries) } catch { throw .lifeCycle(error) }
    }

    // MARK: A round

    private mutating func perform(_ act: Script.Act, _ truth: TrueRound, until last: Day) throws(PlayError) {
        guard let measured = truth.measured else { return }
        var round = PlayedRound(truth: truth)
        let found = truth.number == 1 ? min(truth.baselineFrom + 98, truth.firstDay - 21) : truth.firstDay - 42
        let frozen = truth.firstDay - 3
        try begin(act, truth, measured, on: found, &round)
        // Step 2: whether the data can carry a test.
        let evidence = archive.evidence(for: needs(act, truth, measured), asOf: frozen)
        let baseline = Period(truth.baselineFrom, through: frozen)
        guard let fit = fitness(of: measured, evidence, baseline: baseline) else { throw .noFitness(script.key) }
        add(.fitness(fit.fitness), .analyst, on: frozen)
        add(.forward(reason: nil), .analyst, on: frozen)
        // Step 3: why.
        add(.cause(act.cause[tongue]), .owner, on: frozen)
        add(.forward(reason: nil), .owner, on: frozen)
        choose(act, truth, baseline, evidence, on: frozen)
        implement(act, truth)
        guard truth.lastStart <= through else {
            rounds.append(round)
            return
        }
        try judge(act, truth, &round)
        if isWatching, truth.reviewLast + 14 <= last { try watch(act, truth, until: last, &round) }
        rounds.append(round)
    }

    private mutating func begin(
        _ act: Script.Act, _ truth: TrueRound, _ measured: MeasuredSlice, on found: Day, _ round: inout PlayedRound
    ) throws(PlayError) {
        if truth.number == 1 {
            var origin = Change.Origin.hand
            if isSearching {
                let (detection, tickets) = archive.findings(measured.measure.kind ?? .incident, asOf: found)
                let opportunity = opportunities(from: [detection], tickets: tickets).first { one in
                    !one.isGoodNews && one.signals.contains { isAbout($0, truth, measured) }
                }
                round.finding = opportunity?.signals.first { isAbout($0, truth, measured) }
                if let opportunity { origin = .opportunity(id: opportunity.id) }
            }
            add(.opened(title: script.title[tongue], origin: origin), .manager, on: found)
            add(.described(title: script.title[tongue], text: script.text[tongue]), .manager, on: found)
            add(.sorted(kind: script.kind, stage: script.stage), .manager, on: found)
            add(.owned(by: script.cast[.owner]), .manager, on: found)
        } else {
            add(.nextRound, .manager, on: found)
        }
        add(.objective(objective(act, truth)), .owner, on: found)
        add(.forward(reason: nil), .owner, on: found)
    }

    /// A finding that the round is about: the same measure got worse, in a slice that overlaps with the objective's.
    private func isAbout(_ signal: Signal, _ truth: TrueRound, _ measured: MeasuredSlice) -> Bool {
        signal.direction == .worse && signal.measure == measured.measure
            && (signal.slice.holds(truth.slice) || truth.slice.holds(signal.slice)
                || archive.organisation.truth.troubles.contains {
                    $0.measure == truth.measure && $0.slice == truth.slice && $0.slice.holds(signal.slice)
                } || script.related.contains { word in signal.slice.parts.contains { $0.value == word[tongue] } })
    }

    private func objective(_ act: Script.Act, _ truth: TrueRound) -> Objective {
        Objective(
            text: act.objective[tongue], measure: truth.measure, slice: truth.slice,
            wanted: truth.wantsLower ? .lower : .higher, by: truth.reviewLast, goal: script.goal[tongue])
    }

    private func needs(_ act: Script.Act, _ truth: TrueRound, _ measured: MeasuredSlice) -> [MeasuredSlice] {
        plan(act, truth, Period(truth.baselineFrom, through: truth.firstDay - 3)).needs
    }

    private func plan(_ act: Script.Act, _ truth: TrueRound, _ baseline: Period) -> Plan {
        Plan(
            objective: objective(act, truth),
            guardrails: act.guardrails.map {
                Guardrail(measure: $0.measure, slice: $0.part?.slice(tongue) ?? .everything, margin: $0.margin)
            }, baseline: baseline, weeks: truth.weeks, leastEffect: act.leastEffect,
            controls: truth.controls + act.controls.map { $0.slice(tongue) },
            followsBadSpell: act.followsBadSpell, method: "evaluation/1")
    }

    private mutating func choose(
        _ act: Script.Act, _ truth: TrueRound, _ baseline: Period, _ evidence: Evidence, on day: Day
    ) {
        for (n, choice) in act.choices.enumerated() {
            add(.choice(Choice(id: n + 1, text: choice[tongue])), .owner, on: day)
        }
        if !act.choices.isEmpty { add(.chosen(choice: 1), .owner, on: day) }
        var plan = plan(act, truth, baseline)
        plan.provableEffect = provable(plan, evidence)?.effect
        add(.planned(plan), .analyst, on: day)
        add(.approved, .leader, on: day)
        if let roadblock = act.roadblock {
            add(
                .roadblock(
                    Roadblock(
                        id: 1, text: roadblock.text[tongue], department: roadblock.department[tongue], since: day - 30,
                        response: roadblock.response[tongue], clearedOn: day)), .manager, on: day)
        }
        add(.forward(reason: nil), .owner, on: day)
    }

    private mutating func implement(_ act: Script.Act, _ truth: TrueRound) {
        for (n, step) in act.actions.enumerated() {
            add(.action(action(n, step, truth)), .owner, on: truth.firstDay - 3)
        }
        for (n, place) in truth.places.enumerated() {
            add(.live(GoLive(place: place.name, on: place.on)), .engineer, on: place.on)
            guard n == 0 else { continue }
            for (k, step) in act.actions.enumerated() {
                var done = action(k, step, truth)
                done.doneOn = truth.firstDay + min(0, step.days)
                add(.action(done), step.role, on: truth.firstDay)
            }
            for team in act.teams { add(.acknowledged(team: team[tongue]), .practitioner, on: truth.firstDay) }
        }
        add(.forward(reason: nil), .owner, on: truth.lastStart)
    }

    private func action(_ n: Int, _ step: Script.Step, _ truth: TrueRound) -> Action {
        Action(
            id: n + 1, text: step.text[tongue], kind: step.kind, owner: script.cast[step.role] ?? "",
            department: step.department[tongue], due: truth.firstDay + step.days)
    }

    // MARK: What came of it

    private mutating func judge(_ act: Script.Act, _ truth: TrueRound, _ round: inout PlayedRound) throws(PlayError) {
        // Whoever looks some days after the review has days that can be judged.
        var day = truth.reviewLast + 7
        guard day <= through, let measured = truth.measured else { return }
        var found = try evaluation(of: improvement().round, needs(act, truth, measured), asOf: day)
        if found.judgement.verdict == .tooEarly, found.dueOn <= archive.organisation.days.last {
            day = found.dueOn
            found = try evaluation(of: improvement().round, needs(act, truth, measured), asOf: day)
        }
        round.evaluation = found
        add(.evaluated(found.judgement), .program, on: day)
        for look in act.also {
            let there = try evaluation(of: look, act, truth, asOf: day)
            round.also.append(there)
            add(.commented(Script.told(look, there.judgement, tongue)), .analyst, on: day)
        }
        guard found.judgement.verdict != .tooEarly else { return }
        add(.forward(reason: nil), .owner, on: day)
        let worked = found.judgement.verdict == .worked && found.judgement.harmed.isEmpty
        add(.decided(worked ? act.decision : .stop), .leader, on: day + 2)
        if worked { add(.commented(act.lesson[tongue]), .owner, on: day + 2) }
    }

    private func evaluation(
        of round: Round, _ needs: [MeasuredSlice], asOf day: Day
    ) throws(PlayError) -> RoundEvaluation {
        do {
            return try Evaluations.judge(round, archive.evidence(for: needs, asOf: day))
        } catch { throw .unjudged(script.key, error) }
    }

    /// The same days, another part or measure: everywhere at once from the last start on.
    private func evaluation(
        of look: Script.Look, _ act: Script.Act, _ truth: TrueRound, asOf day: Day
    ) throws(PlayError) -> RoundEvaluation {
        var plan = plan(act, truth, Period(truth.baselineFrom, through: truth.firstDay - 3))
        plan.objective.measure = look.measure ?? truth.measure
        plan.leastEffect = look.least
        plan.shape = look.shape
        plan.objective.slice = look.part?.slice(tongue) ?? .everything
        let direction = plan.objective.measure.flatMap { Measure(id: $0) }?.direction
        plan.objective.wanted = look.wanted ?? (direction == .lowerIsWorse ? .higher : .lower)
        plan.controls = []
        plan.guardrails = []
        let at = (truth.firstDay - 3).startInUTC
        var changes: [Change] = [.opened(title: script.title.en, origin: .hand), .planned(plan)]
        changes += Array(repeating: .forward(reason: "–"), count: 4)
        changes.append(.live(GoLive(on: truth.lastStart)))
        let improvement: Improvement
        do { improvement = try Improvement(changes.map { Entry($0, by: "–", at: at) }) } catch {
            throw .lifeCycle(error)
        }
        return try evaluation(of: improvement.round, plan.needs, asOf: day)
    }

    private mutating func watch(
        _ act: Script.Act, _ truth: TrueRound, until last: Day, _ round: inout PlayedRound
    ) throws(PlayError) {
        guard round.evaluation?.judgement.verdict == .worked, let measured = truth.measured else { return }
        let standing = try improvement().round
        func watched(asOf day: Day) throws(PlayError) -> GainWatch {
            let evidence = archive.evidence(for: [measured, MeasuredSlice(measured.measure)], asOf: day)
            do { return try hold(standing, evidence) } catch { throw .unwatched(script.key, error) }
        }
        let watch = try watched(asOf: last)
        round.watch = watch
        if let slipped = watch.slippedOn, slipped + 28 <= last, try isLost(watched(asOf: slipped + 28)) {
            round.slippedOn = slipped
            add(.commented(Script.slipped(slipped, tongue)), .program, on: slipped + 28)
            add(.decided(.adjust), .leader, on: slipped + 35)
        } else if act.decision == .keep, script.acts.count > truth.number {
            add(.decided(.extend), .leader, on: last - 28)
        }
    }

    /// The watch rings once a year by chance; four weeks later people look whether the gain is whole.
    private func isLost(_ watch: GainWatch) -> Bool { watch.held.map { $0.high < 1 } ?? false }

    /// A round that has only begun when the data end.
    private mutating func prepare(_ act: Script.Act, on day: Day) throws(PlayError) {
        guard try improvement().round.decision != nil else { return }
        if try improvement().round.decision == .keep { add(.decided(.extend), .leader, on: day) }
        guard try improvement().round.decision == .extend else { return }
        add(.nextRound, .manager, on: day)
        guard let aim = act.aim else { return }
        add(
            .objective(
                Objective(
                    text: act.objective[tongue], measure: aim.measure, slice: aim.part.slice(tongue),
                    by: day + 180, goal: script.goal[tongue])), .owner, on: day)
        add(.forward(reason: nil), .owner, on: day)
        for (n, choice) in act.choices.enumerated() {
            add(.choice(Choice(id: n + 1, text: choice[tongue])), .owner, on: day + 7)
        }
    }
}
