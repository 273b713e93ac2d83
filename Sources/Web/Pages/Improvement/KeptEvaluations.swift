import Evaluations
import Improvements
import Languages
import Records
import Store
import Turn

/// Verdicts and watches that were worked out already: the same round over the same data gives the same answer.
///
/// A page is read far more often than the data change. What is kept is small and is forgotten when the program ends.
actor KeptEvaluations {
    /// Everything an answer rests on.
    struct Key: Hashable, Sendable {
        var seal: String
        var live: [GoLive]
        var verdict: Judgement.Verdict?
        /// Of the store: rises with every ticket that is new or changed.
        var changes: Int64
        var turnAt: Moment?
    }

    private var evaluations: [Key: Result<RoundEvaluation, Unjudged>] = [:]
    private var watches: [Key: Result<GainWatch, Unwatched>] = [:]
    /// Some hundred rounds of a year's improvements; beyond it everything is worked out anew.
    private static let most = 400

    /// What a round did so far, by its frozen plan; nil as long as there is no plan, or no data at all.
    func evaluation(of round: Round, in store: any Store) async throws -> Result<RoundEvaluation, Unjudged>? {
        guard let plan = round.plan else { return nil }
        var key = try await Self.key(round, in: store)
        key.verdict = nil
        if let kept = evaluations[key] { return kept }
        guard let evidence = try await Turn.evidence(for: plan.plan.needs, in: store) else { return nil }
        let found = Result { () throws(Unjudged) in try judge(round, evidence) }
        if evaluations.count >= Self.most { evaluations = [:] }
        evaluations[key] = found
        return found
    }

    /// Whether the gain of a round still holds; nil where there is none.
    func watch(of round: Round, in store: any Store) async throws -> Result<GainWatch, Unwatched>? {
        guard let plan = round.plan, round.judgement?.verdict == .worked else { return nil }
        let key = try await Self.key(round, in: store)
        if let kept = watches[key] { return kept }
        guard let evidence = try await Turn.evidence(for: plan.plan.needs, in: store) else { return nil }
        let found = Result { () throws(Unwatched) in try hold(round, evidence) }
        if watches.count >= Self.most { watches = [:] }
        watches[key] = found
        return found
    }

    /// The same, only if it was worked out already: for pages that must not wait for it.
    func keptWatch(of round: Round, in store: any Store) async throws -> Result<GainWatch, Unwatched>? {
        watches[try await Self.key(round, in: store)]
    }

    private var kept: (key: StartsKey, starts: SmallStarts?)?

    /// Everything that the three to begin with rest on.
    private struct StartsKey: Hashable {
        var changes: Int64
        var turnAt: Moment?
        var language: Language
        /// Entries of all improvements: what is written moves the odds.
        var entries: Int
    }

    /// The three improvements with the best odds to begin with; nil without tickets.
    func starts(in store: any Store, _ words: Words) async throws -> SmallStarts? {
        let key = StartsKey(
            changes: try await store.changeCount(), turnAt: try await store.latestTurn()?.at, language: words.language,
            entries: try await store.improvements().reduce(0) { $0 + $1.improvement.version })
        if let kept, kept.key == key { return kept.starts }
        let found = try await smallStarts(in: store, title: { words.title(for: $0) })
        kept = (key, found)
        return found
    }

    private static func key(_ round: Round, in store: any Store) async throws -> Key {
        Key(
            seal: round.plan?.seal ?? "", live: round.live, verdict: round.judgement?.verdict,
            changes: try await store.changeCount(), turnAt: try await store.latestTurn()?.at)
    }
}
