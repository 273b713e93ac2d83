import Glibc

/// A level with noise that remembers: an autoregression of low order, by Yule and Walker's equations (Levinson's recursion),
/// the order by Akaike's criterion with the correction for short series.
struct ResidualModel {
    let mean: Double
    /// Standard deviation of the points themselves.
    let deviation: Double
    let coefficients: [Double]
    private let innovations: [Double]
    private let bandwidth: Double
    private let shrink: Double

    /// - Throws: `tooShort` below 40 known values, `constant` when they are all alike. A gap is treated as the mean.
    init(_ values: [Double], most: Int = 5) throws(HoldingError) {
        let known = values.filter(\.isFinite)
        guard known.count >= 40, let centre = Statistics.mean(known) else {
            throw .tooShort(known: known.count, needed: 40)
        }
        let x = values.map { $0.isFinite ? $0 - centre : 0 }
        let n = Double(known.count)
        let covariance = (0...most).map { lag in
            lag >= x.count ? 0 : zip(x, x.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 } / n
        }
        guard covariance[0] > 0 else { throw .constant }
        mean = centre
        deviation = covariance[0].squareRoot()
        let phi = Self.fitted(covariance, n)
        coefficients = phi
        var left: [Double] = []
        for t in phi.count..<x.count where values[t].isFinite {
            left.append(phi.indices.reduce(x[t]) { $0 - phi[$1] * x[t - 1 - $1] })
        }
        let middle = left.reduce(0, +) / Double(left.count)
        left = left.map { $0 - middle }
        let variance = left.reduce(0) { $0 + $1 * $1 } / Double(left.count)
        bandwidth = 0.9 * variance.squareRoot() * Glibc.pow(Double(left.count), -0.2)
        shrink = (variance / (variance + bandwidth * bandwidth)).squareRoot()
        innovations = left
    }

    private static func fitted(_ covariance: [Double], _ n: Double) -> [Double] {
        var phi: [Double] = []
        var best: [Double] = []
        var variance = covariance[0]
        var least = n * Glibc.log(variance)
        for order in 1..<covariance.count {
            let reflection =
                phi.indices.reduce(covariance[order]) { $0 - phi[$1] * covariance[order - 1 - $1] } / variance
            phi = phi.indices.map { phi[$0] - reflection * phi[order - 2 - $0] } + [reflection]
            variance *= 1 - reflection * reflection
            guard variance > 0 else { break }
            let k = Double(order)
            let criterion = n * Glibc.log(variance) + 2 * (k + 1) * n / (n - k - 2)
            if criterion < least { (least, best) = (criterion, phi) }
        }
        return best
    }

    /// The variance of a mean of many points is this many times that of as many independent ones.
    var inflation: Double {
        let rest = 1 - coefficients.reduce(0, +)
        let innovation = innovations.reduce(0) { $0 + $1 * $1 } / Double(innovations.count)
        return max(0.2, innovation / (max(rest, 0.02) * max(rest, 0.02)) / (deviation * deviation))
    }

    /// A stream of points like those at hand, without change.
    func stream(seed: UInt64) -> Stream { Stream(self, seed: seed) }

    struct Stream {
        private let model: ResidualModel
        private var generator: SplitMix64
        private var past: [Double]

        init(_ model: ResidualModel, seed: UInt64) {
            self.model = model
            generator = SplitMix64(seed: seed)
            past = [Double](repeating: 0, count: model.coefficients.count)
            restart()
        }

        /// Forgets what came before: fifty points pass unseen.
        mutating func restart() {
            for i in past.indices { past[i] = 0 }
            if !past.isEmpty { for _ in 0..<50 { _ = next() } }
        }

        mutating func next() -> Double {
            let drawn = model.innovations[generator.below(model.innovations.count)]
            let smooth = model.bandwidth * Normal.quantile(max(1e-15, generator.uniform()))
            var x = model.shrink * (drawn + smooth)
            for i in past.indices { x += model.coefficients[i] * past[i] }
            for i in stride(from: past.count - 1, to: 0, by: -1) { past[i] = past[i - 1] }
            if !past.isEmpty { past[0] = x }
            return model.mean + x
        }
    }
}
