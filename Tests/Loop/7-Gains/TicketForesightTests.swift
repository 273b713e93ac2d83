import Foundation
import Records
import Statistics
import Testing

@testable import Gains

/// The same numbers on every machine.
private struct Chance {
    var state: UInt64

    mutating func uniform() -> Double {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Double(state >> 11) * 0x1p-53
    }
}

/// Tickets of two groups: one is quick, one slow and often late; a third of all is still open at the end.
private struct Desk {
    var names = Names()
    var pasts: [TicketPast] = []
    static let start: Int64 = 1_700_000_000
    let now: Moment

    /// - Parameter mark: Called with each ticket before it is taken in.
    init(
        _ count: Int = 600, seed: UInt64 = 7, slowness: (Double) -> Double = { _ in 1 },
        mark: (inout TicketPast, inout Names, Bool) -> Void = { _, _, _ in }
    ) {
        var random = Chance(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
        let quick = names.name("Quick")
        let slow = names.name("Slow")
        let step: Int64 = 3600
        let end = Self.start + Int64(count) * step
        now = Moment(seconds: end)
        for k in 0..<count {
            let opened = Self.start + Int64(k) * step
            let isSlow = random.uniform() < 0.5
            let hours = (isSlow ? 40 : 8) * exp2(2 * random.uniform() - 1) * slowness(Double(k) / Double(count))
            var ticket = Ticket(number: "T\(10_000 + k)", openedAt: Moment(seconds: opened))
            ticket.attributes[.group] = isSlow ? slow : quick
            ticket.dueAt = Moment(seconds: opened + 24 * 3600)
            let finish = opened + Int64(hours * 3600)
            let isOpen = finish > end
            if !isOpen {
                ticket.status = .closed
                ticket.resolvedAt = Moment(seconds: finish)
            } else {
                ticket.status = .inProgress
            }
            var past = TicketPast(ticket: ticket, events: [])
            mark(&past, &names, hours > 24)
            pasts.append(past)
        }
    }

    var open: [TicketPast] { pasts.filter { !$0.ticket.status.isDone && $0.ticket.openedAt <= now } }

    func predictions() throws -> [TicketPrediction] {
        try TicketForesight(pasts, names: names, now: now, zone: .utc).predictions(of: open)
    }
}

@Suite("What open tickets will do is learned from finished ones, as they stood")
struct TicketForesightTests {
    @Test("Too few finished tickets: it says how many are needed")
    func tooFew() {
        let desk = Desk(60)
        #expect(throws: ForesightSilenceError.self) {
            try TicketForesight(desk.pasts, names: desk.names, now: desk.now, zone: .utc)
        }
    }

    @Test("Nothing is open: nothing is said")
    func nothingOpen() throws {
        var desk = Desk(700)
        desk.pasts.removeAll { !$0.ticket.status.isDone }
        #expect(try desk.predictions().isEmpty)
    }

    @Test("The slow group's tickets are said to take longer and to miss their target; the group is a reason")
    func groups() throws {
        let desk = Desk(seed: 11)
        let fresh = try desk.predictions().filter { desk.now.seconds - $0.openedAt.seconds < 6 * 3600 }
        let slow = fresh.filter { one in
            one.reasons.contains { $0.trait == .group && $0.name == "Slow" && $0.moved > 0 }
        }
        let quick = fresh.filter { one in
            one.reasons.contains { $0.trait == .group && $0.name == "Quick" && $0.moved < 0 }
        }
        #expect(slow.count + quick.count == fresh.count && !slow.isEmpty && !quick.isEmpty)
        #expect(slow.allSatisfy { $0.hours.estimate > 12 && ($0.chance ?? 0) > 0.6 })
        #expect(quick.allSatisfy { $0.hours.estimate < 16 && ($0.chance ?? 1) < 0.3 })
    }

