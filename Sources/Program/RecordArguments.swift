import ArgumentParser
import Connectors
import Records

extension ReadingArguments {
    /// What was said, read as about a file of answers, readings or suggestions.
    /// - Returns: Nil when it can only be about tickets: a preset, a kind of ticket, or a field that only tickets have.
    func recordOptions() throws -> RecordOptions? {
        let said = kind.flatMap { RecordKind(rawValue: $0) }
        if preset != "auto" || (kind != nil && said == nil) { return nil }
        var options = RecordOptions(kind: said, zone: try zone())
        for pair in map {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, !sides[1].isEmpty, let field = RecordField(word: String(sides[0])) else {
                if said == nil { return nil }
                let fields = RecordField.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("“--map \(pair)” is not FIELD=COLUMN with one of these fields: \(fields)")
            }
            options.map[field] = String(sides[1])
        }
        if said == nil { options.kind = Self.kind(by: options.map) }
        if let scale {
            guard let range = RecordOptions.scale(scale) else {
                throw ValidationError("“--scale \(scale)” is no scale; write its lowest and highest score, as in 1-5")
            }
            options.scale = range
            options.kind = options.kind ?? .survey
        }
        if dayFirst || monthFirst { options.dayFirst = dayFirst }
        options.strict = strict
        return options
    }

    /// Fields that only one kind of records has.
    private static func kind(by map: [RecordField: String]) -> RecordKind? {
        if map[.score] != nil { return .survey }
        if map[.quantity] != nil || map[.value] != nil || map[.device] != nil { return .readings }
        return map[.votes] != nil ? .suggestions : nil
    }
}
