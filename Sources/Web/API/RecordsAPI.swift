import Connectors
import Foundation
import People
import Records
import Store
import Turn

// Tickets that come in over HTTP: as JSON, as files, and as messages of other systems. They take the same way as an export: the same
// checks, the same pseudonyms, the same provenance, and a row that cannot be used is kept with its reason.

extension Shape {
    static let intake = Shape.named(
        "Intake",
        .of(
            .must("import", identifier), .must("rows", count), .must("new", count), .must("changed", count),
            .must("rejected", count), .must("repeated", .flag, "The very same records had come before"),
            .must(
                "rejects", .list(.of(.must("index", count, "Counted from 0"), .must("reason", .prose))),
                "The first hundred; all are kept"),
            .must("ignored", .list(.line), "Members that no field has")))

    static let run = Shape.named(
        "ImportRun",
        .of(
            .must("token", .line), .must("file", .line),
            .must("state", .word(["waiting", "running", "analysing", "done", "failed"])), .must("rows", count),
            .must("of", count), .must("import", .optional(identifier)), .must("reason", .optional(.prose))))
}

extension Routes {
    private static let recordQuery: [(String, String)] = [
        ("kind", "What the records are where they do not say: incident, request, problem, change, complaint"),
        ("system", "The system they come from, as the presets are called; csv unless said"),
    ]

    static let records: [Route] = [
        api(
            "POST", "/records", .bringData, "Send tickets, as a JSON array or one a line", query: recordQuery,
            Endpoint(
                takes: .list(.map(.anything), most: 50_000),
                takesAlso: [("application/x-ndjson", "One JSON object a line"), ("application/jsonl", "The same")],
                words: ["kind": TicketKind.allCases.map { "\($0)" }, "system": Preset.Name.allCases.map(\.rawValue)],
                bytesMax: 64 << 20, gives: .intake)
        ) { try await apiRecords($0) },
        api(
            "POST", "/imports", .bringData, "Send a file: as a form, or as the body alone",
            query: [
                ("name", "What the file is called, where the body is the file alone"),
                ("preset", "The system it comes from"),
                ("map", "FIELD=COLUMN, as often as needed"), ("timezone", "The zone of times that say none"),
                ("dayFirst", "true or false: how 03/04/2025 is read"), ("kind", "What the rows are"),
            ],
            Endpoint(
                takesAlso: [
                    ("multipart/form-data", "A form with the file"), ("text/csv", "The file"),
                    ("application/gzip", "The file, compressed"), ("application/octet-stream", "The file"),
                ],
                words: [
                    "kind": TicketKind.allCases.map { "\($0)" }, "preset": Preset.Name.allCases.map(\.rawValue),
                    "dayFirst": ["true", "false"],
                ],
                gives: .run, status: 202, isFile: true)
        ) { try await apiImport($0) },
        api("GET", "/imports/runs/{token}", .bringData, "How far an import is", Endpoint(gives: .run)) { call in
            let token = try call.value("token")
            guard let run = await call.site.desk.run(token) else {
                throw Problem.notFound("There is no import under way called “\(token)”.")
            }
            return .json(run)
        },
        api(
            "POST", "/hooks/{source}", nil, "A message of another system, signed",
            Endpoint(takes: .either([.map(.anything), .list(.map(.anything), most: 1000)]), gives: .intake)
        ) { try await apiHook($0) },
    ]