    @Test("A ticket past its target is told as missed, not as likely")
    func past() throws {
        let desk = Desk()
        for one in try desk.predictions() {
            #expect(one.isMissed == (desk.now.seconds - one.openedAt.seconds > 24 * 3600))
            if one.isMissed { #expect(one.chance == 1) }
        }
    }

    @Test("A planted leak: what is filled when a ticket ends and tells the answer changes no prediction")
    func plantedLeak() throws {
        let plain = Desk()
        let leaking = Desk(mark: { past, names, isLate in
            guard past.ticket.status.isDone else { return }
            past.ticket.attributes[.segment] = names.name(isLate ? "late" : "in time")
        })
        let model = try TicketForesight(leaking.pasts, names: leaking.names, now: leaking.now, zone: .utc)
        #expect(model.leftOut == [.segment])
        #expect(model.predictions(of: leaking.open).map(\.hours) == (try plain.predictions()).map(\.hours))
        // The same column known from the start is used.
        let honest = Desk(mark: { past, names, isLate in
            past.ticket.attributes[.segment] = names.name(isLate ? "late" : "in time")
        })
        let known = try TicketForesight(honest.pasts, names: honest.names, now: honest.now, zone: .utc)
        #expect(known.leftOut.isEmpty)
        #expect(known.predictions(of: honest.open).map(\.hours) != (try plain.predictions()).map(\.hours))
    }

    @Test(
        "A planted leak in the history: a field that took the answer's value when the ticket ended is seen as it was before"
    )
    func rewrittenField() throws {
        let plain = Desk(mark: { past, names, _ in past.ticket.attributes[.category] = names.name("New") })
        let leaking = Desk(mark: { past, names, isLate in
            past.ticket.attributes[.category] = names.name("New")
            guard let end = past.ticket.resolvedAt else { return }
            let to = names.name(isLate ? "late" : "in time")
            past.events.append(
                TicketEvent(at: end, field: .category, from: names.name("New"), to: to, by: .none))
            past.ticket.attributes[.category] = to
        })
        #expect(try leaking.predictions().map(\.hours) == (try plain.predictions()).map(\.hours))
    }

    @Test("What comes after the moment is not looked at: later tickets and later changes alter nothing")
    func future() throws {
        let desk = Desk()
        let half = Moment(seconds: Desk.start + 500 * 3600)
        let open = desk.pasts.filter { $0.ticket.openedAt <= half && ($0.finishedAt ?? .distantFuture) > half }
        let all = try TicketForesight(desk.pasts, names: desk.names, now: half, zone: .utc).predictions(of: open)
        let then = desk.pasts.filter { $0.ticket.openedAt <= half }.map { past -> TicketPast in
            var past = past
            if let end = past.finishedAt, end > half {
                past.ticket.status = .inProgress
                past.ticket.resolvedAt = nil
            }
            return past
        }
        let known = try TicketForesight(then, names: desk.names, now: half, zone: .utc).predictions(of: open)
        #expect(all.map(\.hours) == known.map(\.hours))
        #expect(all.map(\.chance) == known.map(\.chance))
    }

    @Test("A ticket's own outcome is not told to its later rows before it has ended")
    func ownOutcome() throws {
        let traits: (named: [TicketTrait], numbered: [TicketTrait]) = ([.requester], [.age])
        var names = Names()
        let only = names.name("Only one")
        let rows = [0, 10, 20].map { hour -> TicketMoment in
            var ticket = Ticket(number: "T1", openedAt: Moment(seconds: 0))
            ticket.requester = only
            var row = TicketMoment(
                TicketPast(ticket: ticket, events: []), 0, at: Moment(seconds: Int64(hour) * 3600), traits, .utc)
            row.left = 5
            row.missed = 1
            return row
        }
        let told = TicketForesight.columns(rows, [Moment(seconds: 25 * 3600)], names.count, 1)
        #expect(Set(told.columns[1]).count == 1)
        let ended = TicketForesight.columns(rows, [Moment(seconds: 15 * 3600)], names.count, 1)
        #expect(ended.columns[0][1] == ended.columns[0][0])
        #expect(ended.rates[0].count(Int(only.code)) == 3)
    }

    @Test("Ranges hold what comes about as often as they say, and errors are below the median's")
    func ranges() throws {
        var settled: [SettledPrediction] = []
        for seed: UInt64 in [3, 4] {
            let desk = Desk(900, seed: seed)
            let half = Moment(seconds: Desk.start + 700 * 3600)
            let open = desk.pasts.filter { $0.ticket.openedAt <= half && ($0.finishedAt ?? .distantFuture) > half }
            let model = try TicketForesight(desk.pasts, names: desk.names, now: half, zone: .utc)
            for (past, said) in zip(open, model.predictions(of: open)) {
                guard let end = past.finishedAt else { continue }
                settled.append(
                    SettledPrediction(
                        asOf: half, settledAt: end, hours: said.hours, chance: said.chance, wasMissed: said.isMissed,
                        naive: said.naive, taken: Double(end.seconds - half.seconds) / 3600,
                        missed: past.isMissed(at: end)))
            }
        }
        let score = try #require(PredictionScore(settled))
        let share = Double(score.inRange) / Double(score.count)
        #expect(score.count > 40 && share > 0.65 && share < 0.95)
        #expect(score.error < 0.85 * score.naiveError)
        #expect((Double(score.missed) - score.expected).magnitude < 0.2 * Double(score.judged))
    }
}

@Suite("The card of predictions")
struct PredictionCardTests {
    private func one(_ month: Int, said: Double?, missed: Bool?, taken: Double = 10, was: Bool = false)
        -> SettledPrediction
    {
        let at = Zone.utc.start(of: Day(year: 2026, month: month, day: 5) ?? Day(number: 0))
        return SettledPrediction(
            asOf: at, settledAt: at, hours: Estimate(12, low: 8, high: 20), chance: said, wasMissed: was, naive: 30,
            taken: taken, missed: missed)
    }

    @Test("Nothing settled: no score, no months, no error")
    func empty() {
        let card = PredictionCard([], zone: .utc)
        #expect(card.all == nil && card.months.isEmpty && card.calibrationError == nil)
        #expect(card.ranges.share == nil)
    }

    @Test("Worked by hand: two months, errors, ranges, and said against come")
    func byHand() throws {
        let card = PredictionCard(
            [
                one(1, said: 0.25, missed: false), one(1, said: 0.25, missed: true, taken: 32),
                one(2, said: 0.95, missed: true), one(2, said: nil, missed: true),
                one(2, said: 1, missed: true, was: true),
            ], zone: .utc)
        let all = try #require(card.all)
        #expect(all.count == 5 && all.inRange == 4 && all.judged == 3 && all.missed == 2)
        #expect((all.error - (2 * 4 + 20) / 5).magnitude < 1e-9)
        #expect((all.naiveError - (20.0 * 4 + 2) / 5).magnitude < 1e-9)
        #expect(card.months.map(\.score.count) == [2, 3])
        #expect(card.steps.map(\.count) == [2, 1])
        // |1 − 0.5| and |1 − 0.95| over three.
        #expect(((card.calibrationError ?? 0) - 0.55 / 3).magnitude < 1e-9)
    }
}
