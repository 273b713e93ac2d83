import Languages
import People
import Records
import Store

/// What one person can set for themselves, and what an administrator sets for all.
struct SettingsValues: Sendable {
    /// What only administrators see.
    struct Administration: Sendable {
        /// What the organisation's fields hold, by setting.
        var organisation: [Setting: String]
        var audit: [AuditEntry]
        /// The line before which older ones begin; nil when there are none.
        var older: Int64?
        var incoming: [IncomingHook]
        var outgoing: [Webhook]
        var deliveries: [Delivery]
        /// The rule of approval as one line; nil where nothing needs approval.
        var approval: String?
    }

    var account: Account
    var tokens: [AccessToken]
    var zone: Zone
    var now: Moment
    var administration: Administration?
    /// A secret that is shown once, under its heading.
    var secret: (heading: PeoplePhrase, text: PeoplePhrase, secret: String)?
    var problem: PeoplePhrase?
    var isSaved = false
}

struct SettingsPage {
    var values: SettingsValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var content: HTML = "\(notice(values.problem, words))"
        if values.isSaved { content += "<p role=\"status\">\(words(.saved))</p>" }
        if let secret = values.secret {
            content += """
                <section role="status"><h2>\(words(secret.heading))</h2><p>\(words(secret.text))</p>\
                <p><code>\(secret.secret)</code></p></section>
                """
        }
        content += "<h2>\(words(PeoplePhrase.language))</h2>\(language(visit))"
        content += "<h2>\(words(.tokens))</h2><p class=\"note\">\(words(.tokensText))</p>"
        content += TokenList(tokens: values.tokens, zone: values.zone, now: values.now).html(visit) + makeToken(visit)
        if let administration = values.administration {
            content += AdministrationPart(values: administration, zone: values.zone).html(visit)
        }
        var next = [(words(.backToToday), "/")]
        if values.administration != nil { next.insert((words(.people), "/people"), at: 0) }
        return Page(
            place: .settings, title: words(.settings), question: words(.settingsQuestion), content: content, next: next)
    }

    private func language(_ visit: Visit) -> HTML {
        let words = visit.words
        let options = Language.allCases.map { language -> HTML in
            let isChosen = values.account.language == language.rawValue
            return "<option value=\"\(language.rawValue)\"\(isChosen ? " selected" : "")>\(language.ownName)</option>"
        }
        return """
            <form class="stack" method="post" action="/settings/language">\(visit.tokenField)
            <label>\(words(PeoplePhrase.language))<select name="language">\
            <option value="">\(words(.browserLanguage))</option>\(options)</select></label>
            <button>\(words(.save))</button></form>
            """
    }

    private func makeToken(_ visit: Visit) -> HTML {
        let words = visit.words
        let boxes = Permission.allCases.filter { values.account.role.may($0) }.map { permission -> HTML in
            """
            <label class="check"><input type="checkbox" name="may-\(permission.rawValue)" value="1">\
            \(words.name(of: permission))</label>
            """
        }
        return """
            <form class="stack" method="post" action="/settings/tokens">\(visit.tokenField)
            <label>\(words(.tokenName))<input name="name" required maxlength="200"></label>
            <fieldset><legend>\(words(.mayDo))</legend>\(boxes)</fieldset>
            <label>\(words(.daysValid))<input name="days" inputmode="numeric" pattern="[0-9]*" value="365"></label>
            <button>\(words(.makeToken))</button></form>
            """
    }
}

/// What only administrators see of the settings.
struct AdministrationPart {
    var values: SettingsValues.Administration
    var zone: Zone

    func html(_ visit: Visit) -> HTML {
        let words = visit.words
        return """
            <h2>\(words(.organisation))</h2>\(organisation(visit))
            \(ApprovalSetting(line: values.approval).html(visit))
            <h2>\(words(.incoming))</h2><p class="note">\(words(.incomingText))</p>\(incoming(visit))
            <h2>\(words(.outgoing))</h2><p class="note">\(words(.outgoingText))</p>\(outgoing(visit))
            <h3>\(words(.deliveries))</h3>\(deliveries(words))
            <h2 id="audit">\(words(.audit))</h2><p class="note">\(words(.auditText))</p>\(audit(visit))
            """
    }

    private func organisation(_ visit: Visit) -> HTML {
        let words = visit.words
        func field(_ setting: Setting, _ label: PeoplePhrase, _ help: PeoplePhrase?, isLong: Bool = false) -> HTML {
            let value = values.organisation[setting] ?? ""
            let note: HTML? = help.map { "<small>\(words($0))</small>" }
            let input: HTML =
                isLong
                ? "<textarea name=\"\(setting.rawValue)\" rows=\"4\">\(value)</textarea>"
                : "<input name=\"\(setting.rawValue)\" value=\"\(value)\" autocomplete=\"off\">"
            return "<label>\(words(label))\(input)\(note)</label>\n"
        }
        let options = Language.allCases.map { language -> HTML in
            let isChosen = values.organisation[.language] == language.rawValue
            return "<option value=\"\(language.rawValue)\"\(isChosen ? " selected" : "")>\(language.ownName)</option>"
        }
        return """
            <form class="stack" method="post" action="/settings/organisation">\(visit.tokenField)
            \(field(.zone, .timeZone, nil))\(field(.rate, .rate, .rateHelp))\(field(.currency, .currency, nil))
            <label>\(words(.organisationLanguage))<select name="language">\(options)</select></label>
            \(field(.businessHours, .openingHours, .openingHoursHelp))
            \(field(.holidays, .holidays, .holidaysHelp, isLong: true))
            \(field(.targets, .targets, .targetsHelp, isLong: true))
            <button>\(words(.save))</button></form>
            """
    }

