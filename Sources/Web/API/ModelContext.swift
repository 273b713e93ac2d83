import Foundation
import Languages
import People
import Store

// The Model Context Protocol: questions that a language model may ask on behalf of somebody, over HTTP (`/mcp`) and over standard input
// and output (`ratchet mcp`). Everything here only reads.

/// Answers messages of the protocol (JSON-RPC 2.0), one at a time and without a memory of those before.
public struct ModelContext: Sendable {
    let store: any Store
    let words: Words

    public init(store: any Store, words: Words = Words(.en)) {
        self.store = store
        self.words = words
    }

    /// The versions of the protocol that are understood, the latest first.
    static let versions = ["2025-06-18", "2025-03-26", "2024-11-05"]

    /// JSON-RPC's own numbers.
    private enum Fault: Int {
        case notJSON = -32700
        case noRequest = -32600
        case noMethod = -32601
        case badParameters = -32602
        case ours = -32603
    }

    /// The answer to a message; nil where none is wanted.
    public func answer(_ message: [UInt8]) async -> String? {
        let json: JSON
        do throws(JSONFault) {
            json = try JSON(reading: message)
        } catch { return Self.failed(.null, .notJSON, "byte \(error.byte): \(error.reason)").text }
        return await answer(json)?.text
    }

    func answer(_ json: JSON) async -> JSON? {
        guard json["jsonrpc"]?.said == "2.0", let method = json["method"]?.said else {
            // An answer of the other side to a question that was never asked is passed over.
            if json["result"] != nil || json["error"] != nil { return nil }
            return Self.failed(json["id"] ?? .null, .noRequest, "this is no request of JSON-RPC 2.0")
        }
        // A notification wants no answer, whatever it says.
        guard let id = json["id"], !id.isNull else { return nil }
        let parameters = json["params"] ?? .object([])
        switch method {
        case "initialize": return Self.done(id, Self.welcome(parameters))
        case "ping": return Self.done(id, .object([]))
        case "tools/list":
            return Self.done(id, .object([("tools", .array(ModelContextTool.all.map(\.description)))]))
        case "tools/call": return await call(id, parameters)
        default: return Self.failed(id, .noMethod, "there is no method “\(method)” here")
        }
    }

    private func call(_ id: JSON, _ parameters: JSON) async -> JSON {
        let name = parameters["name"]?.said ?? ""
        guard let tool = ModelContextTool.all.first(where: { $0.name == name }) else {
            let known = ModelContextTool.all.map(\.name).joined(separator: ", ")
            return Self.failed(id, .badParameters, "there is no tool “\(name)”; there are: \(known)")
        }
        let arguments = parameters["arguments"] ?? .object([])
        if let trouble = tool.takes.trouble(arguments) {
            return Self.failed(
                id, .badParameters, "\(trouble.place.isEmpty ? "the arguments" : trouble.place) \(trouble.reason)")
        }
        do {
            let told = try await tool.answer(self, arguments)
            return Self.done(id, Self.content(told.text, told.document, isError: false))
        } catch let problem as Problem {
            return Self.done(id, Self.content(problem.detail, nil, isError: true))
        } catch {
            FileHandle.standardError.write(Data("ratchet: tool \(name): \(error)\n".utf8))
            return Self.failed(id, .ours, "something went wrong on our side")
        }
    }

    private static func content(_ text: String, _ document: JSON?, isError: Bool) -> JSON {
        var members: [(String, JSON)] = [
            ("content", .array([.object([("type", "text"), ("text", .string(text))])]))
        ]
        if let document { members.append(("structuredContent", document)) }
        return .object(members + [("isError", .bool(isError))])
    }

    private static func welcome(_ parameters: JSON) -> JSON {
        let asked = parameters["protocolVersion"]?.said
        return .object([
            ("protocolVersion", .string(versions.first { $0 == asked } ?? versions[0])),
            ("capabilities", .object([("tools", .object([]))])),
            ("serverInfo", .object([("name", "ratchet"), ("title", "Ratchet"), ("version", "1")])),
            (
                "instructions",
                """
                Ratchet finds what changed in a service desk's work, what it is worth to do something about it, and whether what was \
                done worked. Figures come with intervals: tell them. Begin with what_changed or what_is_it_worth.
                """
            ),
        ])
    }

    private static func done(_ id: JSON, _ result: JSON) -> JSON {
        .object([("jsonrpc", "2.0"), ("id", id), ("result", result)])
    }

    private static func failed(_ id: JSON, _ fault: Fault, _ message: String) -> JSON {
        .object([
            ("jsonrpc", "2.0"), ("id", id),
            ("error", .object([("code", .integer(fault.rawValue)), ("message", .string(message))])),
        ])
    }
}

extension Routes {
    static let modelContext: [Route] = {
        var route = Route("POST", "/mcp", .read, "The Model Context Protocol", answer: { try await modelContext($0) })
        route.onlyReads = true
        return [route]
    }()

    /// Each message is answered by itself: there is no session, and nothing is sent that was not asked for.
    private static func modelContext(_ call: Call) async throws -> Reply {
        if let version = call.ask.headers["mcp-protocol-version"], !ModelContext.versions.contains(version) {
            throw Problem.badParameter(
                "MCP-Protocol-Version", "it is one of: \(ModelContext.versions.joined(separator: ", "))")
        }
        let bytes = try await call.ask.collected()
        let context = ModelContext(store: call.store, words: call.visit.words)
        guard let text = await context.answer(bytes) else { return Reply(202) }
        return Reply(200, headers: [("Content-Type", "application/json")], body: Array(text.utf8))
    }
}
