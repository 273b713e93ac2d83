import Foundation
import SeriesFiles
import Statistics

func runDecompositions(_ arguments: Arguments) throws {
    try decompositions(
        of: arguments.file, shownAs: arguments.file, seasons: arguments.numbers("season"),
        kind: arguments.text("kind").flatMap { NamedKind(rawValue: $0) } ?? .measurements,
        holidays: Set(arguments.all("holiday")), write: write)
}

/// Points a second of the decomposition alone, without reading a file: the best of several runs.
///
/// `decompose-speed - --n 100000 --season 24 --times 5`
func runDecompositionSpeed(_ arguments: Arguments) throws {
    let n = arguments.number("n") ?? 100_000
    let seasons = arguments.numbers("season").isEmpty ? [24] : arguments.numbers("season")
    var generator = SplitMix64(seed: 1)
    let values = (0..<n).map { t in
        let season = seasons.reduce(0) { $0 + sin(2 * Double.pi * Double(t) / Double($1)) }
        let outlier = generator.below(50) == 0 ? 20.0 : 0
        return 50 + Double(t) / Double(n) * 10 + 5 * season + Normal.quantile(generator.uniform() * 0.999998 + 1e-6)
            + outlier
    }
    var best = Double.infinity
    for _ in 0..<(arguments.number("times") ?? 5) {
        // Processor time: other programs on the machine do not count.
        let start = clock()
        _ = try decomposed(values, seasons: seasons)
        best = min(best, Double(clock() - start) / Double(CLOCKS_PER_SEC))
    }
    let seconds = best
    write("{\"n\": \(n), \"seconds\": \(seconds), \"pointsPerSecond\": \(Int(Double(n) / seconds))}\n")
}
