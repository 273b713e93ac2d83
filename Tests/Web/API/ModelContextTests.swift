import Foundation
import Hummingbird
import Improvements
import Opportunities
import People
import Records
import Store
import Testing

@testable import Web

@Suite("The Model Context Protocol")
struct ModelContextTests {
    private func ask(_ context: ModelContext, _ message: String) async throws -> JSON? {
        try await context.answer(Array(message.utf8)).map { try JSON(reading: Array($0.utf8)) }
    }

    private func call(_ context: ModelContext, _ tool: String, _ arguments: String = "{}") async throws -> JSON {
        let message = """
            {"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"\(tool)","arguments":\(arguments)}}
            """
        return try #require(try await ask(context, message))
    }

    @Test("What is no request is told so; a notification gets no answer; an unknown method is no tool")
    func faults() async throws {
        let browser = try await Browser()
        let context = ModelContext(store: browser.store)
        #expect(try await ask(context, "{")?["error"]?["code"]?.whole == -32700)
        #expect(try await ask(context, "[]")?["error"]?["code"]?.whole == -32600)
        #expect(try await ask(context, "{\"id\":1,\"method\":\"ping\"}")?["error"]?["code"]?.whole == -32600)
        #expect(try await ask(context, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}") == nil)
        #expect(try await ask(context, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}") == nil)
        #expect(
            try await ask(context, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"drop\"}")?["error"]?["code"]?.whole
                == -32601)
        #expect(try await call(context, "drop")["error"]?["code"]?.whole == -32602)
        #expect(try await call(context, "what_changed", "{\"since\":\"soon\"}")["error"]?["code"]?.whole == -32602)
        let missing = try await call(context, "why", "{\"id\":\"s9\"}")
        #expect(missing["result"]?["isError"]?.flag == true && missing["id"]?.said == "a")
    }

    @Test("A version that is known is spoken; another is answered with the latest")
    func versions() async throws {
        let browser = try await Browser()
        let context = ModelContext(store: browser.store)
        for (asked, spoken) in [("2024-11-05", "2024-11-05"), ("1999-01-01", "2025-06-18")] {
            let message = """
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"\(asked)","capabilities":{}}}
                """
            let result = try await ask(context, message)?["result"]
            #expect(result?["protocolVersion"]?.said == spoken && result?["capabilities"]?["tools"] != nil)
        }
    }

    @Test("Every tool only reads, says what it takes, and answers over an empty store and a full one")
    func tools() async throws {
        let browser = try await Browser()
        let context = ModelContext(store: browser.store)
        let list = try await ask(context, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
        let tools = list?["result"]?["tools"]?.items ?? []
        #expect(tools.compactMap { $0["name"]?.said } == ["what_changed", "why", "what_is_it_worth", "did_it_work"])
        for tool in tools {
            #expect(
                tool["annotations"]?["readOnlyHint"]?.flag == true && tool["inputSchema"]?["type"]?.said == "object")
        }
        func text(_ tool: String, _ arguments: String = "{}") async throws -> String {
            let result = try await call(context, tool, arguments)["result"]
            return result?["content"]?.items?.first?["text"]?.said ?? ""
        }
        #expect(try await text("what_changed") == "Nothing has been analysed yet.")
        #expect(try await text("what_is_it_worth") == "The register is empty.")
        #expect(try await text("did_it_work") == "There are no improvements yet.")
        let turn = TurnRecord(
            at: Browser.now, asOf: Browser.now, tickets: 9, tested: 9, expectedFalse: 0.1, rate: 0.05, window: nil,
            notes: [],
            changesSeen: 0, isFullSearch: true)
        try await browser.store.save(
            turn, signals: [Samples.signal(), Samples.good],
            opportunities: [Samples.opportunity(1, [Samples.signal(), Samples.share], .lookAtDay)])
        _ = try await browser.store.open(
            Entry(.opened(title: "Answer sooner", origin: .hand), by: "a", at: Browser.now))
        #expect(try await text("what_changed", "{\"direction\":\"worse\"}").hasPrefix("s1: "))
        #expect(try await !text("what_changed", "{\"direction\":\"worse\"}").contains("s4"))
        #expect(try await text("what_is_it_worth").hasPrefix("1. o1: "))
        #expect(try await text("why", "{\"id\":\"o1\"}").contains("First step: "))
        #expect(try await text("did_it_work") == "1. Answer sooner: active, round 1, step 1 of 7; not judged yet")
        let one = try await call(context, "did_it_work", "{\"improvement\":1}")
        #expect(one["result"]?["structuredContent"]?["schema"]?.said == "ratchet.improvement/1")
        #expect(try await call(context, "did_it_work", "{\"improvement\":2}")["result"]?["isError"]?.flag == true)
    }

    @Test("Over HTTP it asks for the permission to read, and leaves the rest to the tools")
    func http() async throws {
        let browser = try await Browser()
        let client = try await Client(browser, [.read])
        func send(_ body: String, _ secret: String, version: String = "2025-06-18") async -> Reply {
            await browser.site.reply(
                to: Ask(
                    method: "POST", target: "/mcp",
                    headers: [
                        "authorization": "Bearer \(secret)", "content-type": "application/json",
                        "mcp-protocol-version": version,
                    ], body: RequestBody(buffer: ByteBuffer(string: body))))
        }
        let ping = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}"
        #expect(await send(ping, client.secret).bodyText == "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}")
        #expect(
            await send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", client.secret).status == 202)
        #expect(await send(ping, "x").status == 401)
        #expect(await send(ping, client.secret, version: "1").status == 400)
        let other = try await Client(browser, [.suggest])
        #expect(await send(ping, other.secret).status == 403)
        #expect(await browser.site.reply(to: Ask(method: "GET", target: "/mcp")).status == 405)
    }
}
