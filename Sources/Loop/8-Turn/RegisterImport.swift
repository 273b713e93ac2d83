import Connectors
import Improvements
import Measures
import Opportunities
import Records
import Statistics
import Store

/// What came of taking in somebody's register.
public struct RegisterOutcome: Sendable {
    public var new: [ID<Improvement>]
    public var changed: [ID<Improvement>]
    /// Rows that say what is known already.
    public var unchanged: Int
    public var rejects: [Reject]
    /// The very same file had been read before: nothing was done.
    public var wasKnown: Bool
    public var columns: [RegisterField: String]
    /// Columns that are kept as they are.
    public var unknown: [String]
}

/// Why a register is not taken in.
public enum RegisterImportError: Error, Sendable, Equatable {
    /// The same file was read as a file of tickets.
    case readAsTickets(file: String)
}

/// Takes a register into the store: a row becomes an improvement, or brings what changed since the register was read last.
///
/// All rows go in together or not at all. A row is known again by its number, or by its title where nothing is numbered. What
/// somebody changed here and the register did not change is left as it is.
/// - Parameters:
///   - register: Keeps registers apart that number alike; empty for the only one.
///   - name: Who brings it in.
public func importRegister(
    _ sheet: RegisterSheet, named file: String, register: String = "", into store: any Store, by name: String,
    at: Moment
) async throws -> RegisterOutcome {
    var outcome = RegisterOutcome(
        new: [], changed: [], unchanged: 0, rejects: sheet.rejects, wasKnown: false, columns: sheet.columns,
        unknown: sheet.unknown)
    let record: Import
    let preset = sheet.isServiceNow ? "register.servicenow" : "register"
    if let known = try await store.importOf(fileHash: sheet.fileHash) {
        guard known.preset.hasPrefix("register") else { throw RegisterImportError.readAsTickets(file: known.file) }
        if known.state == .done {
            outcome.wasKnown = true
            return outcome
        }
        record = known
    } else {
        record = try await store.beginImport(file: file, fileHash: sheet.fileHash, preset: preset, at: at)
    }
    let rule = try await approvalRule(of: store)
    let before = try await store.improvements()
    var known: [String: KeptImprovement] = [:]
    for kept in before {
        if let key = kept.improvement.imported?.key { known[key] = kept }
    }
    var rows: [RegisterIntake] = []
    for row in sheet.rows {
        let imported = row.imported(register: register, file: file)
        let kept = known[imported.key]
        if let kept, let why = row.refusal(kept) {
            outcome.rejects.append(Reject(file: file, line: row.line, reason: why, row: imported.text))
            continue
        }
        let changes = kept.map { row.changes(to: $0.improvement, imported, sheet) } ?? row.firstChanges(imported, rule)
        if changes.isEmpty {
            outcome.unchanged += 1
            continue
        }
        if let kept { outcome.changed.append(kept.id) }
        rows.append(
            RegisterIntake(
                improvement: kept?.id, seen: kept?.improvement.version ?? 0,
                entries: changes.map { Entry($0, by: name, at: at) }))
    }
    outcome.rejects.sort { $0.line < $1.line }
    try await store.takeIn(
        rows, rejects: outcome.rejects, rowCount: sheet.rows.count + sheet.rejects.count, to: record.id)
    let old = Set(before.map(\.id))
    outcome.new = try await store.improvements().map(\.id).filter { !old.contains($0) }
    return outcome
}

extension ImportedRow {
    /// The row as it is kept with its reason.
    fileprivate var text: String { cells.map { "\($0.column): \($0.value)" }.joined(separator: "; ") }
}

extension RegisterSheet.Row {
    func imported(register: String, file: String) -> ImportedRow {
        let own = number.isEmpty ? "title:" + title.lowercased() : "number:" + number.lowercased()
        return ImportedRow(
            key: register + "/" + own, file: file, line: line,
            cells: cells.map { ImportedRow.Cell(column: $0.column, value: $0.value) })
    }

