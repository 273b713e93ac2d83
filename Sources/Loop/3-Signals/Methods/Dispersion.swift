import Glibc
import Statistics

/// How much more a series varies than pure chance, made steadier by what the other series show.
///
/// Empirical Bayes: Smyth (2004), Stat. Appl. Genet. Mol. Biol. 3(1), with a prior φ₀ = 1 + κμ, because common causes
/// weigh more in large slices.
struct Dispersions {
    let values: [Double]
    /// The degrees of freedom of each, prior included.
    let degrees: Double

    /// - Parameters:
    ///   - raw: Each series' own dispersion.
    ///   - levels: Its tickets a day, μ.
    ///   - d: The degrees of freedom of each raw value.
    init(_ raw: [Double], levels: [Double], degrees d: Double) {
        let usable = raw.indices.filter { raw[$0] > 0 && levels[$0] > 0 }
        guard usable.count >= 10, d > 0 else {
            values = raw
            degrees = max(1, d)
            return
        }
        let κ = max(
            0,
            weightedMedian(
                usable.map { (raw[$0] - 1) / levels[$0] }, weights: usable.map { levels[$0] }) ?? 0)
        var prior = levels.map { 1 + κ * $0 }
        let e = usable.map { Glibc.log(raw[$0] / prior[$0]) }
        let spread = medianDeviation(e) ?? 0
        let v = spread * spread - trigamma(d / 2)
        let d0 = v <= 0.002 ? 1000 : min(1000, 2 * inverseTrigamma(v))
        let level = Glibc.exp(min(0.7, max(-0.3, median(e) ?? 0)))
        for s in prior.indices { prior[s] *= level }
        values = raw.indices.map { (d0 * prior[$0] + d * max(0, raw[$0])) / (d0 + d) }
        degrees = d0 + d
    }
}
