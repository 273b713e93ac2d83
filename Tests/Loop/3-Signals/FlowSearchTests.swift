import Measures
import Processes
import Records
import Statistics
import Testing

@testable import Signals

/// A desk of which everything is known: tickets of two categories go New, Triage, Work, Resolved; some wait for the user, some
/// come back, some change hands.
struct FlowWorld {
    var weeks = 60
    var perWeek = 60
    var seed: UInt64 = 1
    /// The week from which the planted change holds.
    var changesAt = 40
    /// Factors and shares before and after.
    var waitFactor = 1.0
    var backAfter = 0.1
    var handoffAfter = 0.2
    var skipAfter = 0.01
    /// Whether only the first category changes.
    var onlyFirst = false

    static let names: [UInt32: String] = [
        1: "New", 2: "Triage", 3: "Work", 4: "Waiting for user", 5: "Resolved", 11: "Desk", 12: "Network", 13: "Apps",
        21: "Email", 22: "Printers",
    ]

    func cases() -> [(run: ProcessCase, attributes: Attributes)] {
        var generator = SplitMix64(seed: seed)
        var out: [(run: ProcessCase, attributes: Attributes)] = []
        let first = Day("2024-01-01")!.startInUTC.seconds
        func hours(_ mean: Double) -> Int64 {
            // Heavy-tailed, as waiting is.
            let z = (0..<6).reduce(0.0) { sum, _ in sum + generator.uniform() } - 3
            return Int64(mean * 3600 * (z * 1.1).exponential)
        }
        for week in 0..<weeks {
            for _ in 0..<(perWeek - 8 + generator.below(17)) {
                let category: UInt32 = generator.uniform() < 0.5 ? 21 : 22
                let isChanged = week >= changesAt && (!onlyFirst || category == 21)
                let opened = first + Int64(week) * 604_800 + Int64(generator.below(604_800))
                var at = opened
                var states: [ProcessCase.Step] = [.init(1, at: at)]
                func go(_ name: UInt32, after mean: Double) {
                    at += hours(mean)
                    states.append(.init(name, at: at))
                }
                if generator.uniform() >= (isChanged ? skipAfter : 0.01) { go(2, after: 2) }
                go(3, after: isChanged ? 4 * waitFactor : 4)
                if generator.uniform() < 0.3 {
                    go(4, after: 6)
                    if generator.uniform() < (isChanged ? backAfter : 0.1) / 0.3 { go(3, after: 20) }
                }
                go(5, after: 10)
                var groups: [ProcessCase.Step] = [.init(11, at: opened)]
                if generator.uniform() < (isChanged ? handoffAfter : 0.2) {
                    groups.append(.init(12, at: opened + (at - opened) / 3))
                    if generator.uniform() < 0.3 { groups.append(.init(13, at: opened + (at - opened) / 2)) }
                }
                var attributes = Attributes()
                attributes[.category] = Name(code: category)
                out.append((ProcessCase(openedAt: opened, endedAt: at, states: states, groups: groups), attributes))
            }
        }
        return out
    }

    /// Weekly totals of everything and of both categories.
    static func histories(_ cases: [(run: ProcessCase, attributes: Attributes)]) -> [FlowHistory] {
        let calendar = BusinessCalendar(zone: .utc)
        var weeks: [Day: ProcessTally] = [:]
        for (run, attributes) in cases {
            weeks[run.week, default: ProcessTally(calendar: calendar)].add(run, attributes)
        }
        var totals: [ProcessPart: [Day: ProcessTotals]] = [:]
        for (day, tally) in weeks { for (part, sum) in tally.totals() { totals[part, default: [:]][day] = sum } }
        let last = weeks.keys.max()
        return totals.keys.sorted().compactMap { part in
            let slice =
                part == .everything
                ? Slice.everything : Slice(Dimension.allCases[part.dimension], names[part.value] ?? "")
            return FlowHistory(kind: .incident, slice: slice, totals: totals[part] ?? [:], through: last)
        }
    }

    /// The same cases with their moments of opening dealt out anew: whatever changed over time is gone.
    static func shuffled(_ cases: [(run: ProcessCase, attributes: Attributes)], seed: UInt64)
        -> [(run: ProcessCase, attributes: Attributes)]
    {
        var generator = SplitMix64(seed: seed)
        var moments = cases.map(\.run.openedAt)
        generator.shuffle(&moments)
        return zip(cases, moments).map { one, moment in
            var run = one.run
            let shift = moment - run.openedAt
            run.openedAt += shift
            run.endedAt = run.endedAt.map { $0 + shift }
            run.states = run.states.map { .init($0.name, at: $0.at + shift) }
            run.groups = run.groups.map { .init($0.name, at: $0.at + shift) }
            return (run, one.attributes)
        }
    }
}

