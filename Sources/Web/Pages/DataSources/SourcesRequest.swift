import Connectors
import Foundation
import Languages
import Measures
import People
import Records
import Store
import Turn

extension Routes {
    private static let importsShown = 50
    private static let rejectsShown = 100
    /// What systems write into a cell that has nothing in it.
    private static let emptyMarks: Set = ["", "?", "-", "null", "none", "n/a"]

    static func sources(_ call: Call) async throws -> Reply {
        let values = SourcesValues(
            imports: try await call.store.imports(limit: importsShown),
            zone: try await Organisation(of: call.store).zone,
            mayBringData: call.session?.account.role.may(.bringData) ?? false)
        return call.html(SourcesPage(values: values).page(call.visit))
    }

    /// A file comes in: it is kept aside, and looked at before anything is stored.
    static func handIn(_ call: Call) async throws -> Reply {
        let upload: Upload
        do {
            upload = try await Upload.receive(call.ask, into: call.site.desk.folder)
        } catch Refusal.unreadable(let message) where message.isEmpty {
            throw Refusal.unreadable(call.visit.words(.noFileChosen))
        }
        let file = ImportDesk.Waiting(path: upload.path, name: upload.name, isUpload: true)
        do {
            // A body that is the file alone carries the token beside it.
            try call.check(upload.fields["token"] ?? call.ask.headers["x-form-token"])
            if let kind = try recordKind(of: upload.path) {
                // Their header says everything: they are read at once.
                let seen = try inspectRecords(upload.path, kind: kind, options: RecordOptions())
                let token = Secrets.newToken(bytes: 12)
                await call.site.desk.begin(token, file, options: ReadingOptions(), rows: seen.rowCount)
                try await call.store.audit(
                    by: call.session?.account.login ?? "", action: "import", subject: file.name, at: call.site.now())
                return .seeOther(Link.run(token))
            }
            _ = try inspect(upload.path, options: ReadingOptions())
        } catch {
            try? FileManager.default.removeItem(atPath: upload.path)
            if let error = error as? ConnectorError {
                throw Refusal.unreadable(told(error, file: upload.name, call.visit.words))
            }
            throw error
        }
        let token = Secrets.newToken(bytes: 12)
        await call.site.desk.keep(file, token: token)
        return .seeOther("/sources/files/\(token)")
    }

    static func proposal(_ call: Call) async throws -> Reply {
        let token = try call.value("token")
        guard let file = await call.site.desk.file(token) else { throw Refusal.notFound }
        return try await show(call, token, file, options: ReadingOptions(), problem: nil)
    }

    private static func show(
        _ call: Call, _ token: String, _ file: ImportDesk.Waiting, options: ReadingOptions, problem: String?
    ) async throws -> Reply {
        let seen: Inspection
        do {
            seen = try inspect(file.path, options: options)
        } catch {
            throw Refusal.unreadable(told(error, file: file.name, call.visit.words))
        }
        let zone = try await call.store.setting(.zone) ?? "UTC"
        var fieldOf: [Int: Field] = [:]
        for (field, columns) in seen.mapping { for column in columns { fieldOf[column] = field } }
        let samples = seen.samples
        var values = ProposalValues(
            ticket: token, file: file.name, preset: seen.presetTitle, encoding: seen.encoding.rawValue,
            delimiter: seen.delimiter == "\t" ? "⇥" : String(seen.delimiter), hasHistory: seen.grain == .rowPerUpdate,
            columns: seen.header.enumerated().map { i, name in
                let filled = samples.count { i < $0.count && !emptyMarks.contains($0[i].lowercased()) }
                return ProposalValues.Column(
                    name: name, field: fieldOf[i]?.rawValue ?? "",
                    filled: samples.isEmpty ? nil : Double(filled) / Double(samples.count))
            }, fields: Field.allCases.map(\.rawValue), preview: Array(samples.prefix(8)), dayOrder: nil,
            zoneColumn: nil, zone: zone)
        for question in seen.questions {
            switch question {
            case .dayOrMonthFirst(let column, let example):
                values.dayOrder = .init(column: column, example: example)
            case .zoneNotWritten(let column): values.zoneColumn = column
            case .columnsNeeded: break
            }
        }
        let page = ProposalPage(values: values, problem: problem).page(call.visit)
        return call.html(page, status: problem == nil ? 200 : 422)
    }

    /// The questions are answered: the file is put in line.
    static func begin(_ call: Call) async throws -> Reply {
        let token = try call.value("token")
        let form = try await call.form()
        guard let file = await call.site.desk.file(token) else { throw Refusal.notFound }
        let words = call.visit.words
        var options = ReadingOptions()
        do {
            let seen = try inspect(file.path, options: options)
            if let name = form["zone"], !name.isEmpty {
                guard let zone = Zone(name) else {
                    return try await show(call, token, file, options: options, problem: words(.unknownZone))
                }
                options.zone = zone
            }
            switch form["dayOrder"] {
            case "dayFirst": options.dayFirst = true
            case "monthFirst": options.dayFirst = false
            default: break
            }
            // Only what the reader changed is said; all else stays as it was recognised.
            for (i, name) in seen.header.enumerated() {
                guard let word = form["column-\(i)"], let field = Field(rawValue: word) else { continue }
                if seen.mapping[field]?.contains(i) != true { options.map[field] = name }
            }
            let understood = try inspect(file.path, options: options)
            if let obstacle = understood.obstacle {
                let message = told(obstacle, file: file.name, words)
                return try await show(call, token, file, options: options, problem: message)
            }
            await call.site.desk.begin(token, file, options: options, rows: understood.rowCount)
        } catch let error as ConnectorError {
            throw Refusal.unreadable(told(error, file: file.name, call.visit.words))
        }
        try await call.store.audit(
            by: call.session?.account.login ?? "", action: "import", subject: file.name, at: call.site.now())
        return .seeOther("/sources/runs/\(token)")
    }

