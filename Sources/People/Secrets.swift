import CSodium

/// Passwords, tokens and their hashes, all by libsodium.
public enum Secrets {
    // Calls may come from any thread; sodium_init is safe to call again and is done once here.
    private static let ready: Bool = sodium_init() >= 0

    /// Random bytes from the system, as URL-safe text; 32 bytes give 43 characters.
    public static func newToken(bytes count: Int = 32) -> String {
        precondition(ready, "libsodium starts on every machine that has random numbers")
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe randombytes_buf(&bytes, count)
        return base64URL(bytes)
    }

    /// What the store keeps of a token: BLAKE2b-256. A token is 256 random bits, so a fast hash is enough.
    public static func hash(token: String) -> [UInt8] {
        precondition(ready, "libsodium starts on every machine that has random numbers")
        var out = [UInt8](repeating: 0, count: 32)
        let input = Array(token.utf8)
        let result = unsafe crypto_generichash(&out, out.count, input, UInt64(input.count), nil, 0)
        precondition(result == 0, "A hash of 32 bytes without a key always succeeds")
        return out
    }

    /// Argon2id with libsodium's limits for interactive logins (64 MiB, about 0.1 s): its parameters and salt included.
    /// - Returns: Nil when there is no memory for it.
    public static func hash(password: String) -> String? {
        precondition(ready, "libsodium starts on every machine that has random numbers")
        var out = [CChar](repeating: 0, count: Int(crypto_pwhash_strbytes()))
        let input = password.utf8.map { CChar(bitPattern: $0) }
        let result = unsafe crypto_pwhash_str(
            &out, input, UInt64(input.count), UInt64(crypto_pwhash_opslimit_interactive()),
            crypto_pwhash_memlimit_interactive())
        guard result == 0 else { return nil }
        return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether a password is the one a hash was made of. Takes as long as making it, right or wrong.
    public static func verify(password: String, hash: String) -> Bool {
        precondition(ready, "libsodium starts on every machine that has random numbers")
        let input = password.utf8.map { CChar(bitPattern: $0) }
        let stored = hash.utf8.map { CChar(bitPattern: $0) } + [0]
        return unsafe crypto_pwhash_str_verify(stored, input, UInt64(input.count)) == 0
    }

    /// Whether two tokens are the same, in a time that does not tell where they differ.
    public static func same(_ a: String, _ b: String) -> Bool {
        let a = hash(token: a)
        let b = hash(token: b)
        return unsafe sodium_memcmp(a, b, a.count) == 0
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var out: [UInt8] = []
        var bits: UInt32 = 0
        var have = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            have += 8
            while have >= 6 {
                have -= 6
                out.append(alphabet[Int(bits >> UInt32(have)) & 63])
            }
        }
        if have > 0 { out.append(alphabet[Int(bits << UInt32(6 - have)) & 63]) }
        return String(decoding: out, as: UTF8.self)
    }
}
