import Processes
import Records

/// Reads a table with a row an event.
///
/// The file is read once. Which of day and month stands first is decided over the whole column, when all rows are in: until
/// then dates that can be meant both ways are remembered, and turned round where the column shows that the month is first.
func readEventTable(_ path: String, _ options: EventOptions) throws -> EventFile {
    var file = EventFile()
    var columns: EventColumns?
    var times = try EventTimes(options)
    var last = LastNames()
    try eachRowOfCells(of: path) { cells, line in
        guard let places = columns else {
            columns = try EventColumns(cells.texts, options, path)
            return
        }
        file.rows += 1
        guard cells.count > places.last else {
            file.reject(line, "has \(cells.count) fields; the header has more")
            return
        }
        let caseCell = cells.place(places.caseName)
        let activityCell = cells.place(places.activity)
        if caseCell.isEmpty || activityCell.isEmpty {
            file.reject(line, caseCell.isEmpty ? "has no case" : "has no activity")
            return
        }
        let bytes = cells.bytes.span
        guard let at = times.read(bytes.extracting(cells.place(places.time))) else {
            file.reject(line, "its time cannot be read: “\(cells.text(places.time))”")
            return
        }
        var resource = Name.none
        if let place = places.resource {
            resource = last.resource.name(bytes.extracting(cells.place(place)), in: &file.log.resources)
        }
        file.log.add(
            case: last.caseName.name(bytes.extracting(caseCell), in: &file.log.cases),
            activity: last.activity.name(bytes.extracting(activityCell), in: &file.log.activities), at: at,
            resource: resource)
    }
    guard let columns else { throw ConnectorError.isEmpty(path: path) }
    if file.rows == 0 { throw ConnectorError.headerOnly(path: path, line: 1) }
    if file.log.count == 0 {
        throw EventFileError(
            message: "\(path): none of its \(file.rows) rows can be used; the first: line "
                + file.rejects.prefix(1).map { "\($0.line) \($0.reason)" }.joined())
    }
    try times.settle(&file.log, path, column: columns.timeName)
    return file
}

/// Where the parts of an event stand in a row.
private struct EventColumns {
    let caseName: Int
    let activity: Int
    let time: Int
    let resource: Int?
    let last: Int
    let timeName: String

    init(_ header: [String], _ options: EventOptions, _ path: String) throws(EventFileError) {
        func place(_ wanted: String?, _ usual: [String], _ option: String) throws(EventFileError) -> Int {
            if let wanted {
                if let exact = header.firstIndex(of: wanted) { return exact }
                if let near = header.firstIndex(where: { $0.lowercased() == wanted.lowercased() }) { return near }
                throw EventFileError(
                    message: "\(path):1: has no column “\(wanted)” for --\(option); its columns are: "
                        + header.joined(separator: ", "))
            }
            for name in usual {
                if let found = header.firstIndex(where: { $0.lowercased() == name }) { return found }
            }
            throw EventFileError(
                message: "\(path):1: no column was recognised for --\(option); name one of its columns: "
                    + header.joined(separator: ", "))
        }
        caseName = try place(
            options.caseName, ["case:concept:name", "case", "case_id", "case id", "caseid", "number", "ticket"], "case")
        activity = try place(
            options.activity, ["concept:name", "activity", "task", "event", "state", "status", "incident_state"],
            "activity")
        time = try place(
            options.time,
            ["time:timestamp", "timestamp", "time", "completetime", "end_timestamp", "date", "sys_updated_at"], "time")
        if options.resource != nil {
            resource = try place(options.resource, [], "resource")
        } else {
            resource = header.firstIndex { $0.lowercased() == "org:resource" || $0.lowercased() == "resource" }
        }
        last = max(caseName, activity, time, resource ?? 0)
        timeName = header[time]
    }
}

/// Names as they come: most often the one that came last.
private struct LastNames {
    struct One {
        private var bytes: [UInt8] = []
        private var code = Name.none

        mutating func name(_ cell: Span<UInt8>, in names: inout Names) -> Name {
            if cell.count == bytes.count {
                var i = 0
                while i < cell.count, cell[i] == bytes[i] { i += 1 }
                if i == cell.count { return code }
            }
            bytes.removeAll(keepingCapacity: true)
            for i in cell.indices { bytes.append(cell[i]) }
            code = names.name(utf8: cell)
            return code
        }
    }

    var caseName = One()
    var activity = One()
    var resource = One()
}

/// Times as they come, and what the whole column shows about them.
private struct EventTimes {
    private let format: TimeFormat?
    private var column = DateColumn()
    private var clock = LocalClock(.utc)
    private var reader = DateReader(order: .dayFirst)
    /// For each event, whether its day and month can be exchanged.
    private var isOpen: [Bool] = []
    private var openCount = 0

    init(_ options: EventOptions) throws(EventFileError) {
        guard let text = options.timeFormat else {
            format = nil
            return
        }
        format = try TimeFormat(said: text)
    }

    mutating func read(_ cell: Span<UInt8>) -> Int64? {
        if let format { return format.read(cell) }
        column.take(cell)
        let text = readDate(cell)
        guard case .moment(let moment) = DateReader.moment(text, .dayFirst, &clock) else {
            // 25 cannot be a month: then it can only be meant the other way.
            guard case .moment(let moment) = DateReader.moment(text, .monthFirst, &clock) else { return nil }
            isOpen.append(false)
            return moment.microseconds
        }
        var canTurn = false
        if case .parts(let parts) = text, parts.order == .open || parts.order == .openShort {
            canTurn = parts.first <= 12 && parts.second <= 12 && parts.first != parts.second
        }
        isOpen.append(canTurn)
        if canTurn { openCount += 1 }
        return moment.microseconds
    }

    /// Turns the dates round that were taken the wrong way.
    mutating func settle(_ log: inout EventLog, _ path: String, column name: String) throws(EventFileError) {
        if format != nil || openCount == 0 { return }
        switch column.order {
        case nil:
            throw EventFileError(
                message:
                    "\(path): the times of the column “\(name)”, such as “\(column.example)”, can be read day first "
                    + "and month first; say --time-format, for example “%d/%m/%Y %H:%M”")
        case .monthFirst:
            let microsecondsADay: Int64 = 86_400_000_000
            log.changeMoments { event, at in
                guard isOpen[event] else { return at }
                let number = at / microsecondsADay
                let (year, month, day) = Day(number: Int32(number)).components
                guard let turned = Day(year: year, month: day, day: month) else { return at }
                return at + (Int64(turned.number) - number) * microsecondsADay
            }
        case .dayFirst, .yearFirst: break
        }
    }
}
