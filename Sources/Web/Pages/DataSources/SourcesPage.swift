import Languages
import Records
import Store

/// What came in, and a place to bring more.
struct SourcesValues: Sendable {
    var imports: [Import]
    var zone: Zone
    var mayBringData: Bool
}

struct SourcesPage {
    var values: SourcesValues
    var problem: String?

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let upload: HTML =
            values.mayBringData
            ? """
            <h2>\(words(.uploadHeading))</h2><p>\(words(.uploadText))</p>
            \(UploadForm(button: words(.uploadButton)).html(visit))
            """ : .empty
        let notice: HTML? = problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" }
        return Page(
            place: .sources, title: words(.sources), question: words(.sourcesQuestion),
            content: """
                \(notice)\(upload)
                <h2>\(words(.imports))</h2>\(imports(words))
                <h2 id="connectors">\(words(.connectors))</h2>
                <dl class="fields"><dt>\(words(.connectorCSV))</dt><dd>\(words(.connectorCSVText))</dd></dl>
                <p class="note">\(words(.connectorsText))</p>
                """,
            next: values.imports.isEmpty
                ? [] : [(words(.openSignals), "/signals"), (words(.openRegister), "/register")])
    }

    private func imports(_ words: Words) -> HTML {
        guard !values.imports.isEmpty else { return "<p>\(words(.noImports))</p>" }
        let f = words.figures
        let rows = values.imports.map { item -> [Table.Cell] in
            [
                Table.Cell("<a href=\"\(Link.importPage(String(item.id.value)))\">\(item.file)</a>"),
                .number(f.time(item.startedAt, in: values.zone), Double(item.startedAt.seconds)),
                Table.Cell(
                    "<a href=\"\(Link.importPage(String(item.id.value)))\">\(f.count(item.rows))</a>",
                    sortKey: Double(item.rows)),
                Table.Cell(
                    "<a href=\"\(Link.importPage(String(item.id.value)))#rejects\">\(f.count(item.rejected))</a>",
                    sortKey: Double(item.rejected)),
                .text(words(item.state == .done ? .importDone : .importRunning)),
            ]
        }
        return Table(
            caption: words(.imports),
            columns: [
                .text(words(.file)), .text(words(.importedAt)), .number(words(.rowsRead)),
                .number(words(.rowsRejected)), .text(words(.status)),
            ], rows: rows
        ).html
    }
}

/// What Ratchet makes of a file before anything is stored: the meaning of its columns, its first rows, and what it does
/// not say.
struct ProposalValues: Sendable {
    struct Column: Sendable {
        var name: String
        /// The field it is read as, in the product's own word (`openedAt`); empty when it is not used.
        var field: String
        var filled: Double?
    }

    /// The column's form of dates cannot be decided from its rows.
    struct DayOrderQuestion: Sendable {
        var column: String
        var example: String
    }

    /// The name under which the file waits.
    var ticket: String
    var file: String
    var preset: String
    var encoding: String
    var delimiter: String
    var hasHistory: Bool
    var columns: [Column]
    /// The fields a column may be read as.
    var fields: [String]
    var preview: [[String]]
    var dayOrder: DayOrderQuestion?
    /// Asked when no time has a zone: the column, and the zone that would be taken.
    var zoneColumn: String?
    var zone: String
}

