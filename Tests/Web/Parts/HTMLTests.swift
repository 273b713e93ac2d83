import Foundation
import Languages
import Testing

@testable import Web

@Suite struct HTMLTests {
    @Test("Whatever a value holds, it cannot leave the text or the attribute it stands in")
    func escaping() {
        let evil = "\"><script>alert('x')</script>&amp;\u{0}"
        let html: HTML = "<p title=\"\(evil)\">\(evil)</p>"
        let safe = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;\u{FFFD}"
        #expect(html.text == "<p title=\"\(safe)\">\(safe)</p>")
    }

    @Test("Only HTML goes in as it is; nothing, one piece, several pieces")
    func pieces() {
        let inner: HTML = "<b>æ 中</b>"
        let none: HTML? = nil
        #expect(("\(inner)\(none)\([inner, inner])\(7)" as HTML).text == "<b>æ 中</b><b>æ 中</b><b>æ 中</b>7")
        #expect(HTML(escaping: "plain").text == "plain")
    }

    @Test("Names in a sentence are set apart, in Chinese by quotation marks")
    func names() {
        let sentence: Sentence = "A \(name: "<x>") b"
        #expect(sentence.html(in: .en).text == "A <em>&lt;x&gt;</em> b")
        #expect(sentence.html(in: .zh).text == "A “<em>&lt;x&gt;</em>” b")
    }
}

@Suite struct PageTests {
    @Test(
        "Every page in every language: its language, its title once, labels for its fields, no style attributes or inline script"
    )
    func allPages() {
        for language in Language.allCases {
            for (name, page, path) in Samples.pages(language) {
                let text = page.document(Samples.visit(language, path)).text
                #expect(text.hasPrefix("<!doctype html>\n<html lang=\"\(language.tag)\">"), "\(name)")
                #expect(text.components(separatedBy: "<h1>").count == 2, "\(name)")
                #expect(!text.contains("style=\"") && !text.contains("<style") && !text.contains("onclick"), "\(name)")
                #expect(text.components(separatedBy: "<script").count == 2, "\(name)")
                #expect(!text.contains("<b>stuck") && !text.contains("<i>"), "\(name)")
                #expect(text.utf8.count < 120_000, "\(name)")
                let forms = text.components(separatedBy: "method=\"post\"").count - 1
                #expect(
                    text.components(separatedBy: "name=\"token\"").count - 1 == forms,
                    "\(name): every form has its token")
                let ids = text.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
                #expect(Set(ids).count == ids.count, "\(name): an id stands once")
            }
        }
    }

    @Test("No English stays on Danish and Chinese pages but names")
    func translated() {
        for language in [Language.da, .zh] {
            for (name, page, path) in Samples.pages(language) {
                let text = page.document(Samples.visit(language, path)).text
                    .replacing(/<head>[\s\S]*?<\/head>/, with: "").replacing(/<[^>]*>/, with: " ")
                let english: Set<String> = [
                    "the", "and", "with", "rows", "since", "worse", "better", "hours", "tickets", "week", "Show",
                ]
                let found = text.split { !$0.isLetter }.map(String.init).filter(english.contains)
                // A reject's reason stands as the reader of files wrote it.
                #expect(found.isEmpty || name == "import", "\(name) \(language): \(found)")
            }
        }
    }

    @Test("Today without data is three doors; with data it tells the finding, its meaning and what to do")
    func today() {
        let empty = TodayPage(values: TodayValues(hasSample: true)).page(Samples.visit()).document(Samples.visit()).text
        for door in ["Try the sample organisation", "Drop a CSV export here", "Connect a system"] {
            #expect(empty.contains(door))
        }
        let text = Samples.pages(.en)[0].1.document(Samples.visit()).text
        #expect(text.contains("<em>Email</em> rose from 4.1\u{A0}h to 6.3\u{A0}h"))
        #expect(text.contains("<span class=\"mark worse\">↑ worse</span>"))
        #expect(text.contains("Bring the time to resolve incidents in category <em>Email</em> back down to 4.1\u{A0}h"))
        #expect(text.contains("href=\"/tickets?kind=incidents&amp;from="))
    }

    @Test("The review is one file: its own style, no script, nothing fetched")
    func review() {
        let text = reviewDocument(Samples.review(.en), language: .en)
        #expect(
            text.contains("<style>") && !text.contains("<script") && !text.contains(" src=") && !text.contains("<link"))
        #expect(text.contains("17 findings") == false && text.contains("4 findings among 4,210 series tested"))
        #expect(text.contains("<svg class=\"chart wide\""))
    }
}
