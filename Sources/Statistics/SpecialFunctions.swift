import Glibc

/// The natural logarithm of the gamma function, for x > 0, to about 14 digits.
///
/// Lanczos (1964), SIAM J. Numer. Anal. B 1:86–96, with g = 7 and nine terms (Godfrey's coefficients). Our own, because
/// the C library's writes a global variable.
public func logGamma(_ x: Double) -> Double {
    precondition(x > 0, "The logarithm of gamma is for positive numbers")
    if x < 0.5 { return Glibc.log(Double.pi / Glibc.sin(Double.pi * x)) - logGamma(1 - x) }
    let z = x - 1
    var sum = 0.999_999_999_999_809_93
    sum += 676.520_368_121_885_1 / (z + 1)
    sum += -1_259.139_216_722_402_8 / (z + 2)
    sum += 771.323_428_777_653_13 / (z + 3)
    sum += -176.615_029_162_140_59 / (z + 4)
    sum += 12.507_343_278_686_905 / (z + 5)
    sum += -0.138_571_095_265_720_12 / (z + 6)
    sum += 9.984_369_578_019_571_6e-6 / (z + 7)
    sum += 1.505_632_735_149_311_6e-7 / (z + 8)
    let t = z + 7.5
    return 0.918_938_533_204_672_74 + (z + 0.5) * Glibc.log(t) - t + Glibc.log(sum)
}

/// The first derivative of `logGamma`, for x > 0: recurrence up to 8, then the asymptotic series
/// (Abramowitz & Stegun 6.3.5, 6.3.18).
public func digamma(_ x: Double) -> Double {
    precondition(x > 0, "Digamma is for positive numbers")
    var x = x
    var shift = 0.0
    while x < 8 {
        shift -= 1 / x
        x += 1
    }
    let r = 1 / (x * x)
    let series = r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r * (1.0 / 132)))))
    return shift + Glibc.log(x) - 0.5 / x - series
}

/// The second derivative of `logGamma`, for x > 0 (Abramowitz & Stegun 6.4.6, 6.4.12).
public func trigamma(_ x: Double) -> Double {
    precondition(x > 0, "Trigamma is for positive numbers")
    var x = x
    var sum = 0.0
    while x < 8 {
        sum += 1 / (x * x)
        x += 1
    }
    let r = 1 / (x * x)
    let series = r / x * (1.0 / 6 - r * (1.0 / 30 - r * (1.0 / 42 - r * (1.0 / 30 - r * (5.0 / 66)))))
    return sum + 1 / x + 0.5 * r + series
}

/// The x > 0 whose `trigamma` is y > 0. Newton's method on 1/trigamma, which is convex, so that it cannot overshoot:
/// Smyth (2004), Stat. Appl. Genet. Mol. Biol. 3(1), appendix.
public func inverseTrigamma(_ y: Double) -> Double {
    precondition(y > 0, "Trigamma of a positive number is positive")
    if y > 1e7 { return 1 / y.squareRoot() }
    if y < 1e-6 { return 1 / y }
    var x = 0.5 + 1 / y
    for _ in 0..<60 {
        let value = trigamma(x)
        let step = value * (1 - value / y) / tetragamma(x)
        x += step
        if -step / x < 1e-12 { break }
    }
    return x
}

/// The third derivative of `logGamma` (Abramowitz & Stegun 6.4.6, 6.4.13).
func tetragamma(_ x: Double) -> Double {
    var x = x
    var sum = 0.0
    while x < 8 {
        sum -= 2 / (x * x * x)
        x += 1
    }
    let r = 1 / (x * x)
    return sum - r * (1 + 1 / x + r * (0.5 - r * (1.0 / 6 - r * (1.0 / 6 - r * 0.3))))
}

/// The regularised lower incomplete gamma function P(a, x): the chance that a gamma variable of shape a stays below x.
///
/// Series below a + 1, Lentz's continued fraction above (Abramowitz & Stegun 6.5.29, 6.5.31).
public func lowerGamma(shape a: Double, _ x: Double) -> Double {
    precondition(a > 0, "The shape of a gamma distribution is positive")
    if x <= 0 { return 0 }
    let front = Glibc.exp(a * Glibc.log(x) - x - logGamma(a))
    if x < a + 1 {
        var term = 1 / a
        var sum = term
        var k = a
        while term > sum * 1e-16 {
            k += 1
            term *= x / k
            sum += term
        }
        return min(1, front * sum)
    }
    let tiny = 1e-300
    var b = x + 1 - a
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
    return max(0, 1 - front * h)
}

/// log I_x(a, b), the logarithm of the regularised incomplete beta function.
///
/// Lentz's continued fraction (Abramowitz & Stegun 26.5.8), which converges fast for x < (a + 1) / (a + b + 2); above,
/// the complement is used, where the value is not small and nothing is lost by leaving the logarithm.
public func logIncompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "The parameters of a beta distribution are positive")
    if x <= 0 { return -.infinity }
    if x >= 1 { return 0 }
    // A hair above the bound, or x and 1 − x could both lie on it and call each other for ever.
    if x > (a + 1) / (a + b + 2) * (1 + 1e-9) {
        return Glibc.log1p(-Glibc.exp(logIncompleteBeta(1 - x, b, a)))
    }
    let front =
        a * Glibc.log(x) + b * Glibc.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b) - Glibc.log(a)
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    if d.magnitude < tiny { d = tiny }
    d = 1 / d
    var h = d
    var m = 1.0
    while m < 10_000 {
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 + even * d
        if d.magnitude < tiny { d = tiny }
        c = 1 + even / c
        if c.magnitude < tiny { c = tiny }
        d = 1 / d
        h *= d * c
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 + odd * d
        if d.magnitude < tiny { d = tiny }
        c = 1 + odd / c
        if c.magnitude < tiny { c = tiny }
        d = 1 / d
        h *= d * c
        if (d * c - 1).magnitude < 1e-15 { break }
        m += 1
    }
    return front + Glibc.log(h)
}
