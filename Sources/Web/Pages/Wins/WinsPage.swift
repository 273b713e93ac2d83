import Improvements
import Languages
import Measures
import Records
import Statistics

/// What the work brought: gains that hold, gains that were proven, gains that slip, and honest attempts.
struct WinsPage {
    var rounds: [JudgedRound]
    var zone: Zone
    var voices: WinsVoices?

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let worked = rounds.filter { $0.judgement.verdict == .worked }
        let held = worked.filter(\.isHeld)
        let slipped = worked.filter { $0.slippedOn != nil }
        let fresh = worked.filter { !$0.isHeld && $0.slippedOn == nil }
        let tried = rounds.filter { $0.judgement.verdict != .worked }
        var content: HTML =
            "<p class=\"lead\">\(words.told(.winsSummary(proven: worked.count, held: held.count, tried: tried.count)))</p>"
        if let hours = Self.sum(Self.countedOnce(worked.filter { $0.slippedOn == nil }).compactMap(\.benefit)) {
            content += "<p>\(words.told(.winsHours(hours)))</p><p class=\"note\">\(words.say(.winsHoursNote))</p>"
        }
        if rounds.isEmpty { content += "<p>\(words.say(.noWins))</p>" }
        content += section(.heldHeading, held, words) + section(.provenHeading, fresh, words)
        content += PreventedPart(rounds: Self.countedOnce(worked)).html(words)
        content += voices.map { $0.quietWork(words) } ?? .empty
        content += section(.slippedHeading, slipped, words)
        if !tried.isEmpty {
            content += "<h2>\(words.say(.triedHeading))</h2><p class=\"note\">\(words.say(.triedText))</p>"
            content += items(tried, words)
        }
        content += voices.map { $0.thanksPart(visit) } ?? .empty
        return Page(
            place: .wins, title: words.say(.wins), question: words.say(.winsQuestion), content: content,
            next: [
                (words.say(.openReport), "/report"), (words.say(.openImprovements), "/improvements"),
                (words(.openRegister), "/register"),
            ])
    }

    private func section(_ heading: ImprovementPhrase, _ list: [JudgedRound], _ words: Words) -> HTML {
        guard !list.isEmpty else { return .empty }
        return "<h2>\(words.say(heading))</h2>\(items(list, words))"
    }

    /// The latest of each section; the page stays small.
    private static let shown = 30

    private func items(_ list: [JudgedRound], _ words: Words) -> HTML {
        let rest: HTML? = list.count > Self.shown ? "<p>\(words.text(.more(list.count - Self.shown)))</p>" : nil
        return "\(list.prefix(Self.shown).map { JudgedItem(judged: $0, zone: zone).html(words) })\(rest)"
    }

    /// Of rounds that claim the same figure in the same weeks, the one that claims most: no gain is counted twice.
    static func countedOnce(_ rounds: [JudgedRound]) -> [JudgedRound] {
        let order = rounds.sorted {
            ($1.benefit?.estimate ?? 0, $0.id) < ($0.benefit?.estimate ?? 0, $1.id)
        }
        return order.reduce(into: []) { counted, round in
            if !counted.contains(where: { $0.claimsTheSame(as: round) }) { counted.append(round) }
        }
    }

    /// The sum of estimates that know nothing of one another: their distances to the ends add up as squares.
    static func sum(_ parts: [Estimate]) -> Estimate? {
        guard !parts.isEmpty else { return nil }
        let middle = parts.reduce(0) { $0 + $1.estimate }
        let down = parts.reduce(0) { $0 + ($1.estimate - $1.low) * ($1.estimate - $1.low) }.squareRoot()
        let up = parts.reduce(0) { $0 + ($1.high - $1.estimate) * ($1.high - $1.estimate) }.squareRoot()
        return Estimate(middle, low: middle - down, high: middle + up)
    }
}

/// A judged round in a list: what was tried, what came of it, how sure, and whether it holds.
struct JudgedItem {
    var judged: JudgedRound
    var zone: Zone
    var level = 3

    func html(_ words: Words) -> HTML {
        let told = words.tell(
            .verdict(
                judged.judgement, measure: judged.objective?.measure.flatMap { Measure(id: $0) },
                judged.objective?.slice ?? .everything, leastEffect: judged.round.plan?.plan.leastEffect))
        let hours: HTML? = judged.benefit.map { " <strong>\(words.text(.hours($0)))</strong>" }
        let hold: HTML? =
            if let day = judged.slippedOn {
                "<span class=\"mark worse\">↓ \(words.say(.slipping))</span> <span>\(words.told(.slipped(day)))</span>"
            } else if judged.isHeld {
                "<span class=\"mark better\">✓ \(words.say(ImprovementPhrase.holding))</span>"
            } else {
                nil
            }
        let teams: HTML? =
            judged.departments.isEmpty
            ? nil
            : """
            <span>\(words.labelled(words.say(.tookPart), judged.departments.joined(
                separator: words.language == .zh ? "、" : ", ")))</span>
            """
        return """
            <article class="finding">
            <h\(level)><a href="/improvements/\(judged.id)#verdict">\(judged.title)</a></h\(level)>
            <p>\(told.html(in: words.language))</p>
            <p class="facts">\(verdictMark(judged.judgement.verdict, words))\(hours) \(hold) \
            <span>\(words.told(.round(judged.round.number)))</span> \
            <span>\(words.figures.shortDate(zone.day(of: judged.at)))</span> \(teams)</p>
            </article>

            """
    }
}
