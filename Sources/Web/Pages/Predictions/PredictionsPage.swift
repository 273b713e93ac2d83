import Gains
import Languages
import Measures
import Records
import Statistics
import Store
import Turn

/// Which open tickets will miss their target, which devices wear out, and how right such sayings were.
struct PredictionsPage {
    typealias P = PredictionPhrase

    let report: PredictionReport

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let content: HTML = """
            \(lead(words))
            <h2 id="tickets">\(words.foreseen(P.ticketsHeading))</h2>\(tickets(words))
            <h2 id="right">\(words.foreseen(P.rightHeading))</h2>\(right(words))
            <h2 id="measures">\(words.foreseen(P.measuresHeading))</h2>\(measures(words))
            <h2 id="devices">\(words.foreseen(P.devicesHeading))</h2>\(devices(words))
            <h2 id="card">\(words.foreseen(P.cardHeading))</h2>\(card(words))
            """
        return Page(
            place: .predictions, title: words.foreseen(P.predictions), question: words.foreseen(P.question),
            content: content,
            next: [(words.foreseen(P.openMomentum), "/momentum"), (words(.openRegister), "/register")])
    }

    private func lead(_ words: Words) -> HTML? {
        guard report.open > 0 else { return nil }
        let likely = report.tickets.count { !$0.isMissed && ($0.chance ?? 0) >= 0.5 }
        let lead = words.foreseen(.lead(open: report.open, missed: report.missed, likely: likely))
        return "<p class=\"lead\">\(lead)</p>"
    }

    // MARK: Tickets

    private func tickets(_ words: Words) -> HTML {
        let shown = report.tickets
        guard !shown.isEmpty else { return "<p>\(words.foreseen(P.noTickets))</p>\(silences(words))" }
        let hasChance = shown.contains { $0.chance != nil }
        let hasHelp = shown.contains { $0.help != nil }
        let rows = shown.map { ticket -> [Table.Cell] in
            let address = Link.ticket(ticket.kind, ticket.number)
            let name: HTML = """
                <a href="\(address)">\(ticket.number)</a>\(ticket.title.isEmpty ? .empty : "<br><small>\(short(ticket.title))</small>" as HTML)
                """
            var cells = [Table.Cell(name)]
            if hasChance { cells.append(chance(ticket, words)) }
            let range = words.figures.range(words.timeLeft(ticket.hours.low), words.timeLeft(ticket.hours.high))
            cells.append(
                Table.Cell(
                    "\(words.timeLeft(ticket.hours.estimate))<br><small>\(range)</small>",
                    sortKey: ticket.hours.estimate))
            cells.append(Table.Cell(why(ticket, words)))
            if hasHelp {
                let help = ticket.help.map { words.foreseen(.help($0.deed, chance: $0.chance, hours: $0.hours)) }
                cells.append(.text(help ?? ""))
            }
            return cells
        }
        var columns: [Table.Column] = [.text(words.foreseen(P.ticket))]
        if hasChance { columns.append(.number(words.foreseen(P.chance))) }
        columns += [.number(words.foreseen(P.hoursLeft)), .picture(words.foreseen(P.why))]
        if hasHelp { columns.append(.picture(words.foreseen(P.help))) }
        let table = Table(caption: words.foreseen(P.ticketsHeading), columns: columns, rows: rows)
        let rest: HTML? =
            report.open > shown.count
            ? "<p class=\"note\">\(words.foreseen(.shown(shown.count, of: report.open)))</p>" : nil
        return """
            <p class="note">\(words.foreseen(P.rangeNote))</p>\(table.html)\(rest)
            <p class="note">\(words.foreseen(P.helpNote))</p>\(silences(words))
            """
    }

    private static let titleLettersMax = 60

    private func short(_ title: String) -> String {
        title.count > Self.titleLettersMax ? title.prefix(Self.titleLettersMax - 1) + "…" : title
    }

    private func chance(_ ticket: TicketPrediction, _ words: Words) -> Table.Cell {
        if ticket.isMissed {
            return Table.Cell("<span class=\"worse\">\(words.foreseen(P.pastTarget))</span>", sortKey: 2)
        }
        guard let chance = ticket.chance else { return .text(words.foreseen(P.noTarget)) }
        return .number(words.figures.percent(chance), chance)
    }

    private func why(_ ticket: TicketPrediction, _ words: Words) -> HTML {
        func list(_ heading: P, _ reasons: [TicketPrediction.Reason]) -> HTML? {
            guard !reasons.isEmpty else { return nil }
            return
                "<small>\(words.labelled(words.foreseen(heading), reasons.map { words.told($0) }.joined(separator: "; ")))</small>"
        }
        let parts = [
            list(.speaksFor, ticket.reasons.filter { $0.moved > 0 }),
            list(.speaksAgainst, ticket.reasons.filter { $0.moved < 0 }),
        ].compactMap(\.self)
        return "<div class=\"reasons\">\(parts.joined(by: "<br>"))</div>"
    }

    private func silences(_ words: Words) -> HTML {
        guard let record = report.record else { return .empty }
        var notes = [words.foreseen(.made(words.figures.time(record.asOf, in: report.zone)))]
        for kind in TicketKind.allCases {
            if let known = record.silent[kind.plural] {
                notes.append(
                    words.foreseen(.silent(words.plural(kind), known: known, needed: TicketForesight.finishedMin)))
            }
            if let traits = record.leftOut[kind.plural] { notes.append(words.foreseen(.leftOut(traits))) }
        }
        return notes.map { "<p class=\"note\">\($0)</p>" as HTML }.joined(by: "\n")
    }

    // MARK: How right

    private func right(_ words: Words) -> HTML {
        guard let all = report.card.all else { return "<p>\(words.foreseen(P.noScores))</p>" }
        let f = words.figures
        let rows = report.card.months.map { month -> [Table.Cell] in
            let s = month.score
            let share = Double(s.inRange) / Double(s.count)
            let parts = (f.shortMonth(month.first.components.month), f.year(month.first.components.year))
            let name = words.language == .zh ? parts.1 + parts.0 : "\(parts.0)\u{A0}\(parts.1)"
            return [
                .number(name, Double(month.first.number)), .number(f.count(s.count), Double(s.count)),
                .number(words.timeLeft(s.error), s.error), .number(words.timeLeft(s.naiveError), s.naiveError),
                .number(f.percent(share), share),
                .number(s.judged > 0 ? f.count(s.missed) : Figures.missing, Double(s.missed)),
                .number(s.judged > 0 ? f.number(s.expected, decimals: 0) : Figures.missing, s.expected),
            ]
        }
        let table = Table(
            caption: words.foreseen(P.rightHeading),
            columns: [
                .text(words.foreseen(P.month)), .number(words.foreseen(P.ended)), .number(words.foreseen(P.meanError)),
                .number(words.foreseen(P.naiveError)), .number(words.foreseen(P.inRange)),
                .number(words.foreseen(P.missed)),
                .number(words.foreseen(P.expected)),
            ], rows: rows)
        let told: HTML? = report.card.calibrationError.map { error in
            let line = words.foreseen(.calibration(error: error, judged: all.judged))
            return """
                <h3>\(words.foreseen(P.calibrationHeading))</h3><p>\(line)</p>
                \(CalibrationChart(steps: report.card.steps).figure(words))
                """
        }
        return "<p>\(words.foreseen(.right(all)))</p>\(table.html)\(told)"
    }

    // MARK: Measures

    private func measures(_ words: Words) -> HTML {
        let crossings = report.record?.crossings ?? []
        guard !crossings.isEmpty else { return "<p>\(words.foreseen(P.noMeasures))</p>" }
        let rows = crossings.map { one -> [Table.Cell] in
            let name = words.heading(one.measure, one.slice).text(in: words.language)
            let when = one.day.map { words.figures.date($0) } ?? words.foreseen(P.beyond)
            return [
                Table.Cell("<a href=\"\(Link.measure(one.measure, one.slice))\">\(name)</a>"),
                .number(words.value(one.now, of: one.measure), one.now),
                .number(words.value(one.target, of: one.measure), one.target),
                Table.Cell(
                    "\(when)<br><small>\(words.foreseen(.by(one.chance, one.until)))</small>",
                    sortKey: Double((one.day ?? one.until + 1).number)),
            ]
        }
        return Table(
            caption: words.foreseen(P.measuresHeading),
            columns: [
                .text(words.foreseen(P.measure)), .number(words.foreseen(P.now)), .number(words.foreseen(P.target)),
                .number(words.foreseen(P.crossing)),
            ], rows: rows
        ).html
    }

    // MARK: Devices

    private func devices(_ words: Words) -> HTML {
        guard !report.devices.isEmpty else { return "<p>\(words.foreseen(P.noDevices))</p>" }
        let rows = report.devices.map { one -> [Table.Cell] in
            let slice = Slice(.device, one.device)
            let name: HTML = """
                <a href="\(Link.measure(one.measure, slice))">\(one.device)</a><br><small>\(words.label(one.measure))</small>
                """
            let left: Table.Cell
            if let days = one.days {
                let high = days.high.map { words.days($0) } ?? words.foreseen(P.mayNever)
                left = Table.Cell(
                    "\(words.days(days.estimate))<br><small>\(words.figures.range(words.days(days.low), high))</small>",
                    sortKey: days.estimate)
            } else {
                left = .text(words.foreseen(P.noTrend))
            }
            return [
                Table.Cell(name), .number(words.value(one.level, of: one.measure), one.level),
                .number(words.value(one.limit, of: one.measure), one.limit), left,
            ]
        }
        let table = Table(
            caption: words.foreseen(P.devicesHeading),
            columns: [
                .text(words.foreseen(P.device)), .number(words.foreseen(P.now)), .number(words.foreseen(P.limit)),
                .number(words.foreseen(P.until)),
            ],
            rows: rows)
        return "\(table.html)<p class=\"note\">\(words.foreseen(P.limitsNote))</p>"
    }

    private func card(_ words: Words) -> HTML {
        let f = words.figures
        let rows = report.scores.map { score -> [Table.Cell] in
            let share = score.share.map {
                "\(f.percent($0.estimate)) (\(f.range(f.percent($0.low), f.percent($0.high))))"
            }
            return [
                .text(words.name(of: score.source)), .number(f.count(score.came), Double(score.came)),
                .number(f.count(score.didNotCome), Double(score.didNotCome)),
                .number(f.count(score.open), Double(score.open)),
                .number(share ?? Figures.missing, score.share?.estimate ?? .nan),
            ]
        }
        return Table(
            caption: words.foreseen(P.cardHeading),
            columns: [
                .text(words.say(.source)), .number(words.say(.came)), .number(words.say(.didNotCome)),
                .number(words.say(.open)), .number(words.say(.share)),
            ], rows: rows
        ).html
    }
}
