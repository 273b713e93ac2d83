import Languages
import Measures
import Records

/// Round numbers along an axis: steps of 1, 2, 2.5 or 5 times a power of ten, about as many as asked for.
struct Ticks: Equatable {
    let low: Double
    let high: Double
    let step: Double
    let decimals: Int

    /// - Parameter range: The values to hold; equal ends are widened, so that something can be drawn.
    init(holding range: ClosedRange<Double>, about count: Int, fromZero: Bool) {
        var low = range.lowerBound
        var high = range.upperBound
        // A line that uses less than half of its paper down to zero stands on zero: no small change looks large.
        if fromZero || (low >= 0 && low < high * 0.6) { low = min(0, low) }
        if high <= low {
            let room = max(high.magnitude * 0.1, 0.5)
            low = low >= 0 && low - room < 0 ? 0 : low - room
            high += room
        }
        let rough = (high - low) / Double(max(count, 1))
        var power = 1.0
        while power * 10 <= rough { power *= 10 }
        while power > rough { power /= 10 }
        let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
        self.step = step
        self.low = (low / step).rounded(.down) * step
        self.high = (high / step).rounded(.up) * step
        var decimals = 0
        var scaled = step
        while decimals < 6, (scaled - scaled.rounded()).magnitude > 1e-6 * scaled {
            scaled *= 10
            decimals += 1
        }
        self.decimals = decimals
    }

    var values: [Double] {
        let count = Int(((high - low) / step).rounded())
        guard count > 0, count < 50 else { return [low] }
        return (0...count).map { low + Double($0) * step }
    }
}

/// Where the time axis says something: the fewest marks that still tell the date, at least so many pixels apart.
struct TimeMarks {
    struct Mark: Equatable {
        var day: Day
        var label: String
    }

    let marks: [Mark]

    init(_ period: Period, width: Double, apart: Double, figures: Figures) {
        let perDay = width / Double(max(period.dayCount, 1))
        func fits(_ days: Int) -> Bool { Double(days) * perDay >= apart }
        if let every = [1, 2, 7, 14].first(where: fits), period.dayCount <= 92 {
            var day = period.first
            if every >= 7 { day = day + (7 - day.weekday) % 7 }
            var marks: [Mark] = []
            while day <= period.last {
                marks.append(Mark(day: day, label: figures.chartDate(day)))
                day = day + every
            }
            self.marks = marks
            return
        }
        if let months = [1, 2, 3, 6].first(where: { fits($0 * 28) }) {
            marks = TimeMarks.months(every: months, in: period, figures)
            return
        }
        let years = [1, 2, 5, 10, 20, 50, 100].first { fits($0 * 360) } ?? 500
        marks = TimeMarks.years(every: years, in: period, figures)
    }

    private static func months(every: Int, in period: Period, _ figures: Figures) -> [Mark] {
        var marks: [Mark] = []
        var (year, month, _) = period.first.components
        month = (month - 1) / every * every + 1
        while let day = Day(year: year, month: month, day: 1), day <= period.last {
            if day >= period.first {
                let label = month == 1 ? figures.year(year) : figures.shortMonth(month)
                marks.append(Mark(day: day, label: label))
            }
            month += every
            if month > 12 {
                month -= 12
                year += 1
            }
        }
        return marks
    }

    private static func years(every: Int, in period: Period, _ figures: Figures) -> [Mark] {
        let last = period.last.components.year
        var year = (period.first.components.year + every - 1) / every * every
        var marks: [Mark] = []
        while year <= last {
            if let day = Day(year: year, month: 1, day: 1), period.contains(day) {
                marks.append(Mark(day: day, label: figures.year(year)))
            }
            year += every
        }
        return marks
    }
}
