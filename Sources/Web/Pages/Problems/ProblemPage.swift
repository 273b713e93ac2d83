import Languages
import Records
import Signals
import Statistics
import Store

/// One problem, from its sentence down to its incidents, and what people can do with it.
struct ProblemValues: Sendable {
    var id: Int64
    /// Nil for a group of fewer incidents than are summed up.
    var problem: RecurringProblem?
    var name: String
    var asOf: Day
    var zone: Zone
    var rate: Double?
    var currency: String
    var lines: [TicketLine]
    /// The ticket after which the next page begins; nil on the last page.
    var after: ID<Ticket>?
    var entries: [ProblemEntry]
    /// The opportunity it is in the register, and the improvement it has become.
    var opportunity: String?
    var improvement: KeptImprovement?
    var mayOpen: Bool
    var mayContribute: Bool
    /// What is wrong with what was typed.
    var refused: String?
    var typed: [String: String] = [:]
}

struct ProblemPage {
    var values: ProblemValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var content: HTML = .empty
        if let refused = values.refused { content += "<p class=\"problem\" role=\"alert\">\(refused)</p>" }
        if let problem = values.problem {
            content += """
                <p class="lead">\(words.story(problem, name: values.name, asOf: values.asOf).html(in: visit.language))</p>
                <p class="facts"><strong>\(words.name(of: problem.standing))</strong> \
                <span>\(words.meaning(of: problem.standing))</span></p>
                \(door(visit))
                \(facts(problem, words))
                """
        } else {
            content += "<p class=\"lead\">\(words.recurring(.notSummed))</p>"
        }
        content += """
            <h2 id="tickets">\(words.recurring(.tickets))</h2>
            \(tickets(visit))
            \(values.mayContribute ? forms(visit) : "<p class=\"note\">\(words.recurring(.notYours))</p>")
            """
        if !values.entries.isEmpty {
            content += """
                <h2>\(words.recurring(.history))</h2>
                <ol class="history">\(values.entries.map { entry($0, words) })</ol>
                """
        }
        return Page(
            place: .problems, title: values.name, question: words.recurring(.problemsQuestion), content: content,
            next: [(words.recurring(.openProblems), "/problems"), (words(.openRegister), "/register")])
    }

    private func door(_ visit: Visit) -> HTML {
        let door =
            values.opportunity.map { ("opportunity", $0) } ?? ("title", visit.words.title(forProblem: values.name))
        return ImprovementDoor(
            field: door.0, value: door.1, about: values.name, open: values.improvement, mayOpen: values.mayOpen
        ).html(visit)
    }

    // MARK: What is known

    private func facts(_ p: RecurringProblem, _ words: Words) -> HTML {
        let f = words.figures
        var rows: [(String, HTML)] = [
            (words.recurring(.incidents), "<a href=\"#tickets\">\(f.count(p.size))</a>"),
            (words.recurring(.months), Sparkline(values: p.months.map { Double($0) }).svg + counts(p, words)),
            (words.recurring(.timesBack), "\(f.count(p.spells))"),
            (words.recurring(.firstSeen), "\(f.date(p.first))"), (words.recurring(.lastSeen), "\(f.date(p.last))"),
        ]
        let every: HTML =
            if let rhythm = p.rhythm {
                "\(words.rhythm(rhythm.everyDays)) <span class=\"note\">p\u{A0}=\u{A0}\(f.number(rhythm.p, decimals: 4))</span>"
            } else {
                HTML(escaping: words.recurring(.noRhythm))
            }
        rows.append((words.recurring(.rhythm), every))
        if let rhythm = p.rhythm {
            let due = words.due(rhythm.next, in: Period(rhythm.nextEarliest, through: rhythm.nextLatest))
            let note: HTML? = rhythm.nextLatest < values.asOf ? " <strong>\(words.recurring(.overdue))</strong>" : nil
            rows.append((words.recurring(.nextDue), "\(due)\(note)"))
        }
        if let hours = p.hoursPerMonth { rows.append((words.recurring(.hoursAMonth), amount(hours, f))) }
        if let hours = p.workHoursPerMonth { rows.append((words.recurring(.workHoursAMonth), amount(hours, f))) }
        if let rate = values.rate, let hours = p.hoursPerMonth {
            rows.append((words.recurring(.moneyAMonth), "\(values.currency)\u{A0}\(amount(hours.scaled(by: rate), f))"))
        }
        rows.append(
            (
                words.recurring(.workarounds),
                HTML(
                    escaping: p.workaroundsKnown > 0
                        ? words.workarounds(p.workarounds, of: p.workaroundsKnown) : words.recurring(.notSaid))
            ))
        if let record = p.record {
            let told = words.told(record).html(in: words.language)
            rows.append(
                (
                    words.recurring(.record),
                    record.status == nil
                        ? told : "\(told) <a href=\"\(Link.ticket(.problem, record.number))\">\(record.number)</a>"
                ))
        }
        if let changes = p.changes {
            let links = changes.numbers.map { "<a href=\"\(Link.ticket(.change, $0))\">\($0)</a>" as HTML }
            rows.append((words.recurring(.changes), "\(words.told(changes, of: p.spells)) \(links.joined(by: ", "))"))
        }
        if let satisfaction = p.satisfaction {
            rows.append((words.recurring(.satisfaction), "<a href=\"/feedback\">\(words.told(satisfaction))</a>"))
        }
        rows.append(
            (
                words.recurring(.chance),
                "\(chance(p.chance, words)) <span class=\"note\">\(words.recurring(.chanceText))</span>"
            ))
        return """
            <dl class="fields">\(rows.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" as HTML })</dl>
            <p class="note">\(words.recurring(.sizeNote))</p>
            """
    }

    private func amount(_ e: Estimate, _ f: Figures) -> HTML {
        let range = f.range(f.number(Figures.rounded(e.low)), f.number(Figures.rounded(e.high)))
        return "\(f.number(Figures.rounded(e.estimate))) <span class=\"note\">(\(range))</span>"
    }

    /// The figures of the picture.
    private func counts(_ p: RecurringProblem, _ words: Words) -> HTML {
        var month = p.firstMonth
        var rows: [[Table.Cell]] = []
        for count in p.months {
            let next = (month + 31).startOfMonth
            let period = Period(month, through: next - 1)
            rows.append([
                .text(words.figures.range(period.first, period.last)),
                .number(words.figures.count(count), Double(count)),
            ])
            month = next
        }
        let table = Table(
            caption: words.recurring(.months), columns: [.text(words(.time)), .number(words.recurring(.incidents))],
            rows: rows)
        return "<details><summary>\(words.recurring(.months))</summary>\(table.html)</details>"
    }

    // MARK: Its incidents

    private func tickets(_ visit: Visit) -> HTML {
        let words = visit.words
        let f = words.figures
        let isForm = values.mayContribute
        let rows = values.lines.map { line -> [Table.Cell] in
            let end = line.resolvedAt ?? line.closedAt
            let tick: [Table.Cell] =
                isForm
                ? [
                    Table.Cell(
                        """
                        <input type="checkbox" name="ticket-\(line.number)" value="1" form="take-out" \
                        aria-label="\(line.number)">
                        """)
                ] : []
            return [
                Table.Cell("<a href=\"\(Link.ticket(.incident, line.number))\">\(line.number)</a>")
            ] + tick + [
                Table.Cell("<span class=\"told\">\(line.title)</span>"), .text(words.name(of: line.status)),
                .text(line.category),
                .number(f.time(line.openedAt, in: values.zone), Double(line.openedAt.seconds)),
                end.map { .number(f.time($0, in: values.zone), Double($0.seconds)) } ?? .text(Figures.missing),
                Table.Cell(
                    "<span class=\"aside\">\(words.text(.fileAndLine(file: line.file, line: line.line)))</span>"),
            ]
        }
        let table = Table(
            caption: words.recurring(.tickets),
            columns: [.text(words(.number))] + (isForm ? [.picture(words.recurring(.takeOut))] : []) + [
                .text(words(.title)), .text(words(.status)), .text(capitalised(words.name(of: Dimension.category))),
                .text(words(.opened)), .text(words(.resolved)), .text(words(.file)),
            ], rows: rows)
        var content = table.html
        if let after = values.after {
            let address = Link.problem(values.id) + "?after=\(after.value)#tickets"
            content += "<p class=\"pager\"><a rel=\"next\" href=\"\(address)\">\(words.recurring(.showMore))</a></p>"
        }
        return content
    }

    // MARK: Forms

    private func forms(_ visit: Visit) -> HTML {
        let words = visit.words
        func why(_ form: String) -> HTML {
            """
            <label>\(words.recurring(.why))<input name="why" value="\(values.typed[form + "-why"] ?? "")" \
            maxlength="200"></label>
            """
        }
        let id = values.id
        return """
            <section><h3>\(words.recurring(.takeOut))</h3><p class="note">\(words.recurring(.takeOutText))</p>
            <form class="stack" id="take-out" method="post" action="\(Link.problem(id))/split">\(visit.tokenField)\
            \(why("split"))<button>\(words.recurring(.takeOutButton))</button></form></section>
            <section><h3>\(words.recurring(.joinHeading))</h3><p class="note">\(words.recurring(.joinText))</p>
            <form class="stack" method="post" action="\(Link.problem(id))/join">\(visit.tokenField)\
            <label>\(words.recurring(.joinNumber))<input name="other" inputmode="numeric" required \
            value="\(values.typed["other"] ?? "")"></label>\(why("join"))<button>\(words.recurring(.joinButton))</button></form></section>
            <section><h3>\(words.recurring(.nameHeading))</h3>
            <form class="stack" method="post" action="\(Link.problem(id))/name">\(visit.tokenField)\
            <label>\(words.recurring(.nameLabel))<input name="name" maxlength="200" value="\(values.typed["name"] ?? values.name)">\
            </label><button>\(words.recurring(.nameButton))</button></form></section>

            """
    }

    private func entry(_ e: ProblemEntry, _ words: Words) -> HTML {
        let told: HTML =
            switch e.deed {
            case .join: HTML(escaping: words.joined(other: e.other))
            case .split where e.problem == values.id: HTML(escaping: words.takenOut(e.tickets.count, of: e.other))
            case .split:
                "\(words.takenOut(e.tickets.count, of: e.other)) → <a href=\"\(Link.problem(e.problem))\">\(e.problem)</a>"
            case .name: words.named(e.note).html(in: words.language)
            }
        let why: HTML? = e.deed == .name || e.note.isEmpty ? nil : "<br><span class=\"note\">\(e.note)</span>"
        return """
            <li><span class="note">\(words.figures.time(e.at, in: values.zone)) · \(e.by)</span>\
            <span>\(told)\(why)</span></li>
            """
    }
}
