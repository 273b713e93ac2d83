import Glibc
import Statistics
import Testing

@Suite("Predictions")
struct PredictionTests {
    /// Two columns that matter, one with gaps, and three that do not.
    private static func world(_ rows: Int, seed: UInt64) -> (columns: [[Double]], odds: [Double], outcomes: [Double]) {
        var generator = SplitMix64(seed: seed)
        let columns = (0..<5).map { column in
            (0..<rows).map { _ in column == 1 && generator.uniform() < 0.1 ? .nan : generator.uniform() }
        }
        let odds = (0..<rows).map { row in
            (columns[0][row] > 0.6 ? 2.0 : -1) + (columns[1][row].isNaN ? 0 : 2 * columns[1][row] - 1)
        }
        return (columns, odds, odds.map { generator.uniform() < 1 / (1 + exp(-$0)) ? 1 : 0 })
    }

    @Test("Nothing to learn from gives the mean, and a column that is the same everywhere changes nothing")
    func strange() {
        let none = BinnedTable([[]])
        #expect(BoostedTrees(none, [], for: .median).score(BinnedTable([[1]], like: none), row: 0) == 0)
        let flat = BinnedTable([[Double](repeating: 3, count: 200), [Double](repeating: .nan, count: 200)])
        let model = BoostedTrees(flat, (0..<200).map { $0 % 4 == 0 ? 1 : 0 }, for: .probability)
        #expect(abs(1 / (1 + exp(-model.score(flat, row: 7))) - 0.25) < 0.01)
        let huge = BinnedTable([[-1e300, 1e300, .infinity, -.infinity, 0, .nan]])
        #expect(BoostedTrees(huge, [1, 2, 3, 4, 5, 6], for: .median).score(huge, row: 0) == 3.5)
    }

    @Test("Probabilities come near to the true ones on rows that taught nothing")
    func probabilities() {
        let teach = Self.world(4000, seed: 1)
        let ask = Self.world(2000, seed: 2)
        let table = BinnedTable(teach.columns)
        let apart = Self.world(800, seed: 7)
        let watched = BinnedTable(apart.columns, like: table)
        let model = BoostedTrees(table, teach.outcomes, for: .probability, watched: (watched, apart.outcomes))
        let other = BinnedTable(ask.columns, like: table)
        var error = 0.0
        for row in 0..<2000 {
            error += abs(1 / (1 + exp(-model.score(other, row: row))) - 1 / (1 + exp(-ask.odds[row])))
        }
        #expect(error / 2000 < 0.06, "\(error / 2000)")
        #expect(model.treeCount > 10 && model.treeCount < 150, "\(model.treeCount)")
    }

    @Test("The median is found, not the mean, where a few values are huge")
    func medians() {
        var generator = SplitMix64(seed: 3)
        let column = (0..<3000).map { _ in generator.uniform() }
        let values = column.map {
            ($0 > 0.5 ? 10.0 : 2) + (generator.uniform() < 0.1 ? 1000 : generator.uniform() - 0.5)
        }
        let table = BinnedTable([column])
        let model = BoostedTrees(table, values, for: .median)
        let asked = BinnedTable([[0.25, 0.75]], like: table)
        #expect(abs(model.score(asked, row: 0) - 2) < 0.3 && abs(model.score(asked, row: 1) - 10) < 0.3)
    }

    @Test("The mean is found, missing values being a range of their own")
    func means() {
        var generator = SplitMix64(seed: 8)
        let column = (0..<2000).map { _ in generator.uniform() < 0.3 ? .nan : generator.uniform() }
        let values = column.map { ($0.isNaN ? 7.0 : 20 * $0) + (generator.uniform() < 0.5 ? 0 : 2) }
        let table = BinnedTable([column])
        let model = BoostedTrees(table, values, for: .mean)
        let asked = BinnedTable([[.nan, 0.25, 0.75]], like: table)
        #expect(abs(model.score(asked, row: 0) - 8) < 0.3)
        #expect(abs(model.score(asked, row: 1) - 6) < 0.7 && abs(model.score(asked, row: 2) - 16) < 0.7)
    }

    @Test("Reasons add up to what sets the row apart, and name the column that matters")
    func reasons() {
        let world = Self.world(3000, seed: 4)
        let table = BinnedTable(world.columns)
        var settings = BoostedTrees.Settings()
        settings.rounds = 40
        let model = BoostedTrees(table, world.outcomes, for: .probability, settings)
        var named = 0
        for row in 0..<100 {
            let told = model.reasons(table, row: row)
            let strongest = told.indices.max { abs(told[$0]) < abs(told[$1]) }
            if strongest == 0 || strongest == 1 { named += 1 }
        }
        #expect(named >= 95, "\(named)")
        let differences = (0..<20).map { model.score(table, row: $0) - model.reasons(table, row: $0).reduce(0, +) }
        #expect(differences.allSatisfy { abs($0 - differences[0]) < 1e-9 })
    }

    @Test("The same rows give the same trees")
    func deterministic() {
        let world = Self.world(1000, seed: 5)
        let table = BinnedTable(world.columns)
        let (a, b) = (
            BoostedTrees(table, world.outcomes, for: .probability),
            BoostedTrees(table, world.outcomes, for: .probability)
        )
        #expect((0..<1000).allSatisfy { a.score(table, row: $0) == b.score(table, row: $0) })
    }

    @Test("A row is told only what earlier rows showed; rare values are drawn to the mean")
    func earlierRates() {
        var rates = EarlierRates(values: 3, first: 0.5)
        #expect(rates.expected(0) == 0.5 && rates.expected(99) == 0.5)
        for _ in 0..<1000 { rates.learn(0, 1) }
        for _ in 0..<1000 { rates.learn(1, 0) }
        #expect(rates.expected(0) > 0.98 && rates.expected(1) < 0.02)
        rates.learn(2, .nan)
        #expect(rates.count(2) == 1)
        #expect(abs(rates.expected(2) - 0.5) < 1e-9 && rates.count(1) == 1000 && rates.count(0) == 1000)
    }

    @Test("Scores that are too sure are drawn in, and shifted ones are shifted back")
    func calibration() {
        var generator = SplitMix64(seed: 6)
        let odds = (0..<5000).map { _ in generator.uniform() * 4 - 2 }
        let outcomes = odds.map { generator.uniform() < 1 / (1 + exp(-$0)) ? 1.0 : 0 }
        let fitted = ScoreCalibration(scores: odds.map { 2 * $0 + 1 }, outcomes: outcomes)
        #expect(abs(fitted.slope - 0.5) < 0.05 && abs(fitted.offset + 0.5) < 0.1)
        // Where a whole step of Newton's method would overshoot.
        let far = ScoreCalibration(scores: odds.map { 40 * $0 + 30 }, outcomes: outcomes)
        #expect(abs(far.slope - 0.025) < 0.005 && abs(far.offset + 0.75) < 0.15, "\(far)")
        let late = ScoreCalibration(
            scores: [0, 0, 0, 0], outcomes: [1, 1, 0, 0], weights: [1000, 1000, 1, 1])
        #expect(late.probability(0) > 0.95)
        #expect(ScoreCalibration(scores: [], outcomes: []) == ScoreCalibration())
        #expect(ScoreCalibration(scores: odds, outcomes: outcomes.map { 1 - $0 }).slope == 0)
    }
}
