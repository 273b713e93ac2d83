import Foundation
import SeriesFiles
import Statistics

/// `anomalies FILE`: what `ratchet anomalies` writes. `anomalies --rows N [--seed S]`: how many rows a second the kernel
/// scores, without a file. `anomalies --calibrate N [--seeds K]`: how often scores are high where nothing is strange, in
/// K streams of N rows of each kind, and the table of `AnomalyScale` from all of them.
func runAnomalies(_ arguments: Arguments) throws {
    if let rows = arguments.number("rows") { return timeAnomalies(rows: rows, seed: arguments.number("seed") ?? 1) }
    if let rows = arguments.number("calibrate") {
        return calibrateAnomalies(
            rows: rows, seeds: arguments.number("seeds") ?? 20, first: arguments.number("seed") ?? 1)
    }
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

private func calibrateAnomalies(rows: Int, seeds: Int, first: Int) {
    var pooled = [Int](repeating: 0, count: 41)
    var all = 0
    var reported = 0
    var lines: [String] = []
    for kind in QuietStream.Kind.allCases {
        var high = [Int](repeating: 0, count: 5)
        var total = 0
        for seed in first..<(first + seeds) {
            var stream = QuietStream(kind, seed: UInt64(seed))
            var detector = AnomalyDetector()
            for row in 0..<rows {
                let anomaly = detector.score(stream.next(), at: Double(row) * 300)
                guard row >= 100 else { continue }
                total += 1
                for (i, limit) in [0.9, 0.99, 0.999, 0.9999, 0.99999].enumerated() where anomaly.score >= limit {
                    high[i] += 1
                }
                for i in 0...40 where anomaly.surprise >= max(1e-12, Double(i) / 2) { pooled[i] += 1 }
                if anomaly.surprise > AnomalyDetector.quiet { reported += 1 }
            }
        }
        all += total
        lines.append("\"\(kind)\": [\(high.map { "\(Double($0) / Double(total))" }.joined(separator: ", "))]")
    }
    let table = pooled.map { $0 == 0 ? "null" : "\(-log10(Double($0) / Double(all)))" }
    write(
        "{\"limits\": [0.9, 0.99, 0.999, 0.9999, 0.99999],\n \(lines.joined(separator: ",\n ")),\n"
            + " \"reported\": \(-log10(Double(reported) / Double(all))),\n \"decades\": [\(table.joined(separator: ", "))]}\n"
    )
}

/// Streams in which nothing ever happens, of the kinds that fool detectors.
private struct QuietStream {
    enum Kind: String, CaseIterable { case white, ar5, ar9, heavy, counts, daily, weekly, lognormal }

    private let kind: Kind
    private var random: SplitMix64
    private var state = 0.0
    private var row = 0.0

    init(_ kind: Kind, seed: UInt64) {
        self.kind = kind
        random = SplitMix64(seed: seed)
    }

    private mutating func normal() -> Double {
        (-2 * log(1 - random.uniform())).squareRoot() * cos(2 * Double.pi * random.uniform())
    }

    mutating func next() -> Double {
        defer { row += 1 }
        let day = sin(row / 288 * 2 * Double.pi)
        switch kind {
        case .white: return normal()
        case .ar5, .ar9:
            state = (kind == .ar5 ? 0.5 : 0.9) * state + normal()
            return state
        case .heavy:
            let (a, b, c) = (normal(), normal(), normal())
            return normal() / ((a * a + b * b + c * c) / 3).squareRoot()
        case .counts: return max(0, (4 + 2 * normal()).rounded())
        case .daily: return 10 + 3 * day + normal()
        case .weekly: return (Int(row / 288) % 7 < 5 ? 10 + 3 * day : 6) + normal()
        case .lognormal: return exp(day + 0.5 * normal())
        }
    }
}
