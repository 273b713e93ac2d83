import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import People
import Records
import Store

// What happens is sent to other systems: signed, at least once, again with growing pauses until it has arrived, and every try is in the
// log. Plain HTTP only: the server itself speaks no TLS either, a proxy beside it does. That keeps TLS out of the program.

/// `http://host[:port]/path?query`.
struct OutgoingAddress: Sendable, Equatable {
    var host: String
    var port: Int
    /// Path and query.
    var target: String
    var text: String

    init?(_ text: String) {
        guard text.hasPrefix("http://"), !text.contains(where: \.isWhitespace), let parts = URLComponents(string: text),
            let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil, parts.fragment == nil,
            (1...65_535).contains(parts.port ?? 80)
        else { return nil }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = parts.port ?? 80
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        target = path + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
        self.text = text
    }
}

/// Whether an address can be told what happens.
public func isWebhookAddress(_ text: String) -> Bool { OutgoingAddress(text) != nil }

/// What can be told.
public let webhookKinds = Announcing.kinds

/// When a message that did not arrive is sent again.
enum Backoff {
    /// A minute, then twice as long each time, up to six hours: more than two days in all.
    static let attemptsMax = 18
    static func seconds(after attempts: Int) -> Int64 {
        min(60 << Int64(max(0, min(attempts - 1, 9))), 6 * 3600)
    }
}

extension Delivery {
    /// What became of a try.
    /// - Parameter status: What the other side answered; nil when it could not be reached.
    func tried(_ status: Int?, _ answer: String, at now: Moment) -> Delivery {
        var next = self
        next.attempts += 1
        next.answer = answer
        if let status, (200...299).contains(status) {
            next.state = .delivered
            next.nextAt = now
        } else if next.attempts >= Backoff.attemptsMax {
            next.state = .givenUp
            next.nextAt = now
        } else {
            next.nextAt = Moment(seconds: now.seconds + Backoff.seconds(after: next.attempts))
        }
        return next
    }
}

extension Site {
    /// Sends what is due until it is cancelled.
    func deliver() async {
        while !Task.isCancelled {
            do {
                for (delivery, secret, event) in try await store.dueDeliveries(at: now(), limit: 20) {
                    try await store.note(await send(delivery, secret, event))
                }
            } catch {
                FileHandle.standardError.write(Data("ratchet: delivering messages: \(error)\n".utf8))
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    private func send(_ delivery: Delivery, _ secret: String, _ event: Announcement) async -> Delivery {
        guard let address = OutgoingAddress(delivery.address) else {
            return delivery.tried(nil, "the address cannot be used", at: now())
        }
        let body = Array(
            """
            {"id":\(event.id),"kind":"\(event.kind)","at":"\(event.at)","data":\(event.body)}
            """.utf8)
        let headers = [
            ("Content-Type", "application/json"), ("User-Agent", "Ratchet"), ("Ratchet-Event", event.kind),
            ("Ratchet-Delivery", "\(delivery.id.value)"),
            ("Ratchet-Signature", Signature.header(body, key: secret, at: now())),
        ]
        do {
            let status = try await HTTPSender.post(address, headers: headers, body: body)
            return delivery.tried(status, String(status), at: now())
        } catch let error as HTTPSender.Failure {
            return delivery.tried(nil, error.told, at: now())
        } catch {
            return delivery.tried(nil, "cannot be reached: \(error)", at: now())
        }
    }
}

/// One request, one answer, then the connection is closed.
enum HTTPSender {
    enum Failure: Error {
        case tookTooLong, closedEarly
        var told: String { self == .tookTooLong ? "no answer in ten seconds" : "closed before it answered" }
    }

    static let timeout = Duration.seconds(10)

    static func post(_ address: OutgoingAddress, headers: [(String, String)], body: [UInt8]) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask { try await send(address, headers: headers, body: body) }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw Failure.tookTooLong
            }
            defer { group.cancelAll() }
            return try await group.next() ?? 0
        }
    }

    private static func send(_ address: OutgoingAddress, headers: [(String, String)], body: [UInt8]) async throws -> Int
    {
        typealias Channel = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(5))
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try Channel(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var fields = HTTPHeaders(headers)
            let host = address.host.contains(":") ? "[\(address.host)]" : address.host
            fields.add(name: "Host", value: address.port == 80 ? host : "\(host):\(address.port)")
            fields.add(name: "Content-Length", value: String(body.count))
            fields.add(name: "Connection", value: "close")
            let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: address.target, headers: fields)
            try await outbound.write(.head(head))
            try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: body))))
            try await outbound.write(.end(nil))
            for try await part in inbound {
                if case .head(let head) = part, head.status.code >= 200 { return Int(head.status.code) }
            }
            throw Failure.closedEarly
        }
    }
}
