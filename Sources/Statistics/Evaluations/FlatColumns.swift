import Glibc

/// A power of two near a number: dividing by it changes no digits.
func powerOfTwo(near x: Double) -> Double {
    guard x.isFinite, x > 0 else { return 1 }
    return Double(sign: .plus, exponent: max(-1000, min(1000, Int(x.exponent))), significand: 1)
}

/// Mean and standard deviation of the finite values of a range, with care for huge ones.
func levelAndSpread(_ values: [Double], _ range: Range<Int>) -> (mean: Double, deviation: Double, count: Int) {
    var largest = 0.0
    var count = 0
    for t in range where values[t].isFinite {
        largest = max(largest, values[t].magnitude)
        count += 1
    }
    guard count > 0 else { return (0, 0, 0) }
    guard largest > 0 else { return (0, 0, count) }
    let unit = powerOfTwo(near: largest)
    var total = CompensatedSum()
    for t in range where values[t].isFinite { total.add(values[t] / unit) }
    let mean = total.value / Double(count)
    var squares = CompensatedSum()
    for t in range where values[t].isFinite {
        let off = values[t] / unit - mean
        squares.add(off * off)
    }
    let deviation = (squares.value / Double(max(1, count - 1))).squareRoot()
    return (mean * unit, deviation * unit, count)
}

/// How the effect of a shape weighs on each step.
func effectColumn(_ shape: EffectShape, start: Int, rows: Int) -> [Double] {
    (0..<rows).map { t in
        switch shape {
        case .adoption(let share):
            return t < share.count && share[t].isFinite ? share[t] : 0
        case .ramp(let steps):
            return t < start ? 0 : min(1, Double(t - start + 1) / Double(max(1, steps)))
        case .step, .washout, .gradual:
            return t < start ? 0 : 1
        }
    }
}

/// One column for each place in the season but the first, each against the first; long seasons as three pairs of waves.
func seasonColumns(_ season: Season, rows: Int) -> [[Double]] {
    let length = season.length
    guard length > 1 else { return [] }
    if length <= 31 {
        return (1..<length).map { j in
            (0..<rows).map { t in
                let place = season.place(of: t)
                return place == j ? 1 : (place == 0 ? -1 : 0)
            }
        }
    }
    return (1...3).flatMap { k in
        [Glibc.sin, Glibc.cos].map { wave in
            (0..<rows).map { t in wave(2 * Double.pi * Double(k * season.place(of: t)) / Double(length)) }
        }
    }
}

/// Which columns can be told apart, given the observed rows: a column is left out when those before it explain all but
/// 1e-10 of it.
func independent(_ columns: [[Double]], rows: [Int]) -> [Bool] {
    let k = columns.count
    var m = Array(repeating: 0.0, count: k * k)
    for t in rows {
        for i in 0..<k where columns[i][t] != 0 {
            for j in i..<k { m[i * k + j] += columns[i][t] * columns[j][t] }
        }
    }
    let diagonal = (0..<k).map { m[$0 * k + $0] }
    var isKept = Array(repeating: true, count: k)
    for j in 0..<k {
        let pivot = m[j * k + j]
        guard pivot > 1e-10 * diagonal[j], pivot > 0 else {
            isKept[j] = false
            continue
        }
        for i in (j + 1)..<max(k, j + 1) {
            let factor = m[j * k + i] / pivot
            for c in i..<k { m[i * k + c] -= factor * m[j * k + c] }
        }
    }
    return isKept
}

/// Least squares of the outcome on columns over some rows, weighted.
/// - Returns: One coefficient a column, 0 for those that the others explain.
func leastSquares(_ columns: [[Double]], _ y: [Double], rows: [Int], weights: [Double] = []) -> [Double] {
    let k = columns.count
    let size = k + 1
    var m = Array(repeating: 0.0, count: size * size)
    var x = Array(repeating: 0.0, count: size)
    for t in rows {
        let weight = weights.isEmpty ? 1 : weights[t]
        for j in 0..<k { x[j] = columns[j][t] }
        x[k] = y[t]
        for i in 0..<size where x[i] != 0 {
            for j in i..<size { m[i * size + j] += weight * x[i] * x[j] }
        }
    }
    let diagonal = (0..<k).map { m[$0 * size + $0] }
    var isKept = Array(repeating: true, count: k)
    for j in 0..<k {
        let pivot = m[j * size + j]
        isKept[j] = pivot > 1e-10 * diagonal[j] && pivot > 0
        guard isKept[j] else { continue }
        for i in (j + 1)..<size {
            let factor = m[j * size + i] / pivot
            for c in i..<size { m[i * size + c] -= factor * m[j * size + c] }
        }
    }
    var coefficients = Array(repeating: 0.0, count: k)
    for j in stride(from: k - 1, through: 0, by: -1) where isKept[j] {
        var rest = m[j * size + k]
        for i in (j + 1)..<max(k, j + 1) { rest -= m[j * size + i] * coefficients[i] }
        coefficients[j] = rest / m[j * size + j]
    }
    return coefficients
}
