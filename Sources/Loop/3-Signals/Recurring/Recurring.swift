import Glibc
import Measures
import Records
import Statistics

/// What a recurring problem is summed up from.
public struct RecurringEvidence: Sendable {
    public var id: Int64
    public var words: [String]
    public var chance: Double
    /// The days of all of its incidents, in any order.
    public var days: [Day]
    /// Its latest incidents: what its hours are taken from.
    public var incidents: [RecurringIncident]

    public init(id: Int64, words: [String], chance: Double, days: [Day], incidents: [RecurringIncident]) {
        self.id = id
        self.words = words
        self.chance = chance
        self.days = days
        self.incidents = incidents
    }
}

/// What holds all recurring problems together.
public struct RecurringBackground: Sendable {
    /// The last day of the data.
    public var asOf: Day
    public var firstDay: Day
    /// The problem records of the store, by number: their status, and when they ended.
    public var records: [String: (status: String, endedOn: Day?)]
    /// Oldest first.
    public var changes: [ChangeMade]
    /// The scores of all incidents: their number, sum and sum of squares.
    public var satisfaction: (count: Int, sum: Double, squares: Double)

    public init(
        asOf: Day, firstDay: Day, records: [String: (status: String, endedOn: Day?)] = [:], changes: [ChangeMade] = [],
        satisfaction: (count: Int, sum: Double, squares: Double) = (0, 0, 0)
    ) {
        self.asOf = asOf
        self.firstDay = firstDay
        self.records = records
        self.changes = changes
        self.satisfaction = satisfaction
    }
}

/// The false discovery rate within which a rhythm is told.
private let rhythmRate = 0.05
/// Days that the figures are made of, and the fewest days a month's figure is made of.
private let windowDays = 182
private let windowDaysMin = 28
private let monthDays = 30.4
private let monthsMax = 24
/// Days at most this far from the last one belong to the same spell, as in `returnRhythm`.
private let spellDays = 3
/// It came back: so many spells at least.
private let spellsMin = 3
/// After so many days without it, or half as much again as its longest usual gap, it is quiet.
private let quietDays = 90
/// A change so many days before it came back may have to do with it.
private let changeDays = 3

/// Sums up groups of incidents. Pure. O(incidents + changes × groups with the same service).
/// - Parameter found: Numbers of groups whose words are beyond chance.
public func recurringProblems(
    _ groups: [RecurringEvidence], _ background: RecurringBackground, beyondChance found: Set<Int64>
) -> [RecurringProblem] {
    let rhythms = groups.map { group in returnRhythm(of: group.days.map { Int($0.number) }, spellDays: spellDays) }
    let places = rhythms.indices.filter { rhythms[$0] != nil }
    let rates = discoveryRates(places.map { rhythms[$0]?.p ?? 1 })
    var rhythmic = Set<Int>()
    for (place, rate) in zip(places, rates) where rate <= rhythmRate { rhythmic.insert(place) }
    return groups.indices.compactMap { i in
        problem(
            groups[i], background, rhythm: rhythmic.contains(i) ? rhythms[i] : nil,
            isBeyondChance: found.contains(groups[i].id))
    }
}

private func problem(
    _ group: RecurringEvidence, _ background: RecurringBackground, rhythm found: ReturnRhythm?, isBeyondChance: Bool
) -> RecurringProblem? {
    let days = group.days.sorted()
    guard let first = days.first, let last = days.last else { return nil }
    var spells: [Day] = []
    var before: Day?
    for day in days {
        if before.map({ day - $0 > spellDays }) ?? true { spells.append(day) }
        before = day
    }
    let end = background.asOf
    let window = Period(
        min(max(background.firstDay, end - (windowDays - 1)), end - (windowDaysMin - 1)), through: end)
    let recent = days.count { $0 >= window.first && $0 <= end }
    let months = monthly(days, end)
    let rhythm = found.map {
        RecurringProblem.Rhythm(
            everyDays: Estimate($0.medianDays, low: $0.low, high: $0.high), p: $0.p,
            next: Day(number: Int32($0.next)), nextEarliest: Day(number: Int32($0.nextEarliest)),
            nextLatest: Day(number: Int32($0.nextLatest)))
    }
    let perMonth = rate(recent, over: window.dayCount)
    let earlier = Period(window.first - window.dayCount, through: window.first - 1)
    let perMonthBefore =
        earlier.first >= background.firstDay
        ? rate(days.count { $0 >= earlier.first && $0 <= earlier.last }, over: earlier.dayCount) : nil
    let known = group.incidents.compactMap(\.isWorkaround)
    let work = group.incidents.compactMap(\.workHours)
    var problem = RecurringProblem(
        id: group.id, words: group.words, size: days.count, first: first, last: last, months: months.counts,
        firstMonth: months.first, spells: spells.count, window: window, recent: recent, perMonth: perMonth,
        perMonthBefore: perMonthBefore,
        hoursPerMonth: hours(group.incidents.compactMap(\.hours), perMonth, recent),
        workHoursPerMonth: work.count * 2 > group.incidents.count ? hours(work, perMonth, recent) : nil,
        rhythm: rhythm, workarounds: known.count { $0 }, workaroundsKnown: known.count,
        record: record(group.incidents, days, background), changes: changes(group.incidents, spells, background),
        satisfaction: satisfaction(group.incidents, background), chance: group.chance, standing: .ordinary)
    problem.standing = standing(problem, isBeyondChance: isBeyondChance, asOf: end)
    return problem
}

