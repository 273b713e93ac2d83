import Glibc

/// A world in which the truth about every test is known: what the realised rates of false discoveries are measured in.
///
/// Normal scores in blocks that share a part of their noise; a share of the tests, gathered in some of the blocks, has an
/// effect. One-sided tests.
public struct DiscoveryWorld: Sendable {
    public var tests: Int
    public var blocks: Int
    /// Of tests with an effect.
    public var share: Double
    public var effect: Double
    /// Between two tests of the same block; 0 is independence.
    public var correlation: Double

    public init(tests: Int, blocks: Int, share: Double, effect: Double, correlation: Double) {
        precondition(tests % blocks == 0, "Blocks are of one size")
        (self.tests, self.blocks, self.share) = (tests, blocks, share)
        (self.effect, self.correlation) = (effect, correlation)
    }

    /// What a rule did, over many runs.
    public struct Realised: Sendable {
        /// The mean share of false ones among the discoveries, 0 in runs without any: the false discovery rate.
        public var falseShare: Double
        /// The standard error of that mean.
        public var error: Double
        /// The share of effects that were found.
        public var power: Double
    }

    /// Runs every rule on the same worlds; in the order bh, by, tree, carefulTree (for any dependence), turns
    /// (ten of them), then `OnlineRule`'s; last treeFamilies, the tree's false share averaged over the blocks it looked into,
    /// which is what it promises. The tree is everything / block / test. `evidenceLond` gets the likelihood ratio of the true effect as evidence.
    public func rates(runs: Int, level: Double, seed: UInt64) -> [(String, Realised)] {
        let names =
            ["bh", "by", "tree", "carefulTree", "turns"] + OnlineRule.allCases.map(\.rawValue) + ["treeFamilies"]
        var shares = [[Double]](repeating: [], count: names.count)
        var powers = [Double](repeating: 0, count: names.count)
        var generator = SplitMix64(seed: seed)
        for _ in 0..<runs {
            let (scores, truth) = draw(&generator)
            let effects = truth.count { $0 }
            let decided = decisions(scores, level)
            for (i, found) in (decided + [decided[2]]).enumerated() {
                let right = zip(found, truth).count { $0 && $1 }
                shares[i].append(i == decided.count ? byFamily(found, truth) : falseShare(found[...], truth[...]))
                powers[i] += effects > 0 ? Double(right) / Double(effects) / Double(runs) : 0
            }
        }
        return names.indices.map { i in
            let average = shares[i].reduce(0, +) / Double(runs)
            let variance = shares[i].reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(max(1, runs - 1))
            return (
                names[i],
                Realised(falseShare: average, error: (variance / Double(runs)).squareRoot(), power: powers[i])
            )
        }
    }

    private func falseShare(_ found: ArraySlice<Bool>, _ truth: ArraySlice<Bool>) -> Double {
        let all = found.count { $0 }
        return all > 0 ? Double(zip(found, truth).count { $0 && !$1 }) / Double(all) : 0
    }

    /// The mean over the blocks in which something was found.
    private func byFamily(_ found: [Bool], _ truth: [Bool]) -> Double {
        let size = tests / blocks
        let blocks = stride(from: 0, to: tests, by: size).map { $0..<($0 + size) }.filter { found[$0].contains(true) }
        return blocks.reduce(0) { $0 + falseShare(found[$1], truth[$1]) / Double(blocks.count) }
    }

    private func draw(_ generator: inout SplitMix64) -> (scores: [Double], truth: [Bool]) {
        let size = tests / blocks
        // Effects lie in a third of the blocks, as a cause touches services that belong together.
        let within = min(1, share * 3)
        var scores: [Double] = []
        var truth: [Bool] = []
        for block in 0..<blocks {
            let common = Normal.quantile(max(1e-15, generator.uniform()))
            for _ in 0..<size {
                let own = Normal.quantile(max(1e-15, generator.uniform()))
                let hasEffect = block % 3 == 1 && generator.uniform() < within
                let noise = correlation.squareRoot() * common + (1 - correlation).squareRoot() * own
                scores.append(noise + (hasEffect ? effect : 0))
                truth.append(hasEffect)
            }
        }
        return (scores, truth)
    }

    private func decisions(_ scores: [Double], _ level: Double) -> [[Bool]] {
        let chances = scores.map { Normal.below(-$0) }
        var out = [TestDependence.positive, .arbitrary].map { dependence in
            discoveryRates(chances, dependence: dependence).map { $0 <= level }
        }
        let size = tests / blocks
        for dependence in [TestDependence.positive, .arbitrary] {
            let families = (0..<blocks).map { b in
                TestTree(chances[(b * size)..<((b + 1) * size)].map { TestTree(chance: $0) }, dependence: dependence)
            }
            var tree = TestTree(families, dependence: dependence)
            tree.discover(level: level, dependence: dependence)
            out.append(tree.branches.flatMap { $0.branches.map(\.isDiscovery) })
        }
        var turns = TurnDiscoveries(level: level)
        let perTurn = max(1, tests / 10)
        out.append(
            stride(from: 0, to: tests, by: perTurn).flatMap {
                turns.decide(Array(chances[$0..<min(tests, $0 + perTurn)]))
            })
        for rule in OnlineRule.allCases {
            var online = OnlineDiscoveries(rule, level: level)
            out.append(
                scores.indices.map { i in
                    rule == .evidenceLond
                        ? online.decide(evidence: Glibc.exp(effect * scores[i] - effect * effect / 2))
                        : online.decide(chance: chances[i])
                })
        }
        return out
    }
}
