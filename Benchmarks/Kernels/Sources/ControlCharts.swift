import SeriesFiles
import Statistics

func runControlCharts(_ arguments: Arguments) throws {
    try controlCharts(
        of: arguments.file, shownAs: arguments.file, kind: arguments.text("chart").flatMap { ChartKind(rawValue: $0) },
        rules: arguments.text("rules") == "nelson" ? RunRule.nelson : RunRule.standard,
        seasons: arguments.numbers("season"), phases: Set(arguments.all("phase")),
        denominators: arguments.text("denominators"), write: write)
}

/// Realised rates of false discoveries and power of every rule: `discoveries - --tests 1000 --runs 200`.
func runDiscoveries(_ arguments: Arguments) {
    let tests = arguments.number("tests") ?? 1_000
    var worlds: [String] = []
    for correlation in [0.0, 0.5, 0.9] {
        for share in [0.0, 0.02, 0.1] {
            let world = DiscoveryWorld(
                tests: tests, blocks: tests / 20, share: share, effect: 3.5, correlation: correlation)
            let rates = world.rates(runs: arguments.number("runs") ?? 200, level: 0.1, seed: 1).map { name, rate in
                """
                    "\(name)": {"falseShare": \(rate.falseShare), "error": \(rate.error), "power": \(rate.power)}
                """
            }
            worlds.append(
                "  {\"correlation\": \(correlation), \"share\": \(share), \"level\": 0.1, \"rules\": {\n"
                    + rates.joined(separator: ",\n") + "}}")
        }
    }
    write("[\n" + worlds.joined(separator: ",\n") + "\n]\n")
}
