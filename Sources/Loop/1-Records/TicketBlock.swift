// Tickets of one kind as bytes, column by column: what a store keeps beside its records, so that an analysis reads a few dozen
// bytes a ticket and never the tickets themselves. Whole numbers as varints (LEB128), times as seconds from the opening,
// numbers by what they share with the one before, values of a dimension as places in a short list of names. A block says of a
// ticket what a `TicketTable` keeps of it, no more and no less; about 30 bytes.

extension TicketTable {
    private static let blockVersion: UInt64 = 1

    /// Some tickets as a block, in the order given. Equal tickets in the same order give equal bytes.
    ///
    /// Of a table that is not finished yet: a finished one has let go of the times of update.
    public func block(of rows: [Int]) -> [UInt8] {
        precondition(updated.count == count, "A block is made before the table is finished")
        var out = BlockWriter()
        out.add(Self.blockVersion)
        out.add(UInt64(rows.count))
        for i in rows { out.bytes.append(status[i]) }
        for i in rows { out.add(UInt64(flags[i].rawValue)) }
        var last: UInt32 = 0
        for i in rows {
            out.add(signed: Int64(opened[i]) - Int64(last))
            last = opened[i]
        }
        for times in [responded, resolved, closed, updated] {
            for i in rows {
                // 0 is none, so what follows the opening at once is 1.
                let step = Int64(times[i]) - Int64(opened[i])
                out.add(times[i] == 0 ? 0 : 1 + BlockWriter.zigzag(step))
            }
        }
        for dimension in Dimension.allCases { write(dimension, rows, &out) }
        for i in rows { out.bytes.append(reopens[i]) }
        for i in rows { out.add(UInt64(reassignments[i])) }
        let minutes = rows.map { $0 < work.count ? work[$0] : .nan }
        out.bytes.append(minutes.contains { $0.isFinite } ? 1 : 0)
        if minutes.contains(where: \.isFinite) { for m in minutes { out.add(m.isFinite ? m.bitPattern : .max) } }
        var before: [UInt8] = []
        for i in rows {
            let number = numbers.bytes(i)
            var shared = 0
            while shared < min(before.count, number.count), before[shared] == number[shared] { shared += 1 }
            out.add(UInt64(shared))
            out.add(UInt64(number.count - shared))
            out.bytes += number[shared...]
            before = number
        }
        return out.bytes
    }

    private func write(_ dimension: Dimension, _ rows: [Int], _ out: inout BlockWriter) {
        var places: [UInt32: UInt64] = [0: 0]
        var codes: [UInt32] = []
        var values: [UInt64] = []
        values.reserveCapacity(rows.count)
        let column = attributes.places(dimension)
        var known = [UInt64?](repeating: nil, count: column.names.count)
        for i in rows {
            let inColumn = column[i]
            if let place = known[inColumn] {
                values.append(place)
                continue
            }
            let code = column.names[inColumn].code
            let place = places[code] ?? UInt64(codes.count + 1)
            if places[code] == nil {
                places[code] = place
                codes.append(code)
            }
            known[inColumn] = place
            values.append(place)
        }
        out.add(UInt64(codes.count))
        for code in codes { out.add(UInt64(code)) }
        if !codes.isEmpty { for value in values { out.add(value) } }
    }

