/// Random numbers that are the same on every machine for the same seed.
///
/// Steele, Lea & Flood (2014), OOPSLA: SplitMix64. One addition and a mix for each number; a period of 2⁶⁴. For
/// permutations and tie-breaking, never for secrets.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return mixed(state)
    }

    /// A number from 0 up to, but not including, the limit, without bias worth speaking of (Lemire 2019, without the
    /// rejection: off by at most limit / 2⁶⁴).
    public mutating func below(_ limit: Int) -> Int {
        precondition(limit > 0, "There is no number below zero to choose")
        return Int(next().multipliedFullWidth(by: UInt64(limit)).high)
    }

    /// A number from 0 up to, but not including, 1, with 53 random bits.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Puts the elements in a random order (Fisher & Yates).
    public mutating func shuffle<T>(_ values: inout [T]) {
        for i in stride(from: values.count - 1, to: 0, by: -1) { values.swapAt(i, below(i + 1)) }
    }
}

/// A number whose bits all depend on all bits of x: the finishing step of SplitMix64.
@inlinable public func mixed(_ x: UInt64) -> UInt64 {
    var z = x
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
}
