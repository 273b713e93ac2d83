import Records
import Statistics

/// The tickets of one kind, in the days that can be analysed, as small integers: day of the window and code of the value
/// in each dimension. About 6 bytes a ticket.
struct Columns {
    /// The days analysed.
    let window: Period
    /// The days from the first opening to the last.
    let whole: Period
    /// The moment up to which is known what happened, in seconds since 1970: the last in the data, never the clock.
    let last: UInt32
    /// The row of each ticket in the table.
    let rows: [Int32]
    /// Its day, counted from the first of the window.
    let day: [UInt16]
    /// The dimensions that carry values, and for each the code of each ticket; 0 is none.
    let dimensions: [Dimension]
    let codes: [Codes]
    /// What a code stands for; code 0 is `Name.none`.
    let values: [[Name]]
    /// Values with too few tickets to get a code.
    let valuesTooSmall: Int

    var count: Int { rows.count }
    var days: Int { window.dayCount }
    var thinsOut: Bool { window != whole }

    /// A day index has 16 bits; longer histories are cut to their latest days.
    static let daysMax = 65_535
    /// Codes have 16 bits; a dimension with more values than this keeps its largest.
    static let valuesMax = 65_534

    /// - Parameter until: Nothing after this moment is known: later tickets do not exist, later ends have not happened.
    /// - Returns: Nil when there is no ticket that counts.
    init?(_ table: TicketTable, kind: TicketKind, zone: Zone, until: Moment?, dimensions asked: [Dimension]) {
        let void = TicketStatus.allCases.filter(\.isVoid).map(\.rawValue)
        let limit = until.map { UInt32(clamping: max(1, $0.seconds)) } ?? .max
        var rows: [Int32] = []
        var dayNumbers: [Int32] = []
        var latest: UInt32 = 0
        if let update = table.lastUpdated.map({ UInt32(clamping: $0.seconds) }), update <= limit { latest = update }
        for i in 0..<table.count where table.kind[i] == kind.rawValue && !void.contains(table.status[i]) {
            let opened = table.opened[i]
            guard opened > 0, opened <= limit else { continue }
            rows.append(Int32(i))
            for t in [opened, table.resolved[i], table.closed[i]] where t <= limit { latest = max(latest, t) }
        }
        // Ties are broken by place, so the place must not depend on the order in which the tickets came.
        if !zip(rows, rows.dropFirst()).allSatisfy({ table.isBefore(Int($0), Int($1)) }) {
            rows.sort { table.isBefore(Int($0), Int($1)) }
        }
        dayNumbers.reserveCapacity(rows.count)
        for row in rows {
            dayNumbers.append(zone.day(of: Moment(seconds: Int64(table.opened[Int(row)]))).number)
        }
        guard let first = dayNumbers.min(), let end = dayNumbers.max() else { return nil }
        let whole = Period(Day(number: max(first, end - Int32(Self.daysMax) + 1)), through: Day(number: end))
        var window = whole
        if let dense = Self.dense(dayNumbers, whole) { window = dense }
        if let complete = Self.complete(table, rows, dayNumbers, window, latest: latest, zone: zone) {
            window = complete
        }

        var day: [UInt16] = []
        day.reserveCapacity(rows.count)
        var kept = 0
        for k in rows.indices where window.contains(Day(number: dayNumbers[k])) {
            day.append(UInt16(dayNumbers[k] - window.first.number))
            rows[kept] = rows[k]
            kept += 1
        }
        rows.removeLast(rows.count - kept)

        var dimensions: [Dimension] = []
        var codes: [Codes] = []
        var values: [[Name]] = []
        var tooSmall = 0
        let least = Slices.leastOfSingle(days: window.dayCount)
        let most = Int(0.98 * Double(kept))
        for dimension in Dimension.allCases where asked.contains(dimension) {
            let places = table.attributes.places(dimension)
            var counts = [Int32](repeating: 0, count: places.names.count)
            for row in rows { counts[places[Int(row)]] += 1 }
            var named = counts.indices.filter { $0 > 0 && counts[$0] >= least && counts[$0] <= most }
            tooSmall += counts.indices.count { $0 > 0 && counts[$0] > 0 && counts[$0] < least }
            if named.count > Self.valuesMax {
                named.sort { (counts[$0], $1) > (counts[$1], $0) }
                tooSmall += named.count - Self.valuesMax
                named.removeLast(named.count - Self.valuesMax)
            }
            // In the order of the names' text, so that nothing depends on which row came first.
            let sorted = named.filter { !Self.isUnknown(table.names[places.names[$0]]) }
                .sorted { table.names[places.names[$0]] < table.names[places.names[$1]] }
            if sorted.isEmpty { continue }
            var codeOf = [UInt16](repeating: 0, count: counts.count)
            for (k, place) in sorted.enumerated() { codeOf[place] = UInt16(k + 1) }
            dimensions.append(dimension)
            codes.append(Codes(places: places, rows: rows, codeOf: codeOf))
            values.append([.none] + sorted.map { places.names[$0] })
        }
        self.window = window
        self.whole = whole
        self.last = latest
        self.rows = rows
        self.day = day
        self.dimensions = dimensions
        self.codes = codes
        self.values = values
        self.valuesTooSmall = tooSmall
    }

