import Foundation
import Records
import Statistics

/// What is to be expected of an open ticket, and why.
public struct TicketPrediction: Sendable, Hashable, Codable {
    /// What moves a prediction, in points of the chance that the target is missed (of the logarithm of hours where no target
    /// is known): more is later.
    public struct Reason: Sendable, Hashable, Codable {
        public var trait: TicketTrait
        /// A name; empty for a number.
        public var name: String
        /// NaN-free: nil for a name.
        public var number: Double?
        public var moved: Double
    }

    /// What would move it most of the things that people can do. Like tickets for which it was done came out so; that is
    /// not yet proof that doing it helps.
    public struct Help: Sendable, Hashable, Codable {
        public enum Deed: String, CaseIterable, Sendable, Codable { case assign, touch }
        public var deed: Deed
        /// The chance that the target is missed then; nil where none is known.
        public var chance: Double?
        public var hours: Double
    }

    public var kind: TicketKind
    public var number: String
    public var title: String
    public var openedAt: Moment
    /// The last moment of the data it was made from.
    public var asOf: Moment
    /// Hours that are left from `asOf`, with the range that holds 80 of 100.
    public var hours: Estimate
    /// That its target will be missed; nil where nothing tells of targets.
    public var chance: Double?
    /// It is past its target already: nothing is left to predict.
    public var isMissed: Bool
    /// What one would say without looking at the ticket: the median of hours left.
    public var naive: Double
    /// The strongest first.
    public var reasons: [Reason]
    public var help: Help?
}

/// Why nothing is said of a kind of tickets.
public enum ForesightSilence: Sendable, Hashable { case tooFewFinished(known: Int, needed: Int) }

/// What an organisation's finished tickets teach about its open ones, as they stood at each moment.
///
/// Every ticket is looked at as it was at several ages: those that the open ones have today. A row is told only what was known
/// at its moment: its fields from its history, and of other tickets only what came of those that were finished by then. A
/// ticket that is not finished counts as taking at least as long as it has, and only rows with enough time behind them teach:
/// the quick ones among the latest would otherwise make all look quick (Putter, Fiocco and Geskus, "Tutorial in
/// biostatistics: competing risks and multi-state models", 2007, on landmarks).
///
/// Every fifth ticket does not teach a first model: its rows say how many trees are enough, correct the probabilities (Platt,
/// 1999) and give the range of hours, the latest most. Then all rows teach.
public struct TicketForesight {
    /// Fewer finished tickets teach nothing.
    public static let finishedMin = 200
    /// More rows than this would cost time and change little: the latest are taken.
    static let rowsMax = 15_000
    /// The range of hours holds this share.
    static let held = 0.8
    /// A chance moves less into the future than it did within the past.
    private static let slopeKept = 0.9

    private let now: Moment
    private let zone: Zone
    private let names: Names
    private let traits: (named: [TicketTrait], numbered: [TicketTrait])
    private var rates: [EarlierRates]
    private var times: [EarlierRates]
    private let timeTable: BinnedTable
    private let timeTrees: BoostedTrees
    private let chanceTable: BinnedTable?
    private let chanceTrees: BoostedTrees?
    private var calibration = ScoreCalibration()
    /// So many rows judged, and no more, were behind a chance.
    private var surest = 1.0
    private var spread = (low: 0.0, high: 0.0)
    /// The median of hours left.
    private let naive: Double
    /// Traits that say too little of open tickets, and so are written when tickets end.
    public let leftOut: [TicketTrait]
    public let rowCount: Int

    /// Learns. O(rows × (traits × trees + events)).
    /// - Parameters:
    ///   - pasts: Tickets of one kind, open ones too, in any order.
    ///   - now: The last moment of the data; nothing after it is looked at.
    /// - Throws: `ForesightSilenceError` where too few are finished.
    public init(_ pasts: [TicketPast], names: Names, now: Moment, zone: Zone) throws(ForesightSilenceError) {
        self.now = now
        self.zone = zone
        self.names = names
        let known = pasts.filter { !$0.ticket.status.isVoid && $0.ticket.openedAt <= now }
            .sorted { ($0.ticket.openedAt, $0.ticket.number) < ($1.ticket.openedAt, $1.ticket.number) }
        let finished = known.filter { ($0.finishedAt ?? .distantFuture) <= now }
        guard finished.count >= Self.finishedMin else {
            throw ForesightSilenceError(.tooFewFinished(known: finished.count, needed: Self.finishedMin))
        }
        leftOut = Self.writtenAtTheEnd(known, now)
        traits = Self.traits(known, now, without: leftOut)
        let rows = Self.rows(known, now, traits, zone)
        rowCount = rows.count
        let finishes = known.map { past in past.finishedAt.map { $0 <= now ? $0 : .distantFuture } ?? .distantFuture }
        let learned = Self.columns(rows, finishes, names.count, traits.named.count)
        rates = learned.rates
        times = learned.times
        let columns = learned.columns + traits.numbered.indices.map { k in rows.map { $0.numbers[k] } }
        naive = exp(median(rows.map(\.left)) ?? 0) - 1
        let time = Self.fitted(rows.map(\.left), rows, columns, .median)
        (timeTable, timeTrees) = (time.table, time.trees)
        spread = Self.spread(time.held, rows)
        let missed = rows.map(\.missed)
        if missed.count(where: { $0 == 1 }) >= 30, missed.count(where: { $0 == 0 }) >= 30 {
            let chance = Self.fitted(missed, rows, columns, .probability)
            (chanceTable, chanceTrees) = (chance.table, chance.trees)
            if !chance.held.isEmpty {
                calibration = ScoreCalibration(
                    scores: chance.held.map(\.score), outcomes: chance.held.map { missed[$0.row] },
                    weights: chance.held.map(\.weight))
                calibration.slope *= Self.slopeKept
                surest = 1 - 1 / Double(chance.held.count + 2)
            }
        } else {
            (chanceTable, chanceTrees) = (nil, nil)
        }
    }

