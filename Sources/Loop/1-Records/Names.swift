/// A name that occurs again and again (a category, a group, a person's pseudonym), as a small number.
///
/// Grouping by a number is dozens of times faster than by a string. A name means something only together with the
/// `Names` it came from.
public struct Name: Hashable, Comparable, Sendable {
    public let code: UInt32

    @inlinable public init(code: UInt32) { self.code = code }

    /// No name: the cell was empty.
    public static let none = Name(code: 0)

    @inlinable public var isNone: Bool { code == 0 }
    @inlinable public static func < (a: Name, b: Name) -> Bool { a.code < b.code }
}

/// The names met so far, each once, in the order in which they were met. Code 0 is the empty name.
public struct Names: Sendable {
    private var texts: [String] = [""]
    private var hashes: [UInt32] = [0]
    private var slots: [UInt32] = Array(repeating: 0, count: 256)

    public init() {}

    public var count: Int { texts.count }

    /// The text of a name.
    public subscript(name: Name) -> String { texts[Int(name.code)] }

    /// The name of a text; none for the empty text. O(length).
    public mutating func name(_ text: String) -> Name { name(utf8: text.utf8.span) }

    /// The name of a text given as UTF-8 bytes; a string is made only the first time it is met.
    public mutating func name(utf8 bytes: Span<UInt8>) -> Name {
        if bytes.isEmpty { return .none }
        let hash = fnv1a(bytes)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let code = Int(slots[slot])
            if hashes[code] == hash, same(texts[code].utf8.span, bytes) { return Name(code: UInt32(code)) }
            slot = (slot + 1) & (slots.count - 1)
        }
        let code = UInt32(texts.count)
        texts.append(String(copying: bytes))
        hashes.append(hash)
        slots[slot] = code
        if texts.count * 2 > slots.count { grow() }
        return Name(code: code)
    }

    /// The name of a text if it has been met.
    public func existing(_ text: String) -> Name? {
        if text.isEmpty { return Name.none }
        let hash = fnv1a(text.utf8.span)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if texts[Int(slots[slot])] == text { return Name(code: slots[slot]) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for code in 1..<texts.count {
            var slot = Int(hashes[code]) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(code)
        }
    }
}

/// Fowler, Noll and Vo's hash, 1a, 32 bits: short, and good enough for tables of names.
func fnv1a(_ bytes: Span<UInt8>, seed: UInt32 = 0) -> UInt32 {
    var hash: UInt32 = 2_166_136_261 ^ seed
    for i in bytes.indices { hash = (hash ^ UInt32(bytes[i])) &* 16_777_619 }
    return hash ^ (hash >> 15)
}

func same(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    for i in a.indices where a[i] != b[i] { return false }
    return true
}

extension String {
    /// Bytes that are not UTF-8 become U+FFFD; readers decode before they get here.
    init(copying bytes: Span<UInt8>) {
        if let text = try? UTF8Span(validating: bytes) {
            self.init(copying: text)
        } else {
            self.init(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }
}
