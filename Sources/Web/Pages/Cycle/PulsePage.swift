import Gains
import Languages
import Records
import Statistics

/// The pulse: its questions, and what the answers say, as far as it may be shown.
struct PulseValues: Sendable {
    var readings: [PulseReading]
    var parts: [(question: PulseQuestion, parts: [PulsePart])] = []
    var statements: [(month: Day, said: [String])] = []
    var mayAnswer = false
    var hasAnswered = false
    var isThanked = false
    var problem: String?
}

struct PulsePage {
    var values: PulseValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var content: HTML = "<p>\(words.cycle(.pulseText))</p>"
        if values.isThanked {
            content += "<p class=\"lead\" role=\"status\">\(words.cycle(.pulseThanks))</p>"
        } else if values.hasAnswered {
            content += "<p class=\"note\">\(words.cycle(.pulseDone))</p>"
        } else if values.mayAnswer {
            content += form(visit)
        }
        if values.readings.allSatisfy({ $0.now == nil }) {
            content += "<h2>\(words.cycle(.pulseAnswers))</h2><p>\(words.cycle(.pulseNone))</p>"
        } else {
            content += values.readings.map { reading($0, words) }.joined() + parts(words) + said(words)
        }
        return Page(
            place: .momentum, title: words.cycle(.pulse), question: words.cycle(.pulseQuestion), content: content,
            next: [
                (words.say(MomentumPhrase.openMomentum), "/momentum"), (words.say(.suggestTitle), "/suggest"),
            ])
    }

    private func form(_ visit: Visit) -> HTML {
        let words = visit.words
        let questions = PulseQuestion.allCases.map { question -> HTML in
            let choices = (1...5).map { value -> HTML in
                """
                <label class="check"><input type="radio" name="\(question.rawValue)" value="\(value)">\(value) · \
                \(words.pulseAnswer(value))</label>
                """
            }
            return "<fieldset><legend>\(words.name(of: question))</legend>\(choices)</fieldset>"
        }
        return """
            \(values.problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" as HTML })
            <form class="stack" method="post" action="/pulse">\(visit.tokenField)\(questions)\
            <label>\(words.cycle(.pulseSaid))<textarea name="said" rows="2" maxlength="500"></textarea></label>\
            <button>\(words.cycle(.sendPulse))</button></form>
            """
    }

    private func reading(_ reading: PulseReading, _ words: Words) -> HTML {
        guard let now = reading.now, let month = reading.nowMonth,
            let place = reading.months.firstIndex(of: month)
        else { return .empty }
        let f = words.figures
        let told = words.cycled(.pulseNow(now, count: reading.counts[place]))
        let trend: HTML? =
            reading.hasFallen
            ? "<span class=\"mark worse\">↓ \(words.cycle(.pulseFallen))</span>"
            : reading.limits == nil ? nil : "<span>\(words.cycle(.pulseSteady))</span>"
        let rows = reading.months.indices.reversed().map { i -> [Table.Cell] in
            [
                .number(TimePage.name(reading.months[i]), Double(reading.months[i].number)),
                reading.means[i].isFinite
                    ? .number(f.number(reading.means[i], decimals: 1), reading.means[i]) : .text(Figures.missing),
                reading.counts[i] >= Pulse.answersMin
                    ? .number(f.count(reading.counts[i]), Double(reading.counts[i])) : .text("< \(Pulse.answersMin)"),
            ]
        }
        let table = Table(
            caption: words.name(of: reading.question),
            columns: [
                .text(words.cycle(.month)), .number(words.cycle(.pulseMean)), .number(words.cycle(.pulseAnswers)),
            ], rows: rows)
        return """
            <section id="pulse-\(reading.question.rawValue)"><h2>\(words.name(of: reading.question))</h2>
            <p class="facts"><strong>\(told)</strong> <span>\(TimePage.name(month))</span> \(trend)</p>
            \(PulseChart(reading: reading).svg)<details><summary>\(words.cycle(.month))</summary>\(table.html)</details></section>

            """
    }

    private func parts(_ words: Words) -> HTML {
        let names = Set(values.parts.flatMap { $0.parts.map(\.department) }).sorted()
        guard !names.isEmpty else { return .empty }
        let rows = names.map { name -> [Table.Cell] in
            [.text(name)]
                + PulseQuestion.allCases.map { question in
                    let part = values.parts.first { $0.question == question }?.parts.first { $0.department == name }
                    return part.map { .number(words.figures.number($0.mean, decimals: 1), $0.mean) }
                        ?? .text(Figures.missing)
                }
        }
        return """
            <h2>\(words.cycle(.pulseByDepartment))</h2>\(Table(
                caption: words.cycle(.pulseByDepartment),
                columns: [.text(words.cycle(.department))] + PulseQuestion.allCases.map { .number(words.name(of: $0)) },
                rows: rows
            ).html)
            """
    }

    private func said(_ words: Words) -> HTML {
        let months = values.statements.filter { !$0.said.isEmpty }
        guard !months.isEmpty else { return .empty }
        let lists = months.map { month, said -> HTML in
            "<h3>\(TimePage.name(month))</h3><ul>\(said.map { "<li>\($0)</li>" as HTML })</ul>"
        }
        return """
            <h2>\(words.cycle(.pulseStatements))</h2><p class="note">\(words.cycle(.pulseStatementsText))</p>\(lists)
            """
    }
}

/// The months of a question as a line between 1 and 5, with its natural limits. The table beside it says the same.
struct PulseChart {
    var reading: PulseReading

    var svg: HTML {
        let (width, height, edge) = (640.0, 120.0, 8.0)
        let n = reading.means.count
        func x(_ i: Int) -> Double { n < 2 ? width / 2 : edge + (width - 2 * edge) * Double(i) / Double(n - 1) }
        func y(_ v: Double) -> Double { edge + (height - 2 * edge) * (5 - v) / 4 }
        func s(_ v: Double) -> String { String(Int(v.rounded())) }
        var path = ""
        var isDown = false
        for i in 0..<n {
            guard reading.means[i].isFinite else {
                isDown = false
                continue
            }
            path += "\(isDown ? "L" : "M")\(s(x(i))) \(s(y(reading.means[i])))"
            isDown = true
        }
        let limits: HTML? = reading.limits.map { low, high in
            """
            <path class="limit" d="M0 \(s(y(low)))H\(s(width))M0 \(s(y(high)))H\(s(width))"/>
            """
        }
        let dot: HTML? = reading.means.lastIndex(where: \.isFinite).map {
            "<circle cx=\"\(s(x($0)))\" cy=\"\(s(y(reading.means[$0])))\" r=\"4\"/>"
        }
        return """
            <svg class="pulse" viewBox="0 0 640 120" aria-hidden="true" focusable="false">\(limits)\
            <path d="\(path)"/>\(dot)</svg>

            """
    }
}
