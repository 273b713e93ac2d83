import Foundation

/// A time zone as a table of its offsets, so that a million moments find their day without asking the system each time.
///
/// Covers 1990 to 2060; outside it the nearest known offset holds. Making one costs about a millisecond, asking O(log n).
public struct Zone: Sendable, Hashable {
    /// The name it was asked for: `UTC`, `Europe/Copenhagen`, `+08:00`.
    public let name: String
    /// From when on each offset holds, ascending.
    private let starts: [Int64]
    /// Seconds to add to UTC; one more than `starts`, the first holding before all of them.
    private let offsets: [Int32]

    public static let utc = Zone(name: "UTC", starts: [], offsets: [0])

    private init(name: String, starts: [Int64], offsets: [Int32]) {
        self.name = name
        self.starts = starts
        self.offsets = offsets
    }

    /// A zone of the tz database, `UTC`, or a fixed offset such as `+01:00`.
    /// - Returns: Nil when this machine knows no such zone.
    public init?(_ name: String) {
        if name == "UTC" || name == "Z" {
            self = .utc
            return
        }
        let bytes = Array(name.utf8)
        if let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let h = digits(bytes[1...2]),
                let m = digits(bytes[4...5]), h <= 14, m < 60
            else { return nil }
            let seconds = Int32(h * 3600 + m * 60)
            self.init(name: name, starts: [], offsets: [sign == UInt8(ascii: "+") ? seconds : -seconds])
            return
        }
        guard let zone = TimeZone(identifier: name) else { return nil }
        var at = Date(timeIntervalSince1970: 631_152_000)
        let end = Date(timeIntervalSince1970: 2_840_140_800)
        var starts: [Int64] = []
        var offsets = [Int32(zone.secondsFromGMT(for: at))]
        while let next = zone.nextDaylightSavingTimeTransition(after: at), next < end, next > at {
            starts.append(Int64(next.timeIntervalSince1970.rounded()))
            offsets.append(Int32(zone.secondsFromGMT(for: next.addingTimeInterval(1))))
            at = next
        }
        self.init(name: name, starts: starts, offsets: offsets)
    }

    /// Seconds that local clocks are ahead of UTC at a moment given in seconds since 1970.
    public func offset(at seconds: Int64) -> Int64 {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return Int64(offsets[low])
    }

    /// The day of the calendar on which a moment falls here.
    public func day(of moment: Moment) -> Day {
        let s = moment.seconds
        let local = s + offset(at: s)
        return Day(number: Int32(truncatingIfNeeded: local >= 0 ? local / 86_400 : (local - 86_399) / 86_400))
    }

    /// The moment at which a local clock shows this many seconds since its own 1970-01-01.
    ///
    /// An hour that a clock change repeats is read as its first pass; an hour it skips, as if the clock had not been
    /// changed yet.
    public func moment(localSeconds: Int64) -> Moment {
        let early = localSeconds - offset(at: localSeconds - 86_400)
        if early + offset(at: early) == localSeconds { return Moment(seconds: early) }
        let late = localSeconds - offset(at: localSeconds + 86_400)
        if late + offset(at: late) == localSeconds { return Moment(seconds: late) }
        return Moment(seconds: early)
    }

    /// The first moment of a day here.
    public func start(of day: Day) -> Moment { moment(localSeconds: Int64(day.number) * 86_400) }
}