    /// Words that systems write for no value.
    private static func isUnknown(_ text: String) -> Bool { text == "?" }

    /// Open tickets that should be there, by how long earlier ones took, before their absence means anything.
    private static let openExpectedMin = 10.0

    /// The days whose tickets are all there, when the export holds only what was closed within some dates: then its last
    /// openings are only the fast ones, and those before its first closing only the slow ones.
    private static func complete(
        _ table: TicketTable, _ rows: [Int32], _ days: [Int32], _ window: Period, latest: UInt32, zone: Zone
    ) -> Period? {
        let early = window.first.number + Int32(0.7 * Double(window.dayCount))
        var durations: [Double] = []
        var open = 0.0
        var firstEnd = UInt32.max
        for (k, row) in rows.enumerated() where window.contains(Day(number: days[k])) {
            let i = Int(row)
            let end = table.resolved[i] > 0 ? table.resolved[i] : table.closed[i]
            if end > 0, end >= table.opened[i], end <= latest {
                firstEnd = min(firstEnd, end)
                if days[k] < early { durations.append(Double(end - table.opened[i])) }
            } else if !(TicketStatus(rawValue: table.status[i])?.isDone ?? false) || end > latest {
                open += 1
            }
        }
        durations.sort()
        guard durations.count >= 100, let slow = quantile(sorted: durations, 0.95) else { return nil }
        var expected = 0.0
        for (k, row) in rows.enumerated() where window.contains(Day(number: days[k])) {
            let age = Double(latest - table.opened[Int(row)])
            var low = 0
            var high = durations.count
            while low < high {
                let middle = (low + high) / 2
                if durations[middle] <= age { low = middle + 1 } else { high = middle }
            }
            expected += 1 - Double(low) / Double(durations.count)
        }
        guard expected >= openExpectedMin, open < 0.1 * expected else { return nil }
        let cut = UInt32(clamping: Int64(latest) - Int64(slow))
        let last = min(window.last, zone.day(of: Moment(seconds: Int64(cut))))
        let first = max(window.first, zone.day(of: Moment(seconds: Int64(firstEnd))))
        guard last - first >= window.dayCount / 2 else { return nil }
        return Period(first, through: last)
    }

    /// The shortest run of days that holds 95 % of the tickets, when it is much shorter than it would be in an even
    /// export: then the export thins out at its ends, as one cut by closing date does.
    private static func dense(_ days: [Int32], _ whole: Period) -> Period? {
        var counts = [Int](repeating: 0, count: whole.dayCount)
        for day in days where day >= whole.first.number { counts[Int(day - whole.first.number)] += 1 }
        let needed = Int((0.95 * Double(counts.reduce(0, +))).rounded(.up))
        var best: (first: Int, last: Int)?
        var inside = 0
        var first = 0
        for last in counts.indices {
            inside += counts[last]
            while inside - counts[first] >= needed {
                inside -= counts[first]
                first += 1
            }
            guard inside >= needed else { continue }
            if let b = best, b.last - b.first <= last - first { continue }
            best = (first, last)
        }
        guard let best, Double(best.last - best.first + 1) < 0.7 * 0.95 * Double(counts.count) else { return nil }
        return Period(whole.first + best.first, through: whole.first + best.last)
    }
}

/// The code of each ticket in one dimension: read from the table itself, so that a dimension costs nothing here.
struct Codes {
    private let places: AttributeColumns.Places
    /// Empty when each ticket's row is its own place.
    private let rows: [Int32]
    private let codeOf: [UInt16]
    let count: Int

    init(places: AttributeColumns.Places, rows: [Int32], codeOf: [UInt16]) {
        self.places = places
        self.codeOf = codeOf
        count = rows.count
        self.rows = rows.indices.allSatisfy { rows[$0] == $0 } ? [] : rows
    }

    @inline(__always)
    subscript(ticket: Int) -> UInt16 { codeOf[places[rows.isEmpty ? ticket : Int(rows[ticket])]] }
    @inline(__always)
    subscript(ticket: Int32) -> UInt16 { self[Int(ticket)] }
}
