import Records
import Store

// A ticket's history lies beside it in the store as bytes, in the order in which it happened: for each event the
// microseconds since the one before, the field, and the numbers of the names from, to and by, as zigzag varints (LEB128). A
// ticket has some ten events and a history is always read as a whole, so a row an event would cost ten times as much to write
// and to read, and say no more.

/// An event as it is stored: names are the store's numbers.
struct StoredEvent: Equatable {
    var at: Int64
    var field: Int64
    var from: Int64
    var to: Int64
    var by: Int64
}

enum HistoryBytes {
    /// Appends events to a history; `last` is the moment of its last event, 0 when it is empty.
    static func append(_ events: [StoredEvent], after last: Int64, to bytes: inout [UInt8]) {
        var last = last
        for event in events {
            for value in [event.at - last, event.field, event.from, event.to, event.by] {
                var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
                while rest >= 128 {
                    bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
                    rest >>= 7
                }
                bytes.append(UInt8(rest))
            }
            last = event.at
        }
    }

    /// - Returns: Nil when the bytes are not a history: the store is damaged.
    static func events(_ bytes: [UInt8]) -> [StoredEvent]? {
        var out: [StoredEvent] = []
        var i = 0
        var last: Int64 = 0
        func next() -> Int64? {
            var value: UInt64 = 0
            var shift: UInt64 = 0
            while i < bytes.count, shift < 64 {
                let byte = bytes[i]
                i += 1
                value |= UInt64(byte & 127) << shift
                if byte < 128 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
                shift += 7
            }
            return nil
        }
        while i < bytes.count {
            guard let step = next(), let field = next(), let from = next(), let to = next(), let by = next() else {
                return nil
            }
            last += step
            out.append(StoredEvent(at: last, field: field, from: from, to: to, by: by))
        }
        return out
    }
}
