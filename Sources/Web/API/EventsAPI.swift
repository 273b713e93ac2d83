import Foundation
import Improvements
import Languages
import Measures
import People
import Records
import ServiceLifecycle
import Signals
import Store
import Synchronization

// What happens, told as it happens: signals, verdicts, entries of improvements, and how far imports are. Everything is kept under a
// number first, so a listener that was away goes on where it was.

extension Routes {
    static let events: [Route] = [
        api(
            "GET", "/events", .read, "What happens, as server-sent events",
            query: [
                ("kind", "Only signal, verdict, improvement or import"), ("subject", "Only about this one"),
                ("after", "Begin after this number, where Last-Event-ID cannot be sent; 0 is the beginning"),
            ],
            Endpoint(
                words: ["kind": Announcing.kinds],
                gives: .prose, givesType: "text/event-stream")
        ) { try await apiEvents($0) }
    ]

    private static func apiEvents(_ call: Call) async throws -> Reply {
        let kind = try call.word("kind", of: Announcing.kinds)
        let text = call.ask.headers["last-event-id"] ?? call.ask.value("after")
        let after = try text.map { text in
            guard let number = Int64(text), number >= 0 else {
                throw Problem.badParameter("Last-Event-ID", "it is the id of an event")
            }
            return number
        }
        guard call.site.listeners.hasRoom else {
            throw Problem(
                status: 503, name: "too-many-listeners", title: "Too many listen already",
                detail: "At most \(Listeners.most) streams are open at once; try again later.",
                headers: [("Retry-After", "30")])
        }
        let feed = EventFeed(
            store: call.store, kind: kind, subject: call.ask.value("subject"),
            at: try await after == nil ? call.store.lastAnnouncement() : after ?? 0)
        let listeners = call.site.listeners
        var reply = Reply(
            200,
            headers: [("Content-Type", "text/event-stream"), ("X-Accel-Buffering", "no")])
        reply.stream = { write in
            listeners.enter()
            defer { listeners.leave() }
            var feed = feed
            try await write("retry: 2000\n\n")
            var quiet = 0
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                let text = try await feed.next()
                quiet = text.isEmpty ? quiet + 1 : 0
                if !text.isEmpty { try await write(text) }
                // A word from time to time, so that a proxy does not take silence for the end.
                if quiet >= EventFeed.heartbeatLooks {
                    quiet = 0
                    try await write(": still here\n\n")
                }
                try await Task.sleep(for: EventFeed.lookEvery)
            }
        }
        return reply
    }
}

/// Streams that are open, and no more than the server can serve.
final class Listeners: Sendable {
    static let most = 100
    private let count = Mutex(0)

    /// Asked before a stream is promised; the stream itself enters, so that one that never begins takes no place.
    var hasRoom: Bool { count.withLock { $0 < Self.most } }

    func enter() { count.withLock { $0 += 1 } }

    func leave() { count.withLock { $0 -= 1 } }
}

/// What was announced after a number, as text of an event stream.
struct EventFeed: Sendable {
    let store: any Store
    let kind: String?
    let subject: String?
    var at: Int64

    static let lookEvery = Duration.milliseconds(500)
    /// Fifteen seconds: shorter than any proxy's patience.
    static let heartbeatLooks = 30
    private static let most = 200

    /// Empty when there is nothing new.
    mutating func next() async throws -> String {
        let found = try await store.announcements(after: at, kind: kind, subject: subject, limit: Self.most)
        at = found.last?.id ?? at
        return found.map { "id: \($0.id)\nevent: \($0.kind)\ndata: \($0.body)\n\n" }.joined()
    }
}

/// Finds what is new in the store, whoever wrote it, and announces each thing once.
enum Announcing {
    static let kinds = ["signal", "verdict", "improvement", "import"]
    /// How many entries are read at once.
    private static let most = 500

    static func look(_ store: any Store, at now: Moment) async throws {
        let documents = FindingDocuments(words: Words(.en))
        for signal in try await store.signals() {
            _ = try await store.announce(
                kind: "signal", subject: signal.id, key: "signal:\(signal.id)", body: documents.json(signal).text,
                at: now)
        }
        while true {
            let entries = try await store.unannouncedEntries(limit: most)
            for (id, place, entry) in entries { try await announce(entry, id, place, store) }
            if entries.count < most { return }
        }
    }

    private static func announce(
        _ entry: Entry, _ id: ID<Improvement>, _ place: Int, _ store: any Store
    ) async throws {
        if case .evaluated(let judgement) = entry.change {
            let body = JSON.object([
                ("improvement", .integer(Int(id.value))), ("verdict", .string(judgement.verdict.rawValue)),
                ("effect", judgement.effect.map { .estimate($0) } ?? .null), ("naive", .optional(judgement.naive)),
                ("harmed", .array(judgement.harmed.map { .string($0.measure) })),
                ("at", .string(entry.at.description)),
            ])
            _ = try await store.announce(
                kind: "verdict", subject: String(id.value), key: "verdict:\(id.value):\(place)", body: body.text,
                at: entry.at)
        }
        let body = JSON.object([
            ("improvement", .integer(Int(id.value))), ("version", .integer(place + 1)),
            ("what", .string(entry.change.word)), ("by", .string(entry.by)), ("at", .string(entry.at.description)),
        ])
        _ = try await store.announce(
            kind: "improvement", subject: String(id.value), key: "improvement:\(id.value):\(place)", body: body.text,
            at: entry.at)
    }
}

extension Site {
    /// Looks for what is new until it is cancelled; nothing is read where nothing changed.
    func announce() async {
        var seen: StoreMarks?
        var looks = 0
        while !Task.isCancelled {
            do {
                let marks = try await store.marks()
                if marks != seen {
                    try await Announcing.look(store, at: now())
                    seen = marks
                }
                looks += 1
                if looks % 3600 == 0 {
                    try await store.forgetProgress(before: Moment(seconds: now().seconds - 86_400))
                }
                await desk.turnWhenDue()
            } catch {
                FileHandle.standardError.write(Data("ratchet: looking for what is new: \(error)\n".utf8))
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }
}
