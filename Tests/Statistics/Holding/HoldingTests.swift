import Glibc
import Testing

@testable import Statistics

@Suite("Holding")
struct HoldingTests {
    static func near(_ a: Double, _ b: Double, _ relative: Double) -> Bool { (a / b - 1).magnitude < relative }

    // Montgomery, Introduction to Statistical Quality Control, table 9.3 (after Lucas 1976): two-sided, k = ½.
    @Test(
        "CUSUM run lengths are the published ones",
        arguments: [
            (4.0, 0.0, 168.0), (5, 0, 465), (4, 1, 8.38), (5, 1, 10.4), (4, 0.5, 26.6), (5, 2, 4.01), (4, 0.25, 74.2),
        ])
    func cusum(limit: Double, shift: Double, length: Double) {
        #expect(Self.near(RunLength.ofTwoSidedCusum(reference: 0.5, limit: limit, shift: shift), length, 0.01))
    }

    // Hawkins (1993), J. Quality Technology 25:463–477, as in Montgomery's table 9.4: limits for a run length of 370.
    @Test(
        "CUSUM limits are Hawkins'",
        arguments: [(0.25, 8.01), (0.5, 4.77), (0.75, 3.34), (1, 2.52), (1.25, 1.99), (1.5, 1.61)])
    func hawkins(reference: Double, limit: Double) {
        let found = RunLength.limit(for: 370) { RunLength.ofTwoSidedCusum(reference: reference, limit: $0) }
        #expect((found - limit).magnitude < 0.011)
    }

    @Test("Siegmund's approximation: 938.2 for k = ½, h = 5, within two per cent of the equation")
    func siegmund() {
        #expect((RunLength.siegmund(reference: 0.5, limit: 5) - 938.2).magnitude < 0.1)
        #expect(Self.near(RunLength.ofCusum(reference: 0.5, limit: 5), 930.9, 0.001))
    }

    // Lucas & Saccucci (1990), Technometrics 32:1–12, table 3: in control 500, and a shift of one.
    @Test(
        "EWMA run lengths are Lucas and Saccucci's",
        arguments: [
            (0.4, 3.054, 14.3), (0.25, 2.998, 11.1), (0.2, 2.962, 10.5), (0.1, 2.814, 10.3), (0.05, 2.615, 11.4),
        ])
    func ewma(lambda: Double, limit: Double, shifted: Double) {
        #expect(Self.near(RunLength.ofEwma(lambda: lambda, limit: limit), 500, 0.01))
        #expect(Self.near(RunLength.ofEwma(lambda: lambda, limit: limit, shift: 1), shifted, 0.02))
    }

    @Test("A watch is quiet on the level and tells which way it was left; a missing point changes nothing")
    func watch() {
        var watch = LevelWatch(.cusum(reference: 0.5), level: 10, deviation: 2, wanted: 370)
        let quiet = (0..<100).flatMap { _ in [watch.add(10), watch.add(.nan)] }
        #expect(quiet.allSatisfy { $0 == nil })
        let found = (0..<20).map { _ in watch.add(14) }
        #expect(found.firstIndex { $0 == .up } == 3 && !found.contains(.down))
        var smooth = LevelWatch(.ewma(lambda: 0.2), level: 10, deviation: 2, wanted: 370)
        let left = (0..<20).map { _ in smooth.add(7) }
        #expect(left.contains(.down))
    }

    @Test("A limit set on points with memory keeps the run length that is wanted; the textbook's does not")
    func calibrated() throws {
        var g = SplitMix64(seed: 21)
        func next(_ x: inout Double) -> Double {
            x = 0.6 * x + 0.8 * DecompositionTests.normal(&g)
            return x
        }
        var x = 0.0
        let quiet = (0..<1_500).map { _ in next(&x) }
        let watch = try LevelWatch.calibrated(.ewma(lambda: 0.2), on: quiet, wanted: 60)
        #expect(watch.averageRunLength.low < 66 && watch.averageRunLength.high > 54)
        func alarms(_ start: LevelWatch) -> Double {
            var watch = start
            let points = 20_000
            return Double(points) / Double((0..<points).count { _ in watch.add(next(&x)) != nil })
        }
        let kept = alarms(watch)
        #expect(kept > 42 && kept < 90, "\(kept)")
        #expect(alarms(LevelWatch(.ewma(lambda: 0.2), level: 0, deviation: 1, wanted: 60)) < 30)
        #expect(throws: HoldingError.tooShort(known: 3, needed: 40)) {
            try LevelWatch.calibrated(.cusum(reference: 0.5), on: [1, 2, 3], wanted: 100)
        }
        #expect(throws: HoldingError.constant) {
            try LevelWatch.calibrated(.cusum(reference: 0.5), on: Array(repeating: 1, count: 50), wanted: 100)
        }
    }

    @Test("The share held: by hand, unbounded refused, and covered nineteen times of twenty")
    func share() throws {
        let before = (0..<20).map { 10.0 + Double($0 % 2) * 0.2 - 0.1 }
        let half = try shareHeld(before: before, after: before.map { $0 - 4 }, now: before.map { $0 - 2 })
        #expect((half.estimate - 0.5).magnitude < 1e-12 && half.low < 0.5 && half.high > 0.5 && half.high < 0.55)
        #expect(throws: HoldingError.noGainShown) { try shareHeld(before: before, after: before, now: before) }
        #expect(throws: HoldingError.tooShort(known: 2, needed: 8)) {
            try shareHeld(before: [1, 2], after: before, now: before)
        }
        var g = SplitMix64(seed: 22)
        func noisy(_ level: Double) -> [Double] { (0..<30).map { _ in level + DecompositionTests.normal(&g) } }
        var covered = 0
        for _ in 0..<300 {
            let found = try shareHeld(before: noisy(10), after: noisy(7), now: noisy(8))
            if found.low <= 2.0 / 3, 2.0 / 3 <= found.high { covered += 1 }
        }
        #expect(covered >= 275 && covered <= 297, "\(covered) of 300")
    }

    @Test(
        "A half-life is found with an interval that covers; none is named where the gain stays or nothing can be told")
    func halfLife() throws {
        var g = SplitMix64(seed: 23)
        func points(_ n: Int, _ halfLife: Double) -> [Double] {
            (0..<n).map { 10 - 6 * exp(-log(2) / halfLife * Double($0)) + DecompositionTests.normal(&g) }
        }
        var covered = 0
        for _ in 0..<40 {
            let found = try halfLifeOfErosion(points(90, 25), before: 10)
            if found.halfLife.low <= 25, 25 <= found.halfLife.high { covered += 1 }
            #expect(found.gain < -4)
        }
        #expect(covered >= 34, "\(covered) of 40")
        var named = 0
        for _ in 0..<25 where (try? halfLifeOfErosion(points(90, 1e9), before: 10)) != nil { named += 1 }
        #expect(named <= 3, "\(named) of 25 name a half-life of a gain that stays")
        #expect(throws: HoldingError.noGainShown) {
            try halfLifeOfErosion((0..<60).map { _ in 10 + DecompositionTests.normal(&g) }, before: 10)
        }
        #expect(throws: HoldingError.tooShort(known: 5, needed: 20)) {
            try halfLifeOfErosion([1, 2, 3, 4, 5], before: 0)
        }
        let exact = try halfLifeOfErosion((0..<50).map { 3 * exp(-0.05 * Double($0)) }, before: 0)
        #expect(Self.near(exact.halfLife.estimate, log(2) / 0.05, 1e-3))
    }
}
