import Glibc

/// The standard deviation of the error at each distance, from the errors of back-tests.
///
/// The mean square at each distance rests on a few windows that overlap, so it is blended with a power law of the distance
/// fitted to all of them. The law's slope is itself drawn to 1.5, between the 1 of a random walk and the 2 of a line with an
/// unknown slope, as strongly as little data deserves. The interval uses Student's t, its degrees of freedom growing with the
/// number of windows that do not overlap.
///
/// On short series one or two such windows say little, while it is known how errors usually grow with the distance: so there
/// the variance is drawn to 1.4 times the mean square of the usual change, times the distance to the power of half 1.4 and
/// half what the series' own changes grow by, as strongly as two windows would (a weighted mean of the logarithms). Without a
/// season it is 1.4 times for series whose changes grow as a random walk's, down to 0.9 for those that go back to their level:
/// half the mean square of those changes is only the noise of the value they start from.
struct ErrorSpread {
    static let blend = 10.0
    static let usualSlope = 1.5
    static let slopeStrength = 5.0
    static let usualShare = 1.4
    static let levelShare = 0.9
    static let usualGrowth = 1.4
    static let usualStrength = 2.0

    let windows: Int
    let steps: Int
    let effective: Double
    /// By step, 0 where nothing was observed before it either.
    private var squares: [Double]
    private var logSteps: [Double]
    private var scale = 0.0
    private var slope = 0.0
    private let usual: UsualChange?

    /// - Parameter usual: Of short series; nil for all others.
    init(steps: Int, windows: Int, effective: Double, usual: UsualChange? = nil) {
        self.usual = usual
        self.steps = steps
        self.windows = windows
        self.effective = effective
        squares = Array(repeating: 0, count: steps)
        logSteps = (1...max(1, steps)).map { Glibc.log(Double($0)) }
    }

    /// Learns from the residuals of all windows but one.
    mutating func learn(_ residuals: [Double], without left: Int? = nil) {
        var previous = 0.0
        for k in 0..<steps {
            var sum = 0.0
            var count = 0.0
            for j in 0..<windows where j != left {
                let e = residuals[j * steps + k]
                guard !e.isNaN else { continue }
                sum += e * e
                count += 1
            }
            if count > 0 { previous = sum / count }
            squares[k] = previous
        }
        fitPowerLaw()
    }

    private mutating func fitPowerLaw() {
        let largest = squares.max() ?? 0
        let tiny = largest * 1e-12 + 1e-300
        var meanX = 0.0
        var total = 0.0
        for k in 0..<steps {
            squares[k] += tiny
            total += squares[k]
            meanX += logSteps[k]
        }
        meanX /= Double(steps)
        var xy = 0.0
        var xx = 0.0
        for k in 0..<steps {
            let v = Glibc.log(squares[k])
            xy += (logSteps[k] - meanX) * v
            xx += (logSteps[k] - meanX) * (logSteps[k] - meanX)
        }
        slope = (xy * effective + Self.usualSlope * Self.slopeStrength) / (xx * effective + Self.slopeStrength)
        slope = max(0, min(2, slope))
        var powers = 0.0
        for k in 0..<steps { powers += Glibc.exp(slope * logSteps[k]) }
        scale = total / powers
    }

    /// The variance `step` steps ahead, from 1.
    func variance(_ step: Int) -> Double {
        guard let usual else { return ownVariance(step) }
        let distance = Double(step) / Double(usual.period)
        let growth = 0.5 * (Self.usualGrowth + (usual.growth ?? Self.usualGrowth))
        let expected = share(of: usual) * usual.meanSquare * Glibc.pow(distance, growth)
        guard windows >= 2 else { return expected }
        let own = effective / (effective + Self.usualStrength)
        return Glibc.exp(own * Glibc.log(ownVariance(step)) + (1 - own) * Glibc.log(expected))
    }

    private func share(of usual: UsualChange) -> Double {
        guard usual.period == 1 else { return Self.usualShare }
        return Self.levelShare + (Self.usualShare - Self.levelShare) * min(1, usual.growth ?? 1)
    }

    /// By the errors alone.
    private func ownVariance(_ step: Int) -> Double {
        let k = step - 1
        guard k < steps else { return scale * Glibc.exp(slope * Glibc.log(Double(step))) }
        let law = scale * Glibc.exp(slope * logSteps[k])
        var local = 0.0
        for i in (k - 2)...(k + 2) { local += squares[max(0, min(steps - 1, i))] }
        let share = Double(windows) / (Double(windows) + Self.blend)
        return share * local / 5 + (1 - share) * law
    }

    /// How many standard deviations the interval at this level reaches to each side.
    func reach(level: Double) -> Double {
        let degrees = usual == nil ? 1 + 1.5 * effective : 2 * Self.usualStrength + effective
        return StudentT(degrees: degrees).quantile(tail: (1 - level) / 2)
    }
}
