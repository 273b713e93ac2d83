import Measures
import Records
import Signals

/// Survey answers, suggestions and readings to be taken in together, or not at all.
public struct RecordBatch: Sendable {
    public var answers: [KeptRecord<SurveyAnswer>] = []
    public var suggestions: [KeptRecord<Suggestion>] = []
    /// Told apart by device, quantity and time; the key says nothing.
    public var readings: [KeptRecord<Reading>] = []
    public var rejects: [Reject] = []
    /// Rows of the file that are done once this batch is in.
    public var rowsDone = 0

    public init() {}

    public var count: Int { answers.count + suggestions.count + readings.count }
}

/// What became of a batch.
public struct TakenIn: Sendable, Equatable {
    public var new = 0
    /// Known before, and now with another score, value or text.
    public var changed = 0
    /// Not taken in, and why: what the store knows and a reader of one file cannot. Lines are those of the records.
    public var rejects: [Reject] = []

    public init() {}

    public mutating func add(_ other: TakenIn) {
        new += other.new
        changed += other.changed
        rejects += other.rejects
    }
}

/// How many records of a sort there are, and over which time.
public struct RecordExtent: Sendable, Equatable {
    public var count: Int
    public var first: Moment
    public var last: Moment

    public init(count: Int, first: Moment, last: Moment) {
        self.count = count
        self.first = first
        self.last = last
    }
}

/// A record with where it came from: nil when it was not read from a file.
public struct SourcedRecord<Value: Sendable>: Sendable {
    public var id: Int64
    public var value: Value
    public var file: String?
    public var line: Int

    public init(id: Int64, value: Value, file: String?, line: Int) {
        self.id = id
        self.value = value
        self.file = file
        self.line = line
    }
}

/// Takes in answers, suggestions and readings, and keeps their daily totals beside them.
public protocol RecordIntakeStore: Sendable {
    /// Takes in a batch, its rejects, and what it changes in the daily totals, in one transaction.
    ///
    /// A record that is known already changes nothing; one that is known with other content is replaced. Two batches that hold
    /// the same records in any order leave the same totals, but for the last digits of sums.
    /// - Parameters:
    ///   - id: The file it comes from; nil when it comes from none, and then rejects are only given back.
    ///   - zone: On whose days it is counted.
    func take(_ batch: RecordBatch, from id: ID<Import>?, zone: Zone) async throws -> TakenIn
    /// Rises by at least one with every record that is new or changed.
    func recordChangeCount() async throws -> Int64
    /// Adds all daily totals up anew: when the zone has changed. O(records).
    func rebuildRecordTotals(zone: Zone) async throws
    /// Daily totals of a measure's records in a slice of at most one value, where the measure is not about tickets.
    /// Empty for a slice that such records do not have.
    func recordTotals(_ records: MeasuredRecords, _ slice: Slice) async throws -> Rollup
    /// The same for every value of a dimension, each under its value.
    func recordTotals(_ records: MeasuredRecords, by dimension: Dimension) async throws -> [String: Rollup]
    /// The values of a dimension, those with the most records first.
    func recordValues(_ records: MeasuredRecords, of dimension: Dimension, limit: Int) async throws -> [SliceCount]
    /// From the first to the last day of a measure's records; nil when there are none.
    func recordDays(_ records: MeasuredRecords) async throws -> Period?
}

/// Survey answers one by one.
public protocol SurveyStore: Sendable {
    /// Nil when there are none.
    func surveyExtent() async throws -> RecordExtent?
    /// Answers of a slice in a period, the latest first.
    /// - Parameter isCommented: Only those with a comment.
    func answers(
        _ slice: Slice, answered: Range<Moment>?, isCommented: Bool, limit: Int
    ) async throws -> [SourcedRecord<SurveyAnswer>]
    /// Every answer, for export. Stops when the closure throws.
    func eachAnswer(_ body: @escaping @Sendable (SourcedRecord<SurveyAnswer>) throws -> Void) async throws
}

/// A quantity that is read, on how many devices.
public struct ReadQuantity: Sendable, Equatable {
    public var quantity: ReadingQuantity
    public var devices: Int

    public init(quantity: ReadingQuantity, devices: Int) {
        self.quantity = quantity
        self.devices = devices
    }
}

/// Readings of devices and places.
public protocol ReadingStore: Sendable {
    /// By name.
    func readQuantities() async throws -> [ReadQuantity]
    /// Readings of a quantity in a period, on all devices or on one, the latest first.
    func readings(
        _ quantity: String, device: String?, at: Range<Moment>?, limit: Int
    ) async throws -> [SourcedRecord<Reading>]
    /// Every reading, for export. Stops when the closure throws.
    func eachReading(_ body: @escaping @Sendable (SourcedRecord<Reading>) throws -> Void) async throws
}

/// Suggestions one by one.
public protocol SuggestionStore: Sendable {
    func suggestionExtent() async throws -> RecordExtent?
    /// The latest first.
    func suggestions(limit: Int) async throws -> [SourcedRecord<Suggestion>]
    /// Every suggestion, for export. Stops when the closure throws.
    func eachSuggestion(_ body: @escaping @Sendable (SourcedRecord<Suggestion>) throws -> Void) async throws
}

/// What the search of daily series has found over all turns: what is found stays found.
public protocol SeriesFindingStore: Sendable {
    /// As the latest search of the series left it; nil before the first.
    func seriesSearch() async throws -> SeriesSearch?
    /// Keeps a search and its findings in the place of the earlier one.
    func save(_ search: SeriesSearch) async throws
}