private func standing(_ problem: RecurringProblem, isBeyondChance: Bool, asOf: Day) -> RecurringProblem.Standing {
    if let record = problem.record, let status = record.status, TicketStatus(word: status)?.isDone != true {
        return .recorded
    }
    guard isBeyondChance, problem.spells >= spellsMin else { return .ordinary }
    let patience = max(Double(quietDays), 1.5 * (problem.rhythm?.everyDays.high ?? 0))
    if Double(asOf - problem.last) > patience { return .quiet }
    if let record = problem.record, record.status != nil { return record.after >= 2 ? .returned : .quiet }
    return .candidate
}

extension TicketStatus {
    /// The word that stores and documents use: `inProgress`.
    public var word: String { "\(self)" }
    public init?(word: String) {
        guard let known = Self.allCases.first(where: { "\($0)" == word }) else { return nil }
        self = known
    }
}

private func monthly(_ days: [Day], _ end: Day) -> (first: Day, counts: [Int]) {
    var starts = [end.startOfMonth]
    while let first = starts.first, starts.count < monthsMax, let earliest = days.first, earliest < first {
        starts.insert((first - 1).startOfMonth, at: 0)
    }
    var counts = [Int](repeating: 0, count: starts.count)
    for day in days where day <= end {
        if let place = starts.lastIndex(where: { $0 <= day }) { counts[place] += 1 }
    }
    return (starts[0], counts)
}

/// A Poisson rate a month with its 95 % interval, by the square root (Freeman and Tukey, 1950).
private func rate(_ count: Int, over days: Int) -> Estimate {
    let months = Double(days) / monthDays
    let root = Double(count).squareRoot()
    let low = max(0, root - 0.98)
    let high = (Double(count) + 1).squareRoot() + 0.98
    return Estimate(Double(count) / months, low: low * low / months, high: high * high / months)
}

/// So many incidents a month, each as long as they are on average, none longer than nineteen of twenty: a few forgotten ones
/// do not decide. The interval holds what both do not say for sure.
private func hours(_ all: [Double], _ perMonth: Estimate, _ recent: Int) -> Estimate? {
    let sorted = all.sorted()
    guard let cap = quantile(sorted: sorted, 0.95) else { return nil }
    let capped = sorted.map { min($0, cap) }
    guard let mean = mean(capped) else { return nil }
    let n = Double(capped.count)
    let spread = n > 1 ? sum(capped.map { ($0 - mean) * ($0 - mean) }) / (n - 1) : mean * mean
    guard mean > 0, recent > 0 else { return Estimate(0, low: 0, high: perMonth.high * mean) }
    let relative = (spread / n / (mean * mean) + 1 / Double(recent)).squareRoot()
    let factor = exp(1.96 * relative)
    let middle = perMonth.estimate * mean
    return Estimate(middle, low: middle / factor, high: middle * factor)
}

/// The problem record that most of its incidents name; two at least, or all of them.
private func record(
    _ incidents: [RecurringIncident], _ days: [Day], _ background: RecurringBackground
) -> RecurringProblem.Record? {
    var counts: [String: Int] = [:]
    for incident in incidents where !incident.problem.isEmpty { counts[incident.problem, default: 0] += 1 }
    guard let (number, count) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
        count >= 2 || count == incidents.count
    else { return nil }
    let known = background.records[number]
    let after = known?.endedOn.map { ended in days.count { $0 > ended } } ?? 0
    return RecurringProblem.Record(
        number: number, incidents: count, status: known?.status, endedOn: known?.endedOn, after: after)
}

