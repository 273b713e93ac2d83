import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Records
import Store

/// Serves a store's pages until the process is told to end.
/// - Parameter started: Called with the port once requests are answered.
public func serve(
    _ store: any Store, host: String, port: Int, options: SiteOptions,
    now: @escaping @Sendable () -> Moment = wallClock, started: (@Sendable (_ port: Int) async -> Void)? = nil
) async throws {
    let site = Site(store: store, options: options, now: now)
    let responder = CallbackResponder<BasicRequestContext> { request, _ in
        let ask = Ask(request)
        let start = ContinuousClock.now
        let reply = await site.reply(to: ask)
        site.tally.note(ask, reply.status, took: ContinuousClock.now - start)
        return reply.response(isHead: request.method == .head)
    }
    var application = Application(
        responder: responder, configuration: .init(address: .hostname(host, port: port), serverName: nil),
        onServerRunning: { channel in
            await started?(channel.localAddress?.port ?? port)
        })
    application.logger.logLevel = .warning
    let running = application
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await site.desk.run() }
        group.addTask { await site.announce() }
        group.addTask { await site.deliver() }
        group.addTask { try await running.runService() }
        // The server ends first, on a signal; then no more files come, and the desk finishes the one it has.
        _ = try await group.next()
        site.desk.stop()
        group.cancelAll()
    }
}

/// What the machine's clock says.
@Sendable public func wallClock() -> Moment {
    Moment(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
}

extension Ask {
    init(_ request: Request) {
        var headers: [String: String] = [:]
        for field in request.headers {
            let name = field.name.canonicalName
            headers[name] =
                name == "cookie"
                ? [headers[name], field.value].compactMap(\.self).joined(separator: "; ") : field.value
        }
        self.init(
            method: request.method.rawValue, target: request.head.path ?? "/", headers: headers, body: request.body)
    }
}

extension Reply {
    func response(isHead: Bool) -> Response {
        var fields = HTTPFields()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        var content = ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        if let stream {
            content = ResponseBody { writer in
                try await stream { text in try await writer.write(ByteBuffer(string: text)) }
                try await writer.finish(nil)
            }
        }
        let response = Response(
            status: HTTPResponse.Status(code: status), headers: fields, body: content)
        return isHead ? response.createHeadResponse() : response
    }
}
