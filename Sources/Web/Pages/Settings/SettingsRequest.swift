import Connectors
import Languages
import Measures
import People
import Records
import Signals
import Store
import Turn

extension Routes {
    private static let auditShown = 50
    private static let deliveriesShown = 50
    private static let tokenDaysMax = 3650

    static let settings: [Route] = [
        Route("GET", "/settings", .read, "Settings", answer: { try await settings($0) }),
        Route("POST", "/settings/language", .read, "My language", answer: { try await setLanguage($0) }),
        Route("POST", "/settings/tokens", .read, "Make an access token", answer: { try await makeToken($0) }),
        Route(
            "POST", "/settings/tokens/{id}/revoke", .read, "Revoke an access token", answer: { try await revoke($0) }),
        Route(
            "POST", "/settings/organisation", .administer, "The organisation's settings",
            answer: { try await setOrganisation($0) }),
        Route(
            "POST", "/settings/approval", .administer, "What needs no approval",
            answer: { try await ApprovalSetting.set($0) }),
        Route("POST", "/settings/hooks", .administer, "Let a system send", answer: { try await addHook($0) }),
        Route("POST", "/settings/hooks/remove", .administer, "No longer let it", answer: { try await removeHook($0) }),
        Route("POST", "/settings/webhooks", .administer, "Send to an address", answer: { try await addWebhook($0) }),
        Route(
            "POST", "/settings/webhooks/remove", .administer, "No longer send to it",
            answer: { try await removeWebhook($0) }),
    ]

    private static func settings(_ call: Call) async throws -> Reply { try await shown(call) }

    private static func shown(
        _ call: Call, secret: (heading: PeoplePhrase, text: PeoplePhrase, secret: String)? = nil,
        problem: PeoplePhrase? = nil
    ) async throws -> Reply {
        guard let account = call.session?.account else { throw Refusal.signInFirst }
        var values = SettingsValues(
            account: account, tokens: try await call.store.accessTokens(of: account.id),
            zone: try await Organisation(of: call.store).zone, now: call.site.now(), secret: secret, problem: problem,
            isSaved: call.ask.value("saved") != nil)
        if account.role.may(.administer) { values.administration = try await administration(call) }
        return call.html(SettingsPage(values: values).page(call.visit), status: problem == nil ? 200 : 422)
    }

    private static func administration(_ call: Call) async throws -> SettingsValues.Administration {
        var organisation: [Setting: String] = [:]
        for setting in OrganisationForm.settings { organisation[setting] = try await call.store.setting(setting) }
        let before = try call.ask.value("before").map { text in
            guard let id = Int64(text) else { throw Refusal.badAddress }
            return id
        }
        let audit = try await call.store.auditEntries(before: before, limit: auditShown + 1)
        return SettingsValues.Administration(
            organisation: organisation, audit: Array(audit.prefix(auditShown)),
            older: audit.count > auditShown ? audit[auditShown - 1].id : nil,
            incoming: try await call.store.incomingHooks(), outgoing: try await call.store.webhooks(),
            deliveries: try await call.store.deliveries(limit: deliveriesShown),
            approval: try await call.store.setting(.approval))
    }

    private static func setLanguage(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let language = form["language"] ?? ""
        guard let session = call.session, language.isEmpty || Language(rawValue: language) != nil else {
            throw Refusal.badAddress
        }
        try await call.store.setLanguage(language, of: session.account.id)
        return .seeOther("/settings?saved=1")
    }

    private static func makeToken(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        guard let account = call.session?.account else { throw Refusal.signInFirst }
        let days = form["days"] ?? ""
        let count = Int(days)
        if !days.isEmpty, !(1...tokenDaysMax).contains(count ?? 0) { return try await shown(call, problem: .badDays) }
        do {
            let scope = Set(Permission.allCases.filter { form["may-\($0.rawValue)"] != nil })
            let made = try await newAccessToken(
                call.store, for: account, name: form["name"] ?? "", scope: scope, days: count, at: call.site.now())
            return try await shown(call, secret: (.tokenShown, .tokenShownText, made.secret))
        } catch let error as PeopleError { return try await shown(call, problem: error.phrase) }
    }

    /// One's own token, or, for an administrator, anyone's.
    private static func revoke(_ call: Call) async throws -> Reply {
        _ = try await call.form()
        guard let account = call.session?.account, let id = Int64(try call.value("id")) else { throw Refusal.notFound }
        let owner = account.role.may(.administer) ? nil : account.id
        guard try await call.store.revokeAccessToken(ID(id), of: owner, at: call.site.now()) else {
            throw Refusal.notFound
        }
        return .seeOther("/settings?saved=1")
    }

