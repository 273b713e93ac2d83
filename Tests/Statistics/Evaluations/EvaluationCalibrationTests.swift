import Foundation
import Testing

@testable import Statistics

/// Small versions of `kernels evaluate-worlds`: seeded, and able to fail.
@Suite("Evaluations: calibration")
struct EvaluationCalibrationTests {
    @Test("Nothing done: a claim seldom a claim", arguments: [0, 0.5, 0.8])
    func falseClaims(ρ: Double) throws {
        var claims = 0
        for seed in 0..<24 {
            let days = noisyDays(208, ρ: ρ, seed: UInt64(1000 + seed))
            let effect = try #require(evaluate(Intervention(values: days, start: 180, season: .week)).effect)
            if effect.absolute.low > 0 || effect.absolute.high < 0 { claims += 1 }
        }
        #expect(claims <= 4)  // 5 % of 24 are 1.2; more than 4 has a chance below 1 %
    }

    @Test("Started after the worst two weeks of the year: seldom “worked”, although the naive figure says so")
    func regressionToTheMean() {
        var (worked, naive) = (0, 0)
        for seed in 0..<12 {
            let days = noisyDays(393, ρ: 0.6, seed: UInt64(5000 + seed))
            func mean(_ end: Int) -> Double { days[(end - 14)..<end].reduce(0, +) }
            let start = (200...365).max { mean($0) < mean($1) } ?? 200
            let result = evaluate(
                Intervention(values: Array(days[..<(start + 28)]), start: start, season: .week),
                plan: EvaluationPlan(better: .lower))
            if result.verdict == .worked { worked += 1 }
            if let before = result.naive, before.absolute.high < 0 { naive += 1 }
        }
        #expect(worked <= 2 && naive >= 3)
    }

    @Test("Looked again and again, the always-valid interval holds the truth at all of them")
    func anytime() throws {
        var broken = 0
        for seed in 0..<8 {
            let days = noisyDays(208, ρ: 0.4, seed: UInt64(9000 + seed))
            var isBroken = false
            for after in stride(from: 4, through: 28, by: 6) {
                let result = evaluate(
                    Intervention(values: Array(days[..<(180 + after)]), start: 180, season: .week),
                    plan: EvaluationPlan(reviewAfter: 28))
                let anytime = try #require(result.effect?.anytime)
                if anytime.low > 0 || anytime.high < 0 { isBroken = true }
            }
            if isBroken { broken += 1 }
        }
        #expect(broken <= 1)
    }

    @Test("Counts, shares and durations: a fall of a fifth is told as one")
    func scales() throws {
        var random = SplitMix64(seed: 77)
        func poisson(_ mean: Double) -> Double {
            var (k, p) = (-1.0, 1.0)
            repeat {
                k += 1
                p *= random.uniform()
            } while p > exp(-mean)
            return k
        }
        let weekday = [1.3, 1.2, 1.1, 1.1, 1.0, 0.6, 0.5]
        let counts = (0..<236).map { poisson(6 * weekday[$0 % 7] * ($0 >= 180 ? 0.8 : 1)) }
        let fall = try #require(
            evaluate(Intervention(values: counts, start: 180, season: .week, scale: .count)).effect)
        let relative = try #require(fall.relative)
        #expect(relative.low < -0.2 && relative.high > -0.2 && relative.high < 0)
        #expect(fall.absolute.low < -1.2 && fall.absolute.high > -1.2)
        let durations = noisyDays(236, ρ: 0.3, seed: 5).enumerated().map { exp($1 / 40) * ($0 >= 180 ? 0.8 : 1) }
        let shorter = try #require(
            evaluate(Intervention(values: durations, start: 180, season: .week, scale: .ratio)).effect?.relative)
        #expect(shorter.low < -0.2 && shorter.high > -0.2 && shorter.high < -0.1)
        let trials = (0..<236).map { 30 + Double($0 % 5) }
        let shares = (0..<236).map { t in
            let hits = (0..<Int(trials[t])).count { _ in random.uniform() < (t >= 180 ? 0.8 : 0.9) }
            return Double(hits) / trials[t]
        }
        let points = try #require(
            evaluate(Intervention(values: shares, start: 180, season: .week, scale: .share(trials: trials))).effect)
        #expect(points.absolute.low < -0.1 && points.absolute.high > -0.1 && points.absolute.high < -0.05)
    }

    @Test("Staggered starts: common shocks vanish, effects that differ are averaged")
    func staggered() throws {
        let shocks = noisyDays(200, ρ: 0.9, seed: 8).map { 10 * ($0 - 100) }
        let starts: [Int?] = [100, 120, 140, nil, nil, nil]
        let effects = [4.0, 8, 12, 0, 0, 0]
        let teams = (0..<6).map { k in
            let own = noisyDays(200, ρ: 0.4, seed: UInt64(60 + k))
            return (0..<200).map { t in
                own[t] * 0.25 + shocks[t] + Double(10 * k) + (t >= starts[k] ?? 999 ? effects[k] : 0)
            }
        }
        let result = evaluateStaggered(teams, starts: starts, season: .week)
        let effect = try #require(result.effect)
        #expect(effect.low < 8 && effect.high > 8 && effect.high - effect.low < 2)
        #expect(result.verdict == .worked)
        for k in 0..<3 { #expect(abs(try #require(result.teams[k]).estimate - effects[k]) < 1.5) }
        let shocked = teams.map { zip($0, (0..<200)).map { $0 + 1e4 * Double(($1 * 7919) % 13) } }
        let again = try #require(evaluateStaggered(shocked, starts: starts, season: .week).effect)
        #expect(abs(again.estimate - effect.estimate) < 1e-6)
        let together = evaluateStaggered(teams, starts: Array(repeating: 100, count: 6), season: .week)
        #expect(together.reasons == [.notIdentified])
    }
}
