/// A file served under `/assets/`, its name holding a hash of its content: it may be kept for ever.
struct Asset: Sendable {
    let path: String
    let type: String
    let bytes: [UInt8]

    init(_ name: String, _ ending: String, type: String, text: String) {
        bytes = Array(text.utf8)
        path = "/assets/\(name)-\(Asset.hash(bytes)).\(ending)"
        self.type = type
    }

    /// FNV-1a, 64 bits: it tells versions apart, and needs to do no more.
    static func hash(_ bytes: [UInt8]) -> String {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        let text = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}

enum Assets {
    static let stylesheet = Asset("ratchet", "css", type: "text/css; charset=utf-8", text: Stylesheet.text)
    static let script = Asset("ratchet", "js", type: "text/javascript; charset=utf-8", text: Script.text)
    /// A staircase: each step is held.
    static let icon = Asset(
        "ratchet", "svg", type: "image/svg+xml",
        text: """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#1b1a18"/>\
            <path d="M6 25h6v-6h6v-6h6V7" fill="none" stroke="#fdfcfa" stroke-width="3.5"/></svg>
            """)
    static let all = [stylesheet, script, icon]
}
