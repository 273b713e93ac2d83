import Glibc

/// Average run lengths of watches on normal scores without memory, by integral equations (Page 1954; Crowder 1987,
/// Technometrics 29:401–407), solved at Gauss-Legendre nodes.
public enum RunLength {
    /// Points until a one-sided CUSUM alarms, S = max(0, S + z − k) > h, for scores with mean `shift` and deviation 1.
    ///
    /// O(nodes³), about a millisecond.
    public static func ofCusum(reference k: Double, limit h: Double, shift: Double = 0, nodes: Int = 48) -> Double {
        precondition(h > 0, "A CUSUM's limit is positive")
        let (x, w) = legendre(nodes, from: 0, to: h)
        // Unknowns: the run length from 0, where the sum sticks, then from each node. Each satisfies
        // L(s) = 1 + L(0) Φ(k − μ − s) + ∫ L(y) φ(y − s + k − μ) dy.
        let starts = [0] + x
        var matrix = starts.map { s -> [Double] in
            [Normal.below(k - shift - s)] + zip(x, w).map { $1 * Glibc.exp(Normal.logDensity($0 - s + k - shift)) }
        }
        return solvedRunLength(&matrix)[0]
    }

    /// Points until either of two one-sided CUSUMs alarms: 1 / L = 1 / L₊ + 1 / L₋, exact for k > 0 (Kemp 1961; van Dobben
    /// de Bruyn 1968).
    public static func ofTwoSidedCusum(reference k: Double, limit h: Double, shift: Double = 0) -> Double {
        1 / (1 / ofCusum(reference: k, limit: h, shift: shift) + 1 / ofCusum(reference: k, limit: h, shift: -shift))
    }

    /// Siegmund's (1985) approximation of `ofCusum`, good to a few per cent: (e^(−2Δb) + 2Δb − 1) / 2Δ² with
    /// Δ = shift − k and b = h + 1.166.
    public static func siegmund(reference k: Double, limit h: Double, shift: Double = 0) -> Double {
        let b = h + 1.166
        let delta = shift - k
        if delta.magnitude < 1e-9 { return b * b }
        return (Glibc.exp(-2 * delta * b) + 2 * delta * b - 1) / (2 * delta * delta)
    }

    /// Points until a two-sided EWMA, E = (1 − λ) E + λ z, leaves ± L of its lasting standard deviations √(λ / (2 − λ)).
    public static func ofEwma(lambda: Double, limit L: Double, shift: Double = 0, nodes: Int = 64) -> Double {
        precondition(lambda > 0 && lambda <= 1, "An EWMA's weight lies in (0, 1]")
        let h = L * (lambda / (2 - lambda)).squareRoot()
        let (x, w) = legendre(nodes, from: -h, to: h)
        let starts = [0] + x
        var matrix = starts.map { s -> [Double] in
            [0]
                + zip(x, w).map { y, weight in
                    weight / lambda * Glibc.exp(Normal.logDensity((y - (1 - lambda) * s) / lambda - shift))
                }
        }
        return solvedRunLength(&matrix)[0]
    }

    /// The limit at which a run length that grows with it is `wanted`; bisection to 10⁻⁶ of itself.
    public static func limit(for wanted: Double, of runLength: (Double) -> Double) -> Double {
        precondition(wanted > 1, "A run is longer than one point")
        var low = 0.0
        var high = 1.0
        while runLength(high) < wanted, high < 1_000 { (low, high) = (high, high * 1.5) }
        while high - low > 1e-6 * high {
            let middle = (low + high) / 2
            if runLength(middle) < wanted { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// Solves L = 1 + K L by elimination with row exchange.
    private static func solvedRunLength(_ kernel: inout [[Double]]) -> [Double] {
        let n = kernel.count
        var right = [Double](repeating: 1, count: n)
        for i in 0..<n { for j in 0..<n { kernel[i][j] = (i == j ? 1 : 0) - kernel[i][j] } }
        for c in 0..<n {
            let pivot = (c..<n).max { kernel[$0][c].magnitude < kernel[$1][c].magnitude } ?? c
            kernel.swapAt(c, pivot)
            right.swapAt(c, pivot)
            for r in (c + 1)..<max(n, c + 1) {
                let factor = kernel[r][c] / kernel[c][c]
                if factor == 0 { continue }
                for j in c..<n { kernel[r][j] -= factor * kernel[c][j] }
                right[r] -= factor * right[c]
            }
        }
        for c in stride(from: n - 1, through: 0, by: -1) {
            for j in (c + 1)..<max(n, c + 1) { right[c] -= kernel[c][j] * right[j] }
            right[c] /= kernel[c][c]
        }
        return right
    }

    /// Nodes and weights of Gauss and Legendre's rule, by Newton's method from Chebyshev's places.
    private static func legendre(_ n: Int, from a: Double, to b: Double) -> (nodes: [Double], weights: [Double]) {
        var nodes = [Double](repeating: 0, count: n)
        var weights = nodes
        for i in 0..<n {
            var x = Glibc.cos(Double.pi * (Double(i) + 0.75) / (Double(n) + 0.5))
            var slope = 1.0
            for _ in 0..<100 {
                var p = 1.0
                var before = 0.0
                for k in 1...n {
                    (p, before) = ((Double(2 * k - 1) * x * p - Double(k - 1) * before) / Double(k), p)
                }
                slope = Double(n) * (x * p - before) / (x * x - 1)
                let step = p / slope
                x -= step
                if step.magnitude < 1e-15 { break }
            }
            nodes[i] = (a + b) / 2 - (b - a) / 2 * x
            weights[i] = (b - a) / ((1 - x * x) * slope * slope)
        }
        return (nodes, weights)
    }
}
