import Foundation
import SeriesFiles

/// With `--timing yes` the CPU seconds of each step go to standard error.
func runPredictions(_ arguments: Arguments) throws {
    let (train, test) = (arguments.text("train") ?? "-", arguments.text("test") ?? "-")
    var options = CaseOptions()
    options.reasons = arguments.number("reasons") ?? 0
    var before = clock()
    try predictions(train: train, test: test, shownAs: (train, test), options) { step in
        let now = clock()
        guard arguments.text("timing") != nil else { return }
        FileHandle.standardError.write(Data("\(step): \(Double(now - before) / Double(CLOCKS_PER_SEC)) s\n".utf8))
        before = now
    } write: {
        write($0)
    }
}

func runWear(_ arguments: Arguments) throws {
    var options = WearOptions(unit: arguments.text("unit") ?? "unit", time: arguments.text("time") ?? "cycle")
    if let limit = arguments.text("limit")?.split(separator: "="), limit.count == 2, let value = Double(limit[1]) {
        options.limit = (String(limit[0]), value)
    }
    try wear(
        of: arguments.file, shownAs: arguments.file, train: arguments.text("train").map { ($0, $0) }, options,
        write: write)
}
