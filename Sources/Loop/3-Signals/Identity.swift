import Measures
import Records

/// The stable name of a finding: what it is about, not when it was computed or how strong it was.
///
/// The 64-bit FNV-1a hash of kind, measure, slice and the finding's number among those of the same kind in the same series, in
/// the order of time; thirteen characters of Crockford's base 32.
func identity(kind: SignalKind, measure: Measure, slice: Slice, ordinal: Int) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in "\(kind.rawValue)|\(measure.id)|\(slice.address)|\(ordinal)".utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3
    }
    let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    var text: [UInt8] = []
    for k in 0..<13 { text.append(letters[Int((hash >> (5 * UInt64(12 - k))) & 31)]) }
    return String(decoding: text, as: UTF8.self)
}
