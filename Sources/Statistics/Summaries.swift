import Glibc

/// A sum that does not lose small terms beside large ones.
///
/// Neumaier (1974), ZAMM 54:39–51. Costs less than twice a plain sum.
public struct CompensatedSum: Sendable {
    private var sum = 0.0
    private var lost = 0.0

    public init() {}

    public mutating func add(_ x: Double) {
        let t = sum + x
        lost += sum.magnitude >= x.magnitude ? (sum - t) + x : (x - t) + sum
        sum = t
    }

    public var value: Double { sum + lost }
}

/// The sum of the values, compensated.
public func sum(_ values: [Double]) -> Double {
    var s = CompensatedSum()
    for x in values { s.add(x) }
    return s.value
}

/// The mean of the values; nil when there are none.
public func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : sum(values) / Double(values.count)
}

/// The quantile p of values in ascending order, interpolated between its neighbours (Hyndman & Fan 1996, type 7).
/// - Returns: Nil when there are no values.
public func quantile(sorted values: [Double], _ p: Double) -> Double? {
    precondition(p >= 0 && p <= 1, "A quantile is asked for a share from 0 to 1")
    guard let last = values.last else { return nil }
    let place = p * Double(values.count - 1)
    let below = Int(place)
    guard below + 1 < values.count else { return last }
    return values[below] + (place - Double(below)) * (values[below + 1] - values[below])
}

/// The quantile p of values in any order. O(n log n). Values must not be NaN.
public func quantile(_ values: [Double], _ p: Double) -> Double? { quantile(sorted: values.sorted(), p) }

/// The middle value; the mean of the two middle ones when their number is even. O(n log n). Nil when there are none.
public func median(_ values: [Double]) -> Double? { quantile(values, 0.5) }

/// The smallest value at or below which lies at least half of the weight. O(n log n).
/// - Returns: Nil when there is no weight.
public func weightedMedian(_ values: [Double], weights: [Double]) -> Double? {
    precondition(values.count == weights.count, "Each value has its weight")
    let total = sum(weights)
    guard total > 0 else { return nil }
    var running = 0.0
    for i in values.indices.sorted(by: { values[$0] < values[$1] }) {
        running += weights[i]
        if running >= total / 2 { return values[i] }
    }
    return values.max()
}

/// The median distance from the median, times 1.4826, so that it estimates a normal distribution's standard deviation.
public func medianDeviation(_ values: [Double]) -> Double? {
    guard let centre = median(values) else { return nil }
    return median(values.map { ($0 - centre).magnitude }).map { 1.4826 * $0 }
}
