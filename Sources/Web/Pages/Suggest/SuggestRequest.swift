import Languages
import People
import Records
import Store
import Turn

extension Routes {
    /// A report and a list look at so many of the latest suggestions.
    static let suggestionsRead = 2_000
    private static let suggestionsShown = 200
    /// A suggestion is a few sentences: what is longer belongs into a document.
    private static let titleMax = 200
    private static let textMax = 4_000
    /// From those without an account, in ten minutes together; more than that many people do not have an idea at once.
    private static let publicMax = 20
    private static let publicWindowSeconds: Int64 = 600

    /// Anyone may, unless the organisation has switched that off; then whoever is signed in.
    private static func admit(_ call: Call) async throws {
        if let session = call.session {
            guard session.account.role.may(.suggest) else { throw Refusal.notAllowed }
        } else if try await call.store.setting(.publicSuggestions) == "off" {
            throw Refusal.signInFirst
        }
    }

    static func suggest(_ call: Call) async throws -> Reply {
        try await admit(call)
        let isKept = call.ask.value("kept") != nil
        return call.html(SuggestPage(isSignedIn: call.session != nil, isKept: isKept).page(call.visit))
    }

    static func takeSuggestion(_ call: Call) async throws -> Reply {
        try await admit(call)
        let form = try await call.form()
        let now = call.site.now()
        var page = SuggestPage(isSignedIn: call.session != nil, isKept: false)
        page.fields = form
        // A field that no person sees: what fills it in is a program, which is thanked and not listened to.
        if let trap = form["website"], !trap.isEmpty { return .seeOther("/suggest?kept=1") }
        if call.session == nil {
            let since = Moment(seconds: now.seconds - publicWindowSeconds)
            let recent = try await call.store.suggestions(limit: publicMax)
            guard recent.count(where: { $0.value.madeAt > since }) < publicMax else { throw Refusal.tooManyTries }
        }
        let words = call.visit.words
        let title = (form["title"] ?? "").trimmingBlanks
        let text = (form["text"] ?? "").trimmingBlanks
        func long(_ field: String, _ label: ImprovementPhrase, _ most: Int) -> String? {
            (form[field] ?? "").utf8.count > most ? words.told(.tooLong(words.say(label), most: most)) : nil
        }
        page.problem =
            title.isEmpty
            ? words.told(.fill(words.say(.suggestionTitle)))
            : long("title", .suggestionTitle, titleMax) ?? long("text", .suggestionText, textMax)
                ?? long("by", .suggestionBy, titleMax) ?? long("service", .suggestionService, titleMax)
        if page.problem != nil { return call.html(page.page(call.visit), status: 422) }
        // Whoever is signed in says by a mark whether they want to be named.
        let name =
            call.session.map { form["named"] == nil ? "" : $0.account.name } ?? (form["by"] ?? "").trimmingBlanks
        let suggestion = Suggestion(
            madeAt: now, title: title, text: text, by: name, service: (form["service"] ?? "").trimmingBlanks)
        _ = try await keep(suggestion, in: call.store)
        return .seeOther("/suggest?kept=1")
    }

    static func suggestions(_ call: Call) async throws -> Reply {
        let zone = try await Facts(call.store).zone
        let values = SuggestionsValues(
            suggestions: try await call.store.suggestions(limit: suggestionsShown),
            improvements: try await call.store.improvements(), zone: zone, mayOpen: reader(call).role.may(.decide))
        return call.html(SuggestionsPage(values: values).page(call.visit))
    }
}
