import Measures
import Records
import Statistics

/// What the search of daily series has found over all turns, and how much of the promised rate it has used.
public struct SeriesSearch: Sendable, Equatable, Codable {
    /// Found in this turn or in an earlier one.
    public var signals: [Signal]
    public var discoveries: TurnDiscoveries
    /// The records that were there at the latest search, as the store counts them.
    public var changesSeen: Int64
    /// The last day of the data at the latest search.
    public var lastDay: Day
    /// Tests of the latest search.
    public var tested: Int

    public init(
        signals: [Signal] = [], discoveries: TurnDiscoveries, changesSeen: Int64, lastDay: Day, tested: Int = 0
    ) {
        self.signals = signals
        self.discoveries = discoveries
        self.changesSeen = changesSeen
        self.lastDay = lastDay
        self.tested = tested
    }

    /// How many of the findings are expected to be false at most.
    public var expectedFalse: Double { discoveries.level * Double(discoveries.discoveries) }
}
