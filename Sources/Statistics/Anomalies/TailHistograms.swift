/// How often each of eight quantities was as large as it is now: eight histograms of logarithms side by side.
///
/// Each has 128 bins of a quarter of an octave, from 2⁻¹⁶ up; what lies outside goes to the outermost bins. Bins stand in
/// blocks of 16 with a sum for each block, so that the mass above a bin is two short vector sums. Old rows are forgotten
/// by letting new ones weigh more and more (and by scaling everything back once in a long while).
struct TailHistograms: Sendable {
    static let lanes = 8
    /// Rows after which forgetting starts, and over which it reaches.
    private static let memory: Float = 20_000
    /// How fast the record of the largest value sinks, in octaves a row: four octaves over the memory.
    private static let recordDecay: Float = 4 / 20_000
    /// A new row weighs at most this much before everything is scaled back: Float32 still counts exactly enough.
    private static let unitMax: Float = 256

    // The bins lane after lane, then the sums of blocks lane after lane.
    private var bins = [Float](repeating: 0, count: 1024 + 64)
    private var mass = SIMD8<Float>.zero
    /// The largest logarithm seen in each lane; it sinks slowly.
    private(set) var records = SIMD8<Float>(repeating: -1e30)
    /// The weight of the next row.
    private var unit: Float = 1
    private var rows: Float = 0
    // Weights of the places of a block, and of the blocks: nothing below a place, half at it (for bins), one above.
    private let within = (0..<16).map { place in
        SIMD16<Float>((0..<16).map { $0 < place ? 0 : $0 == place ? 0.5 : 1 })
    }
    private let beyond = (0..<8).map { place in SIMD8<Float>((0..<8).map { $0 <= place ? 0 : 1 }) }
    /// Up to this bin at least a fifth of the rows were at least as large: nothing to look at there.
    private var ordinary = SIMD8<Int32>(repeating: -1)
    private var rowsUntilRefresh = 1

    /// The bins of logarithms.
    @inline(__always)
    static func bins(of logarithms: SIMD8<Float>) -> SIMD8<Int32> {
        let place = limited(positive((logarithms + 16) * 4), 127)
        // Rounded by adding 1.5 · 2²³: the number is then in the last bits. Just under ½ makes it a rounding down.
        return bits((place - 0.498) + 12_582_912) & SIMD8<Int32>(repeating: 0x7F)
    }

    /// Whether any lane is worth a look: less than a fifth of its rows were at least as large.
    @inline(__always)
    func isStrange(_ place: SIMD8<Int32>) -> Bool {
        let d = ordinary &- place
        let four = d.lowHalf | d.highHalf
        let two = four.lowHalf | four.highHalf
        return (two.x | two.y) < 0
    }

    /// For each lane the share of learned rows that were at least as large: a tie counts half, and so does the row itself.
    ///
    /// Where the share is above one in ten it may be given as 1.
    @inline(__always)
    func shares(above place: SIMD8<Int32>) -> SIMD8<Float> {
        let bins = unsafe bins.span.bytes
        let above = SIMD8<Float>(
            mass(above: place[0], in: 0, bins), mass(above: place[1], in: 1, bins),
            mass(above: place[2], in: 2, bins), mass(above: place[3], in: 3, bins),
            mass(above: place[4], in: 4, bins), mass(above: place[5], in: 5, bins),
            mass(above: place[6], in: 6, bins), mass(above: place[7], in: 7, bins))
        return (above + 0.5 * unit) / (mass + unit)
    }

    @inline(__always)
    private func mass(above place: Int32, in lane: Int, _ bins: RawSpan) -> Float {
        guard place > ordinary[lane] else { return mass[lane] }
        let bin = Int(place)
        let block = bin >> 4
        let blocks = unsafe bins.unsafeLoadUnaligned(fromByteOffset: 4096 &+ lane &* 32, as: SIMD8<Float>.self)
        let near = unsafe bins.unsafeLoadUnaligned(
            fromByteOffset: lane &* 512 &+ block &* 64, as: SIMD16<Float>.self)
        return sum(blocks * beyond[block]) + sum(near * within[bin & 15])
    }

    /// Learns a row.
    /// - Parameter taught: 1 for lanes that learn, 0 for lanes that stay as they are.
    @inline(__always)
    mutating func learn(_ logarithms: SIMD8<Float>, in place: SIMD8<Int32>, where taught: SIMD8<Float>) {
        let weights = unit * taught
        add(weights, at: place)
        mass += weights
        // A lane that does not learn is offered something below any record.
        records = larger(logarithms * taught - (1 - taught) * 1e30, records - Self.recordDecay)
        rows += 1
        rowsUntilRefresh -= 1
        if rowsUntilRefresh == 0 { refresh() }
        if rows >= Self.memory { forget() }
    }

    @inline(__always)
    private mutating func add(_ weights: SIMD8<Float>, at place: SIMD8<Int32>) {
        var bins = bins.mutableSpan
        for lane in 0..<Self.lanes {
            let bin = Int(place[lane])
            bins[lane &* 128 &+ bin] += weights[lane]
            bins[1024 &+ lane &* 8 &+ (bin >> 4)] += weights[lane]
        }
    }

    /// Finds anew below which bin nothing is worth a look. In the rows until the next time a share falls by less than an
    /// eighth, so what was a fifth stays above one in ten.
    @inline(never)
    private mutating func refresh() {
        rowsUntilRefresh = max(1, min(128, Int(rows) / 8))
        for lane in 0..<Self.lanes {
            var above: Float = 0
            var bin = 127
            while bin >= 0, above + 0.5 * bins[lane * 128 + bin] < 0.2 * mass[lane] {
                above += bins[lane * 128 + bin]
                bin -= 1
            }
            ordinary[lane] = mass[lane] > 0 ? Int32(bin) : -1
        }
    }

    @inline(__always)
    private mutating func forget() {
        rows = Self.memory
        unit *= 1 / (1 - 1 / Self.memory)
        if unit > Self.unitMax { scaleBack() }
    }

    @inline(never)
    private mutating func scaleBack() {
        let scale = 1 / unit
        for i in bins.indices { bins[i] *= scale }
        mass *= scale
        unit = 1
    }
}

@inline(__always)
private func sum(_ v: SIMD16<Float>) -> Float { sum(v.lowHalf + v.highHalf) }

@inline(__always)
private func sum(_ v: SIMD8<Float>) -> Float {
    let four = v.lowHalf + v.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
}

// Comparisons by the sign bit of a difference: for numbers that are not “not a number”.

@inline(__always)
private func bits(_ v: SIMD8<Float>) -> SIMD8<Int32> { unsafe unsafeBitCast(v, to: SIMD8<Int32>.self) }

@inline(__always)
private func floats(_ v: SIMD8<Int32>) -> SIMD8<Float> { unsafe unsafeBitCast(v, to: SIMD8<Float>.self) }

/// What is negative becomes 0.
@inline(__always)
func positive(_ v: SIMD8<Float>) -> SIMD8<Float> {
    let bits = bits(v)
    return floats(bits & ~(bits &>> 31))
}

/// What is larger than the limit becomes the limit; what is far below it may lose its last bit.
@inline(__always)
func limited(_ v: SIMD8<Float>, _ limit: Float) -> SIMD8<Float> { limit - positive(limit - v) }

/// The larger one in each lane.
@inline(__always)
private func larger(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> SIMD8<Float> {
    let isLess = bits(a - b) &>> 31
    return floats((bits(b) & isLess) | (bits(a) & ~isLess))
}
