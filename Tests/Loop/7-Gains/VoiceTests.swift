import Improvements
import Measures
import Records
import Statistics
import Testing

@testable import Gains

private let march = Day(year: 2026, month: 3, day: 1) ?? Day(number: 0)

private func improvement(_ changes: [Change], by name: String = "Ada", day: Day = march) throws -> Improvement {
    try Improvement(
        ([.opened(title: "Mail", origin: .hand)] + changes).map { Entry($0, by: name, at: History.moment(day)) })
}

@Suite("Time promised and used")
struct TimeBudgetTests {
    @Test("Hours stand beside their promise by month and department; what is taken back is taken back")
    func ledger() throws {
        let spent: [Change] = [
            .spent(TimeSpent(hours: 3, on: march + 2, department: "IT")),
            .spent(TimeSpent(hours: 4.5, on: march + 30, department: "IT")),
            .spent(TimeSpent(hours: -1, on: march + 3, department: "IT")),
            .spent(TimeSpent(hours: 2, on: march + 31, department: "")),
        ]
        let promises = [
            TimePromise(department: "IT", month: march + 9, hours: 20),
            TimePromise(department: "Law", month: march, hours: 5),
        ]
        let lines = timeLedger(promises, [(ID(7), try improvement(spent))])
        #expect(lines.map(\.department) == ["", "IT", "Law"])
        #expect(
            lines[0].month == march.nextMonth && lines[0].used == 2 && lines[0].promised == nil && lines[0].share == nil
        )
        #expect(lines[1].used == 6.5 && lines[1].share == 0.325 && lines[1].improvements == [ID(7)])
        #expect(lines[2].used == 0 && lines[2].share == 0)
    }

    @Test("Nonsense is refused: no hours, not a number, more than anybody has, more taken back than was there")
    func refused() throws {
        for hours in [0, .nan, .infinity, 201, -0.5] {
            #expect(throws: LifeCycleError.outOfRange) {
                try improvement([.spent(TimeSpent(hours: hours, on: march))])
            }
        }
        #expect(throws: LifeCycleError.noSuchAction(3)) {
            try improvement([.spent(TimeSpent(action: 3, hours: 1, on: march))])
        }
        // Hours may be written down after the end.
        let one = try improvement([.closed(reason: "done"), .spent(TimeSpent(hours: 1, on: march))])
        #expect(one.hoursSpent == 1)
    }

    @Test("A promise is spread over the days of its month, leap years too, and none is lost on the way to weeks")
    func weekly() throws {
        let leap = Day(year: 2028, month: 2, day: 1) ?? march
        #expect(leap.daysOfMonth == 29 && march.daysOfMonth == 31 && (march + 31).daysOfMonth == 30)
        #expect((march + 31).monthStart == march + 31 && march.nextMonth == march + 31)
        let hours = weeklyHours(
            [TimePromise(department: "IT", month: leap, hours: 29)],
            [(ID(1), try improvement([.spent(TimeSpent(hours: 7, on: leap + 10))]))])
        #expect(abs(hours.reduce(0) { $0 + $1.promised } - 29) < 1e-9)
        #expect(hours.reduce(0) { $0 + $1.used } == 7 && hours.allSatisfy { $0.week.weekday == 0 })
        #expect(weeklyHours([], [(ID(1), try improvement([.spent(TimeSpent(hours: 7, on: leap))]))]).isEmpty)
    }

    @Test("Momentum has its share of promised hours from them")
    func momentum() throws {
        let monday = History.start
        let work = try improvement([.spent(TimeSpent(hours: 5, on: monday + 8, department: "IT"))], day: monday)
        let programme = Programme(
            improvements: [.init(id: 1, work)], suggestions: [],
            hours: [.init(week: monday + 7, promised: 10, used: 5)], today: monday + 21)
        let series = figures(of: programme)[.timeUsed]
        #expect(series?.values.contains(0.5) == true)
        #expect(behind(.timeUsed, programme, in: Period(monday + 7, through: monday + 13)).map(\.amount) == [5])
    }
}

@Suite("The pulse")
struct PulseTests {
    private func counts(_ month: Day, _ department: String, _ values: [Int], _ question: PulseQuestion = .pace)
        -> [PulseCount]
    {
        Dictionary(grouping: values, by: { $0 }).map {
            PulseCount(month: month, department: department, question: question, value: $0.key, count: $0.value.count)
        }
    }

    @Test("Four answers say nothing, five do: the mean with its interval")
    func five() throws {
        let four = Pulse.readings(counts(march, "IT", [1, 2, 3, 4]))
        #expect(four[0].now == nil && four[0].means[0].isNaN && four[0].counts == [4])
        let reading = try #require(Pulse.readings(counts(march, "IT", [2, 3, 3, 4, 3])).first)
        let now = try #require(reading.now)
        // s = √0.5, t₄ = 2.7764: 3 ± 2.7764 · √0.5 / √5.
        #expect(now.estimate == 3 && abs(now.high - now.low - 2 * 0.87800) < 1e-3)
        let all = try #require(Pulse.readings(counts(march, "IT", [5, 5, 5, 5, 5])).first?.now)
        #expect(all.low == 5 && all.high == 5)
        #expect(Pulse.readings([])[1].months.isEmpty)
    }

