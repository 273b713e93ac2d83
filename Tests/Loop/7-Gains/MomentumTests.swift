import Improvements
import Measures
import Records
import Signals
import Statistics
import Testing

@testable import Gains

@Suite struct MomentumTests {
    private func week(of programme: Programme) throws -> Period { try #require(programme.weeks.last) }

    @Test("Nothing at all, and one suggestion yesterday, say nothing and crash nothing")
    func nothing() throws {
        let empty = Programme(improvements: [], suggestions: [], today: History.start)
        #expect(empty.weeks.isEmpty)
        #expect(watch(figures(of: empty)).allSatisfy { $0.silence == .notRecorded && $0.shift == nil })
        let one = Programme(
            improvements: [], suggestions: [.init(at: History.moment(History.start), by: "p1")],
            today: History.start + 8)
        #expect(one.weeks.count == 1)
        let readings = watch(figures(of: one))
        #expect(readings.first { $0.series.measure == .suggestionsPerHead }?.silence == .tooShort(known: 1, need: 10))
        #expect(readings.first { $0.series.measure == .timeUsed }?.silence == .notRecorded)
        let answer = answerSuggestions(one.weeklySuggestions, week: try week(of: one), isSignalled: false)
        #expect(answer.answer == .cannotTell && answer.grounds == .tooFewWeeks(known: 1, need: 26))
    }

    @Test("The figures of one improvement, worked by hand")
    func byHand() throws {
        let start = History.start
        func at(_ day: Int) -> Moment { History.moment(start + day) }
        func action(_ id: Int, due: Int, done: Int? = nil) -> Change {
            .action(
                Action(
                    id: id, text: "Do", kind: .training, owner: "eve", department: "IT", due: start + due,
                    doneOn: done.map { start + $0 }))
        }
        let improvement = try Improvement([
            Entry(.opened(title: "A", origin: .suggestion(id: 7)), by: "adam", at: at(0)),
            Entry(.owned(by: "eve"), by: "adam", at: at(1)),
            Entry(.forward(reason: "Sure"), by: "eve", at: at(7)),
            Entry(action(1, due: 10), by: "eve", at: at(8)),
            Entry(action(2, due: 12), by: "eve", at: at(8)),
            Entry(action(1, due: 10, done: 15), by: "eve", at: at(15)),
            Entry(.closed(reason: "Done"), by: "eve", at: at(28)),
        ])
        let programme = Programme(improvements: [.init(id: 1, improvement)], suggestions: [], today: start + 36)
        let all = figures(of: programme)
        #expect(all.weeks.count == 5 && all.weeks[0] == Period(start, through: start + 6))
        #expect(all[.age]?.values.prefix(4).map { $0 } == [6, 13, 20, 27])
        #expect(all[.age]?.values[4].isNaN == true)
        #expect(all[.overdueActions]?.values == [0, 2, 1, 1, 0])
        // Day 15 is the last touch: at the end of the third week six days ago, of the fourth twelve.
        #expect(all[.touched]?.values.prefix(4).map { $0 } == [1, 1, 1, 1])
        #expect(all[.ownerLoad]?.values.prefix(4).map { $0 } == [1, 1, 1, 1])
        #expect(all[.contributors]?.values == [1, 1, 1, 0, 1])
        #expect(all[.departments]?.values == [0, 1, 1, 0, 0])
        // Weeks of four end with the last week: the first week stands alone and is left out.
        #expect(all[.acceptedToDone]?.steps.count == 1 && all[.acceptedToDone]?.values == [21])
        #expect(all[.finished]?.values == [1] && all[.opened]?.values == [0])
    }

    @Test("What was due is late when no verdict came, and a gain that an improvement was opened for again is not held")
    func evaluationsAndGains() throws {
        let start = History.start
        func at(_ day: Int) -> Moment { History.moment(start + day) }
        var plan = Plan(
            objective: Objective(text: "Faster", measure: "incidents.timeToResolve"),
            baseline: Period(start - 80, through: start - 1), weeks: 4, leastEffect: 0.1, method: "m")
        plan.weeks = 2
        let entries: [(Change, Int)] = [
            (.opened(title: "A", origin: .hand), 0), (.planned(plan), 1), (.forward(reason: "r"), 2),
            (.forward(reason: "r"), 2), (.forward(reason: "r"), 2), (.forward(reason: "r"), 2),
            (.live(GoLive(on: start + 7)), 7),
        ]
        let late = try Improvement(entries.map { Entry($0.0, by: "eve", at: at($0.1)) })
        var proven = late.entries
        proven.append(
            Entry(.evaluated(Judgement(verdict: .worked, seal: plan.seal)), by: "eve", at: at(25)))
        let slipped = try Improvement([Entry(.opened(title: "B", origin: .slippage(of: 2)), by: "eve", at: at(45))])
        let programme = Programme(
            improvements: [.init(id: 1, late), .init(id: 2, try Improvement(proven)), .init(id: 3, slipped)],
            suggestions: [], today: start + 57)
        let all = figures(of: programme)
        #expect(all[.evaluatedOnTime]?.values.first == 0.5)
        #expect(all[.gainsHeld]?.values.prefix(3).allSatisfy(\.isNaN) == true)
        #expect(all[.gainsHeld]?.values[3] == 1 && all[.gainsHeld]?.values[6] == 0)
        // Opened by hand is neither before nor after the harm; slipping is after it.
        #expect(all[.prevention]?.values.last == 0)
    }

    @Test("A programme that fades slowly, from seven suggestions a week to one in a year and a half, is mostly noticed")
    func slowly() throws {
        var noticed = 0
        for seed in 1...20 {
            var history = History(seed: UInt64(seed))
            let slow = Programme(
                improvements: [], suggestions: history.suggestions(weeks: 78) { max(1, 7 - Double($0) * 0.08) },
                today: History.start + 78 * 7)
            let counts = slow.weeklySuggestions
            if answerSuggestions(counts, week: try week(of: slow), isSignalled: false).answer == .yes { noticed += 1 }
        }
        #expect(noticed >= 12, "\(noticed) of 20")
    }

    @Test("A programme that fades at once is noticed", arguments: [1, 2, 3, 4])
    func fading(seed: UInt64) throws {
        var history = History(seed: seed)
        let sudden = try history.programme(weeks: 78, rate: { $0 < 58 ? 6 : 1.5 })
        let readings = watch(figures(of: sudden))
        let shift = try #require(readings.first { $0.series.measure == .suggestionsPerHead }?.shift)
        #expect(shift.isWorse && shift.q <= momentumRate)
        #expect(abs((shift.at - History.start) / 7 - 58) <= 8)
        #expect(shift.after.high < shift.before.low)
        #expect(
            answerSuggestions(sudden.weeklySuggestions, week: try week(of: sudden), isSignalled: false).answer == .yes)
    }

