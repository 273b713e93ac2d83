import Foundation
import SeriesFiles
import Statistics

/// `anomalies FILE`: what `ratchet anomalies` writes. `anomalies --rows N [--seed S]`: how many rows a second the kernel
/// scores, without a file.
func runAnomalies(_ arguments: Arguments) throws {
    if let rows = arguments.number("rows") { return timeAnomalies(rows: rows, seed: arguments.number("seed") ?? 1) }
    try anomalies(of: arguments.file, shownAs: arguments.file) { bytes in
        try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    }
}

private func timeAnomalies(rows: Int, seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let times = (0..<rows).map { Double($0) * 300 }
    let values = times.map { time in
        10 + sin(time / 86_400 * 2 * Double.pi) + random.uniform() + random.uniform() + random.uniform()
    }
    var scores = [Double](repeating: 0, count: rows)
    var detector = AnomalyDetector()
    // The processor's time, not the wall's: other programs on the machine do not count.
    let start = clock()
    var span = scores.mutableSpan
    detector.scores(values.span, at: times.span, into: &span)
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    let strange = scores.count { $0 >= 0.99 }
    write(
        "{\"rows\": \(rows), \"seconds\": \(seconds), \"rowsPerSecond\": \((Double(rows) / seconds).rounded()), "
            + "\"shareAbove99\": \(Double(strange) / Double(rows))}\n")
}
