import Records

/// Why a rule cannot be read: what stands where, and what could stand there.
public enum RuleError: Error, Sendable, Hashable {
    case isEmpty
    case tooLong(most: Int)
    /// It begins with no kind of ticket and a colon.
    case kindMissing(found: String)
    /// Something else was expected here; the empty text is the end of the rule.
    case unexpected(found: String, expected: Expected)
    /// Brackets within brackets beyond all reading.
    case tooDeep

    public enum Expected: String, CaseIterable, Sendable {
        case condition, afterField, afterTime, time, number, unit, value, bracket, bound, end
    }
}

extension Rule {
    /// A rule is a line; one of more letters than this is not.
    public static let lettersMax = 500
    static let depthMax = 20

    /// Reads a rule: `incidents: when priority is 1: first response within 4 business hours`.
    ///
    /// `not` binds closest, then `and`, then `or`; brackets group. Case does not matter; values of more than a word stand in
    /// quotation marks or end at `and`, `or`, a bracket, a comma or a colon.
    public init(_ text: String) throws(RuleError) {
        guard text.count <= Self.lettersMax else { throw .tooLong(most: Self.lettersMax) }
        var reading = RuleReading(text)
        if reading.isAtEnd { throw .isEmpty }
        var kinds: [TicketKind] = []
        repeat {
            let word = reading.take()
            guard let kind = TicketKind.allCases.first(where: { $0.plural == word || "\($0)" == word }) else {
                throw .kindMissing(found: word)
            }
            if !kinds.contains(kind) { kinds.append(kind) }
        } while reading.skip(",")
        guard reading.skip(":") else { throw .kindMissing(found: reading.next) }
        var scope: Condition?
        if reading.skip("when") {
            scope = try reading.either(depth: 0)
            guard reading.skip(":") else { throw .unexpected(found: reading.next, expected: .end) }
        }
        let demand = try reading.either(depth: 0)
        guard reading.isAtEnd else { throw .unexpected(found: reading.next, expected: .end) }
        self.init(kinds: kinds, scope: scope, demand: demand)
    }

    /// What `init(_:)` reads: the same rule in one form.
    public var text: String {
        kinds.map(\.plural).joined(separator: ", ") + ": " + (scope.map { "when \($0.text(0)): " } ?? "")
            + demand.text(0)
    }
}

extension Condition {
    /// - Parameter binding: 0 where anything may stand, 1 inside `and`, 2 after `not`.
    func text(_ binding: Int) -> String {
        func bracketed(_ text: String, _ own: Int) -> String { own < binding ? "(\(text))" : text }
        switch self {
        case .any(let parts): return bracketed(parts.map { $0.text(1) }.joined(separator: " or "), 0)
        case .all(let parts): return bracketed(parts.map { $0.text(2) }.joined(separator: " and "), 1)
        case .not(let part): return "not \(part.text(2))"
        case .isSet(let field): return "\(field.rawValue) is set"
        case .isTimed(let time): return "\(time.rawValue) is set"
        case .isOneOf(let field, let values):
            let quoted = values.map { "\"\($0)\"" }.joined(separator: ", ")
            return values.count == 1 ? "\(field.rawValue) is \(quoted)" : "\(field.rawValue) is one of \(quoted)"
        case .flag(let flag): return flag.rawValue
        case .before(let a, let b): return "\(a.rawValue) before \(b.rawValue)"
        case .within(let time, let start, let span):
            let of = start == .opened ? "" : " of \(start.rawValue)"
            return "\(time.rawValue) within \(Self.plain(span.amount)) \(span.unit.rawValue)\(of)"
        case .count(let counter, let bound, let limit):
            return "\(counter.rawValue) \(bound.rawValue) \(Self.plain(limit))"
        }
    }

    private static func plain(_ number: Double) -> String {
        number == number.rounded() && number.magnitude < 1e9 ? String(Int(number)) : "\(number)"
    }
}

/// A rule taken apart into words, and read from the front.
private struct RuleReading {
    private struct Token {
        var text: String
        var isQuoted: Bool
    }

    private var tokens: [Token] = []
    private var place = 0

    init(_ text: String) {
        let closing: [Character: Character] = ["\"": "\"", "“": "”", "»": "«"]
        var word = ""
        var end: Character?
        func finish(_ tokens: inout [Token]) {
            if !word.isEmpty { tokens.append(Token(text: word.lowercased(), isQuoted: false)) }
            word = ""
        }
        for letter in text {
            if let mark = end {
                if letter == mark {
                    tokens.append(Token(text: word, isQuoted: true))
                    (word, end) = ("", nil)
                } else {
                    word.append(letter)
                }
            } else if let mark = closing[letter] {
                finish(&tokens)
                end = mark
            } else if ":,()".contains(letter) {
                finish(&tokens)
                tokens.append(Token(text: String(letter), isQuoted: false))
            } else if letter.isWhitespace {
                finish(&tokens)
            } else {
                word.append(letter)
            }
        }
        finish(&tokens)
    }