    static func sample(_ call: Call) async throws -> Reply {
        _ = try await call.form()
        guard let path = call.site.options.sample else { throw Refusal.notFound }
        let token = Secrets.newToken(bytes: 12)
        let name = String(path.split(separator: "/").last ?? "")
        let file = ImportDesk.Waiting(path: path, name: name, isUpload: false)
        await call.site.desk.begin(token, file, options: ReadingOptions(zone: .utc, dayFirst: true), rows: 0)
        return .seeOther("/sources/runs/\(token)")
    }

    /// How far a reading is, and where its report stands once it is done.
    private static func runValues(_ call: Call) async throws -> (ImportValues, done: String?) {
        let token = try call.value("token")
        guard let (name, state) = await call.site.desk.state(token) else { throw Refusal.notFound }
        var values = ImportValues(
            id: token, file: name, state: .analysing, rows: 0, kept: 0, rejected: 0, doctor: [], cannotAnswer: [],
            rejects: [])
        switch state {
        case .running(let rows, let of, let since):
            let seconds = max(Date().timeIntervalSince(since), 0.001)
            let perSecond = Double(rows) / seconds
            let left = rows > 0 && of > rows ? Int((Double(of - rows) / perSecond).rounded(.up)) : nil
            values.state = .running(
                ImportValues.Progress(
                    rows: rows, perSecond: Int(min(perSecond, 1e9)), secondsLeft: left, rejected: nil,
                    share: of > 0 ? min(Double(rows) / Double(of), 1) : nil))
        case .analysing: values.state = .analysing
        case .failed(let error): values.state = .failed(told(error, file: name, call.visit.words))
        case .done(let id, let isKnown):
            values.state = .done
            return (values, Link.importPage(String(id)) + (isKnown ? "?again=1" : ""))
        }
        return (values, nil)
    }

    static func run(_ call: Call) async throws -> Reply {
        let (values, done) = try await runValues(call)
        if let done { return .seeOther(done) }
        return call.html(ImportPage(values: values).page(call.visit))
    }

    static func live(_ call: Call) async throws -> Reply {
        let (values, done) = try await runValues(call)
        var reply = Reply.html(ImportPage(values: values).live(call.visit.words))
        if let done { reply.headers.append(("X-Done", done)) }
        if case .failed = values.state { reply.headers.append(("X-Done", "/sources/runs/\(values.id)")) }
        return reply
    }

    static func importReport(_ call: Call) async throws -> Reply {
        guard let id = Int64(try call.value("id")),
            let record = try await call.store.imports(limit: Int.max).first(where: { $0.id.value == id })
        else { throw Refusal.notFound }
        let doctor = Doctor(json: record.report)
        let pages = max(1, (record.rejected + rejectsShown - 1) / rejectsShown)
        let page = call.ask.value("page").flatMap { Int($0) } ?? 1
        guard (1...pages).contains(page) else { throw Refusal.notFound }
        // Rejects are read by line; the page's first line is found by reading the pages before it.
        var line = 0
        var rejects: [Reject] = []
        for _ in 0..<page {
            rejects = try await call.store.rejects(of: record.id, after: line, limit: rejectsShown)
            line = rejects.last?.line ?? line
        }
        let values = ImportValues(
            id: String(id), file: record.file, state: .done, rows: record.rows, kept: record.rows - record.rejected,
            rejected: record.rejected, doctor: doctor?.lines ?? [], cannotAnswer: doctor?.unanswered ?? [],
            rejects: rejects, rejectPage: page, rejectPages: pages,
            knownSince: call.ask.value("again") == nil ? nil : Zone.utc.day(of: record.startedAt))
        return call.html(ImportPage(values: values).page(call.visit))
    }
}

extension Doctor {
    /// What the doctor found, as sentences of the pages.
    public var lines: [Line] {
        var lines: [Line] = []
        for cut in suspectedCuts {
            switch cut {
            case .roundNumberOfRows(let rows): lines.append(.suspectedCut(rows: rows))
            case .lastRowShort, .endsInsideQuotes, .gzipEndsEarly: lines.append(.truncatedFile)
            }
        }
        if let first = firstOpened, let last = lastOpened, first <= last {
            let days = (Zone.utc.day(of: first), Zone.utc.day(of: last))
            lines.append(.dataSpan(Period(days.0, through: days.1)))
        }
        lines += gaps.prefix(10).map { .gap(Period($0.first, through: $0.last)) }
        let impossible = impossibleOrders.values.reduce(0) { $0 + $1.count }
        if impossible > 0 { lines.append(.impossibleOrder(impossible)) }
        lines += emptyShare.filter { $0.value >= 0.5 }.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { field, share in
                field.word.map { .emptyField($0, share: share) } ?? .emptyColumn(column: field.rawValue, share: share)
            }
        if mojibake != nil { lines.append(.damagedText) }
        if shortRows > 0 { lines.append(.raggedRows(shortRows)) }
        if zeroBytes > 0 { lines.append(.nulBytes(zeroBytes)) }
        if rowsRejected > 0 { lines.append(.rejectedRows(rowsRejected)) }
        if isZoneAssumed { lines.append(.zoneAssumed(zone)) }
        return lines
    }

    /// Each lack once, however many measures it takes away.
    var unanswered: [Line] {
        var seen: Set<String> = []
        return cannotAnswer.compactMap { item -> Line? in
            guard let measure = Measure.catalogue.first(where: { $0.quantity.rawValue == item.measure }),
                seen.insert(item.measure).inserted
            else { return nil }
            return .measureUnanswered(measure)
        }
    }
}
