import Records
import Statistics

/// The parts of the tickets that are large enough to say something about: everything, single values, and pairs of
/// values of two dimensions.
///
/// Tickets are never listed by slice: there would be a list entry for each ticket and pair of dimensions. A ticket's
/// slices are found from its codes, and a slice's tickets by walking one dimension at a time (see `TicketWalk`).
struct Slices {
    struct Key: Hashable {
        /// Places in `Columns.dimensions`; −1 is none.
        var a: Int8 = -1
        var b: Int8 = -1
        var codeA: UInt16 = 0
        var codeB: UInt16 = 0

        var dimensionCount: Int { a < 0 ? 0 : b < 0 ? 1 : 2 }
    }

    private(set) var keys: [Key] = [Key()]
    private(set) var tickets: [Int32]
    /// Slices that exist but are too small.
    private(set) var tooSmall: Int
    /// Everything and the slices of one dimension come first.
    private(set) var singleCount = 1

    /// The slice of each code of each dimension; −1 when it is not tested.
    private(set) var single: [[Int32]] = []
    private var pairs = PairTable()

    var count: Int { keys.count }
    var pairCount: Int { count - singleCount }

    static func leastOfSingle(days: Int) -> Int { max(100, Int((0.3 * Double(days)).rounded(.up))) }
    static func leastOfPair(days: Int) -> Int { max(100, Int((0.5 * Double(days)).rounded(.up))) }
    /// A pair that holds more than this share of a value's tickets says what the value says.
    static let pairShareMax = 0.9
    /// Days × slices kept in memory: 32 MB of daily counts. Beyond it the smallest pairs are left out.
    static let cellsMax = 4_000_000

    init(_ columns: Columns) {
        tickets = [Int32(columns.count)]
        tooSmall = columns.valuesTooSmall
        let n = columns.dimensions.count
        // A set of tickets is known by the wrapping sum of its tickets' hashes: equal sets, equal sums.
        var known = Set<UInt64>()
        for d in 0..<n {
            let k = columns.values[d].count
            var counts = [Int32](repeating: 0, count: k)
            var sums = [UInt64](repeating: 0, count: k)
            for i in 0..<columns.count {
                let c = Int(columns.codes[d][i])
                counts[c] += 1
                sums[c] &+= mixed(UInt64(i) &+ 1)
            }
            single.append([Int32](repeating: -1, count: k))
            for c in 1..<k where known.insert(sums[c]).inserted {
                single[d][c] = Int32(keys.count)
                keys.append(Key(a: Int8(d), codeA: UInt16(c)))
                tickets.append(counts[c])
            }
        }
        singleCount = keys.count
        var found = candidates(columns, &known)
        let room = max(0, Self.cellsMax / max(1, columns.days) - singleCount)
        if found.count > room {
            tooSmall += found.count - room
            found = Array(
                found.enumerated().sorted { ($0.element.tickets, $1.offset) > ($1.element.tickets, $0.offset) }
                    .prefix(room).sorted { $0.offset < $1.offset }.map(\.element))
        }
        pairs = PairTable(capacity: found.count)
        for pair in found {
            pairs.insert(pair.key, Int32(keys.count))
            keys.append(pair.key)
            tickets.append(pair.tickets)
        }
    }

    /// Which values have a pair with which later dimension among those touched (nil is all): an entry for each single slice
    /// and dimension.
    func pairsWanted(_ touched: [Bool]?) -> [Bool] {
        let n = single.count
        var wanted = [Bool](repeating: false, count: singleCount * n)
        for s in singleCount..<count where touched?[s] ?? true {
            let key = keys[s]
            wanted[Int(single[Int(key.a)][Int(key.codeA)]) * n + Int(key.b)] = true
        }
        return wanted
    }

    private mutating func candidates(
        _ columns: Columns, _ known: inout Set<UInt64>
    ) -> [(key: Key, tickets: Int32)] {
        let least = Int32(Self.leastOfPair(days: columns.days))
        let n = columns.dimensions.count
        var found: [(key: Key, tickets: Int32)] = []
        for a in 0..<n where a + 1 < n {
            let lists = CodeLists(columns.codes[a], count: columns.values[a].count)
            for b in (a + 1)..<n {
                let codes = columns.codes[b]
                var counts = [Int32](repeating: 0, count: columns.values[b].count)
                var sums = [UInt64](repeating: 0, count: columns.values[b].count)
                for ca in 1..<columns.values[a].count where single[a][ca] >= 0 {
                    for c in counts.indices {
                        counts[c] = 0
                        sums[c] = 0
                    }
                    for k in lists.range(ca) {
                        let i = Int(lists.order[k])
                        let c = Int(codes[i])
                        counts[c] += 1
                        sums[c] &+= mixed(UInt64(i) &+ 1)
                    }
                    let parent = tickets[Int(single[a][ca])]
                    for cb in 1..<counts.count where counts[cb] > 0 && single[b][cb] >= 0 {
                        if counts[cb] < least {
                            tooSmall += 1
                            continue
                        }
                        let smaller = Double(min(parent, tickets[Int(single[b][cb])]))
                        guard Double(counts[cb]) < Self.pairShareMax * smaller, known.insert(sums[cb]).inserted else {
                            continue
                        }
                        found.append(
                            (Key(a: Int8(a), b: Int8(b), codeA: UInt16(ca), codeB: UInt16(cb)), counts[cb]))
                    }
                }
            }
        }
        return found
    }

