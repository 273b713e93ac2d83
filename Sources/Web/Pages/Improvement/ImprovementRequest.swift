import Evaluations
import Gains
import Improvements
import Languages
import Measures
import Opportunities
import People
import Records
import Signals
import Statistics
import Store
import Turn

extension Routes {
    /// The pages of the improvement work, and what their forms do.
    static let improvementWork: [Route] =
        [
            Route("GET", "/improvements", .read, "Improvements", answer: { try await improvements($0) }),
            Route("POST", "/improvements", .decide, "Open an improvement", answer: { try await open($0) }),
            Route("GET", "/improvements/{id}", .read, "An improvement", answer: { try await improvement($0) }),
            Route(
                "GET", "/improvements/{id}/effect.csv", .read, "What it did, as figures",
                answer: { try await effectFile($0, ".csv") }),
            Route(
                "GET", "/improvements/{id}/effect.svg", .read, "What it did, as a picture",
                answer: { try await effectFile($0, ".svg") }),
            Route("GET", "/wins", .read, "Wins", answer: { try await wins($0) }),
            Route("GET", "/report", .read, "The month", answer: { try await report($0) }),
            Route("GET", "/suggestions", .read, "Suggestions", answer: { try await suggestions($0) }),
            Route("GET", "/suggest", nil, "Suggest", setsFormCookie: true, answer: { try await suggest($0) }),
            unnamed(Route("POST", "/suggest", nil, "Suggest", answer: { try await takeSuggestion($0) })),
            Route(
                "GET", "/suggest/{secret}", nil, "What became of a suggestion", setsFormCookie: true,
                answer: { try await follow($0) }),
            Route("POST", "/suggestions/{id}/vote", .suggest, "Vote", answer: { try await vote($0) }),
            Route(
                "POST", "/suggestions/{id}/answer", .decide, "Answer a suggestion",
                answer: { try await answerSuggestion($0) }),
        ]
        + Deed.allCases.map { deed in
            Route("POST", "/improvements/{id}/\(deed.rawValue)", deed.permission, "Improvement: \(deed.rawValue)") {
                try await change($0, deed)
            }
        }

    private static let slicesShown = 12
    private static let controlsShown = 6
    /// Half a year before the change: what a baseline is unless somebody says otherwise.
    private static let baselineDays = 180
    private static let weeksUsual = 4

    static func improvement(_ call: Call) async throws -> Reply {
        let (id, kept) = try await found(call)
        let values = try await values(call, id, kept)
        return call.html(ImprovementPage(values: values).page(call.visit))
    }

    private static func found(_ call: Call) async throws -> (ID<Improvement>, Improvement) {
        guard let number = Int64(try call.value("id")),
            let one = try await call.store.improvement(ID(number))
        else { throw Refusal.notFound }
        return (ID(number), one)
    }

    /// Who reads, by the name that stands in entries.
    static func reader(_ call: Call) -> ImprovementValues.Reader {
        ImprovementValues.Reader(
            name: call.session?.account.name ?? "", role: call.session?.account.role ?? .reader)
    }

    // MARK: What the page shows

    private static func values(
        _ call: Call, _ id: ID<Improvement>, _ one: Improvement, draft: Draft? = nil
    ) async throws -> ImprovementValues {
        let data = try await Facts(call.store)
        var values = ImprovementValues(
            id: id.value, improvement: one, zone: data.zone, today: data.zone.day(of: call.site.now()),
            reader: reader(call))
        values.draft = draft
        values.rate = data.organisation.rate
        values.currency = data.organisation.currency
        switch one.origin {
        case .opportunity(let name):
            values.opportunity = try await call.store.opportunities().first { $0.id == name }
        case .suggestion(let number): values.suggestion = try await call.store.suggestion(number)?.value
        default: break
        }
        let accounts = try await call.store.accounts().filter(\.isActive)
        values.people = accounts.map(\.name)
        values.department = call.session?.account.department ?? ""
        let all = try await call.store.improvements()
        values.others = all.filter { $0.id != id && $0.improvement.mergedInto == nil }.map {
            ($0.id.value, $0.improvement.title)
        }
        let parts = children(of: id, in: all.numbered)
        values.parts = all.filter { parts.contains($0.id) }
        values.thanks = try await call.store.thanks(for: id.value, limit: 20)
        values.thanksForm = try await thanksForm(call, improvement: id.value)
        values.thanksForm?.mayBeNamed = nil
        values.goals = try await call.store.documents().compactMap {
            if case .goal(let goal) = $0.document { return goal.text }
            return nil
        }
        let named = try await call.store.teams().map(\.department) + one.departments + one.spent.map(\.department)
        values.departments = Set(named).subtracting([""]).sorted()
        try await offer(&values, data)
        try await measure(&values, data, call)
        return values
    }

