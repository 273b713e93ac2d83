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
    /// Where the one who has just suggested something can read what becomes of it; shown once.
    var address: String?

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
                \(done)\(follow(words))<p>\(words.say(.suggestText))</p>
                \(problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" as HTML })
                <form class="stack" method="post" action="/suggest">\(visit.tokenField)
                \(input("title", .suggestionTitle, required: true))
                <label>\(words.say(.suggestionText))<textarea name="text" rows="4" maxlength="4000">\(fields["text"] ?? "")\
                </textarea></label>
                \(input("service", .suggestionService))
                <label class="check"><input type="checkbox" name="challenge"\(fields["challenge"] == nil
                    ? .empty : " checked" as HTML)>\(words.cycle(.challengeLabel))</label>
                \(name)
                <p class="honey" aria-hidden="true"><label>Website<input name="website" tabindex="-1" \
                autocomplete="off"></label></p>
                <button>\(words.say(.sendSuggestion))</button></form>
                """,
            next: isSignedIn ? [(words.say(.openSuggestions), "/suggestions"), (words(.backToToday), "/")] : [],
            isBare: !isSignedIn)
    }

    private func follow(_ words: Words) -> HTML? {
        address.map {
            """
            <section><p>\(words.cycle(.followIt))</p><p><a class="code" href="\($0)">\($0)</a></p></section>
            """
        }
    }
}
