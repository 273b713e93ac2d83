import Glibc
import Statistics

// Series with a known truth, to measure how often a change is found where there is none, how often one that is there is
// found, how often its range holds it, and how long the search takes.

/// `kernels changes-calibration --seed 1 --count 500 [--length 365]`: shares of simulated series, as JSON.
func runChangesCalibration(_ arguments: Arguments) throws {
    let count = arguments.number("count") ?? 500
    let n = arguments.number("length") ?? 365
    let seed = UInt64(arguments.number("seed") ?? 1)
    var lines: [String] = []
    for (k, family) in SimulatedSeries.quiet.enumerated() {
        var simulated = SimulatedSeries(seed: seed &* 1_000_003 &+ UInt64(k))
        var (levels, spreads) = (0, 0)
        for _ in 0..<count {
            let report = changes(in: family.make(&simulated, n), seasons: family.seasons)
            levels += report.changes.isEmpty ? 0 : 1
            spreads += report.spreadChanges.isEmpty ? 0 : 1
        }
        lines.append("\"\(family.name)\": {\"changes\": \(share(levels, count)), \"spread\": \(share(spreads, count))}")
    }
    var found: [String] = []
    for (k, shift) in SimulatedSeries.shifted.enumerated() {
        var simulated = SimulatedSeries(seed: seed &* 1_000_033 &+ UInt64(k))
        var (hits, exact, held, near, single) = (0, 0, 0, 0, 0)
        for _ in 0..<count {
            let report = changes(in: shift.make(&simulated, n), seasons: shift.seasons)
            let dates =
                shift.isSpread
                ? report.spreadChanges.map { ($0.index, $0.low, $0.high) }
                : report.changes.map { ($0.index, $0.low, $0.high) }
            guard let best = dates.min(by: { abs($0.0 - n / 3) < abs($1.0 - n / 3) }) else { continue }
            hits += 1
            exact += best.0 == n / 3 ? 1 : 0
            near += abs(best.0 - n / 3) <= 5 ? 1 : 0
            held += best.1 <= n / 3 && n / 3 <= best.2 ? 1 : 0
            single += dates.count == 1 ? 1 : 0
        }
        found.append(
            "\"\(shift.name)\": {\"found\": \(share(hits, count)), \"one\": \(share(single, max(1, hits))), "
                + "\"exact\": \(share(exact, max(1, hits))), \"within5\": \(share(near, max(1, hits))), "
                + "\"rangeHolds\": \(share(held, max(1, hits)))}")
    }
    write(
        "{\"n\": \(n), \"series\": \(count), \"seed\": \(seed),\n \"quiet\": {\n  "
            + lines.joined(separator: ",\n  ") + "},\n \"shiftAtOneThird\": {\n  " + found.joined(separator: ",\n  ")
            + "}}\n")
}

/// `kernels changes-speed [--length 100000] [--rounds 5]`: the best of the rounds in seconds, as JSON.
func runChangesSpeed(_ arguments: Arguments) throws {
    let n = arguments.number("length") ?? 100_000
    let rounds = arguments.number("rounds") ?? 5
    var simulated = SimulatedSeries(seed: UInt64(arguments.number("seed") ?? 1))
    var levels: [Double] = []
    while levels.count < n {
        levels += [Double](repeating: 3 * simulated.normal(), count: min(200, n - levels.count))
    }
    let noise = simulated.autoregressive(n, 0)
    let series: [(String, [Double])] = [
        ("everyTwoHundred", zip(levels, noise).map { $0 + $1 }),
        ("everyTwoHundredPositive", zip(levels, noise).map { 100 + $0 + $1 }),
        ("everyTwoHundredAutocorrelated", zip(levels, simulated.autoregressive(n, 0.5)).map { $0 + $1 }),
        ("none", noise),
        ("nonePositive", noise.map { 100 + $0 }),
        ("noneAutocorrelated", simulated.autoregressive(n, 0.5)),
    ]
    var out: [String] = []
    for (name, values) in series {
        var best = Double.infinity
        var report = changes(in: values)
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            report = changes(in: values)
            let taken = (ContinuousClock.now - start).components
            best = min(best, Double(taken.seconds) + Double(taken.attoseconds) * 1e-18)
        }
        out.append("\"\(name)\": {\"seconds\": \(best), \"changes\": \(report.changes.count)}")
    }
    write("{\"n\": \(n),\n " + out.joined(separator: ",\n ") + "}\n")
}

private func share(_ part: Int, _ of: Int) -> Double { (1000 * Double(part) / Double(of)).rounded() / 1000 }

struct SimulatedSeries {
    struct Family: Sendable {
        var name: String
        var seasons: [Int] = []
        var isSpread = false
        var make: @Sendable (inout SimulatedSeries, Int) -> [Double]
    }

    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func normal() -> Double { Normal.quantile(max(1e-16, generator.uniform())) }

    /// AR(1) with variance 1.
    mutating func autoregressive(_ n: Int, _ rho: Double) -> [Double] {
        var x = normal()
        let step = (1 - rho * rho).squareRoot()
        return (0..<n).map { _ in
            defer { x = rho * x + step * normal() }
            return x
        }
    }

