import Records
import Statistics
import Store
import Testing

@testable import Turn

@Suite("Themes of comments, turn by turn")
struct ThemeTurnTests {
    private static let subjects = [
        "laptop delivery is late and nobody answers", "password reset took far too long on the phone",
        "the portal search finds nothing useful", "friendly staff and quick help at the desk",
        "printer on the floor is broken every week",
    ]

    private static func log(days: Int, perDay: Int, seed: UInt64, subject: (Int, inout SplitMix64) -> Int)
        -> [CommentText]
    {
        var generator = SplitMix64(seed: seed)
        var all: [CommentText] = []
        for day in 0..<days {
            for i in 0..<perDay {
                let text = subjects[subject(day, &generator)] + (i % 2 == 0 ? " again" : "")
                let seconds = Int64(19_000 + day) * 86_400 + Int64(i * 60)
                all.append(CommentText(text: text, at: Moment(seconds: seconds), ticket: "", isComplaint: false))
            }
        }
        return all.reversed()
    }

    @Test("The tail of a hypergeometric number, by hand")
    func tail() {
        // Of 4 cards 2 are marked, 2 are drawn: both with 1/6, at least one with 5/6.
        #expect(abs(hypergeometricTail(atLeast: 2, drawn: 2, of: 4, marked: 2) - 1.0 / 6) < 1e-12)
        #expect(abs(hypergeometricTail(atLeast: 1, drawn: 2, of: 4, marked: 2) - 5.0 / 6) < 1e-12)
        #expect(hypergeometricTail(atLeast: 0, drawn: 0, of: 0, marked: 0) == 1)
        #expect(hypergeometricTail(atLeast: 3, drawn: 2, of: 4, marked: 2) == 0)
    }

    @Test("A theme that grows in the last four weeks is told, the others are not")
    func grows() throws {
        let comments = Self.log(days: 112, perDay: 3, seed: 2) { day, generator in
            day >= 84 && generator.uniform() < 0.5 ? 0 : Int(generator.uniform() * 5)
        }
        let review = themes(of: comments, asOf: Day(number: 19_111), zone: .utc, after: nil)
        let growing = review.themes.filter(\.isGrowing)
        #expect(growing.count == 1 && growing[0].words.contains { $0.hasPrefix("laptop") || $0.hasPrefix("deliver") })
        #expect(review.themes.reduce(0) { $0 + $1.count } + review.withoutTheme == 336)
        // What was found stays found while it leads a theme.
        let later = themes(of: comments, asOf: Day(number: 19_140), zone: .utc, after: review)
        #expect(later.themes.first { $0.id == growing[0].id }?.isGrowing == true)
    }

    @Test("Comments in any order of time: at most 5 of 100 logs have a theme that grows")
    func quiet() {
        var alarms = 0
        for seed in 0..<100 {
            let comments = Self.log(days: 112, perDay: 1, seed: UInt64(seed) + 50) { _, generator in
                Int(generator.uniform() * 5)
            }
            let review = themes(of: comments, asOf: Day(number: 19_111), zone: .utc, after: nil)
            if review.themes.contains(where: \.isGrowing) { alarms += 1 }
        }
        #expect(alarms <= 5, "\(alarms) of 100")
    }
}