    /// What the forms offer, where there are data to offer anything from.
    private static func offer(_ values: inout ImprovementValues, _ data: Facts) async throws {
        guard case .active = values.improvement.state else { return }
        let objective = values.round.objective
        let kinds = Set(data.extents.map(\.kind))
        let known = Dictionary(
            uniqueKeysWithValues: try await withEach(kinds) { try await data.rollup($0, .everything) })
        for measure in Measure.catalogue + (try await data.store.readQuantities()).map({ .readings($0.quantity) }) {
            let hasData =
                if let kind = measure.kind {
                    known[kind].map { measure.needs.isEmpty || answers(measure, $0) } ?? false
                } else {
                    try await data.store.recordDays(measure.records) != nil
                }
            if hasData { values.measures.append(measure) }
        }
        let measure = objective?.measure.flatMap { Measure(id: $0) }
        if let measure, measure.kind == nil {
            for dimension in Dimension.allCases + [.device, .survey] {
                let found = try await data.store.recordValues(measure.records, of: dimension, limit: slicesShown)
                if !found.isEmpty { values.slices.append((dimension, found.map(\.value))) }
            }
        } else if let kind = measure?.kind ?? values.opportunity?.lead.measure.kind ?? data.kind {
            for dimension in Dimension.allCases {
                let found = try await data.store.values(of: dimension, kind, limit: slicesShown)
                if !found.isEmpty { values.slices.append((dimension, found.map(\.value))) }
            }
        }
        guard let measure else { return }
        values.guardrails = values.measures.filter {
            ($0.kind == measure.kind || $0.kind == nil) && $0 != measure && $0.direction != .neither
        }
        if let part = objective?.slice.parts.first, objective?.slice.parts.count == 1 {
            let siblings = values.slices.first { $0.dimension == part.dimension }?.values ?? []
            values.controls = siblings.filter { $0 != part.value }.prefix(controlsShown).map {
                Slice(part.dimension, $0)
            }
        }
    }

    private static func withEach<T: Sendable>(
        _ kinds: Set<TicketKind>, _ body: (TicketKind) async throws -> T
    ) async throws -> [(TicketKind, T)] {
        var pairs: [(TicketKind, T)] = []
        for kind in kinds.sorted(by: { $0.rawValue < $1.rawValue }) { pairs.append((kind, try await body(kind))) }
        return pairs
    }

    /// Whether the tickets say what a measure needs.
    private static func answers(_ measure: Measure, _ rollup: Rollup) -> Bool {
        guard let period = rollup.period else { return false }
        switch measure.quantity {
        case .followedByIncident, .unplannedShare: return true
        default:
            let series = Series(measure, of: rollup, over: period, step: period.dayCount, asOf: period.last)
            return series.values.contains { $0 != nil }
        }
    }

    /// The pictures and the figures of the present round.
    private static func measure(_ values: inout ImprovementValues, _ data: Facts, _ call: Call) async throws {
        let words = call.visit.words
        values.judged = values.improvement.rounds.last { $0.plan != nil && !$0.live.isEmpty }
        if let round = values.judged {
            values.evaluation = try await call.site.evaluations.evaluation(of: round, in: call.store)
            values.watch = try await call.site.evaluations.watch(of: round, in: call.store)
            if case .success(let result)? = values.evaluation {
                values.effect = try await effect(result, round, values.id, data, words)
            }
        }
        let about = values.round.plan?.plan.objective ?? values.round.objective
        guard let objective = about, let measure = objective.measure.flatMap({ Measure(id: $0) }),
            let period = try await data.period(of: measure)
        else { return }
        let rollup = try await data.rollup(for: measure, objective.slice)
        values.baseline = baselineChart(values, objective, measure, rollup, period, data, words)
        if values.round.step == .identifyOpportunities, values.round.plan == nil {
            values.prospect = try await prospect(values, objective, rollup, call)
        }
    }

