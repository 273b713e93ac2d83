import Glibc
import Measures
import Records
import Statistics
import Testing

@testable import Signals

@Suite("The methods beneath the detectors")
struct MethodTests {
    let flat = Array(repeating: 1.0, count: 100)

    @Test("A shift's likelihood ratio by hand: 10 a day for 50 days, then 20")
    func shiftByHand() {
        let y = (0..<100).map { $0 < 50 ? 10.0 : 20.0 }
        let fit = CountFit(y.span, exposure: flat, edge: 14)
        // 2·[500·log(500/750) + 1000·log(1000/750)]
        #expect((fit.shift - 2 * (500 * log(500.0 / 750) + 1000 * log(1000.0 / 750))).magnitude < 1e-9)
        #expect(fit.day == 50 && !fit.isTrend(dispersion: 1))
        #expect(fit.outliers.isEmpty)
    }

    @Test("The trend found by Newton's method is the best of a fine grid of slopes")
    func trendAgainstGrid() {
        var g = SplitMix64(seed: 3)
        for slope in [-0.8, -0.3, 0, 0.6, 3, 7] {
            let y = (0..<100).map { t in
                let mean = 8 * (1 + slope * (Double(t) + 0.5) / 100)
                return max(0, (mean + mean.squareRoot() * Normal.quantile(g.uniform() * 0.998 + 0.001)).rounded())
            }
            let best = CountFit.trend(y.span, flat)
            let grid = stride(from: -0.97, through: 8, by: 0.001).map {
                CountFit.trendRatio(y.span, flat, slope: $0)
            }
            #expect(best.ratio >= (grid.max() ?? 0) - 1e-6, "slope \(slope)")
        }
    }

    @Test("Counts of nothing fit nothing")
    func empty() {
        let y = Array(repeating: 0.0, count: 100)
        let fit = CountFit(y.span, exposure: flat, edge: 14)
        #expect(fit.shift == 0 && fit.trend == 0 && fit.outliers.isEmpty)
    }

    @Test("The tail of the best of many days is near what chance does, and never smaller than one day's")
    func tailAgainstChance() {
        // The share of Gaussian series whose best standardised shift exceeds 3.2², against the formula.
        var g = SplitMix64(seed: 5)
        let n = 100
        let runs = 1500
        var beyond = 0
        for _ in 0..<runs {
            var s = ScoreSeries(days: n)
            for t in 0..<n {
                s.u[t] = Normal.quantile(g.uniform() * 0.99999 + 5e-6)
                s.i[t] = 1
                s.tickets[t] = 30
            }
            s.centre()
            if (ScoreFit.shiftRatios(s, edge: 14).max() ?? 0) > 3.2 * 3.2 { beyond += 1 }
        }
        let formula = exp(Tails.shift(3.2 * 3.2, dispersion: 1, degrees: 1000, edge: 0.14))
        let share = Double(beyond) / Double(runs)
        #expect(share < formula * 1.3 && share > formula * 0.3, "\(share) against \(formula)")
        for z in [2.0, 4, 8, 20] {
            #expect(
                Tails.shift(z * z, dispersion: 1, degrees: 50, edge: 0.1)
                    >= Tails.trend(z * z, dispersion: 1, degrees: 50) - log(2))
        }
        #expect(Tails.shift(0, dispersion: 1, degrees: 5, edge: 0.1) == 0)
        #expect(Tails.trend(0, dispersion: 1, degrees: 5) == 0)
    }

    @Test("A weekly rhythm is learned, and small slices lean on everything")
    func rhythm() {
        let window = Period(Day(number: 19_723), through: Day(number: 19_723 + 69))
        var rhythm = Rhythm(window: window, holidays: [])
        let all = (0..<70).map { $0 % 7 < 5 ? 100.0 : 10.0 }
        rhythm.learn(all.span)
        let small = (0..<70).map { $0 == 3 ? 1.0 : 0 }
        let e = rhythm.exposure(small.span)
        #expect((sum(e) - 70).magnitude < 1e-9)
        #expect((e[0] / e[5] - 10).magnitude < 0.5)
        // A holiday is a day of its own kind.
        let feast = Rhythm(window: window, holidays: [Day(number: 19_724)])
        #expect(feast.classOf[1] == 7 && feast.daysIn[7] == 1 && feast.daysIn[1] == 9)
    }

    @Test("Dispersions of many series are drawn towards one another; of few they are left alone")
    func moderation() {
        let few = Dispersions([1, 2, 9], levels: [5, 5, 5], degrees: 50)
        #expect(few.values == [1, 2, 9] && few.degrees == 50)
        var g = SplitMix64(seed: 9)
        let raw = (0..<40).map { _ in 1.2 + 0.2 * g.uniform() }
        let many = Dispersions(raw + [4], levels: Array(repeating: 5, count: 41), degrees: 50)
        #expect(many.degrees > 50)
        #expect(many.values[40] < 4 && many.values[40] > 1.3)
        #expect(Dispersions([], levels: [], degrees: 10).values.isEmpty)
    }

    @Test("The gate lets a shift through that no order of the weeks repeats, and not one that most do")
    func gate() {
        let gate = Gate(permutations: 499, seed: 1)
        let shift = (0..<140).map { $0 < 70 ? 1.0 : 2.0 }
        func statistic(_ y: [Double]) -> ([Int]) -> Double {
            { order in (0..<70).reduce(0) { $0 + y[order[$1]] } - (70..<140).reduce(0) { $0 + y[order[$1]] } }
        }
        #expect(gate.passes(days: 140, salt: 1) { -statistic(shift)($0) })
        let waves = (0..<140).map { ($0 / 7) % 2 == 0 ? 1.0 : 2.0 }
        #expect(!gate.passes(days: 140, salt: 1) { abs(statistic(waves)($0)) + 1 })
        #expect(!gate.passes(days: 13, salt: 1) { _ in 1 })
        var residuals = (0..<100).map { Double($0 % 10) / 10 }
        #expect(!Gate.passesAlone(residuals, at: 9))
        residuals[50] = 12
        #expect(Gate.passesAlone(residuals, at: 50))
    }

    @Test("Dates: one sure day, or a flat stretch")
    func dates() throws {
        let sure = try #require(Dates([0, 5, 100, 5, 0], dispersion: 1))
        #expect(sure.from == 2 && sure.through == 2)
        let flat = try #require(Dates([0, 9, 9, 9, 9, 0], dispersion: 1))
        #expect(flat.from == 1 && flat.through == 4)
        #expect(Dates([0, 0], dispersion: 1) == nil)
    }

    @Test("Ids differ by what they are about and by nothing else")
    func identities() throws {
        let a = try #require(Measure(id: "incidents.opened"))
        let one = identity(kind: .levelShift, measure: a, slice: Slice(.category, "Email"), ordinal: 0)
        #expect(one == identity(kind: .levelShift, measure: a, slice: Slice(.category, "Email"), ordinal: 0))
        let others = [
            identity(kind: .levelShift, measure: a, slice: Slice(.category, "Email"), ordinal: 1),
            identity(kind: .trend, measure: a, slice: Slice(.category, "Email"), ordinal: 0),
            identity(kind: .levelShift, measure: a, slice: .everything, ordinal: 0),
        ]
        #expect(Set(others + [one]).count == 4 && one.allSatisfy { $0.isASCII })
    }
}
