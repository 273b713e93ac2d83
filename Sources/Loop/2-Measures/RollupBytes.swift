import Records

// How a roll-up lies in a store: a month of days as bytes. Per day its number in the month and the length of what follows;
// then the counters that are not 0 as (place, value), then the three sketches as (bucket step, count). All numbers are zigzag
// varints (LEB128). Because each day says how long it is, days that do not change are copied as they are.

extension Rollup {
    /// The days of one month as bytes; empty when nothing is left on any of them.
    public func encoded(month: Day) -> [UInt8] {
        var out: [UInt8] = []
        let length = (month + 31).startOfMonth - month
        for offset in 0..<length {
            if let totals = days[month + offset] { append(totals, offset: offset, to: &out) }
        }
        return out
    }

    /// Adds what `encoded` wrote.
    /// - Returns: False when the bytes are not such an encoding: the store is damaged.
    public mutating func add(encoded bytes: [UInt8], month: Day) -> Bool {
        var reader = VarintReader(bytes)
        while !reader.isAtEnd {
            guard let offset = reader.next().map({ Int($0) }), (0..<31).contains(offset),
                let size = reader.next().map({ Int($0) }), size >= 0, reader.position + size <= bytes.count
            else { return false }
            var totals = DayTotals()
            guard totals.read(&reader, through: reader.position + size) else { return false }
            add(totals, on: month + offset)
        }
        return true
    }
}

/// What changes in one month of one slice, day by day in an array.
public struct MonthTotals: Sendable {
    public let month: Day
    private var days: [DayTotals?]

    /// - Parameter month: The first day of the month.
    public init(month: Day) {
        self.month = month
        days = Array(repeating: nil, count: (month + 31).startOfMonth - month)
    }

    /// Adds the cohort part of a contribution that belongs to this month, or takes it away with `sign` −1.
    public mutating func addOpened(_ contribution: Contribution, sign: Int64) {
        let offset = contribution.opened.day - month
        if days[offset] == nil { days[offset] = DayTotals() }
        days[offset]?.addOpened(contribution, sign)
    }

    /// Adds the finish part alone.
    public mutating func addFinished(_ contribution: Contribution, sign: Int64) {
        guard let finished = contribution.finished else { return }
        let offset = finished.day - month
        if days[offset] == nil { days[offset] = DayTotals() }
        days[offset]?.addFinished(contribution, sign)
    }

    /// The stored month with these days added to it; the other days are copied unread.
    /// - Returns: Nil when the bytes are not such an encoding: the store is damaged.
    public func added(to stored: [UInt8]) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(stored.count + 256)
        var next = 0
        var reader = VarintReader(stored)
        while !reader.isAtEnd {
            let start = reader.position
            guard let offset = reader.next().map({ Int($0) }), (next..<days.count).contains(offset),
                let size = reader.next().map({ Int($0) }), size >= 0, reader.position + size <= stored.count
            else { return nil }
            for between in next..<offset {
                if let totals = days[between] { append(totals, offset: between, to: &out) }
            }
            let end = reader.position + size
            if let change = days[offset] {
                var totals = DayTotals()
                guard totals.read(&reader, through: end) else { return nil }
                totals.add(change)
                append(totals, offset: offset, to: &out)
            } else {
                out.append(contentsOf: stored[start..<end])
                reader.position = end
            }
            next = offset + 1
        }
        for between in next..<days.count {
            if let totals = days[between] { append(totals, offset: between, to: &out) }
        }
        return out
    }
}

private func append(_ totals: DayTotals, offset: Int, to out: inout [UInt8]) {
    if totals.isEmpty { return }
    var day: [UInt8] = []
    day.reserveCapacity(256)
    let counters = totals.counters
    appendVarint(Int64(counters.count { $0 != 0 }), to: &day)
    for i in counters.indices where counters[i] != 0 {
        appendVarint(Int64(i), to: &day)
        appendVarint(counters[i], to: &day)
    }
    for sketch in [totals.resolve, totals.business, totals.respond] {
        appendVarint(Int64(sketch.buckets.count), to: &day)
        var last: Int16 = 0
        for (bucket, count) in sketch.buckets {
            appendVarint(Int64(bucket - last), to: &day)
            appendVarint(Int64(count), to: &day)
            last = bucket
        }
    }
    appendVarint(Int64(offset), to: &out)
    appendVarint(Int64(day.count), to: &out)
    out.append(contentsOf: day)
}

extension DayTotals {
    /// Reads a day's counters and sketches, up to the given end.
    fileprivate mutating func read(_ reader: inout VarintReader, through end: Int) -> Bool {
        guard let used = reader.next(), used >= 0 else { return false }
        for _ in 0..<used {
            guard let place = reader.next(), let value = reader.next() else { return false }
            // A counter this version does not know is skipped: a later version wrote it.
            guard let counter = Counter(rawValue: Int(place)) else { continue }
            self[counter] = value
        }
        guard let resolve = Self.sketch(&reader), let business = Self.sketch(&reader),
            let respond = Self.sketch(&reader)
        else { return false }
        self.resolve = resolve
        self.business = business
        self.respond = respond
        guard reader.position <= end else { return false }
        reader.position = end
        return true
    }

    private static func sketch(_ reader: inout VarintReader) -> DurationSketch? {
        guard let count = reader.next(), count >= 0 else { return nil }
        var sketch = DurationSketch()
        var bucket: Int64 = 0
        for _ in 0..<count {
            guard let step = reader.next(), let value = reader.next() else { return nil }
            bucket += step
            sketch.append(bucket: Int16(clamping: bucket), count: Int32(clamping: value))
        }
        return sketch
    }
}

private func appendVarint(_ value: Int64, to out: inout [UInt8]) {
    var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
    while rest >= 128 {
        out.append(UInt8(truncatingIfNeeded: rest) | 128)
        rest >>= 7
    }
    out.append(UInt8(rest))
}

private struct VarintReader {
    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }

    /// - Returns: Nil at the end, or when the number is longer than 64 bits.
    mutating func next() -> Int64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 127) << shift
            if byte < 128 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
            shift += 7
        }
        return nil
    }
}
