import Gains
import Languages
import Statistics

/// Chances that were said against the shares that came, with the line on which both are equal. Pure: values in, SVG out.
struct CalibrationChart: Sendable {
    var steps: [CalibrationStep]

    private static let side = 300.0
    private static let left = 52.0
    private static let top = 12.0

    private func x(_ share: Double) -> Double { Self.left + share * Self.side }
    private func y(_ share: Double) -> Double { Self.top + (1 - share) * Self.side }
    private func at(_ value: Double) -> String { String((value * 10).rounded() / 10) }

    func figure(_ words: Words) -> HTML {
        let shown: HTML = "<details><summary>\(words(.showTable))</summary>\(table(words).html)</details>"
        return
            "<figure>\(svg(words))<p class=\"note\">\(words.foreseen(PredictionPhrase.calibrationNote))</p>\(shown)</figure>"
    }

    func svg(_ words: Words) -> HTML {
        let f = words.figures
        var marks: HTML = .empty
        for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
            marks += """
                <line class="tick" x1="\(at(x(tick)))" x2="\(at(x(tick)))" y1="\(at(y(0)))" y2="\(at(y(0) + 5))"/>\
                <text x="\(at(x(tick)))" y="\(at(y(0) + 20))" text-anchor="middle">\(f.percent(tick))</text>\
                <line class="tick" x1="\(at(x(0) - 5))" x2="\(at(x(0)))" y1="\(at(y(tick)))" y2="\(at(y(tick)))"/>\
                <text x="\(at(x(0) - 8))" y="\(at(y(tick) + 4))" text-anchor="end">\(f.percent(tick))</text>
                """
        }
        let dots = steps.map { step -> HTML in
            let share = Double(step.came) / Double(max(1, step.count))
            let bar: HTML? = step.share.map {
                """
                <line class="probe" x1="\(at(x(step.said)))" x2="\(at(x(step.said)))" y1="\(at(y($0.low)))" y2="\(at(y($0.high)))"/>
                """
            }
            return "\(bar)<circle class=\"said\" cx=\"\(at(x(step.said)))\" cy=\"\(at(y(share)))\" r=\"4\"/>"
        }
        let (width, height) = (Self.left + Self.side + 24, Self.top + Self.side + 46)
        return """
            <svg class="chart square" viewBox="0 0 \(at(width)) \(at(height))" role="img" \
            aria-label="\(words.foreseen(PredictionPhrase.calibrationHeading))">\
            <line class="target" x1="\(at(x(0)))" y1="\(at(y(0)))" x2="\(at(x(1)))" y2="\(at(y(1)))"/>\
            \(marks)\(dots)\
            <text x="\(at(x(0.5)))" y="\(at(y(0) + 40))" text-anchor="middle">\(words.foreseen(PredictionPhrase.said))</text></svg>
            """
    }

    private func table(_ words: Words) -> Table {
        let f = words.figures
        return Table(
            caption: words.foreseen(PredictionPhrase.calibrationHeading),
            columns: [
                .number(words.foreseen(PredictionPhrase.said)), .number(words.foreseen(PredictionPhrase.ended)),
                .number(words.foreseen(PredictionPhrase.came)),
            ],
            rows: steps.map { step in
                let share = Double(step.came) / Double(max(1, step.count))
                let range = step.share.map { " (\(f.range(f.percent($0.low), f.percent($0.high))))" } ?? ""
                return [
                    .number(f.percent(step.said), step.said), .number(f.count(step.count), Double(step.count)),
                    .number(f.percent(share) + range, share),
                ]
            })
    }
}
