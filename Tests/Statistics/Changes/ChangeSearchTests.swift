import Foundation
import Testing

@testable import Statistics

@Suite("The parts of the search for changes")
struct ChangeSearchTests {
    /// Prais and Winsten written out: each step less ρ times the one before, the first weighted by the root of 1 - ρ².
    static func plainFit(_ x: ArraySlice<Double>, _ rho: Double) -> (flat: Double, line: Double) {
        let y = Array(x)
        let n = y.count
        func whitened(_ v: [Double]) -> [Double] {
            (0..<n).map { $0 == 0 ? v[0] * (1 - rho * rho).squareRoot() : v[$0] - rho * v[$0 - 1] }
        }
        let (z, a, b) = (whitened(y), whitened(.init(repeating: 1, count: n)), whitened((0..<n).map(Double.init)))
        func dot(_ u: [Double], _ v: [Double]) -> Double { zip(u, v).reduce(0) { $0 + $1.0 * $1.1 } }
        let flat = dot(z, z) - dot(z, a) * dot(z, a) / dot(a, a)
        let (zb, bb) = (dot(z, b) - dot(z, a) * dot(a, b) / dot(a, a), dot(b, b) - dot(a, b) * dot(a, b) / dot(a, a))
        return (flat, flat - zb * zb / bb)
    }

    @Test("Costs from running sums are those of least squares written out", arguments: [0, 0.3, 0.85, 0.95])
    func costs(rho: Double) {
        var noise = Noise(seed: 31)
        let x = (0..<80).map { noise.normal() + 0.1 * Double($0) }
        let sums = SegmentSums(x)
        for (i, j) in [(0, 80), (0, 5), (17, 29), (60, 80), (40, 43)] {
            let (plain, fit) = (Self.plainFit(x[i..<j], rho), sums.fit(i, j, Autocorrelated(rho)))
            #expect(abs(fit.flat - plain.flat) < 1e-9 && abs(fit.line - plain.line) < 1e-9)
        }
    }

    @Test("The level and the slope of a straight line are its own")
    func coefficients() {
        let fit = SegmentSums((0..<30).map { 5 + 0.25 * Double($0) }).fit(10, 21, Autocorrelated(0.6))
        #expect(abs(fit.slope - 0.25) < 1e-12 && abs(fit.level - (5 + 0.25 * 15)) < 1e-12 && fit.line < 1e-9)
    }

    @Test("The pruned search finds what trying everything finds", arguments: 0..<8)
    func exact(seed: Int) {
        var noise = Noise(seed: UInt64(40 + seed))
        let rho = [0, 0.45, 0.85][seed % 3]
        let n = 90
        let x = zip(noise.autoregressive(n, rho), 0..<n).map { $0 + ($1 < 30 ? 0 : $1 < 64 ? 3 : -1) }
        let (noisy, penalty, v) = (Autocorrelated(rho), 8.0, 0.8)
        let search = ChangeSearch(x, shortest: 5, sloping: true, penalty: penalty, medians: MedianFinder())
        let logs = (0...n).map { Foundation.log(Double(max(1, $0))) }
        let quick = DynamicProgramme(
            sums: search.sums, positions: search.positions, shortest: 5, sloping: true, penalty: penalty, logs: logs
        ).cuts(noisy, variance: v)
        var best = [Double](repeating: .infinity, count: n + 1)
        var from = [Int](repeating: 0, count: n + 1)
        best[0] = 0
        for j in 5...n {
            for i in 0...(j - 5) where best[i].isFinite {
                let cost = best[i] + search.cost(i, j, noisy, v) + penalty + noisy.start
                if cost < best[j] { (best[j], from[j]) = (cost, i) }
            }
        }
        var cuts: [Int] = []
        var k = from[n]
        while k > 0 {
            cuts.append(k)
            k = from[k]
        }
        #expect(quick == cuts.reversed())
    }

    @Test("Medians without sorting are those of sorting", arguments: [1, 2, 7, 100, 4095, 4096, 9001])
    func medians(n: Int) {
        var noise = Noise(seed: 51)
        var finder = MedianFinder()
        for scale in [1, 1e-300, 1e300] {
            let x = (0..<n).map { _ in (noise.normal() * 100).rounded() * scale }
            let (quick, sorted) = (finder.median(x) ?? .nan, median(x) ?? .nan)
            #expect(abs(quick - sorted) <= 1e-15 * abs(sorted))
            #expect(finder.median(x.map { _ in 3 }) == 3)
        }
        #expect(finder.median([]) == nil)
    }

    @Test("The running median is that of sorted windows, mirrored at the ends")
    func running() {
        var noise = Noise(seed: 52)
        let x = (0..<60).map { _ in (noise.normal() * 3).rounded() }
        var finder = MedianFinder()
        let quick = ChangePreparation.runningMedian(x, &finder)
        for t in 0..<60 {
            let window = (t - 5...t + 5).map { x[$0 < 0 ? -$0 : $0 > 59 ? 118 - $0 : $0] }.sorted()
            #expect(quick[t] == window[5])
        }
        #expect(ChangePreparation.runningMedian([3, 1, 2], &finder) == [2, 2, 2])
    }

    @Test("Gaps are bridged by lines, the ends held")
    func bridges() {
        #expect(ChangePreparation.bridged([.nan, 1, .nan, .nan, 4, .infinity]) == [1, 1, 2, 3, 4, 4])
    }

    @Test("Autocovariances by the transform are those by hand")
    func transform() {
        var noise = Noise(seed: 53)
        let x = noise.autoregressive(3000, 0.7)
        let quick = autocovariances(x, through: 600)
        for lag in [0, 1, 17, 333, 600] {
            let plain = (lag..<3000).reduce(0) { $0 + x[$1] * x[$1 - lag] }
            #expect(abs(quick[lag] - plain) < 1e-8)
        }
        #expect(autocovariances([1, 2, 3], through: 2) == [14, 8, 3])
    }

    @Test("Peaks are the first of the largest within reach")
    func peaks() {
        let gains: [Double] = [0, 3, 1, 3, 0, 0, 5, 4, 6, -1, -1, -1, -1, 2]
        #expect(ChangeScreen.peaks(gains, reach: 2, above: 0) == [1, 8, 13])
        #expect(ChangeScreen.peaks(gains, reach: 1, above: 2.5) == [1, 3, 6, 8])
        #expect(ChangeScreen.peaks([], reach: 2, above: 0).isEmpty)
    }

    @Test("More than half equal is intermittent, exactly half is not")
    func intermittent() {
        #expect(ChangeReport.isIntermittent([0, 0, 1, .nan]) && !ChangeReport.isIntermittent([0, 0, 1, 2]))
        #expect(!ChangeReport.isIntermittent([0, 0, 0]) && !ChangeReport.isIntermittent([]))
        #expect(ChangeReport.addedUp([9, 1, 2, .nan, 4], by: 2) == [3, 8])
    }
}
