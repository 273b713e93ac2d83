import Records
import Signals
import Store

// The groups of incidents' texts. `recurring_ticket` says which group each ticket is in; `recurring_text` and `recurring_word`
// are what the next batch is held against: a row for each set of words of a group, bounded, and a row a word. A person's
// joining and splitting rewrites these rows, so later turns find things as the person left them; what was done, by whom and
// why stays in `problem_entry`.

extension SQLStore {
    private static func state(_ c: any SQLConnection) throws -> RecurringState {
        try c.first("select body from recurring_state where id = 1") { try read(RecurringState.self, $0.text(0)) }
            ?? RecurringState()
    }

    private static func write(_ state: RecurringState, _ c: any SQLConnection) throws {
        var next = state
        next.version += 1
        try c.run(
            "insert into recurring_state (id, body) values (1, $1) on conflict (id) do update set body = excluded.body",
            .text(try document(next)))
    }

    public func recurringState() async throws -> RecurringState { try await database.read { try Self.state($0) } }

    // MARK: Texts

    private static var textColumns: String {
        "id, opened_at, title, case when title = '' then substr(body, 1, 1000) else '' end, category"
    }

    private static func ticketText(_ row: any SQLStatement) -> TicketText {
        TicketText(
            ticket: row.integer(0), opened: Moment(microseconds: row.integer(1)), title: row.text(2),
            text: row.text(3), category: row.integer(4))
    }

    public func ticketTexts(after ticket: Int64, limit: Int) async throws -> [TicketText] {
        try await database.read {
            try $0.rows(
                "select \(Self.textColumns) from ticket where id > $1 and kind = 1 order by id limit $2",
                .integer(ticket), Value(limit), row: Self.ticketText)
        }
    }

    public func ticketText(_ number: String) async throws -> TicketText? {
        try await database.read {
            try $0.first(
                "select \(Self.textColumns) from ticket where number = $1 and kind = 1", .text(number),
                row: Self.ticketText)
        }
    }

    public func recurringWords() async throws -> [(text: String, texts: Int)] {
        try await database.read {
            try $0.rows("select text, texts from recurring_word order by code") { ($0.text(0), Int($0.integer(1))) }
        }
    }

    public func recurringTexts() async throws -> [KeptText] {
        try await database.read {
            try $0.rows("select id, problem, texts, latest, words from recurring_text order by id") {
                KeptText(
                    id: $0.integer(0), problem: $0.integer(1), texts: Int($0.integer(2)), latest: $0.integer(3),
                    words: $0.bytes(4))
            }
        }
    }

    public func keep(_ step: RecurringStep, _ state: RecurringState) async throws -> Bool {
        try await database.write { c in
            guard try Self.state(c).version == state.version else { return false }
            for word in step.words {
                try c.run(
                    """
                    insert into recurring_word (code, text, texts) values ($1, $2, $3)
                    on conflict (code) do update set texts = excluded.texts
                    """, .integer(word.code), .text(word.text), Value(word.texts))
            }
            for text in step.entries {
                try c.run(
                    """
                    insert into recurring_text (id, problem, texts, latest, words) values ($1, $2, $3, $4, $5)
                    on conflict (id) do update set texts = excluded.texts, latest = excluded.latest
                    """, .integer(text.id), .integer(text.problem), Value(text.texts), .integer(text.latest),
                    .bytes(text.words))
            }
            for id in step.dropped { try c.run("delete from recurring_text where id = $1", .integer(id)) }
            let insert = try c.statement(
                "insert into recurring_ticket (ticket, problem, day) values ($1, $2, $3) on conflict do nothing")
            for one in step.tickets {
                try insert.bind(one.ticket, at: 1)
                try insert.bind(one.problem, at: 2)
                try insert.bind(Int64(one.day.number), at: 3)
                while try insert.step() {}
            }
            try Self.write(state, c)
            return true
        }
    }

    // MARK: What a problem is summed up from

