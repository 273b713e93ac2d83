import ArgumentParser
import Connectors
import Measures
import Records
import Store
import Web

/// What `export` can write.
enum ExportedKind: String, CaseIterable, ExpressibleByArgument { case tickets, survey, readings, suggestions }

/// How many answers, suggestions and readings there are; kinds without any are left out.
func recordCounts(_ store: any Store) async throws -> [(String, Int)] {
    var counts: [(String, Int)] = []
    if let extent = try await store.surveyExtent() { counts.append(("answers", extent.count)) }
    if let extent = try await store.suggestionExtent() { counts.append(("suggestions", extent.count)) }
    var readings = 0
    for known in try await store.readQuantities() {
        let rollup = try await store.recordTotals(.readings(known.quantity), .everything)
        readings += rollup.days.values.reduce(0) { $0 + Int($1.values.asked) }
    }
    if readings > 0 { counts.append(("readings", readings)) }
    return counts
}

/// Writes all records of one kind: as rows that `import` takes in again, or as JSON lines with where each came from.
func exportRecords(_ kind: ExportedKind, of store: any Store, asCSV isCSV: Bool) async throws {
    @Sendable func write(_ record: String, _ fields: [(String, JSON)], _ source: (file: String?, line: Int)) throws {
        if isCSV {
            try Terminal.write(fields.map { csvCell($0.1) }.joined(separator: ",") + "\r\n")
            return
        }
        var members: [(String, JSON)] = [("record", .string(record))]
        members += fields.filter { if case .null = $0.1 { false } else { true } }
        if let file = source.file {
            members.append(("provenance", .object([("file", .string(file)), ("line", .integer(source.line))])))
        }
        try Terminal.write(JSON.object(members).text + "\n")
    }
    @Sendable func text(_ text: String) -> JSON { text.isEmpty ? .null : .string(text) }
    switch kind {
    case .tickets: return
    case .survey:
        if isCSV {
            try Terminal.write(
                "answered_at,survey,score,scale_low,scale_high,comment,ticket,service,segment,by\r\n")
        }
        try await store.eachAnswer { kept in
            let a = kept.value
            try write(
                "answer",
                [
                    ("answered_at", .string(a.answeredAt.description)), ("survey", text(a.survey)),
                    ("score", a.score.map { .number($0) } ?? .null), ("scale_low", .number(a.scaleLow)),
                    ("scale_high", .number(a.scaleHigh)), ("comment", text(a.comment)), ("ticket", text(a.ticket)),
                    ("service", text(a.service)), ("segment", text(a.segment)), ("by", text(a.by)),
                ], (kept.file, kept.line))
        }
    case .suggestions:
        if isCSV { try Terminal.write("made_at,title,body,by,service,votes\r\n") }
        try await store.eachSuggestion { kept in
            let s = kept.value
            try write(
                "suggestion",
                [
                    ("made_at", .string(s.madeAt.description)), ("title", .string(s.title)), ("body", text(s.text)),
                    ("by", text(s.by)), ("service", text(s.service)), ("votes", .integer(s.votes)),
                ], (kept.file, kept.line))
        }
    case .readings:
        if isCSV { try Terminal.write("at,device,quantity,value,unit\r\n") }
        try await store.eachReading { kept in
            let r = kept.value
            try write(
                "reading",
                [
                    ("at", .string(r.at.description)), ("device", text(r.device)), ("quantity", .string(r.quantity)),
                    ("value", .number(r.value)), ("unit", text(r.unit)),
                ], (kept.file, kept.line))
        }
    }
}

/// A cell as RFC 4180 wants it.
private func csvCell(_ value: JSON) -> String {
    switch value {
    case .null: return ""
    case .string(let text):
        let needsQuotes = text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    default: return value.text
    }
}
