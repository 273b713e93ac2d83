import Records

/// The times of one column of a table, read as they come; whether day or month stands first is known when all have come.
///
/// Until then the day is taken to be first. `isMonthFirst` tells in the end whether the dates that can be meant both ways have
/// to be turned round.
public struct MomentColumn {
    private let format: TimeFormat?
    private var column = DateColumn()
    private var clock = LocalClock(.utc)
    private var turnable = 0

    public struct Reading: Sendable, Equatable {
        /// Microseconds since 1970, by the column's own clock where it names no zone.
        public var at: Int64
        /// Day and month can be exchanged.
        public var canTurn: Bool
    }

    /// - Parameter format: As in strptime(3); nil is found out.
    public init(format: String? = nil) throws(EventFileError) {
        self.format = format == nil ? nil : try TimeFormat(said: format ?? "")
    }

    /// - Returns: Nil where there is no time, or none that can be read.
    public mutating func read(_ cell: Span<UInt8>) -> Reading? {
        if let format { return format.read(cell).map { Reading(at: $0, canTurn: false) } }
        column.take(cell)
        let text = readDate(cell)
        guard case .moment(let moment) = DateReader.moment(text, .dayFirst, &clock) else {
            // 25 cannot be a month: then it can only be meant the other way.
            guard case .moment(let moment) = DateReader.moment(text, .monthFirst, &clock) else { return nil }
            return Reading(at: moment.microseconds, canTurn: false)
        }
        var canTurn = false
        if case .parts(let parts) = text, parts.order == .open || parts.order == .openShort {
            canTurn = parts.first <= 12 && parts.second <= 12 && parts.first != parts.second
        }
        if canTurn { turnable += 1 }
        return Reading(at: moment.microseconds, canTurn: canTurn)
    }

    /// - Throws: When there are dates that can be meant both ways, and no other that tells which is right.
    public func isMonthFirst(_ path: String, column name: String) throws(EventFileError) -> Bool {
        if format != nil || turnable == 0 { return false }
        guard let order = column.order else {
            throw EventFileError(
                message:
                    "\(path): the times of the column “\(name)”, such as “\(column.example)”, can be read day first and "
                    + "month first; say --time-format, for example “%d/%m/%Y %H:%M”")
        }
        return order == .monthFirst
    }

    /// The moment with day and month exchanged.
    public static func turned(_ at: Int64) -> Int64 {
        let microsecondsADay: Int64 = 86_400_000_000
        let number = at / microsecondsADay
        let (year, month, day) = Day(number: Int32(number)).components
        guard let turned = Day(year: year, month: day, day: month) else { return at }
        return at + (Int64(turned.number) - number) * microsecondsADay
    }
}
