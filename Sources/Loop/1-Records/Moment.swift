/// An instant, in whole microseconds since 1970-01-01T00:00:00Z. Never a local time.
public struct Moment: Hashable, Comparable, Sendable, Codable {
    public var microseconds: Int64

    @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }
    @inlinable public init(seconds: Int64) { self.microseconds = seconds * 1_000_000 }

    /// Whole seconds since 1970, rounded down.
    @inlinable public var seconds: Int64 {
        microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
    }

    @inlinable public static func < (a: Moment, b: Moment) -> Bool { a.microseconds < b.microseconds }

    /// Hours from this moment to another; negative when the other is earlier.
    @inlinable public func hours(to later: Moment) -> Double {
        Double(later.microseconds - microseconds) / 3_600_000_000
    }

    public init(from decoder: any Decoder) throws {
        microseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}

extension Moment: CustomStringConvertible {
    /// RFC 3339 in UTC, to the second: `2016-02-29T01:16:00Z`.
    public var description: String {
        let s = seconds
        let day = Day(number: Int32(truncatingIfNeeded: s >= 0 ? s / 86_400 : (s - 86_399) / 86_400))
        let rest = s - Int64(day.number) * 86_400
        return "\(day)T\(twoDigits(rest / 3600)):\(twoDigits(rest / 60 % 60)):\(twoDigits(rest % 60))Z"
    }

    /// Reads what `description` writes, with an optional fraction of a second and an optional `±hh:mm` for `Z`.
    /// - Returns: Nil for anything else, including times that no clock shows.
    public init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let day = Day(text.prefix(10)), bytes[10] == UInt8(ascii: "T") || bytes[10] == 32,
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = digits(bytes[11...12]), let minute = digits(bytes[14...15]),
            let second = digits(bytes[17...18]), hour < 24, minute < 60, second < 60
        else { return nil }
        var i = 19
        var fraction: Int64 = 0
        if bytes[i] == UInt8(ascii: ".") {
            i += 1
            var unit: Int64 = 100_000
            while i < bytes.count, bytes[i] >= 48, bytes[i] <= 57 {
                fraction += Int64(bytes[i] - 48) * unit
                unit /= 10
                i += 1
            }
        }
        guard i < bytes.count else { return nil }
        var offset: Int64 = 0
        switch bytes[i] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"):
            guard i + 1 == bytes.count else { return nil }
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard i + 6 == bytes.count, bytes[i + 3] == UInt8(ascii: ":"),
                let h = digits(bytes[(i + 1)...(i + 2)]), let m = digits(bytes[(i + 4)...(i + 5)]), h < 24, m < 60
            else { return nil }
            offset = Int64(h * 3600 + m * 60) * (bytes[i] == UInt8(ascii: "+") ? 1 : -1)
        default: return nil
        }
        let clock = Int64(hour * 3600 + minute * 60 + second)
        self.init(microseconds: (Int64(day.number) * 86_400 + clock - offset) * 1_000_000 + fraction)
    }
}

func twoDigits(_ value: some BinaryInteger) -> String { value < 10 ? "0\(value)" : "\(value)" }

func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in bytes {
        guard byte >= 48, byte <= 57 else { return nil }
        value = value * 10 + Int(byte - 48)
    }
    return value
}
