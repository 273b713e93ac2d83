import Gains
import Languages
import Measures
import Records
import Signals
import Statistics
import Turn

/// Whether the improvement work is alive.
struct MomentumValues: Sendable {
    var report: MomentumReport
    /// Names of policies by number.
    var policies: [Int64: String]
    var zone: Zone
    var mayRespond: Bool
    var mayExplain: Bool
    /// The figure whose picture was asked for; those that fade have theirs anyhow.
    var figure: MomentumMeasure?
    var three: ThreeMeasures?
}

struct MomentumPage {
    var values: MomentumValues

    private var report: MomentumReport { values.report }

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let content: HTML = """
            <p class="lead">\(words.momentumLead(signs: report.signs.count))</p>
            <h2>\(words.say(.threeQuestions))</h2>
            <p class="note">\(words.figures.range(report.week.first, report.week.last))</p>
            \(report.answers.map { answer($0, words) })
            \(history(words))
            <h2 id="signs">\(words.say(.signsHeading))</h2>\(signs(visit))
            <h2 id="responses">\(words.say(.responsesHeading))</h2>\(responses(words))
            <h2 id="unexplained">\(words.say(.unexplainedHeading))</h2>\(unexplained(visit))
            <h2>\(words.say(.figuresHeading))</h2>\(figures(words))
            <h2>\(words.say(.stepsHeading))</h2>\(steps(words))
            <h2>\(words.say(.fireHeading))</h2>\(fire(words))
            \(values.three?.html(words))
            <h2 id="time">\(words.cycle(.time))</h2>\(time(words))
            <h2 id="pulse">\(words.cycle(.pulse))</h2>\(pulse(words))
            <h2>\(words.say(.scoreHeading))</h2>\(scoreCard(words))
            \(QuietedPart(quieted: report.quieted, mayUndo: values.mayExplain).html(visit))
            """
        return Page(
            place: .momentum, title: words.say(.momentum), question: words.say(.momentumQuestion), content: content,
            next: [
                (words(.openRegister), "/register"), (words.say(.openPolicies), "/policies"),
                (words.say(.openPlanning), "/planning"),
            ])
    }

    // MARK: The three questions

    private func answer(_ answer: WeeklyAnswer, _ words: Words) -> HTML {
        let mark: HTML =
            switch answer.answer {
            case .yes: "<strong class=\"worse\">\(words.told(answer.answer))</strong>"
            case .no, .cannotTell: "<strong>\(words.told(answer.answer))</strong>"
            }
        return """
            <article class="finding" id="q-\(answer.question.rawValue)">
            <h3>\(words.told(answer.question)) \(mark)</h3>
            <p>\(words.sentence(answer).html(in: words.language))</p>
            \(chart(answer, words)?.figure(words))
            </article>

            """
    }

    private func chart(_ answer: WeeklyAnswer, _ words: Words) -> SeriesChart? {
        let counts = report.counts(answer.question)
        let id = answer.question == .unauthorisedRising ? "changes.unauthorized" : "incidents.backlog"
        guard let first = counts.weeks.first?.first, let measure = Measure(id: id) else { return nil }
        var chart = SeriesChart(
            id: "q-\(answer.question.rawValue)", title: words.told(answer.question), measure: measure, first: first,
            step: 7, values: counts.rates.map { $0.isFinite ? $0 : nil })
        switch answer.question {
        case .unauthorisedRising: break
        case .incidentsFallen:
            let label = Measure(id: "incidents.opened").map { words.label($0) } ?? ""
            chart.reading = .init(label: label, unit: words.unitOfSuggestions(perHead: false)) {
                words.figures.number($0)
            }
        case .suggestionsDeclining:
            chart.reading = .init(
                label: words.name(of: .suggestionsPerHead),
                unit: words.unitOfSuggestions(perHead: counts.exposures.contains { $0 != 1 })
            ) { words.figures.number($0) }
        }
        return chart
    }

    private func history(_ words: Words) -> HTML? {
        let weeks = Dictionary(grouping: report.history, by: \.week.first).sorted { $0.key > $1.key }.prefix(12)
        guard !weeks.isEmpty else { return nil }
        let rows = weeks.map { monday, answers -> [Table.Cell] in
            [.number(words.figures.shortDate(monday), Double(monday.number))]
                + Question.allCases.map { question in
                    .text(answers.first { $0.question == question }.map { words.told($0.answer) } ?? Figures.missing)
                }
        }
        let table = Table(
            caption: words.say(.earlierWeeks),
            columns: [.text(words.say(.week))] + Question.allCases.map { .text(words.told($0)) }, rows: rows)
        return "<details><summary>\(words.say(.earlierWeeks))</summary>\(table.html)</details>"
    }

    // MARK: What to do

    private func signs(_ visit: Visit) -> HTML {
        let words = visit.words
        guard !report.signs.isEmpty else { return "<p>\(words.say(.noSigns))</p>" }
        let items = report.signs.map { sign -> HTML in
            let plays = sign.plays.map { "<li>\(words.told($0))</li>" as HTML }
            return """
                <article class="finding" id="sign-\(sign.word)">
                <h3>\(words.name(of: sign, policies: values.policies))</h3>
                <ul>\(plays)</ul>
                \(form(sign, visit))
                </article>

                """
        }
        return "<p class=\"note\">\(words.say(.playbookText))</p>\(items)"
    }

    private func form(_ sign: Sign, _ visit: Visit) -> HTML? {
        guard values.mayRespond else { return nil }
        let words = visit.words
        let choices = sign.plays.map { "<option value=\"\($0.rawValue)\">\(words.told($0))</option>" as HTML }
        return """
            <form class="stack" method="post" action="/momentum/responses">\(visit.tokenField)\
            <input type="hidden" name="sign" value="\(sign.word)">\
            <label>\(words.say(.chooseResponse))<select name="play">\(choices)\
            <option value="">\(words.say(.ownIdea))</option></select></label>\
            <label>\(words.say(.note))<input name="note" maxlength="500"></label>\
            <button>\(words.say(.keepResponse))</button></form>
            """
    }

    private func responses(_ words: Words) -> HTML {
        guard !report.responses.isEmpty else { return "<p>\(words.say(.noResponses))</p>" }
        let rows = report.responses.map { response, aftermath -> [Table.Cell] in
            let what = response.play.map { words.told($0) } ?? words.say(.ownIdea)
            return [
                .text(words.name(of: response.sign, policies: values.policies)),
                .text(response.note.isEmpty ? what : "\(what) \(response.note)"), .text(response.by),
                .number(words.figures.time(response.at, in: values.zone), Double(response.at.seconds)),
                .text(words.told(aftermath)),
            ]
        }
        return Table(
            caption: words.say(.responsesHeading),
            columns: [
                .text(words.say(.question)), .text(words.say(.whatWasDone)), .text(words(.who)), .text(words(.time)),
                .text(words.say(.didItHelp)),
            ], rows: rows
        ).html
    }

    // MARK: Moves

    private func unexplained(_ visit: Visit) -> HTML {
        let words = visit.words
        let open = report.shifts.filter { !$0.isExplained }
        let known = report.shifts.filter(\.isExplained)
        var out: HTML = "<p class=\"note\">\(words.say(.unexplainedText))</p>"
        if open.isEmpty { out += "<p>\(words.say(.noUnexplained))</p>" }
        for shift in open { out += item(shift, visit) }
        guard !known.isEmpty else { return out }
        let rows = known.map { shift -> [Table.Cell] in
            [
                Table.Cell(
                    """
                    <a href="\(Link.measure(shift.signal.measure, shift.signal.slice))">\
                    \(words.marked(shift.signal).html(in: words.language))</a>
                    """),
                Table.Cell(shift.causes.map { words.told($0).html(in: words.language) }.joined(by: "<br>")),
            ]
        }
        let table = Table(
            caption: words.say(.explainedHeading), columns: [.text(words.say(.move)), .text(words.say(.causes))],
            rows: rows)
        return out
            + "<details><summary>\(words.say(.explainedHeading)) (\(known.count))</summary>\(table.html)</details>"
    }

    private func item(_ shift: Shift, _ visit: Visit) -> HTML {
        let words = visit.words
        let signal = shift.signal
        let near = shift.possible.map { words.told($0).html(in: words.language) }.joined(by: ", ")
        let possible: HTML? =
            shift.possible.isEmpty
            ? nil : "<p class=\"note\">\(words.labelled(words.say(.possibleCauses), ""))\(near)</p>"
        let form: HTML? =
            values.mayExplain
            ? """
            <form class="stack" method="post" action="/momentum/explanations">\(visit.tokenField)\
            <input type="hidden" name="signal" value="\(signal.id)">\
            <label>\(words.say(.explainLabel))<input name="cause" maxlength="500" required></label>\
            <button class="quiet">\(words.say(.explainButton))</button></form>
            """ : nil
        return """
            <article class="finding" id="move-\(signal.id)">
            <h3><a href="\(Link.measure(signal.measure, signal.slice))">\
            \(words.marked(signal).html(in: words.language))</a></h3>
            \(possible)\(form)
            </article>

            """
    }

    // MARK: Figures

    private func figures(_ words: Words) -> HTML {
        let rows = report.readings.map { reading -> [Table.Cell] in
            let series = reading.series
            let told: String =
                reading.shift.map { words.told($0) } ?? reading.silence.map { words.told($0) }
                ?? words.say(MomentumPhrase.holding)
            let isWorse = reading.shift?.isWorse == true
            return [
                Table.Cell(
                    "<a href=\"/momentum?figure=\(series.measure.rawValue)#f-\(series.measure.rawValue)\">\(words.name(of: series.measure))</a>"
                ),
                Table.Cell(Sparkline(values: series.values.suffix(52).map { $0.isFinite ? $0 : nil }).svg),
                series.now.map { now in
                    Table.Cell(
                        "<a href=\"\(Self.behind(series))\">\(words.value(now, of: series.measure))</a>", sortKey: now)
                } ?? .text(Figures.missing),
                Table.Cell(isWorse ? "<span class=\"worse\">\(told)</span>" : HTML(escaping: told)),
            ]
        }
        let table = Table(
            caption: words.say(.figuresHeading),
            columns: [
                .text(words.say(.figure)), .picture(words(.lastYear)), .number(words.say(.now)),
                .text(words.say(.trendHeading)),
            ], rows: rows)
        let charts = report.readings.compactMap { figure($0, words) }
        return """
            <p class="note">\(words.say(.figuresText))</p>\(table.html)\(charts)
            """
    }

    /// The improvements behind the latest known value.
    private static func behind(_ series: MomentumSeries) -> String {
        let last = series.values.lastIndex(where: \.isFinite).map { "?through=\(series.steps[$0].last)" } ?? ""
        return "/momentum/figures/\(series.measure.rawValue)\(last)"
    }

    private func time(_ words: Words) -> HTML {
        let month = report.time.filter { $0.month == report.today.monthStart }
        let told =
            report.time.isEmpty
            ? words.cycle(.noTime)
            : words.cycled(
                .time(promised: month.reduce(0) { $0 + ($1.promised ?? 0) }, used: month.reduce(0) { $0 + $1.used }))
        return "<p>\(told) <a href=\"/time\">\(words.cycle(.openTime))</a></p>"
    }

    private func pulse(_ words: Words) -> HTML {
        let items = report.pulse.compactMap { reading -> HTML? in
            guard let now = reading.now, let month = reading.nowMonth, let i = reading.months.firstIndex(of: month)
            else {
                return nil
            }
            let fallen: HTML? =
                reading.hasFallen ? " <span class=\"mark worse\">↓ \(words.cycle(.pulseFallen))</span>" : nil
            return """
                <li><a href="/pulse#pulse-\(reading.question.rawValue)">\(words.name(of: reading.question))</a> \
                \(words.cycled(.pulseNow(now, count: reading.counts[i])))\(fallen)</li>
                """
        }
        let list: HTML = items.isEmpty ? "<p>\(words.cycle(.pulseNone))</p>" : "<ul>\(items)</ul>"
        return "\(list)<p><a href=\"/pulse\">\(words.cycle(.openPulse))</a></p>"
    }

    private func figure(_ reading: MomentumReading, _ words: Words) -> HTML? {
        let series = reading.series
        let measure = series.measure
        guard let first = series.steps.first?.first, reading.silence == nil,
            reading.shift?.isWorse == true || values.figure == measure,
            let scale = Measure(id: measure.isShare ? "incidents.slaMet" : "incidents.backlog")
        else {
            return """
                <p id="f-\(measure.rawValue)" class="note">\(words.labelled(words.name(of: measure), ""))\
                \(words.definition(of: measure)) \(reading.silence.map { HTML(escaping: words.told($0)) })</p>
                """
        }
        var chart = SeriesChart(
            id: "f-\(measure.rawValue)-c", title: words.name(of: measure), measure: scale, first: first,
            step: measure.weeks * 7, values: series.values.map { $0.isFinite ? $0 : nil })
        let unit = measure.isShare ? "%" : measure.isDays ? words(.days) : ""
        chart.reading = .init(label: words.name(of: measure), unit: unit) { words.value($0, of: measure) }
        if let shift = reading.shift, let last = series.steps.last?.last, shift.at > first {
            chart.levels = [
                .init(period: Period(first, through: shift.at - 1), estimate: shift.before, direction: nil),
                .init(
                    period: Period(shift.at, through: last), estimate: shift.after,
                    direction: shift.isWorse ? .worse : .better),
            ]
        }
        if let limits = reading.limits {
            let from = reading.shift.flatMap { shift in series.steps.firstIndex { $0.first >= shift.at } } ?? 0
            chart.limits = series.steps.indices.map {
                $0 < from ? nil : SeriesChart.Limits(low: limits.low, high: limits.high)
            }
        }
        return """
            <section id="f-\(measure.rawValue)"><h3>\(words.name(of: measure))</h3>\
            <p class="note">\(words.definition(of: measure))</p>\(chart.figure(words))</section>

            """
    }

    private func steps(_ words: Words) -> HTML {
        let rows = report.daysInStep.map { step, count -> [Table.Cell] in
            let range =
                step.days.map { days in
                    days.high.isFinite
                        ? "\(words.days(days.estimate)) (\(words.figures.range(words.days(days.low), words.days(days.high))))"
                        : words.days(days.estimate)
                } ?? Figures.missing
            return [
                .number(words.name(ofStep: step.number), Double(step.number)),
                .number(range, step.days?.estimate ?? .nan),
                .number(words.figures.count(count), Double(count)),
            ]
        }
        let table = Table(
            caption: words.say(.stepsHeading),
            columns: [.text(words.say(.step)), .number(words.say(.medianDays)), .number(words.say(.cases))], rows: rows)
        return "<p class=\"note\">\(words.say(.stepsText))</p>\(table.html)"
    }

    private func fire(_ words: Words) -> HTML {
        let f = words.figures
        func told(_ needle: Firefighting.Needle?) -> [Table.Cell] {
            guard let needle else {
                return [.text(words.say(MomentumPhrase.notSaid)), .text(Figures.missing), Table.Cell(.empty)]
            }
            let low = f.percent(needle.now.low)
            let now = "\(f.percent(needle.now.estimate)) (\(f.range(low, f.percent(needle.now.high))))"
            return [
                .number(now, needle.now.estimate),
                .text(needle.before.map { f.percent($0.estimate) } ?? Figures.missing),
                Table.Cell(Sparkline(values: needle.values.map { $0.isFinite ? $0 : nil }).svg),
            ]
        }
        let meter = report.firefighting
        let unplanned = Measure(id: "work.unplannedShare").map { Link.measure($0) } ?? "/measures"
        let workaround = Measure(id: "incidents.workaroundOnly").map { Link.measure($0) } ?? "/measures"
        let repeated = Measure(id: "incidents.reopened").map { Link.measure($0) } ?? "/measures"
        let rows = [
            [Table.Cell("<a href=\"\(unplanned)\">\(words.say(.unplanned))</a>")] + told(meter?.unplanned),
            [Table.Cell("<a href=\"\(workaround)\">\(words.say(.workaround))</a>")] + told(meter?.workaround),
            [Table.Cell("<a href=\"\(repeated)\">\(words.say(.repeated))</a>")] + told(meter?.repeated),
        ]
        let table = Table(
            caption: words.say(.fireHeading),
            columns: [
                .text(words.say(.figure)), .number(words.say(.now)), .number(words.say(.before)),
                .picture(words(.lastYear)),
            ], rows: rows)
        let hours: HTML? = meter?.hours.map {
            "<p>\(words.labelled(words.say(.fireHours), words.hoursOfWork($0)))</p>"
        }
        let causes: HTML = "<p><a href=\"/problems\">\(words.recurring(.firefighting))</a></p>"
        return "<p class=\"note\">\(words.say(.fireText))</p>\(table.html)\(hours)\(causes)"
    }

    private func scoreCard(_ words: Words) -> HTML {
        let f = words.figures
        let rows = report.scores.map { score -> [Table.Cell] in
            let share = score.share.map {
                "\(f.percent($0.estimate)) (\(f.range(f.percent($0.low), f.percent($0.high))))"
            }
            return [
                .text(words.name(of: score.source)), .number(f.count(score.came), Double(score.came)),
                .number(f.count(score.didNotCome), Double(score.didNotCome)),
                .number(f.count(score.cannotTell), Double(score.cannotTell)),
                .number(f.count(score.open), Double(score.open)),
                .number(share ?? Figures.missing, score.share?.estimate ?? .nan),
            ]
        }
        let table = Table(
            caption: words.say(.scoreHeading),
            columns: [
                .text(words.say(.source)), .number(words.say(.came)), .number(words.say(.didNotCome)),
                .number(words.say(.cannotTellCount)), .number(words.say(.open)), .number(words.say(.share)),
            ], rows: rows)
        return "<p class=\"note\">\(words.say(.scoreText))</p>\(table.html)"
    }
}
