import Glibc
import Testing

@testable import Statistics

/// Published values are scipy 1.x's (`gammaln`, `digamma`, `polygamma`, `norm`, `t`, `nbinom`, `poisson`, `chi2`, `gamma`).
@Suite("Distributions and special functions")
struct DistributionTests {
    func near(_ a: Double, _ b: Double, _ tolerance: Double = 1e-11) -> Bool {
        (a - b).magnitude <= tolerance * max(1, b.magnitude)
    }

    @Test("Log gamma, digamma and trigamma agree with published values")
    func gamma() {
        for (x, y) in [
            (0.1, 2.252712651734206), (0.5, 0.5723649429247), (3.7, 1.428072326665388), (50.5, 146.51925549072064),
            (1e5, 1051287.7089736569),
        ] { #expect(near(logGamma(x), y)) }
        for (x, y) in [(0.1, -10.423754940411076), (1, -0.5772156649015329), (7.3, 1.917820335637986)] {
            #expect(near(digamma(x), y))
        }
        for (x, y) in [(0.1, 101.43329915), (1, 1.64493407), (7.3, 0.14679577)] {
            #expect(near(trigamma(x), y, 1e-8))
        }
        #expect(near(tetragamma(1.5), -0.8287966442343201, 1e-9))
    }

    @Test("The factorials are gamma's, and each function follows its recurrence")
    func recurrences() {
        var factorial = 1.0
        for n in 1...20 {
            factorial *= Double(n)
            #expect(near(logGamma(Double(n) + 1), log(factorial)))
        }
        for x in stride(from: 0.05, to: 30, by: 0.37) {
            #expect(near(digamma(x + 1) - digamma(x), 1 / x, 1e-10))
            #expect(near(trigamma(x) - trigamma(x + 1), 1 / (x * x), 1e-10))
        }
    }

    @Test("The inverse of trigamma gives back what it was made from")
    func inverse() {
        for x in [0.01, 0.3, 1, 4.4, 50, 500, 1e5] { #expect(near(inverseTrigamma(trigamma(x)), x, 1e-8)) }
    }

    @Test("Normal tails and quantiles agree with published values, however far out")
    func normal() {
        for (x, y) in [
            (-3.0, -0.0013508099647481925), (0, -0.6931471805599453), (2, -3.7831843336820317),
            (9, -43.62814911333212), (12, -75.41067300156881), (40, -804.6084420137539),
        ] {
            #expect(near(Normal.logTail(x), y))
            #expect(near(Normal.quantile(logTail: y), x, 1e-9))
        }
        for (p, x) in [(1e-300, -37.0470962993612), (1e-10, -6.361340902404056), (0.025, -1.9599639845400545)] {
            #expect(near(Normal.quantile(p), x))
            if p > 1e-15 { #expect(near(Normal.quantile(1 - p), -x, 1e-6)) }
        }
        #expect(Normal.quantile(0.5) == 0)
        #expect(near(Normal.below(1.96), 0.9750021048517795))
        #expect(near(Normal.logTail(9.999_999), Normal.logTail(10.000_001), 1e-5))
    }

    @Test("Student's t agrees with published values; its tails mirror each other")
    func student() {
        for (z, ν, y) in [
            (2.0, 5.0, -2.976523167161812), (12, 3, -7.381754238308889), (8, 40.5, -21.739680262235254),
            (0.3, 1000, -0.9620212323724847),
        ] { #expect(near(StudentT(degrees: ν).logTail(z), y)) }
        for (ν, x) in [
            (1.0, 12.706204736174705), (4.5, 2.658912347204404), (30, 2.042272456301238), (1000, 1.9623390808264085),
        ] { #expect(near(StudentT(degrees: ν).quantile(tail: 0.025), x)) }
        let t = StudentT(degrees: 7)
        #expect(near(t.quantile(tail: 0.9), -t.quantile(tail: 0.1)))
        #expect(t.logTail(0) < t.logTail(-0.1))
    }

    @Test("Count tails agree with published values; a dispersion of 1 is Poisson's")
    func counts() {
        #expect(near(logCountTail(atLeast: 20, mean: 5, dispersion: 2), -7.1666040492151))
        #expect(near(logCountTail(atLeast: 60, mean: 5, dispersion: 1.5), -44.729519910428344))
        #expect(near(logCountTail(atLeast: 20, mean: 5, dispersion: 1), -14.87910253293918))
        #expect(near(logCountTail(atLeast: 80, mean: 5, dispersion: 1), -149.85442808691272))
        #expect(logCountTail(atLeast: 0, mean: 5, dispersion: 2) == 0)
    }

    @Test("χ² tails and the incomplete gamma agree with published values")
    func chiSquare() {
        for (x, y) in [
            (3.0, -0.21214571169336185), (12.6, -2.9988071326425856), (80, -33.26540834002705),
            (900, -438.47020758517004),
        ] { #expect(near(logChiSquareTail(x, degrees: 6), y)) }
        for (a, x, p) in [(0.5, 0.2, 0.47291074313446196), (10, 9, 0.4125917556680583), (10, 25, 0.9997785233617512)] {
            #expect(near(lowerGamma(shape: a, x), p))
        }
    }

    @Test("Garwood's table: after counting 0, 1 and 10")
    func poisson() {
        let none = poissonInterval(count: 0)
        #expect(none.low == 0 && near(none.high, 3.688879454113936))
        let one = poissonInterval(count: 1)
        #expect(near(one.low, 0.02531780798428, 1e-8) && near(one.high, 5.571643390938898))
        let ten = poissonInterval(count: 10)
        #expect(near(ten.low, 4.795388716, 1e-8) && near(ten.high, 18.39035602, 1e-8))
    }
}