    /// The slice of a pair of values; nil when it is not tested.
    func pair(_ a: Int, _ codeA: UInt16, _ b: Int, _ codeB: UInt16) -> Int? {
        pairs[Key(a: Int8(a), b: Int8(b), codeA: codeA, codeB: codeB)]
    }

    /// Calls the body with each slice that holds a ticket.
    @inline(__always)
    func forEach(of i: Int, in columns: Columns, _ body: (Int) -> Void) {
        body(0)
        let n = columns.codes.count
        for a in 0..<n {
            let ca = columns.codes[a][i]
            guard ca != 0 else { continue }
            let s = single[a][Int(ca)]
            if s >= 0 { body(Int(s)) }
            guard pairCount > 0, a + 1 < n else { continue }
            for b in (a + 1)..<n {
                let cb = columns.codes[b][i]
                if cb != 0, let s = pair(a, ca, b, cb) { body(s) }
            }
        }
    }

    /// Whether a ticket is in a slice.
    @inline(__always)
    func holds(_ slice: Int, _ ticket: Int32, in columns: Columns) -> Bool {
        let key = keys[slice]
        if key.a >= 0, columns.codes[Int(key.a)][ticket] != key.codeA { return false }
        return key.b < 0 || columns.codes[Int(key.b)][ticket] == key.codeB
    }

    /// The tickets of a slice, in the order of the columns.
    func tickets(of slice: Int, in columns: Columns) -> [Int32] {
        var found: [Int32] = []
        found.reserveCapacity(Int(tickets[slice]))
        for i in 0..<Int32(columns.count) where holds(slice, i, in: columns) { found.append(i) }
        return found
    }

    /// The place of a slice given in words; nil when it is not tested.
    func index(of slice: Slice, _ columns: Columns, _ names: Names) -> Int? {
        var found: [(d: Int, code: UInt16)] = []
        for part in slice.parts {
            guard let d = columns.dimensions.firstIndex(of: part.dimension), let name = names.existing(part.value),
                let code = columns.values[d].firstIndex(of: name)
            else { return nil }
            found.append((d, UInt16(code)))
        }
        switch found.count {
        case 0: return 0
        case 1:
            let s = single[found[0].d][Int(found[0].code)]
            return s >= 0 ? Int(s) : nil
        case 2: return pair(found[0].d, found[0].code, found[1].d, found[1].code)
        default: return nil
        }
    }

    /// The slice in words.
    func slice(_ index: Int, _ columns: Columns, _ names: Names) -> Slice {
        let key = keys[index]
        var parts: [Slice.Part] = []
        for (d, code) in [(key.a, key.codeA), (key.b, key.codeB)] where d >= 0 {
            parts.append(
                Slice.Part(columns.dimensions[Int(d)], names[columns.values[Int(d)][Int(code)]]))
        }
        return Slice(parts)
    }
}

/// Places in the order of their code: a counting sort. Those of one code keep the order they came in.
struct CodeLists {
    let order: [Int32]
    private let starts: [Int32]

    /// The tickets of the columns by their code.
    init(_ codes: Codes, count: Int) { self.init(count, places: codes.count) { codes[$0] } }

    /// Places from 0 on.
    @inline(__always)
    init(_ codes: Int, places: Int, code: (Int) -> UInt16) {
        self.init(codes, places, { Int32(truncatingIfNeeded: $0) }, code)
    }

    /// The places of a list.
    @inline(__always)
    init(_ codes: Int, of list: ArraySlice<Int32>, code: (Int) -> UInt16) {
        let list = list.span
        self.init(codes, list.count, { list[$0] }, code)
    }

    @inline(__always)
    private init(_ codes: Int, _ count: Int, _ place: (Int) -> Int32, _ code: (Int) -> UInt16) {
        var starts = [Int32](repeating: 0, count: codes + 1)
        for k in 0..<count { starts[Int(code(Int(place(k)))) + 1] += 1 }
        for c in 0..<codes { starts[c + 1] += starts[c] }
        var next = starts
        var order = [Int32](repeating: 0, count: count)
        for k in 0..<count {
            let c = Int(code(Int(place(k))))
            order[Int(next[c])] = place(k)
            next[c] += 1
        }
        self.order = order
        self.starts = starts
    }

    func range(_ code: Int) -> Range<Int> { Int(starts[code])..<Int(starts[code + 1]) }
}

/// From a pair of values to its slice: open addressing over one array.
private struct PairTable {
    private var keys: [UInt64]
    private var values: [Int32]

    init(capacity: Int = 0) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        keys = Array(repeating: 0, count: size)
        values = Array(repeating: -1, count: size)
    }

    @inline(__always)
    private static func bits(_ key: Slices.Key) -> UInt64 {
        UInt64(UInt8(bitPattern: key.a)) << 48 | UInt64(UInt8(bitPattern: key.b)) << 40 | UInt64(key.codeA) << 16
            | UInt64(key.codeB) | 1 << 63
    }

    mutating func insert(_ key: Slices.Key, _ value: Int32) {
        let bits = Self.bits(key)
        var slot = Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 32) & (keys.count - 1)
        while keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
        keys[slot] = bits
        values[slot] = value
    }

    @inline(__always)
    subscript(key: Slices.Key) -> Int? {
        let bits = Self.bits(key)
        var slot = Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 32) & (keys.count - 1)
        while keys[slot] != 0 {
            if keys[slot] == bits { return Int(values[slot]) }
            slot = (slot + 1) & (keys.count - 1)
        }
        return nil
    }
}
