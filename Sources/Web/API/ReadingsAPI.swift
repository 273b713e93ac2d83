import People
import Records
import Store
import Turn

// Readings of devices and suggestions of people: what comes in piece by piece.

extension Shape {
    static let reading = Shape.named(
        "Reading",
        .of(
            .must("device", .line), .must("quantity", .line), .must("at", .moment), .must("value", .number),
            .may("unit", .line)))
    static let suggestion = Shape.named(
        "Suggestion",
        .of(
            .must("id", identifier), .must("at", .moment), .must("title", .line), .must("text", .prose),
            .must("by", .line), .must("service", .line)))
}

extension Routes {
    private static let readingsMax = 20_000

    static let readings: [Route] = [
        api(
            "POST", "/readings", .bringData, "Send readings of devices",
            query: [("precision", "Of the times of the line protocol: ns (unless said), us, ms or s")],
            Endpoint(
                takes: .either([.list(.reading, most: readingsMax), .reading]),
                takesAlso: [("text/plain", "InfluxDB's line protocol"), ("application/vnd.influx.line", "The same")],
                words: ["precision": LineProtocol.precisions.map(\.word)],
                bytesMax: 8 << 20,
                gives: .of(
                    .must("taken", .count),
                    .must("rejects", .list(.of(.must("line", .identifier), .must("reason", .prose))))))
        ) { try await apiReadings($0) },
        api(
            "GET", "/suggestions", .read, "What was suggested, the oldest first",
            Endpoint(gives: .of(.must("suggestions", .list(.suggestion)), Shape.next), isList: true)
        ) { call in
            let window = try Window(call.ask)
            let found = try await call.store.suggestions(after: try window.number(), limit: window.limit + 1)
            let shown = found.prefix(window.limit)
            let next = found.count > window.limit ? shown.last.map { String($0.id) } : nil
            return call.list("suggestions", shown.map(json), next: next)
        },
        api(
            "POST", "/suggestions", .suggest, "Suggest something",
            Endpoint(
                takes: .of(.must("title", .line), .may("text", .prose), .may("service", .line)), gives: .suggestion,
                status: 201)
        ) { call in
            let title = call.document["title"]?.said ?? ""
            if title.allSatisfy(\.isWhitespace) { throw Problem.unusable("A title is needed.") }
            let made = Suggestion(
                madeAt: call.site.now(), title: title, text: call.document["text"]?.said ?? "", by: call.writer,
                service: call.document["service"]?.said ?? "")
            let id = try await keep(made, in: call.store)
            return .json(json(SourcedRecord(id: id, value: made, file: nil, line: 0)), status: 201)
        },
    ]

    private static func json(_ one: SourcedRecord<Suggestion>) -> JSON {
        .object([
            ("id", .integer(Int(one.id))), ("at", .string(one.value.madeAt.description)),
            ("title", .string(one.value.title)), ("text", .string(one.value.text)), ("by", .string(one.value.by)),
            ("service", .string(one.value.service)),
        ])
    }

    private static func apiReadings(_ call: Call) async throws -> Reply {
        var readings: [(line: Int, reading: Reading)] = []
        var rejects: [(line: Int, reason: String)] = []
        if Gate.mediaType(call.ask) == "application/json" {
            for (i, document) in (call.document.items ?? [call.document]).enumerated() {
                if let reading = Self.reading(document) { readings.append((i + 1, reading)) }
            }
        } else {
            let unit = try call.word("precision", of: LineProtocol.precisions.map(\.word)) ?? "ns"
            let bytes = try await call.ask.collected(most: 8 << 20)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw Problem.unusable("The text is not UTF-8.")
            }
            let parser = LineProtocol(precision: unit, now: call.site.now())
            for (i, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                do throws(LineProtocol.Fault) {
                    readings += try parser.readings(line).map { (i + 1, $0) }
                } catch { rejects.append((i + 1, error.reason)) }
            }
            if readings.isEmpty, let first = rejects.first {
                throw Problem.unusable("No line can be read; line \(first.line): \(first.reason).")
            }
        }
        if readings.count > readingsMax {
            throw Problem.unusable("There are \(readings.count) readings; at most \(readingsMax) are taken at once.")
        }
        var batch = RecordBatch()
        for (line, reading) in readings {
            guard let quantity = ReadingQuantity(named: reading.quantity) else {
                rejects.append((line, "the quantity “\(reading.quantity)” has no letter or digit in it"))
                continue
            }
            var reading = reading
            reading.quantity = quantity.name
            if reading.unit.isEmpty { reading.unit = quantity.unit }
            batch.readings.append(KeptRecord(key: "", value: reading, line: line))
        }
        let taken = try await takeIn(batch, into: call.store)
        rejects += taken.rejects.map { ($0.line, "\($0.reason)") }
        rejects.sort { $0.line < $1.line }
        return .json(
            .object([
                ("taken", .integer(batch.readings.count - taken.rejects.count)),
                (
                    "rejects",
                    .array(
                        rejects.map { .object([("line", .integer($0.line)), ("reason", .string($0.reason))]) })
                ),
            ]))
    }

    private static func reading(_ json: JSON) -> Reading? {
        guard let device = json["device"]?.said, let quantity = json["quantity"]?.said,
            let at = json["at"]?.said.flatMap({ Moment(rfc3339: $0) }), let value = json["value"]?.figure
        else { return nil }
        return Reading(at: at, device: device, quantity: quantity, unit: json["unit"]?.said ?? "", value: value)
    }
}

