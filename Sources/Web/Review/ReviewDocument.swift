import Languages
import Measures
import Opportunities
import Records
import Signals

/// Everything a review found, ready to be written.
public struct Review: Sendable {
    public var detection: Detection
    public var opportunities: [Opportunity]
    /// A picture for a signal, by its id: the same charts as on the pages. Signals without one are told in words.
    public var charts: [String: SeriesChart]
    /// What was read: “incidents.csv, 24,918 tickets”.
    public var sources: [String]
    /// The import doctor's sentences.
    public var doctor: [String]

    public init(
        detection: Detection, opportunities: [Opportunity], charts: [String: SeriesChart], sources: [String],
        doctor: [String]
    ) {
        self.detection = detection
        self.opportunities = opportunities
        self.charts = charts
        self.sources = sources
        self.doctor = doctor
    }
}

/// A picture of a signal from the values of its measure: levels, special points and natural limits drawn in.
/// - Parameter signals: All findings about the same measure and slice.
public func chart(
    of signal: Signal, among signals: [Signal], first: Day, step: Int, values: [Double?], _ words: Words
) -> SeriesChart {
    var chart = SeriesChart(
        id: "c-\(signal.id)", title: words.heading(signal.measure, signal.slice).text(in: words.language),
        measure: signal.measure, first: first, step: step, values: values)
    chart.show(signals.filter { $0.measure == signal.measure && $0.slice == signal.slice })
    return chart
}

/// One file that holds the whole review: no script, nothing to fetch, readable and printable anywhere.
public func reviewDocument(_ review: Review, language: Language) -> String {
    let words = Words(language)
    let detection = review.detection
    let bad = review.opportunities.filter { !$0.isGoodNews }
    let good = review.opportunities.filter(\.isGoodNews)
    func item(_ o: Opportunity) -> HTML {
        let hours = words.text(.hours(o.hoursPerMonth))
        let others = o.signals.dropFirst().map { "<li>\(words.marked($0).html(in: language))</li>" as HTML }
        let related: HTML =
            others.isEmpty
            ? .empty
            : """
            <details><summary>\(words(.relatedSignals)): \
            \(words.text(.findings(others.count)))</summary><ul>\(others)</ul></details>
            """
        return """
            <article class="finding"><h3>\(words.title(o).html(in: language))</h3>
            <p class="facts">\(mark(o.lead.direction, up: o.lead.rose, words)) <strong>\(hours)</strong> \
            <span>\(words.labelled(words(.effort), words.effort(o.effort)))</span> \
            <span>\(words.labelled(words(.falseDiscovery), chance(o.lead.q, words)))</span></p>
            <p>\(words.marked(o.lead).html(in: language))</p>
            \(review.charts[o.lead.id]?.figure(words))
            <p><strong>\(words(.firstStep))\(words.stop)</strong> \(words.firstStep(o.firstStep))</p>\(related)</article>
            """
    }
    let told = Set(review.opportunities.flatMap { $0.signals.map(\.id) })
    let rest = detection.signals.filter { !told.contains($0.id) }
    var content: HTML = """
        <p class="aside">\(review.sources.joined(separator: " · "))</p>
        <p class="lead">\(words.falseAlarms(detection))</p>

        """
    content += detection.window.map { "<p class=\"note\">\(words.text(.analysed($0)))</p>" } ?? .empty
    content += detection.notes.map { "<p class=\"note\">\(words.note($0))</p>" as HTML }.joined()
    content += "<h2>\(words(.whatToDo))</h2><p class=\"note\">\(words(.whyThisOrderText))</p>"
    content +=
        bad.isEmpty
        ? "<p>\(words(.noOpportunities))</p>"
        : "<ol class=\"ranked\">\(bad.map { "<li>\(item($0))</li>" as HTML })</ol>"
    if !good.isEmpty { content += "<h2>\(words(.goodNews))</h2>\(good.map(item))" }
    if !rest.isEmpty {
        let findings = rest.map { signal -> HTML in
            """
            <article class="finding"><h3>\(words.marked(signal).html(in: language))</h3>
            <p class="facts">\(mark(signal.direction, up: signal.rose, words))</p>
            \(review.charts[signal.id]?.figure(words))</article>
            """
        }
        content += "<h2>\(words(.signals))</h2>\(findings)"
    }
    if !review.doctor.isEmpty {
        let lines = review.doctor.map { "<li>\($0)</li>" as HTML }
        content += "<h2>\(words(.doctor))</h2><ul>\(lines)</ul>"
    }
    let document: HTML = """
        <!doctype html>
        <html lang="\(language.tag)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="Ratchet">
        <title>\(words(.reviewQuestion)) – Ratchet</title>
        <style>\(HTML(trusted: Stylesheet.text))</style>
        </head>
        <body class="bare">
        <main>
        <p class="question">Ratchet</p>
        <h1>\(words(.reviewQuestion))</h1>
        \(content)
        </main>
        </body>
        </html>

        """
    return document.text
}