    public func recurringDays(atLeast size: Int) async throws -> [(problem: Int64, days: [Day])] {
        try await database.read { c in
            var all: [(problem: Int64, days: [Day])] = []
            let rows = try c.statement(
                """
                select problem, day from recurring_ticket where problem in (
                    select problem from recurring_ticket group by problem having count(*) >= $1)
                order by problem, day
                """)
            defer { rows.reset() }
            try rows.bind(Int64(size), at: 1)
            var days: [Day] = []
            var last: Int64 = 0
            while try rows.step() {
                let problem = rows.integer(0)
                if problem != last, !days.isEmpty {
                    all.append((last, days))
                    days = []
                }
                last = problem
                days.append(Day(number: Int32(clamping: rows.integer(1))))
            }
            if !days.isEmpty { all.append((last, days)) }
            return all
        }
    }

    public func recurringIncidents(
        of problem: Int64, after ticket: Int64?, limit: Int, zone: Zone
    ) async throws -> [RecurringLine] {
        try await database.read { c in
            let bound = try ticket.flatMap { id in
                try c.first("select day from recurring_ticket where ticket = $1", .integer(id)) { ($0.integer(0), id) }
            }
            let (day, id) = bound ?? (Int64.max, Int64.max)
            return try c.rows(
                """
                select t.id, t.number, t.title, t.status, coalesce(p.text, ''), coalesce(g.text, ''),
                    coalesce(k.text, ''), t.opened_at, t.resolved_at, t.closed_at,
                    coalesce(i.file, ''), t.line, t.work_minutes, t.is_workaround, t.problem, t.caused_by,
                    coalesce(s.text, '')
                from recurring_ticket r join ticket t on t.id = r.ticket left join name p on p.id = t.priority
                left join name g on g.id = t.work_group left join name k on k.id = t.category
                left join name s on s.id = t.service left join import i on i.id = t.import
                where r.problem = $1 and r.day <= $2 and (r.day < $3 or r.ticket < $4)
                order by r.day desc, r.ticket desc limit $5
                """, .integer(problem), .integer(day), .integer(day), .integer(id), Value(limit)
            ) { Self.recurringLine($0, zone) }
        }
    }

    private static func recurringLine(_ row: any SQLStatement, _ zone: Zone) -> RecurringLine {
        let opened = Moment(microseconds: row.integer(7))
        let resolved = row.optionalInteger(8).map { Moment(microseconds: $0) }
        let line = TicketLine(
            id: ID(row.integer(0)), number: row.text(1), title: row.text(2),
            status: TicketStatus(rawValue: UInt8(clamping: row.integer(3))) ?? .new, priority: row.text(4),
            group: row.text(5), category: row.text(6), openedAt: opened, resolvedAt: resolved,
            closedAt: row.optionalInteger(9).map { Moment(microseconds: $0) }, file: row.text(10),
            line: Int(row.integer(11)))
        let end = resolved ?? line.closedAt
        let hours = end.map { Double($0.microseconds - opened.microseconds) / 3_600_000_000 }
        return RecurringLine(
            line: line,
            incident: RecurringIncident(
                opened: zone.day(of: opened), hours: hours.flatMap { $0 >= 0 ? $0 : nil },
                workHours: row.optionalReal(12).map { $0 / 60 }, isWorkaround: row.optionalBool(13),
                problem: row.text(14), causedBy: row.text(15), service: row.text(16), satisfaction: nil))
    }

    public func problemRecords(zone: Zone) async throws -> [String: (status: String, endedOn: Day?)] {
        try await database.read { c in
            let rows = try c.rows(
                "select number, status, coalesce(resolved_at, closed_at) from ticket where kind = 3"
            ) { row -> (String, String, Day?) in
                let status = TicketStatus(rawValue: UInt8(clamping: row.integer(1))) ?? .new
                let end = row.optionalInteger(2).map { zone.day(of: Moment(microseconds: $0)) }
                return (row.text(0), status.word, status.isDone ? end : nil)
            }
            return Dictionary(rows.map { ($0.0, (status: $0.1, endedOn: $0.2)) }, uniquingKeysWith: { $1 })
        }
    }

