import Records
import Statistics

/// Numbers, dates and times as a language writes them.
///
/// Written by hand: the same bytes on every machine, and no formatter objects to build for every cell of a table.
public struct Figures: Sendable {
    public let language: Language

    public init(_ language: Language) { self.language = language }

    /// Between a number and its unit.
    static let noBreak = "\u{A0}"
    static let minus = "\u{2212}"
    /// What stands in a table where there is no value.
    public static let missing = "–"

    // MARK: Numbers

    /// A whole number with thousands marks: `24,918`, `24.918`.
    public func count(_ value: Int) -> String { (value < 0 ? Figures.minus : "") + grouped(String(value.magnitude)) }

    /// A number with this many decimals, halves away from zero.
    ///
    /// Beyond 10^15 the decimals mean nothing and are left out; what is not a number is shown as missing.
    public func number(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return Figures.missing }
        let magnitude = value.magnitude
        guard magnitude < 1e15 else { return (value < 0 ? Figures.minus : "") + "10^\(exponent(of: magnitude))" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = Int64((magnitude * scale).rounded())
        let whole = scaled / Int64(scale)
        let sign = value < 0 && scaled != 0 ? Figures.minus : ""
        if decimals == 0 { return sign + grouped(String(whole)) }
        let rest = String(scaled % Int64(scale))
        let zeros = String(repeating: "0", count: decimals - rest.count)
        return sign + grouped(String(whole)) + (language == .da ? "," : ".") + zeros + rest
    }

    /// A number with as many decimals as say something: two below 1, one below 100, then none.
    public func number(_ value: Double) -> String { number(value, decimals: Figures.decimals(for: value)) }

    /// What a device measured, in its unit: three figures say what changed, where the level is high and the change small.
    func reading(_ value: Double, _ unit: String) -> String {
        let text = number(
            value, decimals: value.magnitude >= 99.95 && value.magnitude < 9_999 ? 1 : Figures.decimals(for: value))
        return unit.isEmpty ? text : text + Figures.noBreak + unit
    }

    static func decimals(for value: Double) -> Int {
        let m = value.magnitude
        guard m.isFinite, m != 0, m < 99.95 else { return 0 }
        if (m * 10 - (m * 10).rounded()).magnitude < 1e-9, m == m.rounded() { return 0 }
        if m >= 0.995 { return 1 }
        return Int((m * 100).rounded()) % 10 == 0 ? 1 : 2
    }

    /// Rounded so that no more is claimed than is known: two significant figures, at least to the unit.
    public static func rounded(_ value: Double) -> Double {
        guard value.isFinite, value != 0 else { return value }
        let m = value.magnitude
        if m < 1 { return (value * 10).rounded() / 10 }
        if m < 100 { return value.rounded() }
        var step = 1.0
        while m / step >= 100 { step *= 10 }
        return (value / step).rounded() * step
    }

