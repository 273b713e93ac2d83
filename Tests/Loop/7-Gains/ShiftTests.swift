import Measures
import Records
import Signals
import Statistics
import Testing

@testable import Gains

@Suite struct ShiftTests {
    private let on = History.start + 200
    private func only(_ signals: [Signal], _ causes: KnownCauses = KnownCauses()) throws -> Shift {
        try #require(shifts(signals, causes: causes).first)
    }

    @Test("A fall that nothing explains is reported; each known cause takes it off the list")
    func causes() throws {
        let fall = try signal("a")
        #expect(try !only([fall]).isExplained)
        #expect(try only([fall]).isFall)
        let measure = try #require(Measure(id: "incidents.timeToResolve"))
        let live = KnownCauses.Live(
            id: 3, title: "Reset by oneself", measure: measure, slice: .everything, days: [on - 5])
        #expect(
            try only([fall], KnownCauses(live: [live])).causes
                == [.improvement(id: 3, title: "Reset by oneself", on: on - 5)])
        var far = live
        far.days = [on - 40]
        #expect(try !only([fall], KnownCauses(live: [far])).isExplained)
        var elsewhere = live
        elsewhere.slice = Slice(.service, "VPN")
        #expect(try !only([fall], KnownCauses(live: [elsewhere])).isExplained)
        var unsaid = live
        unsaid.measure = nil
        #expect(try only([fall], KnownCauses(live: [unsaid])).possible.count == 1)
        let told = Explanation(signal: "a", cause: "The office moved", by: "eve", at: History.moment(on))
        #expect(try only([fall], KnownCauses(told: [told])).isExplained)
        #expect(try only([fall], KnownCauses(gaps: [Period(on - 4, through: on - 1)])).isExplained)
        #expect(
            try only([fall], KnownCauses(analysed: Period(History.start, through: on + 4))).causes
                == [.dataFault(Period(History.start, through: on + 4))])
        #expect(try !only([fall], KnownCauses(analysed: Period(History.start, through: on + 60))).isExplained)
    }

    @Test("A change explains only where changes are rare enough that nearness means something")
    func changes() throws {
        let fall = try signal("a")
        let near: [(number: String, on: Day)] = [("CHG1", on - 30), ("CHG2", on - 3), ("CHG3", on - 1)]
        let rare = try only([fall], KnownCauses(changes: ["a": .init(near: near, perDay: 0.01)]))
        #expect(rare.causes == [.change(number: "CHG3", on: on - 1)])
        let daily = try only([fall], KnownCauses(changes: ["a": .init(near: near, perDay: 1)]))
        #expect(daily.causes.isEmpty && daily.possible == [.change(number: "CHG3", on: on - 1)])
        #expect(try !only([fall], KnownCauses(changes: ["b": .init(near: near, perDay: 0.01)])).isExplained)
    }

    @Test("A holiday explains a day and a short level, not a lasting one; less work explains fewer incidents")
    func holidaysAndWork() throws {
        let holidays: Set<Day> = [on + 1]
        let day = try signal("a", change: -0.8, kind: .spike, lasting: 0)
        #expect(try only([day], KnownCauses(holidays: holidays)).causes == [.holiday(on + 1)])
        #expect(try !only([try signal("a")], KnownCauses(holidays: holidays)).isExplained)
        #expect(try only([try signal("a", lasting: 10)], KnownCauses(holidays: holidays)).isExplained)
        let fall = try signal("a")
        let fewer = try signal("c", "changes.opened", .everything)
        let more = try signal("c", "changes.opened", .everything, change: 0.5)
        #expect(try only([fall, fewer]).causes == [.lessWork(signal: "c")])
        #expect(try !only([fall, more]).isExplained)
    }

    @Test("A part of a larger move is not listed by itself; targets at risk are no moves")
    func parts() throws {
        let whole = try signal("w", "incidents.opened", .everything)
        let part = try signal("p")
        let found = shifts([part, whole], causes: KnownCauses())
        #expect(found[0].causes == [.partOf(signal: "w")] && !found[1].isExplained)
        let other = try signal("o", "incidents.opened", .everything, day: 100)
        #expect(try !only([part, other]).isExplained)
        #expect(shifts([try signal("t", kind: .targetAtRisk)], causes: KnownCauses()).isEmpty)
    }

    @Test(
        "Unexplained falls get their own kind and are good news no longer; rises and explained falls stay as they are")
    func marking() throws {
        let all = [
            try signal("fall"), try signal("rise", change: 0.4), try signal("spike", change: -0.9, kind: .spike),
            try signal("time", "incidents.timeToResolve"), try signal("known", "incidents.opened", Slice(.group, "G")),
        ]
        let told = Explanation(signal: "known", cause: "Closed", by: "eve", at: History.moment(on))
        let after = marked(all, by: shifts(all, causes: KnownCauses(told: [told])))
        #expect(after.map(\.kind) == [.unexplainedFall, .levelShift, .spike, .levelShift, .levelShift])
        #expect(after[0].direction == .neutral && after[0].id == "fall" && after[4] == all[4])
        let again = shifts(after, causes: KnownCauses())
        #expect(again[0].isFall && !again[0].isExplained)
    }

    @Test("Have incidents fallen for no reason? Yes, no and cannot tell, each with its grounds")
    func question() throws {
        let week = Period(on + 60, through: on + 66)
        func answer(_ shifts: [Shift], weeks: Int? = 40, since: Day? = nil) -> WeeklyAnswer {
            answerIncidents(shifts, week: week, weeks: weeks, since: since ?? on - 30)
        }
        let fall = try signal("a")
        let bare = shifts([fall], causes: KnownCauses())
        #expect(answer(bare).answer == .yes)
        #expect(answer(bare, since: on + 1).grounds == .noFall(weeks: 40))
        let told = Explanation(signal: "a", cause: "x", by: "eve", at: History.moment(on))
        #expect(answer(shifts([fall], causes: KnownCauses(told: [told]))).grounds == .allExplained(falls: 1))
        #expect(answer([]).answer == .no)
        #expect(answer([], weeks: nil).answer == .cannotTell && answer([], weeks: 3).answer == .cannotTell)
    }

    @Test("What was said is marked right, wrong or unknown when its day has come, and counted with its interval")
    func scoreCard() throws {
        let share = try #require(Measure(id: "incidents.slaMet"))
        func said(_ source: Foresight.Source, target: Double? = nil, range: Estimate? = nil) -> Foresight {
            Foresight(
                id: "x", source: source, measure: share, slice: .everything, madeOn: on,
                over: Period(on + 1, through: on + 28), range: range, target: target)
        }
        let risk = said(.targetAtRisk, target: 0.9)
        #expect(outcome(of: risk, seen: 0.8, lastDay: on + 27) == nil)
        #expect(outcome(of: risk, seen: 0.8, lastDay: on + 28) == .came)
        #expect(outcome(of: risk, seen: 0.95, lastDay: on + 28) == .didNotCome)
        #expect(outcome(of: risk, seen: nil, lastDay: on + 28) == .cannotTell)
        let forecast = said(.forecast, range: Estimate(0.9, low: 0.85, high: 0.95))
        #expect(outcome(of: forecast, seen: 0.85, lastDay: on + 40) == .came)
        #expect(outcome(of: forecast, seen: 0.84, lastDay: on + 40) == .didNotCome)
        let card = scores([(risk, .came), (risk, .didNotCome), (risk, .cannotTell), (risk, nil), (forecast, .came)])
        let first = try #require(card.first)
        #expect(first.came == 1 && first.didNotCome == 1 && first.cannotTell == 1 && first.open == 1)
        #expect(first.share?.estimate == 0.5)
        #expect(card[2].share == nil)
    }

    @Test("Firefighting: what the data do not say is nil, never nought")
    func firefighting() throws {
        let last = on
        #expect(Firefighting(work: nil, incidents: Rollup(), through: last).unplanned == nil)
        var incidents = Rollup()
        var work = Rollup()
        for i in 0..<84 {
            work.add(10, of: .allWork, on: last - i)
            work.add(i < 28 ? 8 : 5, of: .unplannedWork, on: last - i)
            incidents.add(4, of: .workaroundKnown, on: last - i)
            incidents.add(1, of: .workaround, on: last - i)
            incidents.add(4, of: .opened, on: last - i)
            incidents.add(2, of: .workKnown, on: last - i)
            incidents.add(60, of: .workMinutes, on: last - i)
        }
        let meter = Firefighting(work: work, incidents: incidents, through: last)
        #expect(meter.unplanned?.now.estimate == 0.8 && meter.unplanned?.before?.estimate == 0.5)
        #expect(meter.unplanned?.values.count == 12 && meter.workaround?.now.estimate == 0.25)
        #expect(meter.repeated == nil)
        // Half of them is not most of them.
        #expect(meter.hours == nil)
        incidents.add(1, of: .workKnown, on: last)
        #expect(Firefighting(work: work, incidents: incidents, through: last).hours != nil)
    }
}
