import Connectors
import Glibc
import Statistics

/// Which columns of cases are what.
public struct CaseOptions: Sendable {
    public var id: String
    public var hours: String
    public var breach: String

    public init(id: String = "case_id", hours: String = "hours", breach: String = "breach") {
        self.id = id
        self.hours = hours
        self.breach = breach
    }
}

/// Learns from finished cases and predicts others: hours to resolution, with an interval, and the probability that the promise is
/// broken. Writes `case_id,predicted_hours,p_breach,lo80_hours,hi80_hours`.
///
/// Rows of the training table are in the order of time, the oldest first. Only columns that both tables have are used, so that
/// nothing known only afterwards can help. The last fifth is first predicted from the rest: its outcomes correct the
/// probabilities and give the width of the intervals; then all rows teach.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `write` throws.
public func predictions(
    train trainPath: String, test testPath: String, shownAs shown: (train: String, test: String),
    _ options: CaseOptions,
    write: (String) throws -> Void
) throws {
    let train = try CaseTable(of: trainPath, shownAs: shown.train)
    let test = try CaseTable(of: testPath, shownAs: shown.test)
    guard let id = test.column(options.id) else {
        throw SeriesFileError(
            "\(shown.test):1: has no column “\(options.id)” for --id; its columns are: "
                + test.header.joined(separator: ", "))
    }
    let hoursPlace = train.column(options.hours)
    let breachPlace = train.column(options.breach)
    if hoursPlace == nil, breachPlace == nil {
        throw SeriesFileError(
            "\(shown.train):1: has neither a column “\(options.hours)” for --hours nor “\(options.breach)” for --breach; its "
                + "columns are: " + train.header.joined(separator: ", "))
    }
    let none = [Double](repeating: .nan, count: train.rowCount)
    let hours = try hoursPlace.map { place in
        try train.numbers(place).enumerated().map { row, value in
            if value < 0 {
                throw SeriesFileError("\(shown.train):\(row + 2): has \(value) hours; they cannot be fewer than none")
            }
            return log(1 + value)
        }
    }
    let breach = try breachPlace.map { place in
        try train.numbers(place).enumerated().map { row, value in
            guard value.isNaN || value == 0 || value == 1 else {
                throw SeriesFileError("\(shown.train):\(row + 2): “\(options.breach)” is \(value); write 0 or 1")
            }
            return value
        }
    }
    let leftOut: Set<String> = [options.id, options.hours, options.breach]
    let known = train.rowCount * 4 / 5
    let early = CaseFeatures(
        train, test, leftOut: leftOut, hours: hours ?? none, breach: breach ?? none, known: known)
    let all = CaseFeatures(
        train, test, leftOut: leftOut, hours: hours ?? none, breach: breach ?? none, known: train.rowCount)
    let odds = breach.map { predicted($0, early, all, known, .probability) }
    let times = hours.map { predicted($0, early, all, known, .median) }
    let calibration = odds.flatMap {
        $0.held.isEmpty ? nil : ScoreCalibration(scores: $0.heldScores, outcomes: $0.held)
    }
    let errors = times.map { zip($0.held, $0.heldScores).map { $0 - $1 }.sorted() } ?? []
    let (low, high) = (quantile(sorted: errors, 0.1) ?? .nan, quantile(sorted: errors, 0.9) ?? .nan)
    var out = "case_id,predicted_hours,p_breach,lo80_hours,hi80_hours\n"
    for row in 0..<test.rowCount {
        let score = times?.scores[row]
        out += csvCell(test.text(id, row)) + "," + cell(score.map { max(0, exp($0) - 1) }) + ","
        out += cell(odds.map { (calibration ?? ScoreCalibration()).probability($0.scores[row]) }) + ","
        out +=
            cell(score.map { max(0, exp($0 + low) - 1) }) + "," + cell(score.map { max(0, exp($0 + high) - 1) }) + "\n"
        if out.utf8.count > 1 << 16 {
            try write(out)
            out = ""
        }
    }
    try write(out)
}

private func cell(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return String(describing: (value * 1e6).rounded() / 1e6)
}

/// Predicts the rows of the test table, and those of the last fifth by a model that has not seen them.
private func predicted(
    _ values: [Double], _ early: CaseFeatures, _ all: CaseFeatures, _ known: Int, _ target: BoostedTarget
) -> (scores: [Double], held: [Double], heldScores: [Double]) {
    func rows(_ features: CaseFeatures, _ places: [Int]) -> [[Double]] {
        features.training.map { column in places.map { column[$0] } }
    }
    let taught = values.indices.filter { $0 < known && !values[$0].isNaN }
    let held = values.indices.filter { $0 >= known && !values[$0].isNaN }
    let first = BinnedTable(rows(early, taught))
    let trial = BoostedTrees(first, taught.map { values[$0] }, for: target)
    let second = BinnedTable(rows(early, held), like: first)
    let whole = values.indices.filter { !values[$0].isNaN }
    let table = BinnedTable(rows(all, whole))
    let model = BoostedTrees(table, whole.map { values[$0] }, for: target)
    let asked = BinnedTable(all.testing, like: table)
    return (
        (0..<asked.rowCount).map { model.score(asked, row: $0) }, held.map { values[$0] },
        held.indices.map { trial.score(second, row: $0) }
    )
}