    /// Marsaglia and Tsang (2000), for shapes of at least 1.
    mutating func gamma(_ shape: Double) -> Double {
        let d = shape - 1.0 / 3
        while true {
            let z = normal()
            let v = (1 + z / (9 * d).squareRoot())
            let cube = v * v * v
            if v > 0, Glibc.log(generator.uniform()) < z * z / 2 + d - d * cube + d * Glibc.log(cube) {
                return d * cube
            }
        }
    }

    mutating func poisson(_ mean: Double) -> Double {
        var (k, product) = (0.0, generator.uniform())
        let limit = Glibc.exp(-mean)
        while product > limit {
            k += 1
            product *= generator.uniform()
        }
        return k
    }

    /// Negative binomial with the variance twice the mean.
    mutating func count(_ mean: Double) -> Double { poisson(gamma(mean)) }

    mutating func student(_ degrees: Int) -> Double {
        var squares = 0.0
        for _ in 0..<degrees {
            let z = normal()
            squares += z * z
        }
        return normal() / (squares / Double(degrees)).squareRoot()
    }

    static let week = [1.2, 1.15, 1.1, 1.05, 1.0, 0.8, 0.7]

    static let quiet: [Family] = [
        Family(name: "white") { $0.autoregressive($1, 0) },
        Family(name: "ar0.3") { $0.autoregressive($1, 0.3) },
        Family(name: "ar0.6") { $0.autoregressive($1, 0.6) },
        Family(name: "counts") { s, n in (0..<n).map { _ in s.count(20) } },
        Family(name: "weeklyCounts", seasons: [7]) { s, n in (0..<n).map { s.count(20 * week[$0 % 7]) } },
        Family(name: "weeklyCountsUnnamed") { s, n in (0..<n).map { s.count(20 * week[$0 % 7]) } },
        Family(name: "trend") { s, n in (0..<n).map { 3 * Double($0) / Double(n) + s.normal() } },
        Family(name: "t3") { s, n in (0..<n).map { _ in s.student(3) } },
        Family(name: "ar0.8") { $0.autoregressive($1, 0.8) },
        Family(name: "ar0.9") { $0.autoregressive($1, 0.9) },
        Family(name: "ar0.95") { $0.autoregressive($1, 0.95) },
        Family(name: "lognormal") { s, n in (0..<n).map { _ in Glibc.exp(2 + 0.7 * s.normal()) } },
        Family(name: "fewCounts") { s, n in (0..<n).map { _ in s.poisson(1.5) } },
        Family(name: "randomWalk") { s, n in
            var x = 0.0
            return (0..<n).map { _ in
                x += s.normal()
                return x
            }
        },
        Family(name: "weakTrend") { s, n in (0..<n).map { Double($0) / Double(n) + s.normal() } },
        Family(name: "steepTrend") { s, n in (0..<n).map { 20 * Double($0) / Double(n) + s.normal() } },
        Family(name: "trendAr0.6") { s, n in
            s.autoregressive(n, 0.6).enumerated().map { 3 * Double($0) / Double(n) + $1 }
        },
        Family(name: "smoothSeason") { s, n in
            (0..<n).map { 2 * Glibc.sin(2 * Double.pi * Double($0) / Double(n)) + s.normal() }
        },
    ]

    static let shifted: [Family] = [
        Family(name: "oneSd") { s, n in (0..<n).map { s.normal() + ($0 >= n / 3 ? 1 : 0) } },
        Family(name: "twoSd") { s, n in (0..<n).map { s.normal() + ($0 >= n / 3 ? 2 : 0) } },
        Family(name: "oneSdAr0.3") { s, n in s.autoregressive(n, 0.3).enumerated().map { $1 + ($0 >= n / 3 ? 1 : 0) } },
        Family(name: "twoSdAr0.6") { s, n in s.autoregressive(n, 0.6).enumerated().map { $1 + ($0 >= n / 3 ? 2 : 0) } },
        Family(name: "weeklyCountsPlus30", seasons: [7]) { s, n in
            (0..<n).map { s.count(20 * week[$0 % 7] * ($0 >= n / 3 ? 1.3 : 1)) }
        },
        Family(name: "bend") { s, n in (0..<n).map { s.normal() + max(0, Double($0 - n / 3)) * 0.02 } },
        Family(name: "spreadDoubled", isSpread: true) { s, n in (0..<n).map { s.normal() * ($0 >= n / 3 ? 2 : 1) } },
        Family(name: "spreadTimes1.5", isSpread: true) { s, n in
            (0..<n).map { s.normal() * ($0 >= n / 3 ? 1.5 : 1) }
        },
    ]
}

/// `kernels changes-simulated --family white [--count 500] [--length 365] [--seed 1]`: the same series as a file
/// `unique_id,ds,y`, for other programs.
func runChangesSimulated(_ arguments: Arguments) throws {
    let n = arguments.number("length") ?? 365
    let seed = UInt64(arguments.number("seed") ?? 1)
    let name = arguments.text("family") ?? "white"
    write("unique_id,ds,y\n")
    for (families, prime) in [(SimulatedSeries.quiet, UInt64(1_000_003)), (SimulatedSeries.shifted, 1_000_033)] {
        guard let k = families.firstIndex(where: { $0.name == name }) else { continue }
        var simulated = SimulatedSeries(seed: seed &* prime &+ UInt64(k))
        for i in 0..<(arguments.number("count") ?? 500) {
            let values = families[k].make(&simulated, n)
            write(values.enumerated().map { "\(i),\($0 + 1),\($1)\n" }.joined())
        }
    }
}
