import Glibc
import Improvements
import Measures
import Records
import Signals
import Statistics

// Every change of a measure has a cause, and most causes are on record: an improvement went live, a change was made on the
// service, a holiday, an export that thins out. What has none is the interesting part. A fall in incidents that nobody caused
// is rarely luck: more often people have stopped recording.
//
// Nearness proves little where changes are frequent: on a service with a change every other day, some change is always near.
// So a change counts as a cause only when one would rarely be that near by chance; otherwise it is named as possible.

/// Why a measure moved.
public enum Cause: Sendable, Hashable, Codable {
    /// An improvement went live in the slice.
    case improvement(id: Int64, title: String, on: Day)
    /// A change on the slice, close before.
    case change(number: String, on: Day)
    case holiday(Day)
    /// It is part of a larger move, which is listed by itself.
    case partOf(signal: String)
    /// The work that causes tickets fell at the same time.
    case lessWork(signal: String)
    /// The data thin out or have a gap there.
    case dataFault(Period)
    /// Somebody said so.
    case told(String, by: String, at: Moment)
}

/// A cause that somebody named for a move.
public struct Explanation: Sendable, Hashable, Codable {
    public var signal: String
    public var cause: String
    public var by: String
    public var at: Moment

    public init(signal: String, cause: String, by: String, at: Moment) {
        self.signal = signal
        self.cause = cause
        self.by = by
        self.at = at
    }
}

/// What is on record that could have moved a measure.
public struct KnownCauses: Sendable {
    /// Where and when an improvement went live, and what it was to move.
    public struct Live: Sendable {
        public var id: Int64
        public var title: String
        public var measure: Measure?
        public var slice: Slice
        public var days: [Day]

        public init(id: Int64, title: String, measure: Measure?, slice: Slice, days: [Day]) {
            self.id = id
            self.title = title
            self.measure = measure
            self.slice = slice
            self.days = days
        }
    }

    /// Changes on a signal's slice around its date, and how many there are on an ordinary day.
    public struct Changes: Sendable {
        public var near: [(number: String, on: Day)]
        public var perDay: Double

        public init(near: [(number: String, on: Day)], perDay: Double) {
            self.near = near
            self.perDay = perDay
        }
    }

    public var live: [Live]
    /// By the id of the signal.
    public var changes: [String: Changes]
    public var holidays: Set<Day>
    /// The days that could be analysed, where the export thins out beyond them.
    public var analysed: Period?
    public var gaps: [Period]
    public var told: [Explanation]

    public init(
        live: [Live] = [], changes: [String: Changes] = [:], holidays: Set<Day> = [], analysed: Period? = nil,
        gaps: [Period] = [], told: [Explanation] = []
    ) {
        self.live = live
        self.changes = changes
        self.holidays = holidays
        self.analysed = analysed
        self.gaps = gaps
        self.told = told
    }
}

/// A move of a measure with what explains it.
public struct Shift: Sendable, Identifiable {
    public var signal: Signal
    public var causes: [Cause]
    /// Near, but so often near that it proves nothing.
    public var possible: [Cause]

    public init(signal: Signal, causes: [Cause], possible: [Cause]) {
        self.signal = signal
        self.causes = causes
        self.possible = possible
    }

    public var id: String { signal.id }
    public var isExplained: Bool { !causes.isEmpty }
    /// Incidents, in part or in all, became fewer to stay.
    public var isFall: Bool {
        signal.measure.kind == .incident && signal.measure.quantity == .opened && signal.relative.estimate < 0
            && (signal.kind == .levelShift || signal.kind == .trend || signal.kind == .unexplainedFall)
    }
}

/// Days before a date within which a cause is looked for, and after it.
public let causeDaysBefore = 14
public let causeDaysAfter = 2
/// From this chance on that some change is as near by accident, nearness explains nothing.
private let accidentMax = 0.5

/// Matches every move with what is on record.
///
/// - Returns: Every signal that is a move, in the order given. O(signals × (signals + causes)).
public func shifts(_ signals: [Signal], causes: KnownCauses) -> [Shift] {
    let moves = signals.filter {
        $0.kind != .targetAtRisk && $0.kind != .policyBreach && $0.kind != .momentum
            && $0.kind != .wear
    }
    let larger = moves.map { signal in moves.first { contains($0, signal) } }
    return zip(moves, larger).map { signal, larger in
        var shift = Shift(signal: signal, causes: [], possible: [])
        for told in causes.told where told.signal == signal.id {
            shift.causes.append(.told(told.cause, by: told.by, at: told.at))
        }
        if let fault = fault(signal, causes) { shift.causes.append(.dataFault(fault)) }
        addImprovements(&shift, causes.live)
        addChanges(&shift, causes.changes[signal.id])
        if let day = holiday(signal, causes.holidays) { shift.causes.append(.holiday(day)) }
        if let work = moves.first(where: { isLessWork($0, for: signal) }) {
            shift.causes.append(.lessWork(signal: work.id))
        }
        if let larger { shift.causes.append(.partOf(signal: larger.id)) }
        return shift
    }
}

