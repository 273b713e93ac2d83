import Connectors
import Foundation
import Measures
import Records
import Store

/// What came of taking in a file.
public struct ImportOutcome: Sendable {
    public var record: Import
    public var new: Int
    public var changed: Int
    public var doctor: Doctor?
    /// The very same file had been read to its end before: nothing was done.
    public var wasKnown: Bool
}

/// Takes a file into a store, batch by batch; a batch is in as a whole or not at all.
///
/// Begun again after it was cut off, it goes on after the last whole batch. The file is read on a thread of its own while
/// the batch before is written, at most one batch ahead, so memory stays flat however long the file is.
/// - Parameters:
///   - name: What the file is called, for the provenance.
///   - now: When this happens, for the provenance.
///   - progress: Rows done so far, rejected ones included, and how many the file has.
/// - Throws: `ConnectorError` for the file, `StoreError` for the store.
public func importFile(
    _ inspection: Inspection, named name: String, options: ReadingOptions, into store: any Store, at now: Moment,
    progress: (@Sendable (_ rows: Int, _ of: Int) -> Void)? = nil
) async throws -> ImportOutcome {
    let organisation = try await Organisation(of: store)
    let key = try await pseudonymKey(of: store)
    var record: Import
    if let known = try await store.importOf(fileHash: inspection.fileHash) {
        if known.state == .done {
            return ImportOutcome(record: known, new: 0, changed: 0, doctor: nil, wasKnown: true)
        }
        record = known
    } else {
        if options.strict { try refuseRejects(inspection, named: name, options: options, key: key) }
        record = try await store.beginImport(
            file: name, fileHash: inspection.fileHash, preset: inspection.preset.rawValue, at: now)
    }
    let skipping = record.rows
    let reader = ReadAhead<NamedBatch, Doctor> { hand in
        try readBatches(inspection, options: options, key: key, skipping: skipping, hand)
    }
    var new = 0
    var changed = 0
    do {
        while let next = await reader.next() {
            let result = try await store.commit(
                next.batch, names: next.names, to: record.id, calendar: organisation.calendar)
            new += result.new
            changed += result.changed
            progress?(next.batch.rowsDone, inspection.rowCount)
        }
    } catch {
        reader.cancel()
        throw error
    }
    let doctor = try reader.outcome()
    try await store.finishImport(record.id, report: try doctor.json())
    record = try await store.importOf(fileHash: inspection.fileHash) ?? record
    return ImportOutcome(record: record, new: new, changed: changed, doctor: doctor, wasKnown: false)
}

/// Reads the whole file once without keeping anything, so that a strict import changes nothing when a row is bad.
private func refuseRejects(_ inspection: Inspection, named name: String, options: ReadingOptions, key: [UInt8]) throws {
    var names = Names()
    var pseudonyms = Pseudonyms(key: key)
    _ = try read(
        inspection, options: options, names: &names, pseudonyms: &pseudonyms, each: { _, _, _ in },
        reject: { throw ConnectorError.badRow(path: name, line: $0.line, reason: $0.reason) })
}

/// The store's key for pseudonyms, made when it is first needed.
public func pseudonymKey(of store: any Store) async throws -> [UInt8] {
    if let hex = try await store.setting(.pseudonymKey) {
        let digits = Array(hex.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16) ?? 0
        }
    }
    let key = Pseudonyms.newKey()
    try await store.set(.pseudonymKey, to: key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    return key
}

extension Doctor {
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    public init?(json: String) {
        guard let doctor = try? JSONDecoder().decode(Doctor.self, from: Data(json.utf8)) else { return nil }
        self = doctor
    }
}

/// A batch with the names its codes stand for.
private struct NamedBatch: Sendable {
    var batch: ImportBatch
    var names: Names
}

/// Reads the file from its start and hands batches over. Rows that are in already are read once more for the doctor, who
/// reports on the whole file.
private func readBatches(
    _ inspection: Inspection, options: ReadingOptions, key: [UInt8], skipping: Int, _ hand: (NamedBatch) throws -> Void
) throws -> Doctor {
    // Rows written in one transaction: enough that a commit's price is shared, few enough that memory stays flat. A row of a
    // log mostly moves a ticket on; a row that is a ticket changes roll-ups in every dimension.
    let batchRows = inspection.grain == .rowPerUpdate ? 10_000 : 4000
    func newBatch() -> ImportBatch {
        var batch = ImportBatch()
        batch.isLog = inspection.grain == .rowPerUpdate
        batch.rows.reserveCapacity(batchRows)
        return batch
    }
    var names = Names()
    var pseudonyms = Pseudonyms(key: key)
    var batch = newBatch()
    var row = 0
    var done = skipping
    func handOverWhenFull(_ names: Names) throws {
        batch.rowsDone = row
        if batch.rows.count >= batchRows {
            try hand(NamedBatch(batch: batch, names: names))
            done = row
            batch = newBatch()
        }
    }
    let doctor = try read(
        inspection, options: options, names: &names, pseudonyms: &pseudonyms,
        each: { ticket, _, names in
            row += 1
            if row <= skipping { return }
            batch.rows.append(ticket)
            try handOverWhenFull(names)
        },
        reject: {
            row += 1
            if row <= skipping { return }
            batch.rejects.append($0)
            guard batch.rejects.count >= batchRows else { return }
            // Bad rows alone: the good ones among them wait, so the place to go on from stays where it was.
            var alone = newBatch()
            swap(&alone.rejects, &batch.rejects)
            alone.rowsDone = done
            try hand(NamedBatch(batch: alone, names: Names()))
        })
    batch.rowsDone = row
    if row > skipping { try hand(NamedBatch(batch: batch, names: names)) }
    return doctor
}
