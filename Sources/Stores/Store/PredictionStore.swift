import Gains
import Records
import Signals

/// When predictions were made anew, and of what.
public struct ForesightRecord: Sendable, Equatable, Codable {
    /// The last moment of the data it was made from.
    public var asOf: Moment
    /// The number of the latest change to a ticket that it took into account.
    public var changesSeen: Int64
    public var tickets: Int
    /// Kinds of which nothing can be said yet: how many of them are finished.
    public var silent: [String: Int]
    /// Traits that are written when tickets end, by kind: they are not used.
    public var leftOut: [String: [TicketTrait]]
    /// When measures will pass their targets, the soonest first.
    public var crossings: [MeasureCrossing] = []

    public init(
        asOf: Moment, changesSeen: Int64, tickets: Int, silent: [String: Int] = [:],
        leftOut: [String: [TicketTrait]] = [:]
    ) {
        self.asOf = asOf
        self.changesSeen = changesSeen
        self.tickets = tickets
        self.silent = silent
        self.leftOut = leftOut
    }
}

/// What was foreseen of tickets, and how it came out. Nothing here changes what was said.
public protocol PredictionStore: Sendable {
    /// The latest tickets of a kind by opening, and all that are still open, with their histories.
    func latestTickets(_ kind: TicketKind, limit: Int) async throws -> (pasts: [TicketPast], names: Names)
    /// Keeps predictions and when they were made; the same ticket at the same moment again is kept once.
    func keep(_ predictions: [TicketPrediction], _ record: ForesightRecord) async throws
    func latestForesight() async throws -> ForesightRecord?
    /// Marks what has come: tickets that were finished since. Predictions of tickets that had ended already when they were
    /// made, as later data show, are taken away: they foresaw nothing.
    /// - Returns: How many were marked.
    func settlePredictions() async throws -> Int
    /// The latest prediction of each ticket that is still open, those most likely to miss their target first.
    func openPredictions(limit: Int) async throws -> [TicketPrediction]
    /// Open tickets with a prediction, and how many of them are past their target.
    func openPredictionCounts() async throws -> (count: Int, missed: Int)
    /// What was marked, the oldest first; at most so many of the latest.
    func settledPredictions(limit: Int) async throws -> [SettledPrediction]
    /// Puts findings about devices that wear out in place of the earlier ones; they are among `signals()`.
    func saveWear(_ signals: [Signal]) async throws
}
