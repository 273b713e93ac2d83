import Foundation
import Hummingbird
import Improvements
import People
import Records
import Store
import Testing

@testable import Web

/// Documents made by chance from the very shapes that describe them.
private struct Chance {
    var state: UInt64

    mutating func next(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }

    mutating func pick<T>(_ items: [T]) -> T { items[next(items.count)] }

    mutating func document(_ shape: Shape, depth: Int = 0) -> JSON {
        switch shape {
        case .anything:
            return pick([
                .null, .bool(true), .integer(-3), .number(1e300), .string("æ 中 \u{202E}\u{0}"), .array([]), .object([]),
            ])
        case .text(let most):
            return .string(String(pick(["", " ", "a", "Email", "<b>&\"'", "process\n\tx", "中文"]).prefix(most)))
        case .moment:
            return .string(
                pick([
                    "2026-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00",
                ]))
        case .day: return .string(pick(["2026-02-01", "1970-01-01", "9999-12-31", "0001-01-01", "2024-02-29"]))
        case .flag: return .bool(next(2) == 0)
        case .whole(let range):
            return .integer(
                pick([range.lowerBound, range.upperBound, min(max(1, range.lowerBound), range.upperBound)]))
        case .number:
            return pick([.number(0.1), .integer(0), .integer(-1), .number(1e300), .number(-1e-300), .integer(Int.max)])
        case .word(let words): return .string(pick(words))
        case .list(let item, let most):
            return .array((0..<min(next(3), most)).map { _ in document(item, depth: depth + 1) })
        case .map(let item):
            return .object(
                ["category", "id", "openedAt", "x"].prefix(next(5)).map { ($0, document(item, depth: depth + 1)) })
        case .optional(let item): return next(3) == 0 ? .null : document(item, depth: depth + 1)
        case .either(let shapes): return document(pick(shapes), depth: depth + 1)
        case .named(_, let item): return document(item, depth: depth)
        case .object(let members):
            return .object(
                members.filter { $0.isRequired || next(2) == 0 }.map { ($0.name, document($0.shape, depth: depth + 1)) }
            )
        }
    }
}

@Suite("Whatever is sent")
struct AnythingGoesTests {
    @Test(
        "No document that fits a route, and none that nearly does, is the server's fault; each refusal names its case",
        arguments: 1...4)
    func documents(seed: Int) async throws {
        let browser = try await Browser()
        let client = try await Client(browser)
        let rows = (0..<120).map { day in
            "{\"id\":\"R\(day)\",\"openedAt\":\"2025-\(day / 28 + 1 < 10 ? "0" : "")\(day / 28 + 1)-\(day % 28 < 9 ? "0" : "")\(day % 28 + 1)T08:00:00Z\",\"category\":\"Email\"}"
        }
        _ = try await client.send("POST", "/records", "[\(rows.joined(separator: ","))]")
        for _ in 1...3 { _ = try await client.send("POST", "/improvements", "{\"title\":\"A\"}") }
        var chance = Chance(state: UInt64(seed) &* 977)
        for route in Routes.all where route.method == "POST" {
            guard let shape = route.endpoint?.takes else { continue }
            for round in 0..<12 {
                var body = chance.document(shape).text
                if round % 3 == 2, !body.isEmpty {
                    var bytes = Array(body.utf8)
                    bytes[chance.next(bytes.count)] = UInt8(chance.next(128))
                    body = String(decoding: bytes, as: UTF8.self)
                }
                let path = String(route.path.dropFirst("/api/v1".count)).replacing(
                    "{id}", with: "\(1 + chance.next(4))"
                )
                .replacing("{source}", with: "x")
                // The client checks that answers and refusals are of the shapes that are described.
                let answer = try await client.send("POST", path, body, headers: ["if-match": "*"])
                #expect(answer.status < 500, "\(path) \(body): \(answer.reply.bodyText)")
            }
        }
        for kept in try await browser.store.improvements() { #expect(kept.improvement.version >= 1) }
    }

    @Test(
        "No query is the server's fault",
        arguments: ["", "-1", "0", "999999999999999999999", "a", "%00", "' or 1=1 --", "2026-02-30", "中"])
    func queries(value: String) async throws {
        let client = try await Client(try await Browser())
        for route in Routes.all where route.method == "GET" && route.endpoint != nil {
            let path = String(route.path.dropFirst("/api/v1".count)).replacing("{id}", with: percentEncoded(value))
                .replacing("{token}", with: percentEncoded(value))
            for (name, _) in route.query + Window.parameters {
                let reply = try await client.send("GET", "\(path)?\(name)=\(percentEncoded(value))")
                #expect(reply.status < 500, "\(path) \(name)")
            }
        }
    }
}
