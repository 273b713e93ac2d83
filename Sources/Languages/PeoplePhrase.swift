/// A fixed phrase of the pages People and Settings. Each language writes all of them; the compiler sees to it.
public enum PeoplePhrase: String, CaseIterable, Sendable {
    // People
    case people, peopleQuestion, peopleLead, accounts, login, role, team, owns, ownsHelp, ownsNothing
    case active, inactive, addAccount, addAccountText, oneTimeLink, linkText, newLink, deactivate, deactivateText
    case activate, departmentsAndTeams, noTeams, addTeam, addTeamText, teamRemoved, noTeam, roles, rolesText, permission
    case ownOnly, mayNot, backToPeople, saved

    // Roles and permissions
    case reader, practitioner, processManager, processOwner, serviceOwner, improvementManager, administrator
    case read, suggest, contribute, bringData, decide, approve, govern, administer

    // Settings
    case settings, settingsQuestion, language, browserLanguage, tokens, tokensText, noTokens, tokenName, mayDo,
        daysValid
    case makeToken, tokenShown, tokenShownText, revoke, revoked, expired, lastUsed, never, created, expires
    case organisation, rate, rateHelp, currency, timeZone, openingHours, openingHoursHelp, holidays, holidaysHelp
    case targets, targetsHelp, organisationLanguage, audit, auditText, noAudit, action, subject, older
    case incoming, incomingText, noIncoming, source, secret, fields, fieldsHelp, messages, addIncoming
    case outgoing, outgoingText, noOutgoing, address, kinds, kindsHelp, addOutgoing, deliveries, noDeliveries, attempts
    case answer, waiting, delivered, givenUp, everyKind, secretShown, secretShownText

    // What cannot be done
    case lastAdministrator, loginTaken, badLogin, noName, noSuchTeam, teamHasPeople, scopeTooWide, scopeMissing
    case badZone, badRate, badHours, badHolidays, badTargets, badWebhookAddress, badSource, badFields, badDays
}

extension Words {
    /// A phrase of the pages People and Settings.
    public func callAsFunction(_ phrase: PeoplePhrase) -> String {
        switch language {
        case .en: phrase.english
        case .da: phrase.danish
        case .zh: phrase.chinese
        }
    }
}
