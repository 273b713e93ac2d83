import Foundation
import Records
import Statistics

// Rows that teach: tickets as they stood at some ages, with what came of them.

extension TicketForesight {
    /// A row that did not teach the first model, and what that said of it.
    struct Held {
        var row: Int
        var score: Double
        var weight: Double
    }

    /// Every so many tickets one does not teach at first.
    private static let every = 5
    /// After this share of the rows the weight of a held row has halved.
    private static let halfLife = 0.1

    /// Traits without a history that open tickets have at most half as often as finished ones, when chance does not explain
    /// it (Chernoff's bound, one in a thousand): they are written when a ticket ends.
    static func writtenAtTheEnd(_ known: [TicketPast], _ now: Moment) -> [TicketTrait] {
        let finished = known.filter { ($0.finishedAt ?? .distantFuture) <= now }
        let open = known.filter { ($0.finishedAt ?? .distantFuture) > now }
        guard !open.isEmpty else { return [] }
        return TicketTrait.named.filter { trait in
            let opened = { (past: TicketPast) in trait.name(past, at: max(past.ticket.openedAt, now)) }
            func filled(_ pasts: [TicketPast], _ name: (TicketPast) -> Name) -> Double {
                Double(pasts.count { !name($0).isNone }) / Double(pasts.count)
            }
            // A field with a history shows when it was filled; of one without, only today's value is known.
            let before = filled(finished) { past in trait.name(past, at: past.ticket.openedAt) }
            let share = min(before, 1 - 1e-4)
            let after = filled(open, opened)
            guard share > 0, after < 0.5 * share else { return false }
            let divergence =
                (after > 0 ? after * log(after / share) : 0)
                + (1 - after) * log((1 - after) / (1 - share))
            return exp(-Double(open.count) * divergence) < 1e-3
        }
    }

    /// The traits to use. One that all tickets have alike says nothing, and where most tickets came without a history their state is
    /// the one they ended in.
    static func traits(
        _ known: [TicketPast], _ now: Moment, without leftOut: [TicketTrait]
    ) -> (named: [TicketTrait], numbered: [TicketTrait]) {
        let finished = known.filter { ($0.finishedAt ?? .distantFuture) <= now }
        let told = finished.count { past in past.events.contains { $0.field == .state } }
        let hasHistory = 2 * told >= finished.count
        let named = TicketTrait.named.filter { trait in
            guard !leftOut.contains(trait), trait != .state || hasHistory else { return false }
            // What is the same everywhere tells no ticket from another.
            var seen: Set<Name> = []
            return known.contains { past in
                seen.insert(trait.name(past, at: past.ticket.openedAt))
                if (past.finishedAt ?? .distantFuture) > now { seen.insert(trait.name(past, at: now)) }
                return seen.count > 1
            }
        }
        return (named, TicketTrait.numbered.filter { $0 != .isAssigned || hasHistory })
    }

    /// The ages at which tickets are looked at: at opening, and those of the open ones today.
    static func ages(_ known: [TicketPast], _ now: Moment) -> [Int64] {
        let open = known.filter { ($0.finishedAt ?? .distantFuture) > now }
            .map { Double(now.seconds - $0.ticket.openedAt.seconds) }.sorted()
        var ages: Set<Int64> = [0]
        for p in [0.1, 0.3, 0.5, 0.7, 0.9] { if let age = quantile(sorted: open, p) { ages.insert(Int64(age)) } }
        return ages.sorted()
    }

    /// In the order of their moments.
    static func rows(
        _ known: [TicketPast], _ now: Moment, _ traits: (named: [TicketTrait], numbered: [TicketTrait]), _ zone: Zone
    ) -> [TicketMoment] {
        let durations = known.compactMap { past -> Double? in
            guard let end = past.finishedAt, end <= now, end >= past.ticket.openedAt else { return nil }
            return Double(end.seconds - past.ticket.openedAt.seconds)
        }.sorted()
        let span = Double(now.seconds - (known.first?.ticket.openedAt.seconds ?? now.seconds))
        let wait = min(quantile(sorted: durations, 0.8) ?? 0, span / 3)
        let ages = ages(known, now)
        let ended = known.filter { ($0.finishedAt ?? .distantFuture) <= now }
        let isDecidedAtClosing = 2 * ended.count { $0.ticket.closedAt != nil } >= ended.count
        var rows: [TicketMoment] = []
        // The latest tickets first, until there are enough.
        for (place, past) in known.enumerated().reversed() where rows.count < rowsMax {
            let end = past.finishedAt.map { $0 <= now ? $0 : .distantFuture } ?? .distantFuture
            for age in ages {
                let at = Moment(seconds: past.ticket.openedAt.seconds + age)
                guard at < end, Double(now.seconds - at.seconds) >= wait else { break }
                // What is past its target already teaches nothing about missing it.
                var row = TicketMoment(past, place, at: at, traits, zone)
                row.isFinished = end <= now
                row.left = log(1 + Double(min(end, now).seconds - at.seconds) / 3600)
                let isPast = past.ticket.dueAt.map { $0 < at } ?? false
                if !isPast, let missed = past.isMissed(at: now, isDecidedAtClosing: isDecidedAtClosing) {
                    row.missed = missed ? 1 : 0
                }
                rows.append(row)
            }
        }
        return rows.sorted { ($0.at, $0.place) < ($1.at, $1.place) }
    }