    /// Why the row cannot be a later state of an improvement.
    fileprivate func refusal(_ kept: KeptImprovement) -> String? {
        if let other = kept.improvement.mergedInto {
            return "improvement \(kept.id.value) goes on in improvement \(other); change that one"
        }
        if number.isEmpty { return nil }
        // Both what it is called by now and what the register called it.
        let told = kept.improvement.imported?.cells.filter { RegisterField.isTitle($0.column) }.map(\.value) ?? []
        let before = titleWords(([kept.improvement.title] + told).joined(separator: " "))
        let now = titleWords(title)
        if !before.isEmpty, !now.isEmpty, before.allSatisfy({ !now.contains($0) }) {
            return
                "the number \(number) is “\(kept.improvement.title)” here and another thing in this file; if this is "
                + "another register, say --register NAME"
        }
        return nil
    }

    /// The entries of a new improvement.
    fileprivate func firstChanges(_ imported: ImportedRow, _ rule: ApprovalRule?) -> [Change] {
        var changes: [Change] = [
            .opened(title: title, origin: .spreadsheet(file: imported.file, line: line)), .imported(imported),
        ]
        if let rule { changes.append(.rule(rule)) }
        if !text.isEmpty { changes.append(.described(title: title, text: text)) }
        if kind != nil || stage != nil {
            changes.append(
                .sorted(
                    kind: kind.flatMap { Change.Kind(rawValue: $0.rawValue) },
                    stage: stage.flatMap { Change.Stage(rawValue: $0.rawValue) }))
        }
        if !owner.isEmpty { changes.append(.owned(by: owner)) }
        if size != nil || hoursPerMonth != nil { changes.append(.sized(effort: effort, benefit: benefit)) }
        if !goal.isEmpty { changes.append(.serves(goal: goal)) }
        if let objective { changes.append(.objective(objective)) }
        if let last = ending { changes.append(last) }
        return changes
    }

    private var effort: Effort? { size.flatMap { Effort(rawValue: $0.rawValue) } }
    /// A register says one number, and nobody knows how sure it is: the interval is the number.
    private var benefit: Estimate? { hoursPerMonth.map { Estimate($0, low: $0, high: $0) } }
    /// In the register's words. Which measure it is has to be said here, unless the register writes the measure's own name.
    private var objective: Objective? {
        guard !measure.isEmpty || due != nil else { return nil }
        let known = Measure(id: measure)
        return Objective(
            text: measure.isEmpty || known != nil ? title : measure, measure: known?.id,
            wanted: known?.direction == .lowerIsWorse ? .higher : .lower, by: due, goal: goal.isEmpty ? nil : goal)
    }
    private var ending: Change? {
        switch state {
        case .open: nil
        case .onHold: .held(reason: status)
        case .done, .dropped: .closed(reason: status)
        }
    }

    /// What a later state of the row changes, going by the cells that differ from those that were read last.
    fileprivate func changes(to now: Improvement, _ imported: ImportedRow, _ sheet: RegisterSheet) -> [Change] {
        guard let before = now.imported, before.cells != imported.cells else { return [] }
        func differs(_ fields: RegisterField...) -> Bool {
            fields.contains { field in
                sheet.columns[field].map { before[$0] != imported[$0] } ?? false
            }
        }
        var changes: [Change] = [.imported(imported)]
        switch now.state {
        case .closed: return changes
        case .onHold where state == .onHold: return changes
        case .onHold where state == .open && differs(.status): changes.append(.resumed)
        case .onHold:
            if differs(.status), let ending { changes.append(ending) }
            return changes
        case .active: break
        }
        if differs(.title, .description, .justification) { changes.append(.described(title: title, text: text)) }
        if differs(.kind, .stage) {
            changes.append(
                .sorted(
                    kind: kind.flatMap { Change.Kind(rawValue: $0.rawValue) } ?? now.kind,
                    stage: stage.flatMap { Change.Stage(rawValue: $0.rawValue) } ?? now.stage))
        }
        if differs(.owner) { changes.append(.owned(by: owner.isEmpty ? nil : owner)) }
        if differs(.size, .benefit) {
            changes.append(.sized(effort: effort ?? now.effort, benefit: benefit ?? now.benefit))
        }
        if differs(.goal) { changes.append(.serves(goal: goal.isEmpty ? nil : goal)) }
        if differs(.measure, .due), var next = now.round.objective ?? objective {
            if differs(.measure), !measure.isEmpty, let said = objective {
                next.text = said.text
                if said.measure != nil { (next.measure, next.wanted) = (said.measure, said.wanted) }
            }
            if differs(.due) { next.by = due }
            changes.append(.objective(next))
        }
        if differs(.status), let ending { changes.append(ending) }
        return changes
    }
}