    @Test("A department of fewer than five is not shown, and not to be had by subtraction either")
    func suppressed() {
        let it = counts(march, "IT", Array(repeating: 4, count: 9))
        let law = counts(march, "Law", Array(repeating: 2, count: 6))
        let few = counts(march, "Estates", [1, 1, 1])
        #expect(Pulse.parts(.pace, march, it + law).map(\.department) == ["IT", "Law"])
        // Three are left over: the smallest shown is hidden with them.
        #expect(Pulse.parts(.pace, march, it + law + few).map(\.department) == ["IT"])
        #expect(Pulse.parts(.pace, march, it + few).isEmpty)
        #expect(Pulse.parts(.worth, march, it + law).isEmpty)
        // Those without a department are a group that is never shown by itself.
        #expect(Pulse.parts(.pace, march, it + counts(march, "", [1, 2, 3, 4, 5])).map(\.department) == ["IT"])
    }

    @Test("A fall below the limits of the months before is told, and an ordinary month is not; gaps stay gaps")
    func trend() throws {
        var all: [PulseCount] = []
        var month = march
        for i in 0..<12 {
            all += counts(month, "IT", Array(repeating: i % 2 == 0 ? 4 : 3, count: 5) + [4, 4, 3])
            month = month.nextMonth
        }
        let steady = Pulse.readings(all)[0]
        #expect(!steady.hasFallen && steady.limits != nil)
        let fallen = Pulse.readings(all + counts(month.nextMonth, "IT", [1, 1, 1, 1, 2, 1]))[0]
        #expect(fallen.hasFallen && fallen.months.count == 14 && fallen.means[12].isNaN)
    }

    @Test("What was said is open only in months in which five answered everything")
    func statements() {
        let five = [3, 3, 3, 3, 3]
        let whole = PulseQuestion.allCases.flatMap { counts(march, "IT", five, $0) }
        #expect(Pulse.openMonths(whole) == [march])
        #expect(Pulse.openMonths(counts(march, "IT", five)).isEmpty)
    }
}

@Suite("Warnings that cry wolf")
struct QuietingTests {
    private func warnings(_ outcomes: [Outcome?], from day: Day = march) throws -> [(Foresight, Outcome?, Day?)] {
        let measure = try #require(Measure(id: "incidents.slaMet"))
        return outcomes.enumerated().map { i, outcome in
            let made = day + 7 * i
            return (
                Foresight(
                    id: "risk \(i) \(made)", source: .targetAtRisk, measure: measure, slice: .everything, madeOn: made,
                    over: Period(made + 22, through: made + 28), target: 0.9), outcome, outcome.map { _ in made + 28 }
            )
        }
    }

    @Test("Wrong three times is chance, wrong four times of four is not; one that came true speaks for the rest")
    func wolf() throws {
        #expect(quietings(try warnings([.didNotCome, .didNotCome, .didNotCome]), undone: []).isEmpty)
        let four = quietings(try warnings(Array(repeating: .didNotCome, count: 4)), undone: [])
        #expect(four.count == 1 && four[0].came == 0 && four[0].judged == 4 && four[0].since == march + 49)
        #expect(quietings(try warnings([.came] + Array(repeating: .didNotCome, count: 4)), undone: []).isEmpty)
        #expect(quietings(try warnings([.came] + Array(repeating: .didNotCome, count: 8)), undone: []).count == 1)
        // What cannot be told, and what is open, says nothing.
        #expect(quietings(try warnings(Array(repeating: .cannotTell, count: 9) + [nil, nil]), undone: []).isEmpty)
    }

    @Test("Heard again, only what comes after counts; another kind of saying is never quieted")
    func undone() throws {
        let first = try warnings(Array(repeating: .didNotCome, count: 6))
        let again = Unquieting(source: .targetAtRisk, measure: "incidents.slaMet", by: "Ada", on: march + 60)
        #expect(quietings(first, undone: [again]).isEmpty)
        let later = try warnings(Array(repeating: .didNotCome, count: 4), from: march + 70)
        #expect(quietings(first + later, undone: [again]).map(\.judged) == [4])
        let forecasts = first.map { one -> (Foresight, Outcome?, Day?) in
            var foresight = one.0
            foresight.source = .forecast
            return (foresight, one.1, one.2)
        }
        #expect(quietings(forecasts, undone: []).isEmpty)
    }
}