    /// Appends the tickets of a block. They can then not be found by number: a table read from blocks is for reading.
    /// - Parameter name: This table's name for a code of the block.
    /// - Returns: False when the bytes are not a block; the table is then not to be used.
    public mutating func append<E: Error>(
        block bytes: [UInt8], kind: TicketKind, name: (UInt32) throws(E) -> Name
    ) throws(E) -> Bool {
        var input = BlockReader(bytes)
        guard input.next() == Self.blockVersion, let count = input.next().flatMap({ Int(exactly: $0) }),
            count <= bytes.count
        else { return false }
        let first = self.count
        self.kind.append(contentsOf: repeatElement(kind.rawValue, count: count))
        for _ in 0..<count { status.append(input.byte()) }
        for _ in 0..<count { flags.append(Flags(rawValue: UInt32(truncatingIfNeeded: input.value()))) }
        var last: Int64 = 0
        for _ in 0..<count {
            last &+= input.signed()
            opened.append(UInt32(truncatingIfNeeded: last))
        }
        let openings = opened[first...]
        Self.readTimes(&responded, openings, &input)
        Self.readTimes(&resolved, openings, &input)
        Self.readTimes(&closed, openings, &input)
        Self.readTimes(&updated, openings, &input)
        for dimension in Dimension.allCases {
            guard let length = input.next().flatMap({ Int(exactly: $0) }), length <= bytes.count else { return false }
            var names = [Name.none]
            for _ in 0..<length { names.append(try name(UInt32(truncatingIfNeeded: input.value()))) }
            if length == 0 {
                attributes.append(dimension, [], of: names, count: count)
                continue
            }
            var places: [UInt32] = []
            places.reserveCapacity(count)
            for _ in 0..<count { places.append(UInt32(truncatingIfNeeded: input.value())) }
            guard places.allSatisfy({ Int($0) < names.count }) else { return false }
            attributes.append(dimension, places, of: names, count: count)
        }
        attributes.grow(by: count)
        for _ in 0..<count { reopens.append(input.byte()) }
        for _ in 0..<count { reassignments.append(UInt16(truncatingIfNeeded: input.value())) }
        if input.byte() == 1 {
            work.append(contentsOf: repeatElement(.nan, count: first - min(first, work.count)))
            for _ in 0..<count {
                let bits = UInt32(truncatingIfNeeded: input.value())
                work.append(bits == .max ? .nan : Float(bitPattern: bits))
            }
        } else if !work.isEmpty {
            work.append(contentsOf: repeatElement(.nan, count: count))
        }
        var number: [UInt8] = []
        for _ in 0..<count {
            guard let shared = input.next(), let rest = input.next(), shared <= number.count, rest <= bytes.count else {
                return false
            }
            number.removeLast(number.count - Int(shared))
            for _ in 0..<rest { number.append(input.byte()) }
            numbers.append(number.span)
        }
        return input.isAtEnd
    }

    private static func readTimes(_ times: inout [UInt32], _ opened: ArraySlice<UInt32>, _ input: inout BlockReader) {
        for at in opened {
            let value = input.value()
            let time = Int64(at) &+ BlockReader.unzigzag(value &- 1)
            times.append(value == 0 ? 0 : UInt32(truncatingIfNeeded: time))
        }
    }
}

/// Bytes with whole numbers in them.
public struct BlockWriter {
    public var bytes: [UInt8] = []

    public init() {}

    static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: (value << 1) ^ (value >> 63)) }

    public mutating func add(_ value: UInt64) {
        var rest = value
        while rest >= 128 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func add(_ value: UInt32) { add(UInt64(value)) }
    public mutating func add(signed value: Int64) { add(Self.zigzag(value)) }
}

/// Reads what a `BlockWriter` wrote. Past the end there are zeros, and `isAtEnd` is false.
public struct BlockReader {
    private let bytes: [UInt8]
    private var place = 0
    private var isPastEnd = false

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Everything has been read, and nothing more was asked for.
    public var isAtEnd: Bool { place == bytes.count && !isPastEnd }
    /// What has not been read.
    public var rest: [UInt8] { Array(bytes[place...]) }

    static func unzigzag(_ value: UInt64) -> Int64 { Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }

    mutating func byte() -> UInt8 {
        guard place < bytes.count else {
            isPastEnd = true
            return 0
        }
        place += 1
        return bytes[place - 1]
    }

    public mutating func value() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64 {
            let byte = byte()
            value |= UInt64(byte & 127) << shift
            if byte < 128 { return value }
            shift += 7
        }
        isPastEnd = true
        return value
    }

    public mutating func signed() -> Int64 { Self.unzigzag(value()) }

    /// A number; nil when the bytes have ended.
    public mutating func next() -> UInt64? {
        let value = value()
        return isPastEnd ? nil : value
    }
}
