import ArgumentParser
import Connectors
import Foundation
import Records
import SeriesFiles

/// Where events stand in a file, as options.
struct EventColumnOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Events: CSV, XES or OCEL 2.0 JSON, packed with gzip or not; ‘-’ is standard input.", valueName: "file"))
    var file: String

    @Option(name: .customLong("case"), help: "The column of the case; in XES a trace's key, in OCEL a type of object.")
    var caseName: String?

    @Option(help: "The column of what happened; in XES an event's key.")
    var activity: String?

    @Option(help: "The column of the time; in XES an event's key.")
    var time: String?

    @Option(help: "The column of who did it; in XES an event's key, in OCEL a type of object.")
    var resource: String?

    @Option(help: "How times are written, as %d/%m/%Y %H:%M; found out unless said.")
    var timeFormat: String?

    @Option(help: "Events after this day are not known yet: 2016-12-31.")
    var until: String?

    @Flag(help: "Write JSON; there is no other form.")
    var json = false

    @Option(help: "Kept for methods that draw random numbers; this one draws none.")
    var seed = 1

    func validate() throws {
        if let until, Day(until) == nil {
            throw ValidationError("--until \(until): is no day; write it as 2016-12-31")
        }
    }

    var columns: EventOptions {
        EventOptions(
            caseName: caseName, activity: activity, time: time, resource: resource, timeFormat: timeFormat)
    }

    var untilDay: Day? { until.flatMap { Day($0) } }
}

/// Finds how work flows in a file of events; needs no store.
struct ProcessOfEvents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "process",
        abstract:
            "Find how work flows: what follows what, waiting, rework, hand-offs, loops, and what delays slow cases.",
        discussion: """
            Example: ratchet process incidents.csv --case number --activity incident_state --time sys_updated_at
            One row an event. Events of a case are ordered by time, and by the order of the file where times are equal. Times \
            are hours by the clock. Rows that cannot be used are counted, and told with their lines.
            """)

    @OptionGroup var events: EventColumnOptions

    func run() async throws {
        try await withReadablePath(events.file) { path in
            try Terminal.write(processDocument(of: path, events.columns, until: events.untilDay))
        }
    }
}

/// Checks a file of events against a policy; needs no store.
struct ConformanceOfEvents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Check cases against rules: skipped steps, forbidden order, time limits, four eyes.",
        discussion: """
            Example: ratchet conformance incidents.csv --case number --activity state --time at --policy closing.policy
            A policy is a text with a rule a line:
              begins New
              ends Closed | Cancelled
              next Resolved -> Closed | Active
              requires Approved before Implemented
              never Closed after Cancelled
              at most 2 Reopened
              within 48 hours New -> Resolved
              four eyes Requested, Approved
            """)

    @OptionGroup var events: EventColumnOptions

    @Option(help: ArgumentHelp("A file with a rule a line.", valueName: "file"))
    var policy: String

    func run() async throws {
        guard let bytes = FileManager.default.contents(atPath: policy) else {
            throw Failure(message: "\(policy): no such file, or it cannot be read; check its name", code: 66)
        }
        try await withReadablePath(events.file) { path in
            try Terminal.write(
                conformanceDocument(
                    of: path, events.columns, policy: String(decoding: bytes, as: UTF8.self), policyPath: policy,
                    until: events.untilDay))
        }
    }
}
