import Languages
import Measures
import Records
import Statistics
import Store

/// What people say: scores, how many gave one, what they wrote, and what they suggest.
struct FeedbackValues: Sendable {
    struct Score: Sendable {
        var measure: Measure
        var value: Double
        /// Nil for too few answers.
        var margin: Estimate?
        var count: Int
        /// The same in as many days before.
        var before: (value: Double, period: Period)?
        var chart: SeriesChart
    }

    struct Part: Sendable {
        var slice: Slice
        var name: String
        var value: Double?
        var margin: Estimate?
        var count: Int
    }

    var zone: Zone
    var slice: Slice
    /// The days of the scores; nil when there are no answers.
    var period: Period?
    var asked = 0
    var answered = 0
    var scores: [Score] = []
    var dividedBy: Dimension?
    var parts: [Part] = []
    /// The answers behind a figure rather than the latest comments.
    var isList = false
    var measure: Measure?
    var listed: Period?
    var answers: [SourcedRecord<SurveyAnswer>] = []
    var suggestions: [SourcedRecord<Suggestion>] = []
    var suggestionCount = 0
    var themes: ThemeReview?

    init(zone: Zone, slice: Slice) {
        self.zone = zone
        self.slice = slice
    }
}

struct FeedbackPage {
    var values: FeedbackValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var content: HTML = .empty
        if values.period == nil, values.suggestions.isEmpty, values.themes == nil {
            content += "<p>\(words(.noFeedback))</p>"
        }
        if let part = values.slice.parts.first {
            content += """
                <p class="facts"><span>\(capitalised(words.name(of: part.dimension))): <strong>\(part.value)</strong> \
                <a href="/feedback">\(words(.remove))</a></span></p>
                """
        }
        if let period = values.period {
            content += scores(period, words)
            content += parts(words)
        }
        if let themes = values.themes, values.slice.parts.isEmpty, !values.isList {
            content += ThemesPart(review: themes).html(words)
        }
        if values.period != nil { content += answers(words) }
        if values.period != nil || !values.suggestions.isEmpty { content += suggestions(words) }
        return Page(
            place: .feedback, title: words(FeedbackPhrase.feedback), question: words(.feedbackQuestion),
            content: content,
            next: values.scores.first.map { [(words(.openMeasure), Link.measure($0.measure, values.slice))] }
                ?? [(words(.openSources), "/sources")])
    }

    private func scores(_ period: Period, _ words: Words) -> HTML {
        var content: HTML = .empty
        for score in values.scores {
            let shown = score.margin.map { words.value($0, of: score.measure) }
            let value = shown?.value ?? words.value(score.value, of: score.measure)
            let line: FeedbackLine =
                shown.map { .standing(score.measure, value: $0.value, range: $0.range, over: period) }
                ?? .standingAlone(score.measure, value: value, over: period)
            let behind = Link.records(score.measure, period, values.slice)
            content += """
                <p class="lead"><a href="\(Link.measure(score.measure, values.slice))">\(words.text(line))</a> \
                <a class="note" href="\(behind)">\(words.records(score.count, of: score.measure))</a></p>
                """
            if let before = score.before {
                let told = FeedbackLine.before(
                    value: words.value(before.value, of: score.measure), over: before.period)
                content += "<p>\(words.text(told))</p>"
            }
            content += score.chart.figure(words)
        }
        content += "<p>\(words.text(.answered(values.answered, of: values.asked, over: period)))</p>"
        return content + "<p class=\"note\">\(words(.marginNote))</p>"
    }

    private func parts(_ words: Words) -> HTML {
        guard let dimension = values.dividedBy, let measure = values.scores.first?.measure, !values.parts.isEmpty
        else { return .empty }
        let rows = values.parts.map { part -> [Table.Cell] in
            let shown = part.margin.map { words.value($0, of: measure) }
            return [
                Table.Cell("<a href=\"/feedback?\(part.slice.address)\">\(part.name)</a>"),
                part.value.map { .number(words.value($0, of: measure), $0) } ?? .text(words(.noValue)),
                .text(shown?.range ?? words(.noValue)),
                Table.Cell(
                    "<a href=\"\(Link.records(measure, values.period, part.slice))\">\(words.figures.count(part.count))</a>",
                    sortKey: Double(part.count)),
            ]
        }
        return """
            <h2>\(words(.comparison))</h2>
            \(Table(
                caption: words(.comparison),
                columns: [
                    .text(capitalised(words.name(of: dimension))), .number(words.label(measure)),
                    .text(words(.howSure)), .number(words(.given)),
                ], rows: rows
            ).html)
            """
    }

    private func answers(_ words: Words) -> HTML {
        let heading = words(values.isList ? FeedbackPhrase.latestAnswers : .latestComments)
        var content: HTML = "<h2 id=\"answers\">\(heading)</h2>"
        if values.answers.isEmpty { return content + "<p>\(words(.noComments))</p>" }
        if let listed = values.listed {
            content += "<p>\(words.figures.range(listed.first, listed.last))</p>"
        }
        let rows = values.answers.map { kept -> [Table.Cell] in
            let a = kept.value
            let score = a.score.map { score in
                "\(words.figures.number(score)) (\(words.figures.range(words.figures.number(a.scaleLow), words.figures.number(a.scaleHigh))))"
            }
            let ticket: HTML =
                a.ticket.isEmpty ? "" : " <a href=\"/search?q=\(percentEncoded(a.ticket))\">\(a.ticket)</a>"
            return [
                Table.Cell(
                    HTML(escaping: words.figures.time(a.answeredAt, in: values.zone)),
                    sortKey: Double(a.answeredAt.seconds)),
                .text(score ?? words(.noScore)), Table.Cell("\(a.comment)\(ticket)"),
                .text([a.survey, a.service, a.segment].filter { !$0.isEmpty }.joined(separator: " · ")),
                .text(kept.file.map { words.text(.fileAndLine(file: $0, line: kept.line)) } ?? ""),
            ]
        }
        content +=
            Table(
                caption: heading,
                columns: [
                    .text(words(.answeredAt)), .text(words(FeedbackPhrase.score)), .text(words(FeedbackPhrase.comment)),
                    .text(words(FeedbackPhrase.survey)), .text(words(FeedbackPhrase.source)),
                ], rows: rows
            ).html
        return content + "<p class=\"note\">\(words.text(FeedbackLine.shown(values.answers.count)))</p>"
    }

    private func suggestions(_ words: Words) -> HTML {
        let content: HTML = "<h2 id=\"suggestions\">\(words(.suggestions))</h2>"
        if values.suggestions.isEmpty { return content + "<p>\(words(.noSuggestions))</p>" }
        let rows = values.suggestions.map { kept -> [Table.Cell] in
            let s = kept.value
            let text: HTML = s.text.isEmpty ? "" : "<br><span class=\"note\">\(s.text)</span>"
            return [
                Table.Cell("\(s.title)\(text)"), .number(words.figures.count(s.votes), Double(s.votes)),
                Table.Cell(
                    HTML(escaping: words.figures.time(s.madeAt, in: values.zone)), sortKey: Double(s.madeAt.seconds)),
                .text(s.service), .text(kept.file.map { words.text(.fileAndLine(file: $0, line: kept.line)) } ?? ""),
            ]
        }
        return content
            + Table(
                caption: words(.suggestions),
                columns: [
                    .text(words(.suggestion)), .number(words(.votes)), .text(words(.madeAt)), .text(words(.service)),
                    .text(words(FeedbackPhrase.source)),
                ], rows: rows
            ).html
            + "<p class=\"note\">\(words.text(FeedbackLine.shown(values.suggestions.count)))</p>"
    }
}

