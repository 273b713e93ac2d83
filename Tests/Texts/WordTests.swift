import Testing
import Texts

@Suite("Words of texts")
struct WordTests {
    private func words(_ text: String) -> [String] {
        var vocabulary = Vocabulary()
        var out: [UInt32] = []
        vocabulary.words(of: text.utf8.span, to: &out)
        return out.map { vocabulary.text($0) }
    }

    @Test(
        "Words are runs of letters in small ones; Chinese gives pairs of characters",
        arguments: [
            ("", []), ("  42 ", []), ("Printer-error 0x1F on PC7", ["printer", "error", "x", "f", "on", "pc"]),
            ("ÆBLE Øl på Ångström, NAÏVE", ["æble", "øl", "på", "ångström", "naïve"]),
            ("打印机坏了", ["打印", "印机", "机坏", "坏了"]), ("坏", ["坏"]), ("VPN连接 失败", ["vpn", "连接", "失败"]),
            ("ΑΒΓ абв", ["αβγ", "абв"]), ("e\u{301}te\u{301}", ["e\u{301}te\u{301}"]), ("don’t", ["don", "t"]),
        ])
    func words(text: String, expected: [String]) { #expect(words(text) == expected) }
}