    private static func baselineChart(
        _ values: ImprovementValues, _ objective: Objective, _ measure: Measure, _ rollup: Rollup, _ period: Period,
        _ data: Facts, _ words: Words
    ) -> SeriesChart? {
        let series = data.weeks(measure, of: rollup, over: period)
        guard let first = series.steps.first?.first else { return nil }
        var chart = SeriesChart(
            id: "b", title: words.heading(measure, objective.slice).text(in: words.language), measure: measure,
            first: first, step: 7, values: series.values.map { $0?.value })
        // Limits are those of the level that held since the story began.
        let begun = values.opportunity.map { $0.lead.at }.map { [($0 - first + 6) / 7] } ?? []
        chart.limits = NaturalLimits(series, levels: begun, step: 7)?.limits ?? []
        if let target = objective.target {
            chart.target = SeriesChart.Target(
                value: target, name: words.labelled(words(.target), words.value(target, of: measure)))
        }
        for round in values.improvement.rounds {
            if let day = round.live.map(\.on).min() {
                chart.events.append(SeriesChart.Event(day: day, name: words.told(.roundLive(round.number))))
            }
        }
        chart.addresses = Link.addresses(measure, objective.slice, period, step: 7)
        return chart
    }

    // MARK: The test

    /// The days before the change: since the level moved, where the story says so and that is long enough; half a year
    /// otherwise, or less where there is less.
    private static func baseline(
        _ values: ImprovementValues, _ rollup: Rollup?, asOf: Day, from wanted: Day? = nil
    ) -> Period? {
        let known = rollup?.period?.first ?? asOf
        var first = asOf - (baselineDays - 1)
        if let lead = values.opportunity?.lead, lead.kind == .levelShift, lead.at > first,
            asOf - lead.at + 1 >= DataFitness.daysMin
        {
            first = lead.at
        }
        // The next round starts from the level that the one before holds.
        if let before = values.improvement.rounds.dropLast().last(where: { $0.judgement?.verdict == .worked }),
            let live = before.live.map(\.on).max()
        {
            first = live
        }
        let start = max(wanted ?? first, known)
        return start <= asOf ? Period(start, through: asOf) : nil
    }

    private static func prospect(
        _ values: ImprovementValues, _ objective: Objective, _ rollup: Rollup, _ call: Call
    ) async throws -> ImprovementValues.Prospect? {
        guard let measure = objective.measure.flatMap({ Measure(id: $0) }),
            let evidence = try await Turn.evidence(
                for: [MeasuredSlice(measure, objective.slice), MeasuredSlice(measure)], in: call.store),
            let baseline = baseline(values, rollup, asOf: evidence.asOf)
        else { return nil }
        let draft = Plan(
            objective: objective, baseline: baseline, weeks: weeksUsual, leastEffect: 0.1, method: "evaluation/1")
        let found = provable(draft, evidence)
        return ImprovementValues.Prospect(
            weeks: weeksUsual, effect: found?.effect,
            needed: found.map { found in [0.05, 0.1, 0.2, 0.3].map { ($0, found.weeks(for: $0)) } } ?? [],
            baseline: baseline)
    }

    // MARK: What a form does

    static func change(_ call: Call, _ deed: Deed) async throws -> Reply {
        let form = try await call.form()
        let (id, one) = try await found(call)
        // An owner approves in what they own.
        if deed.permission == .approve, let account = call.session?.account,
            !account.may(.approve, concerning: one.subject)
        {
            throw Refusal.notAllowed
        }
        let words = call.visit.words
        var draft = Draft(deed: deed, fields: form, problem: "")
        guard let seen = deed.addsOnly ? one.version : form["version"].flatMap({ Int($0) }) else {
            throw Refusal.formExpired
        }
        do {
            guard seen == one.version else { throw LifeCycleError.changedMeanwhile(version: one.version) }
            var version = seen
            for change in try await changes(call, deed, form, id, one) {
                let entry = Entry(change, by: reader(call).name, at: call.site.now())
                guard let after = try await call.store.append(entry, to: id, seen: version) else {
                    throw Refusal.notFound
                }
                version = after.version
            }
            return .seeOther("/improvements/\(id.value)#now")
        } catch LifeCycleError.changedMeanwhile {
            return try await conflict(call, id, &draft, seen: seen)
        } catch let problem as FormProblem {
            draft.problem = words.told(problem: problem)
        } catch let problem as LifeCycleError {
            draft.problem = words.told(.refused(problem))
        } catch let problem as Unjudged {
            draft.problem = words.told(why: problem)
        }
        let values = try await values(call, id, one, draft: draft)
        return call.html(ImprovementPage(values: values).page(call.visit), status: 422)
    }

