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
            await announce(job.token)
            try await turn(store, at: now())
            try await foresee(store)
            states[job.token]?.state = .done(import: outcome.record.id.value, isKnown: outcome.wasKnown)
        } catch {
            states[job.token]?.state = .failed(error)
        }
        await announce(job.token)
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
        try await foresee(store)
        states[job.token]?.state = .done(import: outcome.record.id.value, isKnown: outcome.wasKnown)
    }

    private func report(_ token: String, rows: Int, of: Int) async {
        guard case .running(let before, _, let since)? = states[token]?.state, rows > before else { return }
        states[token]?.state = .running(rows: rows, of: of, since: since)
        await announce(token)
    }

    /// Tells those who listen how far a reading is. That nobody can be told is no reason to end the reading.
    private func announce(_ token: String) async {
        told += 1
        guard let run = run(token) else { return }
        _ = try? await store.announce(
            kind: "import", subject: token, key: "import:\(token):\(told)", body: run.text, at: now())
    }

    /// A reading as a document; nil when there is none of this token.
    func run(_ token: String) -> JSON? {
        guard let (name, state) = states[token] else { return nil }
        var word = "running"
        var (rows, of) = (0, 0)
        var record = JSON.null
        var reason = JSON.null
        switch state {
        case .running(let done, let all, _): (rows, of) = (done, all)
        case .analysing: word = "analysing"
        case .done(let id, _):
            word = "done"
            record = .integer(Int(id))
        case .failed(let error):
            word = "failed"
            reason = .string((error as? ConnectorError)?.message ?? (error as? StoreError)?.message ?? "\(error)")
        }
        return .object([
            ("token", .string(token)), ("file", .string(name)), ("state", .string(word)), ("rows", .integer(rows)),
            ("of", .integer(of)), ("import", record), ("reason", reason),
        ])
    }

    // MARK: Turns

    /// Tickets came in without a file: a turn is due when no more come for a while.
    func markDue() { dueSince = now() }

    /// Runs the turn that is due.
    func turnWhenDue() async {
        guard let since = dueSince, now().seconds - since.seconds >= Self.quietSeconds else { return }
        dueSince = nil
        do {
            try await turn(store, at: now())
            try await foresee(store)
        } catch {
            FileHandle.standardError.write(Data("ratchet: the turn after records came in: \(error)\n".utf8))
        }
    }

    /// So long nothing must have come before the analysis looks.
    private static let quietSeconds: Int64 = 10
    private var dueSince: Moment?
    private var told = 0

    private func discard(_ file: Waiting) {
        if file.isUpload { try? FileManager.default.removeItem(atPath: file.path) }
    }
}