/// InfluxDB's line protocol: `weather,device=roof,unit=°C temperature=12.5,humidity=0.6 1760000000000000000`.
///
/// The device is the tag `device`, else `host`, else the measurement with its tags; the quantity is the measurement and the field, or
/// the measurement alone where the field is called `value`. Truth becomes 1 or 0; texts are not readings and are refused.
struct LineProtocol {
    struct Fault: Error, Equatable {
        var reason: String
    }

    static let precisions: [(word: String, perMicrosecond: Double)] = [
        ("ns", 0.001), ("us", 1), ("ms", 1000), ("s", 1_000_000),
    ]

    private let precision: String
    private let now: Moment

    init(precision: String, now: Moment) {
        self.precision = precision
        self.now = now
    }

    /// The readings of one line; none of an empty line or a remark.
    func readings(_ line: some StringProtocol) throws(Fault) -> [Reading] {
        let parts = Self.split(line.trimmed(), at: " ")
        guard let head = parts.first, !head.isEmpty, !head.hasPrefix("#") else { return [] }
        guard parts.count == 2 || parts.count == 3 else {
            throw Fault(reason: "a line is a measurement with tags, fields, and perhaps a time, divided by blanks")
        }
        var names = Self.split(head, at: ",")
        let measurement = Self.unescaped(names.removeFirst())
        var tags: [String: String] = [:]
        for tag in names {
            let sides = Self.split(tag, at: "=")
            guard sides.count == 2 else { throw Fault(reason: "“\(tag)” is no tag such as device=roof") }
            tags[Self.unescaped(sides[0])] = Self.unescaped(sides[1])
        }
        let others = tags.filter { $0.key != "unit" }.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let device = tags["device"] ?? tags["host"] ?? ([measurement] + others).joined(separator: ",")
        let at = try parts.count == 3 ? moment(parts[2]) : now
        var out: [Reading] = []
        for field in Self.split(parts[1], at: ",") {
            let sides = Self.split(field, at: "=")
            guard sides.count == 2, let value = Self.value(sides[1]) else {
                throw Fault(reason: "“\(field)” is no field with a number, such as temperature=12.5")
            }
            let name = Self.unescaped(sides[0])
            out.append(
                Reading(
                    at: at, device: device, quantity: name == "value" ? measurement : "\(measurement).\(name)",
                    unit: tags["unit"] ?? "", value: value))
        }
        return out
    }

    private func moment(_ text: String) throws(Fault) -> Moment {
        guard let count = Int64(text) else { throw Fault(reason: "“\(text)” is no time in \(precision)") }
        let (micro, isTooMuch): (Int64, Bool) =
            switch precision {
            case "s": count.multipliedReportingOverflow(by: 1_000_000)
            case "ms": count.multipliedReportingOverflow(by: 1000)
            case "us": (count, false)
            default: (count / 1000, false)
            }
        // Year 1900 to 2200: a time in the wrong precision falls outside.
        guard !isTooMuch, (-2_208_988_800_000_000...7_258_118_400_000_000).contains(micro) else {
            throw Fault(reason: "“\(text)” is no time in \(precision) of this age; say ?precision=")
        }
        return Moment(microseconds: micro)
    }

    private static func value(_ text: String) -> Double? {
        switch text {
        case "t", "T", "true", "True", "TRUE": return 1
        case "f", "F", "false", "False", "FALSE": return 0
        default: break
        }
        let digits = text.hasSuffix("i") || text.hasSuffix("u") ? String(text.dropLast()) : text
        // Words such as “nan” and “inf” are no readings.
        guard digits.last?.isNumber == true, let value = Double(digits), value.isFinite else { return nil }
        return value
    }

    /// Divides at a character that stands neither after a backslash nor between quotation marks.
    private static func split(_ text: some StringProtocol, at divider: Character) -> [String] {
        var parts = [""]
        var isEscaped = false
        var isQuoted = false
        for character in text {
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == divider, !isQuoted {
                parts.append("")
                continue
            }
            parts[parts.count - 1].append(character)
        }
        return parts
    }

    private static func unescaped(_ text: String) -> String {
        var out = ""
        var isEscaped = false
        for character in text {
            if character == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            isEscaped = false
            out.append(character)
        }
        return out
    }
}

extension StringProtocol {
    fileprivate func trimmed() -> String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