    private func incoming(_ visit: Visit) -> HTML {
        let words = visit.words
        let rows = values.incoming.map { hook -> [Table.Cell] in
            [
                .text(hook.source), Table.Cell("<code>/api/v1/hooks/\(hook.source)</code>"),
                .number(words.figures.count(hook.received), Double(hook.received)),
                hook.lastAt.map { .text(words.figures.time($0, in: zone)) } ?? .text(words(.never)),
                remove("/settings/hooks/remove", "source", hook.source, visit),
            ]
        }
        let table =
            rows.isEmpty
            ? "<p>\(words(.noIncoming))</p>"
            : Table(
                caption: words(.incoming),
                columns: [
                    .text(words(PeoplePhrase.source)), .text(words(.address)), .number(words(.messages)),
                    .text(words(.lastUsed)),
                    .bars(words(.remove)),
                ], rows: rows
            ).html
        return """
            \(table)<h3>\(words(.addIncoming))</h3>
            <form class="stack" method="post" action="/settings/hooks">\(visit.tokenField)
            <label>\(words(PeoplePhrase.source))<input name="source" required maxlength="40" pattern="[a-z0-9-]+"></label>
            <label>\(words(.fields))<textarea name="fields" rows="3"></textarea><small>\(words(.fieldsHelp))</small></label>
            <button>\(words(.addIncoming))</button></form>
            """
    }

    private func outgoing(_ visit: Visit) -> HTML {
        let words = visit.words
        let rows = values.outgoing.map { hook -> [Table.Cell] in
            [
                .text(hook.address), .text(hook.kinds.isEmpty ? words(.everyKind) : hook.kinds.joined(separator: ", ")),
                .text(words.figures.time(hook.createdAt, in: zone)),
                remove("/settings/webhooks/remove", "id", String(hook.id.value), visit),
            ]
        }
        let table =
            rows.isEmpty
            ? "<p>\(words(.noOutgoing))</p>"
            : Table(
                caption: words(.outgoing),
                columns: [
                    .text(words(.address)), .text(words(.kinds)), .text(words(.created)), .bars(words(.remove)),
                ], rows: rows
            ).html
        return """
            \(table)<h3>\(words(.addOutgoing))</h3>
            <form class="stack" method="post" action="/settings/webhooks">\(visit.tokenField)
            <label>\(words(.address))<input name="address" required type="url" maxlength="500"></label>
            <label>\(words(.kinds))<input name="kinds" maxlength="100"><small>\(words(.kindsHelp))</small></label>
            <button>\(words(.addOutgoing))</button></form>
            """
    }

    private func remove(_ path: String, _ name: String, _ value: String, _ visit: Visit) -> Table.Cell {
        Table.Cell(
            """
            <form method="post" action="\(path)">\(visit.tokenField)\
            <input type="hidden" name="\(name)" value="\(value)"><button class="quiet">\(visit.words(.remove))</button></form>
            """)
    }

    private func deliveries(_ words: Words) -> HTML {
        guard !values.deliveries.isEmpty else { return "<p>\(words(.noDeliveries))</p>" }
        let rows = values.deliveries.map { one -> [Table.Cell] in
            let state: PeoplePhrase =
                switch one.state {
                case .waiting: .waiting
                case .delivered: .delivered
                case .givenUp: .givenUp
                }
            return [
                .number(String(one.announcement), Double(one.announcement)), .text(one.address), .text(words(state)),
                .number(words.figures.count(one.attempts), Double(one.attempts)), .text(one.answer),
                .text(words.figures.time(one.nextAt, in: zone)),
            ]
        }
        return Table(
            caption: words(.deliveries),
            columns: [
                .number(words(Phrase.number)), .text(words(.address)), .text(words(Phrase.state)),
                .number(words(.attempts)),
                .text(words(.answer)), .text(words(Phrase.time)),
            ], rows: rows
        ).html
    }

    private func audit(_ visit: Visit) -> HTML {
        let words = visit.words
        guard !values.audit.isEmpty else { return "<p>\(words(.noAudit))</p>" }
        let rows = values.audit.map { entry -> [Table.Cell] in
            [
                .number(words.figures.time(entry.at, in: zone), Double(entry.at.seconds)), .text(entry.by),
                Table.Cell("<code>\(entry.action)</code>"), .text(entry.subject),
            ]
        }
        var out = Table(
            caption: words(.audit),
            columns: [
                .text(words(Phrase.time)), .text(words(Phrase.who)), .text(words(.action)), .text(words(.subject)),
            ],
            rows: rows, isSortable: false
        ).html
        if let older = values.older {
            let address = Link.setting("before", to: String(older), in: visit.path, visit.query) + "#audit"
            out += "<p class=\"pager\"><a rel=\"next\" href=\"\(address)\">\(words(.older))</a></p>"
        }
        return out
    }
}
