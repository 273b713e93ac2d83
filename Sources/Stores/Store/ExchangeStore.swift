import Improvements
import People
import Records

/// Something that happened and that others may want to hear of. They are counted, so a listener knows where they were.
public struct Announcement: Sendable, Equatable {
    public var id: Int64
    public var at: Moment
    /// `signal`, `verdict`, `improvement`, `import`.
    public var kind: String
    /// What it is about: the id of a signal, the number of an improvement, the token of an import.
    public var subject: String
    /// JSON, on one line.
    public var body: String

    public init(id: Int64, at: Moment, kind: String, subject: String, body: String) {
        self.id = id
        self.at = at
        self.kind = kind
        self.subject = subject
        self.body = body
    }
}

/// What may have changed since somebody looked; equal when nothing did.
public struct StoreMarks: Sendable, Equatable {
    public var turns: Int64
    public var entries: Int64

    public init(turns: Int64, entries: Int64) {
        self.turns = turns
        self.entries = entries
    }
}

/// What happened, told in order.
public protocol AnnouncementStore: Sendable {
    /// - Parameter key: The same key is announced once only.
    /// - Returns: Nil when it was announced before.
    func announce(kind: String, subject: String, key: String, body: String, at: Moment) async throws -> Int64?
    /// The next ones after a number.
    func announcements(after id: Int64, kind: String?, subject: String?, limit: Int) async throws -> [Announcement]
    func lastAnnouncement() async throws -> Int64
    /// Takes away the progress of imports from before a moment; everything else is kept.
    func forgetProgress(before: Moment) async throws
    func marks() async throws -> StoreMarks
    /// Entries of improvements that were never announced, the oldest first.
    func unannouncedEntries(limit: Int) async throws -> [(improvement: ID<Improvement>, place: Int, entry: Entry)]
}

/// An answer that was given to a request with an idempotency key.
public struct KeptAnswer: Sendable, Equatable {
    public var status: Int
    /// One `Name: value` a line.
    public var headers: String
    public var body: [UInt8]

    public init(status: Int, headers: String, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What became of an idempotency key.
public enum Reservation: Sendable, Equatable {
    /// It is yours: do the work, then keep the answer.
    case new
    /// The same request is being answered right now.
    case underWay
    /// The key was used for another request.
    case otherRequest
    case answered(KeptAnswer)
}

/// Requests that may be sent again.
public protocol IdempotencyStore: Sendable {
    /// Takes a key, unless it was taken. What is older than `forgetting` is forgotten first.
    func reserve(_ key: String, of account: Int64, request: [UInt8], at: Moment, forgetting: Moment) async throws
        -> Reservation
    func keepAnswer(_ answer: KeptAnswer, for key: String, of account: Int64) async throws
    /// Nothing happened: the key can be used again.
    func release(_ key: String, of account: Int64) async throws
}

/// A door for another system's messages.
public struct IncomingHook: Sendable, Equatable {
    public var source: String
    /// Shared with the sender. Never exported.
    public var secret: String
    /// Which member of a message is which field of a ticket: `openedAt` is in `data.created`.
    public var fields: [String: String]
    public var createdAt: Moment
    public var lastAt: Moment?
    public var received: Int

    public init(
        source: String, secret: String, fields: [String: String], createdAt: Moment, lastAt: Moment? = nil,
        received: Int = 0
    ) {
        self.source = source
        self.secret = secret
        self.fields = fields
        self.createdAt = createdAt
        self.lastAt = lastAt
        self.received = received
    }

    /// Whether a source may be called this: it stands in an address.
    public static func isSound(source: String) -> Bool {
        (1...40).contains(source.utf8.count)
            && source.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}

/// An address that is told what happens.
public struct Webhook: Sendable, Equatable, Identifiable {
    public var id: ID<Webhook>
    public var address: String
    public var secret: String
    /// Empty for everything but the progress of imports.
    public var kinds: [String]
    public var createdAt: Moment

    public init(id: ID<Webhook>, address: String, secret: String, kinds: [String], createdAt: Moment) {
        self.id = id
        self.address = address
        self.secret = secret
        self.kinds = kinds
        self.createdAt = createdAt
    }
}

/// One announcement on its way to one address.
public struct Delivery: Sendable, Equatable, Identifiable {
    public enum State: String, Sendable, Codable { case waiting, delivered, givenUp }

    public var id: ID<Delivery>
    public var webhook: ID<Webhook>
    public var address: String
    public var announcement: Int64
    public var attempts: Int
    public var nextAt: Moment
    public var state: State
    /// What the other side said last: a status, or why it could not be reached.
    public var answer: String

    public init(
        id: ID<Delivery>, webhook: ID<Webhook>, address: String, announcement: Int64, attempts: Int, nextAt: Moment,
        state: State, answer: String
    ) {
        self.id = id
        self.webhook = webhook
        self.address = address
        self.announcement = announcement
        self.attempts = attempts
        self.nextAt = nextAt
        self.state = state
        self.answer = answer
    }
}

/// Messages from other systems, and to them.
public protocol HookStore: Sendable {
    func incomingHooks() async throws -> [IncomingHook]
    func incomingHook(_ source: String) async throws -> IncomingHook?
    /// Puts one in the place of what was there.
    func setIncomingHook(_ hook: IncomingHook) async throws
    func removeIncomingHook(_ source: String) async throws -> Bool
    func noteMessage(from source: String, at: Moment) async throws

    func webhooks() async throws -> [Webhook]
    /// It is told of what happens from now on.
    func addWebhook(address: String, secret: String, kinds: [String], at: Moment) async throws -> Webhook
    func removeWebhook(_ id: ID<Webhook>) async throws -> Bool
    /// Puts what was announced since into line, and gives what is due, the oldest first.
    func dueDeliveries(at: Moment, limit: Int) async throws -> [(
        delivery: Delivery, secret: String, event: Announcement
    )]
    func note(_ delivery: Delivery) async throws
    /// The latest first.
    func deliveries(limit: Int) async throws -> [Delivery]
}
