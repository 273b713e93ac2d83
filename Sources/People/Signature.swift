import CSodium
import Records

/// HMAC-SHA256 (RFC 2104) over what is sent between programs, with the moment inside, so that it cannot be sent again later.
public enum Signature {
    /// How far two machines' clocks may be apart, in seconds.
    public static let toleranceSeconds: Int64 = 300

    /// In small hexadecimal digits.
    public static func hmac(_ message: [UInt8], key: String) -> String {
        _ = sodium_init()
        let key = Array(key.utf8)
        var state = crypto_auth_hmacsha256_state()
        var out = [UInt8](repeating: 0, count: 32)
        _ = unsafe crypto_auth_hmacsha256_init(&state, key, key.count)
        _ = unsafe crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
        _ = unsafe crypto_auth_hmacsha256_final(&state, &out)
        return out.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The value of the header `Ratchet-Signature`: `t=1760000000,v1=…`, the seconds and the body signed together.
    public static func header(_ body: [UInt8], key: String, at moment: Moment) -> String {
        let time = moment.seconds
        return "t=\(time),v1=\(hmac(Array("\(time).".utf8) + body, key: key))"
    }

    /// Whether a header made by `header` signs a body, and was made lately.
    public static func isValid(_ header: String, _ body: [UInt8], key: String, at now: Moment) -> Bool {
        var time: Int64?
        var given: [String] = []
        for part in header.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { continue }
            switch sides[0].drop(while: { $0 == " " }) {
            case "t": time = Int64(sides[1])
            case "v1": given.append(String(sides[1]))
            default: break
            }
        }
        guard let time, (now.seconds - toleranceSeconds...now.seconds + toleranceSeconds).contains(time) else {
            return false
        }
        let expected = hmac(Array("\(time).".utf8) + body, key: key)
        return given.contains { Secrets.same($0, expected) }
    }

    /// Whether `sha256=…`, as GitHub and GitLab-like senders write it, signs a body. It carries no moment.
    public static func isValid(plain header: String, _ body: [UInt8], key: String) -> Bool {
        guard header.hasPrefix("sha256=") else { return false }
        return Secrets.same(String(header.dropFirst(7)), hmac(body, key: key))
    }
}
