/// A word as it is compared: small letters and digits of any script; blanks, signs and case are left out.
///
/// `Assignment group`, `assignment_group` and `ASSIGNMENT-GROUP` are one; so are `Lukket ` and `lukket`. The full stop of
/// dot-walked columns and the `#` of trackers stay, because they tell columns apart.
func normal(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
        if scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "." || scalar == "#" {
            out.append(scalar)
        }
    }
    while out.last == "." { out.removeLast() }
    return String(out)
}

/// `a, b, c` as normal words, in order.
func words(_ list: String) -> [String] {
    list.split(separator: ",").map { normal(String($0)) }.filter { !$0.isEmpty }
}

/// A table from words to what they stand for, written as lists.
struct WordTable<Value: Sendable>: Sendable {
    private let values: [String: Value]

    init(_ lists: [(String, Value)]) {
        var values: [String: Value] = [:]
        for (list, value) in lists {
            for word in words(list) where values[word] == nil { values[word] = value }
        }
        self.values = values
    }

    /// - Parameter word: In its normal form.
    subscript(word: String) -> Value? { values[word] }
}