    public func changesMade(zone: Zone) async throws -> [ChangeMade] {
        try await database.read {
            try $0.rows(
                """
                select t.number, coalesce(s.text, ''), coalesce(t.resolved_at, t.closed_at, t.opened_at)
                from ticket t left join name s on s.id = t.service
                where t.kind = 4 and t.status <> 6 order by 3
                """
            ) {
                ChangeMade(
                    number: $0.text(0), service: $0.text(1),
                    day: zone.day(of: Moment(microseconds: $0.integer(2))))
            }
        }
    }

    public func ticketScores() async throws -> [String: Double] {
        try await database.read { c in
            let rows = try c.rows(
                """
                select ticket, avg((score - scale_low) / (scale_high - scale_low)) from survey_answer
                where ticket <> '' and score is not null and scale_high > scale_low group by ticket
                """
            ) { ($0.text(0), $0.real(1)) }
            return Dictionary(rows, uniquingKeysWith: { $1 })
        }
    }

    // MARK: Problems

    public func save(_ problems: [RecurringProblem], _ state: RecurringState) async throws {
        try await database.write { c in
            // Somebody may have joined or split meanwhile: what the state knows is kept, the numbers are theirs.
            var next = try Self.state(c)
            next.looks = state.looks
            next.found = state.found
            try Self.write(next, c)
            try c.run("delete from recurring_problem")
            for (place, problem) in problems.enumerated() {
                try c.run(
                    "insert into recurring_problem (id, place, body) values ($1, $2, $3)", .integer(problem.id),
                    Value(place), .text(try document(problem)))
            }
        }
    }

    public func recurringProblems() async throws -> [RecurringProblem] {
        try await database.read {
            try $0.rows("select body from recurring_problem order by place") {
                try read(RecurringProblem.self, $0.text(0))
            }
        }
    }

    public func recurringProblem(_ id: Int64) async throws -> RecurringProblem? {
        try await database.read {
            try $0.first("select body from recurring_problem where id = $1", .integer(id)) {
                try read(RecurringProblem.self, $0.text(0))
            }
        }
    }

    public func problem(ofIncident number: String) async throws -> Int64? {
        try await database.read {
            try $0.first(
                """
                select r.problem from ticket t join recurring_ticket r on r.ticket = t.id
                where t.number = $1 and t.kind = 1
                """, .text(number)
            ) { $0.integer(0) }
        }
    }

    // MARK: What people say

    private static func note(_ entry: ProblemEntry, _ c: any SQLConnection) throws {
        try c.run(
            """
            insert into problem_entry (problem, deed, other, tickets, note, by_name, at)
            values ($1, $2, $3, $4, $5, $6, $7)
            """, .integer(entry.problem), .text(entry.deed.rawValue), .integer(entry.other),
            .text(entry.tickets.joined(separator: "\n")), .text(entry.note), .text(entry.by),
            .integer(entry.at.microseconds))
    }

    public func joinProblems(
        _ other: Int64, into problem: Int64, note: String, by: String, at: Moment
    ) async throws -> Bool {
        try await database.write { c in
            for id in [other, problem] {
                let isThere = try c.first(
                    "select 1 from recurring_ticket where problem = $1 limit 1", .integer(id)
                ) { _ in true }
                if isThere == nil || other == problem { return false }
            }
            for table in ["recurring_ticket", "recurring_text"] {
                try c.run(
                    "update \(table) set problem = $1 where problem = $2", .integer(problem), .integer(other))
            }
            try c.run("delete from recurring_problem where id = $1", .integer(other))
            var state = try Self.state(c)
            if state.found.remove(other) != nil { state.found.insert(problem) }
            try Self.write(state, c)
            try Self.note(
                ProblemEntry(
                    id: 0, problem: problem, deed: .join, other: other, tickets: [], note: note, by: by, at: at), c)
            return true
        }
    }

