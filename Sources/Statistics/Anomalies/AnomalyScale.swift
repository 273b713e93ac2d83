import Glibc

/// From surprise to the share of rows that are at least as surprising, in streams that keep their habits.
///
/// The numbers are measured, not derived: `kernels anomalies --calibrate 40000 --seeds 12` over eight kinds of simulated
/// streams; Documentation/Methods/Anomalies.md says how well they hold for each. They are −log10 of the share, at steps of ½.
enum AnomalyScale {
    /// From 0 to `AnomalyDetector.quiet`: rows that are never held back.
    private static let quiet: InlineArray<9, Double> = [0.378, 0.710, 0.934, 1.122, 1.309, 1.519, 1.737, 1.954, 2.167]
    /// From there on: rows that are reported. Beyond the end it goes on as it went last.
    private static let reported: InlineArray<13, Double> = [
        2.787, 3.025, 3.202, 3.391, 3.592, 3.789, 3.977, 4.180, 4.385, 4.583, 4.790, 5.000, 5.200,
    ]

    /// One minus the share, in steps of 10⁻⁹. Never falls as surprise grows.
    @inline(__always)
    static func score(of surprise: Double) -> Double {
        guard surprise > 0 else { return 0 }
        let place = surprise * 2
        let decades: Double
        if surprise <= AnomalyDetector.quiet {
            let step = min(Int(place), 7)
            decades = quiet[step] + (quiet[step + 1] - quiet[step]) * (place - Double(step))
        } else {
            let above = min(place - 8, 100)
            let step = min(Int(above), 11)
            decades = reported[step] + (reported[step + 1] - reported[step]) * (above - Double(step))
        }
        return Double(Int((1 - exp(decades * -2.302_585_092_994_046)) * 1e9 + 0.5)) / 1e9
    }
}
