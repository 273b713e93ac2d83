/// The numbers of many tickets. `INC0000045` and its like are kept as a shape (`INC`, seven digits) and a number: six bytes
/// each, however long they are; what is not of that form is kept as it is.
struct NumberColumn: Sendable {
    /// Letters, then so many digits.
    private struct Shape: Hashable {
        var prefix: [UInt8]
        var digits: Int
    }

    private var shapes: [Shape] = [Shape(prefix: [], digits: 0)]
    private var places: [Shape: UInt16] = [:]
    private var shape: [UInt16] = []
    /// The number; of a text without a shape, its place in `texts`.
    private var value: [UInt32] = []
    private var texts: [[UInt8]] = []

    var count: Int { value.count }

    mutating func reserve(_ capacity: Int) {
        shape.reserveCapacity(capacity)
        value.reserveCapacity(capacity)
    }

    mutating func append(_ bytes: Span<UInt8>) {
        if let (prefix, number) = Self.split(bytes) {
            let key = Shape(prefix: (0..<prefix).map { bytes[$0] }, digits: bytes.count - prefix)
            if let place = place(of: key) {
                shape.append(place)
                value.append(number)
                return
            }
        }
        shape.append(0)
        value.append(UInt32(texts.count))
        texts.append(bytes.indices.map { bytes[$0] })
    }

    private mutating func place(of key: Shape) -> UInt16? {
        if let known = places[key] { return known }
        guard shapes.count < 65_535 else { return nil }
        let place = UInt16(shapes.count)
        shapes.append(key)
        places[key] = place
        return place
    }

    /// Where the digits at the end begin, and what they say; nil when there are none or too many for 32 bits.
    private static func split(_ bytes: Span<UInt8>) -> (prefix: Int, number: UInt32)? {
        var start = bytes.count
        while start > 0, bytes.count - start < 9, bytes[start - 1] >= 48, bytes[start - 1] <= 57 { start -= 1 }
        guard start < bytes.count, start <= 32 else { return nil }
        var number: UInt32 = 0
        for i in start..<bytes.count { number = number * 10 + UInt32(bytes[i] - 48) }
        return (start, number)
    }

    func bytes(_ row: Int) -> [UInt8] {
        let shape = shapes[Int(shape[row])]
        if shape.digits == 0 { return texts[Int(value[row])] }
        var out = shape.prefix + [UInt8](repeating: 48, count: shape.digits)
        var rest = value[row]
        var i = out.count - 1
        while rest > 0 {
            out[i] = 48 + UInt8(rest % 10)
            rest /= 10
            i -= 1
        }
        return out
    }

    /// Whether a row's number is this text. No allocation where it has a shape.
    func matches(_ row: Int, _ bytes: Span<UInt8>) -> Bool {
        let shape = shapes[Int(shape[row])]
        if shape.digits == 0 {
            let text = texts[Int(value[row])]
            return same(text.span, bytes)
        }
        guard bytes.count == shape.prefix.count + shape.digits else { return false }
        for i in shape.prefix.indices where bytes[i] != shape.prefix[i] { return false }
        var number: UInt32 = 0
        for i in shape.prefix.count..<bytes.count {
            guard bytes[i] >= 48, bytes[i] <= 57 else { return false }
            number = number * 10 + UInt32(bytes[i] - 48)
        }
        return number == value[row]
    }

    /// The order of the texts.
    func isBefore(_ a: Int, _ b: Int) -> Bool {
        if shape[a] == shape[b], shape[a] != 0 { return value[a] < value[b] }
        return bytes(a).lexicographicallyPrecedes(bytes(b))
    }
}
