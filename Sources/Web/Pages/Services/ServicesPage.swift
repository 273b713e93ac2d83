import Languages
import Measures
import Records
import Signals

/// How each service is doing; or each value of the dimension that divides the tickets best, where none names services.
struct ServicesValues: Sendable {
    struct Row: Sendable {
        var name: String
        var slice: Slice
        /// Tickets a day, a value a week, the latest last.
        var volume: [Double?]
        var volumeNow: Double?
        var resolveNow: Double?
        /// The median of the time to resolve in the year before, for comparison.
        var resolvePast: Double?
        /// What was found about the time to resolve, and about how many there are.
        var finding: Signal?
        var volumeFinding: Signal?
        var target: (value: Double, isMet: Bool)?
    }

    var dimension: Dimension
    var kind: TicketKind
    var rows: [Row]
    /// How many there are beyond the rows shown.
    var more = 0
    var asOf: Day?
}

struct ServicesPage {
    /// Nil when no ticket says where it belongs.
    var values: ServicesValues?

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let next = [(words(.openSignals), "/signals"), (words(.openRegister), "/register")]
        guard let values, let resolve = Measure(values.kind, .timeToResolve), let opened = Measure(values.kind, .opened)
        else {
            return Page(
                place: .services, title: words(.services), question: words(.servicesQuestion),
                content: "<p>\(words(.noServices))</p>", next: [(words(.openSources), "/sources")])
        }
        let rows = values.rows.map { row -> [Table.Cell] in
            [
                Table.Cell("<a href=\"\(Link.measure(resolve, row.slice))\">\(row.name)</a>"),
                Table.Cell(Sparkline(values: row.volume).svg),
                figure(row.volumeNow, opened, row.slice, words, row.volumeFinding),
                figure(row.resolveNow, resolve, row.slice, words),
                past(row, words), target(row, resolve, words),
            ]
        }
        let name = words.name(of: values.dimension)
        let aside: HTML = values.dimension == .service ? .empty : "<p>\(words(.insteadOfServices))</p>"
        let asOf: HTML = values.asOf.map { "<p class=\"aside\">\(words.text(.asOf($0)))</p>" } ?? .empty
        let table = Table(
            caption: words(.servicesQuestion),
            columns: [
                .text(capitalised(name)), .picture(words(.lastYear)), .number(words(.volumeADay)),
                .number(words(.timeToResolve)), .text(words(.againstPast)), .text(words(.againstTarget)),
            ], rows: rows)
        let more: HTML = values.more > 0 ? "<p class=\"aside\">\(words.text(.more(values.more)))</p>" : .empty
        return Page(
            place: .services, title: words(.services), question: words(.servicesQuestion),
            content: "\(asOf)\(aside)\(table.html)\(more)", next: next)
    }

    private func figure(_ value: Double?, _ measure: Measure, _ slice: Slice, _ words: Words, _ finding: Signal? = nil)
        -> Table.Cell
    {
        guard let value else { return .text(words(.noValue)) }
        let text = measure.unit == .ticketsPerDay ? words.figures.number(value) : words.value(value, of: measure)
        let found: HTML? = finding.map { signal in
            " <a href=\"\(Link.signal(signal.id))\">\(mark(signal.direction, up: signal.rose, words))</a>"
        }
        return Table.Cell("\(found) <a href=\"\(Link.measure(measure, slice))\">\(text)</a>", sortKey: value)
    }

    /// The plain comparison, and the mark of a finding where there is one: colour only for what was found.
    private func past(_ row: ServicesValues.Row, _ words: Words) -> Table.Cell {
        let found: HTML? = row.finding.map { signal in
            " <a href=\"\(Link.signal(signal.id))\">\(mark(signal.direction, up: signal.rose, words))</a>"
        }
        guard let now = row.resolveNow, let past = row.resolvePast, past > 0 else {
            return Table.Cell(found ?? HTML(escaping: Figures.missing))
        }
        let change = now / past - 1
        return Table.Cell("\(words.figures.change(change))\(found)", sortKey: change)
    }

    private func target(_ row: ServicesValues.Row, _ measure: Measure, _ words: Words) -> Table.Cell {
        guard let target = row.target else { return Table.Cell("<span class=\"aside\">\(words(.noTarget))</span>") }
        let text = words.value(target.value, of: measure)
        return target.isMet
            ? Table.Cell("\(text) <span class=\"mark better\">✓</span>")
            : Table.Cell("\(text) \(mark(.worse, up: true, words))")
    }
}

func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
