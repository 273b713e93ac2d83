import Gains
import Improvements
import Languages
import Measures
import People
import Records
import Statistics
import Store
import Turn

extension Routes {
    /// Time, the pulse, and what figures of the work are made of.
    static let peopleCycle: [Route] = [
        Route("GET", "/time", .read, "Time promised and used", answer: { try await timePage($0) }),
        Route("POST", "/time", .decide, "Promise hours", answer: { try await promiseTime($0) }),
        Route("GET", "/pulse", .read, "The pulse", answer: { try await pulsePage($0) }),
        unnamed(Route("POST", "/pulse", .suggest, "Answer the pulse", answer: { try await takePulse($0) })),
        Route(
            "GET", "/momentum/figures/{measure}", .read, "What a figure is made of",
            answer: { try await behindFigure($0) }),
        Route("POST", "/momentum/unquiet", .decide, "Hear a warning again", answer: { try await unquiet($0) }),
    ]

    /// The same for programs. The store keeps one promise a department and month: its hours are its version.
    static let peopleCycleAPI: [Route] = [
        api(
            "GET", "/time", .read, "Hours promised and used, by month and department",
            Endpoint(gives: .of(.must("lines", .list(.map(.anything)))))
        ) { try await apiTime($0) },
        api(
            "GET", "/pulse", .read, "How the pulse was answered, as far as it may be shown",
            Endpoint(gives: .of(.must("questions", .list(.map(.anything)))))
        ) { try await apiPulse($0) },
    ]

    // MARK: Time

    private static func timePage(
        _ call: Call, problem: String? = nil, fields: [String: String] = [:]
    ) async throws -> Reply {
        let all = try await call.store.improvements()
        let zone = try await Organisation(of: call.store).zone
        let promises = try await call.store.timePromises()
        let departments = try await call.store.teams().map(\.department) + promises.map(\.department)
        let values = TimeValues(
            lines: timeLedger(promises, all.numbered),
            titles: Dictionary(all.map { ($0.id.value, $0.improvement.title) }, uniquingKeysWith: { a, _ in a }),
            departments: Set(departments).subtracting([""]).sorted(), today: zone.day(of: call.site.now()),
            mayPromise: call.may(.decide), problem: problem, fields: fields)
        return call.html(TimePage(values: values).page(call.visit), status: problem == nil ? 200 : 422)
    }

    private static func promiseTime(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let words = call.visit.words
        let department = (form["department"] ?? "").trimmingBlanks
        guard !department.isEmpty, department.utf8.count <= 200 else {
            return try await timePage(call, problem: words.cycle(.departmentMissing), fields: form)
        }
        guard let month = Day("\(form["month"] ?? "")-01") else {
            return try await timePage(call, problem: words.cycle(.badMonth), fields: form)
        }
        guard let hours = ImprovementForm.number(form["hours"] ?? "", call.visit.language), hours >= 0,
            hours <= TimePromise.hoursMax
        else { return try await timePage(call, problem: words.cycle(.badHours), fields: form) }
        try await call.store.promise(
            TimePromise(department: department, month: month, hours: hours), by: call.writer, at: call.site.now())
        return .seeOther("/time")
    }

    private static func apiTime(_ call: Call) async throws -> Reply {
        let lines = timeLedger(try await call.store.timePromises(), try await call.store.improvements().numbered)
        return .json(.object([("lines", .array(lines.map(CycleDocuments.json)))]))
    }

    // MARK: The pulse

    /// Who has answered in a month, as nobody can read it back.
    private static func person(_ call: Call, _ month: Day) async throws -> [UInt8]? {
        guard let session = call.session else { return nil }
        let key = try await pseudonymKey(of: call.store).map { String($0, radix: 16) }.joined()
        return Secrets.hash(token: "pulse \(session.account.id.value) \(month) \(key)")
    }

    private static func pulsePage(_ call: Call, problem: String? = nil) async throws -> Reply {
        let month = try await Organisation(of: call.store).zone.day(of: call.site.now()).monthStart
        let counts = try await call.store.pulse()
        var values = PulseValues(readings: Pulse.readings(counts))
        for reading in values.readings {
            guard let shown = reading.nowMonth else { continue }
            values.parts.append((reading.question, Pulse.parts(reading.question, shown, counts)))
        }
        for open in Pulse.openMonths(counts).sorted(by: >).prefix(6) {
            values.statements.append((open, try await call.store.pulseStatements(in: open)))
        }
        values.mayAnswer = call.may(.suggest)
        if let person = try await person(call, month) {
            values.hasAnswered = try await call.store.hasAnsweredPulse(person)
        }
        values.isThanked = call.ask.value("thanks") != nil
        values.problem = problem
        return call.html(PulsePage(values: values).page(call.visit), status: problem == nil ? 200 : 422)
    }

    private static func takePulse(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let month = try await Organisation(of: call.store).zone.day(of: call.site.now()).monthStart
        var answers: [PulseQuestion: Int] = [:]
        for question in PulseQuestion.allCases {
            guard let text = form[question.rawValue] else { continue }
            guard let value = Int(text), (1...5).contains(value) else { throw Refusal.badAddress }
            answers[question] = value
        }
        if answers.isEmpty { return try await pulsePage(call, problem: call.visit.words.cycle(.pulseMissing)) }
        guard let person = try await person(call, month) else { throw Refusal.signInFirst }
        _ = try await call.store.takePulse(
            answers, said: String((form["said"] ?? "").trimmingBlanks.prefix(500)),
            department: call.session?.account.department ?? "", month: month, person: person)
        return .seeOther("/pulse?thanks=1")
    }

    private static func apiPulse(_ call: Call) async throws -> Reply {
        let readings = Pulse.readings(try await call.store.pulse())
        return .json(.object([("questions", .array(readings.map(CycleDocuments.json)))]))
    }

    // MARK: Figures

    private static func behindFigure(_ call: Call) async throws -> Reply {
        guard let measure = MomentumMeasure(rawValue: try call.value("measure")) else { throw Refusal.notFound }
        let organisation = try await Organisation(of: call.store)
        let today = organisation.zone.day(of: call.site.now())
        let work = try await Turn.programme(in: call.store, organisation, today: today)
        guard let series = figures(of: work)[measure], !series.steps.isEmpty else { throw Refusal.notFound }
        var place = series.steps.count - 1
        if let text = call.ask.value("through") {
            guard let day = Day(text), let found = series.steps.firstIndex(where: { $0.last == day }) else {
                throw Refusal.badAddress
            }
            place = found
        }
        let step = series.steps[place]
        var page = BehindPage(series: series, place: place, items: behind(measure, work, in: step))
        if page.items.contains(where: { $0.improvement == nil }) {
            page.suggestions = try await call.store.suggestions(limit: suggestionsRead).reversed().filter {
                step.contains(organisation.zone.day(of: $0.value.madeAt))
                    && (measure == .suggestionsPerHead || !$0.value.by.isEmpty)
            }.map { ($0.id, $0.value.title) }
        }
        return call.html(page.page(call.visit))
    }

    private static func unquiet(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let quieted = try await quieted(in: call.store)
        guard let one = quieted.first(where: { $0.measure.id == form["measure"] }) else { throw Refusal.notFound }
        let now = call.site.now()
        let day = try await Organisation(of: call.store).zone.day(of: now)
        try await call.store.unquiet(
            Unquieting(source: one.source, measure: one.measure.id, by: call.writer, on: max(day, one.since)), at: now)
        return .seeOther("/momentum#quieted")
    }
}
