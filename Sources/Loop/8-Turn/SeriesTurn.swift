import Improvements
import Measures
import Records
import Signals
import Store

/// Looks through the daily series of answers, suggestions and readings, and of tickets, when there is enough that is new.
///
/// Each search spends a part of the promised rate of false findings, so it waits for a week of new days.
/// - Parameter window: The days whose tickets are all there; nil where nobody knows.
/// - Returns: The latest search, made now or earlier; nil when there are no such records.
@discardableResult
func turnSeries(_ store: any Store, _ organisation: Organisation, window: Period?) async throws -> SeriesSearch? {
    // Both only grow, so their sum stays only where both do.
    let changes = try await store.recordChangeCount() + store.changeCount()
    guard changes > 0 else { return nil }
    let earlier = try await store.seriesSearch()
    if let earlier, earlier.changesSeen == changes { return earlier }
    let extents = try await store.extents()
    let days = try await recordDays(store) + extents.map { organisation.zone.day(of: $0.lastKnown) }
    guard let lastDay = days.max() else { return earlier }
    if let earlier, lastDay - earlier.lastDay < daysBetweenSearches { return earlier }
    var search = earlier ?? SeriesSearch(lastDay: lastDay)
    let series = try await dailySeries(in: store) + ticketSeries(in: store, extents, organisation, window: window)
    search.turn(series, directions: try await directions(in: store))
    (search.changesSeen, search.lastDay) = (changes, lastDay)
    try await store.save(search)
    return search
}

private let daysBetweenSearches = 7
/// Values of one dimension that are searched: the most frequent, because each further one makes all findings harder.
private let slicesMax = 30
/// Devices of one quantity that are searched.
private let devicesMax = 500

/// The last day of each kind of record.
private func recordDays(_ store: any Store) async throws -> [Day] {
    var days: [Day] = []
    for records in [MeasuredRecords.surveys, .suggestions] {
        if let period = try await store.recordDays(records) { days.append(period.last) }
    }
    for known in try await store.readQuantities() {
        if let period = try await store.recordDays(.readings(known.quantity)) { days.append(period.last) }
    }
    return days
}

/// Every series that has enough days: of answers for everything and its parts, of suggestions for everything, of readings for
/// each device and, where there are several, for all of them.
private func dailySeries(in store: any Store) async throws -> [DailySeries] {
    var all: [DailySeries] = []
    func add(_ measure: Measure, by dimensions: [Records.Dimension], most: Int) async throws {
        guard let period = try await store.recordDays(measure.records) else { return }
        var parts: [DailySeries] = []
        for dimension in dimensions {
            let names = try await store.recordValues(measure.records, of: dimension, limit: most).map(\.value)
            let rollups = try await store.recordTotals(measure.records, by: dimension)
            for name in names {
                guard let rollup = rollups[name] else { continue }
                if let series = DailySeries(measure, Slice(dimension, name), of: rollup, through: period.last) {
                    parts.append(series)
                }
            }
            // A part that is everything says nothing new.
            if names.count == 1, dimension != .device { parts.removeAll { $0.slice[dimension] != nil } }
        }
        let isOneDevice = measure.reading != nil && parts.count == 1
        if !isOneDevice {
            let rollup = try await store.recordTotals(measure.records, .everything)
            if let series = DailySeries(measure, of: rollup, through: period.last) { all.append(series) }
        }
        all += parts
    }
    for measure in Measure.catalogue where measure.kind == nil {
        let isMean = measure.quantity == .satisfaction || measure.quantity == .nps
        try await add(measure, by: isMean ? [.service, .segment, .survey] : [], most: slicesMax)
    }
    for known in try await store.readQuantities() {
        try await add(.readings(known.quantity), by: [.device], most: devicesMax)
    }
    return all
}

/// Which way is worse: as the settings say, otherwise as the objective of an improvement says that is going on.
private func directions(in store: any Store) async throws -> [Measure.ID: Direction] {
    var directions: [Measure.ID: Direction] = [:]
    for kept in try await store.improvements() {
        guard let objective = kept.improvement.rounds.last?.objective, let id = objective.measure,
            Measure(id: id)?.direction == .neither
        else { continue }
        directions[id] = objective.wanted == .lower ? .higherIsWorse : .lowerIsWorse
    }
    for line in try await store.setting(.directions)?.split(separator: "\n") ?? [] {
        let words = line.split(separator: " ")
        guard words.count == 2 else { continue }
        directions[String(words[0])] = Direction(setting: words[1])
    }
    return directions
}

extension Direction {
    /// `higher`, `lower` or `neither`: which way is worse.
    public init?(setting word: some StringProtocol) {
        switch word {
        case "higher": self = .higherIsWorse
        case "lower": self = .lowerIsWorse
        case "neither": self = .neither
        default: return nil
        }
    }
}
