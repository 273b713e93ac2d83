import Measures
import Records
import Statistics
import Testing

@testable import Web

@Suite("The natural limits of a measure")
struct NaturalLimitsTests {
    @Test("Too few values, or values that never vary, have none")
    func none() {
        #expect(
            NaturalLimits(AheadTests.series("incidents.opened", Array(repeating: 9, count: 9)), levels: [], step: 7)
                == nil)
        let long = AheadTests.series("incidents.opened", (0..<30).map { 60 + $0 % 5 })
        #expect(NaturalLimits(long, levels: [25], step: 7) == nil)
    }

    @Test("Counts that vary like chance have limits three roots away, of the present level only")
    func counts() throws {
        var g = SplitMix64(seed: 4)
        // Sums of 140 coins thrown twice a week: mean 140, variance 70 — less than Poisson, so the limits are narrower.
        let weekly = (0..<60).map { week in
            (0..<280).reduce(0) { n, _ in n + (g.uniform() < 0.5 ? 1 : 0) } + (week < 30 ? 0 : 70)
        }
        let found = try #require(
            NaturalLimits(AheadTests.series("incidents.opened", weekly), levels: [30], step: 7))
        #expect(found.limits.count == 60 && found.limits[29] == nil)
        let limits = try #require(found.limits[40])
        #expect(abs((limits.low + limits.high) / 2 - 30) < 0.6)
        #expect(abs((limits.high - limits.low) / 2 - 3 * 70.0.squareRoot() / 7) < 1.2)
        #expect((found.oneIn ?? 0) > 60)
    }

    @Test("Shares have wider limits in weeks with fewer tickets, and none beyond all")
    func shares() throws {
        let weekly = (0..<30).map { $0 % 2 == 0 ? 40 : 400 }
        let found = try #require(
            NaturalLimits(AheadTests.series("incidents.slaMet", weekly), levels: [], step: 7))
        let few = try #require(found.limits[10])
        let many = try #require(found.limits[11])
        #expect(few.high - few.low > many.high - many.low)
        #expect(found.limits.compactMap { $0 }.allSatisfy { $0.low >= 0 && $0.high <= 1 })
    }
}
