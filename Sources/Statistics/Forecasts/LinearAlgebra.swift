/// The sum of products of two rows of numbers, in a fixed order: eight running sums, then their tree.
@inline(__always)
func dot(_ a: Span<Double>, _ b: Span<Double>) -> Double {
    let count = min(a.count, b.count)
    let whole = count & ~7
    let left = unsafe a.bytes
    let right = unsafe b.bytes
    var sums = SIMD8<Double>.zero
    var i = 0
    while i < whole {
        // Both offsets lie within the rows: i + 8 ≤ count.
        let x = unsafe left.unsafeLoadUnaligned(fromByteOffset: i &* 8, as: SIMD8<Double>.self)
        let y = unsafe right.unsafeLoadUnaligned(fromByteOffset: i &* 8, as: SIMD8<Double>.self)
        sums += x * y
        i &+= 8
    }
    var total = sums.sum()
    while i < count {
        total += a[i] * b[i]
        i += 1
    }
    return total
}

/// The products of two rows, one by one.
@inline(__always)
func multiply(_ a: Span<Double>, _ b: Span<Double>, into out: inout [Double]) {
    var out = out.mutableSpan
    for t in 0..<min(a.count, b.count) { out[t] = a[t] * b[t] }
}

/// A symmetric positive definite system of up to some dozens of unknowns, solved in place.
///
/// Cholesky's factorisation; O(m³ / 6).
struct SymmetricSystem {
    private(set) var order = 0
    /// Row by row; only the lower triangle, diagonal included, is read.
    var matrix: [Double]
    var right: [Double]

    init(capacity: Int) {
        matrix = Array(repeating: 0, count: capacity * capacity)
        right = Array(repeating: 0, count: capacity)
    }

    mutating func begin(order: Int) { self.order = order }

    /// Leaves the solution in `right`.
    /// - Returns: Whether the matrix was positive definite.
    mutating func solve() -> Bool {
        // Taken out, so that both can be written side by side.
        var (matrix, right): ([Double], [Double]) = ([], [])
        swap(&matrix, &self.matrix)
        swap(&right, &self.right)
        defer {
            swap(&matrix, &self.matrix)
            swap(&right, &self.right)
        }
        var b = right.mutableSpan
        var a = matrix.mutableSpan
        return Self.solve(&a, &b, order)
    }

    private static func solve(_ a: inout MutableSpan<Double>, _ b: inout MutableSpan<Double>, _ m: Int) -> Bool {
        for i in 0..<m {
            for j in 0...i {
                var sum = a[i * m + j]
                for k in 0..<j { sum -= a[i * m + k] * a[j * m + k] }
                if i == j {
                    guard sum > 0, sum.isFinite else { return false }
                    a[i * m + i] = sum.squareRoot()
                } else {
                    a[i * m + j] = sum / a[j * m + j]
                }
            }
            var sum = b[i]
            for k in 0..<i { sum -= a[i * m + k] * b[k] }
            b[i] = sum / a[i * m + i]
        }
        for i in stride(from: m - 1, through: 0, by: -1) {
            var sum = b[i]
            for k in (i + 1)..<max(i + 1, m) { sum -= a[k * m + i] * b[k] }
            b[i] = sum / a[i * m + i]
        }
        return true
    }
}
