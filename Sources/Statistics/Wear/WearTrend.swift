import Glibc

/// When a reading that drifts reaches its limit: a Wiener process with drift, read with noise.
///
/// The drift is Theil and Sen's (1968), the spread of the process and of the readings come from the robust variogram of what
/// the drift leaves; the time until the limit is first met is inverse Gaussian (Whitmore, 1986; Si and others, 2013), averaged
/// over what the drift may be.
public struct WearTrend: Sendable, Equatable {
    /// A step of time.
    public let drift: Double
    /// The standard error of the drift.
    public let driftError: Double
    /// Variance of the process a step of time.
    public let diffusion: Double
    /// Where the reading stands now, less noise.
    public let level: Double

    /// Fewer readings say nothing of a trend.
    public static let readingsMin = 10
    /// Longer series are thinned: pairs grow with the square.
    private static let readingsMax = 600

    /// - Returns: Nil with fewer than ten readings, or when all are of one time.
    public init?(times: [Double], values: [Double]) {
        var (t, x): ([Double], [Double]) = ([], [])
        for (time, value) in zip(times, values) where value.isFinite && time.isFinite {
            t.append(time)
            x.append(value)
        }
        guard t.count >= Self.readingsMin, let first = t.first, let last = t.last, last > first else { return nil }
        let step = (t.count + Self.readingsMax - 1) / Self.readingsMax
        let kept = stride(from: t.count - 1, through: 0, by: -step).reversed()
        let (tk, xk) = (kept.map { t[$0] }, kept.map { x[$0] })
        var slopes: [Double] = []
        for i in tk.indices {
            for j in 0..<i where tk[i] > tk[j] { slopes.append((xk[i] - xk[j]) / (tk[i] - tk[j])) }
        }
        guard let drift = median(slopes) else { return nil }
        self.drift = drift
        let rest = zip(tk, xk).map { $1 - drift * ($0 - last) }
        let (process, noise) = Self.variances(tk, rest)
        diffusion = process
        let span = last - first
        // Of a line through a Wiener process (6/5 σ²/T) and of a line through noise (12 τ²/(n T²)).
        driftError = (1.2 * process / span + 12 * noise / (Double(t.count) * span * span)).squareRoot()
        level = median(Array(rest.suffix(5))) ?? rest[rest.count - 1]
    }

    /// The slope and half the intercept of the squared spread of differences over their distance in time.
    private static func variances(_ t: [Double], _ x: [Double]) -> (process: Double, noise: Double) {
        let lags = 1...max(2, min(40, t.count / 4))
        var (n, h, v, hh, hv) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for lag in lags {
            let spread = medianDeviation((lag..<x.count).map { x[$0] - x[$0 - lag] }) ?? 0
            let distance = median((lag..<t.count).map { t[$0] - t[$0 - lag] }) ?? 0
            // Short distances are the surest.
            let weight = 1 / Double(lag)
            n += weight
            h += weight * distance
            v += weight * spread * spread
            hh += weight * distance * distance
            hv += weight * distance * spread * spread
        }
        let bottom = n * hh - h * h
        let slope = bottom > 0 ? max(0, (n * hv - h * v) / bottom) : 0
        let intercept = (v - slope * h) / n
        if intercept < 0 { return (hh > 0 ? hv / hh : 0, 0) }
        return (slope, intercept / 2)
    }

    /// The time until a limit is reached, its median and the range of 95 %.
    /// - Returns: Nil where the readings show no sure trend towards it: the drift must be 2.58 standard errors from none.
    public func remaining(until limit: Double, isUpper: Bool) -> RemainingTime? {
        let sign: Double = isUpper ? 1 : -1
        let distance = sign * (limit - level)
        if distance <= 0 { return RemainingTime(estimate: 0, low: 0, high: 0) }
        let speed = sign * drift
        guard speed > 0, speed > 2.58 * driftError else { return nil }
        guard let estimate = time(0.5, distance, speed), let low = time(0.025, distance, speed) else { return nil }
        return RemainingTime(estimate: estimate, low: low, high: time(0.975, distance, speed))
    }

    /// When the limit is met with a probability; nil when it may never come to that.
    private func time(_ p: Double, _ distance: Double, _ speed: Double) -> Double? {
        var high = distance / speed
        var tries = 0
        while met(by: high, distance, speed) < p {
            high *= 2
            tries += 1
            if tries > 40 { return nil }
        }
        var low = 0.0
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if met(by: middle, distance, speed) < p { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The probability that the limit is met by a time, over 41 equally likely drifts.
    private func met(by time: Double, _ distance: Double, _ speed: Double) -> Double {
        let drifts = 41
        var total = 0.0
        for k in 0..<drifts {
            let z = Normal.quantile((Double(k) + 0.5) / Double(drifts))
            let drift = speed + driftError * z
            guard diffusion > 0 else {
                if drift * time >= distance { total += 1 }
                continue
            }
            let spread = (diffusion * time).squareRoot()
            total += Normal.below((drift * time - distance) / spread)
            let exponent = 2 * drift * distance / diffusion
            let tail = Normal.below(-(drift * time + distance) / spread)
            if tail > 0 { total += min(1, exp(exponent + log(tail))) }
        }
        return total / Double(drifts)
    }
}