    /// What each name told at each row's moment: what had come by then of tickets with it.
    static func columns(
        _ rows: [TicketMoment], _ finishes: [Moment], _ nameCount: Int, _ named: Int
    ) -> (columns: [[Double]], rates: [EarlierRates], times: [EarlierRates]) {
        let first = EarlierRates(values: nameCount, first: mean(rows.map(\.missed).filter { !$0.isNaN }) ?? 0.5)
        let firstTime = EarlierRates(values: nameCount, first: mean(rows.map(\.left)) ?? 0)
        var rates = Array(repeating: first, count: named)
        var times = Array(repeating: firstTime, count: named)
        var columns = Array(repeating: [Double](), count: 2 * named)
        let byFinish = rows.indices.sorted {
            (finishes[rows[$0].place], $0) < (finishes[rows[$1].place], $1)
        }
        var next = 0
        func learn(until moment: Moment) {
            while next < byFinish.count, finishes[rows[byFinish[next]].place] <= moment {
                let row = rows[byFinish[next]]
                for k in 0..<named {
                    rates[k].learn(row.names[k], row.missed)
                    times[k].learn(row.names[k], row.left)
                }
                next += 1
            }
        }
        for row in rows {
            learn(until: row.at)
            for k in 0..<named {
                columns[2 * k].append(rates[k].expected(row.names[k]))
                columns[2 * k + 1].append(times[k].expected(row.names[k]))
            }
        }
        // What open tickets are told rests on all that is finished.
        learn(until: Moment(microseconds: .max - 1))
        return (columns, rates, times)
    }

    /// Trees for one outcome; first without every fifth ticket, whose rows judge them, then from all.
    static func fitted(
        _ values: [Double], _ rows: [TicketMoment], _ columns: [[Double]], _ target: BoostedTarget
    ) -> (table: BinnedTable, trees: BoostedTrees, held: [Held]) {
        var settings = BoostedTrees.Settings()
        settings.rounds = 80
        settings.step = 0.1
        settings.leavesMax = 15
        settings.rowsInLeafMin = 20
        func pick(_ rows: [Int]) -> [[Double]] { columns.map { column in rows.map { column[$0] } } }
        let known = values.indices.filter { !values[$0].isNaN }
        let taught = known.filter { rows[$0].place % every != 0 }
        let apart = known.filter { rows[$0].place % every == 0 }
        let first = BinnedTable(pick(taught))
        let second = BinnedTable(pick(apart), like: first)
        let trial = BoostedTrees(
            first, taught.map { values[$0] }, for: target, settings, watched: (second, apart.map { values[$0] }))
        let held = apart.enumerated().map { place, row in
            let age = Double(values.count - row) / (halfLife * Double(values.count))
            return Held(row: row, score: trial.score(second, row: place), weight: exp2(-age))
        }
        settings.rounds = trial.treeCount
        let table = BinnedTable(pick(known))
        return (table, BoostedTrees(table, known.map { values[$0] }, for: target, settings), held)
    }

    /// How far the logarithm of hours lies from what was said, below and above; a ticket that is not finished lies above.
    static func spread(_ held: [Held], _ rows: [TicketMoment]) -> (low: Double, high: Double) {
        let errors = held.map { held -> (value: Double, weight: Double) in
            let row = rows[held.row]
            return (row.isFinished ? row.left - held.score : max(row.left - held.score, 0), held.weight)
        }.sorted { $0.value < $1.value }
        let total = sum(errors.map(\.weight))
        func quantile(_ p: Double) -> Double {
            var running = 0.0
            return errors.first {
                running += $0.weight
                return running >= p * total
            }?.value ?? 0
        }
        let tail = (1 - Self.held) / 2
        return (quantile(tail), quantile(1 - tail))
    }
}
