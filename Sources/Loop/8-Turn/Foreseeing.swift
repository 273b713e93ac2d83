import Foundation
import Gains
import Measures
import Records
import Signals
import Statistics
import Store

/// Tickets that teach, at most: the latest. Older ones tell less of what comes, and cost the same.
private let ticketsMax = 20_000
/// New or changed tickets, as a share of all, from which on open tickets are predicted anew: fewer change little.
private let shareMin = 0.005
/// Or so many days of data.
private let daysMin = 1

/// Marks predictions of tickets that have ended, and when enough is new, learns again from the latest tickets and says of every
/// open one what is to be expected. What was said stays as it was said.
///
/// O(latest tickets); nothing but the marking where little is new.
/// - Returns: When predictions were last made; nil when there is nothing to make them from.
@discardableResult
public func foresee(_ store: any Store, isForced: Bool = false) async throws -> ForesightRecord? {
    _ = try await store.settlePredictions()
    try await foreseeWear(store)
    let changes = try await store.changeCount()
    let extents = try await store.extents()
    guard let now = extents.map(\.lastKnown).max() else { return nil }
    let tickets = extents.reduce(0) { $0 + $1.count }
    let last = try await store.latestForesight()
    if !isForced, let last {
        let isLittle = Double(changes - last.changesSeen) <= shareMin * Double(tickets)
        let days = (now.seconds - last.asOf.seconds) / 86_400
        if isLittle, days < daysMin { return last }
    }
    let organisation = try await Organisation(of: store)
    var record = ForesightRecord(asOf: now, changesSeen: changes, tickets: tickets)
    var said: [TicketPrediction] = []
    for extent in extents {
        let (pasts, names) = try await store.latestTickets(extent.kind, limit: ticketsMax)
        let open = pasts.filter { !$0.ticket.status.isDone && $0.ticket.openedAt <= now }
        if open.isEmpty { continue }
        do throws(ForesightSilenceError) {
            let model = try TicketForesight(pasts, names: names, now: now, zone: organisation.zone)
            said += model.predictions(of: open)
            if !model.leftOut.isEmpty { record.leftOut[extent.kind.plural] = model.leftOut }
        } catch {
            if case .tooFewFinished(let known, _) = error.silence { record.silent[extent.kind.plural] = known }
        }
    }
    record.crossings = try await crossings(store, organisation)
    try await store.keep(said, record)
    return record
}

// MARK: Devices

/// A device whose readings move towards a limit.
public struct DeviceWear: Sendable {
    public var measure: Measure
    public var device: String
    public var limit: Double
    public var isUpper: Bool
    /// The last reading's level, less noise.
    public var level: Double
    public var lastDay: Day
    /// Days until the limit is met, 95 %; the upper end may never come. Nil where no sure trend leads there.
    public var days: (estimate: Double, low: Double, high: Double?)?
    /// The chance of a drift as sure as this one where nothing drifts.
    public var chance = 1.0
    /// The days of readings it rests on, and how many of them have some.
    public var evidence: Period
    public var evidenceCount: Int
}

/// Days of readings that a trend is read from.
private let wearDays = 180
/// Devices of one quantity, at most.
private let wearDevicesMax = 500

