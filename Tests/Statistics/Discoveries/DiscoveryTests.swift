import Testing

@testable import Statistics

@Suite("False discoveries")
struct DiscoveryTests {
    // Benjamini & Hochberg (1995), section 4: fifteen p-values, four discoveries at 0.05 (Bonferroni three).
    static let published = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ]

    @Test("Benjamini and Hochberg's own example has four discoveries")
    func batch() {
        let rates = discoveryRates(Self.published)
        #expect(rates.count { $0 <= 0.05 } == 4)
        #expect(abs(rates[3] - 0.0095 * 15 / 4) < 1e-12)
        // Any dependence costs 1 + 1/2 + … + 1/15 = 3.318.
        let careful = discoveryRates(Self.published, dependence: .arbitrary)
        #expect(careful.count { $0 <= 0.05 } == 3 && abs(careful[0] - 0.0001 * 15 * 3.318_228_993) < 1e-9)
        #expect(discoveryRates([]) == [] && discoveryRates([.nan, 0.04])[1] == 0.04)
        #expect(chanceOfNone([]) == 1 && chanceOfNone([0.02, 0.5]) == 0.04)
    }

    @Test(
        "Online levels sum to less than the level while nothing is found, and are earned by findings",
        arguments: OnlineRule.allCases)
    func online(rule: OnlineRule) {
        var quiet = OnlineDiscoveries(rule, level: 0.05)
        var spent = 0.0
        for _ in 0..<3_000 {
            spent += quiet.nextLevel
            let found = quiet.decide(chance: 0.9)
            #expect(!found)
        }
        #expect(spent < 0.05 && spent > 0.005)
        var lucky = OnlineDiscoveries(rule, level: 0.05)
        for _ in 0..<20 { _ = lucky.decide(chance: 0.9) }
        let before = lucky.nextLevel
        let first = lucky.decide(chance: 0)
        #expect(first && lucky.nextLevel > before)
        let tests = lucky.tests
        let none = lucky.decide(chance: .nan)
        #expect(!none && lucky.tests == tests)
    }

    @Test("e-LOND by hand: the first test needs evidence of 1 / (0.05 × 0.0535)")
    func evidence() {
        var rule = OnlineDiscoveries(.evidenceLond, level: 0.05)
        let needed = 1 / rule.nextLevel
        #expect(abs(needed - 1 / (0.05 * 0.077_208 * 0.693_147_180_56)) < 1e-6)
        var copy = rule
        let (short, enough) = (rule.decide(evidence: needed * 0.999), copy.decide(evidence: needed * 1.001))
        #expect(!short && enough)
    }

    @Test("Turns by hand: the first spends four tenths of the level, later ones earn more from what was found")
    func turns() {
        var turns = TurnDiscoveries(level: 0.05)
        // 0.05 × 0.4375 × β(1) / 2, with β(1) = 0.5 / (3.3878 log² 2) + 0.5 / 12.09 = 0.3485.
        let limit = 0.05 * 0.437_490 * 0.348_539 / 2
        var copy = turns
        let none = copy.decide([limit * 1.01, 0.9])
        #expect(none == [false, false] && copy.turns == 1)
        let found = turns.decide([0.9, .nan, limit * 0.99])
        #expect(found == [false, false, true] && turns.discoveries == 1)
        // The second turn's level is 0.05 × 0.1443; what was found adds to β.
        let (poor, rich) = (copy.decide([0.003]), turns.decide([0.003]))
        #expect(poor == [false] && rich == [true])
        let nothing = turns.decide([])
        #expect(nothing == [])
    }

    @Test("A tree: branches of what is quiet are not looked at, and levels shrink with the share found above")
    func tree() {
        let quiet = TestTree([0.5, 0.6, 0.7].map { TestTree(chance: $0) })
        // Found alone among two categories: its branches are tested at half the level.
        let loud = TestTree([0.001, 0.03, 0.9].map { TestTree(chance: $0) })
        var all = TestTree([quiet, loud])
        all.discover(level: 0.05)
        #expect(all.isDiscovery && !all.branches[0].isDiscovery && all.branches[1].isDiscovery)
        #expect(all.branches[1].branches.map(\.isDiscovery) == [true, false, false])
        var both = TestTree([loud, loud])
        both.discover(level: 0.05)
        #expect(both.branches[0].branches.map(\.isDiscovery) == [true, true, false])
        var nothing = TestTree([TestTree]())
        nothing.discover(level: 0.05)
        #expect(!nothing.isDiscovery)
    }

    @Test("Realised rates of false discoveries stay below the level under strong dependence")
    func realised() {
        let world = DiscoveryWorld(tests: 200, blocks: 10, share: 0.1, effect: 3.5, correlation: 0.8)
        let found = world.rates(runs: 60, level: 0.1, seed: 1)
        for (name, rate) in found where !["lord", "saffron", "tree"].contains(name) {
            #expect(rate.falseShare < 0.1 + 3 * rate.error + 0.02, "\(name) \(rate)")
        }
        #expect((found.first { $0.0 == "bh" }?.1.power ?? 0) > 0.4)
    }
}
