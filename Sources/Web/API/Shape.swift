import Records

/// What a JSON document looks like: the one value that describes it to others (JSON Schema in OpenAPI) and that checks it when it
/// comes in. So the description cannot say what the program does not keep.
indirect enum Shape: Sendable {
    case anything
    /// Of at most so many characters.
    case text(most: Int)
    case moment
    case day
    case flag
    case whole(ClosedRange<Int>)
    case number
    case word([String])
    case list(Shape, most: Int)
    case object([Member])
    /// Any members, each of this shape.
    case map(Shape)
    case optional(Shape)
    case either([Shape])
    /// Described once, under its name.
    case named(String, Shape)

    struct Member: Sendable {
        var name: String
        var shape: Shape
        var isRequired: Bool
        var about: String
    }

    /// More characters than anybody writes by hand.
    static let line = Shape.text(most: 500)
    static let prose = Shape.text(most: 20_000)
    static let anyWhole = Shape.whole(Int.min...Int.max)
    static let count = Shape.whole(0...Int.max)
    static let identifier = Shape.whole(1...Int.max)
    /// The number of a part of an improvement: the next one must still be a number.
    static let part = Shape.whole(1...99_999)
    static func list(_ shape: Shape) -> Shape { .list(shape, most: 100_000) }

    static func of(_ members: Member...) -> Shape { .object(members) }
}

extension Shape.Member {
    /// A member that must be there.
    static func must(_ name: String, _ shape: Shape, _ about: String = "") -> Shape.Member {
        Shape.Member(name: name, shape: shape, isRequired: true, about: about)
    }

    /// A member that may be there.
    static func may(_ name: String, _ shape: Shape, _ about: String = "") -> Shape.Member {
        Shape.Member(name: name, shape: shape, isRequired: false, about: about)
    }
}

// MARK: Describing

extension Shape {
    /// JSON Schema, as OpenAPI 3.1 holds it.
    /// - Parameter isAnswer: Answers may grow: members that are not described can come with them.
    func schema(isAnswer: Bool) -> JSON {
        switch self {
        case .anything: return .object([])
        case .text(let most): return .object([("type", "string"), ("maxLength", .integer(most))])
        case .moment: return .object([("type", "string"), ("format", "date-time")])
        case .day: return .object([("type", "string"), ("format", "date")])
        case .flag: return .object([("type", "boolean")])
        case .number: return .object([("type", "number")])
        case .whole(let range):
            var members: [(String, JSON)] = [("type", "integer")]
            if range.lowerBound > Int.min { members.append(("minimum", .integer(range.lowerBound))) }
            if range.upperBound < Int.max { members.append(("maximum", .integer(range.upperBound))) }
            return .object(members)
        case .word(let words): return .object([("type", "string"), ("enum", .array(words.map { .string($0) }))])
        case .list(let item, let most):
            var members: [(String, JSON)] = [("type", "array"), ("items", item.schema(isAnswer: isAnswer))]
            if !isAnswer { members.append(("maxItems", .integer(most))) }
            return .object(members)
        case .map(let item):
            return .object([("type", "object"), ("additionalProperties", item.schema(isAnswer: isAnswer))])
        case .optional(let shape):
            return .object([("anyOf", .array([shape.schema(isAnswer: isAnswer), .object([("type", "null")])]))])
        case .either(let shapes):
            return .object([("anyOf", .array(shapes.map { $0.schema(isAnswer: isAnswer) }))])
        case .named(let name, _): return .object([("$ref", .string("#/components/schemas/\(name)"))])
        case .object(let members): return Self.schema(members, isAnswer: isAnswer)
        }
    }

    private static func schema(_ members: [Member], isAnswer: Bool) -> JSON {
        let properties = members.map { member -> (String, JSON) in
            guard case .object(let parts) = member.shape.schema(isAnswer: isAnswer), !member.about.isEmpty else {
                return (member.name, member.shape.schema(isAnswer: isAnswer))
            }
            return (member.name, .object(parts + [("description", .string(member.about))]))
        }
        var out: [(String, JSON)] = [("type", "object"), ("properties", .object(properties))]
        let required = members.filter(\.isRequired).map { JSON.string($0.name) }
        if !required.isEmpty { out.append(("required", .array(required))) }
        if !isAnswer { out.append(("additionalProperties", false)) }
        return .object(out)
    }