    // MARK: Predicting

    /// What is to be expected of open tickets, as they stand now. O(trees × depth) each.
    public func predictions(of open: [TicketPast]) -> [TicketPrediction] {
        let moments = open.enumerated().map { TicketMoment($1, $0, at: now, traits, zone) }
        let table = columns(of: moments)
        let times = BinnedTable(table, like: timeTable)
        let chances = chanceTable.map { BinnedTable(table, like: $0) }
        return open.indices.map { row in
            let past = open[row]
            let score = timeTrees.score(times, row: row)
            let isMissed = past.isMissed(at: now) == true
            let chance = chances.flatMap { table in
                chanceTrees.map { sure(calibration.probability($0.score(table, row: row))) }
            }
            return TicketPrediction(
                kind: past.ticket.kind, number: past.ticket.number, title: past.ticket.title,
                openedAt: past.ticket.openedAt, asOf: now, hours: hours(score), chance: isMissed ? 1 : chance,
                isMissed: isMissed, naive: naive, reasons: reasons(row, moments[row], times, chances),
                help: isMissed && chance != nil ? nil : help(moments[row], score, chance))
        }
    }

    /// No chance is surer than the rows that judged it: Laplace's rule.
    private func sure(_ chance: Double) -> Double { min(max(chance, 1 - surest), surest) }

    private func hours(_ score: Double) -> Estimate {
        func hours(_ score: Double) -> Double { max(0, exp(score) - 1) }
        return Estimate(hours(score), low: hours(score + spread.low), high: hours(score + spread.high))
    }

    private func columns(of moments: [TicketMoment]) -> [[Double]] {
        var out: [[Double]] = []
        for k in traits.named.indices {
            out.append(moments.map { rates[k].expected($0.names[k]) })
            out.append(moments.map { times[k].expected($0.names[k]) })
        }
        return out + traits.numbered.indices.map { k in moments.map { $0.numbers[k] } }
    }

    /// The trait of a column: names have two, numbers one.
    private func trait(of column: Int) -> TicketTrait {
        column < 2 * traits.named.count ? traits.named[column / 2] : traits.numbered[column - 2 * traits.named.count]
    }

    private func reasons(
        _ row: Int, _ moment: TicketMoment, _ times: BinnedTable, _ chances: BinnedTable?
    ) -> [TicketPrediction.Reason] {
        let moved =
            chances.flatMap { table in chanceTrees.map { $0.reasons(table, row: row) } }
            ?? timeTrees.reasons(times, row: row)
        var byTrait: [(trait: TicketTrait, moved: Double)] = []
        for (column, amount) in moved.enumerated() {
            let trait = trait(of: column)
            if byTrait.last?.trait == trait {
                byTrait[byTrait.count - 1].moved += amount
            } else {
                byTrait.append((trait, amount))
            }
        }
        let ranked = byTrait.enumerated().sorted {
            ($1.element.moved.magnitude, $0.offset) < ($0.element.moved.magnitude, $1.offset)
        }
        return ranked.prefix(3).filter { $0.element.moved.magnitude >= 0.05 }.map { _, reason in
            let name = traits.named.firstIndex(of: reason.trait)
                .map { names[Name(code: UInt32(clamping: moment.names[$0]))] }
            let number = traits.numbered.firstIndex(of: reason.trait).map { moment.numbers[$0] }
            return TicketPrediction.Reason(
                trait: reason.trait, name: name ?? "", number: number.flatMap { $0.isFinite ? $0 : nil },
                moved: reason.moved)
        }
    }

    /// So much less chance, or so much of the hours, that it is worth telling.
    private static let helpMin = (chance: 0.03, hours: 0.1)

    private func help(_ moment: TicketMoment, _ score: Double, _ chance: Double?) -> TicketPrediction.Help? {
        func place(_ trait: TicketTrait) -> Int? { traits.numbered.firstIndex(of: trait) }
        var best: TicketPrediction.Help?
        func weigh(_ deed: TicketPrediction.Help.Deed, _ then: TicketMoment) {
            let table = columns(of: [then])
            let score = timeTrees.score(BinnedTable(table, like: timeTable), row: 0)
            let chance = chanceTable.flatMap { like in
                chanceTrees.map { sure(calibration.probability($0.score(BinnedTable(table, like: like), row: 0))) }
            }
            let hours = max(0, exp(score) - 1)
            let isBetter =
                chance.map { $0 < (best?.chance ?? 2) } ?? (hours < (best?.hours ?? .infinity))
            if isBetter { best = TicketPrediction.Help(deed: deed, chance: chance, hours: hours) }
        }
        if let k = place(.isAssigned), moment.numbers[k] == 0 {
            var then = moment
            then.numbers[k] = 1
            weigh(.assign, then)
        }
        if let k = place(.idle), moment.numbers[k] >= 24 {
            var then = moment
            then.numbers[k] = 0
            weigh(.touch, then)
        }
        guard let best else { return nil }
        if let chance, let then = best.chance { return chance - then >= Self.helpMin.chance ? best : nil }
        let hours = exp(score) - 1
        return hours - best.hours >= Self.helpMin.hours * hours ? best : nil
    }
}

/// Nothing can be said, and why.
public struct ForesightSilenceError: Error, Equatable {
    public var silence: ForesightSilence
    init(_ silence: ForesightSilence) { self.silence = silence }
}

extension Moment {
    static let distantFuture = Moment(microseconds: .max)
}