    private static func apiRecords(_ call: Call) async throws -> Reply {
        var records: [JSON] = []
        if let items = call.document.items {
            records = items
        } else {
            let bytes = try await call.ask.collected(most: 64 << 20)
            for (i, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated()
            where !line.allSatisfy({ $0 == 32 || $0 == 13 || $0 == 9 }) {
                do throws(JSONFault) {
                    records.append(try JSON(reading: Array(line)))
                } catch { throw Problem.notJSON(error, line: i + 1) }
                guard records.last?.members != nil else {
                    throw Problem.doesNotFit(.init(place: "/\(i)", reason: "must be an object"))
                }
            }
        }
        return .json(try await take(records, from: "records", call))
    }

    /// Takes records in, under the name that their provenance shows.
    private static func take(_ records: [JSON], from source: String, _ call: Call) async throws -> JSON {
        if records.isEmpty { throw Problem.unusable("There is no record; send at least one.") }
        var options = ReadingOptions(preset: .csv, zone: .utc)
        if let kind = try call.word("kind", of: TicketKind.allCases.map { "\($0)" }) {
            options.kind = TicketKind.allCases.first { "\($0)" == kind }
        }
        if let system = try call.choice("system", Preset.Name.self) { options.preset = system }
        let sheet = RecordSheet(records)
        for field in sheet.fields { options.map[field] = RecordSheet.heading(field) }
        let path = call.site.desk.folder + "/" + UUID().uuidString
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(sheet.text.utf8), attributes: [.posixPermissions: 0o600])
        else {
            throw Problem(status: 507, name: "no-space", title: "No space", detail: "The server cannot write a file.")
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            let inspection = try inspect(path, options: options)
            let outcome = try await importFile(
                inspection, named: source, options: options, into: call.store, at: call.site.now())
            if outcome.new + outcome.changed > 0 { await call.site.desk.markDue() }
            let rejects = try await call.store.rejects(of: outcome.record.id, after: 0, limit: 100)
            return .object([
                ("import", .integer(Int(outcome.record.id.value))), ("rows", .integer(outcome.record.rows)),
                ("new", .integer(outcome.new)), ("changed", .integer(outcome.changed)),
                ("rejected", .integer(outcome.record.rejected)), ("repeated", .bool(outcome.wasKnown)),
                (
                    "rejects",
                    .array(
                        rejects.map {
                            .object([
                                ("index", .integer(sheet.index(ofLine: $0.line))), ("reason", .string($0.reason)),
                            ])
                        })
                ), ("ignored", .array(sheet.ignored.map { .string($0) })),
            ])
        } catch let error as ConnectorError { throw Problem.unusable(sheet.told(error, path)) }
    }

    private static func apiImport(_ call: Call) async throws -> Reply {
        var options = ReadingOptions()
        options.preset = try call.choice("preset", Preset.Name.self)
        if let kind = try call.word("kind", of: TicketKind.allCases.map { "\($0)" }) {
            options.kind = TicketKind.allCases.first { "\($0)" == kind }
        }
        options.dayFirst = try call.flag("dayFirst")
        if let name = call.ask.value("timezone") {
            guard let zone = Zone(name) else {
                throw Problem.badParameter("timezone", "it is a zone such as Europe/Copenhagen or +01:00")
            }
            options.zone = zone
        }
        for (name, pair) in call.ask.query where name == "map" {
            let sides = pair.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, let field = Field(rawValue: String(sides[0])) else {
                let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.badParameter("map", "it is FIELD=COLUMN with one of these fields: \(known)")
            }
            options.map[field] = String(sides[1])
        }
        let types = ["multipart/form-data", "text/csv", "text/plain", "application/gzip", "application/octet-stream"]
        let type = Gate.mediaType(call.ask)
        guard types.contains(type) else { throw Problem.wrongType(type, takes: types) }
        let upload: Upload
        do {
            upload = try await Upload.receive(call.ask, into: call.site.desk.folder)
        } catch Refusal.unreadable { throw Problem.unusable("There is no file in the form.") }
        return try await begin(upload, options, call)
    }

    private static func begin(_ upload: Upload, _ options: ReadingOptions, _ call: Call) async throws -> Reply {
        do {
            let inspection = try inspect(upload.path, options: options)
            if let obstacle = inspection.obstacle { throw obstacle }
            let query = call.ask.query.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
            let request = "POST \(call.ask.path)?\(query)\n\(upload.name)\n\(inspection.fileHash)"
            let token = Secrets.newToken(bytes: 12)
            let reply = try await Gate.once(call, request: request) {
                let file = ImportDesk.Waiting(path: upload.path, name: upload.name, isUpload: true)
                await call.site.desk.begin(token, file, options: options, rows: inspection.rowCount)
                var reply = Reply.json(await call.site.desk.run(token) ?? .null, status: 202)
                reply.headers.append(("Location", "/api/v1/imports/runs/\(token)"))
                return reply
            }
            // The answer of an earlier request: this copy of the file is not needed.
            if reply.header("Idempotency-Replayed") != nil { try? FileManager.default.removeItem(atPath: upload.path) }
            return reply
        } catch {
            try? FileManager.default.removeItem(atPath: upload.path)
            if let error = error as? ConnectorError {
                throw Problem.unusable(error.message.replacing(upload.path, with: upload.name))
            }
            throw error
        }
    }

