import Glibc

/// The standard normal distribution.
public enum Normal {
    /// The logarithm of the density at x.
    public static func logDensity(_ x: Double) -> Double { -0.5 * x * x - 0.918_938_533_204_672_74 }

    /// The chance of a value at or below x.
    public static func below(_ x: Double) -> Double { 0.5 * Glibc.erfc(-x / 2.0.squareRoot()) }

    /// The logarithm of the chance of a value at or above x; exact to about 14 digits however far out.
    ///
    /// Beyond 10 by Laplace's continued fraction (Abramowitz & Stegun 26.2.14).
    public static func logTail(_ x: Double) -> Double {
        if x < 10 { return Glibc.log(0.5 * Glibc.erfc(x / 2.0.squareRoot())) }
        var f = x
        for k in stride(from: 40.0, to: 0, by: -1) { f = x + k / f }
        return logDensity(x) - Glibc.log(f)
    }

    /// The value below which a share p of the distribution lies. Wichura (1988), Applied Statistics 37:477–484, AS 241.
    public static func quantile(_ p: Double) -> Double {
        precondition(p > 0 && p < 1, "A quantile is asked for a share between 0 and 1")
        let q = p - 0.5
        if q.magnitude <= 0.425 {
            let r = 0.180625 - q * q
            return q * poly(r, Self.a) / poly(r, Self.b)
        }
        let tail = q < 0 ? p : 1 - p
        let r = (-Glibc.log(tail)).squareRoot()
        let value = r <= 5 ? poly(r - 1.6, Self.c) / poly(r - 1.6, Self.d) : poly(r - 5, Self.e) / poly(r - 5, Self.f)
        return q < 0 ? -value : value
    }

    /// The x whose `logTail` is given: the quantile for chances too small to write.
    public static func quantile(logTail: Double) -> Double {
        precondition(logTail < 0, "The logarithm of a chance below 1 is negative")
        if logTail > -1 { return -quantile(Glibc.exp(logTail)) }
        var x = (max(0, -2 * logTail - Glibc.log(2 * Double.pi * max(1, -2 * logTail)))).squareRoot()
        for _ in 0..<60 {
            let tail = Self.logTail(x)
            // d logTail / dx = −density / tail
            let step = (tail - logTail) / Glibc.exp(logDensity(x) - tail)
            x += step
            if step.magnitude < 1e-13 * max(1, x.magnitude) { break }
        }
        return x
    }

    private static func poly(_ r: Double, _ k: [Double]) -> Double {
        var sum = 0.0
        for coefficient in k.reversed() { sum = sum * r + coefficient }
        return sum
    }

    private static let a = [
        3.387_132_872_796_366_608, 133.141_667_891_784_377_45, 1_971.590_950_306_551_442_7, 13_731.693_765_509_461_125,
        45_921.953_931_549_871_457, 67_265.770_927_008_700_853, 33_430.575_583_588_128_105, 2_509.080_928_730_122_672_7,
    ]
    private static let b = [
        1, 42.313_330_701_600_911_252, 687.187_007_492_057_908_3, 5_394.196_021_424_751_107_7,
        21_213.794_301_586_595_867, 39_307.895_800_092_710_61, 28_729.085_735_721_942_674, 5_226.495_278_852_854_561,
    ]
    private static let c = [
        1.423_437_110_749_683_577_34, 4.630_337_846_156_545_295_9, 5.769_497_221_460_691_405_5,
        3.647_848_324_763_204_605_04, 1.270_458_252_452_368_382_58, 0.241_780_725_177_450_611_77,
        0.022_723_844_989_269_184_583, 7.745_450_142_783_414_076_4e-4,
    ]
    private static let d = [
        1, 2.053_191_626_637_758_821_87, 1.676_384_830_183_803_849_4, 0.689_767_334_985_100_004_55,
        0.148_103_976_427_480_074_59, 0.015_198_666_563_616_457_97, 5.475_938_084_995_344_946e-4,
        1.050_750_071_644_416_843_24e-9,
    ]
    private static let e = [
        6.657_904_643_501_103_777_2, 5.463_784_911_164_114_369_9, 1.784_826_539_917_291_335_8,
        0.296_560_571_828_504_891_23, 0.026_532_189_526_576_123_093, 0.001_242_660_947_388_078_438_6,
        2.711_555_568_743_487_578_15e-5, 2.010_334_399_292_288_132_65e-7,
    ]
    private static let f = [
        1, 0.599_832_206_555_887_937_69, 0.136_929_880_922_735_805_31, 0.014_875_361_290_850_615_025,
        7.868_691_311_456_132_591e-4, 1.846_318_317_510_054_681_8e-5, 1.421_511_758_316_445_888_7e-7,
        2.044_263_103_389_939_785_64e-15,
    ]
}

