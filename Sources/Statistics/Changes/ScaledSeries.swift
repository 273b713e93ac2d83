import Glibc

/// A series on one scale, ready for the search: gaps bridged, standardised, season out, single outliers clipped.
struct ScaledSeries {
    var form: ChangeForm
    /// Standardised, season out, outliers clipped.
    var x: [Double]
    /// What its scale and season add to a description length, so that the forms can be compared.
    var price: Double
    var centre: Double
    var scale: Double
    var season: Int
    var cycle: Int?
    var outliers: [Int]
    var shortest: Int

    /// A fitted value in the unit of the series.
    func inUnit(_ fitted: Double) -> Double {
        let value = centre + scale * fitted
        switch form {
        case .plain: return value
        case .logarithm: return Glibc.exp(value)
        case .squareRoot: return max(0, value) * max(0, value) - 0.375
        }
    }
}

/// From the values as they came to the forms that the search compares.
struct ChangePreparation {
    /// A value further than this from the running median, in robust standard deviations, is an outlier.
    static let clip = 4.0
    static let shortestSegment = 5
    /// Tried where the caller knows no calendar.
    static let usualSeasons = [4, 5, 7, 12, 24, 52, 168]

    var medians = MedianFinder()

    /// The forms of a series without gaps: as it is, and on the scale of logarithms or roots where that can be.
    mutating func forms(of y: [Double], seasons: [Int]) -> [ScaledSeries] {
        var out: [ScaledSeries] = []
        if let plain = prepared(y, .plain, price: 0, seasons) { out.append(plain) }
        let smallest = y.min() ?? 0
        var price = 0.0
        var x = y
        if smallest > 0 {
            for t in x.indices {
                x[t] = Glibc.log(x[t])
                price += x[t]
            }
            if let form = prepared(x, .logarithm, price: 2 * price, seasons) { out.append(form) }
        } else if smallest >= 0 {
            for t in x.indices {
                price += Glibc.log(4 * (x[t] + 0.375))
                x[t] = (x[t] + 0.375).squareRoot()
            }
            if let form = prepared(x, .squareRoot, price: price, seasons) { out.append(form) }
        }
        return out
    }

    private mutating func prepared(
        _ values: [Double], _ form: ChangeForm, price: Double, _ seasons: [Int]
    ) -> ScaledSeries? {
        let n = values.count
        guard let standard = Self.standard(values) else { return nil }
        let (centre, scale) = (standard.centre, standard.scale)
        // Halved first: the difference of the two largest numbers is beyond all numbers.
        var x = values.map { ($0 / 2 - centre / 2) / scale * 2 }
        var total = price + 2 * Double(n) * Glibc.log(scale)
        var rhythm = ChangeRhythm(medians: medians)
        let season = rhythm.season(of: x, candidates: seasons)
        if season > 1 {
            rhythm.takeOut(season, from: &x)
            total += Double(season - 1) * Glibc.log(Double(n) / Double(season))
        }
        let cycle = rhythm.cycle(of: x)
        medians = rhythm.medians
        let outliers = clipOutliers(&x)
        var shortest = Self.shortestSegment
        if season > 1, season <= 12 { shortest = max(shortest, season) }
        if let cycle { shortest = max(shortest, 2 * cycle) }
        return ScaledSeries(
            form: form, x: x, price: total, centre: centre, scale: scale, season: max(1, season), cycle: cycle,
            outliers: outliers, shortest: min(shortest, n / 2))
    }

    /// The mean and the standard deviation; nil where the values do not differ by more than rounding.
    ///
    /// Values are divided by a power of two first, so that squares of the largest numbers stay finite.
    static func standard(_ values: [Double]) -> (centre: Double, scale: Double)? {
        var largest = 0.0
        for x in values { largest = max(largest, x.magnitude) }
        guard largest > 0, largest.isFinite else { return nil }
        let unit = Double(sign: .plus, exponent: min(max(largest.exponent, -1000), 1000), significand: 1)
        let n = Double(values.count)
        var total = 0.0
        for x in values { total += x / unit }
        let mean = total / n
        var squares = 0.0
        for x in values { squares += (x / unit - mean) * (x / unit - mean) }
        let sd = (squares / n).squareRoot()
        guard sd > 1e-13 * max(1, mean.magnitude), sd * unit > 0 else { return nil }
        return (mean * unit, sd * unit)
    }

    /// Values far from the running median of eleven are drawn in to the limit; their places.
    private mutating func clipOutliers(_ x: inout [Double]) -> [Int] {
        let middle = Self.runningMedian(x, &medians)
        medians.scratch.removeAll(keepingCapacity: true)
        for t in x.indices { medians.scratch.append((x[t] - middle[t]).magnitude) }
        let near = medians.medianOfScratch() ?? 0
        // On a steep slope the running median is often the value itself: second differences know no slope.
        medians.scratch.removeAll(keepingCapacity: true)
        for t in 2..<x.count { medians.scratch.append((x[t] - 2 * x[t - 1] + x[t - 2]).magnitude) }
        let bend = (medians.medianOfScratch() ?? 0) / 6.0.squareRoot()
        let limit = near > 0 ? Self.clip * 1.4826 * max(near, bend) : 0
        guard limit > 0 else { return [] }
        var outliers: [Int] = []
        for t in x.indices where (x[t] - middle[t]).magnitude > limit {
            x[t] = middle[t] + (x[t] < middle[t] ? -limit : limit)
            outliers.append(t)
        }
        return outliers
    }

    /// The median of each value and its five neighbours on both sides; mirrored at the ends.
    static func runningMedian(_ x: [Double], _ medians: inout MedianFinder) -> [Double] {
        let n = x.count
        guard n > 10 else { return [Double](repeating: medians.median(x) ?? 0, count: n) }
        let half = 5
        func at(_ t: Int) -> Double { x[t < 0 ? -t : t >= n ? 2 * n - 2 - t : t] }
        var window = (-half...half).map(at).sorted()
        var out = [Double](repeating: 0, count: n)
        for t in 0..<n {
            out[t] = window[half]
            guard t + 1 < n else { break }
            // One value goes, one comes: the hole moves to where the new one belongs.
            let (old, new) = (at(t - half), at(t + half + 1))
            var k = 0
            while window[k] != old { k += 1 }
            while k < 2 * half, window[k + 1] < new {
                window[k] = window[k + 1]
                k += 1
            }
            while k > 0, window[k - 1] > new {
                window[k] = window[k - 1]
                k -= 1
            }
            window[k] = new
        }
        return out
    }

    /// Gaps bridged by straight lines; the ends take the nearest known value.
    static func bridged(_ values: [Double]) -> [Double] {
        var out = values
        var last: Int?
        for t in values.indices where values[t].isFinite {
            if let last, t > last + 1 {
                for k in (last + 1)..<t {
                    let share = Double(k - last) / Double(t - last)
                    out[k] = values[last] * (1 - share) + values[t] * share
                }
            } else if last == nil {
                for k in 0..<t { out[k] = values[t] }
            }
            last = t
        }
        if let last { for k in last..<values.count { out[k] = values[last] } }
        return out
    }
}