    @Test("A lively programme, asked every week for a year, is said to decline in no more than 5 of 100 years")
    func lively() throws {
        var years = 0
        var sure = 0
        for seed in 1...100 {
            var history = History(seed: UInt64(seed) &+ 500)
            let weeks = 104
            let all = Programme(
                improvements: [], suggestions: history.suggestions(weeks: weeks, rate: { _ in 5 }),
                today: History.start + weeks * 7
            ).weeklySuggestions
            var said = false
            for last in 52...all.weeks.count {
                let counts = WeeklyCounts(
                    weeks: Array(all.weeks.prefix(last)), counts: Array(all.counts.prefix(last)),
                    exposures: Array(all.exposures.prefix(last)))
                let answer = answerSuggestions(counts, week: all.weeks[last - 1], isSignalled: false).answer
                if answer == .yes { said = true }
                if answer == .no { sure += 1 }
            }
            if said { years += 1 }
        }
        #expect(years <= 5, "\(years) of 100")
        // It is not bought by never being sure.
        #expect(sure > 100 * 53 / 2)
    }

    @Test("None of a lively programme's figures is said to fade more often than promised")
    func livelyFigures() throws {
        var alarms = 0
        var looks = 0
        for seed in 1...5 {
            var history = History(seed: UInt64(seed) &+ 900)
            let whole = try history.programme(weeks: 104)
            for weeks in stride(from: 78, through: 104, by: 26) {
                looks += 1
                let readings = watch(figures(of: try whole.known(after: weeks)))
                if readings.contains(where: { $0.shift?.isWorse == true }) { alarms += 1 }
            }
        }
        // 5 % of 10 looks, and room for chance: 3 or more of a binomial (10, 0.05) happen in 1 of 100.
        #expect(alarms <= 2, "\(alarms) of \(looks)")
    }

