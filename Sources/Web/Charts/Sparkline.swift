import Languages

/// A series the size of a word, for a row of a table. Its words stand in the cells beside it, so it is hidden from
/// those who listen.
struct Sparkline {
    var values: [Double?]

    var svg: HTML {
        let points = values.map { $0.flatMap { $0.isFinite ? $0 : nil } }
        let known = points.compactMap { $0 }
        guard let low = known.min(), let high = known.max(), let last = points.lastIndex(where: { $0 != nil }),
            let lastValue = points[last]
        else { return .empty }
        let width = 124.0
        func x(_ i: Int) -> Double { points.count < 2 ? 62 : 2 + Double(i) / Double(points.count - 1) * (width - 4) }
        func y(_ v: Double) -> Double { high > low ? 25 - (v - low) / (high - low) * 22 : 14 }
        var path = ""
        for i in points.indices {
            guard let value = points[i] else { continue }
            let isAfterGap = i == 0 || points[i - 1] == nil
            path += (isAfterGap ? "M" : "L") + px(x(i)) + " " + px(y(value))
        }
        return """
            <svg class="spark" viewBox="0 0 \(px(width)) 28" aria-hidden="true" focusable="false"><path d="\(path)"/>\
            <circle cx="\(px(x(last)))" cy="\(px(y(lastValue)))" r="2"/></svg>
            """
    }
}

/// What a total is made of: the largest first, each as a bar, with its share and the running share as text.
struct Pareto {
    struct Part {
        var name: String
        var address: String?
        var value: Double
        /// The value with its unit.
        var shown: String
        /// What it was counted from.
        var source: String?
    }

    var caption: String
    var nameHeading: String
    var valueHeading: String
    var parts: [Part]
    /// What belongs to the whole and to none of the parts, and the same with its unit.
    var rest = 0
    var restShown = ""

    func table(_ words: Words) -> HTML {
        let f = words.figures
        let sorted = parts.filter { $0.value.isFinite && $0.value > 0 }.sorted {
            ($1.value, $0.name) < ($0.value, $1.name)
        }
        let total = sorted.reduce(0) { $0 + $1.value } + Double(rest)
        guard total > 0, let largest = sorted.first?.value else { return "<p>\(words.text(.chartEmpty))</p>" }
        var running = 0.0
        var rows = sorted.map { part -> [Table.Cell] in
            running += part.value
            let name: HTML = part.address.map { "<a href=\"\($0)\">\(part.name)</a>" } ?? HTML(escaping: part.name)
            let shown: HTML =
                part.source.map { "<a href=\"\($0)\">\(part.shown)</a>" } ?? HTML(escaping: part.shown)
            return [
                Table.Cell(name), Table.Cell(bar(part.value / largest)), Table.Cell(shown, sortKey: part.value),
                .number(f.percent(part.value / total), part.value), .number(f.percent(running / total), running),
            ]
        }
        // The shares are those of everything, so what is not shown by name has its row too.
        if rest > 0 {
            rows.append([
                .text(words(.theRest)), Table.Cell(bar(min(Double(rest) / largest, 1))),
                .number(restShown, Double(rest)), .number(f.percent(Double(rest) / total), Double(rest)),
                .number(f.percent(1), total),
            ])
        }
        return Table(
            caption: caption,
            columns: [
                .text(nameHeading), .bars(words(.shareOfAll)), .number(valueHeading), .number(words(.shareOfAll)),
                .number(words(.runningShare)),
            ], rows: rows, isSortable: false
        ).html
    }

    private func bar(_ share: Double) -> HTML {
        """
        <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">\
        <rect width="\(px(max(share * 100, 0.5)))" height="6"/></svg>
        """
    }
}
