/// What was read from one device over time.
public struct WearHistory: Sendable, Equatable {
    /// Rising; in steps of the caller's choice.
    public var times: [Double]
    /// Column by column, one value a time; NaN is missing.
    public var readings: [[Double]]

    public init(times: [Double], readings: [[Double]]) {
        precondition(readings.allSatisfy { $0.count == times.count }, "A reading for each time")
        self.times = times
        self.readings = readings
    }
}

/// A value with the range that holds the true one in 95 of 100 cases; no upper end where it may never come.
public struct RemainingTime: Sendable, Equatable {
    public var estimate: Double
    public var low: Double
    public var high: Double?
}