/// Each device whose quantity has a limit: a target of its own, or of all devices. The limit lies on the side that is worse;
/// where nothing says which side that is, on the side away from where the device began. O(devices × days²).
public func wear(in store: any Store) async throws -> [DeviceWear] {
    let organisation = try await Organisation(of: store)
    var all: [DeviceWear] = []
    for known in try await store.readQuantities() {
        let measure = Measure.readings(known.quantity)
        let limits = organisation.targets.filter { $0.measure == measure.id }
        guard !limits.isEmpty, let period = try await store.recordDays(measure.records) else { continue }
        let rollups = try await store.recordTotals(measure.records, by: .device)
        for (device, rollup) in rollups.sorted(by: { $0.key < $1.key }).prefix(wearDevicesMax) {
            guard
                let target = limits.first(where: { $0.slice[.device] == device })
                    ?? limits.first(where: { $0.slice == .everything })
            else { continue }
            let days = Period(max(period.first, period.last - wearDays + 1), through: period.last)
            let series = Series(measure, of: rollup, over: days, step: 1, asOf: period.last)
            var (times, values): ([Double], [Double]) = ([], [])
            for (place, value) in series.values.enumerated() {
                guard let value = value?.value, value.isFinite else { continue }
                times.append(Double(place))
                values.append(value)
            }
            guard let trend = WearTrend(times: times, values: values), let last = times.last else { continue }
            let isUpper =
                switch measure.direction {
                case .higherIsWorse: true
                case .lowerIsWorse: false
                case .neither: target.value > (values.first ?? trend.level)
                }
            var one = DeviceWear(
                measure: measure, device: device, limit: target.value, isUpper: isUpper, level: trend.level,
                lastDay: series.steps[Int(last)].last, days: nil, evidence: days, evidenceCount: values.count)
            one.days = trend.remaining(until: target.value, isUpper: isUpper).map { ($0.estimate, $0.low, $0.high) }
            let sureness = (isUpper ? 1 : -1) * trend.drift / max(trend.driftError, .leastNormalMagnitude)
            one.chance = 0.5 * erfc(sureness / 2.0.squareRoot())
            all.append(one)
        }
    }
    return all.sorted {
        ($0.days?.estimate ?? .infinity, $0.measure.id, $0.device)
            < ($1.days?.estimate ?? .infinity, $1.measure.id, $1.device)
    }
}

/// Marks what was said of devices, and keeps what is said now: once a month a device.
private func foreseeWear(_ store: any Store) async throws {
    for kept in try await store.foresights() where kept.outcome == nil && kept.foresight.source == .wear {
        let said = kept.foresight
        guard let limit = said.target, let last = try await store.recordDays(said.measure.records)?.last else {
            continue
        }
        let rollup = try await store.recordTotals(said.measure.records, said.slice)
        let days = Period(said.madeOn, through: min(last, said.over.last))
        guard days.first <= days.last else { continue }
        let series = Series(said.measure, of: rollup, over: days, step: 1, asOf: last)
        let began = series.values.first??.value
        let met = zip(series.steps, series.values).first { _, value in
            guard let value = value?.value, let began else { return false }
            return began < limit ? value >= limit : value <= limit
        }
        if let met {
            try await store.settle(said.id, met.0.first >= said.over.first ? .came : .didNotCome, on: last)
        } else if last >= said.over.last {
            try await store.settle(said.id, began == nil ? .cannotTell : .didNotCome, on: last)
        }
    }
    let devices = try await wear(in: store)
    try await store.saveWear(wearSignals(devices))
    let said = devices.compactMap { device -> Foresight? in
        guard let days = device.days, let high = days.high, high <= foreseenDaysMax, days.estimate > 0 else {
            return nil
        }
        let slice = Slice(.device, device.device)
        return Foresight(
            id: "wear \(device.measure.id) \(slice.address) \(device.lastDay.startOfMonth)", source: .wear,
            measure: device.measure, slice: slice, madeOn: device.lastDay,
            over: Period(device.lastDay + Int(days.low), through: device.lastDay + Int(high.rounded(.up))),
            target: device.limit)
    }
    try await store.keep(said)
}

/// Devices that will meet their limit within a quarter; of those told at most so many in a hundred are expected to be false
/// (Benjamini and Hochberg, over all devices with a limit).
private func wearSignals(_ devices: [DeviceWear]) -> [Signal] {
    let rates = discoveryRates(devices.map(\.chance))
    return zip(devices, rates).compactMap { device, q in
        guard let days = device.days, days.estimate > 0, days.estimate <= wearSignalDays, q <= falseWearMax else {
            return nil
        }
        let slice = Slice(.device, device.device)
        let high = min(days.high ?? foreseenDaysMax, foreseenDaysMax)
        let limit = Estimate(device.limit, low: device.limit, high: device.limit)
        let level = Estimate(device.level, low: device.level, high: device.level)
        let move = device.level == 0 ? 0 : device.limit / device.level - 1
        return Signal(
            id: "wear.\(device.measure.id).\(percentEncoded(device.device))", kind: .wear, measure: device.measure,
            slice: slice, at: device.lastDay + Int(days.estimate), atEarliest: device.lastDay + Int(days.low),
            atLatest: device.lastDay + Int(high.rounded(.up)), direction: .worse, before: limit, after: level,
            relative: Estimate(move, low: move, high: move), q: q, hoursPerMonth: nil,
            evidenceCount: device.evidenceCount, evidence: device.evidence)
    }
}

