import Connectors
import Statistics

/// What to read and how to judge wear.
public struct WearOptions: Sendable {
    public var unit: String
    public var time: String
    /// A column and the value it must not reach.
    public var limit: (column: String, value: Double)?

    public init(unit: String, time: String, limit: (column: String, value: Double)? = nil) {
        self.unit = unit
        self.time = time
        self.limit = limit
    }
}

/// The remaining time of each device at its last reading. Writes `unit,remaining,lo95,hi95` in steps of the time column, in the
/// order in which devices first appear; empty where nothing can be said.
/// - Parameter train: Devices that ran until they failed, with the same columns. With them `options.limit` must be nil, without
///   them it must not.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `write` throws.
public func wear(
    of path: String, shownAs shown: String, train: (path: String, shown: String)?, _ options: WearOptions,
    write: (String) throws -> Void
) throws {
    let devices = try WearTable(of: path, shownAs: shown, unit: options.unit, time: options.time)
    var out = "unit,remaining,lo95,hi95\n"
    for (unit, remaining) in try zip(devices.units, times(devices, train, options)) {
        out += csvCell(unit) + ","
        if let remaining {
            out += "\(rounded(remaining.estimate)),\(rounded(remaining.low)),"
            out += remaining.high.map { "\(rounded($0))" } ?? ""
        } else {
            out += ",,"
        }
        out += "\n"
    }
    try write(out)
}

private func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }

private func times(
    _ devices: WearTable, _ train: (path: String, shown: String)?, _ options: WearOptions
) throws -> [RemainingTime?] {
    switch (train, options.limit) {
    case (let train?, nil):
        let table = try WearTable(of: train.path, shownAs: train.shown, unit: options.unit, time: options.time)
        let columns = table.columns.filter(devices.columns.contains)
        guard !columns.isEmpty else {
            throw SeriesFileError(
                "\(train.shown):1: shares no column of numbers with \(devices.path); histories need the same columns")
        }
        guard let model = WearModel(table.histories(columns)) else {
            throw SeriesFileError(
                "\(train.shown): has too few histories; at least \(WearModel.devicesMin) devices that ran until they failed, "
                    + "with 200 readings together, are needed")
        }
        return devices.histories(columns).map(model.remaining)
    case (nil, let limit?):
        guard devices.columns.contains(limit.column) else {
            throw SeriesFileError(
                "\(devices.path):1: has no column of numbers “\(limit.column)” for --limit; there are: "
                    + devices.columns.joined(separator: ", "))
        }
        return devices.histories([limit.column]).map { device in
            let values = device.readings[0]
            // A limit above where the device began is an upper one.
            guard let first = median(Array(values.filter { !$0.isNaN }.prefix(5))) else { return nil }
            return WearTrend(times: device.times, values: values)?
                .remaining(until: limit.value, isUpper: limit.value >= first)
        }
    case (nil, nil):
        throw SeriesFileError(
            "\(devices.path): wear needs --limit COLUMN=VALUE, or --train with histories of devices until they failed")
    case (_?, _?):
        throw SeriesFileError(
            "\(devices.path): --limit and --train are two ways to tell wear; give one of them")
    }
}
