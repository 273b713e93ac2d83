import Connectors
import Foundation
import Records
import Store
import Turn

/// Files that were handed in: those that wait for an answer, and those that are being read.
///
/// One file is read at a time, because a store has one writer. Reading goes on when its page is left.
actor ImportDesk {
    struct Waiting: Sendable {
        var path: String
        var name: String
        /// It is ours to remove when it has been read: it came through a page.
        var isUpload: Bool
    }

    struct Job: Sendable {
        var token: String
        var file: Waiting
        var options: ReadingOptions
    }

    enum State: Sendable {
        case running(rows: Int, of: Int, since: Date)
        case analysing
        /// It was there already, and nothing has changed: `isKnown`.
        case done(import: Int64, isKnown: Bool)
        case failed(any Error)
    }

    private let store: any Store
    private let now: @Sendable () -> Moment
    nonisolated let folder: String
    private var waiting: [String: Waiting] = [:]
    private var states: [String: (name: String, state: State)] = [:]
    private let jobs: AsyncStream<Job>
    private nonisolated let line: AsyncStream<Job>.Continuation

    /// More files than this do not wait at once; the oldest go.
    private static let waitingMax = 20
    private var order: [String] = []

    init(store: any Store, folder: String, now: @escaping @Sendable () -> Moment) {
        self.store = store
        self.folder = folder
        self.now = now
        (jobs, line) = AsyncStream.makeStream()
    }

    func keep(_ file: Waiting, token: String) {
        waiting[token] = file
        order.append(token)
        while order.count > Self.waitingMax {
            let oldest = order.removeFirst()
            if let file = waiting.removeValue(forKey: oldest) { discard(file) }
        }
    }

    func file(_ token: String) -> Waiting? { waiting[token] }
    func state(_ token: String) -> (name: String, state: State)? { states[token] }

    /// Puts a file in line to be read.
    func begin(_ token: String, _ file: Waiting, options: ReadingOptions, rows: Int) {
        waiting[token] = nil
        order.removeAll { $0 == token }
        states[token] = (file.name, .running(rows: 0, of: rows, since: Date()))
        line.yield(Job(token: token, file: file, options: options))
    }

    /// Reads what is put in line until it is cancelled.
    func run() async {
        for await job in jobs {
            await read(job)
        }
    }

    nonisolated func stop() { line.finish() }

    private func read(_ job: Job) async {
        defer { discard(job.file) }
        do {
            if let kind = try recordKind(of: job.file.path) {
                try await readRecords(job, kind)
                return
            }
            let inspection = try inspect(job.file.path, options: job.options)
            states[job.token] = (job.file.name, .running(rows: 0, of: inspection.rowCount, since: Date()))
            let outcome = try await importFile(
                inspection, named: job.file.name, options: job.options, into: store, at: now()
            ) { rows, of in
                Task { await self.report(job.token, rows: rows, of: of) }
            }
            states[job.token]?.state = .analysing
            try await turn(store, at: now())
            states[job.token]?.state = .done(import: outcome.record.id.value, isKnown: outcome.wasKnown)
        } catch {
            states[job.token]?.state = .failed(error)
        }
    }

    /// Answers, readings or suggestions: nothing is asked about them, they are as their header says.
    private func readRecords(_ job: Job, _ kind: RecordKind) async throws {
        let options = RecordOptions(zone: job.options.zone, dayFirst: job.options.dayFirst)
        let inspection = try inspectRecords(job.file.path, kind: kind, options: options)
        states[job.token] = (job.file.name, .running(rows: 0, of: inspection.rowCount, since: Date()))
        let outcome = try await importRecords(
            inspection, named: job.file.name, options: options, into: store, at: now()
        ) { rows, of in
            Task { await self.report(job.token, rows: rows, of: of) }
        }
        states[job.token]?.state = .analysing
        try await turn(store, at: now())
        states[job.token]?.state = .done(import: outcome.record.id.value, isKnown: outcome.wasKnown)
    }

    private func report(_ token: String, rows: Int, of: Int) {
        guard case .running(let before, _, let since)? = states[token]?.state, rows > before else { return }
        states[token]?.state = .running(rows: rows, of: of, since: since)
    }

    private func discard(_ file: Waiting) {
        if file.isUpload { try? FileManager.default.removeItem(atPath: file.path) }
    }
}