private let wearSignalDays = 90.0
private let falseWearMax = 0.05

// MARK: Measures

/// Measures with a target whose crossing is foreseen, at most.
private let crossingsMax = 20
/// Weeks ahead that are foreseen, and weeks that must be known.
private let (weeksAhead, weeksMin, weeksMax) = (8, 12, 156)

/// When each measure with a target will pass it, from its forecast by weeks; those past it already are left out.
private func crossings(_ store: any Store, _ organisation: Organisation) async throws -> [MeasureCrossing] {
    guard let end = try await dataEnd(store, organisation) else { return [] }
    var all: [MeasureCrossing] = []
    for target in organisation.targets.prefix(crossingsMax) {
        guard let measure = Measure(id: target.measure), measure.kind != nil, measure.direction != .neither else {
            continue
        }
        let rollup = try await rollup(for: measure, target.slice, in: store, organisation)
        guard let period = rollup.period, period.first < end else { continue }
        let from = max(period.first, end - weeksMax * 7 + 1)
        let series = Series(measure, of: rollup, over: Period(from, through: end), step: 7, asOf: end)
        let values = series.values.map { $0?.value ?? .nan }
        let isRising = measure.direction == .higherIsWorse
        guard values.count(where: \.isFinite) >= weeksMin, let now = values.last, now.isFinite,
            isRising ? now < target.value : now > target.value,
            let made = try? forecast(values, horizon: weeksAhead, seasons: [52])
        else { continue }
        let crossing = made.crossing(of: target.value, direction: isRising ? .rising : .falling)
        guard let chance = crossing.bySteps.last else { continue }
        all.append(
            MeasureCrossing(
                measure: measure, slice: target.slice, target: target.value, now: now, until: end + 7 * weeksAhead,
                chance: chance, day: crossing.medianStep.map { end + 7 * $0 }))
    }
    return all.sorted { ($0.day ?? $0.until + 1, -$0.chance) < ($1.day ?? $1.until + 1, -$1.chance) }
}

/// What lies further ahead is shown, but not kept: nobody would be there to mark it.
private let foreseenDaysMax = 730.0

/// What will probably happen, and how right earlier sayings were: the page and the command of predictions.
public struct PredictionReport: Sendable {
    public var record: ForesightRecord?
    /// Those most likely to miss their target first.
    public var tickets: [TicketPrediction]
    public var open: Int
    /// Of them past their target already.
    public var missed: Int
    public var card: PredictionCard
    public var devices: [DeviceWear]
    /// Everything that was foreseen, kind by kind: the card of the page of momentum.
    public var scores: [Score]
    public var zone: Zone
}

/// Scored predictions that a card is made from: the latest.
private let settledMax = 50_000

/// Reads what was foreseen. Writes nothing. O(kept predictions).
public func predictions(in store: any Store, limit: Int = 100) async throws -> PredictionReport {
    let organisation = try await Organisation(of: store)
    let counts = try await store.openPredictionCounts()
    let card = PredictionCard(try await store.settledPredictions(limit: settledMax), zone: organisation.zone)
    return PredictionReport(
        record: try await store.latestForesight(), tickets: try await store.openPredictions(limit: limit),
        open: counts.count, missed: counts.missed, card: card, devices: try await wear(in: store),
        scores: try await scoreCard(store, card, open: counts.count), zone: organisation.zone)
}

/// How right every kind of saying has been: what is kept in `foresights`, and predictions of tickets.
func scoreCard(_ store: any Store, _ card: PredictionCard? = nil, open: Int? = nil) async throws -> [Score] {
    var all = scores(try await store.foresights().map { ($0.foresight, $0.outcome) })
    let own: PredictionCard
    if let card {
        own = card
    } else {
        own = PredictionCard(try await store.settledPredictions(limit: settledMax), zone: .utc)
    }
    var ranges = own.ranges
    if let open { ranges.open = open } else { ranges.open = try await store.openPredictionCounts().count }
    for k in all.indices where all[k].source == .ticketHours { all[k] = ranges }
    return all
}