    private func grouped(_ digits: String) -> String {
        guard digits.utf8.count > 3 else { return digits }
        var out: [UInt8] = []
        let bytes = Array(digits.utf8)
        for (i, byte) in bytes.enumerated() {
            if i > 0, (bytes.count - i) % 3 == 0 { out.append(language == .da ? 46 : 44) }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
    }

    private func exponent(of value: Double) -> Int {
        var e = 0
        var v = value
        while v >= 10 {
            v /= 10
            e += 1
        }
        return e
    }

    // MARK: Percent

    /// A share as a percentage: 0.923 is `92 %`, below 10 % with one decimal.
    public func percent(_ share: Double) -> String {
        let value = share * 100
        return number(value, decimals: percentDecimals(value)) + percentSign
    }

    /// A relative change with its sign: `+54 %`.
    public func change(_ share: Double) -> String {
        let value = share * 100
        let text = number(value, decimals: percentDecimals(value))
        return (value > 0 && text != "0" ? "+" : "") + text + percentSign
    }

    /// The interval of a relative change: `38 to 71 %` when both ends are rises, with signs when one is not.
    public func changes(_ low: Double, _ high: Double) -> String {
        let isRise = low > 0
        func figure(_ share: Double) -> String {
            let text = number(share * 100, decimals: percentDecimals(share * 100))
            return !isRise && share > 0 ? "+" + text : text
        }
        // Chinese repeats the sign: 38% 至 71%.
        return range(figure(low) + (language == .zh ? percentSign : ""), figure(high) + percentSign)
    }

    /// A difference of two shares, in percentage points, without its unit: `+11`.
    func points(_ share: Double) -> String {
        let value = share * 100
        return (value > 0 ? "+" : "") + number(value, decimals: percentDecimals(value))
    }

    func percentDecimals(_ value: Double) -> Int {
        let m = value.magnitude
        // Nearly all is not all.
        if m > 99, m < 99.95 { return 1 }
        return m == 0 || m >= 9.95 || (m - m.rounded()).magnitude < 0.05 ? 0 : 1
    }

    var percentSign: String { language == .zh ? "%" : Figures.noBreak + "%" }

    // MARK: Intervals

    /// `38 to 71`, `38 til 71`, `38 至 71`.
    public func range(_ low: String, _ high: String) -> String {
        switch language {
        case .en: "\(low) to \(high)"
        case .da: "\(low) til \(high)"
        case .zh: "\(low) 至 \(high)"
        }
    }

    /// For narrow cells: `38–71`, `38～71`; with a minus in it, the word.
    public func shortRange(_ low: String, _ high: String) -> String {
        if low.hasPrefix(Figures.minus) || high.hasPrefix(Figures.minus) { return range(low, high) }
        return low + (language == .zh ? "～" : "–") + high
    }

    // MARK: Days

    static let enMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let daMonths = [
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
        "december",
    ]
    static let enShort = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    static let daShort = [
        "jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec.",
    ]
    static let enDays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    static let daDays = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
    static let zhDays = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"]

    /// In a sentence: `12 March 2024`, `12. marts 2024`, `2024年3月12日`.
    public func date(_ day: Day) -> String {
        let (y, m, d) = day.components
        switch language {
        case .en: return "\(d)\(Figures.noBreak)\(Figures.enMonths[m - 1]) \(y)"
        case .da: return "\(d).\(Figures.noBreak)\(Figures.daMonths[m - 1]) \(y)"
        case .zh: return "\(y)年\(m)月\(d)日"
        }
    }

    /// In a sentence, without the year: `12 March`.
    public func dayAndMonth(_ day: Day) -> String {
        let (_, m, d) = day.components
        switch language {
        case .en: return "\(d)\(Figures.noBreak)\(Figures.enMonths[m - 1])"
        case .da: return "\(d).\(Figures.noBreak)\(Figures.daMonths[m - 1])"
        case .zh: return "\(m)月\(d)日"
        }
    }

    /// In a table: `12 Mar 2024`, `12.03.2024`, `2024-03-12`.
    public func shortDate(_ day: Day) -> String {
        let (y, m, d) = day.components
        switch language {
        case .en: return "\(d)\(Figures.noBreak)\(Figures.enShort[m - 1])\(Figures.noBreak)\(y)"
        case .da: return "\(two(d)).\(two(m)).\(y)"
        case .zh: return day.description
        }
    }

    /// On a chart, where the axis says the year: `12 Mar`, `12. mar.`, `3月12日`.
    public func chartDate(_ day: Day) -> String {
        let (_, m, d) = day.components
        switch language {
        case .en: return "\(d) \(Figures.enShort[m - 1])"
        case .da: return "\(d). \(Figures.daShort[m - 1])"
        case .zh: return "\(m)月\(d)日"
        }
    }

    /// A month on an axis: `Mar`, `mar.`, `3月`.
    public func shortMonth(_ month: Int) -> String {
        switch language {
        case .en: Figures.enShort[month - 1]
        case .da: Figures.daShort[month - 1]
        case .zh: "\(month)月"
        }
    }

    /// A year on an axis or in a table.
    public func year(_ year: Int) -> String { language == .zh ? "\(year)年" : "\(year)" }

    public func weekday(_ day: Day) -> String {
        switch language {
        case .en: Figures.enDays[day.weekday]
        case .da: Figures.daDays[day.weekday]
        case .zh: Figures.zhDays[day.weekday]
        }
    }

    /// From one day to another, the year once when it is the same: `28 February to 20 March 2024`.
    public func range(_ first: Day, _ last: Day) -> String {
        if first == last { return date(first) }
        let a = first.components
        let b = last.components
        guard a.year == b.year else { return range(date(first), date(last)).replacingChineseSpaces(language) }
        switch language {
        case .en: return "\(a.month == b.month ? "\(a.day)" : dayAndMonth(first)) to \(date(last))"
        case .da: return "\(a.month == b.month ? "\(a.day)." : dayAndMonth(first)) til \(date(last))"
        case .zh: return "\(date(first))至\(a.month == b.month ? "\(b.day)日" : dayAndMonth(last))"
        }
    }

    /// Two days as the ends of an interval, after “between”: `3 and 20 March 2024`, `den 3. og den 20. marts 2024`.
    func between(_ first: Day, _ last: Day) -> String {
        let a = first.components
        let b = last.components
        let isSameMonth = a.year == b.year && a.month == b.month
        let early = a.year == b.year ? dayAndMonth(first) : date(first)
        switch language {
        case .en: return "\(isSameMonth ? "\(a.day)" : early) and \(date(last))"
        case .da: return "den \(isSameMonth ? "\(a.day)." : early) og den \(date(last))"
        case .zh: return "最早\(date(first))，最晚\(a.year == b.year ? dayAndMonth(last) : date(last))"
        }
    }

    // MARK: Times

    /// Day and time by a local clock, for tables: `12 Mar 2024 14:30`, `12.03.2024 14.30`, `2024-03-12 14:30`.
    public func time(_ moment: Moment, in zone: Zone) -> String {
        let day = zone.day(of: moment)
        let s = moment.seconds
        let local = s + zone.offset(at: s) - Int64(day.number) * 86_400
        let mark = language == .da ? "." : ":"
        return "\(shortDate(day))\(Figures.noBreak)\(two(Int(local / 3600)))\(mark)\(two(Int(local / 60 % 60)))"
    }

    /// ISO 8601: the week with the year's first Thursday is week 1.
    public static func isoWeek(of day: Day) -> (year: Int, week: Int) {
        let thursday = day + (3 - day.weekday)
        let year = thursday.components.year
        guard let first = Day(year: year, month: 1, day: 1) else { return (year, 1) }
        return (year, (thursday - first) / 7 + 1)
    }

    private func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
}

extension String {
    /// Chinese dates take no space beside 至.
    fileprivate func replacingChineseSpaces(_ language: Language) -> String {
        language == .zh ? self.split(separator: " ").joined() : self
    }
}
