import Statistics

/// JSON written key by key in the order it is told; numbers as short as they can be read back, null for what is not there.
struct JSONText {
    private(set) var text = ""
    private var isFirst = true

    mutating func open(_ key: String? = nil) { start(key, "{") }
    mutating func openList(_ key: String) { start(key, "[") }
    mutating func close() { end("}") }
    mutating func closeList() { end("]") }

    mutating func add(_ key: String, _ value: String?) { write(key, value.map(jsonString) ?? "null") }
    mutating func add(_ key: String, _ value: Double?) { write(key, jsonNumber(value)) }
    mutating func add(_ key: String, _ value: Int?) { write(key, value.map { "\($0)" } ?? "null") }
    mutating func add(_ key: String, _ value: Bool?) { write(key, value.map { $0 ? "true" : "false" } ?? "null") }
    mutating func add(_ key: String, _ values: [String]) {
        write(key, "[" + values.map(jsonString).joined(separator: ",") + "]")
    }
    mutating func add(_ key: String, _ value: Estimate?) {
        guard let value else { return write(key, "null") }
        open(key)
        add("estimate", value.estimate)
        add("low", value.low)
        add("high", value.high)
        close()
    }

    private mutating func start(_ key: String?, _ bracket: String) {
        separate()
        text += (key.map { jsonString($0) + ":" } ?? "") + bracket
        isFirst = true
    }

    private mutating func end(_ bracket: String) {
        text += bracket
        isFirst = false
    }

    private mutating func write(_ key: String, _ value: String) {
        separate()
        text += jsonString(key) + ":" + value
    }

    private mutating func separate() {
        if !isFirst { text += "," }
        isFirst = false
    }
}

/// A number as JSON knows it: as short as it can be read back, null for what is none.
func jsonNumber(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "null" }
    return "\(value)"
}

/// A text as JSON knows it.
func jsonString(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": out += "\\\""
        case "\\": out += "\\\\"
        case "\n": out += "\\n"
        case "\t": out += "\\t"
        case "\r": out += "\\r"
        case _ where scalar.value < 0x20:
            let hex = String(scalar.value, radix: 16)
            out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: out.unicodeScalars.append(scalar)
        }
    }
    return out + "\""
}
