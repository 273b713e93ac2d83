/// A way to divide tickets, answers and readings. The raw value is the word used in addresses, JSON and the store.
public enum Dimension: String, CaseIterable, Sendable, Codable, Hashable {
    case service, category, subcategory, group, location, priority, channel, segment
    /// Of readings, and of survey answers: no ticket has these.
    case device, survey

    /// The dimensions of a ticket.
    public static let allCases: [Dimension] = [
        .service, .category, .subcategory, .group, .location, .priority, .channel, .segment,
    ]

    /// Its place in `allCases`, and so in every array that has an entry a dimension; the others come after them.
    public var index: Int {
        switch self {
        case .service: 0
        case .category: 1
        case .subcategory: 2
        case .group: 3
        case .location: 4
        case .priority: 5
        case .channel: 6
        case .segment: 7
        case .device: 8
        case .survey: 9
        }
    }
}

/// A part of the tickets: everything, one value of a dimension, or two values of two dimensions.
public struct Slice: Hashable, Sendable {
    public struct Part: Hashable, Sendable, Comparable {
        public let dimension: Dimension
        public let value: String

        public init(_ dimension: Dimension, _ value: String) {
            self.dimension = dimension
            self.value = value
        }

        public static func < (a: Part, b: Part) -> Bool {
            (a.dimension.index, a.value) < (b.dimension.index, b.value)
        }
    }

    /// In the order of `Dimension.allCases`; empty for everything.
    public let parts: [Part]

    public init(_ parts: [Part]) { self.parts = parts.sorted() }
    public init(_ dimension: Dimension, _ value: String) { parts = [Part(dimension, value)] }

    public static let everything = Slice([])

    public subscript(dimension: Dimension) -> String? { parts.first { $0.dimension == dimension }?.value }

    /// Whether every ticket of the other is in this one too.
    public func holds(_ other: Slice) -> Bool { parts.allSatisfy { other[$0.dimension] == $0.value } }

    /// `category=Email&group=Network`, percent-encoded, as it stands in an address and in the store; empty for
    /// everything.
    public var address: String {
        parts.map { "\($0.dimension.rawValue)=\(percentEncoded($0.value))" }.joined(separator: "&")
    }

    /// Reads what `address` writes.
    /// - Returns: Nil when a dimension is unknown, is named twice, or a value is not percent-encoded UTF-8.
    public init?(address: String) {
        var parts: [Part] = []
        for pair in address.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, let dimension = Dimension(rawValue: String(sides[0])),
                let value = percentDecoded(sides[1]), !parts.contains(where: { $0.dimension == dimension })
            else { return nil }
            parts.append(Part(dimension, value))
        }
        self.init(parts)
    }
}

extension Slice: Codable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// `{"category": "Email"}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for part in parts { try container.encode(part.value, forKey: Key(stringValue: part.dimension.rawValue)) }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            try container.allKeys.map { key in
                guard let dimension = Dimension(rawValue: key.stringValue) else {
                    throw DecodingError.dataCorruptedError(
                        forKey: key, in: container, debugDescription: "There is no dimension “\(key.stringValue)”.")
                }
                return Part(dimension, try container.decode(String.self, forKey: key))
            })
    }
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
public func percentEncoded(_ text: String) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95, 126: out.append(byte)
        default: out += [37, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        }
    }
    return String(decoding: out, as: UTF8.self)
}

/// The text that was percent-encoded; `+` stands for a blank, as forms send it.
/// - Returns: Nil when an escape is cut off or the bytes are not UTF-8.
public func percentDecoded(_ text: some StringProtocol) -> String? {
    func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var i = 0
    while i < bytes.count {
        if bytes[i] == 37 {
            guard i + 2 < bytes.count, let high = nibble(bytes[i + 1]), let low = nibble(bytes[i + 2]) else {
                return nil
            }
            out.append(high << 4 | low)
            i += 3
        } else {
            out.append(bytes[i] == 43 ? 32 : bytes[i])
            i += 1
        }
    }
    return String(validating: out, as: UTF8.self)
}
