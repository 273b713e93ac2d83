import Glibc
import Measures
import Records
import Signals
import Statistics
import Store
import Texts

/// Comments read: the latest. More say little more, and each turn with a new comment reads them again.
private let commentsMax = 4_000
private let recentDays = 28
private let earlierDays = 84
private let examplesShown = 3
private let exampleMax = 300

/// Finds the themes of the latest comments and complaints, and which of them grow beyond chance. Does nothing when nobody has
/// written since.
func reviewThemes(_ store: any Store, _ organisation: Organisation) async throws {
    let complaints = try await store.extents().first { $0.kind == .complaint }
    let seen = "\(try await store.recordChangeCount()) \(complaints?.count ?? 0)"
    let earlier = try await store.themeReview()
    if earlier?.seen == seen { return }
    let comments = try await store.comments(limit: commentsMax)
    guard let latest = comments.first else { return }
    var review = themes(
        of: comments, asOf: organisation.zone.day(of: latest.at), zone: organisation.zone, after: earlier)
    review.seen = seen
    try await store.save(review, signals: review.themes.compactMap { themeSignal($0, asOf: review.asOf) })
}

/// The themes of some comments. Pure.
///
/// Themes are found without regard to time, so under chance the comments of a theme lie among all comments as cards in a
/// shuffled deck: the number in the last four weeks is hypergeometric. Each look has its share of the level, divided over the
/// themes; what was found stays found as long as its strongest word leads a theme.
func themes(of comments: [CommentText], asOf: Day, zone: Zone, after earlier: ThemeReview?) -> ThemeReview {
    let texts = comments.map(\.text)
    let found = Themes(of: texts)
    let own = texts.map { textLanguage(of: $0) }
    let usual = TextLanguage.allCases.max { a, b in own.count { $0 == a } < own.count { $0 == b } } ?? .english
    var reader = FeelingReader()
    let feelings = zip(texts, own).map { reader.feeling(of: $0, in: $1 ?? usual) }
    let age = comments.map { asOf - zone.day(of: $0.at) }
    func count(_ rows: some Sequence<Int>, _ ages: Range<Int>) -> Int { rows.count { ages.contains(age[$0]) } }
    let recentAll = count(age.indices, 0..<recentDays)
    let earlierAll = count(age.indices, recentDays..<(recentDays + earlierDays))
    let known = Set((earlier?.themes ?? []).filter(\.isGrowing).map(\.id))
    let looks = (earlier?.looks ?? 0) + 1
    let level = levelOfLook(looks) / Double(max(1, found.themes.count))
    let themes = found.themes.compactMap { theme -> CommentTheme? in
        guard let id = theme.words.first else { return nil }
        let feeling = GroupFeeling(theme.rows.lazy.map { feelings[$0] })
        let recent = count(theme.rows, 0..<recentDays)
        let before = count(theme.rows, recentDays..<(recentDays + earlierDays))
        // Without earlier comments nothing can have grown.
        let chance =
            earlierAll > 0
            ? hypergeometricTail(atLeast: recent, drawn: recentAll, of: recentAll + earlierAll, marked: recent + before)
            : 1
        return CommentTheme(
            id: id, words: theme.words, count: theme.rows.count, feeling: feeling.mean,
            positive: feeling.counts[.positive, default: 0], mixed: feeling.counts[.mixed, default: 0],
            negative: feeling.counts[.negative, default: 0], none: feeling.counts[.none, default: 0],
            examples: theme.typical.prefix(examplesShown).map {
                CommentTheme.Example(
                    text: shortened(texts[$0]), ticket: comments[$0].ticket, isComplaint: comments[$0].isComplaint)
            }, recent: recent, earlier: before, chance: chance, isGrowing: chance <= level || known.contains(id))
    }
    return ThemeReview(
        asOf: asOf, comments: comments.count, withoutTheme: found.themeOf.count { $0 < 0 },
        feeling: GroupFeeling(feelings).mean, themes: themes, looks: looks, seen: "")
}

private func shortened(_ text: String) -> String {
    text.count <= exampleMax ? text : text.prefix(exampleMax) + "…"
}

/// The chance that of some drawn at least so many are marked.
func hypergeometricTail(atLeast k: Int, drawn n: Int, of all: Int, marked: Int) -> Double {
    func choices(_ n: Int, _ k: Int) -> Double {
        logGamma(Double(n) + 1) - logGamma(Double(k) + 1) - logGamma(Double(n - k) + 1)
    }
    let least = max(0, n + marked - all)
    if k <= least { return 1 }
    var sum = 0.0
    for i in stride(from: k, through: min(n, marked), by: 1) {
        sum += exp(choices(marked, i) + choices(all - marked, n - i) - choices(all, n))
    }
    return min(1, sum)
}

/// The finding that more comments are about a theme.
private func themeSignal(_ theme: CommentTheme, asOf: Day) -> Signal? {
    guard theme.isGrowing, let measure = Measure(id: "surveys.answers") else { return nil }
    func rate(_ count: Int, _ days: Int) -> Estimate {
        let root = Double(count).squareRoot()
        let (low, high) = (max(0, root - 0.98), (Double(count) + 1).squareRoot() + 0.98)
        return Estimate(Double(count), low: low * low, high: high * high).scaled(by: 1 / Double(days))
    }
    let (before, after) = (rate(theme.earlier, earlierDays), rate(theme.recent, recentDays))
    // What was found earlier and has come to rest is no news any more.
    guard after.estimate > before.estimate else { return nil }
    let ratio = before.estimate > 0 ? after.estimate / before.estimate - 1 : 0
    let since = asOf - (recentDays - 1)
    return Signal(
        id: "t" + hashed(theme.id), kind: .theme, measure: measure, slice: .everything, at: since,
        atEarliest: since - recentDays, atLatest: asOf,
        direction: (theme.feeling?.high ?? 0) < 0 || theme.negative > theme.positive ? .worse : .neutral,
        before: before, after: after,
        relative: Estimate(
            ratio, low: before.high > 0 ? after.low / before.high - 1 : 0,
            high: before.low > 0 ? after.high / before.low - 1 : ratio),
        q: theme.chance, hoursPerMonth: nil, evidenceCount: theme.recent, evidence: Period(since, through: asOf),
        subject: SignalSubject(id: theme.id, name: theme.words.joined(separator: " ")))
}

/// A short name of a word: FNV-1a, in hexadecimal.
private func hashed(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01b3 }
    return String(hash, radix: 16)
}
