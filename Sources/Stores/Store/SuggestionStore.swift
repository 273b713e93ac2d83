import Records

/// A suggestion with its number in the store.
public struct KeptSuggestion: Sendable, Equatable, Identifiable {
    public var id: ID<Suggestion>
    public var suggestion: Suggestion

    public init(id: ID<Suggestion>, suggestion: Suggestion) {
        self.id = id
        self.suggestion = suggestion
    }
}

/// Suggestions, none of which is ever lost.
public protocol SuggestionStore: Sendable {
    @discardableResult
    func add(_ suggestion: Suggestion) async throws -> ID<Suggestion>
    /// The latest first.
    func suggestions(limit: Int) async throws -> [KeptSuggestion]
    func suggestion(_ id: ID<Suggestion>) async throws -> KeptSuggestion?
}
