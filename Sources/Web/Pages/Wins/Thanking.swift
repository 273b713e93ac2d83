import Evaluations
import Gains
import Improvements
import Languages
import People
import Records
import Statistics
import Store
import Turn

/// What people say to one another beside the figures: thanks, and what is kept going without anybody noticing.
struct WinsVoices: Sendable {
    var thanks: [Thanks]
    var quiet: [QuietWork]
    var form: ThanksForm
    var titles: [Int64: String]
    var zone: Zone

    func quietWork(_ words: Words) -> HTML {
        guard !quiet.isEmpty else { return .empty }
        let items = quiet.prefix(Self.shown).map { work -> HTML in
            let who: HTML? = work.department.isEmpty ? nil : "<strong>\(work.department)</strong> "
            return """
                <li>\(who)\(work.text) <span class="note">\(words.cycled(.inTime(work.inTime, of: work.of)))</span> \
                <a href="/improvements/\(work.improvement.value)">\(work.title)</a></li>
                """
        }
        return """
            <h2>\(words.cycle(.quietWork))</h2><p class="note">\(words.cycle(.quietWorkText))</p><ul>\(items)</ul>
            """
    }

    private static let shown = 30

    func thanksPart(_ visit: Visit) -> HTML {
        let words = visit.words
        let list: HTML =
            thanks.isEmpty
            ? "<p>\(words.cycle(.noThanks))</p>"
            : "<ul class=\"plain\">\(thanks.prefix(Self.shown).map { ThanksItem(thanks: $0, title: $0.improvement.flatMap { titles[$0] }, zone: zone).html(words) })</ul>"
        return """
            <h2 id="thanks">\(words.cycle(.thanks))</h2><p class="note">\(words.cycle(.thanksText))</p>\
            \(list)\(form.html(visit))
            """
    }
}

/// One thank-you.
struct ThanksItem {
    var thanks: Thanks
    /// Of the improvement it is about, where that is not the page itself.
    var title: String?
    var zone: Zone

    func html(_ words: Words) -> HTML {
        let told = words.cycle(.thanked(by: thanks.by, team: thanks.team, person: thanks.person))
        let about: HTML? = thanks.improvement.flatMap { id in
            title.map { "<a href=\"/improvements/\(id)\">\($0)</a> " as HTML }
        }
        return """
            <li><p>\(told.html(in: words.language))\(words.language == .zh ? "：" : ": ")\(thanks.text)<br>\
            \(about)<span class="note">\(words.figures.shortDate(zone.day(of: thanks.at)))</span></p></li>
            """
    }
}

/// The form of a thank-you: to a team, and to somebody of it only where that person has said yes.
struct ThanksForm: Sendable {
    var teams: [String]
    /// Names of those who may be named.
    var people: [String]
    var improvement: Int64?
    var mayThank: Bool
    /// Whether the reader may be named; nil where nothing can be set here.
    var mayBeNamed: Bool?

    func html(_ visit: Visit) -> HTML {
        guard mayThank else { return .empty }
        let words = visit.words
        let teams = teams.map { "<option>\($0)" as HTML }
        let names = people.map { "<option>\($0)</option>" as HTML }
        let person: HTML =
            people.isEmpty
            ? .empty
            : """
            <label>\(words.cycle(.thanksPerson))<select name="person"><option value="">\(words.cycle(.wholeTeam))</option>\
            \(names)</select></label>
            """
        let about: HTML? = improvement.map { "<input type=\"hidden\" name=\"improvement\" value=\"\($0)\">" }
        return """
            <details><summary>\(words.cycle(.giveThanks))</summary>\
            <form class="stack" method="post" action="/thanks">\(visit.tokenField)\(about)\
            <label>\(words.cycle(.thanksTeam))<input name="team" required maxlength="200" list="thanks-teams" \
            autocomplete="off"></label><datalist id="thanks-teams">\(teams)</datalist>\(person)\
            <label>\(words.cycle(.thanksFor))<textarea name="text" rows="2" maxlength="\(Thanks.lettersMax)" required></textarea></label>\
            <label class="check"><input type="checkbox" name="named" checked>\(words.cycle(.thanksNamed))</label>\
            <button>\(words.cycle(.sendThanks))</button></form></details>\(naming(visit))
            """
    }

