import Gains
import Measures
import Records
import Store

/// How much work the area of each skill brings: an area is a service, a category, a group or a process by its word, whichever
/// there is. Areas without tickets have none.
public func skillDemands(
    of skills: [(id: Int64, skill: Skill)], in store: any Store
) async throws -> [Int64: SkillDemand] {
    let organisation = try await Organisation(of: store)
    guard let end = try await dataEnd(store, organisation) else { return [:] }
    let kinds = try await store.extents().map(\.kind)
    var found: [Int64: SkillDemand] = [:]
    for (id, skill) in skills where !skill.area.isEmpty {
        guard let (kind, slice) = try await place(skill.area, kinds, store) else { continue }
        let rollup = try await store.rollup(kind, slice, over: nil, calendar: organisation.calendar)
        guard let known = rollup.period, known.first < end else { continue }
        let weeks = min(104, (end - known.first + 1) / 7)
        guard weeks > 0 else { continue }
        let values = (0..<weeks).reversed().map { week in
            Double(rollup.total(Period(end - week * 7 - 6, through: end - week * 7), withSketches: false)[.opened])
        }
        found[id] = SkillDemand(weekly: values, needed: skill.needed)
    }
    return found
}

/// Values of a dimension that are looked through for an area's name.
private let valuesRead = 500

private func place(_ area: String, _ kinds: [TicketKind], _ store: any Store) async throws -> (TicketKind, Slice)? {
    let name = area.lowercased()
    if let kind = kinds.first(where: { $0.plural == name }) { return (kind, .everything) }
    for kind in kinds {
        for dimension in [Dimension.service, .category, .group] {
            let values = try await store.values(of: dimension, kind, limit: valuesRead)
            if let value = values.first(where: { $0.value.lowercased() == name })?.value {
                return (kind, Slice(dimension, value))
            }
        }
    }
    return nil
}