struct ProposalPage {
    var values: ProposalValues
    var problem: String?

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let notice: HTML? = problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" }
        let history = words(values.hasHistory ? .historyYes : .historyNo)
        return Page(
            place: .sources, title: values.file, question: words(.sourcesQuestion),
            content: """
                \(notice)
                <h2>\(words(.whatRatchetSees))</h2>
                <dl class="fields"><dt>\(words(.preset))</dt><dd>\(values.preset)</dd>
                <dt>\(words(.encoding))</dt><dd>\(values.encoding)</dd>
                <dt>\(words(.delimiter))</dt><dd class="code">\(values.delimiter)</dd>
                <dt>\(words(.history))</dt><dd>\(history)</dd></dl>
                <form method="post" action="/sources/files/\(values.ticket)" class="stack">\(visit.tokenField)
                \(questions(words))
                <h2>\(words(.columnsMean))</h2>\(mapping(words))
                <button>\(words(.importButton))</button></form>
                <h2>\(words(.firstRows))</h2>\(preview(words))
                """)
    }

    private func questions(_ words: Words) -> HTML {
        guard values.dayOrder != nil || values.zoneColumn != nil else {
            return "<input type=\"hidden\" name=\"zone\" value=\"\(values.zone)\">"
        }
        var out: HTML = "<h2>\(words(.questions))</h2>"
        if let question = values.dayOrder {
            let line = words(.dayOrderQuestion(column: question.column, example: question.example))
            out += """
                <fieldset><legend>\(words(.questionDayFirst))</legend>
                <p class="note">\(line.html(in: words.language))</p>
                <label><input type="radio" name="dayOrder" value="dayFirst" required>\(words(.dayFirst))</label>
                <label><input type="radio" name="dayOrder" value="monthFirst">\(words(.monthFirst))</label></fieldset>
                """
        }
        if let column = values.zoneColumn {
            out += """
                <label>\(words(.questionZone)) <small>\(words(.zoneQuestion(column: column)).html(in: words.language))\
                </small><input name="zone" value="\(values.zone)" list="zones" required></label>
                <datalist id="zones"><option>UTC<option>Europe/Copenhagen<option>Europe/London<option>Asia/Shanghai\
                <option>America/New_York</datalist>
                """
        } else {
            out += "<input type=\"hidden\" name=\"zone\" value=\"\(values.zone)\">"
        }
        return out
    }

    private func mapping(_ words: Words) -> HTML {
        // By their names, in the reader's order of letters.
        let fields = values.fields.map { (word: $0, name: TicketField(rawValue: $0).map(words.name(of:)) ?? $0) }
            .sorted { ($0.name.lowercased(), $0.word) < ($1.name.lowercased(), $1.word) }
        func row(_ i: Int, _ column: ProposalValues.Column) -> [Table.Cell] {
            let options = fields.map { field -> HTML in
                field.word == column.field
                    ? "<option value=\"\(field.word)\" selected>\(field.name)</option>"
                    : "<option value=\"\(field.word)\">\(field.name)</option>"
            }
            let none: HTML =
                column.field.isEmpty
                ? "<option value=\"\" selected>\(words(.notUsed))</option>"
                : "<option value=\"\">\(words(.notUsed))</option>"
            return [
                Table.Cell("\(heading(i, words))"),
                Table.Cell(
                    "<select name=\"column-\(i)\" aria-label=\"\(heading(i, words))\">\(none)\(options)</select>"),
                column.filled.map { .number(words.figures.percent($0), $0) } ?? .text(""),
            ]
        }
        func table(_ columns: [(offset: Int, element: ProposalValues.Column)], _ caption: String) -> HTML {
            Table(
                caption: caption,
                columns: [.text(words(.column)), .text(words(.field)), .number(words(.filledShare))],
                rows: columns.map { row($0.offset, $0.element) }, isSortable: false
            ).html
        }
        let all = Array(values.columns.enumerated())
        let used = all.filter { !$0.element.field.isEmpty }
        let unused = all.filter(\.element.field.isEmpty)
        // A file of which nothing is understood shows everything at once.
        if used.isEmpty || unused.isEmpty { return table(all, words(.columnsMean)) }
        return """
            \(table(used, words(.columnsMean)))<details><summary>\(words(.unusedColumns)) \
            (\(words.figures.count(unused.count)))</summary>\(table(unused, words(.unusedColumns)))</details>
            """
    }

    /// What stands above a column; its place where nothing does.
    private func heading(_ column: Int, _ words: Words) -> String {
        let name = values.columns[column].name
        return name.isEmpty ? "\(words(.column)) \(words.figures.count(column + 1))" : name
    }

    private func preview(_ words: Words) -> HTML {
        Table(
            caption: words(.firstRows), columns: values.columns.indices.map { .text(heading($0, words)) },
            rows: values.preview.map { $0.map { .text($0) } }, hasRowHeadings: false, isSortable: false
        ).html
    }
}