    /// Everything named inside, and itself, by name.
    func named(into all: inout [String: Shape]) {
        switch self {
        case .named(let name, let shape):
            if all.updateValue(shape, forKey: name) == nil { shape.named(into: &all) }
        case .list(let shape, _), .map(let shape), .optional(let shape): shape.named(into: &all)
        case .either(let shapes): for shape in shapes { shape.named(into: &all) }
        case .object(let members): for member in members { member.shape.named(into: &all) }
        default: break
        }
    }
}

// MARK: Checking

extension Shape {
    /// Where a document is not of this shape, and why, in words for whoever sent it.
    struct Trouble: Equatable {
        /// A JSON pointer (RFC 6901); empty for the whole document.
        var place: String
        var reason: String
    }

    /// - Parameter isAnswer: Members that are not described are allowed.
    func trouble(_ json: JSON, isAnswer: Bool = false, at place: String = "") -> Trouble? {
        func wrong(_ reason: String) -> Trouble { Trouble(place: place, reason: reason) }
        switch (self, json) {
        case (.anything, _), (.flag, .bool), (.number, .integer), (.number, .number): return nil
        case (.text(let most), .string(let text)):
            return text.count <= most ? nil : wrong("has \(text.count) characters; at most \(most) are taken")
        case (.moment, .string(let text)):
            return Moment(rfc3339: text) == nil ? wrong("is no moment such as 2026-11-21T08:00:00Z") : nil
        case (.day, .string(let text)): return Day(text) == nil ? wrong("is no day such as 2026-11-21") : nil
        case (.whole(let range), .integer), (.whole(let range), .number):
            guard let value = json.whole else { return wrong("must be a whole number") }
            return range.contains(value)
                ? nil : wrong("\(value) is not between \(range.lowerBound) and \(range.upperBound)")
        case (.word(let words), .string(let text)):
            return words.contains(text) ? nil : wrong("“\(text)” is none of: \(words.joined(separator: ", "))")
        case (.list(let item, let most), .array(let items)):
            if items.count > most { return wrong("has \(items.count) items; at most \(most) are taken at once") }
            for (i, one) in items.enumerated() {
                if let found = item.trouble(one, isAnswer: isAnswer, at: "\(place)/\(i)") { return found }
            }
            return nil
        case (.map(let item), .object(let members)):
            for (name, value) in members {
                if let found = item.trouble(value, isAnswer: isAnswer, at: "\(place)/\(name)") { return found }
            }
            return nil
        case (.optional(let shape), _): return json.isNull ? nil : shape.trouble(json, isAnswer: isAnswer, at: place)
        case (.either(let shapes), _):
            let found = shapes.map { $0.trouble(json, isAnswer: isAnswer, at: place) }
            return found.contains { $0 == nil } ? nil : found.last ?? nil
        case (.named(_, let shape), _): return shape.trouble(json, isAnswer: isAnswer, at: place)
        case (.object(let members), .object(let given)):
            return Self.trouble(members, given, isAnswer: isAnswer, at: place)
        default: return wrong("must be \(kind)")
        }
    }

    private static func trouble(
        _ members: [Member], _ given: [(String, JSON)], isAnswer: Bool, at place: String
    ) -> Trouble? {
        for (name, value) in given {
            guard let member = members.first(where: { $0.name == name }) else {
                if isAnswer { continue }
                let known = members.map(\.name).joined(separator: ", ")
                return Trouble(
                    place: "\(place)/\(name)",
                    reason: known.isEmpty ? "nothing is taken here" : "is not known; known are: \(known)")
            }
            if let found = member.shape.trouble(value, isAnswer: isAnswer, at: "\(place)/\(name)") { return found }
        }
        for member in members where member.isRequired && !given.contains(where: { $0.0 == member.name }) {
            return Trouble(place: "\(place)/\(member.name)", reason: "is missing")
        }
        return nil
    }

    private var kind: String {
        switch self {
        case .text, .word: "a text"
        case .moment: "a moment such as 2026-11-21T08:00:00Z"
        case .day: "a day such as 2026-11-21"
        case .flag: "true or false"
        case .whole: "a whole number"
        case .number: "a number"
        case .list: "a list"
        case .object, .map: "an object"
        case .optional(let shape), .named(_, let shape): shape.kind
        case .either(let shapes): shapes.map(\.kind).joined(separator: " or ")
        case .anything: "anything"
        }
    }
}
