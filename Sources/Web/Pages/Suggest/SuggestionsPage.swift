import Gains
import Improvements
import Languages
import Records
import Store

/// What people would like to be better, each with its votes, what became of it, and the door to an improvement.
struct SuggestionsValues: Sendable {
    var suggestions: [SourcedRecord<Suggestion>]
    var improvements: [KeptImprovement]
    var zone: Zone
    var mayOpen: Bool
    var votes: [Int64: SuggestionVotes] = [:]
    var notes: [Int64: SuggestionNote] = [:]
    var mayVote = false
    /// The reader's name, for what they suggested themselves.
    var reader = ""
    var isChallengesOnly = false
    var isByVotes = false

    /// Those of the people here, and those that its source counted.
    func votes(for kept: SourcedRecord<Suggestion>) -> Int { kept.value.votes + (votes[kept.id]?.count ?? 0) }

    func fate(of id: Int64) -> SuggestionFate {
        SuggestionFate(notes[id], Gains.improvement(ofSuggestion: id, in: improvements.map { ($0.id, $0.improvement) }))
    }
}

struct SuggestionsPage {
    var values: SuggestionsValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let challenges = values.suggestions.count { values.notes[$0.id]?.isChallenge == true }
        var shown = values.suggestions
        if values.isChallengesOnly { shown = shown.filter { values.notes[$0.id]?.isChallenge == true } }
        if values.isByVotes {
            shown = shown.enumerated().sorted {
                (values.votes(for: $1.element), $0.offset) < (values.votes(for: $0.element), $1.offset)
            }.map(\.element)
        }
        let mine = values.reader.isEmpty ? [] : values.suggestions.filter { $0.value.by == values.reader }
        let lead =
            values.suggestions.isEmpty
            ? words.say(.noSuggestions)
            : words.cycled(.suggestionsShown(values.suggestions.count, challenges: challenges))
        var content: HTML = """
            <p class="lead">\(lead)</p>
            <p><a class="button" href="/suggest">\(words.say(.suggestTitle))</a></p>

            """
        if !mine.isEmpty { content += yours(mine, words) }
        if values.suggestions.count > 1 { content += choices(challenges, words) }
        content += shown.map { item($0, visit) }.joined()
        return Page(
            place: .suggestions, title: words.say(.suggestions), question: words.say(.suggestionsQuestion),
            content: content,
            next: [(words(.openRegister), "/register"), (words.say(.openImprovements), "/improvements")])
    }

    /// What became of one's own: told back, without having to look.
    private func yours(_ mine: [SourcedRecord<Suggestion>], _ words: Words) -> HTML {
        let items = mine.prefix(Self.mineShown).map { kept -> HTML in
            "<li><a href=\"#suggestion-\(kept.id)\">\(kept.value.title)</a> \(FateLine(fate: values.fate(of: kept.id)).html(words))</li>"
        }
        return "<h2>\(words.cycle(.yourSuggestions))</h2><ul>\(items)</ul>"
    }

    private static let mineShown = 20

    private func choices(_ challenges: Int, _ words: Words) -> HTML {
        func link(_ address: String, _ text: String, _ isOn: Bool) -> HTML {
            isOn ? "<strong aria-current=\"true\">\(text)</strong>" : "<a href=\"\(address)\">\(text)</a>"
        }
        let isPlain = !values.isChallengesOnly && !values.isByVotes
        let only: HTML? =
            challenges > 0
            ? link("/suggestions?challenges=1", words.cycle(.challengesOnly), values.isChallengesOnly) : nil
        return """
            <p class="facts">\(link("/suggestions", words.cycle(.sortByDate), isPlain)) \
            \(link("/suggestions?by=votes", words.cycle(.sortByVotes), values.isByVotes)) \(only)</p>
            """
    }

    private func item(_ kept: SourcedRecord<Suggestion>, _ visit: Visit) -> HTML {
        let words = visit.words
        let suggestion = kept.value
        let note = values.notes[kept.id]
        let day = words.figures.shortDate(values.zone.day(of: suggestion.madeAt))
        let door = ImprovementDoor(
            field: "suggestion", value: String(kept.id), about: suggestion.title,
            open: values.improvements.last { $0.improvement.origin == .suggestion(id: kept.id) },
            mayOpen: values.mayOpen)
        let text: HTML? = suggestion.text.isEmpty ? nil : "<p>\(suggestion.text)</p>"
        let challenge: HTML? = note?.isChallenge == true ? "<strong>\(words.cycle(.challenge))</strong> " : nil
        let facts = [suggestion.by.isEmpty ? words.say(.unnamed) : suggestion.by, suggestion.service, day]
            .filter { !$0.isEmpty }.map { "<span>\($0)</span>" as HTML }
        let isMine = values.votes[kept.id]?.isMine == true
        let button = words.cycle(isMine ? .takeVoteBack : .voteFor)
        let vote: HTML? =
            values.mayVote
            ? """
            <form class="inline" method="post" action="/suggestions/\(kept.id)/vote">\(visit.tokenField)\
            <input type="hidden" name="for" value="\(isMine ? "no" : "yes")">\
            <button class="quiet" aria-label="\(words.labelled(button, suggestion.title))">\(button)</button></form>
            """ : nil
        return """
            <article class="finding" id="suggestion-\(Int(kept.id))"><h2>\(suggestion.title)</h2>\(text)
            <p class="facts">\(challenge)\(facts.joined(by: " "))</p>
            <p class="facts"><span>\(words.cycled(.votes(values.votes(for: kept))))</span> \(vote) \
            \(FateLine(fate: values.fate(of: kept.id)).html(words))</p>
            \(AnswerLine(note: note).html(words))\(door.html(visit))\(answer(kept, visit))</article>

            """
    }

    private func answer(_ kept: SourcedRecord<Suggestion>, _ visit: Visit) -> HTML? {
        guard values.mayOpen else { return nil }
        let words = visit.words
        let note = values.notes[kept.id]
        return """
            <details><summary>\(words.cycle(.answerIt))</summary>\
            <form class="stack" method="post" action="/suggestions/\(kept.id)/answer">\(visit.tokenField)\
            <label>\(words.cycle(.answerLabel))<textarea name="text" rows="2" maxlength="2000" required>\(note?.answer ?? "")\
            </textarea></label>\
            <label class="check"><input type="checkbox" name="declined"\(note?.isDeclined == true ? " checked" as HTML : .empty)>\
            \(words.cycle(.declineLabel))</label><button>\(words.cycle(.sendAnswer))</button></form></details>
            """
    }
}

