import ArgumentParser
import Connectors
import Foundation
import People
import Records
import Store
import Turn
import Web

/// Where pages are served.
struct ServeOptions: ParsableArguments {
    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes any free one.")
    var port = 8080
}

/// Serves the pages.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages; the first run prints a one-time link for the administrator.",
        discussion: """
            Example: ratchet serve --port 8080
            Put a proxy that speaks TLS before it when others than you can reach it, and say --behind-tls then.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var listening: ServeOptions

    @Flag(help: "Pages are reached through TLS (a proxy): cookies are sent only there.")
    var behindTLS = false

    func run() async throws {
        let store = try await place.open()
        try await servePages(store, listening, isSecure: behindTLS)
    }
}

/// Serves a store until it is told to stop; prints where, and how to get in the first time.
func servePages(_ store: any Store, _ options: ServeOptions, isSecure: Bool) async throws {
    let link = try await firstRunLink(store, at: now())
    let site = SiteOptions(isBehindTLS: isSecure, sample: try? Sample.path())
    try await serve(
        store, host: options.host, port: options.port, options: site,
        started: { port in
            let address = "http://\(options.host.contains(":") ? "[\(options.host)]" : options.host):\(port)"
            Terminal.say("Ratchet is at \(address)/ · ctrl-C stops it")
            if let link { Terminal.say("First time? Open \(address)\(link) (good once, for a day)") }
        })
    try await store.close()
}

/// The sample data: beside the binary where it is installed, in the source tree where it is built.
enum Sample {
    static let name = "incident-event-log.csv.gz"

    static func path() throws -> String {
        let binary = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        let real = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? binary.path
        var folder = URL(fileURLWithPath: real).deletingLastPathComponent()
        var tried: [String] = []
        // bin/../share/ratchet of an installation, then Samples of each folder above a built binary.
        let installed = folder.deletingLastPathComponent().appendingPathComponent("share/ratchet/Samples/\(name)").path
        if FileManager.default.fileExists(atPath: installed) { return installed }
        tried.append(installed)
        for _ in 0..<5 {
            let candidate = folder.appendingPathComponent("Samples/\(name)").path
            if FileManager.default.fileExists(atPath: candidate) { return candidate }
            tried.append(candidate)
            folder = folder.deletingLastPathComponent()
        }
        throw Failure(
            message: "\(tried[0]): the sample is not there; install with ‘make install’, or run from the source tree",
            code: 66)
    }
}
