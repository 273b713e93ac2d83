import Gains
import People
import Records

/// What people say to one another about the work: votes, answers, thanks, the pulse, promises of time.
public protocol VoiceStore: Sendable {
    /// Says that an account wants a suggestion, or no longer does. Said twice it is as said once.
    func vote(_ isFor: Bool, on suggestion: Int64, by account: ID<Account>, at: Moment) async throws
    /// Votes of the people here by suggestion, beside those that its source counted; only suggestions with any.
    func suggestionVotes(of reader: ID<Account>?) async throws -> [Int64: SuggestionVotes]
    /// What is known of suggestions beyond their words.
    func suggestionNotes() async throws -> [Int64: SuggestionNote]
    /// Keeps what came with a suggestion.
    /// - Parameter follow: The hash of the secret address under which its fate can be read; nil for none.
    func note(_ suggestion: Int64, isChallenge: Bool, follow: [UInt8]?) async throws
    /// Tells back what becomes of it; a later answer takes the place of an earlier one.
    func answer(_ suggestion: Int64, _ text: String, isDeclined: Bool, by: String, at: Moment) async throws
    /// The suggestion of a secret address.
    func suggestion(followed hash: [UInt8]) async throws -> Int64?

    func thank(_ thanks: Thanks) async throws
    /// The latest first; of one improvement, or all.
    func thanks(for improvement: Int64?, limit: Int) async throws -> [Thanks]
    /// Whether an account may be named in thanks; nobody is unless they say so.
    func setMayBeNamed(_ mayBeNamed: Bool, _ account: ID<Account>) async throws
    func mayBeNamed() async throws -> Set<ID<Account>>

    /// Promises hours of a department for a month; a later promise takes the place of an earlier one, 0 takes it back.
    func promise(_ promise: TimePromise, by: String, at: Moment) async throws
    /// By month and department.
    func timePromises() async throws -> [TimePromise]

    /// Takes in one person's answers of a month, and what they said, once.
    ///
    /// What is kept of answers is counts; who has answered is kept as a hash, apart from them.
    /// - Returns: False when they have answered in this month already; nothing is kept then.
    func takePulse(
        _ answers: [PulseQuestion: Int], said: String, department: String, month: Day, person: [UInt8]
    ) async throws -> Bool
    func hasAnsweredPulse(_ person: [UInt8]) async throws -> Bool
    func pulse() async throws -> [PulseCount]
    /// What people said in a month, in the order of the alphabet: not in the order in which it was said.
    func pulseStatements(in month: Day) async throws -> [String]

    func unquiet(_ undone: Unquieting, at: Moment) async throws
    func unquietings() async throws -> [Unquieting]
}
