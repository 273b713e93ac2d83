import Foundation
import Hummingbird
import People
import Records
import Store
import Testing

@testable import Web

/// Every route, asked by every role and by nobody, with a form's token and without an account.
@Suite("Every route and every role")
struct RoleWalkTests {
    /// Written by hand, beside the table of `Role.may`: a slip in either shows.
    static func may(_ role: Role, _ permission: Permission) -> Bool {
        switch permission {
        case .read, .suggest: true
        case .contribute: role != .reader
        case .bringData: [.processManager, .improvementManager, .administrator].contains(role)
        case .decide: ![.reader, .practitioner].contains(role)
        case .approve: [.processOwner, .serviceOwner, .improvementManager, .administrator].contains(role)
        case .govern: [.processOwner, .improvementManager, .administrator].contains(role)
        case .administer: role == .administrator
        }
    }

    /// An address of a route, its names filled with what is not there.
    static func address(_ route: Route) -> String {
        "/" + route.segments.map { $0.hasPrefix("{") ? "999999" : String($0) }.joined(separator: "/")
    }

    static func ask(_ browser: Browser, _ route: Route, headers: [String: String]) async -> Reply {
        var headers = headers
        var body = ""
        if route.method != "GET" {
            headers["content-type"] = route.endpoint == nil ? "application/x-www-form-urlencoded" : "application/json"
            body = route.endpoint == nil ? "token=form" : "{}"
        }
        return await browser.site.reply(
            to: Ask(
                method: route.method, target: address(route), headers: headers,
                body: RequestBody(buffer: ByteBuffer(string: body))))
    }

    static func isRefused(_ reply: Reply) -> Bool {
        if reply.status == 303 { return reply.header("Location")?.hasPrefix("/login") == true }
        return reply.status == 401 || reply.status == 403
    }

    @Test(
        "A role is let in where its row says so, and refused everywhere else: pages, forms and API alike",
        arguments: Role.allCases)
    func roles(role: Role) async throws {
        let browser = try await Browser()
        // Somebody who stays an administrator, so that the walk can do what it wants with itself.
        _ = try await browser.store.addAccount(
            login: "first", name: "First", role: .administrator, passwordHash: "x", at: Browser.now)
        let account = try await browser.store.addAccount(
            login: "walker", name: "Walker", role: role, passwordHash: "x", at: Browser.now)
        for route in Routes.all {
            // A session of its own: signing out is a route too.
            let token = Secrets.newToken(bytes: 9)
            try await browser.store.addSession(
                tokenHash: Secrets.hash(token: token), formToken: "form", account: account.id,
                expiresAt: Moment(seconds: Browser.now.seconds + 60))
            let reply = await Self.ask(
                browser, route, headers: ["cookie": "ratchet=\(token)", "x-form-token": "form"])
            let name = "\(role) \(route.method) \(route.path): \(reply.status) \(reply.bodyText.prefix(200))"
            #expect(reply.status < 500 || reply.status == 503, "\(name)")
            guard let permission = route.permission else { continue }
            let isLetIn = Self.may(role, permission)
            if route.path == "/logout" {
                #expect(reply.status == 303, "\(name)")
            } else {
                #expect(Self.isRefused(reply) == !isLetIn, "\(name)")
            }
        }
    }

    @Test("Nobody is let in nowhere but where anyone may be")
    func nobody() async throws {
        let browser = try await Browser()
        for route in Routes.all where route.permission != nil {
            let reply = await Self.ask(browser, route, headers: ["x-form-token": "form"])
            #expect(Self.isRefused(reply), "\(route.method) \(route.path): \(reply.status)")
        }
    }

    @Test("A token opens only the API, only for what it was given, whoever owns it", arguments: Permission.allCases)
    func tokens(permission: Permission) async throws {
        let browser = try await Browser()
        let account = try await browser.store.addAccount(
            login: "boss", name: "Boss", role: .administrator, passwordHash: "x", at: Browser.now)
        let made = try await newAccessToken(
            browser.store, for: account, name: "walk", scope: [permission], days: nil, at: Browser.now)
        for route in Routes.all {
            guard let needed = route.permission else { continue }
            let reply = await Self.ask(browser, route, headers: ["authorization": "Bearer \(made.secret)"])
            let isForPrograms = route.path.hasPrefix("/api/") || ["/metrics", "/mcp"].contains(route.path)
            let isLetIn = isForPrograms && needed == permission
            #expect(Self.isRefused(reply) == !isLetIn, "\(route.method) \(route.path): \(reply.status)")
        }
    }

    @Test("A cookie alone changes nothing through the API: another site could have sent it")
    func forgery() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        for route in Routes.all where route.path.hasPrefix("/api/") && route.method != "GET" && route.permission != nil
        {
            let reply = await browser.send(
                route.method, Self.address(route), "{}", headers: ["content-type": "application/json"])
            #expect(reply.status == 403 && reply.bodyText.contains("form-expired"), "\(route.path): \(reply.status)")
        }
    }

    @Test("Every route of the API says what it takes and gives; no other address begins like it")
    func described() {
        for route in Routes.all {
            #expect((route.endpoint != nil) == route.path.hasPrefix("/api/v1/"), "\(route.path)")
            if route.endpoint != nil { #expect(route.endpoint?.gives != nil, "\(route.path)") }
        }
        var seen: Set<String> = []
        for route in Routes.all {
            #expect(seen.insert("\(route.method) \(route.path)").inserted, "\(route.path) twice")
        }
    }
}
