import Foundation
import SeriesFiles

/// `themes FILE --text COLUMN`: the document; with `--rows yes` a row a comment.
///
/// With `--label COLUMN` of numbers the sentiment is held against them instead, on the part `--part` (kept, rest or all) that
/// `--seed` makes: a comment is kept when a hash of it and of the seed is divisible by five, so equal comments are never on both
/// sides. `--middle M` is the label between good and bad (for 0 and 1: 0.5), labels equal to `--without` are left out.
func runThemes(_ arguments: Arguments) throws {
    let options = TextOptions(text: arguments.text("text") ?? "text", id: arguments.text("id"))
    let language = arguments.text("language").flatMap { CommentLanguage(rawValue: $0) } ?? .auto
    if let label = arguments.text("label") {
        let options = TextOptions(text: options.text, id: label)
        return try score(arguments, options, language)
    }
    if arguments.text("rows") != nil {
        try themesOfComments(of: arguments.file, options, language: language, write: write)
    } else {
        write(try themesDocument(of: arguments.file, options, language: language))
    }
}

private func score(_ arguments: Arguments, _ options: TextOptions, _ language: CommentLanguage) throws {
    let part = arguments.text("part") ?? "all"
    let seed = UInt64(arguments.number("seed") ?? 1)
    let middle = arguments.text("middle").flatMap { Double($0) } ?? 0.5
    let without = arguments.text("without").flatMap { Double($0) }
    let negative = arguments.text("negative") ?? "negative"
    let positive = arguments.text("positive") ?? "positive"
    var (labels, scores): ([Double], [Double]) = ([], [])
    for comment in try scoredComments(of: arguments.file, options, language: language) {
        let isKept = hash(comment.text, seed) % 5 == 0
        if part == "kept" && !isKept || part == "rest" && isKept { continue }
        let named = comment.id == negative ? 0 : comment.id == positive ? 1 : comment.id == "neutral" ? middle : nil
        guard let label = named ?? Double(comment.id), label != without else { continue }
        labels.append(label)
        scores.append(comment.score)
    }
    let places = labels.indices.filter { labels[$0] != middle }
    let right = places.count { (scores[$0] > 0) == (labels[$0] > middle) }
    let silent = places.count { scores[$0] == 0 }
    let three = labels.indices.count { (scores[$0] - 0).sign(labels[$0] - middle) }
    func share(_ count: Int, _ of: Int) -> String { String(format: "%.4f", Double(count) / Double(of)) }
    write("comments \(labels.count), good or bad \(places.count)\n")
    write(
        "accuracy \(share(right, places.count)) (nothing found counts as bad; nothing found in \(share(silent, places.count)))\n"
    )
    write("three ways \(share(three, labels.count))\n")
    write("correlation \(String(format: "%.4f", correlation(labels, scores)))\n")
}

extension Double {
    fileprivate func sign(_ other: Double) -> Bool { (self > 0) == (other > 0) && (self < 0) == (other < 0) }
}

/// FNV-1a with a last mix, so that the low digits are fair.
private func hash(_ text: String, _ seed: UInt64) -> UInt64 {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    value ^= value >> 33
    value = value &* 0xff51_afd7_ed55_8ccd
    return value ^ value >> 33
}

private func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let n = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
        ab += (x - meanA) * (y - meanB)
        aa += (x - meanA) * (x - meanA)
        bb += (y - meanB) * (y - meanB)
    }
    return ab / (aa * bb).squareRoot()
}
