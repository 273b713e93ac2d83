import Records

/// How far apart the steps of a series are, as its dates say.
public enum StepLength: Sendable, Equatable {
    case seconds(Int)
    case months(Int)

    /// How many of the first dates are looked at.
    private static let looked = 12

    /// Tells it from the first dates; nil where the steps are plain numbers, or their distance is no usual one.
    ///
    /// The distance most of them have: a gap or two do no harm.
    public init?(of steps: [String]) {
        let first = steps.prefix(Self.looked)
        let moments = first.compactMap(moment)
        guard moments.count == first.count, moments.count >= 2 else { return nil }
        var counts: [StepLength: Int] = [:]
        for (a, b) in zip(moments, moments.dropFirst()) {
            guard let length = StepLength(from: a, to: b) else { continue }
            counts[length, default: 0] += 1
        }
        let most = counts.max { a, b in a.value != b.value ? a.value < b.value : a.key.order > b.key.order }
        guard let most, 2 * most.value >= moments.count - 1 else { return nil }
        self = most.key
    }

    private init?(from a: Moment, to b: Moment) {
        let seconds = Int(b.seconds - a.seconds)
        switch seconds {
        case 1...(8 * 86_400): self = .seconds(seconds)
        case (28 * 86_400)...(31 * 86_400): self = .months(1)
        case (89 * 86_400)...(92 * 86_400): self = .months(3)
        case (365 * 86_400)...(366 * 86_400): self = .months(12)
        default: return nil
        }
    }

    private var order: Int {
        switch self {
        case .seconds(let s): s
        case .months(let m): m * 31 * 86_400
        }
    }

    /// The seasons that steps of this length may have, in steps, shortest first.
    public var seasons: [Int] {
        switch self {
        case .months(1): [12]
        case .months(3): [4]
        case .months: []
        case .seconds(604_800): [52]
        case .seconds(86_400): [7, 365]
        case .seconds(60): [60, 1440]
        case .seconds(let s) where s < 86_400 && 86_400 % s == 0 && s >= 300:
            [86_400 / s, 604_800 / s].filter { $0 > 1 }
        case .seconds: []
        }
    }

    /// The date so many steps after another, written as that one was; nil where it was no date.
    public func date(_ steps: Int, after text: String) -> String? {
        guard let start = moment(text) else { return nil }
        let later: Moment
        switch self {
        case .seconds(let s): later = Moment(seconds: start.seconds + Int64(s * steps))
        case .months(let m): later = start.addingMonths(m * steps)
        }
        let written = later.description
        if text.utf8.count == 10 { return String(written.prefix(10)) }
        guard text.utf8.count >= 19 else { return nil }
        let separator = text.utf8.dropFirst(10).first == 32 ? " " : "T"
        return written.prefix(10) + separator + written.dropFirst(11).prefix(8) + (text.hasSuffix("Z") ? "Z" : "")
    }
}

extension StepLength: Hashable {}

extension Moment {
    /// The same time of the month so many months later; the last day of a month stays the last.
    fileprivate func addingMonths(_ months: Int) -> Moment {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let day = Day(number: Int32(days))
        let parts = day.components
        let isLast = (day + 1).components.day == 1
        let total = parts.year * 12 + parts.month - 1 + months
        let first = Day(year: total / 12, month: total % 12 + 1, day: 1)
        let next = Day(year: (total + 1) / 12, month: (total + 1) % 12 + 1, day: 1)
        guard let first, let next else { return self }
        let length = next - first
        let target = first + ((isLast ? length : min(parts.day, length)) - 1)
        return Moment(seconds: target.startInUTC.seconds + (seconds - days * 86_400))
    }
}

/// A date or a time as series have them: `2024-02-29`, `2024-02-29 13:00:00` or RFC 3339.
private func moment(_ text: String) -> Moment? {
    if text.utf8.count == 10 { return Day(text).map(\.startInUTC) }
    guard text.utf8.count >= 16 else { return nil }
    if let moment = Moment(rfc3339: text) { return moment }
    let whole = text.utf8.count == 16 ? text + ":00Z" : text + "Z"
    return Moment(rfc3339: whole.replacing(" ", with: "T"))
}
