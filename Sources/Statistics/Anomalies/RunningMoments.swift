/// A mean and a variance that forget: of all values while there are few, of the last `memory` or so later.
///
/// The gain is 1/n until it has fallen to 1/memory. Finch (2009), “Incremental calculation of weighted mean and variance”,
/// section 9. Constant time and memory.
struct RunningMoments: Sendable, Equatable {
    private(set) var mean = 0.0
    private(set) var variance = 0.0
    private(set) var count = 0.0
    let gainMin: Double

    init(memory: Double) { gainMin = 1 / memory }

    var deviation: Double { variance.squareRoot() }

    @inline(__always)
    mutating func learn(_ x: Double) {
        count += 1
        let gain = count * gainMin < 1 ? 1 / count : gainMin
        let difference = x - mean
        mean += gain * difference
        variance = (1 - gain) * (variance + gain * difference * difference)
    }

    /// The mean as it would be with one value more.
    @inline(__always)
    func mean(with x: Double) -> Double { mean + gainMin * (x - mean) }
}
