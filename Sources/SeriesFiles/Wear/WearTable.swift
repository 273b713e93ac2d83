import Connectors
import Statistics

/// Readings of devices: a row a device and time, further columns of numbers.
struct WearTable {
    let path: String
    /// In the order in which they first appear.
    private(set) var units: [String] = []
    /// The columns of numbers but that of time.
    private(set) var columns: [String] = []
    /// For each unit its rows, by time; of rows of one time the later one in the file stays.
    private var rows: [[Int]] = []
    private var times: [Double] = []
    private var values: [String: [Double]] = [:]

    init(of path: String, shownAs shown: String, unit: String, time: String) throws {
        self.path = shown
        var header: [String] = []
        var places = (unit: 0, time: 0)
        var read: [[Double]] = []
        var isNumber: [Bool] = []
        var known: [String: Int] = [:]
        try eachRowOfCells(of: path) { row, line in
            if header.isEmpty {
                header = row.texts
                places = (
                    try Self.place(of: unit, "--unit", header, shown), try Self.place(of: time, "--time", header, shown)
                )
                read = header.map { _ in [] }
                isNumber = header.map { _ in true }
                return
            }
            guard row.count >= header.count else {
                throw SeriesFileError("\(shown):\(line): has \(row.count) fields; the header has \(header.count)")
            }
            let name = row.text(places.unit)
            let index = known[name] ?? units.count
            if index == units.count {
                known[name] = index
                units.append(name)
                rows.append([])
            }
            let text = row.text(places.time)
            guard let at = Double(text), at.isFinite else {
                throw SeriesFileError(
                    "\(shown):\(line): “\(text)” in “\(time)” is no number; write times as numbers, such as cycles, hours or days"
                )
            }
            rows[index].append(times.count)
            times.append(at)
            for column in header.indices where column != places.unit && column != places.time && isNumber[column] {
                let text = row.text(column)
                let value = text.isEmpty ? .nan : Double(text)
                isNumber[column] = value != nil
                read[column].append(value.flatMap { $0.isInfinite ? nil : $0 } ?? .nan)
            }
        }
        if times.isEmpty { throw ConnectorError.headerOnly(path: shown, line: 1) }
        for column in header.indices where column != places.unit && column != places.time && isNumber[column] {
            columns.append(header[column])
            values[header[column]] = read[column]
        }
        for unit in rows.indices { rows[unit] = inOrder(rows[unit]) }
    }

    private func inOrder(_ rows: [Int]) -> [Int] {
        var out: [Int] = []
        for row in rows.sorted(by: { (times[$0], $0) < (times[$1], $1) }) {
            if let last = out.last, times[last] == times[row] { out.removeLast() }
            out.append(row)
        }
        return out
    }

    private static func place(of name: String, _ option: String, _ header: [String], _ shown: String) throws -> Int {
        guard let place = header.firstIndex(of: name) else {
            throw SeriesFileError(
                "\(shown):1: has no column “\(name)” for \(option); its columns are: " + header.joined(separator: ", "))
        }
        return place
    }

    /// Each unit's readings of some columns.
    func histories(_ columns: [String]) -> [WearHistory] {
        rows.map { rows in
            WearHistory(
                times: rows.map { times[$0] },
                readings: columns.map { name in rows.map { values[name]?[$0] ?? .nan } })
        }
    }
}
