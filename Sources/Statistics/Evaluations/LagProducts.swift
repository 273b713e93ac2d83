/// The cross products of a regression's columns at lags 0, 1 and 2, from which the weighted cross products of every
/// autoregression of order 2 follow without touching the data again.
///
/// With Z the columns, u = (1, −φ₁, −φ₂) and C_ij = Σ_{s=0}^{n−i−j−1} Z_{i+s} Z_{j+s}ᵀ, the sum Σ u_i u_j C_ij is exactly
/// Zᵀ Ω⁻¹ Z for the stationary process with innovations of variance 1, its start included: Siddiqui (1958), Ann. Math.
/// Statist. 29:585–588. O(n p²) for n rows of p columns.
struct LagProducts {
    let width: Int
    /// C₀₀, C₁₁, C₂₂, C₀₁ + C₁₀, C₁₂ + C₂₁, C₀₂ + C₂₀: row by row, upper triangles.
    private var sums: [[Double]]

    init(_ cells: [Double], rows n: Int, width p: Int) {
        precondition(n >= 5 && cells.count == n * p, "Lag products need five rows")
        width = p
        sums = Array(repeating: Array(repeating: 0, count: p * p), count: 6)
        for t in 0..<n {
            Self.add(cells, p, t, t, 0.5, to: &sums[0])
            if t + 1 < n { Self.add(cells, p, t, t + 1, 1, to: &sums[3]) }
            if t + 2 < n { Self.add(cells, p, t, t + 2, 1, to: &sums[5]) }
        }
        sums[1] = sums[0]
        Self.add(cells, p, 0, 0, -0.5, to: &sums[1])
        Self.add(cells, p, n - 1, n - 1, -0.5, to: &sums[1])
        sums[2] = sums[1]
        Self.add(cells, p, 1, 1, -0.5, to: &sums[2])
        Self.add(cells, p, n - 2, n - 2, -0.5, to: &sums[2])
        sums[4] = sums[3]
        Self.add(cells, p, 0, 1, -1, to: &sums[4])
        Self.add(cells, p, n - 2, n - 1, -1, to: &sums[4])
    }

    /// Adds weight × (Z_s Z_tᵀ + Z_t Z_sᵀ) to an upper triangle.
    private static func add(
        _ z: [Double], _ p: Int, _ s: Int, _ t: Int, _ weight: Double, to sums: inout [Double]
    ) {
        let a = s * p
        let b = t * p
        for i in 0..<p {
            let x = weight * z[a + i]
            let y = weight * z[b + i]
            if x == 0 && y == 0 { continue }
            for j in i..<p { sums[i * p + j] += x * z[b + j] + y * z[a + j] }
        }
    }

    /// Writes Zᵀ Ω⁻¹ Z into the upper left of a wider square matrix, upper triangle only.
    func weighted(φ1: Double, φ2: Double, into m: inout [Double], stride: Int) {
        let (u1, u2) = (-φ1, -φ2)
        let (c1, c2, c12) = (u1 * u1, u2 * u2, u1 * u2)
        let (a0, a1, a2, b1, b12, b2) = (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5])
        for i in 0..<width {
            for j in i..<width {
                let at = i * width + j
                let even = a0[at] + c1 * a1[at] + c2 * a2[at]
                m[i * stride + j] = even + u1 * b1[at] + c12 * b12[at] + u2 * b2[at]
            }
        }
    }
}

/// The inverse covariance of an autoregression of order 2 with innovations of variance 1: five diagonals.
struct AutoregressivePrecision {
    let u: (Double, Double, Double)
    let rows: Int

    init(φ1: Double, φ2: Double, rows: Int) {
        u = (1, -φ1, -φ2)
        self.rows = rows
    }

    /// The entry (row, row + lag) for a lag of 0, 1 or 2.
    func entry(_ row: Int, lag: Int) -> Double {
        let edge = min(row, rows - 1 - row - lag)
        switch lag {
        case 0: return (edge >= 0 ? 1 : 0) + (edge >= 1 ? u.1 * u.1 : 0) + (edge >= 2 ? u.2 * u.2 : 0)
        case 1: return (edge >= 0 ? u.1 : 0) + (edge >= 1 ? u.1 * u.2 : 0)
        case 2: return edge >= 0 ? u.2 : 0
        default: return 0
        }
    }
}

/// Eliminates the first rows of a symmetric matrix one after another (Gauss without pivoting; the same numbers as a
/// Cholesky factor, with pivots instead of their roots). Upper triangle, row by row; the eliminated rows stay readable.
/// - Parameter offset: The first row to eliminate, and the corner of the part that is worked on.
/// - Returns: The sum of the logarithms of the pivots; minus infinity where one is not positive.
@inline(__always)
func eliminate(_ m: inout [Double], from offset: Int, count: Int, size: Int, stride: Int) -> Double {
    var logPivots = LogProduct()
    for j in offset..<(offset + count) {
        let pivot = m[j * stride + j]
        guard pivot > 0 else { return -.infinity }
        logPivots.multiply(by: pivot)
        let inverse = 1 / pivot
        for i in (j + 1)..<size {
            let factor = m[j * stride + i] * inverse
            if factor == 0 { continue }
            for c in i..<size { m[i * stride + c] -= factor * m[j * stride + c] }
        }
    }
    return logPivots.value
}
