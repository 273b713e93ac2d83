import Improvements
import Languages
import Records
import Store

/// A suggestion takes a minute: one field that has to be filled in, and three that may.
struct SuggestPage {
    var isSignedIn: Bool
    /// One has just been kept.
    var isKept: Bool
    var problem: String?
    var fields: [String: String] = [:]

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        func input(_ name: String, _ label: ImprovementPhrase, required: Bool = false) -> HTML {
            """
            <label>\(words.say(label))<input name="\(name)" maxlength="200" value="\(fields[name] ?? "")"\
            \(required ? " required" as HTML : .empty)></label>
            """
        }
        let name: HTML =
            isSignedIn
            ? """
            <label class="check"><input type="checkbox" name="named"\(fields["named"] == nil && !fields.isEmpty
                ? .empty : " checked" as HTML)>\(words.say(.suggestionNamed))</label>
            """ : input("by", .suggestionBy)
        let done: HTML? = isKept ? "<p class=\"lead\" role=\"status\">\(words.say(.suggestionKept))</p>" : nil
        return Page(
            place: isSignedIn ? .suggestions : nil, title: words.say(.suggestTitle),
            question: words.say(.suggestQuestion),
            content: """
                \(done)<p>\(words.say(.suggestText))</p>
                \(problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" as HTML })
                <form class="stack" method="post" action="/suggest">\(visit.tokenField)
                \(input("title", .suggestionTitle, required: true))
                <label>\(words.say(.suggestionText))<textarea name="text" rows="4" maxlength="4000">\(fields["text"] ?? "")\
                </textarea></label>
                \(input("service", .suggestionService))
                \(name)
                <p class="honey" aria-hidden="true"><label>Website<input name="website" tabindex="-1" \
                autocomplete="off"></label></p>
                <button>\(words.say(.sendSuggestion))</button></form>
                """,
            next: isSignedIn ? [(words.say(.openSuggestions), "/suggestions"), (words(.backToToday), "/")] : [],
            isBare: !isSignedIn)
    }
}

/// What people would like to be better, each with the door to an improvement.
struct SuggestionsValues: Sendable {
    var suggestions: [SourcedRecord<Suggestion>]
    var improvements: [KeptImprovement]
    var zone: Zone
    var mayOpen: Bool
}

struct SuggestionsPage {
    var values: SuggestionsValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var content: HTML = """
            <p class="lead">\(values.suggestions.isEmpty
                ? words.say(.noSuggestions) : words.told(.suggestions(values.suggestions.count)))</p>
            <p><a class="button" href="/suggest">\(words.say(.suggestTitle))</a></p>

            """
        content += values.suggestions.map { item($0, visit) }.joined()
        return Page(
            place: .suggestions, title: words.say(.suggestions), question: words.say(.suggestionsQuestion),
            content: content,
            next: [(words(.openRegister), "/register"), (words.say(.openImprovements), "/improvements")])
    }

    private func item(_ kept: SourcedRecord<Suggestion>, _ visit: Visit) -> HTML {
        let words = visit.words
        let suggestion = kept.value
        let day = words.figures.shortDate(values.zone.day(of: suggestion.madeAt))
        let door = ImprovementDoor(
            field: "suggestion", value: String(kept.id), about: suggestion.title,
            open: values.improvements.last { $0.improvement.origin == .suggestion(id: kept.id) },
            mayOpen: values.mayOpen)
        let text: HTML? = suggestion.text.isEmpty ? nil : "<p>\(suggestion.text)</p>"
        let facts = [suggestion.by.isEmpty ? words.say(.unnamed) : suggestion.by, suggestion.service, day]
            .filter { !$0.isEmpty }.map { "<span>\($0)</span>" as HTML }
        return """
            <article class="finding" id="suggestion-\(Int(kept.id))"><h2>\(suggestion.title)</h2>\(text)
            <p class="facts">\(facts.joined(by: " "))</p>\(door.html(visit))</article>

            """
    }
}
