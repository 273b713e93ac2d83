import Glibc

/// Each step's change from the four before it, about a share of the usual change: for series too short for a regression of
/// its own kind.
///
/// The usual change is the mean of the middle half of all (the interquartile mean), so that neither odd first years nor one
/// leap make the trend. What departs from it by more than three standard deviations (by the median, Hampel 1974) counts as
/// three. A ridge regression (Hoerl and Kennard 1970): the coefficients are drawn to none, the last value and the drift, as
/// strongly as eight changes without any pattern would. O(n).
struct ChangeRegression {
    static let lags = 4
    static let strength = 8.0
    /// How far a departure counts, in standard deviations.
    static let reach = 3.0

    /// How much of the usual change goes on: trends seldom last.
    let drift: Double
    private var changes: [Double] = []
    private var known: [Double] = []
    private var sorted: [Double] = []
    private var system = SymmetricSystem(capacity: Self.lags)

    init(drift: Double, capacity: Int) {
        self.drift = drift
        changes.reserveCapacity(capacity)
        known.reserveCapacity(capacity)
        sorted.reserveCapacity(capacity)
    }

    /// Continues `z`; changes to or from a filled value are no targets.
    mutating func ahead(_ z: Span<Double>, observed: Span<Double>, steps: Int, into out: inout [Double]) {
        let last = z[z.count - 1]
        collect(z, observed)
        let usual = drift * middleMean()
        let largest = centre(on: usual)
        let order = min(Self.lags, changes.count - 3)
        guard largest > 0, largest.isFinite, order > 0, fit(order) else {
            for k in 0..<steps { out[k] = last + Double(k + 1) * usual }
            return
        }
        var value = last
        for k in 0..<steps {
            var change = 0.0
            for l in 0..<order { change += system.right[l] * changes[changes.count - 1 - l] }
            changes.append(change)
            value += usual + change * largest
            out[k] = value
        }
    }

    /// The changes, oldest first, and whether both their ends were observed.
    private mutating func collect(_ z: Span<Double>, _ observed: Span<Double>) {
        changes.removeAll(keepingCapacity: true)
        known.removeAll(keepingCapacity: true)
        for t in 1..<max(1, z.count) {
            changes.append(z[t] - z[t - 1])
            known.append(observed[t] * observed[t - 1])
        }
    }

    /// The mean of the middle half of the changes; 0 without any.
    private mutating func middleMean() -> Double {
        guard !changes.isEmpty else { return 0 }
        sorted.removeAll(keepingCapacity: true)
        sorted.append(contentsOf: changes)
        sorted.sort()
        let cut = sorted.count / 4
        let count = Double(sorted.count - 2 * cut)
        // A mean of parts: a sum of the largest numbers would overflow.
        var mean = 0.0
        for i in cut..<(sorted.count - cut) { mean += sorted[i] / count }
        return mean.isFinite ? mean : 0
    }

    /// The changes about the usual one, the farthest drawn in, as shares of the largest.
    /// - Returns: The largest.
    private mutating func centre(on usual: Double) -> Double {
        let count = changes.count
        guard count > 0 else { return 0 }
        for t in 0..<count {
            changes[t] -= usual
            sorted[t] = changes[t].magnitude
        }
        let limit = Self.reach * 1.4826 * selectedMedian(of: &sorted, count: count)
        var largest = 0.0
        for t in 0..<count {
            if limit > 0 { changes[t] = max(-limit, min(limit, changes[t])) }
            largest = max(largest, changes[t].magnitude)
        }
        if largest > 0 { for t in 0..<count { changes[t] /= largest } }
        return largest
    }

    /// Leaves the coefficients in the system.
    /// - Returns: False where they cannot be told.
    private mutating func fit(_ m: Int) -> Bool {
        let count = changes.count
        var squares = 0.0
        for change in changes { squares += change * change }
        let variance = squares / Double(count)
        system.begin(order: m)
        for i in 0..<m {
            for j in 0...i {
                var product = 0.0
                for t in m..<count { product += known[t] * changes[t - 1 - i] * changes[t - 1 - j] }
                system.matrix[i * m + j] = product + (i == j ? Self.strength * variance : 0)
            }
            var product = 0.0
            for t in m..<count { product += known[t] * changes[t - 1 - i] * changes[t] }
            system.right[i] = product
        }
        return system.solve()
    }
}