    /// A message counts when it is signed with the secret that its source was given. Who does not know it is not told whether there
    /// is such a source.
    private static func apiHook(_ call: Call) async throws -> Reply {
        let source = try call.value("source")
        let body = try await call.ask.collected(most: Endpoint.documentBytesMax)
        let now = call.site.now()
        let hook = try await call.store.incomingHook(source)
        let key = hook?.secret ?? ""
        let isSigned =
            call.ask.headers["ratchet-signature"].map { Signature.isValid($0, body, key: key, at: now) }
            ?? call.ask.headers["x-hub-signature-256"].map { Signature.isValid(plain: $0, body, key: key) } ?? false
        guard let hook, isSigned else {
            throw Problem(
                status: 401, name: "signature", title: "The message is not signed by a source that is known",
                detail:
                    "Send Ratchet-Signature (t=…,v1=…) or X-Hub-Signature-256 (sha256=…) made with the secret of the source."
            )
        }
        let messages = call.document.items ?? [call.document]
        let records = hook.fields.isEmpty ? messages : messages.map { RecordSheet.mapped($0, hook.fields) }
        let answer = try await take(records, from: "hook \(source)", call)
        try await call.store.noteMessage(from: source, at: now)
        return .json(answer)
    }
}

/// Records as a sheet that the reader of exports understands: a column a field, a row a record.
struct RecordSheet {
    let text: String
    let fields: [Field]
    /// Names of members that are no field.
    let ignored: [String]
    private let lines: [Int]

    /// Said so that no other field's column could be taken for it.
    static func heading(_ field: Field) -> String { field.rawValue }

    init(_ records: [JSON]) {
        var seen: Set<Field> = []
        var others: Set<String> = []
        for record in records {
            for (name, _) in record.members ?? [] {
                if let field = Self.field(name) { seen.insert(field) } else { others.insert(name) }
            }
        }
        fields = Field.allCases.filter(seen.contains)
        ignored = others.sorted()
        var text = fields.map { Self.heading($0) }.joined(separator: ",") + "\n"
        var line = 2
        var lines: [Int] = []
        for record in records {
            let cells = fields.map { field -> String in
                let member = record.members?.last { Self.field($0.0) == field }
                return Self.cell(member?.1 ?? .null)
            }
            let row = cells.joined(separator: ",")
            lines.append(line)
            line += 1 + row.utf8.count { $0 == 10 }
            text += row + "\n"
        }
        self.text = text
        self.lines = lines
    }

    private static func field(_ name: String) -> Field? { name == "number" ? .id : Field(rawValue: name) }

    private static func cell(_ json: JSON) -> String {
        let value: String
        switch json {
        case .null: value = ""
        case .bool(let flag): value = flag ? "yes" : "no"
        case .integer(let whole): value = String(whole)
        case .number(let number): value = String(number)
        case .string(let text): value = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        case .array, .object: value = json.text
        }
        return "\"" + value.replacing("\"", with: "\"\"") + "\""
    }

    /// Which record a line of the sheet belongs to, counted from 0.
    func index(ofLine line: Int) -> Int { max(0, (lines.firstIndex { $0 > line } ?? lines.count) - 1) }

    /// What the reader says of the sheet, in the words of records.
    func told(_ error: ConnectorError, _ path: String) -> String {
        if case .notMapped(_, let missing, let needsSubject, _) = error {
            let needs =
                missing.map { $0 == .id ? "id" : $0.rawValue } + (needsSubject ? ["category, service or title"] : [])
            return "The records lack \(needs.joined(separator: ", ")); moments are written as 2026-11-21T08:00:00Z."
        }
        return error.message.replacing(path, with: "the records")
    }

    /// A message of another system as a record: each field from the member that a path such as `data.created` leads to.
    static func mapped(_ message: JSON, _ fields: [String: String]) -> JSON {
        .object(
            fields.sorted { $0.key < $1.key }.compactMap { field, path in
                var at: JSON? = message
                for step in path.split(separator: ".") {
                    at =
                        Int(step).flatMap { i in at?.items.flatMap { $0.indices.contains(i) ? $0[i] : nil } }
                        ?? at?[String(step)]
                }
                return at.map { (field, $0) }
            })
    }
}
