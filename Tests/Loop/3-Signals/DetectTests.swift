import Measures
import Records
import Statistics
import Testing

@testable import Signals

@Suite("Detecting what changed")
struct DetectTests {
    // MARK: The strange

    @Test("Nothing in, nothing out, and it says so")
    func nothing() {
        let found = detect(TicketTable(), zone: .utc)
        #expect(found.signals.isEmpty && found.window == nil && found.notes == [.noTickets])
        #expect(found.expectedFalse == 0)
    }

    @Test("One ticket")
    func one() {
        var table = TicketTable()
        table.append(Ticket(number: "1", openedAt: Moment(seconds: 1_700_000_000)))
        let found = detect(table, zone: .utc)
        #expect(found.signals.isEmpty && found.window?.dayCount == 1)
        #expect(found.notes.contains(.tooFewWeeks(0)))
    }

    @Test("All on one day, all at one moment, none resolved")
    func oneDay() {
        var table = TicketTable()
        for i in 0..<500 { table.append(Ticket(number: "\(i)", openedAt: Moment(seconds: 1_700_000_000))) }
        #expect(detect(table, zone: .utc).signals.isEmpty)
    }

    @Test("The same number each day, all taking an hour: nothing changed")
    func equal() {
        var table = TicketTable()
        for day in 0..<120 {
            for k in 0..<5 {
                var t = Ticket(number: "\(day)-\(k)", openedAt: Moment(seconds: 1_700_000_000 + Int64(day) * 86_400))
                t.resolvedAt = Moment(seconds: t.openedAt.seconds + 3600)
                t.status = .resolved
                table.append(t)
            }
        }
        let found = detect(table, zone: .utc)
        #expect(found.signals.isEmpty && found.tested > 0)
    }

    @Test("Tickets only every third day, then holes of weeks: no crash, no finding")
    func holes() {
        var table = TicketTable()
        for day in stride(from: 0, to: 200, by: 3) where !(60..<90).contains(day) {
            for k in 0..<6 {
                table.append(
                    Ticket(number: "\(day)-\(k)", openedAt: Moment(seconds: 1_700_000_000 + Int64(day) * 86_400)))
            }
        }
        #expect(detect(table, zone: .utc).signals.count { $0.kind == .spike } == 0)
    }

    @Test("Cancelled and merged tickets never count, nor do those of another kind")
    func void() {
        var table = TicketTable()
        for i in 0..<300 {
            var t = Ticket(number: "\(i)", openedAt: Moment(seconds: 1_700_000_000 + Int64(i) * 20_000))
            t.status = i % 2 == 0 ? .cancelled : .merged
            table.append(t)
            t.number = "C\(i)"
            t.kind = .change
            t.status = .new
            table.append(t)
        }
        #expect(detect(table, zone: .utc).notes == [.noTickets])
        #expect(detect(table, kind: .change, zone: .utc).window != nil)
    }

    // MARK: Quiet

    @Test("A quiet desk, several times over: no finding", arguments: [11, 12, 13, 14] as [UInt64])
    func quiet(seed: UInt64) {
        let found = detect(World(seed: seed).tickets(), zone: .utc)
        #expect(found.signals.isEmpty, "\(found.signals.map(\.kind))")
        #expect(found.tested > 10 && found.expectedFalse == 0 && found.rate == 0.05)
    }

    @Test("Weeks that vary by a tenth are no change", arguments: [21, 22, 23] as [UInt64])
    func weekNoise(seed: UInt64) {
        let found = detect(World(seed: seed, weekNoise: 0.1).tickets(), zone: .utc)
        #expect(found.signals.isEmpty, "\(found.signals.map(\.kind))")
    }

    // MARK: What changed

    @Test("A shift of one category is told once, there, with its date and size", arguments: [1, 2] as [UInt64])
    func shift(seed: UInt64) throws {
        let table = World(seed: seed, volume: { $0 == "Email" && $1 >= 80 ? 1.9 : 1 }).tickets()
        let found = detect(table, zone: .utc)
        let signal = try #require(found.signals.first)
        #expect(found.signals.count == 1)
        #expect(signal.kind == .levelShift && signal.measure.id == "incidents.opened")
        #expect(signal.slice == Slice(.category, "Email") && signal.direction == .worse)
        #expect((signal.at - (World.first + 80)).magnitude <= 5)
        #expect(signal.atEarliest <= signal.at && signal.at <= signal.atLatest)
        #expect(signal.relative.low < 0.9 && signal.relative.high > 0.9)
        #expect((signal.after.estimate / signal.before.estimate - 1 - signal.relative.estimate).magnitude < 1e-6)
        #expect((3.8...6).contains(signal.before.estimate) && signal.q <= 0.05)
        #expect(try #require(signal.hoursPerMonth).low > 0)
        #expect(signal.evidence.first == signal.at && signal.evidenceCount > 200)
        #expect(found.expectedFalse == 0.05)
    }

