import Connectors
import Glibc
import Statistics

/// Learns from finished cases and predicts others. Writes `case_id,predicted_hours,p_breach,lo80_hours,hi80_hours`, and
/// `reasons` where they are asked for: what moves the logarithm of the odds of a broken promise most (without that outcome the
/// logarithm of the hours), as `column=value +0.8`, the strongest first.
/// - Parameter step: Called after reading, after learning and after writing, for who takes the time.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `write` throws.
public func predictions(
    train trainPath: String, test testPath: String, shownAs shown: (train: String, test: String),
    _ options: CaseOptions, step: (String) -> Void = { _ in },
    write: (String) throws -> Void
) throws {
    let train = try CaseTable(of: trainPath, shownAs: shown.train)
    let test = try CaseTable(of: testPath, shownAs: shown.test)
    guard test.column(options.id) != nil else {
        throw SeriesFileError(
            "\(shown.test):1: has no column “\(options.id)” for --id; its columns are: "
                + test.header.joined(separator: ", "))
    }
    step("read")
    let model = try CaseModel(train, open: test, options)
    step("learned")
    try model.predict(test, write: write)
    step("predicted")
}

extension CaseModel {
    /// O(rows × trees × depth).
    func predict(_ cases: CaseTable, write: (String) throws -> Void) throws {
        guard let id = cases.column(options.id) else { return }
        let rows = features.rows(of: cases)
        let oddsTable = odds.map { BinnedTable(rows, like: $0.table) }
        let timesTable = times.map { BinnedTable(rows, like: $0.table) }
        let scores = oddsTable.flatMap { table in
            odds.map { odds in (0..<cases.rowCount).map { odds.trees.score(table, row: $0) } }
        }
        let leveled = scores.map { self.calibration(of: $0) }
        let passed = self.passed.flatMap { cases.column($0) }.map { cases.numbers($0).map { $0.isNaN ? 0 : $0 } }
        var out = "case_id,predicted_hours,p_breach,lo80_hours,hi80_hours" + (options.reasons > 0 ? ",reasons\n" : "\n")
        for row in 0..<cases.rowCount {
            let time = timesTable.flatMap { table in times.map { $0.trees.score(table, row: row) } }
            let chance = scores.flatMap { scores in leveled?.probability(scores[row]) }
            let before = passed?[row] ?? 0
            out += csvCell(cases.text(id, row)) + "," + cell(time.map { before + max(0, exp($0) - 1) })
            out += "," + cell(chance) + "," + cell(time.map { before + max(0, exp($0 + spread.low) - 1) })
            out += "," + cell(time.map { before + max(0, exp($0 + spread.high) - 1) })
            if options.reasons > 0 {
                let told =
                    oddsTable.flatMap { table in odds.map { $0.trees.reasons(table, row: row) } }
                    ?? timesTable.flatMap { table in times.map { $0.trees.reasons(table, row: row) } }
                out += "," + csvCell(strongest(told ?? [], cases, row))
            }
            out += "\n"
            if out.utf8.count > 1 << 16 {
                try write(out)
                out = ""
            }
        }
        try write(out)
    }

    /// The columns that move a case most, all features of a column together.
    private func strongest(_ moved: [Double], _ cases: CaseTable, _ row: Int) -> String {
        var byColumn: [(name: String, moved: Double)] = []
        for (name, amount) in zip(features.columns, moved) {
            if let last = byColumn.last, last.name == name {
                byColumn[byColumn.count - 1].moved += amount
            } else {
                byColumn.append((name, amount))
            }
        }
        let ranked = byColumn.enumerated().sorted {
            ($1.element.moved.magnitude, $0.offset) < ($0.element.moved.magnitude, $1.offset)
        }
        return ranked.prefix(options.reasons).filter { $0.element.moved.magnitude >= 0.005 }.map { place in
            let amount = (place.element.moved * 100).rounded() / 100
            let value = cases.column(place.element.name).map { cases.text($0, row) } ?? ""
            return "\(place.element.name)=\(value) \(amount < 0 ? "" : "+")\(amount)"
        }.joined(separator: "; ")
    }
}

/// Six digits behind the point; empty where there is no number.
private func cell(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return "\((value * 1e6).rounded() / 1e6)"
}
