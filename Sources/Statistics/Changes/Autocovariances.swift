import Glibc

/// Sums of the products of a series with itself, lags 0 to `longest`. Directly while that is little work, else by the fast
/// Fourier transform (Cooley and Tukey 1965), O(n log n).
func autocovariances(_ x: [Double], through longest: Int) -> [Double] {
    let n = x.count
    if n * longest <= 1 << 19 {
        return (0...longest).map { lag in
            var sum = 0.0
            for t in lag..<max(lag, n) { sum += x[t] * x[t - lag] }
            return sum
        }
    }
    var size = 1
    while size < n + longest + 1 { size *= 2 }
    // The even places as real and the odd as imaginary parts would halve the work; one transform is quick enough.
    var wave = FourierTransform(size: size)
    var z = [SIMD2<Double>](repeating: .zero, count: size)
    for t in 0..<n { z[t].x = x[t] }
    wave.transform(&z)
    for k in 0..<size { z[k] = SIMD2(z[k].x * z[k].x + z[k].y * z[k].y, 0) }
    // The power is real and even, so forward and inverse transform agree.
    wave.transform(&z)
    return (0...longest).map { z[$0].x / Double(size) }
}

/// A radix-2 transform in place.
private struct FourierTransform {
    private let size: Int
    private var turns: [SIMD2<Double>]

    init(size: Int) {
        self.size = size
        turns = (0..<(size / 2)).map { k in
            let angle = -2 * Double.pi * Double(k) / Double(size)
            return SIMD2(Glibc.cos(angle), Glibc.sin(angle))
        }
    }

    mutating func transform(_ z: inout [SIMD2<Double>]) {
        reorder(&z)
        var half = 1
        while half < size {
            let stride = size / (2 * half)
            var start = 0
            while start < size {
                var turn = 0
                for k in start..<(start + half) {
                    let (w, b) = (turns[turn], z[k + half])
                    let turned = SIMD2(b.x * w.x - b.y * w.y, b.x * w.y + b.y * w.x)
                    z[k + half] = z[k] - turned
                    z[k] += turned
                    turn += stride
                }
                start += 2 * half
            }
            half *= 2
        }
    }

    private func reorder(_ z: inout [SIMD2<Double>]) {
        var j = 0
        for i in 1..<size {
            var bit = size / 2
            while j & bit != 0 {
                j ^= bit
                bit /= 2
            }
            j |= bit
            if i < j { z.swapAt(i, j) }
        }
    }
}