/// What became of a suggestion, with the way to the improvement.
struct FateLine {
    var fate: SuggestionFate
    /// Set for those without an account: they cannot open an improvement.
    var isPlain = false

    func html(_ words: Words) -> HTML {
        let told = words.told(fate)
        switch fate {
        case .underWay(let id, _), .worked(let id), .ended(let id):
            return isPlain ? "<span>\(told)</span>" : "<a href=\"/improvements/\(id)\">\(told)</a>"
        case .received, .answered, .declined: return "<span>\(told)</span>"
        }
    }
}

/// What was answered in words.
struct AnswerLine {
    var note: SuggestionNote?

    func html(_ words: Words) -> HTML {
        guard let note, !note.answer.isEmpty else { return .empty }
        return """
            <p><strong>\(words.cycle(.answered))</strong> \(note.answer) <span class="note">\(note.answeredBy)</span></p>
            """
    }
}

/// One suggestion for the one who made it without an account: what became of it.
struct FollowPage {
    var suggestion: Suggestion
    var note: SuggestionNote?
    var fate: SuggestionFate
    var votes: Int

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        return Page(
            place: nil, title: words.cycle(.followTitle), question: words.cycle(.followQuestion),
            content: """
                <p class="lead">\(suggestion.title)</p>
                <p>\(FateLine(fate: fate, isPlain: true).html(words))</p>
                \(AnswerLine(note: note).html(words))<p class="note">\(words.cycled(.votes(votes)))</p>
                """,
            next: [(words.say(.suggestTitle), "/suggest")], isBare: true)
    }
}
