import Languages

/// The form through which one comes in; the same words whether the name or the password was wrong.
struct SignInPage {
    var name = ""
    /// What stood in the way the last time.
    var problem: Phrase?
    /// Where to go afterwards: one of our own paths.
    var next = "/"

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        return Page(
            place: nil, title: words(.signIn), question: nil,
            content: """
                \(notice(problem, words))
                <form class="stack" method="post" action="/login">\(visit.tokenField)
                <input type="hidden" name="next" value="\(next)">
                <label>\(words(.name))<input name="login" autocomplete="username" required value="\(name)"></label>
                <label>\(words(.password))<input name="password" type="password" autocomplete="current-password" \
                required></label>
                <button>\(words(.signInButton))</button></form>
                """,
            isBare: true)
    }
}

/// The page behind a one-time link: choose a name and a password.
struct FirstRunPage {
    var link: String
    var login: String
    var problem: Phrase?

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        return Page(
            place: nil, title: words(.firstRunTitle), question: nil,
            content: """
                <p>\(words(.firstRunText))</p>\(notice(problem, words))
                <form class="stack" method="post" action="/start/\(link)">\(visit.tokenField)
                <label>\(words(.name))<input name="login" autocomplete="username" readonly value="\(login)"></label>
                <label>\(words(.password))<input name="password" type="password" autocomplete="new-password" \
                minlength="12" required></label>
                <label>\(words(.passwordAgain))<input name="again" type="password" autocomplete="new-password" \
                minlength="12" required></label>
                <button>\(words(.createAccount))</button></form>
                """,
            isBare: true)
    }
}

private func notice(_ problem: Phrase?, _ words: Words) -> HTML? {
    problem.map { "<p class=\"problem\" role=\"alert\">\(words($0))</p>" }
}
