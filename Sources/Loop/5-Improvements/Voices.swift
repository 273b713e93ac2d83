import Records

/// An improvement with its number in the store.
public typealias NumberedImprovement = (id: ID<Improvement>, improvement: Improvement)

/// Something that somebody said.
public struct Remark: Sendable, Hashable, Codable {
    public var text: String
    public var by: String
    public var at: Moment
    /// The number of the improvement it was said about, where that was merged into this one.
    public var from: Int64?

    public init(text: String, by: String, at: Moment, from: Int64? = nil) {
        self.text = text
        self.by = by
        self.at = at
        self.from = from
    }

    /// Who is called by name.
    /// - Parameter known: Names of accounts, which may hold blanks or run on without one, as Chinese names do.
    public func mentions(known: [String] = []) -> [String] { Improvements.mentions(in: text, known: known) }
}

/// The names after an @, each once, in order.
///
/// Of the known names the longest that fits is taken, without regard to case; otherwise what follows up to a blank or a sign.
/// An @ inside a word is an address, not a call.
public func mentions(in text: String, known: [String] = []) -> [String] {
    var names: [String] = []
    var before: Character = " "
    var rest = Substring(text)
    while let sign = rest.first {
        rest = rest.dropFirst()
        defer { before = sign }
        // A Latin letter or a digit before it: an address. Chinese is written without blanks.
        guard sign == "@", !(before.isASCII && (before.isLetter || before.isNumber)) else { continue }
        let longest = known.filter { !$0.isEmpty && rest.lowercased().hasPrefix($0.lowercased()) }
            .max { $0.count < $1.count }
        let name =
            longest
            ?? String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." })
            .trimmingDots
        if !name.isEmpty, !names.contains(name) { names.append(name) }
    }
    return names
}

extension String {
    /// Without the full stop that ends the sentence and not the name.
    fileprivate var trimmingDots: String {
        var text = self
        while text.last == "." { text.removeLast() }
        return text
    }
}

extension Improvement {
    /// Everyone who is told when something happens: the owner, those who watch, and those who were called by name.
    public func audience(known: [String] = []) -> [String] {
        var names = [owner].compactMap(\.self)
        for name in watchers + comments.flatMap({ $0.mentions(known: known) }) where !names.contains(name) {
            names.append(name)
        }
        return names
    }
}

/// What came along from an improvement that was the same as this one.
public struct Absorbed: Sendable, Hashable, Codable {
    public var id: Int64
    public var title: String
    public var watchers: [String]
    public var supporters: [String]
    /// With the number of the improvement they were said about.
    public var comments: [Remark]

    public init(id: Int64, title: String, watchers: [String], supporters: [String], comments: [Remark]) {
        self.id = id
        self.title = title
        self.watchers = watchers
        self.supporters = supporters
        self.comments = comments
    }

    /// All who care for an improvement: those who watch and support it, and its owner, and what was said.
    public init(_ improvement: Improvement, id: Int64) {
        let watchers = improvement.watchers
        self.init(
            id: id, title: improvement.title,
            watchers: watchers + [improvement.owner].compactMap(\.self).filter { !watchers.contains($0) },
            supporters: improvement.supporters,
            comments: improvement.comments.map { remark in
                var remark = remark
                remark.from = remark.from ?? id
                return remark
            })
    }
}

/// A row of somebody's register as it was read, whole: nothing of it is lost, whether it is understood or not.
public struct ImportedRow: Sendable, Hashable, Codable {
    public struct Cell: Sendable, Hashable, Codable {
        public var column: String
        public var value: String

        public init(column: String, value: String) {
            self.column = column
            self.value = value
        }
    }

    /// What makes it the same row in a later file: its system and number, or its title.
    public var key: String
    public var file: String
    public var line: Int
    /// All columns that have a value, in the order of the file.
    public var cells: [Cell]

    public init(key: String, file: String, line: Int, cells: [Cell]) {
        self.key = key
        self.file = file
        self.line = line
        self.cells = cells
    }

    public subscript(column: String) -> String? { cells.first { $0.column == column }?.value }
}

/// The parts of an improvement, the oldest first. What was merged into another counts there.
public func children(of id: ID<Improvement>, in all: [NumberedImprovement]) -> [ID<Improvement>] {
    let merged = Dictionary(
        all.compactMap { one in one.improvement.mergedInto.map { (one.id.value, $0) } }, uniquingKeysWith: { a, _ in a }
    )
    func living(_ number: Int64) -> Int64 {
        var number = number
        var hops = 0
        while let next = merged[number], hops < all.count {
            number = next
            hops += 1
        }
        return number
    }
    return all.filter { one in
        guard let parent = one.improvement.parent, one.improvement.mergedInto == nil, one.id != id else { return false }
        return living(parent) == id.value
    }.map(\.id)
}