/// Student's t distribution with ν degrees of freedom, which need not be whole.
public struct StudentT: Sendable {
    public let degrees: Double

    public init(degrees: Double) {
        precondition(degrees > 0, "Degrees of freedom are positive")
        self.degrees = degrees
    }

    /// The logarithm of the chance of a value at or above z: ½ I_x(ν/2, ½) with x = ν / (ν + z²).
    public func logTail(_ z: Double) -> Double {
        if z == 0 { return -Glibc.log(2) }
        if z < 0 { return Glibc.log1p(-Glibc.exp(logTail(-z))) }
        return logIncompleteBeta(degrees / (degrees + z * z), degrees / 2, 0.5) - Glibc.log(2)
    }

    /// The value exceeded with a chance of `tail`, for example 0.025. Bisection: about 50 evaluations.
    public func quantile(tail: Double) -> Double {
        precondition(tail > 0 && tail < 1, "A quantile is asked for a share between 0 and 1")
        if tail > 0.5 { return -quantile(tail: 1 - tail) }
        let goal = Glibc.log(tail)
        var low = 0.0
        var high = 1.0
        while logTail(high) > goal, high < 1e300 { high *= 2 }
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if logTail(middle) > goal { low = middle } else { high = middle }
            if high - low <= 1e-14 * high { break }
        }
        return (low + high) / 2
    }
}

/// The exact interval of a Poisson mean after counting y, at the level 1 − α.
///
/// Garwood (1936), Biometrika 28:437–442: gamma quantiles of shape y and y + 1. A weighted count need not be whole.
public func poissonInterval(count y: Double, alpha: Double = 0.05) -> (low: Double, high: Double) {
    precondition(y >= 0, "A count is not negative")
    func gammaQuantile(_ shape: Double, _ p: Double) -> Double {
        var low = 0.0
        var high = max(1, shape) * 2
        while lowerGamma(shape: shape, high) < p { high *= 2 }
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if lowerGamma(shape: shape, middle) < p { low = middle } else { high = middle }
            if high - low <= 1e-13 * high { break }
        }
        return (low + high) / 2
    }
    return (y > 0 ? gammaQuantile(y, alpha / 2) : 0, gammaQuantile(y + 1, 1 - alpha / 2))
}

/// The logarithm of the chance that a count with this mean and a variance of `dispersion` × mean is y or more.
///
/// Negative binomial with size r = mean / (φ − 1), summed upwards from its first term; Poisson when φ is 1. Exact in its
/// relative error far out in the tail. For y above the mean; below it the sum is long and the chance near 1.
public func logCountTail(atLeast y: Double, mean: Double, dispersion φ: Double) -> Double {
    precondition(mean > 0 && y >= 0, "A mean is positive, a count is not negative")
    if y == 0 { return 0 }
    let isPoisson = φ < 1.001
    let r = isPoisson ? 0 : mean / (φ - 1)
    let ratio = isPoisson ? 0 : (φ - 1) / φ
    let first =
        isPoisson
        ? y * Glibc.log(mean) - mean - logGamma(y + 1)
        : logGamma(y + r) - logGamma(r) - logGamma(y + 1) - r * Glibc.log(φ) + y * Glibc.log(ratio)
    var term = 1.0
    var sum = 1.0
    var k = y
    while term > sum * 1e-12, k < y + 1_000_000 {
        term *= isPoisson ? mean / (k + 1) : (k + r) / (k + 1) * ratio
        sum += term
        k += 1
    }
    return min(0, first + Glibc.log(sum))
}

/// The logarithm of the chance that a χ² variable of k degrees exceeds x, exact in relative terms however far out.
public func logChiSquareTail(_ x: Double, degrees k: Double) -> Double {
    if x <= 0 { return 0 }
    let a = k / 2
    let y = x / 2
    if y < a + 1 { return Glibc.log1p(-min(1 - 1e-16, lowerGamma(shape: a, y))) }
    // Lentz's continued fraction of Q(a, y), kept apart from its small front factor.
    let tiny = 1e-300
    var b = y + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var h = d
    var i = 1.0
    while i < 10_000 {
        let an = -i * (i - a)
        b += 2
        d = an * d + b
        if d.magnitude < tiny { d = tiny }
        c = b + an / c
        if c.magnitude < tiny { c = tiny }
        d = 1 / d
        h *= d * c
        if (d * c - 1).magnitude < 1e-15 { break }
        i += 1
    }
    return a * Glibc.log(y) - y - logGamma(a) + Glibc.log(h)
}
