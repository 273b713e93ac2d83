import Languages
import People

/// The places of the left column, in their order. A place is here when its page exists.
enum Place: String, CaseIterable, Sendable {
    case today, services, measures, signals, problems, process, predictions, register, improvements, suggestions
    case feedback, momentum, wins, report, planning, policies, sources, people, settings

    var path: String { self == .today ? "/" : "/\(rawValue)" }

    /// Who may go there.
    var permission: Permission { self == .people ? .administer : .read }

    func name(_ words: Words) -> String {
        switch self {
        case .process: words.flow(.process)
        case .people: words(.people)
        case .settings: words(.settings)
        case .today: words(.today)
        case .services: words(.services)
        case .measures: words(.measures)
        case .signals: words(.signals)
        case .predictions: words.foreseen(PredictionPhrase.predictions)
        case .register: words(.register)
        case .problems: words.recurring(.problems)
        case .feedback: words(FeedbackPhrase.feedback)
        case .improvements: words.say(.improvements)
        case .suggestions: words.say(.suggestions)
        case .wins: words.say(.wins)
        case .report: words.say(.report)
        case .momentum: words.say(.momentum)
        case .policies: words.say(.policies)
        case .planning: words.say(.planning)
        case .sources: words(.sources)
        }
    }
}

/// What every page knows about the one who reads it.
public struct Visit: Sendable {
    public var words: Words
    public var path: String
    /// The address's query, decoded, in its order.
    public var query: [(String, String)]
    /// The name of the account; nil when nobody is signed in.
    public var account: String?
    /// What they may follows from it; nil when nobody is signed in.
    public var role: Role?
    /// Goes with every form.
    public var formToken: String

    public init(
        language: Language, path: String, query: [(String, String)] = [], account: String? = nil,
        role: Role? = nil, formToken: String = ""
    ) {
        words = Words(language)
        self.path = path
        self.query = query
        self.account = account
        self.role = role
        self.formToken = formToken
    }

    var language: Language { words.language }

    /// The hidden field that shows a form is ours.
    var tokenField: HTML { "<input type=\"hidden\" name=\"token\" value=\"\(formToken)\">" }
}

/// One page: what it is called, the question it answers, its content, and what to do next.
struct Page {
    var place: Place?
    var title: String
    var question: String?
    /// The heading, when it says more than the title (with names in italics).
    var heading: HTML?
    var content: HTML
    var next: [(words: String, address: String)] = []
    /// Set on pages for those who are not signed in: no places, nothing to leave.
    var isBare = false
    /// What it shows is not finished. With script it asks for the rest; without, the whole page comes again.
    var isUnderWay = false

    func document(_ visit: Visit) -> HTML {
        let words = visit.words
        let places: HTML =
            isBare
            ? .empty
            : "<ul>\(Place.allCases.filter { visit.role?.may($0.permission) ?? true }.map { item($0, words) })</ul>"
        let account: HTML? = visit.account.map { name in
            """
            <form class="account" method="post" action="/logout">\(visit.tokenField)<span>\(name)</span> \
            <button class="quiet">\(words(.signOut))</button></form>
            """
        }
        let search: HTML =
            isBare
            ? .empty
            : """
            <form class="search" role="search" action="/search"><label for="q">\(words(.search))</label>\
            <input id="q" name="q" type="search" autocomplete="off" placeholder="/" title="\(words(.searchHint))">\
            </form>
            """
        let again: HTML? =
            isUnderWay ? "\n<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>" : nil
        return """
            <!doctype html>
            <html lang="\(visit.language.tag)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title) – \(words(.pageTitleSuffix))</title>
            <link rel="icon" href="\(Assets.icon.path)" type="image/svg+xml">
            <link rel="stylesheet" href="\(Assets.stylesheet.path)">
            <script src="\(Assets.script.path)" defer></script>\(again)
            </head>
            <body>
            <a class="skip" href="#content">\(words(.skipToContent))</a>
            <header>
            <a class="product" href="/">Ratchet</a>
            <nav aria-label="\(words(.places))">\(places)</nav>
            \(search)
            \(account)
            <nav class="languages" aria-label="\(words(.languageSwitch))">\(languages(visit))</nav>
            </header>
            <main id="content" tabindex="-1">
            \(question.map { "<p class=\"question\">\($0)</p>" as HTML })
            <h1>\(heading ?? HTML(escaping: title))</h1>
            \(content)
            \(nextSteps(words))
            </main>
            </body>
            </html>

            """
    }

    private func item(_ place: Place, _ words: Words) -> HTML {
        place == self.place
            ? "<li><a href=\"\(place.path)\" aria-current=\"page\">\(place.name(words))</a></li>"
            : "<li><a href=\"\(place.path)\">\(place.name(words))</a></li>"
    }

    private func languages(_ visit: Visit) -> HTML {
        Language.allCases.map { language -> HTML in
            if language == visit.language {
                return "<span aria-current=\"true\" lang=\"\(language.tag)\">\(language.ownName)</span>"
            }
            let address = Link.setting("lang", to: language.rawValue, in: visit.path, visit.query)
            return
                "<a href=\"\(address)\" lang=\"\(language.tag)\" hreflang=\"\(language.tag)\">\(language.ownName)</a>"
        }.joined(by: " ")
    }

    private func nextSteps(_ words: Words) -> HTML? {
        guard !next.isEmpty else { return nil }
        let steps = next.map { "<li><a href=\"\($0.address)\">\($0.words)</a></li>" as HTML }
        return """
            <section class="next" aria-labelledby="next"><h2 id="next">\(words(.whatNext))</h2><ul>\(steps)</ul></section>
            """
    }
}
