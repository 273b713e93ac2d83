/// The least-squares line through values at 1, 2, 3, …
func line(_ z: Span<Double>) -> (intercept: Double, slope: Double) {
    let n = Double(z.count)
    guard z.count > 1 else { return (z.count == 1 ? z[0] : 0, 0) }
    var sum = 0.0
    var moment = 0.0
    for t in 0..<z.count {
        sum += z[t]
        moment += Double(t) * z[t]
    }
    let middle = (n - 1) / 2
    let slope = (moment - middle * sum) / (n * (n * n - 1) / 12)
    return (sum / n - slope * (middle + 1), slope)
}

/// Simple exponential smoothing with half the line's slope, or another share, as drift.
///
/// Assimakopoulos and Nikolopoulos (2000), the theta method, in the form Hyndman and Billah (2003) gave it. The smoothing
/// constant is the one of a grid with the least squared errors one step ahead.
struct Theta {
    static let steepDrift = 0.75
    private static let gridLow = SIMD8(0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
    private static let gridHigh = SIMD8(0.6, 0.7, 0.8, 0.9, 0.99, 0.99, 0.99, 0.99)

    var smoothing = 0.5
    /// The share of the line's slope that goes on.
    var drift = 0.5

    private static func start(_ z: Span<Double>, _ d: Double) -> Double {
        let count = min(z.count, 10)
        var sum = 0.0
        for t in 0..<count { sum += z[t] }
        return sum / Double(count) - d * Double(count + 1) / 2
    }

    /// Tries the grid, sixteen constants side by side.
    mutating func choose(_ z: Span<Double>) {
        let d = drift * line(z).slope
        let first = Self.start(z, d)
        var low = SIMD8(repeating: first)
        var high = low
        var lowSquares = SIMD8<Double>.zero
        var highSquares = lowSquares
        for t in 0..<z.count {
            let lowError = SIMD8(repeating: z[t] - d) - low
            let highError = SIMD8(repeating: z[t] - d) - high
            lowSquares += lowError * lowError
            highSquares += highError * highError
            low += SIMD8(repeating: d) + Self.gridLow * lowError
            high += SIMD8(repeating: d) + Self.gridHigh * highError
        }
        var least = Double.infinity
        for i in 0..<8 where lowSquares[i] < least {
            least = lowSquares[i]
            smoothing = Self.gridLow[i]
        }
        for i in 0..<8 where highSquares[i] < least {
            least = highSquares[i]
            smoothing = Self.gridHigh[i]
        }
    }

    func ahead(_ z: Span<Double>, steps: Int, into out: inout [Double]) {
        let d = drift * line(z).slope
        var level = Self.start(z, d)
        for t in 0..<z.count { level += d + smoothing * (z[t] - level - d) }
        for k in 0..<steps { out[k] = level + Double(k + 1) * d }
    }
}

/// Exponential smoothing with a trend that fades: Gardner and McKenzie (1985).
///
/// The constants are found in two rounds on a grid: the level's with a usual trend, then it and its neighbours with several
/// trends. Least squared errors one step ahead.
struct DampedTrend {
    private static let levels = SIMD8(0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 0.99)
    private static let slopes = [0.03, 0.1, 0.25]
    private static let dampings = [0.85, 0.93, 0.98]

    var level = 0.3
    var slope = 0.1
    var damping = 0.93

    private static func start(_ z: Span<Double>) -> (level: Double, slope: Double) {
        let first = line(z.extracting(0..<min(z.count, 12)))
        return (first.intercept, first.slope)
    }

    /// The squared errors of eight settings side by side.
    private static func squares(
        _ z: Span<Double>, _ a: SIMD8<Double>, _ ab: SIMD8<Double>, _ phi: SIMD8<Double>
    ) -> SIMD8<Double> {
        let first = start(z)
        var level = SIMD8(repeating: first.level)
        var slope = SIMD8(repeating: first.slope)
        var squares = SIMD8<Double>.zero
        for t in 0..<z.count {
            let fall = phi * slope
            let expected = level + fall
            let error = SIMD8(repeating: z[t]) - expected
            squares += error * error
            level = expected + a * error
            slope = fall + ab * error
        }
        return squares
    }

    mutating func choose(_ z: Span<Double>) {
        let first = Self.squares(z, Self.levels, Self.levels * 0.1, SIMD8(repeating: 0.93))
        var place = 0
        for i in 1..<8 where first[i] < first[place] { place = i }
        var settings: [(Double, Double, Double)] = []
        settings.reserveCapacity(32)
        for i in max(0, place - 1)...min(7, place + 1) {
            for slope in Self.slopes {
                for damping in Self.dampings { settings.append((Self.levels[i], slope, damping)) }
            }
        }
        var least = Double.infinity
        var from = 0
        while from < settings.count {
            var a = SIMD8<Double>.zero
            var ab = a
            var phi = a
            for i in 0..<8 {
                let setting = settings[min(from + i, settings.count - 1)]
                a[i] = setting.0
                ab[i] = setting.0 * setting.1
                phi[i] = setting.2
            }
            let squares = Self.squares(z, a, ab, phi)
            for i in 0..<min(8, settings.count - from) where squares[i] < least {
                least = squares[i]
                (level, slope, damping) = settings[from + i]
            }
            from += 8
        }
    }

    func ahead(_ z: Span<Double>, steps: Int, into out: inout [Double]) {
        var (l, b) = Self.start(z)
        let ab = level * slope
        for t in 0..<z.count {
            let fall = damping * b
            let error = z[t] - l - fall
            l += fall + level * error
            b = fall + ab * error
        }
        var sum = 0.0
        var power = 1.0
        for k in 0..<steps {
            power *= damping
            sum += power
            out[k] = l + b * sum
        }
    }
}
