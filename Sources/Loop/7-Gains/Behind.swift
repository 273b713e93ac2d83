// What a figure of the improvement work is made of: the single improvements behind it, so that nobody has to believe it.

import Improvements
import Records
import Signals

/// One thing that a figure of the improvement work counts.
public struct BehindFigure: Sendable, Hashable {
    /// Nil for a suggestion.
    public var improvement: Int64?
    public var title: String
    /// When it counted: opened, ended, due, suggested.
    public var on: Day?
    /// Days, hours or how many, by the figure; nil where it is only one of the counted.
    public var amount: Double?
    /// Of a share: whether it is among those that count; nil for other figures.
    public var isCounted: Bool?
    /// Departments or the owner, where the figure is about them.
    public var about: [String]

    init(
        _ improvement: Int64?, _ title: String, on day: Day? = nil, amount: Double? = nil, isCounted: Bool? = nil,
        about: [String] = []
    ) {
        self.improvement = improvement
        self.title = title
        on = day
        self.amount = amount
        self.isCounted = isCounted
        self.about = about
    }
}

/// What a figure is made of in one of its steps.
///
/// People are counted and never listed: behind the number of contributors stand the improvements they worked on.
/// - Parameter step: One of the steps of the figure's series.
/// - Complexity: O(entries).
public func behind(_ measure: MomentumMeasure, _ programme: Programme, in step: Period) -> [BehindFigure] {
    let all = programme.improvements
    let trails = all.map {
        Trail($0.improvement, weeks: [Period(step.last - 6, through: step.last)], zone: programme.zone)
    }
    let zone = programme.zone
    func title(_ i: Int) -> String { all[i].improvement.title }
    func standing(_ make: (Int, Trail.Standing) -> BehindFigure?) -> [BehindFigure] {
        all.indices.compactMap { i -> BehindFigure? in
            guard let standing = trails[i].standings.first ?? nil, standing.isInWork, !standing.isOnHold else {
                return nil
            }
            return make(i, standing)
        }
    }
    func opened(_ i: Int) -> Day? { all[i].improvement.entries.first.map { zone.day(of: $0.at) } }
    func entries(_ i: Int) -> [Entry] { all[i].improvement.entries.filter { step.contains(zone.day(of: $0.at)) } }

    switch measure {
    case .suggestionsPerHead:
        return programme.suggestions.filter { step.contains(zone.day(of: $0.at)) }.map {
            BehindFigure(nil, "", on: zone.day(of: $0.at))
        }
    case .contributors:
        return all.indices.compactMap { i -> BehindFigure? in
            let people = Set(entries(i).map(\.by)).subtracting([Trail.program])
            return people.isEmpty ? nil : BehindFigure(all[i].id, title(i), amount: Double(people.count))
        }
            + programme.suggestions.filter { step.contains(zone.day(of: $0.at)) && !$0.by.isEmpty }.map {
                BehindFigure(nil, "", on: zone.day(of: $0.at), amount: 1)
            }
    case .departments:
        return all.indices.compactMap { i -> BehindFigure? in
            let names = Set(entries(i).map { namedDepartment($0.change) }).subtracting([""])
            return names.isEmpty ? nil : BehindFigure(all[i].id, title(i), about: names.sorted())
        }
    case .opened:
        return all.indices.compactMap { i -> BehindFigure? in
            opened(i).flatMap { step.contains($0) ? BehindFigure(all[i].id, title(i), on: $0) : nil }
        }
    case .finished:
        return all.indices.flatMap { i in
            trails[i].finished.filter(step.contains).map { BehindFigure(all[i].id, title(i), on: $0) }
        }
    case .acceptedToDone:
        return all.indices.flatMap { i in
            trails[i].passages.compactMap { passage in
                guard let end = passage.endedOn, step.contains(end) else { return nil }
                return BehindFigure(all[i].id, title(i), on: end, amount: Double(end - passage.acceptedOn))
            }
        }
    case .age:
        return standing {
            BehindFigure(all[$0].id, title($0), on: $1.openedOn, amount: Double(step.last - $1.openedOn))
        }
    case .touched:
        return standing {
            BehindFigure(all[$0].id, title($0), on: $1.touchedOn, isCounted: step.last - $1.touchedOn < 14)
        }
    case .evaluatedOnTime:
        return all.indices.flatMap { i in
            trails[i].dues.filter { step.contains($0.on) && ($0.judgedOn != nil || $0.on + 14 < programme.today) }.map {
                due in
                BehindFigure(
                    all[i].id, title(i), on: due.on, isCounted: due.judgedOn.map { $0 <= due.on + 14 } ?? false)
            }
        }
    case .overdueActions:
        return all.indices.compactMap { i -> BehindFigure? in
            guard let standing = trails[i].standings.first ?? nil, standing.overdue > 0 else { return nil }
            return BehindFigure(all[i].id, title(i), amount: Double(standing.overdue))
        }
    case .gainsHeld:
        let slipped = Set(
            all.compactMap { one -> Int64? in
                if case .slippage(let of) = one.improvement.origin,
                    openingDay(one, zone).map({ $0 <= step.last }) ?? false
                {
                    return of
                }
                return nil
            })
        return all.indices.compactMap { i -> BehindFigure? in
            guard let standing = trails[i].standings.first ?? nil, standing.gains > 0 else { return nil }
            return BehindFigure(
                all[i].id, title(i), amount: Double(standing.gains), isCounted: !slipped.contains(all[i].id))
        }
    case .prevention:
        return all.indices.compactMap { i -> BehindFigure? in
            guard let day = opened(i), step.contains(day), let before = cameBefore(all[i].improvement, programme) else {
                return nil
            }
            return BehindFigure(all[i].id, title(i), on: day, isCounted: before)
        }
    case .ownerLoad:
        return standing { i, standing in
            standing.owner.map { BehindFigure(all[i].id, title(i), on: standing.openedOn, about: [$0]) }
        }.sorted { ($0.about.first ?? "", $0.improvement ?? 0) < ($1.about.first ?? "", $1.improvement ?? 0) }
    case .timeUsed:
        return all.indices.compactMap { i -> BehindFigure? in
            let own = all[i].improvement.spent.filter { step.contains($0.on) }
            if own.isEmpty { return nil }
            return BehindFigure(
                all[i].id, title(i), amount: own.reduce(0) { $0 + $1.hours },
                about: Set(own.map(\.department)).subtracting([""]).sorted())
        }
    }
}

private func openingDay(_ one: Programme.Numbered, _ zone: Zone) -> Day? {
    one.improvement.entries.first.map { zone.day(of: $0.at) }
}

/// The department that a change is about; empty for none.
func namedDepartment(_ change: Change) -> String {
    switch change {
    case .action(let action): action.department
    case .roadblock(let roadblock): roadblock.department
    case .part(let part): part.department
    case .waiting(let wait): wait.department
    case .spent(let time): time.department
    default: ""
    }
}

/// Whether an improvement was opened before the harm; nil where its origin does not say.
func cameBefore(_ improvement: Improvement, _ programme: Programme) -> Bool? {
    switch improvement.origin {
    case .suggestion: true
    case .slippage, .evaluation: false
    case .opportunity(let id): programme.leads[id].map { $0 == .trend || $0 == .targetAtRisk }
    case .signal, .hand, .spreadsheet: nil
    }
}
