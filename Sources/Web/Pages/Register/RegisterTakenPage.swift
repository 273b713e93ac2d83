import Connectors
import Improvements
import Languages
import Records
import Store
import Turn

/// What a sheet brought: what is new, what has changed, and every row that was turned down with its reason.
struct RegisterTakenPage {
    var file: String
    var outcome: RegisterOutcome
    var rows: Int
    /// The new and changed ones.
    var improvements: [KeptImprovement]

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let told = words.text(
            .registerRead(
                new: outcome.new.count, changed: outcome.changed.count,
                unchanged: outcome.wasKnown ? rows : outcome.unchanged, rejected: outcome.rejects.count))
        var content: HTML = "<p class=\"lead\" role=\"status\">\(words.labelled(file, told))</p>"
        if !improvements.isEmpty {
            let items = improvements.prefix(Self.shown).map {
                "<li><a href=\"/improvements/\($0.id.value)\">\($0.improvement.title)</a></li>" as HTML
            }
            content += "<ul>\(items)</ul>"
            if improvements.count > Self.shown {
                content += "<p><a href=\"/improvements\">\(words.text(.more(improvements.count - Self.shown)))</a></p>"
            }
        }
        if !outcome.rejects.isEmpty {
            let rows = outcome.rejects.prefix(Self.shown).map { reject -> [Table.Cell] in
                [
                    .number(words.figures.count(reject.line), Double(reject.line)), .text(reject.reason),
                    .text(reject.row),
                ]
            }
            content += """
                <h2>\(words.cycle(.turnedDown))</h2>\(Table(
                    caption: words.cycle(.turnedDown),
                    columns: [.number(words.cycle(.line)), .text(words.cycle(.why)), .text(words.cycle(.row))], rows: rows
                ).html)
                """
        }
        let known = RegisterField.allCases.compactMap { outcome.columns[$0] }
        content +=
            "<dl class=\"fields\">\(columns(.knownColumns, known, words))\(columns(.keptColumns, outcome.unknown, words))</dl>"
        return Page(
            place: .register, title: words.cycle(.registerTaken), question: words.cycle(.registerTakenQuestion),
            content: content,
            next: [
                (words(.openRegister), "/register"), (words.say(.openImprovements), "/improvements"),
                (words.cycle(.duplicates), "/register#duplicates"),
            ])
    }

    private static let shown = 100

    private func columns(_ heading: CyclePhrase, _ names: [String], _ words: Words) -> HTML? {
        guard !names.isEmpty else { return nil }
        return "<dt>\(words.cycle(heading))</dt><dd>\(names.joined(separator: words.language == .zh ? "、" : ", "))</dd>"
    }
}

/// Where the work waits between departments.
struct HandoffsPage {
    var ledger: WaitingLedger
    var titles: [ID<Improvement>: String]

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let f = words.figures
        let open = ledger.lines.reduce(0) { $0 + $1.open }
        var content: HTML = "<p class=\"lead\">\(words.cycled(.handoffs(days: ledger.blockedDays, open: open)))</p>"
        content += "<p class=\"note\">\(words.cycle(.handoffsText))</p>"
        if !ledger.lines.isEmpty { content += HandoffFlow(lines: ledger.lines, nobody: words.say(.wholeWork)).svg }
        let rows = ledger.lines.map { line -> [Table.Cell] in
            let links = line.improvements.map {
                "<a href=\"/improvements/\($0.value)#step-5\">\(titles[$0, default: String($0.value)])</a>" as HTML
            }
            let over = f.count(line.overAgreed)
            return [
                .text(line.department.isEmpty ? words.say(.wholeWork) : line.department), .text(line.waitsFor),
                .number(f.count(line.days), Double(line.days)),
                Table.Cell(
                    line.open > 0 ? "<span class=\"worse\">\(line.open)</span>" : "\(line.open)",
                    sortKey: Double(line.open)),
                .number(f.count(line.ended), Double(line.ended)),
                Table.Cell(
                    line.overAgreed > 0 ? "<span class=\"worse\">\(over)</span>" : HTML(escaping: over),
                    sortKey: Double(line.overAgreed)),
                Table.Cell(links.joined(by: words.language == .zh ? "、" : ", ")),
            ]
        }
        if !rows.isEmpty {
            content +=
                Table(
                    caption: words.cycle(.handoffs),
                    columns: [
                        .text(words.cycle(.waits)), .text(words.cycle(.waitsFor)), .number(words.cycle(.days)),
                        .number(words.cycle(.stillOpen)), .number(words.cycle(.handedOver)),
                        .number(words.cycle(.overAgreed)), .text(words.cycle(.itsImprovements)),
                    ], rows: rows
                ).html
        }
        return Page(
            place: .improvements, title: words.cycle(.handoffs), question: words.cycle(.handoffsQuestion),
            content: content,
            next: [(words.say(.openImprovements), "/improvements"), (words(.openRegister), "/register")])
    }
}

/// Who waits on the left, who is waited for on the right; the wider the line, the more days. The table below says the same.
struct HandoffFlow {
    var lines: [WaitingLedger.Line]
    var nobody: String

    private static let (width, row, top) = (640.0, 34.0, 14.0)
    private static let (left, right) = (200.0, 440.0)
    /// Lines beyond these would be hairs; the table has them all.
    private static let linesMax = 24

    var svg: HTML {
        let shown = lines.prefix(Self.linesMax).filter { $0.days > 0 }
        guard let most = shown.map(\.days).max() else { return .empty }
        func order(_ names: [String]) -> [String] {
            names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
        let waiting = order(shown.map(\.department))
        let waited = order(shown.map(\.waitsFor))
        func y(_ name: String, _ names: [String]) -> Int {
            Int(Self.top + (Double(names.firstIndex(of: name) ?? 0) + 0.5) * Self.row)
        }
        let height = Int(Self.top * 2 + Double(max(waiting.count, waited.count)) * Self.row)
        let paths = shown.map { line -> HTML in
            let (a, b) = (y(line.department, waiting), y(line.waitsFor, waited))
            let width = max(1, (18 * Double(line.days) / Double(most)).rounded())
            let kind: HTML = line.open > 0 ? "flow open" : "flow"
            return """
                <path class="\(kind)" d="M\(Int(Self.left) + 8) \(a)C320 \(a) 320 \(b) \(Int(Self.right) - 8) \(b)" \
                stroke-width="\(Int(width))"/>
                """
        }
        func labels(_ names: [String], _ x: Int, _ anchor: HTML) -> [HTML] {
            names.map { name in
                "<text x=\"\(x)\" y=\"\(y(name, names) + 5)\" text-anchor=\"\(anchor)\">\(name.isEmpty ? nobody : name)</text>"
            }
        }
        return """
            <svg class="handoffs" viewBox="0 0 640 \(height)" aria-hidden="true" focusable="false">\(paths)\
            \(labels(waiting, Int(Self.left), "end"))\(labels(waited, Int(Self.right), "start"))</svg>

            """
    }
}