    @Test("A fall is good news")
    func fall() throws {
        let found = detect(World(seed: 3, volume: { $0 == "Network" && $1 >= 70 ? 0.4 : 1 }).tickets(), zone: .utc)
        let signal = try #require(found.signals.first)
        #expect(signal.slice == Slice(.category, "Network") && signal.direction == .better)
        #expect(signal.relative.high < 0 && (signal.hoursPerMonth?.estimate ?? 0) < 0)
    }

    @Test("A straight rise is a trend, not a staircase")
    func trend() throws {
        let found = detect(
            World(seed: 4, volume: { $0 == "Email" ? 1 + 1.8 * Double($1) / 140 : 1 }).tickets(), zone: .utc)
        #expect(found.signals.map(\.kind) == [.trend])
        #expect(found.signals.first?.slice == Slice(.category, "Email"))
        let relative = try #require(found.signals.first?.relative)
        #expect(relative.low < 1.8 && relative.high > 1.8)
    }

    @Test("One wild day is a spike on that day")
    func spike() {
        let found = detect(World(seed: 5, volume: { $0 == "Printing" && $1 == 64 ? 12 : 1 }).tickets(), zone: .utc)
        #expect(found.signals.map(\.kind) == [.spike])
        #expect(found.signals.first?.at == World.first + 64)
        #expect(found.signals.first?.slice == Slice(.category, "Printing"))
    }

    @Test("Tickets of one category that take three times as long")
    func slower() throws {
        let found = detect(World(seed: 6, duration: { $0 == "Network" && $1 >= 75 ? 3 : 1 }).tickets(), zone: .utc)
        let signal = try #require(found.signals.first { $0.measure.id == "incidents.timeToResolve" })
        #expect(found.signals.count == 1)
        #expect(signal.slice == Slice(.category, "Network") && signal.direction == .worse)
        #expect((signal.at - (World.first + 75)).magnitude <= 7)
        #expect(signal.relative.low < 2 && signal.relative.high > 2)
        #expect((5...12).contains(signal.before.estimate))
    }

    @Test("Recent weeks do not look better because their slow tickets are still open")
    func censoring() {
        // Half of all tickets take longer than eight days: at the end only the fast ones have been resolved.
        let slow = World(seed: 7, duration: { _, _ in 24 })
        let found = detect(slow.tickets(), zone: .utc)
        #expect(!found.signals.contains { $0.measure.quantity == .timeToResolve })
        // And a change for the worse in the last weeks is seen although most of what it slowed is not resolved yet.
        let worse = World(seed: 7, duration: { category, day in category == "Email" && day >= 110 ? 144 : 24 })
        let signal = detect(worse.tickets(), zone: .utc).signals.first { $0.measure.quantity == .timeToResolve }
        #expect(signal?.direction == .worse && signal?.slice == Slice(.category, "Email"))
    }

    @Test("Fewer agreements met, with the share before and after")
    func share() throws {
        let found = detect(
            World(days: 168, seed: 8, met: { $0 == "Printing" && $1 >= 70 ? 0.55 : 0.9 }).tickets(), zone: .utc)
        let signal = try #require(found.signals.first)
        #expect(found.signals.count == 1 && signal.measure.id == "incidents.slaMet")
        #expect(signal.slice == Slice(.category, "Printing") && signal.direction == .worse)
        #expect((0.82...0.95).contains(signal.before.estimate) && (0.45...0.65).contains(signal.after.estimate))
    }

    @Test("Work that moves from weekdays to the weekend is a break of rhythm, not a shift")
    func season() {
        let found = detect(
            World(
                days: 168, perDay: 25, seed: 9,
                week: { weekday, day in
                    day < 84
                        ? [1.4, 1.4, 1.4, 1.4, 1.2, 0.1, 0.1][weekday] : [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0][weekday]
                }
            ).tickets(), zone: .utc)
        #expect(found.signals.contains { $0.kind == .seasonBreak })
        #expect(!found.signals.contains { $0.kind == .levelShift || $0.kind == .trend })
    }

    @Test("Days that vary much more around the same level")
    func variation() throws {
        let found = detect(
            World(days: 196, perDay: 40, seed: 10, dispersion: { $0 < 98 ? 1 : 12 }).tickets(), zone: .utc)
        let signal = try #require(found.signals.first { $0.kind == .variation })
        #expect(signal.direction == .worse && signal.relative.low > 0)
    }

    @Test("A target that a rising number will pass, and one far off")
    func target() throws {
        let table = World(days: 196, perDay: 60, seed: 15, volume: { _, day in 1 + Double(day) / 100 }).tickets()
        let near = Target(measure: "incidents.opened", slice: .everything, value: 181)
        let far = Target(measure: "incidents.opened", slice: .everything, value: 400)
        let passed = Target(measure: "incidents.opened", slice: .everything, value: 80)
        let unknown = Target(measure: "incidents.opened", slice: Slice(.service, "None such"), value: 1)
        let found = detect(table, zone: .utc, targets: [near, far, passed, unknown])
        let signals = found.signals.filter { $0.kind == .targetAtRisk }
        let signal = try #require(signals.first)
        #expect(signals.count == 1 && signal.at > World.first + 195 && signal.direction == .worse)
        #expect(signal.before.estimate < 181 && signal.after.estimate > 181 && signal.hoursPerMonth != nil)
    }

