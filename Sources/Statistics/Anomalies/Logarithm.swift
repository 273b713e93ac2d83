/// The base-2 logarithm in Float32, without a call: the exponent from the bits, the rest from a series.
///
/// log2 m = 2/ln 2 · artanh((m − 1)/(m + 1)) with m between √½ and √2; four terms leave an error below 10⁻⁶.
/// - Parameter x: Normal and positive, all of them.
@inline(__always)
func logarithm2(_ x: SIMD8<Float>) -> SIMD8<Float> {
    // Bits are moved so that the exponent changes at √½ and not at 1.
    let halfRoot = SIMD8<Int32>(repeating: 0x3F35_04F3)
    let bits = unsafe unsafeBitCast(x, to: SIMD8<Int32>.self) &- halfRoot
    // A whole number in the last bits of 1.5 · 2²³ is that number more: the quickest way to a Float32.
    let exponent =
        unsafe unsafeBitCast((bits &>> 23) &+ SIMD8<Int32>(repeating: 0x4B40_0000), to: SIMD8<Float>.self) - 12_582_912
    let m = unsafe unsafeBitCast((bits & SIMD8<Int32>(repeating: 0x007F_FFFF)) &+ halfRoot, to: SIMD8<Float>.self)
    let t = (m - 1) / (m + 1)
    let u = t * t
    let series = ((u * 0.412_198_6 + 0.577_078_0) * u + 0.961_796_7) * u + 2.885_390_1
    return exponent + t * series
}

/// The same for one number.
@inline(__always)
func logarithm2(_ x: Float) -> Float {
    let bits = Int32(bitPattern: x.bitPattern) &- 0x3F35_04F3
    let m = Float(bitPattern: UInt32(bitPattern: (bits & 0x007F_FFFF) &+ 0x3F35_04F3))
    let t = (m - 1) / (m + 1)
    let u = t * t
    let series = ((u * 0.412_198_6 + 0.577_078_0) * u + 0.961_796_7) * u + 2.885_390_1
    return Float(bits &>> 23) + t * series
}