/// How often a change on the service of most of its incidents came within three days before it came back.
private func changes(
    _ incidents: [RecurringIncident], _ spells: [Day], _ background: RecurringBackground
) -> RecurringProblem.ChangesBefore? {
    var numbers = Set(incidents.map(\.causedBy).filter { !$0.isEmpty })
    var services: [String: Int] = [:]
    for incident in incidents where !incident.service.isEmpty { services[incident.service, default: 0] += 1 }
    let service = services.max { ($0.value, $1.key) < ($1.value, $0.key) }
    var (followed, expected, chance) = (0, 0.0, 1.0)
    if let (name, count) = service, count * 2 > incidents.count {
        let made = background.changes.filter { $0.service == name }
        var covered = Set<Day>()
        for change in made { for k in 0...changeDays { covered.insert(change.day + k) } }
        let all = max(1, background.asOf - background.firstDay + 1)
        let share = Double(covered.count { $0 >= background.firstDay && $0 <= background.asOf }) / Double(all)
        followed = spells.count { covered.contains($0) }
        expected = share * Double(spells.count)
        chance = binomialTail(atLeast: followed, of: spells.count, share: share)
        for spell in spells where covered.contains(spell) {
            for change in made where change.day <= spell && spell - change.day <= changeDays {
                numbers.insert(change.number)
            }
        }
        if made.isEmpty, numbers.isEmpty { return nil }
    } else if numbers.isEmpty {
        return nil
    }
    let dayOf = Dictionary(background.changes.map { ($0.number, $0.day) }, uniquingKeysWith: { $1 })
    let latest = numbers.sorted { a, b in
        let (x, y) = (dayOf[a]?.number ?? .min, dayOf[b]?.number ?? .min)
        return x != y ? x > y : a < b
    }
    return RecurringProblem.ChangesBefore(
        followed: followed, expected: expected, chance: chance, numbers: Array(latest.prefix(10)))
}

private func binomialTail(atLeast k: Int, of n: Int, share: Double) -> Double {
    if k <= 0 { return 1 }
    if share <= 0 { return 0 }
    if share >= 1 { return 1 }
    var sum = 0.0
    for i in k...n {
        let choices = logGamma(Double(n) + 1) - logGamma(Double(i) + 1) - logGamma(Double(n - i) + 1)
        sum += exp(choices + Double(i) * log(share) + Double(n - i) * log(1 - share))
    }
    return min(1, sum)
}

/// The mean score of its incidents, and that of the others: five of each at least.
private func satisfaction(
    _ incidents: [RecurringIncident], _ background: RecurringBackground
) -> RecurringProblem.Satisfaction? {
    let own = incidents.compactMap(\.satisfaction)
    let ownSum = sum(own)
    let ownSquares = sum(own.map { $0 * $0 })
    let all = background.satisfaction
    guard own.count >= 5, all.count - own.count >= 5 else { return nil }
    return RecurringProblem.Satisfaction(
        own: meanOf(own.count, ownSum, ownSquares), count: own.count,
        others: meanOf(all.count - own.count, all.sum - ownSum, all.squares - ownSquares),
        otherCount: all.count - own.count)
}

private func meanOf(_ count: Int, _ sum: Double, _ squares: Double) -> Estimate {
    let n = Double(count)
    let mean = sum / n
    let variance = max(0, (squares - n * mean * mean) / (n - 1))
    let error = 1.96 * (variance / n).squareRoot()
    return Estimate(mean, low: max(0, mean - error), high: min(1, mean + error))
}

// MARK: As findings

/// The finding that a problem keeps coming back. Its name stays as long as its group.
/// - Parameter name: What people call it; its words unless said.
public func recurrenceSignal(_ problem: RecurringProblem, name: String?) -> Signal? {
    guard problem.isCandidate, let measure = Measure(id: "incidents.opened") else { return nil }
    let after = problem.perMonth.scaled(by: 1 / monthDays)
    let before = problem.perMonthBefore?.scaled(by: 1 / monthDays) ?? Estimate(0, low: 0, high: 0)
    let ratio = before.estimate > 0 ? after.estimate / before.estimate - 1 : 0
    let low = before.high > 0 ? after.low / before.high - 1 : 0
    let high = before.low > 0 ? after.high / before.low - 1 : ratio
    let rhythm = problem.rhythm
    return Signal(
        id: "r\(problem.id)", kind: .recurrence, measure: measure, slice: .everything, at: problem.first,
        atEarliest: problem.first, atLatest: problem.first, direction: .worse, before: before, after: after,
        relative: Estimate(ratio, low: min(low, ratio), high: max(high, ratio)), q: min(1, problem.chance),
        hoursPerMonth: problem.hoursPerMonth, evidenceCount: problem.size,
        evidence: Period(problem.first, through: problem.last),
        subject: SignalSubject(
            id: String(problem.id), name: name ?? problem.title, everyDays: rhythm?.everyDays, next: rhythm?.next,
            due: rhythm.map { Period($0.nextEarliest, through: $0.nextLatest) }))
}

extension RecurringProblem {
    /// Its words as a name.
    public var title: String { words.isEmpty ? "#\(id)" : words.joined(separator: " ") }

    /// The day it is due next, if that is not over.
    public func due(asOf day: Day) -> Day? {
        rhythm.flatMap { $0.nextLatest >= day ? $0.next : nil }
    }
}
