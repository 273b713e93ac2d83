import Foundation
import Testing

@testable import Statistics

/// The series that every implementation of the method can be checked by: no control, a weekly wave, a fast and a slow one,
/// and 2.5 less from day 122 on.
func checkSeries() -> [Double] {
    (0..<150).map { i in
        let t = Double(i)
        let waves = 4 * sin(2 * .pi * t / 7) + 3 * cos(0.37 * t * t) + 2 * sin(0.21 * t)
        return 100 + waves - (i >= 122 ? 2.5 : 0)
    }
}

@Suite("The grid of error models")
struct ErrorGridTests {
    /// A prototype in another language gave these numbers for the same series.
    @Test("One point, the best point and the odds are the prototype's")
    func points() throws {
        let prepared = try #require(
            PreparedIntervention(
                Intervention(values: checkSeries(), start: 122, season: .week, isProportional: false), controls: [],
                spell: 0))
        let grid = prepared.fits()
        #expect(grid.fits.count == 595 && grid.degrees == 142)
        #expect(abs(ErrorGrid.first[8] - 0.7037831911327294) < 1e-14)
        let point = try #require(grid.fits.first { $0.first == 8 && $0.second == 2 && $0.structure == 0 })
        // The weight of the series in its own units: dividing it by a unit adds degrees × ln unit.
        #expect(abs(point.logWeight - 142 * log(prepared.unit) - -506.23036816) < 1e-7)
        #expect(abs(point.mean * prepared.unit - -3.79861049) < 1e-8)
        #expect(abs(point.scale * prepared.unit - 1.60557452) < 1e-8)
        let best = try #require(
            grid.fits.filter { $0.structure == 0 }.max { $0.logPosterior < $1.logPosterior })
        #expect(abs(ErrorGrid.first[best.first] - 0.2791806) < 1e-7 && ErrorGrid.second[best.second] == 0.15)
        #expect(abs(best.mean * prepared.unit - -2.78971754) < 1e-8)
        #expect(abs(best.scale * prepared.unit - 0.80315841) < 1e-8)
        #expect(abs(grid.fits.logOddsOfDrift - -0.79094716) < 1e-8)
    }

    @Test("The intervals are the prototype's, and the verdict waits because the series may drift")
    func intervals() throws {
        let result = evaluate(
            Intervention(values: checkSeries(), start: 122, season: .week, badSpell: .none, isProportional: false))
        let effect = try #require(result.effect)
        for (ours, theirs) in [
            (effect.absolute.estimate, -2.90009277), (effect.absolute.low, -4.84355849),
            (effect.absolute.high, -1.08671579), (effect.cautious.low, -4.86250167), (effect.cautious.high, 0.05652840),
            (effect.cautious90.low, -4.43240429), (effect.cautious90.high, -0.36822854),
        ] { #expect(abs(ours - theirs) < 1e-7, "\(ours) \(theirs)") }
        #expect(result.verdict == .cannotTell && result.reasons.contains(.mayDriftByItself))
    }

    @Test("Missing steps are taken out exactly, also neighbours and edges: as with a column for each")
    func missing() throws {
        var values = checkSeries()
        let gone = [0, 1, 5, 50, 51, 52, 53, 60, 62, 64, 121, 122, 148, 149]
        let columns = [
            effectColumn(.step, start: 122, rows: 150), Array(repeating: 1.0, count: 150),
        ]
        let dummies = gone.map { g in (0..<150).map { $0 == g ? 1.0 : 0 } }
        let full = EffectDesign(columns: columns + dummies, outcome: values.map { $0 - 100 }, start: 122)
        for g in gone { values[g] = .nan }
        let sparse = EffectDesign(columns: columns, outcome: values.map { $0 - 100 }, start: 122)
        func target(_ d: EffectDesign) -> EffectTarget {
            EffectTarget(weights: [1] + Array(repeating: 0, count: d.width - 2))
        }
        let a = GridFits(full) { _, _ in target(full) }
        let b = GridFits(sparse) { _, _ in target(sparse) }
        #expect(a.degrees == b.degrees)
        for (x, y) in zip(a.fits, b.fits) {
            #expect(abs(x.mean - y.mean) < 1e-8 && abs(x.scale - y.scale) < 1e-8)
            #expect(abs(x.logWeight - y.logWeight) < 1e-6)
        }
    }

    @Test("Student's distribution from the table agrees with the exact one", arguments: [2.5, 8, 142, 3000])
    func student(degrees: Double) {
        let table = StudentTable(degrees: degrees)
        let exact = StudentT(degrees: degrees)
        for i in -260...260 {
            let z = Double(i) * 0.0531
            let below = 1 - exp(exact.logTail(z))
            #expect(abs(table.below(z) - below) < 1e-11)
        }
    }
}
