import Measures
import Records
import Signals
import Store

/// What the organisation has said about itself: the ground that days, hours and money stand on.
public struct Organisation: Sendable {
    public var zone: Zone
    public var calendar: BusinessCalendar
    /// What an hour costs; nil where it was never said, and then nothing is shown in money.
    public var rate: Double?
    public var currency: String
    public var targets: [Target]

    public init(
        zone: Zone = .utc, holidays: Set<Day> = [], rate: Double? = nil, currency: String = "", targets: [Target] = []
    ) {
        self.zone = zone
        self.calendar = BusinessCalendar(zone: zone, holidays: holidays)
        self.rate = rate
        self.currency = currency
        self.targets = targets
    }

    /// As the store's settings say; what was never set has its ordinary value.
    public init(of store: any Store) async throws {
        let zone = try await store.setting(.zone).flatMap { Zone($0) } ?? .utc
        let holidays = try await store.setting(.holidays)?.split(separator: "\n").compactMap { Day($0) } ?? []
        self.init(
            zone: zone, holidays: Set(holidays), rate: try await store.setting(.rate).flatMap { Double($0) },
            currency: try await store.setting(.currency) ?? "",
            targets: try await store.setting(.targets)?.split(separator: "\n").compactMap { Target(line: $0) } ?? [])
        guard let hours = try await store.setting(.businessHours), let parsed = Self.hours(hours) else { return }
        calendar = BusinessCalendar(
            zone: zone, workdays: parsed.days, opensAt: parsed.opens, closesAt: parsed.closes,
            holidays: Set(holidays))
    }

    /// Whether a text says business hours in the form the settings keep.
    public static func areHours(_ text: String) -> Bool { hours(text) != nil }

    /// `0,1,2,3,4 480-960`: Monday to Friday, from eight to four, in minutes after midnight.
    private static func hours(_ text: String) -> (days: Set<Int>, opens: Int, closes: Int)? {
        let halves = text.split(separator: " ")
        guard halves.count == 2 else { return nil }
        let days = halves[0].split(separator: ",").compactMap { Int($0) }.filter { (0...6).contains($0) }
        let ends = halves[1].split(separator: "-").compactMap { Int($0) }
        guard !days.isEmpty, ends.count == 2, ends[0] >= 0, ends[1] > ends[0], ends[1] <= 1440 else { return nil }
        return (Set(days), ends[0], ends[1])
    }
}

extension Target {
    /// `incidents.slaMet category=Email 0.9`: the measure, the slice's address (or `-` for everything), the value.
    public init?(line: some StringProtocol) {
        let words = line.split(separator: " ")
        guard words.count == 3, Measure(id: String(words[0])) != nil, let value = Double(words[2]), value.isFinite,
            let slice = words[1] == "-" ? Slice.everything : Slice(address: String(words[1]))
        else { return nil }
        self.init(measure: String(words[0]), slice: slice, value: value)
    }

    /// What `init(line:)` reads.
    public var line: String {
        "\(measure) \(slice.parts.isEmpty ? "-" : slice.address) \(value)"
    }
}