    /// Somebody was faster: what they wrote, and what was typed here, side by side.
    private static func conflict(_ call: Call, _ id: ID<Improvement>, _ draft: inout Draft, seen: Int) async throws
        -> Reply
    {
        guard let now = try await call.store.improvement(id) else { throw Refusal.notFound }
        guard seen >= 0, seen < now.version else { throw Refusal.formExpired }
        draft.meanwhile = Array(now.entries[seen...])
        let zone = try await Organisation(of: call.store).zone
        let last = now.entries[now.version - 1]
        let words = call.visit.words
        draft.problem = words.told(.conflict(name: last.by, time: words.figures.time(last.at, in: zone)))
        let values = try await values(call, id, now, draft: draft)
        return call.html(ImprovementPage(values: values).page(call.visit), status: 409)
    }

    private static func changes(
        _ call: Call, _ deed: Deed, _ fields: [String: String], _ id: ID<Improvement>, _ one: Improvement
    ) async throws -> [Change] {
        let form = ImprovementForm(fields: fields, language: call.visit.language)
        switch deed {
        case .approve:
            let reader = reader(call)
            return [.approval(.by(name: reader.name, role: reader.role.rawValue))]
        case .data, .plan:
            guard let objective = one.round.objective, let measure = objective.measure.flatMap({ Measure(id: $0) })
            else { throw LifeCycleError.notMeasurable }
            let measured = MeasuredSlice(measure, objective.slice)
            let values = try await values(call, id, one)
            let draft = try form.draftPlan(objective, values, deed)
            guard let evidence = try await Turn.evidence(for: draft.needs, in: call.store),
                let days = baseline(
                    values, evidence.rollups[measured], asOf: evidence.asOf, from: try form.day("from"))
            else { throw Unjudged.noData(measured) }
            if deed == .data {
                guard let found = fitness(of: measured, evidence, baseline: days) else {
                    throw Unjudged.noData(measured)
                }
                return [.fitness(found.fitness)]
            }
            var plan = draft
            plan.baseline = days
            plan.provableEffect = provable(plan, evidence)?.effect
            return [.planned(plan)]
        case .evaluate:
            guard let result = try await call.site.evaluations.evaluation(of: one.round, in: call.store) else {
                throw one.round.plan == nil ? Unjudged.noPlan : Unjudged.notLive
            }
            return [.evaluated(try result.get().judgement)]
        default:
            let zone = try await Organisation(of: call.store).zone
            return try deed.changes(form, one, by: reader(call).name, today: zone.day(of: call.site.now()))
        }
    }

    // MARK: The effect as a file

    private static func effect(
        _ result: RoundEvaluation, _ round: Round, _ id: Int64, _ data: Facts, _ words: Words
    ) async throws -> EffectChart? {
        guard let asked = result.line.first?.day else { return nil }
        let measured = result.measured
        let rollup = try await data.rollup(for: measured.measure, measured.slice)
        let before = Period(asked - EffectChart.daysBefore, through: asked - 1)
        let days = Series(measured.measure, of: rollup, over: before, step: 1, asOf: result.through)
        return EffectChart(
            result, before: zip(days.steps, days.values).map { ($0.first, $1?.value) },
            wanted: round.plan?.plan.objective.wanted ?? .lower, improvement: id, round: round.number, words)
    }

    static func effectFile(_ call: Call, _ ending: String) async throws -> Reply {
        let (id, one) = try await found(call)
        let number = call.ask.value("round").flatMap { Int($0) }
        let rounds = one.rounds.filter { $0.plan != nil && !$0.live.isEmpty }
        guard let round = number.map({ n in rounds.first { $0.number == n } }) ?? rounds.last,
            case .success(let result)? = try await call.site.evaluations.evaluation(of: round, in: call.store),
            let chart = try await effect(result, round, id.value, try await Facts(call.store), call.visit.words)
        else { throw Refusal.notFound }
        return ending == ".csv" ? chart.csv : chart.picture(call.visit.words)
    }
}

extension ImprovementForm {
    /// The plan of the form, its baseline still to be said; for a look at the data only what that needs.
    fileprivate func draftPlan(_ objective: Objective, _ values: ImprovementValues, _ deed: Deed) throws -> Plan {
        let unsaid = Period(values.today, through: values.today)
        if deed == .data {
            return Plan(
                objective: objective, baseline: unsaid, weeks: 4, leastEffect: 0.1, method: "evaluation/1")
        }
        return try plan(
            for: objective, baseline: unsaid, controls: values.controls, guardrails: values.guardrails)
    }
}
