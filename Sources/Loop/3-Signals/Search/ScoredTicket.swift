import Statistics

/// What the scores know of a ticket whose outcome is known: 16 bytes, kept in the order in which they are read, for a list of
/// a million places is walked some hundred times in a search.
struct ScoredTicket {
    /// Of times the logarithm of seconds; of shares what has been undone, on the logit scale.
    var value: Float
    let weight: Float
    let cell: UInt16
    let day: UInt16
    /// The ticket; of one without an event, its complement.
    private let mark: Int32

    init(_ ticket: Int32, isEvent: Bool, value: Float, weight: Float, cell: UInt16, day: UInt16) {
        mark = isEvent ? ticket : ~ticket
        self.value = value
        self.weight = weight
        self.cell = cell
        self.day = day
    }

    /// Its place in the columns.
    var ticket: Int32 { mark >= 0 ? mark : ~mark }
    /// It ended, or the answer is yes; otherwise it goes on, or the answer is no.
    var isEvent: Bool { mark >= 0 }

    /// Shorter first; ties in an order that has nothing to do with time.
    @inline(__always)
    static func precedes(_ a: Int32, _ va: Float, _ b: Int32, _ vb: Float) -> Bool {
        va != vb ? va < vb : mixed(UInt64(UInt32(bitPattern: a))) < mixed(UInt64(UInt32(bitPattern: b)))
    }

    @inline(__always)
    func precedes(_ other: ScoredTicket) -> Bool { Self.precedes(ticket, value, other.ticket, other.value) }
}

/// The code of one dimension of each of some tickets, in their order: a byte each as long as there are no more than 256.
struct PlaceCodes {
    private var low: [UInt8] = []
    private var high: [UInt8] = []

    init(_ codes: Codes, _ tickets: [ScoredTicket], count: Int) {
        low.reserveCapacity(tickets.count)
        if count > 256 { high.reserveCapacity(tickets.count) }
        for ticket in tickets {
            let code = codes[ticket.ticket]
            low.append(UInt8(truncatingIfNeeded: code))
            if count > 256 { high.append(UInt8(truncatingIfNeeded: code >> 8)) }
        }
    }

    @inline(__always)
    subscript(place: Int) -> UInt16 {
        high.isEmpty ? UInt16(low[place]) : UInt16(low[place]) | UInt16(high[place]) << 8
    }
}

/// Two sorted lists as one.
func merged(_ a: [Int32], _ b: [Int32], _ precedes: (Int32, Int32) -> Bool) -> [Int32] {
    var out: [Int32] = []
    out.reserveCapacity(a.count + b.count)
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
        if precedes(b[j], a[i]) {
            out.append(b[j])
            j += 1
        } else {
            out.append(a[i])
            i += 1
        }
    }
    out.append(contentsOf: a[i...])
    out.append(contentsOf: b[j...])
    return out
}

/// Room for ranking one list: a block a cell, and a score a ticket.
struct ScoreScratch {
    /// The tickets of a cell in one list.
    private struct Block {
        var atRisk = 0.0
        var surviving = 1.0
        var quarter = Double.nan
        var threeQuarters = Double.nan
        var scale = 1.0
        /// Tickets in the cell, 0 between lists.
        var count: Int32 = 0
        /// The block its tickets are ranked in: its own, or the last one, of small cells.
        var block: Int32 = 0
    }

    /// What the scores of one day add up to.
    private struct Day {
        var u = 0.0
        var i = 0.0
        var tickets = 0.0
    }

    private var blocks: [Block]
    private var met: [Int32] = []
    private var days: [Day]
    var scores: [Float] = []
    /// The tickets of a list that is short enough for the processor's own memory.
    var near: [ScoredTicket] = []
    static let nearMax = 16_384

    /// Tickets of a slice that make a block of their own.
    static let least: Int32 = 15

    init(cells: Int, days: Int) {
        blocks = Array(repeating: Block(), count: cells + 1)
        self.days = Array(repeating: Day(), count: days)
    }

    /// Ranks tickets within their cells. They must come in the order of their values plus `shift`.
    @inline(__always)
    mutating func rank(
        _ count: Int, _ shift: [Double]?, _ daily: inout ScoreSeries, _ ticket: (Int) -> ScoredTicket
    ) {
        if scores.count < count { scores.append(contentsOf: repeatElement(0, count: count - scores.count)) }
        Self.meet(count, &blocks, &met, ticket)
        Self.rank(count, shift, &blocks, met, &scores, &days, ticket)
        for c in met { blocks[Int(c)] = Block() }
        for t in days.indices {
            daily.u[t] = days[t].u
            daily.i[t] = days[t].i
            daily.tickets[t] = days[t].tickets
            days[t] = Day()
        }
    }

    @inline(__always)
    private static func rank(
        _ count: Int, _ shift: [Double]?, _ blocks: inout [Block], _ met: [Int32], _ scores: inout [Float],
        _ days: inout [Day], _ ticket: (Int) -> ScoredTicket
    ) {
        var blocks = blocks.mutableSpan
        var scores = scores.mutableSpan
        var days = days.mutableSpan
        for place in 0..<count {
            let one = ticket(place)
            let b = Int(blocks[Int(one.cell)].block)
            let w = Double(one.weight)
            let r = blocks[b].atRisk
            if one.isEvent {
                let left = blocks[b].surviving * (max(0, r) / (max(0, r) + w))
                blocks[b].surviving = left
                scores[place] = Float(1 - 2 * left)
                if left <= 0.75, blocks[b].quarter.isNaN {
                    blocks[b].quarter = Double(one.value) + (shift?[Int(one.day)] ?? 0)
                }
                if left <= 0.25, blocks[b].threeQuarters.isNaN {
                    blocks[b].threeQuarters = Double(one.value) + (shift?[Int(one.day)] ?? 0)
                }
            } else {
                scores[place] = Float(1 - blocks[b].surviving)
            }
            blocks[b].atRisk = r - w
        }
        // A score counts by how much a given change in hours would move it: steep where times lie close together.
        for c in met {
            let spread = blocks[Int(c)].threeQuarters - blocks[Int(c)].quarter
            blocks[Int(c)].scale = 1 / (spread.isNaN ? 4 : min(8, max(0.5, spread)))
        }
        for place in 0..<count {
            let one = ticket(place)
            let w = Double(one.weight)
            let u = w * Double(scores[place]) * blocks[Int(blocks[Int(one.cell)].block)].scale
            let day = Int(one.day)
            days[day].u += u
            days[day].i += u * u
            days[day].tickets += w
        }
    }

    /// Which cells there are, how many tickets each has, and which are so small that they are ranked together.
    @inline(__always)
    private static func meet(
        _ count: Int, _ blocks: inout [Block], _ met: inout [Int32], _ ticket: (Int) -> ScoredTicket
    ) {
        met.removeAll(keepingCapacity: true)
        var blocks = blocks.mutableSpan
        for place in 0..<count {
            let one = ticket(place)
            let c = Int(one.cell)
            if blocks[c].count == 0 { met.append(Int32(c)) }
            blocks[c].count += 1
            blocks[c].atRisk += Double(one.weight)
        }
        let rest = blocks.count - 1
        for c in met {
            let cell = Int(c)
            if blocks[cell].count < least {
                blocks[cell].block = Int32(rest)
                blocks[rest].atRisk += blocks[cell].atRisk
            } else {
                blocks[cell].block = c
            }
        }
        met.append(Int32(rest))
    }
}
