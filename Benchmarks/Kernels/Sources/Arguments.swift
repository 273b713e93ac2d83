import Foundation

/// `COMMAND FILE --option value …`, read without a library.
struct Arguments {
    var command: String?
    var file = "-"
    private var options: [String: [String]] = [:]

    init(_ words: some Sequence<String>) {
        var words = Array(words)[...]
        command = words.popFirst()
        while let word = words.popFirst() {
            if word.hasPrefix("--"), let value = words.popFirst() {
                options[String(word.dropFirst(2)), default: []].append(value)
            } else {
                file = word
            }
        }
    }

    func text(_ name: String) -> String? { options[name]?.last }
    func all(_ name: String) -> [String] { options[name] ?? [] }
    func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }
    func numbers(_ name: String) -> [Int] { text(name)?.split(separator: ",").compactMap { Int($0) } ?? [] }
}

func write(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
}
