import CSodium
import Records

/// Gives people pseudonyms as they are read: the same person gets the same one wherever the same key is used.
///
/// A pseudonym is `p-` and 12 hexadecimal digits of a keyed BLAKE2b. Without the key nobody can try out names. Each
/// person is hashed once; after that it costs two look-ups.
public struct Pseudonyms {
    private let key: [UInt8]
    private var people = Names()
    private var pseudonyms: [(text: String, name: Name)] = [("", .none)]

    /// - Parameter key: 16 to 64 secret bytes, kept with the store.
    public init(key: [UInt8]) {
        precondition((16...64).contains(key.count), "A key has 16 to 64 bytes")
        self.key = key
        _ = sodium_init()
    }

    /// 32 random bytes.
    public static func newKey() -> [UInt8] {
        _ = sodium_init()
        var key = [UInt8](repeating: 0, count: 32)
        unsafe key.withUnsafeMutableBytes { bytes in
            if let start = bytes.baseAddress { unsafe randombytes_buf(start, bytes.count) }
        }
        return key
    }

    /// The pseudonym of a person given as UTF-8 bytes; none for nobody.
    public mutating func name(of person: Span<UInt8>, in names: inout Names) -> Name {
        if person.isEmpty { return .none }
        let code = Int(people.name(utf8: person).code)
        if code == pseudonyms.count {
            let text = pseudonym(person)
            pseudonyms.append((text, names.name(text)))
            return pseudonyms[code].name
        }
        // The names may be others than last time; then the pseudonym is entered there too.
        let known = pseudonyms[code]
        if Int(known.name.code) < names.count, names[known.name] == known.text { return known.name }
        let name = names.name(known.text)
        pseudonyms[code].name = name
        return name
    }

    private func pseudonym(_ person: Span<UInt8>) -> String {
        var digest = [UInt8](repeating: 0, count: 16)
        unsafe digest.withUnsafeMutableBufferPointer { out in
            unsafe person.withUnsafeBufferPointer { bytes in
                unsafe key.withUnsafeBufferPointer { key in
                    guard let to = out.baseAddress else { return }
                    _ = unsafe crypto_generichash(
                        to, out.count, bytes.baseAddress, UInt64(bytes.count), key.baseAddress, key.count)
                }
            }
        }
        return "p-" + hexadecimal(Array(digest.prefix(6)))
    }
}
