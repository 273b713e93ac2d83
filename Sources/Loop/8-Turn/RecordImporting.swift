import Connectors
import Foundation
import Measures
import Records
import Store

/// What came of taking in a file of answers, readings or suggestions.
public struct RecordImportOutcome: Sendable {
    public var record: Import
    public var kind: RecordKind
    public var new: Int
    public var changed: Int
    public var doctor: Doctor?
    /// The very same file had been read to its end before: nothing was done.
    public var wasKnown: Bool
}

/// Takes values into a store that come from no file, in one transaction: for whoever receives them.
///
/// Readings are told apart by device, quantity and time; answers and suggestions by their keys, which the caller gives and which
/// must differ for different records.
/// - Returns: How many were new or corrected, and which were not taken in because their quantity is known in another unit.
public func takeIn(_ batch: RecordBatch, into store: any Store) async throws -> TakenIn {
    try await store.take(batch, from: nil, zone: Organisation(of: store).zone)
}

/// Keeps a suggestion that somebody makes here and now.
/// - Returns: Its number.
public func keep(_ suggestion: Suggestion, in store: any Store) async throws -> Int64 {
    let key = "here:" + UUID().uuidString
    var batch = RecordBatch()
    batch.suggestions = [KeptRecord(key: key, value: suggestion)]
    _ = try await takeIn(batch, into: store)
    guard let id = try await store.suggestion(key: key)?.id else {
        preconditionFailure("What was just taken in is there")
    }
    return id
}

/// Takes a file of answers, readings or suggestions into a store, batch by batch; a batch is in as a whole or not at all.
///
/// Begun again after it was cut off, it goes on after the last whole batch. The file is read on a thread of its own, at most one
/// batch ahead of the writer.
/// - Parameter progress: Rows done so far, rejected ones included, and how many the file has.
/// - Throws: `ConnectorError` for the file, `StoreError` for the store.
public func importRecords(
    _ inspection: RecordInspection, named name: String, options: RecordOptions, into store: any Store, at now: Moment,
    progress: (@Sendable (_ rows: Int, _ of: Int) -> Void)? = nil
) async throws -> RecordImportOutcome {
    let organisation = try await Organisation(of: store)
    var options = options
    if options.zone == nil, try await store.setting(.zone) != nil { options.zone = organisation.zone }
    let key = try await pseudonymKey(of: store)
    var outcome = RecordImportOutcome(
        record: Import(
            id: ID(0), file: name, fileHash: inspection.fileHash, preset: inspection.kind.rawValue, startedAt: now,
            state: .reading, rows: 0, rejected: 0, report: ""),
        kind: inspection.kind, new: 0, changed: 0, doctor: nil, wasKnown: false)
    if let known = try await store.importOf(fileHash: inspection.fileHash) {
        outcome.record = known
        outcome.wasKnown = known.state == .done
        if outcome.wasKnown { return outcome }
    } else {
        if options.strict {
            // Read once without keeping anything: a strict import changes nothing when a row is bad.
            _ = try readRecords(inspection, options: options, key: key, each: { _, _ in }, reject: { _, _ in })
        }
        outcome.record = try await store.beginImport(
            file: name, fileHash: inspection.fileHash, preset: inspection.kind.rawValue, at: now)
    }
    let skipping = outcome.record.rows
    let ahead = ReadAhead<RecordBatch, Doctor> { [options] hand in
        try readBatches(inspection, options: options, key: key, skipping: skipping, hand)
    }
    var differing = 0
    do {
        while let batch = await ahead.next() {
            let taken = try await store.take(batch, from: outcome.record.id, zone: organisation.zone)
            outcome.new += taken.new
            outcome.changed += taken.changed
            differing += taken.rejects.count
            progress?(batch.rowsDone, inspection.rowCount)
        }
    } catch {
        ahead.cancel()
        throw error
    }
    var doctor = try ahead.outcome()
    doctor.noteOtherUnits(differing)
    try await store.finishImport(outcome.record.id, report: try doctor.json())
    outcome.record = try await store.importOf(fileHash: inspection.fileHash) ?? outcome.record
    outcome.doctor = doctor
    return outcome
}

/// Records written in one transaction.
private let batchRecords = 8_000

/// Rows that are in already are read once more, for the doctor, and so that equal answers are counted as before.
private func readBatches(
    _ inspection: RecordInspection, options: RecordOptions, key: [UInt8], skipping: Int,
    _ hand: (RecordBatch) throws -> Void
) throws -> Doctor {
    var batch = RecordBatch()
    func handOver(_ row: Int, isLast: Bool = false) throws {
        batch.rowsDone = row
        guard isLast || batch.count + batch.rejects.count >= batchRecords else { return }
        try hand(batch)
        batch = RecordBatch()
    }
    var last = skipping
    let doctor = try readRecords(
        inspection, options: options, key: key,
        each: { record, row in
            guard row > skipping else { return }
            last = row
            switch record {
            case .answer(let answer): batch.answers.append(answer)
            case .suggestion(let suggestion): batch.suggestions.append(suggestion)
            case .readings(let readings): batch.readings += readings
            }
            try handOver(row)
        },
        reject: { reject, row in
            guard row > skipping else { return }
            last = row
            batch.rejects.append(reject)
            try handOver(row)
        })
    try handOver(last, isLast: true)
    return doctor
}