@Suite("What people say, and what holds")
struct VoiceTests {
    @Test("A suggestion's fate follows its improvement, through merges, to its end")
    func fate() throws {
        let opened = try Improvement([
            Entry(.opened(title: "Mail", origin: .suggestion(id: 4)), by: "Ada", at: History.moment(march))
        ])
        var merged = opened
        try merged.apply(Entry(.merged(into: 9), by: "Ada", at: History.moment(march)), seen: 1)
        let other = try improvement([])
        #expect(Gains.improvement(ofSuggestion: 4, in: [(ID(2), opened)])?.id == ID(2))
        #expect(Gains.improvement(ofSuggestion: 4, in: [(ID(2), merged), (ID(9), other)])?.id == ID(9))
        #expect(Gains.improvement(ofSuggestion: 5, in: [(ID(2), opened)]) == nil)
        #expect(SuggestionFate(nil, nil) == .received)
        #expect(SuggestionFate(SuggestionNote(answeredAt: History.moment(march)), nil) == .answered)
        #expect(SuggestionFate(SuggestionNote(answeredAt: History.moment(march), isDeclined: true), nil) == .declined)
        #expect(SuggestionFate(nil, (ID(2), opened)) == .underWay(2, .defineObjectives))
        let closed = try improvement([.closed(reason: "no")])
        #expect(SuggestionFate(nil, (ID(2), closed)) == .ended(2))
    }

    @Test("Standing work that is done in time is seen; work that is late, or done too seldom to be a habit, is not")
    func quiet() throws {
        func work(_ days: [Int]) throws -> Improvement {
            let action = Action(id: 1, text: "Check", kind: .process, owner: "Bo", department: "IT", everyDays: 7)
            return try improvement([.action(action)] + days.map { .done(action: 1, on: march + $0) })
        }
        #expect(quietMaintainers(of: [(ID(1), try work([0, 7, 14, 21, 28]))]).map(\.inTime) == [4])
        #expect(quietMaintainers(of: [(ID(1), try work([0, 7, 14]))]).isEmpty)
        #expect(quietMaintainers(of: [(ID(1), try work([0, 7, 20, 27, 40]))]).isEmpty)
    }

    @Test("How long gains hold: what still holds counts as holding at least as long as it has")
    func held() throws {
        #expect(HeldGains([]) == nil)
        let all = try #require(HeldGains([(100, false), (300, false), (20, false)]))
        #expect(all.medianDays == nil && all.longestDays == 300 && all.slipped == 0)
        // Kaplan and Meier by hand: after 100 days 3/4, after 200 half of those at risk (2) remain: 3/8.
        let some = try #require(HeldGains([(100, true), (150, false), (200, true), (300, false)]))
        #expect(some.medianDays?.estimate == 200 && some.slipped == 2 && some.proven == 4)
        #expect(HeldGains([(100, true), (200, true)])?.medianDays == nil)
    }

    @Test("Every figure opens to as many things as it counts, in every step of a made-up history")
    func behindFigures() throws {
        var history = History(seed: 7)
        let programme = try history.programme(weeks: 30)
        let figures = figures(of: programme)
        for series in figures.series {
            for (i, step) in series.steps.enumerated() where i % 5 == 0 || i + 1 == series.steps.count {
                let items = behind(series.measure, programme, in: step)
                let (value, count) = (series.values[i], series.counts[i])
                let name = "\(series.measure) \(step.first)"
                switch series.measure {
                case .suggestionsPerHead, .opened, .finished, .acceptedToDone, .age:
                    #expect(items.count == count, "\(name)")
                case .touched, .evaluatedOnTime, .prevention:
                    #expect(items.count == count, "\(name)")
                    let share = Double(items.count { $0.isCounted == true }) / Double(max(1, items.count))
                    #expect(!value.isFinite || abs(share - value) < 1e-12, "\(name)")
                case .overdueActions:
                    #expect(!value.isFinite || items.reduce(0) { $0 + ($1.amount ?? 0) } == value, "\(name)")
                case .ownerLoad:
                    let most = Dictionary(grouping: items, by: { $0.about }).values.map(\.count).max() ?? 0
                    #expect(!value.isFinite || Double(most) == value, "\(name)")
                case .contributors, .departments, .gainsHeld, .timeUsed:
                    #expect(value.isFinite && value > 0 ? !items.isEmpty : true, "\(name)")
                }
            }
        }
    }
}

@Suite("Skills that will be needed")
struct SkillDemandTests {
    @Test("A level that stays asks for nobody more; work that doubles does; too little data says nothing")
    func demand() throws {
        let level = (0..<60).map { (i: Int) -> Double in Double(97 + i * 37 % 7) }
        let steady = try #require(SkillDemand(weekly: level, needed: 2))
        #expect(steady.needed == 2 && abs(steady.now - 100) < 3)
        let rising = (0..<80).map { (i: Int) -> Double in Double(40 + 2 * i + i * 37 % 3) }
        let more = try #require(SkillDemand(weekly: rising, needed: 10))
        #expect(more.needed == 11 && more.ahead.low > more.now && more.ahead.estimate > more.now)
        let falling = (0..<80).map { (i: Int) -> Double in Double(240 - 2 * i + i * 37 % 3) }
        let fewer = try #require(SkillDemand(weekly: falling, needed: 10))
        #expect(fewer.needed < 10)
        #expect(SkillDemand(weekly: Array(level.prefix(20)), needed: 2) == nil)
        #expect(SkillDemand(weekly: Array(repeating: 0, count: 60), needed: 2) == nil)
        #expect(SkillDemand(weekly: Array(repeating: .nan, count: 60), needed: 2) == nil)
    }
}
