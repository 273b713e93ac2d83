import Records

/// A series with a step for every date: where the dates are regular but for absent rows, these are steps without a value.
///
/// Months, quarters and years are counted by the calendar. Days of the week that never have a row, with three weeks to tell
/// from, are closed: no steps at all. Series without dates, or with dates at no usual distance, stay as they are.
struct RegularSeries {
    private(set) var series: NamedSeries
    /// Nil where there are no dates, or their distance is no usual one.
    let length: StepLength?
    /// How many steps had no row.
    private(set) var inserted = 0
    /// The step of each row; empty where every step has one.
    private var stepOfRow: [Int] = []
    /// Weekdays from 0, the day of the week of 1970-01-01.
    private var closed: Set<Int> = []
    private var lastDay = 0

    /// The most steps that are put in, for each row there is: more is a mistake in the dates.
    static let stepsPerRow = 20
    private static let day = 86_400

    /// - Throws: `SeriesFileError` where dates are repeated, fall back, cannot be read or lie too far apart.
    init(_ series: NamedSeries, shownAs name: String) throws(SeriesFileError) {
        self.series = series
        let stamps = try Self.stamps(series, name)
        length = stamps.isEmpty ? nil : StepLength(of: series.steps)
        guard let length, let places = Self.places(stamps, length), let last = places.last else { return }
        let firstDay = Self.dayNumber(stamps[0])
        lastDay = Self.dayNumber(stamps[stamps.count - 1])
        if length == .seconds(Self.day), places.count >= 15, last >= 20 {
            let open = Set(places.map { Self.weekday(firstDay + $0) })
            if open.count >= 2 { closed = Set(0..<7).subtracting(open) }
        }
        guard last >= places.count else { return }
        guard last < Self.stepsPerRow * places.count else { throw Self.tooFarApart(series, places, name) }
        fill(places, length, firstDay)
    }

    /// The date so many steps after the last row.
    func date(_ step: Int) -> String? {
        guard let length, let last = series.steps.last else { return nil }
        guard !closed.isEmpty else { return length.date(step, after: last) }
        var days = 0
        var open = 0
        while open < step {
            days += 1
            if !closed.contains(Self.weekday(lastDay + days)) { open += 1 }
        }
        return length.date(days, after: last)
    }

    /// How many rows come before a step: the row of that step, or the next one where it has none.
    func rows(before step: Int) -> Int {
        guard !stepOfRow.isEmpty else { return step }
        var (low, high) = (0, stepOfRow.count)
        while low < high {
            let middle = (low + high) / 2
            if stepOfRow[middle] < step { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// What there is for each step, such as a limit, for the rows alone.
    func rowsOnly(_ values: [Double]) -> [Double] { stepOfRow.isEmpty ? values : stepOfRow.map { values[$0] } }

    /// What there is for each row, with gaps where steps have none.
    func withGaps(_ values: [Double]) -> [Double] {
        guard !stepOfRow.isEmpty else { return values }
        var out = [Double](repeating: .nan, count: series.values.count)
        for (step, value) in zip(stepOfRow, values) { out[step] = value }
        return out
    }

    /// Says how many steps have no row; nil where all have one.
    var gapNote: String? {
        inserted > 0 ? "\(inserted) of \(series.values.count) steps have no row and count as missing" : nil
    }

    /// Candidates that the dates suggest; a week without its closed days is as long as the days that are left.
    var suggestedSeasons: [Int] { closed.isEmpty ? series.suggestedSeasons : [7 - closed.count] }

    private mutating func fill(_ places: [Int], _ length: StepLength, _ firstDay: Int) {
        var (steps, values, lines): ([String], [Double], [Int]) = ([], [], [])
        for (row, place) in places.enumerated() {
            if row > 0 {
                let before = places[row - 1]
                for i in (before + 1)..<max(before + 1, place) {
                    if !closed.isEmpty, closed.contains(Self.weekday(firstDay + i)) { continue }
                    let text = series.steps[row - 1]
                    steps.append(length.date(i - before, after: text) ?? text)
                    values.append(.nan)
                    lines.append(series.lines[row])
                }
            }
            stepOfRow.append(steps.count)
            steps.append(series.steps[row])
            values.append(series.values[row])
            lines.append(series.lines[row])
        }
        inserted = steps.count - places.count
        (series.steps, series.values, series.lines) = (steps, values, lines)
    }

    /// The times of all rows, later and later; none where the first is no date.
    private static func stamps(
        _ series: NamedSeries, _ name: String
    ) throws(SeriesFileError) -> [TimestampReader.Stamp] {
        var reader = TimestampReader()
        var stamps: [TimestampReader.Stamp] = []
        for (row, text) in series.steps.enumerated() {
            let bytes = Array(text.utf8)
            let isDate = bytes.count >= 10 && bytes[4] == UInt8(ascii: "-") && bytes[7] == UInt8(ascii: "-")
            guard isDate, let stamp = reader.read(bytes.span, 0..<bytes.count) else {
                if row == 0 { return [] }
                throw SeriesFileError(
                    "\(name):\(series.lines[row]): “\(text)” is no date, and the rows before it have one")
            }
            if let before = stamps.last, stamp.seconds <= before.seconds {
                let place = "\(name):\(series.lines[row]): “\(text)” "
                throw SeriesFileError(
                    stamp.seconds == before.seconds
                        ? place
                            + "comes twice in the series “\(series.id)”; keep one row a step, and write times in UTC"
                        : place + "is earlier than the row before it in the series “\(series.id)”; sort each by time")
            }
            stamps.append(stamp)
        }
        return stamps
    }

    /// How many steps each row comes after the first; nil where one is off the grid.
    private static func places(_ stamps: [TimestampReader.Stamp], _ length: StepLength) -> [Int]? {
        var places: [Int] = []
        for stamp in stamps {
            let distance: Double
            switch length {
            case .seconds(let s):
                // Days begin by the clock where they are, shorter steps go by elapsed time.
                let shift = s % day == 0 ? stamp.offset - stamps[0].offset : 0
                distance = (stamp.seconds + shift - stamps[0].seconds) / Double(s)
            case .months(let m):
                distance = Double(month(stamp) - month(stamps[0])) / Double(m)
            }
            guard let place = Int(exactly: distance), place > places.last ?? -1 else { return nil }
            places.append(place)
        }
        return places
    }

    private static func tooFarApart(_ series: NamedSeries, _ places: [Int], _ name: String) -> SeriesFileError {
        var widest = 1
        for row in 1..<places.count where places[row] - places[row - 1] > places[widest] - places[widest - 1] {
            widest = row
        }
        return SeriesFileError(
            "\(name):\(series.lines[widest]): “\(series.steps[widest])” is too far from the row before it in the series "
                + "“\(series.id)”; at most \(stepsPerRow) steps a row are put in")
    }

    private static func dayNumber(_ stamp: TimestampReader.Stamp) -> Int {
        Int(((stamp.seconds + stamp.offset) / Double(day)).rounded(.down))
    }

    private static func month(_ stamp: TimestampReader.Stamp) -> Int {
        let parts = Day(number: Int32(clamping: dayNumber(stamp))).components
        return parts.year * 12 + parts.month
    }

    private static func weekday(_ day: Int) -> Int { (day % 7 + 7) % 7 }
}
