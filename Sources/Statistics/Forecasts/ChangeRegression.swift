import Glibc

/// Each step's change from the four before it, about half the mean change: for series too short for a regression of its own
/// kind.
///
/// A ridge regression (Hoerl and Kennard 1970): the coefficients are drawn to none, the last value and half the drift, as
/// strongly as eight changes without any pattern would. O(n).
struct ChangeRegression {
    static let lags = 4
    static let strength = 8.0
    /// How much of the mean change goes on: trends seldom last.
    static let drift = 0.5

    private var changes: [Double] = []
    private var known: [Double] = []
    private var system = SymmetricSystem(capacity: Self.lags)

    init(capacity: Int) {
        changes.reserveCapacity(capacity)
        known.reserveCapacity(capacity)
    }

    /// Continues `z`; changes to or from a filled value are no targets.
    mutating func ahead(_ z: Span<Double>, observed: Span<Double>, steps: Int, into out: inout [Double]) {
        let n = z.count
        let last = z[n - 1]
        // The mean change as the mean of parts: a sum of the largest numbers would overflow.
        let mean = n > 1 ? (last / Double(n - 1) - z[0] / Double(n - 1)) * Self.drift : 0
        let largest = collect(z, observed, mean)
        guard largest > 0, largest.isFinite, fit() else {
            for k in 0..<steps { out[k] = last + Double(k + 1) * mean }
            return
        }
        var value = last
        for k in 0..<steps {
            var change = 0.0
            for l in 0..<Self.lags { change += system.right[l] * changes[changes.count - 1 - l] }
            changes.append(change)
            value += mean + change * largest
            out[k] = value
        }
    }

    /// The changes about the mean as shares of the largest, oldest first.
    /// - Returns: The largest.
    private mutating func collect(_ z: Span<Double>, _ observed: Span<Double>, _ mean: Double) -> Double {
        changes.removeAll(keepingCapacity: true)
        known.removeAll(keepingCapacity: true)
        var largest = 0.0
        for t in 1..<max(1, z.count) {
            let change = z[t] - z[t - 1] - mean
            changes.append(change)
            known.append(observed[t] * observed[t - 1])
            largest = max(largest, change.magnitude)
        }
        if largest > 0 { for t in changes.indices { changes[t] /= largest } }
        return largest
    }

    /// Leaves the coefficients in the system.
    /// - Returns: False where there are too few changes.
    private mutating func fit() -> Bool {
        let count = changes.count
        let m = Self.lags
        guard count >= m + 3 else { return false }
        var (sum, squares) = (0.0, 0.0)
        for change in changes {
            sum += change
            squares += change * change
        }
        let variance = squares / Double(count) - (sum / Double(count)) * (sum / Double(count))
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
