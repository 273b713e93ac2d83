/// Rules written one a line, as people read them.
///
///     begins New
///     ends Closed | Cancelled
///     next Resolved -> Closed | Active
///     requires Approved before Implemented
///     requires Resolved
///     never Closed after Cancelled
///     never -100
///     at most 2 Active
///     within 48 hours New -> Resolved
///     four eyes Requested, Approved
///
/// A name with blanks at its ends, or with `|`, `,` or `->` in it, stands in quotation marks. `#` begins a comment.
public struct ProcessPolicy: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public var text: String
        public var rule: ProcessRule
    }

    public var lines: [Line]

    /// - Throws: The line, counted from 1, that is no rule, with what to write instead.
    public init(_ text: String) throws(ProcessPolicyError) {
        lines = []
        var number = 0
        for row in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let line = trimmed(row.prefix { $0 != "#" })
            if line.isEmpty { continue }
            guard let rule = Self.rule(line) else {
                throw ProcessPolicyError(line: number, text: String(line))
            }
            lines.append(Line(text: String(line), rule: rule))
        }
        if lines.isEmpty { throw ProcessPolicyError(line: max(1, number), text: "") }
    }

    private static func rule(_ line: Substring) -> ProcessRule? {
        if let rest = rest(of: line, after: "begins") { return names(rest).map { .begins($0) } }
        if let rest = rest(of: line, after: "ends") { return names(rest).map { .ends($0) } }
        if let rest = rest(of: line, after: "next") {
            guard let (from, to) = pair(rest, "->"), let from = name(from) else { return nil }
            return names(to).map { .next(from: from, to: $0) }
        }
        if let rest = rest(of: line, after: "requires") {
            if let (what, before) = pair(rest, " before ") {
                guard let what = name(what), let before = name(before) else { return nil }
                return .requires(what, before: before)
            }
            return name(rest).map { .requires($0, before: nil) }
        }
        if let rest = rest(of: line, after: "never") {
            if let (what, after) = pair(rest, " after ") {
                guard let what = name(what), let after = name(after) else { return nil }
                return .never(what, after: after)
            }
            return name(rest).map { .never($0, after: nil) }
        }
        if let rest = rest(of: line, after: "at most") {
            guard let (count, what) = pair(rest, " "), let count = Int(count), count >= 0 else { return nil }
            return name(what).map { .atMost(count, $0) }
        }
        if let rest = rest(of: line, after: "within") { return within(rest) }
        if let rest = rest(of: line, after: "four eyes") {
            guard let (a, b) = pair(rest, ","), let a = name(a), let b = name(b) else { return nil }
            return .fourEyes(a, b)
        }
        return nil
    }

    private static func within(_ rest: Substring) -> ProcessRule? {
        guard let (number, more) = pair(rest, " "), let amount = Double(number), amount > 0, amount.isFinite,
            let (unit, way) = pair(more, " "), let (from, to) = pair(way, "->"), let from = name(from),
            let to = name(to)
        else { return nil }
        let hours: Double
        switch unit {
        case "minute", "minutes": hours = amount / 60
        case "hour", "hours": hours = amount
        case "day", "days": hours = amount * 24
        default: return nil
        }
        return .within(hours: hours, from: from, to: to)
    }

    private static func rest(of line: Substring, after word: String) -> Substring? {
        guard line.lowercased().hasPrefix(word + " ") else { return nil }
        return trimmed(line.dropFirst(word.count))
    }

    /// The texts before and after the first mark outside quotation marks.
    private static func pair(_ text: Substring, _ mark: String) -> (Substring, Substring)? {
        var isQuoted = false
        var i = text.startIndex
        while i < text.endIndex {
            if text[i] == "\"" { isQuoted.toggle() }
            if !isQuoted, text[i...].hasPrefix(mark) {
                return (trimmed(text[..<i]), trimmed(text[text.index(i, offsetBy: mark.count)...]))
            }
            i = text.index(after: i)
        }
        return nil
    }

    private static func name(_ text: Substring) -> String? {
        let text = trimmed(text)
        if text.count >= 2, text.first == "\"", text.last == "\"" { return String(text.dropFirst().dropLast()) }
        // A word that waits for another name: the rule is not whole.
        let isOpen = text.hasSuffix(" before") || text.hasSuffix(" after")
        return text.isEmpty || text.contains("\"") || isOpen ? nil : String(text)
    }

    private static func names(_ text: Substring) -> Set<String>? {
        var out: Set<String> = []
        var rest = text
        while let (first, more) = pair(rest, "|") {
            guard let name = name(first) else { return nil }
            out.insert(name)
            rest = more
        }
        guard let name = name(rest) else { return nil }
        out.insert(name)
        return out
    }
}

/// A line that is no rule.
public struct ProcessPolicyError: Error, Equatable, Sendable {
    public var line: Int
    /// Empty when there is no rule at all.
    public var text: String

    public var message: String {
        let forms =
            "begins A | B; ends A; next A -> B | C; requires A before B; never A after B; at most 2 A; "
            + "within 48 hours A -> B; four eyes A, B"
        return text.isEmpty
            ? "\(line): has no rule; write one a line, for example: \(forms)"
            : "\(line): “\(text)” is no rule; write one of: \(forms)"
    }
}

private func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
}