extension Double {
    fileprivate var exponential: Double {
        // A short series is exact enough for a made-up desk, and the same on every machine.
        let x = self / 16
        var (term, sum) = (1.0, 1.0)
        for k in 1...12 {
            term *= x / Double(k)
            sum += term
        }
        for _ in 0..<4 { sum *= sum }
        return sum
    }
}

@Suite("What changed in how work flows")
struct FlowSearchTests {
    static let rate = 0.005

    private func found(_ world: FlowWorld) -> [Signal] {
        detectFlow(FlowWorld.histories(world.cases()), names: FlowWorld.names, rate: Self.rate).signals
    }

    @Test("No histories, one week, and histories without states say nothing")
    func nothing() {
        #expect(detectFlow([], names: [:], rate: Self.rate).signals.isEmpty)
        var world = FlowWorld()
        world.weeks = 1
        #expect(found(world).isEmpty)
        let bare = FlowWorld().cases().map { one in
            var run = one.run
            run.states = []
            run.groups = []
            return (run: run, attributes: one.attributes)
        }
        #expect(detectFlow(FlowWorld.histories(bare), names: FlowWorld.names, rate: Self.rate).signals.isEmpty)
    }

    @Test("Waiting that grew is a bottleneck at its stage, from its week on, with what it costs")
    func bottleneck() throws {
        var world = FlowWorld()
        world.waitFactor = 2.5
        let signals = found(world)
        let signal = try #require(signals.first { $0.kind == .bottleneck })
        #expect(signal.measure.step == .state("Triage") && signal.direction == .worse && signal.slice == .everything)
        let at = Day("2024-01-01")! + 7 * world.changesAt
        #expect(signal.atEarliest <= at && at <= signal.atLatest)
        #expect(abs(signal.after.estimate / signal.before.estimate - 2.5) < 0.5)
        let hours = try #require(signal.hoursPerMonth)
        // 60 tickets a week, 4.34 weeks a month, as many hours more as the levels say.
        let cost = 60 * 4.34 * (signal.after.estimate - signal.before.estimate)
        #expect(abs(hours.estimate / cost - 1) < 0.1 && hours.low > 0)
        #expect(signal.evidenceCount > 1000 && signal.evidence.first == signal.at)
    }

    @Test("What happened in one category is told of that category")
    func slice() throws {
        var world = FlowWorld()
        world.waitFactor = 4
        world.onlyFirst = true
        let signals = found(world).filter { $0.kind == .bottleneck }
        #expect(signals.count == 1 && signals.first?.slice == Slice(.category, "Email"), "\(signals.map(\.slice))")
    }

    @Test("Work that comes back, more hands, and a step left out are each told by their own kind")
    func others() throws {
        var back = FlowWorld()
        back.backAfter = 0.28
        #expect(found(back).contains { $0.kind == .rework && $0.direction == .worse && $0.hoursPerMonth != nil })
        var hands = FlowWorld()
        hands.handoffAfter = 0.5
        let handed = found(hands)
        #expect(handed.contains { $0.kind == .handoffs && $0.direction == .worse }, "\(handed.map(\.kind))")
        #expect(!handed.contains { $0.kind == .shortcut })
        var skip = FlowWorld()
        skip.skipAfter = 0.15
        let skipped = try #require(found(skip).first { $0.kind == .shortcut })
        #expect(skipped.measure.step == .state("Triage") && skipped.before.estimate < 0.05)
        #expect(abs(skipped.after.estimate - 0.15) < 0.05 && skipped.hoursPerMonth == nil)
        // Its name in the store is read back as the same measure.
        #expect(Measure(id: skipped.measure.id) == skipped.measure)
    }

    @Test("A desk where everything changed, its tickets' moments dealt out anew: nothing is told")
    func shuffled() {
        var world = FlowWorld()
        (world.waitFactor, world.backAfter, world.handoffAfter, world.skipAfter) = (3, 0.28, 0.5, 0.15)
        let cases = world.cases()
        var alarms = 0
        for seed in 1...8 {
            let shuffled = FlowWorld.shuffled(cases, seed: UInt64(seed))
            alarms +=
                detectFlow(FlowWorld.histories(shuffled), names: FlowWorld.names, rate: Self.rate).signals.count
        }
        #expect(alarms == 0)
    }
}
