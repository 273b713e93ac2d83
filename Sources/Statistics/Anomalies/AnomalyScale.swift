import Glibc

/// From surprise to the share of rows that are at least as surprising, in streams that keep their habits.
///
/// The table is measured, not derived; Documentation/Methods/Anomalies.md says on what, and how well it holds.
enum AnomalyScale {
    /// −log10 of that share at surprises of 0, ½, 1, … 10; beyond, it goes on with the last slope.
    private static let table: InlineArray<21, Double> = [
        0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 2.1, 2.4, 2.7, 3.0, 3.3, 3.6, 3.9, 4.2, 4.5, 4.8, 5.1, 5.4, 5.7, 6.0,
    ]

    /// One minus the share, in steps of 10⁻⁹.
    @inline(__always)
    static func score(of surprise: Double) -> Double {
        guard surprise > 0 else { return 0 }
        let place = surprise * 2
        let step = min(Int(place), 19)
        let decades = table[step] + (table[step + 1] - table[step]) * (place - Double(step))
        return Double(Int((1 - exp(decades * -2.302_585_092_994_046)) * 1e9 + 0.5)) / 1e9
    }
}