    private func naming(_ visit: Visit) -> HTML? {
        guard let mayBeNamed else { return nil }
        let words = visit.words
        return """
            <form class="inline" method="post" action="/thanks/naming">\(visit.tokenField)\
            <input type="hidden" name="named" value="\(mayBeNamed ? "no" : "yes")">\
            <p class="note">\(words.cycle(mayBeNamed ? .mayNameMe : .mayNotNameMe)) \
            <button class="quiet">\(words.cycle(mayBeNamed ? .nameMeNot : .nameMe))</button></p></form>
            """
    }
}

/// Tickets that did not come, round by round, and together.
struct PreventedPart {
    var rounds: [JudgedRound]

    func html(_ words: Words) -> HTML {
        let found = rounds.compactMap { round in round.prevented.map { (round, $0) } }
        guard !found.isEmpty else { return .empty }
        let items = found.map { round, prevented -> HTML in
            let told = words.cycled(
                .prevented(prevented.tickets, kind: words.plural(prevented.kind).lowercased(), prevented.over))
            return """
                <li><a href="/improvements/\(round.id)#verdict">\(round.title)</a>\(words.language == .zh ? "：" : ": ")\(told)</li>
                """
        }
        let all: HTML? =
            found.count > 1
            ? WinsPage.sum(found.map(\.1.tickets)).map {
                "<p>\(words.cycled(.preventedInAll($0, rounds: found.count)))</p>"
            } : nil
        return """
            <h2 id="prevented">\(words.cycle(.prevented))</h2><ul>\(items)</ul>\(all)\
            <p class="note">\(words.cycle(.preventedText))</p>
            """
    }
}

extension Routes {
    static let thanking: [Route] = [
        unnamed(Route("POST", "/thanks", .suggest, "Say thank you", answer: { try await thank($0) })),
        Route("POST", "/thanks/naming", .suggest, "Whether one may be named", answer: { try await setNaming($0) }),
    ]

    private static let thanksRead = 200

    static func voices(_ call: Call, _ all: [KeptImprovement], _ zone: Zone) async throws -> WinsVoices {
        WinsVoices(
            thanks: try await call.store.thanks(for: nil, limit: thanksRead), quiet: quietMaintainers(of: all.numbered),
            form: try await thanksForm(call, improvement: nil),
            titles: Dictionary(all.map { ($0.id.value, $0.improvement.title) }, uniquingKeysWith: { a, _ in a }),
            zone: zone)
    }

    static func thanksForm(_ call: Call, improvement: Int64?) async throws -> ThanksForm {
        let teams = try await call.store.teams()
        let named = try await call.store.mayBeNamed()
        let accounts = try await call.store.accounts().filter(\.isActive)
        return ThanksForm(
            teams: Set(teams.map { $0.name.isEmpty ? $0.department : $0.name }).sorted(),
            people: accounts.filter { named.contains($0.id) }.map(\.name).sorted(), improvement: improvement,
            mayThank: call.may(.suggest), mayBeNamed: call.session.map { named.contains($0.account.id) })
    }

    private static func thank(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let words = call.visit.words
        // What was typed stands on the page that refuses it: nothing is lost.
        func refused(_ told: String) -> Refusal {
            Refusal.unreadable(
                [told, form["team"] ?? "", form["text"] ?? ""].filter { !$0.isEmpty }.joined(separator: " · "))
        }
        func said(_ name: String, _ label: CyclePhrase, most: Int) throws -> String {
            let text = (form[name] ?? "").trimmingBlanks
            if text.isEmpty { throw refused(words.told(.fill(words.cycle(label)))) }
            if text.count > most { throw refused(words.told(.tooLong(words.cycle(label), most: most))) }
            return text
        }
        let person = (form["person"] ?? "").trimmingBlanks
        if !person.isEmpty {
            let named = try await call.store.mayBeNamed()
            guard try await call.store.accounts().contains(where: { $0.name == person && named.contains($0.id) }) else {
                throw refused(words.cycle(.personNotNamed))
            }
        }
        let improvement = form["improvement"].flatMap { Int64($0) }
        if let improvement, try await call.store.improvement(ID(improvement)) == nil { throw Refusal.notFound }
        try await call.store.thank(
            Thanks(
                at: call.site.now(), by: form["named"] == nil ? "" : call.writer,
                team: try said("team", .thanksTeam, most: 200), person: person,
                text: try said("text", .thanksFor, most: Thanks.lettersMax), improvement: improvement))
        return .seeOther(improvement.map { "/improvements/\($0)#thanks" } ?? "/wins#thanks")
    }

    private static func setNaming(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        guard let session = call.session else { throw Refusal.signInFirst }
        try await call.store.setMayBeNamed(form["named"] == "yes", session.account.id)
        return .seeOther("/wins#thanks")
    }
}