    var isAtEnd: Bool { place >= tokens.count }
    var next: String { isAtEnd ? "" : tokens[place].text }

    mutating func take() -> String {
        defer { place += 1 }
        return next
    }

    mutating func skip(_ word: String) -> Bool {
        guard !isAtEnd, !tokens[place].isQuoted, tokens[place].text == word else { return false }
        place += 1
        return true
    }

    /// Takes the longest of several phrases that stands here.
    private mutating func phrase<T: RawRepresentable>(_ all: [T]) -> T? where T.RawValue == String {
        let sorted = all.sorted { $0.rawValue.count > $1.rawValue.count }
        for candidate in sorted where skipAll(candidate.rawValue) { return candidate }
        return nil
    }

    private mutating func skipAll(_ words: String) -> Bool {
        let parts = words.split(separator: " ").map(String.init)
        guard place + parts.count <= tokens.count else { return false }
        for (i, part) in parts.enumerated() where tokens[place + i].isQuoted || tokens[place + i].text != part {
            return false
        }
        place += parts.count
        return true
    }

    mutating func either(depth: Int) throws(RuleError) -> Condition {
        if depth > Rule.depthMax { throw .tooDeep }
        var parts = [try both(depth: depth)]
        while skip("or") { parts.append(try both(depth: depth)) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func both(depth: Int) throws(RuleError) -> Condition {
        var parts = [try one(depth: depth)]
        while skip("and") { parts.append(try one(depth: depth)) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func one(depth: Int) throws(RuleError) -> Condition {
        if depth > Rule.depthMax { throw .tooDeep }
        if skip("not") { return .not(try one(depth: depth + 1)) }
        if skip("(") {
            let inside = try either(depth: depth + 1)
            guard skip(")") else { throw .unexpected(found: next, expected: .bracket) }
            return inside
        }
        if skip("unauthorized") { return .flag(.unauthorised) }
        if let flag = phrase(Condition.Flag.allCases) { return .flag(flag) }
        if let counter = phrase(Condition.Counter.allCases) { return try counted(counter) }
        if let time = phrase(Condition.Time.allCases) { return try timed(time) }
        if let field = phrase(Condition.Field.allCases) { return try worded(field) }
        throw .unexpected(found: next, expected: .condition)
    }

    private mutating func counted(_ counter: Condition.Counter) throws(RuleError) -> Condition {
        guard let bound = phrase(Condition.Bound.allCases) else { throw .unexpected(found: next, expected: .bound) }
        return .count(counter, bound, try number())
    }

    private mutating func timed(_ time: Condition.Time) throws(RuleError) -> Condition {
        if skipAll("is set") { return .isTimed(time) }
        if skipAll("is not set") { return .not(.isTimed(time)) }
        if skip("before") {
            guard let other = phrase(Condition.Time.allCases) else { throw .unexpected(found: next, expected: .time) }
            return .before(time, other)
        }
        if skip("within") {
            let amount = try number()
            guard let unit = unit() else { throw .unexpected(found: next, expected: .unit) }
            guard skip("of") else { return .within(time, of: .opened, .init(amount, unit)) }
            guard let start = phrase(Condition.Time.allCases) else { throw .unexpected(found: next, expected: .time) }
            return .within(time, of: start, .init(amount, unit))
        }
        throw .unexpected(found: next, expected: .afterTime)
    }

    private mutating func unit() -> Condition.Span.Unit? {
        for unit in Condition.Span.Unit.allCases.sorted(by: { $0.rawValue.count > $1.rawValue.count }) {
            if skipAll(unit.rawValue) || skipAll(String(unit.rawValue.dropLast())) { return unit }
        }
        return nil
    }

    private mutating func number() throws(RuleError) -> Double {
        guard let value = Double(next), value.isFinite, value >= 0 else {
            throw .unexpected(found: next, expected: .number)
        }
        place += 1
        return value
    }

    private mutating func worded(_ field: Condition.Field) throws(RuleError) -> Condition {
        guard skip("is") else { throw .unexpected(found: next, expected: .afterField) }
        let isNot = skip("not")
        let condition: Condition
        if skip("set") {
            condition = .isSet(field)
        } else if skipAll("one of") {
            var values = [try value()]
            while skip(",") { values.append(try value()) }
            condition = .isOneOf(field, values)
        } else {
            condition = .isOneOf(field, [try value()])
        }
        return isNot ? .not(condition) : condition
    }

    private mutating func value() throws(RuleError) -> String {
        guard !isAtEnd else { throw .unexpected(found: "", expected: .value) }
        if tokens[place].isQuoted { return take() }
        var words: [String] = []
        while !isAtEnd, !tokens[place].isQuoted, !["and", "or", "(", ")", ",", ":"].contains(next) {
            words.append(take())
        }
        guard !words.isEmpty else { throw .unexpected(found: next, expected: .value) }
        return words.joined(separator: " ")
    }
}
