import Measures
import Records

// Siderne om svar, forslag og målinger.
extension Danish {
    func phrase(_ phrase: FeedbackPhrase) -> String {
        switch phrase {
        case .feedback: "Feedback"
        case .feedbackQuestion: "Hvad siger folk om os, og hvor mange sagde det?"
        case .readings: "Målinger"
        case .readingsQuestion: "Hvilke målinger ligger bag tallet?"
        case .noFeedback:
            "Der er endnu ingen svar og ingen forslag. Læg en fil med spørgeskemasvar eller forslag ind under Kilder."
        case .noReadings: "Her er ingen målinger. Læg en fil med målinger ind under Kilder."
        case .latestComments: "De seneste kommentarer"
        case .latestAnswers: "Svarene bag tallet"
        case .noComments: "Ingen har skrevet en kommentar."
        case .suggestions: "Forslag"
        case .noSuggestions: "Ingen har stillet et forslag endnu."
        case .votes: "Stemmer"
        case .score: "Score"
        case .comment: "Kommentar"
        case .survey: "Undersøgelse"
        case .device: "Enhed"
        case .quantity: "Størrelse"
        case .suggestion: "Forslag"
        case .answeredAt: "Besvaret"
        case .measuredAt: "Målt"
        case .madeAt: "Stillet"
        case .source: "Fra"
        case .byWhom: "Af"
        case .noScore: "ingen score"
        case .openFeedback: "Se, hvad folk siger"
        case .marginNote:
            """
            Usikkerheden er et 95\u{A0}%-interval for alle, der kunne have svaret på samme måde; den siger intet om dem, \
            der ikke svarede.
            """
        case .trend: "Uge for uge"
        case .comparison: "Del for del"
        case .given: "Besvarelser"
        case .thisMeasureOnly: "Kun de svar, som dette mål tæller"
        case .rejectNoTime: "Rækken siger ikke hvornår."
        case .rejectTime: "Rækkens tidspunkt kan ikke læses."
        case .rejectNumber: "Et tal i rækken kan ikke læses."
        case .rejectScale: "Scoren står ikke på en kendt skala."
        case .rejectName: "Rækken siger ikke, hvad den handler om."
        case .rejectUnit: "Størrelsen er kendt i en anden måleenhed."
        }
    }

    func line(_ line: FeedbackLine) -> String {
        let f = figures
        switch line {
        case .records(let n, let measure):
            let one = n == 1
            return switch measure.records {
            case .surveys: n == 0 ? "Ingen besvarelser" : one ? "1 besvarelse" : "\(f.count(n)) besvarelser"
            case .suggestions: n == 0 ? "Ingen forslag" : "\(f.count(n)) forslag"
            case .readings: n == 0 ? "Ingen målinger" : one ? "1 måling" : "\(f.count(n)) målinger"
            case .tickets: n == 0 ? "Ingen sager" : one ? "1 sag" : "\(f.count(n)) sager"
            }
        case .answered(let n, let all, let period):
            return """
                \(f.count(n)) af \(f.count(all)) gav en score (\(f.percent(Double(n) / Double(max(1, all))))), \
                \(f.range(period.first, period.last)).
                """
        case .standing(let measure, let value, let range, let period):
            return "\(label(measure)): \(value) (\(range)), \(f.range(period.first, period.last))."
        case .standingAlone(let measure, let value, let period):
            return
                "\(label(measure)): \(value), \(f.range(period.first, period.last)); for få svar til at angive usikkerhed."
        case .before(let value, let period):
            return "I lige så mange dage forinden (\(f.range(period.first, period.last))) var den \(value)."
        case .columnNotFound(let column, let file): return "\(file) har ingen kolonne »\(column)«."
        case .columnsMissing(let fields, let file):
            return "I \(file) blev der ikke fundet en kolonne til: \(fields.joined(separator: ", ")). Omdøb kolonnerne."
        case .scaleUnknown(let column, let least, let most, let file):
            return """
                I \(file) ligger scorerne i kolonnen »\(column)« mellem \(f.number(least)) og \(f.number(most)), og intet \
                siger på hvilken skala. Tilføj kolonnerne scale_low og scale_high.
                """
        case .shown(let n): return "De seneste \(f.count(n)) vises."
        }
    }
}
