import Processes
import Records

/// Reads a table with a row an event.
///
/// The file is read once. Which of day and month stands first is decided over the whole column, when all rows are in: until
/// then dates that can be meant both ways are remembered, and turned round where the column shows that the month is first.
func readEventTable(_ path: String, _ options: EventOptions) throws -> EventFile {
    var file = EventFile()
    var columns: EventColumns?
    var times = try MomentColumn(format: options.timeFormat)
    var canTurn: [Bool] = []
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
        guard let moment = times.read(bytes.extracting(cells.place(places.time))) else {
            file.reject(line, "its time cannot be read: “\(cells.text(places.time))”")
            return
        }
        var resource = Name.none
        if let place = places.resource {
            resource = last.resource.name(bytes.extracting(cells.place(place)), in: &file.log.resources)
        }
        file.log.add(
            case: last.caseName.name(bytes.extracting(caseCell), in: &file.log.cases),
            activity: last.activity.name(bytes.extracting(activityCell), in: &file.log.activities), at: moment.at,
            resource: resource)
        canTurn.append(moment.canTurn)
    }
    guard let columns else { throw ConnectorError.isEmpty(path: path) }
    if file.rows == 0 { throw ConnectorError.headerOnly(path: path, line: 1) }
    if file.log.count == 0 {
        throw EventFileError(
            message: "\(path): none of its \(file.rows) rows can be used; the first: line "
                + file.rejects.prefix(1).map { "\($0.line) \($0.reason)" }.joined())
    }
    if try times.isMonthFirst(path, column: columns.timeName) {
        file.log.changeMoments { event, at in canTurn[event] ? MomentColumn.turned(at) : at }
    }
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