/// The days in which a cause of a signal may lie.
public func causeWindow(of signal: Signal) -> Period {
    Period(signal.atEarliest - causeDaysBefore, through: max(signal.atLatest, signal.at) + causeDaysAfter)
}

private func overlap(_ a: Slice, _ b: Slice) -> Bool { a.holds(b) || b.holds(a) }

private func datesAgree(_ a: Signal, _ b: Signal) -> Bool {
    a.atEarliest - 3 <= b.atLatest && b.atEarliest - 3 <= a.atLatest
}

/// Whether the second is a part of the first: the same measure and direction, a smaller slice, the same time.
private func contains(_ a: Signal, _ b: Signal) -> Bool {
    a.id != b.id && a.measure == b.measure && a.slice != b.slice && a.slice.holds(b.slice) && datesAgree(a, b)
        && (a.relative.estimate < 0) == (b.relative.estimate < 0)
}

/// What brings incidents fell too: changes, or the requests of the same people.
private func isLessWork(_ work: Signal, for signal: Signal) -> Bool {
    guard signal.measure.kind == .incident, signal.measure.quantity == .opened, signal.relative.estimate < 0 else {
        return false
    }
    return (work.measure.kind == .change || work.measure.kind == .request) && work.measure.quantity == .opened
        && work.relative.estimate < 0 && work.slice.holds(signal.slice) && datesAgree(work, signal)
}

private func addImprovements(_ shift: inout Shift, _ live: [KnownCauses.Live]) {
    let window = causeWindow(of: shift.signal)
    for improvement in live {
        guard let on = lastDay(of: improvement.days, in: window) else { continue }
        let cause = Cause.improvement(id: improvement.id, title: improvement.title, on: on)
        switch bearing(of: improvement, on: shift.signal) {
        case true?: shift.causes.append(cause)
        case nil: shift.possible.append(cause)
        case false?: break
        }
    }
}

private func lastDay(of days: [Day], in window: Period) -> Day? {
    var last: Day?
    for day in days where window.contains(day) && last.map({ $0 < day }) ?? true { last = day }
    return last
}

/// Whether an improvement was to move what moved; nil where nobody said what it was to move.
private func bearing(of improvement: KnownCauses.Live, on signal: Signal) -> Bool? {
    guard let measure = improvement.measure else { return nil }
    return measure.kind == signal.measure.kind && overlap(improvement.slice, signal.slice)
}

private func addChanges(_ shift: inout Shift, _ changes: KnownCauses.Changes?) {
    guard let changes, shift.signal.measure.kind != .change else { return }
    let window = causeWindow(of: shift.signal)
    let near = changes.near.filter { window.contains($0.on) }.max { ($0.on, $0.number) < ($1.on, $1.number) }
    guard let near else { return }
    let accident = 1 - Glibc.exp(-changes.perDay * Double(window.dayCount))
    let cause = Cause.change(number: near.number, on: near.on)
    if accident <= accidentMax { shift.causes.append(cause) } else { shift.possible.append(cause) }
}

/// A holiday explains what lasts no longer than it: a day that stands out, or a level that held for three weeks at most.
private func holiday(_ signal: Signal, _ holidays: Set<Day>) -> Day? {
    switch signal.kind {
    case .spike: return [signal.at, signal.at - 1, signal.at + 1].first(where: holidays.contains)
    case .levelShift where signal.evidence.dayCount <= 21:
        return (0..<signal.evidence.dayCount).map { signal.evidence.first + $0 }.first(where: holidays.contains)
    default: return nil
    }
}

private func fault(_ signal: Signal, _ causes: KnownCauses) -> Period? {
    let around = Period(signal.atEarliest - 3, through: max(signal.at, signal.atLatest) + 3)
    if let gap = causes.gaps.first(where: { $0.first <= around.last && around.first <= $0.last }) { return gap }
    if let analysed = causes.analysed, around.last >= analysed.last - 3 || around.first <= analysed.first + 3 {
        return analysed
    }
    return nil
}