    private static func setOrganisation(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let checked: [(setting: Setting, value: String)]
        do throws(OrganisationForm.Fault) {
            checked = try OrganisationForm.checked(form)
        } catch { return try await shown(call, problem: error.phrase) }
        var isCalendarNew = false
        for (setting, value) in checked where try await call.store.setting(setting) ?? "" != value {
            try await call.store.set(setting, to: value)
            if [.zone, .businessHours, .holidays].contains(setting) { isCalendarNew = true }
            try await call.store.audit(
                by: call.session?.account.login ?? "", action: "set \(setting.rawValue)",
                subject: value.replacing("\n", with: "; "), at: call.site.now())
        }
        // Days and business hours are read by it.
        if isCalendarNew {
            try await call.store.rebuildRollups(calendar: try await Organisation(of: call.store).calendar)
        }
        return .seeOther("/settings?saved=1")
    }

    private static func addHook(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let source = form["source"] ?? ""
        guard IncomingHook.isSound(source: source) else { return try await shown(call, problem: .badSource) }
        var fields: [String: String] = [:]
        for line in (form["fields"] ?? "").split(whereSeparator: \.isNewline) {
            let sides = line.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
            guard sides.count == 2, Field(rawValue: sides[0]) != nil, !sides[1].isEmpty else {
                return try await shown(call, problem: .badFields)
            }
            fields[sides[0]] = sides[1]
        }
        let secret = Secrets.newToken()
        try await call.store.setIncomingHook(
            IncomingHook(source: source, secret: secret, fields: fields, createdAt: call.site.now()))
        return try await shown(call, secret: (.secretShown, .secretShownText, secret))
    }

    private static func removeHook(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        guard try await call.store.removeIncomingHook(form["source"] ?? "") else { throw Refusal.notFound }
        return .seeOther("/settings?saved=1")
    }

    private static func addWebhook(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        let kinds = (form["kinds"] ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
        guard let address = OutgoingAddress(form["address"] ?? "") else {
            return try await shown(call, problem: .badWebhookAddress)
        }
        guard kinds.allSatisfy(Announcing.kinds.contains) else { return try await shown(call, problem: .kindsHelp) }
        let secret = Secrets.newToken()
        _ = try await call.store.addWebhook(address: address.text, secret: secret, kinds: kinds, at: call.site.now())
        return try await shown(call, secret: (.secretShown, .secretShownText, secret))
    }

    private static func removeWebhook(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        guard let id = Int64(form["id"] ?? ""), try await call.store.removeWebhook(ID(id)) else {
            throw Refusal.notFound
        }
        return .seeOther("/settings?saved=1")
    }
}

/// Makes an access token for an account; the secret is nowhere kept.
/// - Throws: `PeopleError`.
public func newAccessToken(
    _ store: any Store, for account: Account, name: String, scope: Set<Permission>, days: Int?, at now: Moment
) async throws -> (token: AccessToken, secret: String) {
    if name.allSatisfy(\.isWhitespace) { throw PeopleError.nameMissing }
    try PeopleError.checked(scope: scope, for: account.role)
    let secret = AccessToken.newSecret()
    let token = try await store.addAccessToken(
        hash: Secrets.hash(token: secret), account: account.id, name: name, scope: scope, at: now,
        expiresAt: days.map { Moment(seconds: now.seconds + Int64($0) * 86_400) })
    return (token, secret)
}

/// The organisation's settings as a form sends them.
enum OrganisationForm {
    struct Fault: Error {
        var phrase: PeoplePhrase
    }

    static let settings: [Setting] = [.zone, .rate, .currency, .language, .businessHours, .holidays, .targets]

    /// What is to be set; fields that are not in the form, or are empty and were never needed, are left as they are.
    static func checked(_ form: [String: String]) throws(Fault) -> [(setting: Setting, value: String)] {
        var out: [(setting: Setting, value: String)] = []
        for setting in settings {
            guard let given = form[setting.rawValue] else { continue }
            let lines = given.split(whereSeparator: \.isNewline).map { line in
                String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            }.filter { !$0.isEmpty }
            let value = lines.joined(separator: "\n")
            if value.isEmpty, setting == .zone || setting == .language || setting == .businessHours { continue }
            guard let problem = problem(setting, value, lines) else {
                out.append((setting, value))
                continue
            }
            throw Fault(phrase: problem)
        }
        return out
    }

    private static func problem(_ setting: Setting, _ value: String, _ lines: [String]) -> PeoplePhrase? {
        switch setting {
        case .zone: return Zone(value) == nil ? .badZone : nil
        case .rate:
            if value.isEmpty { return nil }
            guard let rate = Double(value), rate > 0, rate.isFinite else { return .badRate }
            return nil
        case .language: return Language(rawValue: value) == nil ? .browserLanguage : nil
        case .businessHours: return Organisation.areHours(value) ? nil : .badHours
        case .holidays: return lines.allSatisfy { Day($0) != nil } ? nil : .badHolidays
        case .targets: return lines.allSatisfy { Target(line: $0) != nil } ? nil : .badTargets
        case .currency, .pseudonymKey, .directions, .approval, .publicSuggestions: return nil
        }
    }
}