    public func splitProblem(
        _ problem: Int64, tickets: [TakenOut], note: String, by: String, at: Moment
    ) async throws -> Int64? {
        try await database.write { c in
            var chosen: [TakenOut] = []
            for one in tickets {
                let isThere = try c.first(
                    "select 1 from recurring_ticket where ticket = $1 and problem = $2", .integer(one.ticket),
                    .integer(problem)
                ) { _ in true }
                if isThere != nil { chosen.append(one) }
            }
            let all = try c.first("select count(*) from recurring_ticket where problem = $1", .integer(problem)) {
                Int($0.integer(0))
            }
            guard !chosen.isEmpty, chosen.count < all ?? 0 else { return nil }
            var state = try Self.state(c)
            let new = state.nextProblem
            state.nextProblem += 1
            for one in chosen {
                try c.run(
                    "update recurring_ticket set problem = $1 where ticket = $2", .integer(new), .integer(one.ticket))
                if try Self.moveText(of: one, from: problem, to: new, number: state.nextEntry, c) {
                    state.nextEntry += 1
                }
            }
            if state.found.contains(problem) { state.found.insert(new) }
            try Self.write(state, c)
            try Self.note(
                ProblemEntry(
                    id: 0, problem: new, deed: .split, other: problem, tickets: chosen.map(\.number), note: note,
                    by: by, at: at), c)
            return new
        }
    }

    /// From now on the words of a ticket that was taken out speak for its new group.
    /// - Returns: Whether the number was used.
    private static func moveText(
        of one: TakenOut, from problem: Int64, to new: Int64, number: Int64, _ c: any SQLConnection
    ) throws -> Bool {
        func entry(of problem: Int64) throws -> (id: Int64, texts: Int64)? {
            try c.first(
                "select id, texts from recurring_text where problem = $1 and words = $2", .integer(problem),
                .bytes(one.words)
            ) { ($0.integer(0), $0.integer(1)) }
        }
        if let old = try entry(of: problem) {
            if old.texts > 1 {
                try c.run("update recurring_text set texts = texts - 1 where id = $1", .integer(old.id))
            } else {
                try c.run("delete from recurring_text where id = $1", .integer(old.id))
            }
        }
        if let there = try entry(of: new) {
            try c.run("update recurring_text set texts = texts + 1 where id = $1", .integer(there.id))
            return false
        }
        try c.run(
            "insert into recurring_text (id, problem, texts, latest, words) values ($1, $2, 1, $3, $4)",
            .integer(number), .integer(new), .integer(one.ticket), .bytes(one.words))
        return true
    }

    public func nameProblem(_ problem: Int64, _ name: String, by: String, at: Moment) async throws {
        try await database.write {
            try Self.note(
                ProblemEntry(
                    id: 0, problem: problem, deed: .name, other: 0, tickets: [], note: name, by: by, at: at), $0)
        }
    }

    public func problemEntries(_ problem: Int64?) async throws -> [ProblemEntry] {
        let all = try await database.read {
            try $0.rows(
                """
                select id, problem, deed, other, tickets, note, by_name, at from problem_entry order by id desc
                """
            ) { row -> ProblemEntry? in
                guard let deed = ProblemEntry.Deed(rawValue: row.text(2)) else { return nil }
                return ProblemEntry(
                    id: row.integer(0), problem: row.integer(1), deed: deed, other: row.integer(3),
                    tickets: row.text(4).split(separator: "\n").map(String.init), note: row.text(5), by: row.text(6),
                    at: Moment(microseconds: row.integer(7)))
            }.compactMap { $0 }
        }
        guard let problem else { return all }
        // What was joined to it brings its own history along; the latest joining comes first.
        var family: Set<Int64> = [problem]
        for entry in all where entry.deed == .join && family.contains(entry.problem) { family.insert(entry.other) }
        return all.filter { family.contains($0.problem) || family.contains($0.other) }
    }

    public func problemNames() async throws -> [Int64: String] {
        try await database.read { c in
            let rows = try c.rows("select problem, note from problem_entry where deed = 'name' order by id") {
                ($0.integer(0), $0.text(1))
            }
            return Dictionary(rows, uniquingKeysWith: { $1 }).filter { !$0.value.isEmpty }
        }
    }
}