/// The readings behind a figure.
struct ReadingsValues: Sendable {
    var zone: Zone
    var quantity: ReadingQuantity?
    var device: String?
    var quantities: [ReadingQuantity] = []
    var readings: [SourcedRecord<Reading>] = []
}

struct ReadingsPage {
    var values: ReadingsValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var content: HTML = .empty
        if values.quantities.count > 1 {
            let links = values.quantities.map { quantity -> HTML in
                quantity == values.quantity
                    ? "<strong>\(quantity.name)</strong>"
                    : "<a href=\"\(Link.records(.readings(quantity)))\">\(quantity.name)</a>"
            }
            content += "<p class=\"facts\">\(links.joined(by: " "))</p>"
        }
        if values.readings.isEmpty { content += "<p>\(words(.noReadings))</p>" }
        let rows = values.readings.map { kept -> [Table.Cell] in
            let r = kept.value
            return [
                Table.Cell(
                    HTML(escaping: words.figures.time(r.at, in: values.zone)), sortKey: Double(r.at.seconds)),
                .text(r.device), .number("\(words.figures.number(r.value, decimals: 2)) \(r.unit)", r.value),
                .text(kept.file.map { words.text(.fileAndLine(file: $0, line: kept.line)) } ?? ""),
            ]
        }
        if !rows.isEmpty, let quantity = values.quantity {
            content +=
                Table(
                    caption: quantity.name,
                    columns: [
                        .text(words(.measuredAt)), .text(words(.device)), .number(quantity.name),
                        .text(words(FeedbackPhrase.source)),
                    ], rows: rows
                ).html
                + "<p class=\"note\">\(words.text(FeedbackLine.shown(rows.count)))</p>"
        }
        let slice = values.device.map { Slice(.device, $0) } ?? .everything
        return Page(
            place: .measures, title: words(.readings), question: words(.readingsQuestion), content: content,
            next: values.quantity.map { [(words(.openMeasure), Link.measure(.readings($0), slice))] }
                ?? [(words(.openSources), "/sources")])
    }
}