/// One reading of a file: how far it is, then what the doctor says and which rows were not taken in.
struct ImportValues: Sendable {
    struct Progress: Sendable {
        var rows: Int
        var perSecond: Int
        var secondsLeft: Int?
        var rejected: Int?
        /// 0 to 1; nil while the length is not known.
        var share: Double?
    }

    enum State: Sendable {
        case running(Progress)
        /// The file is in; what was found is being worked out.
        case analysing
        case done
        case failed(String)
    }

    var id: String
    var file: String
    var state: State
    var rows: Int
    var kept: Int
    var rejected: Int
    /// The doctor's sentences.
    var doctor: [Line]
    var cannotAnswer: [Line]
    var rejects: [Reject]
    var rejectPage = 1
    var rejectPages = 1
    /// Set when the file was handed in again: the day it came first.
    var knownSince: Day?
}

struct ImportPage {
    var values: ImportValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var content: HTML = .empty
        switch values.state {
        case .running, .analysing:
            content = """
                <div data-live="\(Link.run(values.id))/live" data-events="\(Link.events(ofImport: values.id))">\
                \(live(words))</div>
                """
        case .failed(let message):
            content = "<p class=\"problem\" role=\"alert\">\(message)</p>"
        case .done:
            content = report(visit)
        }
        return Page(
            place: .sources, title: values.file, question: words(.sourcesQuestion), content: content,
            next: [
                (words(.backToToday), "/"), (words(.openSignals), "/signals"), (words(.openRegister), "/register"),
            ], isUnderWay: isUnderWay)
    }

    private var isUnderWay: Bool {
        switch values.state {
        case .running, .analysing: true
        case .done, .failed: false
        }
    }

    /// What is under way, in words, and a bar: the part that is asked for again every second.
    func live(_ words: Words) -> HTML {
        switch values.state {
        case .running(let p):
            let bar: HTML =
                p.share.map {
                    """
                    <progress max="100" \
                    value="\(Int(($0 * 100).rounded()))">\(words.figures.percent($0))</progress>
                    """
                } ?? "<progress></progress>"
            let line = words.text(
                .progress(rows: p.rows, perSecond: p.perSecond, secondsLeft: p.secondsLeft, rejected: p.rejected))
            return "<p role=\"status\">\(words(.importing)) \(line)</p>\(bar)"
        case .analysing: return "<p role=\"status\">\(words(.analysing))</p><progress></progress>"
        case .done: return "<p role=\"status\">\(words(.importDone))</p>"
        case .failed(let message): return "<p class=\"problem\" role=\"alert\">\(message)</p>"
        }
    }

    private func report(_ visit: Visit) -> HTML {
        let words = visit.words
        func list(_ lines: [Line]) -> HTML {
            "<ul>\(lines.map { "<li>\(words($0).html(in: words.language))</li>" as HTML })</ul>"
        }
        let again: HTML? = values.knownSince.map { "<p role=\"status\">\(words.text(.alreadyImported($0)))</p>" }
        let done = words.text(.rowsImported(kept: values.kept, rows: values.rows, rejected: values.rejected))
        var out: HTML = "\(again)<p class=\"lead\">\(done)</p><h2>\(words(.doctor))</h2>"
        out += values.doctor.isEmpty ? "<p>\(words(.nothingWrong))</p>" : list(values.doctor)
        if !values.cannotAnswer.isEmpty { out += "<h2>\(words(.cannotAnswer))</h2>\(list(values.cannotAnswer))" }
        out += "<h2 id=\"rejects\">\(words(.rejects))</h2>"
        guard !values.rejects.isEmpty else { return out + "<p>\(words(.noRejects))</p>" }
        let rows = values.rejects.map { reject -> [Table.Cell] in
            [
                .text(words.text(.fileAndLine(file: reject.file, line: reject.line))), .text(told(reject, words)),
                Table.Cell("<span class=\"code\">\(reject.row.prefix(200))</span>"),
            ]
        }
        out +=
            Table(
                caption: words(.rejects), columns: [.text(words(.line)), .text(words(.reason)), .text(words(.row))],
                rows: rows, isSortable: false
            ).html
        let pager = Pager(page: values.rejectPage, pages: values.rejectPages, path: visit.path, query: visit.query)
        return out + pager.html(words)
    }
}
