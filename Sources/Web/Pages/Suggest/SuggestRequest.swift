import Gains
import Improvements
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
        var page = SuggestPage(isSignedIn: call.session != nil, isKept: isKept)
        if let secret = call.ask.value("follow"),
            try await call.store.suggestion(followed: Secrets.hash(token: secret)) != nil
        {
            page.address = "/suggest/\(percentEncoded(secret))"
        }
        return call.html(page.page(call.visit))
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
        let id = try await keep(suggestion, in: call.store)
        // Whoever is signed in and named finds it under their name; everybody else gets an address of their own.
        let secret = name.isEmpty || call.session == nil ? Secrets.newToken(bytes: 15) : nil
        try await call.store.note(
            id, isChallenge: form["challenge"] != nil, follow: secret.map { Secrets.hash(token: $0) })
        return .seeOther("/suggest?kept=1" + (secret.map { "&follow=\(percentEncoded($0))" } ?? ""))
    }

    /// What became of a suggestion, for whoever has its secret address.
    static func follow(_ call: Call) async throws -> Reply {
        let hash = Secrets.hash(token: try call.value("secret"))
        guard let id = try await call.store.suggestion(followed: hash),
            let kept = try await call.store.suggestion(id)
        else { throw Refusal.notFound }
        let all = try await call.store.improvements().numbered
        let note = try await call.store.suggestionNotes()[id]
        let page = FollowPage(
            suggestion: kept.value, note: note,
            fate: SuggestionFate(note, Gains.improvement(ofSuggestion: id, in: all)),
            votes: kept.value.votes + (try await call.store.suggestionVotes(of: nil)[id]?.count ?? 0))
        return call.html(page.page(call.visit))
    }

    static func suggestions(_ call: Call) async throws -> Reply {
        let zone = try await Facts(call.store).zone
        var values = SuggestionsValues(
            suggestions: try await call.store.suggestions(limit: suggestionsShown),
            improvements: try await call.store.improvements(), zone: zone, mayOpen: reader(call).role.may(.decide))
        values.votes = try await call.store.suggestionVotes(of: call.session?.account.id)
        values.notes = try await call.store.suggestionNotes()
        values.mayVote = call.may(.suggest)
        values.reader = call.session?.account.name ?? ""
        values.isChallengesOnly = call.ask.value("challenges") == "1"
        values.isByVotes = call.ask.value("by") == "votes"
        return call.html(SuggestionsPage(values: values).page(call.visit))
    }

    // MARK: Votes and answers

    private static func suggestionID(_ call: Call) async throws -> Int64 {
        guard let id = Int64(try call.value("id")), try await call.store.suggestion(id) != nil else {
            throw Refusal.notFound
        }
        return id
    }

    static func vote(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let id = try await suggestionID(call)
        guard let session = call.session else { throw Refusal.signInFirst }
        try await call.store.vote(
            form["for"] == "yes", on: id, by: session.account.id, at: call.site.now())
        return .seeOther("/suggestions#suggestion-\(id)")
    }

    static func answerSuggestion(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let id = try await suggestionID(call)
        let text = (form["text"] ?? "").trimmingBlanks
        let words = call.visit.words
        if text.isEmpty || text.utf8.count > textMax {
            let label = words.cycle(.answerLabel)
            let told = text.isEmpty ? words.told(.fill(label)) : words.told(.tooLong(label, most: textMax))
            throw Refusal.unreadable(text.isEmpty ? told : "\(told) · \(text)")
        }
        try await call.store.answer(
            id, text, isDeclined: form["declined"] != nil, by: call.writer, at: call.site.now())
        return .seeOther("/suggestions#suggestion-\(id)")
    }

    // MARK: For programs

    static let suggestionVoices: [Route] = [
        api(
            "POST", "/suggestions/{id}/vote", .suggest, "Say that you want a suggestion, or no longer do",
            Endpoint(
                takes: .of(.must("for", .flag)),
                gives: .of(.must("id", .identifier), .must("votes", .count), .must("mine", .flag)))
        ) { try await apiVote($0) },
        api(
            "POST", "/suggestions/{id}/answer", .decide, "Tell back what becomes of a suggestion",
            Endpoint(
                takes: .of(.must("text", .prose), .may("declined", .flag)),
                gives: .of(.must("id", .identifier), .must("answer", .prose)))
        ) { try await apiAnswer($0) },
    ]

    private static func apiVote(_ call: Call) async throws -> Reply {
        let id = try call.number("id", of: "suggestion")
        guard let kept = try await call.store.suggestion(id) else {
            throw Problem.notFound("There is no suggestion \(id).")
        }
        guard let session = call.session else { throw Problem.notAllowed }
        try await call.store.vote(
            call.document["for"]?.flag ?? true, on: id, by: session.account.id, at: call.site.now())
        let votes = try await call.store.suggestionVotes(of: session.account.id)[id] ?? SuggestionVotes()
        return .json(
            .object([
                ("id", .integer(Int(id))), ("votes", .integer(kept.value.votes + votes.count)),
                ("mine", .bool(votes.isMine)),
            ]))
    }

    private static func apiAnswer(_ call: Call) async throws -> Reply {
        let id = try call.number("id", of: "suggestion")
        guard try await call.store.suggestion(id) != nil else {
            throw Problem.notFound("There is no suggestion \(id).")
        }
        let text = call.document["text"]?.said ?? ""
        try await call.store.answer(
            id, text, isDeclined: call.document["declined"]?.flag ?? false, by: call.writer, at: call.site.now())
        return .json(.object([("id", .integer(Int(id))), ("answer", .string(text))]))
    }
}