    @Test("Unauthorised changes: rising, steady, none at all, unknown, too few")
    func unauthorised() {
        let week = Period(History.start, through: History.start + 6)
        func counts(_ weeks: Int, _ share: (Int) -> Double, of exposure: Double = 40) -> WeeklyCounts {
            WeeklyCounts(
                weeks: (0..<weeks).map { Period(History.start + $0 * 7, through: History.start + $0 * 7 + 6) },
                counts: (0..<weeks).map { (share($0) * exposure).rounded() },
                exposures: Array(repeating: exposure, count: weeks))
        }
        func answer(_ counts: WeeklyCounts, signalled: Bool = false) -> WeeklyAnswer {
            answerUnauthorised(counts, week: week, isSignalled: signalled)
        }
        #expect(answer(counts(60) { $0 < 47 ? 0.05 : 0.12 }).answer == .yes)
        #expect(answer(counts(60) { _ in 0.1 }).answer == .no)
        #expect(answer(counts(60) { _ in 0.1 }, signalled: true).answer == .yes)
        #expect(answer(counts(60) { _ in 0 }).grounds == .none(of: 2400))
        #expect(answer(counts(60, { _ in 0 }, of: 0)).grounds == .notRecorded)
        #expect(answer(counts(20) { _ in 0.1 }).grounds == .tooFewWeeks(known: 20, need: 26))
        // Two of forty cases cannot rule out a doubling.
        #expect(answer(counts(60) { $0 % 20 == 0 ? 0.025 : 0 }).answer == .cannotTell)
    }

    @Test("A ratio of rates by hand; splitting weeks in halves changes nothing but the noise")
    func ratios() throws {
        // 26 of 13 weeks against 78 of 39: the same rate; no dispersion beyond chance's.
        let ratio = try #require(
            RateRatio(
                counts: Array(repeating: 2, count: 52), exposures: Array(repeating: 1, count: 52), recent: 13))
        #expect(ratio.now == 2 && ratio.before == 2 && ratio.z == 0)
        let error = (1 / 26.0 + 1 / 78.0).squareRoot()
        #expect(abs(ratio.ratio.high - 2.718281828459045 ** (1.96 * error)) < 1e-9)
        #expect(RateRatio(counts: [1, 2], exposures: [1, 1], recent: 13) == nil)
        #expect(RateRatio(counts: [0, 0], exposures: [1, 1], recent: 1) == nil)
        // Wilson's interval of 0 of 10 and 5 of 10, as published (Newcombe 1998).
        #expect(shareEstimate(0, of: 0) == nil)
        let none = try #require(shareEstimate(0, of: 10))
        #expect(none.low == 0 && abs(none.high - 0.2775) < 1e-4)
        let newcombe = try #require(shareEstimate(81, of: 263))
        #expect(abs(newcombe.low - 0.2553) < 1e-4 && abs(newcombe.high - 0.3662) < 1e-4)
    }

    @Test("A sign that went away after somebody responded, one that stays, one too early to tell")
    func responses() {
        func week(_ i: Int) -> Period { Period(History.start + i * 7, through: History.start + i * 7 + 6) }
        let day = History.start + 8
        #expect(aftermath(of: day, answers: []) == .tooEarly)
        #expect(aftermath(of: day, answers: [(week(0), false), (week(1), false)]) == .tooEarly)
        #expect(
            aftermath(of: day, answers: [(week(2), true), (week(3), nil), (week(4), true)]) == .stillThere(weeks: 2))
        #expect(aftermath(of: day, answers: [(week(2), true), (week(3), false)]) == .gone(week: week(3)))
        for question in Question.allCases {
            #expect(Sign(word: Sign.question(question).word) == .question(question))
            #expect(Sign.question(question).plays.count >= 2)
        }
        for measure in MomentumMeasure.allCases {
            #expect(Sign(word: Sign.fading(measure).word) == .fading(measure))
            #expect(!Sign.fading(measure).plays.isEmpty)
        }
        #expect(Sign(word: "policy.3") == .policy(3))
        for wrong in ["", "policy", "policy.x", "question.none", "fading.", "other.1"] {
            #expect(Sign(word: wrong) == nil)
        }
    }
}

infix operator ** : MultiplicationPrecedence
private func ** (base: Double, power: Double) -> Double {
    // By the series of e^x, so that the test does not use what it tests.
    var term = 1.0
    var sum = 1.0
    for k in 1...40 {
        term *= power / Double(k)
        sum += term
    }
    return sum
}
