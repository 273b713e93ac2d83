import Gains
import Languages
import Measures
import Records
import Signals

/// Everything that was found, worse first, good news apart.
struct SignalsValues: Sendable {
    var signals: [Signal]
    var tested: Int
    var reported: Int
    var expectedFalse: Double
    var window: Period?
    var notes: [DetectionNote]
    var kind: SignalKind?
    var measure: Measure?
    /// What there is to filter by.
    var kinds: [SignalKind]
    var measures: [Measure]
    /// What each finding can become, by its name.
    var doors: [String: ImprovementDoor] = [:]
    /// Warnings that were wrong too often.
    var quieted: [Quieting] = []
    var mayUndo = false

    func isQuieted(_ signal: Signal) -> Bool {
        signal.kind == .targetAtRisk && quieted.contains { $0.measure == signal.measure }
    }
}

struct SignalsPage {
    var values: SignalsValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let worse = values.signals.filter { $0.direction != .better && !values.isQuieted($0) }
        let quiet = values.signals.filter(values.isQuieted)
        let better = values.signals.filter { $0.direction == .better }
        let window: HTML? = values.window.map { " \(words.text(.analysed($0)))" }
        var content: HTML = """
            <p class="lead">\(words.text(.falseAlarms(
                reported: values.reported, tested: values.tested, expected: values.expectedFalse)))</p>
            <p class="aside">\(words.text(.intervalNote))\(window)</p>
            \(values.notes.map { "<p class=\"note\">\(words.note($0))</p>" as HTML })
            \(filters(words))

            """
        if values.signals.isEmpty { content += "<p>\(words(.noSignals))</p>" }
        if !worse.isEmpty {
            content += "<h2>\(words(.worseFirst))</h2>\(worse.map { finding($0, visit) })"
        }
        if !better.isEmpty {
            content += "<h2>\(words(.betterApart))</h2>\(better.map { Finding($0).html(words) })"
        }
        if !quiet.isEmpty {
            content += QuietedPart(quieted: values.quieted, mayUndo: values.mayUndo).html(visit)
            content +=
                "<details><summary>\(words.cycle(.quietedHeading))</summary>\(quiet.map { finding($0, visit) })</details>"
        }
        return Page(
            place: .signals, title: words(.signals), question: words(.signalsQuestion), content: content,
            next: [(words(.openRegister), "/register"), (words(.openSources), "/sources")])
    }

    private func finding(_ signal: Signal, _ visit: Visit) -> HTML {
        var finding = Finding(signal)
        finding.door = values.doors[signal.id]?.html(visit)
        return finding.html(visit.words)
    }

    private func filters(_ words: Words) -> HTML {
        guard values.kinds.count > 1 || values.measures.count > 1 else { return .empty }
        func option(_ value: String, _ name: String, _ isChosen: Bool) -> HTML {
            isChosen
                ? "<option value=\"\(value)\" selected>\(name)</option>" : "<option value=\"\(value)\">\(name)</option>"
        }
        let kinds = values.kinds.map {
            option($0.rawValue, capitalised(words.name(of: $0, up: true)), $0 == values.kind)
        }
        let measures = values.measures.map { option($0.id, words.label($0), $0 == values.measure) }
        return """
            <form class="filters" method="get" action="/signals">
            <label>\(words(.filterKind))<select name="kind">\(option("", words(.all), values.kind == nil))\(kinds)\
            </select></label>
            <label>\(words(.filterMeasure))<select name="measure">\(option("", words(.all), values.measure == nil))\
            \(measures)</select></label>
            <button>\(words(.show))</button></form>
            """
    }
}
