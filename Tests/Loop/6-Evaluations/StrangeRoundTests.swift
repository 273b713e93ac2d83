import Measures
import Records
import Statistics
import Testing

@testable import Evaluations
@testable import Improvements

private let opened = "incidents.opened"
private let start = ServiceDesk.firstDay + 182

/// So many tickets every day of the week, all alike.
private func even(_ perDay: Int64, days: Int) -> Rollup {
    var rollup = Rollup()
    for i in 0..<days {
        rollup.add(perDay, of: .opened, on: ServiceDesk.firstDay + i)
    }
    return rollup
}

@Suite("Rounds that cannot be judged")
struct StrangeRoundTests {
    private let evidence = ServiceDesk.evidence(even(20, days: 210), asOf: start + 27)

    @Test("Without a plan, without a start, or without a measure there is a reason and no verdict")
    func nothing() throws {
        #expect(throws: Unjudged.noPlan) { try judge(try Round.of(nil), evidence) }
        #expect(throws: Unjudged.notLive) { try judge(try Round.of(.about(opened), live: []), evidence) }
        var round = try Round.of(.about(opened))
        round.plan = FrozenPlan(.about("incidents.happiness"), at: start.startInUTC)
        #expect(throws: Unjudged.unknownMeasure("incidents.happiness")) { try judge(round, evidence) }
    }

    @Test("A plan that is not the sealed one is refused")
    func seal() throws {
        var round = try Round.of(.about(opened))
        let whole = try JSON.text(of: #require(round.plan))
        let changed = whole.replacing("\"weeks\":4", with: "\"weeks\":6")
        #expect(changed != whole)
        round.plan = try JSON.plan(changed)
        #expect(throws: Unjudged.sealBroken) { try judge(round, evidence) }
    }

    @Test("What was in use before the test was written down cannot be tested by it; on the same day it can")
    func liveBefore() throws {
        let round = try Round.of(.about(opened), frozenOn: start + 1)
        #expect(throws: Unjudged.liveBeforePlan(live: start, frozen: start + 1)) { try judge(round, evidence) }
    }

    @Test("No roll-up, or an empty one, is no data")
    func noData() throws {
        let round = try Round.of(.about(opened))
        let asked = ServiceDesk.all(opened)
        let none = Evidence(rollups: [:], asOf: start + 27, calendar: ServiceDesk.calendar)
        #expect(throws: Unjudged.noData(asked)) { try judge(round, none) }
        let empty = Evidence(rollups: [asked: Rollup()], asOf: start + 27, calendar: ServiceDesk.calendar)
        #expect(throws: Unjudged.noData(asked)) { try judge(round, empty) }
        // A measure that the files say nothing about.
        let shares = try Round.of(.about("incidents.slaMet", wanted: .higher))
        let silent = ServiceDesk.evidence(even(20, days: 240), asOf: start + 50, ["incidents.slaMet"])
        #expect(throws: Unjudged.noData(ServiceDesk.all("incidents.slaMet"))) {
            try judge(shares, silent)
        }
    }

    @Test("A baseline of weeks, one that begins after the start, and one of centuries are refused")
    func baselines() throws {
        let short = try Round.of(.about(opened, baseline: Period(start - 20, through: start - 1)))
        #expect(throws: Unjudged.baselineTooShort(days: 20, need: 56)) { try judge(short, evidence) }
        let late = try Round.of(.about(opened, baseline: Period(start, through: start + 100)))
        #expect(throws: Unjudged.baselineTooShort(days: 0, need: 56)) { try judge(late, evidence) }
        let long = try Round.of(.about(opened, baseline: Period(Day(number: -700_000), through: start - 1)))
        #expect(throws: Unjudged.baselineTooLong(days: 719_905, most: 7_320)) { try judge(long, evidence) }
    }

