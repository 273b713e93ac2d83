import Glibc

/// The logarithm of a long product of positive numbers, taking few logarithms and never overflowing.
struct LogProduct {
    private var product = 1.0
    private var sum = 0.0

    mutating func multiply(by x: Double) {
        product *= x
        if product > 1e100 || product < 1e-100 {
            sum += Glibc.log(product)
            product = 1
        }
    }

    var value: Double { sum + Glibc.log(product) }
}
