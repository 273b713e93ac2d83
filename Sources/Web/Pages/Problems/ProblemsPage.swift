import Languages
import Records
import Signals
import Statistics

/// What keeps coming back, worth doing first.
struct ProblemsValues: Sendable {
    var problems: [RecurringProblem]
    /// The names that people gave, by problem.
    var names: [Int64: String]
    var asOf: Day
    /// What an hour costs; nil where it was never said.
    var rate: Double?
    var currency: String

    func name(_ problem: RecurringProblem) -> String { names[problem.id] ?? problem.title }
}

struct ProblemsPage {
    var values: ProblemsValues

    /// Groups that are no candidates shown: what nobody reads costs a page its size.
    private static let othersMax = 40
    private static let candidatesMax = 100

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let candidates = values.problems.filter(\.isCandidate)
        let others = values.problems.filter { !$0.isCandidate }
        let hours = candidates.compactMap { $0.hoursPerMonth?.estimate }
        var content: HTML = """
            <p class="lead">\(words.problemLead(
                candidates: candidates.count, groups: values.problems.count,
                hours: hours.isEmpty ? nil : hours.reduce(0, +)))</p>

            """
        if values.problems.isEmpty { content += "<p>\(words.recurring(.noProblems))</p>" }
        if !candidates.isEmpty {
            content += """
                <p class="note">\(words.recurring(.sizeNote))</p>
                <h2>\(words.recurring(.candidatesHeading))</h2>\(table(Array(candidates.prefix(Self.candidatesMax)), words.recurring(.candidatesHeading), words))
                """
        }
        if !others.isEmpty {
            content += """
                <h2>\(words.recurring(.othersHeading))</h2><p class="note">\(words.recurring(.othersText))</p>
                \(table(Array(others.prefix(Self.othersMax)), words.recurring(.othersHeading), words))
                """
        }
        return Page(
            place: .problems, title: words.recurring(.problems), question: words.recurring(.problemsQuestion),
            content: content,
            next: [
                (words(.openRegister), "/register"), (words(.openSignals), "/signals"),
                (words.say(.openMomentum), "/momentum"),
            ])
    }

    private func table(_ problems: [RecurringProblem], _ caption: String, _ words: Words) -> HTML {
        let f = words.figures
        let hasMoney = values.rate != nil
        let rows = problems.map { p -> [Table.Cell] in
            var row: [Table.Cell] = [
                Table.Cell("<a class=\"told\" href=\"\(Link.problem(p.id))\">\(values.name(p))</a>"),
                Table.Cell("<a href=\"\(Link.problem(p.id))#tickets\">\(f.count(p.size))</a>", sortKey: Double(p.size)),
                Table.Cell(Sparkline(values: p.months.map { Double($0) }).svg),
                hours(p.hoursPerMonth, f),
            ]
            if let rate = values.rate {
                row.append(money(p, rate, f))
            }
            row += [
                due(p, words),
                p.workaroundsKnown > 0
                    ? .number(
                        words.workarounds(p.workarounds, of: p.workaroundsKnown),
                        Double(p.workarounds) / Double(p.workaroundsKnown))
                    : .text(Figures.missing),
                .text(words.name(of: p.standing)),
            ]
            return row
        }
        return Table(
            caption: caption,
            columns: [
                .text(words.recurring(.words)), .number(words.recurring(.incidents)),
                .picture(words.recurring(.months)),
                .number(words.recurring(.hoursAMonth)),
            ] + (hasMoney ? [.number(words.recurring(.moneyAMonth))] : []) + [
                .text(words.recurring(.nextDue)), .number(words.recurring(.workarounds)),
                .text(words.recurring(.standing)),
            ], rows: rows
        ).html
    }

    private func hours(_ hours: Estimate?, _ f: Figures) -> Table.Cell {
        guard let hours else { return .text(Figures.missing) }
        let range = f.range(f.number(Figures.rounded(hours.low)), f.number(Figures.rounded(hours.high)))
        return Table.Cell(
            "\(f.number(Figures.rounded(hours.estimate))) <span class=\"note\">(\(range))</span>",
            sortKey: hours.estimate)
    }

    private func money(_ p: RecurringProblem, _ rate: Double, _ f: Figures) -> Table.Cell {
        guard let hours = p.hoursPerMonth else { return .text(Figures.missing) }
        let amount = hours.estimate * rate
        return .number("\(values.currency)\u{A0}\(f.number(Figures.rounded(amount)))", amount)
    }

    private func due(_ p: RecurringProblem, _ words: Words) -> Table.Cell {
        guard let rhythm = p.rhythm else { return .text(Figures.missing) }
        let date = words.figures.shortDate(rhythm.next)
        let isOver = rhythm.nextLatest < values.asOf
        return Table.Cell(
            isOver ? "\(date) <span class=\"note\">\(words.recurring(.overdue))</span>" : HTML(escaping: date),
            sortKey: Double(rhythm.next.number))
    }
}

extension Link {
    static func problem(_ id: Int64) -> String { "/problems/\(id)" }
}