    @Test("A review of no weeks, or of more than there are, is refused", arguments: [-1, 0, 1, 521, Int.max])
    func weeks(_ weeks: Int) throws {
        let round = try Round.of(.about(opened, weeks: weeks))
        #expect(throws: Unjudged.reviewOutOfRange(weeks: weeks, from: 2, through: 520)) {
            try judge(round, evidence)
        }
    }

    @Test("Before the start there is nothing to say but when there will be")
    func tooEarly() throws {
        for asOf in [start - 30, start - 1] {
            let before = ServiceDesk.evidence(even(20, days: 300), asOf: asOf)
            #expect(throws: Unjudged.tooEarly(until: start + 27)) { try judge(try Round.of(.about(opened)), before) }
        }
    }

    @Test("Every day alike is no difference for counts, which vary by chance, and no answer for what does not")
    func constant() throws {
        let result = try judge(try Round.of(.about(opened)), evidence)
        let effect = try #require(result.judgement.effect)
        #expect(result.judgement.verdict == .noDifference && effect.low < 0 && effect.high > 0)
        #expect(effect.estimate.magnitude < 1e-9 && result.judgement.naive == 0 && result.benefit == nil)
        let stock = try judge(
            try Round.of(.about("incidents.backlog")),
            ServiceDesk.evidence(even(5, days: 1), asOf: start + 27, ["incidents.backlog"]))
        #expect(stock.judgement.verdict == .cannotTell && stock.reasons == [.noVariation])
        #expect(stock.judgement.effect == nil && stock.absolute == nil && stock.benefit == nil)
    }

    @Test("A desk that has worked every day has a week of seven days, one that rests at weekends of five")
    func weekends() throws {
        let every = try judge(try Round.of(.about(opened)), evidence)
        #expect(!every.notes.contains(.closedWeekdays([5, 6])))
        let tickets = ServiceDesk().tickets(seed: 1)
        let rested = try judge(
            try Round.of(.about(opened)),
            ServiceDesk.evidence(ServiceDesk.rollup(tickets, asOf: start + 27), asOf: start + 27))
        #expect(rested.notes.contains(.closedWeekdays([5, 6])))
        #expect(rested.line.allSatisfy { $0.day.weekday < 5 } && rested.line.count == 20)
        #expect(rested.reviewLast == start + 25 && rested.through == start + 25 && rested.dueOn == start + 25)
    }

    @Test("A week in which nothing was exported is missing, not a week without tickets")
    func exportGap() throws {
        var desk = ServiceDesk()
        desk.factor = { $0 >= start - 60 && $0 < start - 53 ? (0, 1) : (1, 1) }
        let tickets = desk.tickets(seed: 4)
        let rollup = ServiceDesk.rollup(tickets, asOf: start + 27)
        let evidence = ServiceDesk.evidence(rollup, asOf: start + 27)
        let result = try judge(try Round.of(.about(opened)), evidence)
        #expect(result.notes.contains(.gaps(count: 5)))
        let fit = try #require(
            fitness(
                of: ServiceDesk.all(opened), evidence,
                baseline: Period(ServiceDesk.firstDay, through: start - 1)))
        #expect(fit.fitness.days == 125 && fit.gaps == [Period(start - 60, through: start - 54)])
        #expect(abs(fit.fitness.missing - 5.0 / 130) < 1e-12 && fit.fitness.isEnough)
        #expect(fit.weekdays == [0, 1, 2, 3, 4] && fit.daysOld == 0)
    }

    @Test("Holidays are steps that say nothing")
    func holidays() throws {
        var desk = ServiceDesk()
        let days: Set<Day> = [start - 28, start + 2, start + 9]
        desk.factor = { days.contains($0) ? (0.05, 1) : (1, 1) }
        let rollup = ServiceDesk.rollup(desk.tickets(seed: 5), asOf: start + 27)
        let calendar = BusinessCalendar(zone: .utc, holidays: days)
        let result = try judge(
            try Round.of(.about(opened)), ServiceDesk.evidence(rollup, asOf: start + 27, calendar: calendar))
        #expect(result.notes.contains(.holidaysLeftOut(count: 3)))
        #expect(!result.notes.contains { if case .gaps = $0 { true } else { false } })
        #expect(result.line.count { $0.observed == nil } == 2)
    }

    @Test("A desk that has fallen silent for weeks has data through its last day only")
    func stale() throws {
        let rollup = ServiceDesk.rollup(ServiceDesk().tickets(seed: 2), asOf: start + 12)
        let result = try judge(try Round.of(.about(opened)), ServiceDesk.evidence(rollup, asOf: start + 60))
        #expect(result.judgement.verdict == .tooEarly && result.through <= start + 14)
    }
}
