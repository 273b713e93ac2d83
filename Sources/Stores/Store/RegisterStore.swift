import Improvements
import Records

/// What several improvements have to be written at once for, or not at all.
public protocol RegisterStore: Sendable {
    /// Keeps a new improvement with everything that is known of it from the start.
    /// - Throws: `LifeCycleError` when the entries cannot follow one another; nothing is written then.
    func open(_ entries: [Entry]) async throws -> ID<Improvement>
    /// Adds entries one after another, all or none.
    /// - Parameter version: How many entries the writer saw.
    /// - Returns: The improvement as it is now; nil when there is none of this number.
    func append(_ entries: [Entry], to id: ID<Improvement>, seen version: Int) async throws -> Improvement?
    /// Says that two are the same: the first goes on in the second, and whoever watches, supports or has said something comes along.
    ///
    /// Both keep all their entries. The roles cannot be turned round later; the second may itself be merged again.
    /// - Parameter seen: How many entries of each the writer saw.
    /// - Returns: The one that goes on; nil when there is none of a number.
    func merge(
        _ id: ID<Improvement>, into other: ID<Improvement>, seen: (first: Int, second: Int), by name: String, at: Moment
    ) async throws -> Improvement?
    /// Takes in rows of somebody's register, with the rows that could not be used, in one transaction.
    /// - Throws: `LifeCycleError.changedMeanwhile` when an improvement was written to since; nothing is written then.
    func takeIn(_ rows: [RegisterIntake], rejects: [Reject], rowCount: Int, to id: ID<Import>) async throws
}

/// Entries that a row of a register brings.
public struct RegisterIntake: Sendable {
    /// Nil for a new improvement.
    public var improvement: ID<Improvement>?
    /// How many entries it had when the row was understood.
    public var seen: Int
    public var entries: [Entry]

    public init(improvement: ID<Improvement>?, seen: Int, entries: [Entry]) {
        self.improvement = improvement
        self.seen = seen
        self.entries = entries
    }
}