    // MARK: Ends, ids, sameness

    @Test("An export that thins out at its end is cut to its dense part, and it says so")
    func thinning() throws {
        let late = (0..<20).map { k in
            Ticket(number: "late\(k)", openedAt: (World.first + (120 + 12 * k)).startInUTC)
        }
        let table = World(days: 112, seed: 16).tickets(and: late)
        let found = detect(table, zone: .utc)
        #expect(found.signals.isEmpty)
        let window = try #require(found.window)
        #expect(window.dayCount <= 113)
        #expect(found.notes.contains { if case .thinsOut = $0 { true } else { false } })
    }

    @Test("An export of closed tickets only: its last weeks, where only fast ones are closed yet, are left out")
    func closedOnly() throws {
        let all = World(days: 182, seed: 17, duration: { _, _ in 12 }).tickets()
        var closed = TicketTable(names: all.names)
        for i in 0..<all.count where all.resolved[i] > 0 {
            var t = Ticket(number: all.number(i), openedAt: Moment(seconds: Int64(all.opened[i])))
            t.attributes = all.attributes[i]
            t.status = .closed
            t.resolvedAt = Moment(seconds: Int64(all.resolved[i]))
            closed.append(t)
        }
        let found = detect(closed, zone: .utc)
        #expect(found.signals.isEmpty, "\(found.signals.map(\.measure.id))")
        #expect(try #require(found.window).last < World.first + 170)
        #expect(found.notes.contains { if case .thinsOut = $0 { true } else { false } })
        #expect(detect(all, zone: .utc).window?.last == World.first + 181)
    }

    @Test("Tickets in another order, with names in another order, say the same to the last digit")
    func order() throws {
        let world = World(
            seed: 18, volume: { $0 == "Email" && $1 >= 70 ? 1.8 : 1 }, duration: { _, d in d < 70 ? 1 : 2 })
        let one = world.tickets()
        var names = Names()
        var other = TicketTable()
        for i in (0..<one.count).reversed() {
            var t = one.ticket(i)
            for dimension in Dimension.allCases {
                t.attributes[dimension] = names.name(one.names[one.attributes[i, dimension]])
            }
            other.append(t)
        }
        other.finish(names: names)
        let found = detect(one, zone: .utc)
        #expect(found.signals.count >= 2)
        #expect(detect(other, zone: .utc).signals == found.signals)
    }

    @Test("Changes that fail more often")
    func changes() throws {
        var g = SplitMix64(seed: 2)
        var names = Names()
        var table = TicketTable()
        for i in 0..<1800 {
            var t = Ticket(number: "\(i)", openedAt: Moment(seconds: 1_704_067_200 + Int64(i) * 9000))
            t.kind = .change
            t.attributes[.group] = names.name("Group \(g.below(3))")
            t.changeType = g.below(10) == 0 ? .emergency : .normal
            t.changeOutcome = g.uniform() < (i < 900 ? 0.05 : 0.2) ? .unsuccessful : .successful
            table.append(t)
        }
        table.finish(names: names)
        let found = detect(table, kind: .change, zone: .utc)
        #expect(found.signals.map(\.measure.id) == ["changes.failed"])
        #expect(found.signals.first?.slice == .everything && found.signals.first?.direction == .worse)
    }

    @Test("Reading as of an earlier day knows nothing of what came after it")
    func until() {
        let world = World(seed: 1, volume: { $0 == "Email" && $1 >= 80 ? 1.9 : 1 })
        let found = detect(world.tickets(), zone: .utc, until: (World.first + 75).startInUTC)
        #expect(found.signals.isEmpty && found.window?.last == World.first + 74)
    }

    @Test("The same finding keeps its id when there is more data; every run gives the same")
    func ids() {
        func world(_ days: Int) -> TicketTable {
            World(days: days, seed: 1, volume: { $0 == "Email" && $1 >= 80 ? 1.9 : 1 }).tickets()
        }
        let early = detect(world(126), zone: .utc)
        let late = detect(world(140), zone: .utc)
        #expect(early.signals.first?.id == late.signals.first?.id)
        #expect(late.signals == detect(world(140), zone: .utc).signals)
        #expect(late.signals.first?.id.utf8.count == 13)
    }

    @Test("A smaller share of the budget asks for more")
    func budget() {
        let table = World(seed: 1, volume: { $0 == "Email" && $1 >= 80 ? 1.9 : 1 }).tickets()
        var options = DetectionOptions()
        options.share = 1e-30
        #expect(detect(table, zone: .utc, options: options).signals.isEmpty)
    }
}
