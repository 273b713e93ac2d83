import Measures
import Records
import Statistics
import Testing

@testable import Evaluations
@testable import Improvements

private let start = ServiceDesk.firstDay + 182
private let groups = ["Mail", "Network", "Phones", "Printers"]
private let slices = groups.map { Slice(.group, $0) }
private let opened = Measure(id: "incidents.opened")!

/// Four groups, each with its own start, or none; what moves one day moves all of them.
private func evidence(
    starts: [Day?], factor: Double, seed: UInt64, asOf: Day, leavingOut missing: Set<String> = []
) -> Evidence {
    var rollups: [MeasuredSlice: Rollup] = [:]
    var whole = Rollup()
    var common = SplitMix64(seed: seed &* 977)
    let weather = (0..<300).map { _ in 0.7 + 0.6 * common.uniform() }
    for (i, slice) in slices.enumerated() {
        var desk = ServiceDesk(perDay: 12 + 6 * Double(i), days: 260)
        desk.start = starts[i] ?? Day(number: .max)
        desk.effect = (factor, 1, 1)
        desk.factor = { (weather[$0 - ServiceDesk.firstDay], 1) }
        let rollup = ServiceDesk.rollup(desk.tickets(seed: seed &+ UInt64(100 * i)), asOf: asOf)
        whole.add(rollup)
        if !missing.contains(groups[i]) { rollups[MeasuredSlice(opened, slice)] = rollup }
    }
    rollups[MeasuredSlice(opened)] = whole
    return Evidence(rollups: rollups, asOf: asOf, calendar: ServiceDesk.calendar)
}

@Suite("Places that begin on different days, and slices to compare with")
struct PlacesTests {
    private let plan = Plan.about("incidents.opened", controls: slices)

    @Test("Places are known by a slice's address or by its value; nowhere is no start")
    func places() throws {
        #expect(Places([], plan) == nil)
        let both = try #require(
            Places([GoLive(place: "Mail", on: start), GoLive(place: "group=Network", on: start + 10)], plan))
        #expect(both.isStaggered && both.starts == [start, start + 10, nil, nil] && both.togetherCount == 0)
        #expect(both.first == start && both.last == start + 10)
        let strange = try #require(Places([GoLive(place: "Berlin", on: start), GoLive(on: start + 10)], plan))
        #expect(!strange.isStaggered && strange.togetherCount == 2)
        // Two values of the same name are no answer.
        let twice = Plan.about(
            "incidents.opened", controls: [Slice(.group, "Mail"), Slice(.category, "Mail"), Slice(.group, "Network")])
        #expect(try #require(Places([GoLive(place: "Mail", on: start)], twice)).isStaggered == false)
        // All at once leaves nobody to compare with.
        let all = try #require(Places(groups.map { GoLive(place: $0, on: start) }, plan))
        #expect(!all.isStaggered)
    }

    @Test("A place after the other: each against those that had not begun")
    func staggered() throws {
        let live = [GoLive(place: "Mail", on: start), GoLive(place: "Network", on: start + 14)]
        let round = try Round.of(plan, live: live)
        let starts = [start, start + 14, nil, nil]
        var (worked, held, wrong) = (0, 0, 0)
        for seed in 1...3 {
            let asOf = start + 45
            let result = try judge(round, evidence(starts: starts, factor: 0.7, seed: UInt64(seed), asOf: asOf))
            #expect(result.places.map(\.start) == starts && result.places[2].effect == nil)
            let effect = try #require(result.judgement.effect)
            if effect.low < -0.3, effect.high > -0.3 { held += 1 }
            if result.judgement.verdict == .worked { worked += 1 }
            let none = try judge(round, evidence(starts: starts, factor: 1, seed: UInt64(seed), asOf: asOf))
            if none.judgement.verdict == .worked || none.judgement.verdict == .worse { wrong += 1 }
        }
        #expect(worked >= 2 && held >= 2 && wrong <= 1, "\(worked) worked, \(held) held, \(wrong) wrong of 3")
        let early = try judge(round, evidence(starts: starts, factor: 0.7, seed: 1, asOf: start + 30))
        #expect(early.judgement.verdict == .tooEarly && early.dueOn == start + 14 + 25)
    }

    @Test("Places that the plan knows nothing of are judged as one, by the share that had begun")
    func together() throws {
        let live = [GoLive(place: "Berlin", on: start), GoLive(place: "Rome", on: start + 14)]
        let round = try Round.of(.about("incidents.opened"), live: live)
        let result = try judge(round, evidence(starts: [nil, nil, nil, nil], factor: 1, seed: 1, asOf: start + 60))
        #expect(result.notes.contains(.placesTogether(count: 2)) && result.places.isEmpty)
        #expect(result.start == start && result.reviewLast == start + 14 + 25)
    }

    @Test("Controls take out what moves everything, and a plan that stands on controls falls with them")
    func controls() throws {
        var plan = Plan.about("incidents.opened", controls: Array(slices[1...]))
        plan.objective.slice = slices[0]
        let round = try Round.of(plan)
        #expect(plan.needs.count == 5)
        let asOf = start + 45
        let starts: [Day?] = [start, nil, nil, nil]
        let full = evidence(starts: starts, factor: 0.7, seed: 1, asOf: asOf)
        let with = try judge(round, full)
        plan.controls = []
        let without = try judge(try Round.of(plan), full)
        let a = try #require(with.judgement.effect)
        let b = try #require(without.judgement.effect)
        #expect(with.judgement.verdict == .worked && a.low < -0.3 && a.high > -0.3)
        #expect(a.high - a.low < b.high - b.low)
        let lost = try judge(
            round, evidence(starts: starts, factor: 0.7, seed: 1, asOf: asOf, leavingOut: Set(groups[1...])))
        #expect(lost.judgement.verdict == .cannotTell && lost.reasons.contains(.noControlLeft))
        #expect(lost.notes.contains(.controlWithoutData(slices[1])))
    }
}
