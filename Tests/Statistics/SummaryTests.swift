import Testing

@testable import Statistics

@Suite("Summaries, survival and random numbers")
struct SummaryTests {
    @Test("Of nothing there is no mean, median or quantile")
    func nothing() {
        #expect(mean([]) == nil && median([]) == nil && quantile([], 0.3) == nil && medianDeviation([]) == nil)
        #expect(weightedMedian([], weights: []) == nil)
        #expect(weightedMedian([1, 2], weights: [0, 0]) == nil)
        #expect(sum([]) == 0)
    }

    @Test("The compensated sum keeps what a plain sum loses")
    func compensated() {
        #expect(sum([1, 1e100, 1, -1e100]) == 2)
        #expect(sum(Array(repeating: 0.1, count: 10)) == 1)
    }

    @Test("Quantiles are interpolated as R's type 7 does")
    func quantiles() {
        #expect(quantile([4, 1, 3, 2], 0.25) == 1.75)
        #expect(median([5, 1, 3]) == 3)
        #expect(quantile([7], 0.9) == 7)
        #expect(quantile([1, 2], 1) == 2)
        #expect(medianDeviation([1, 1, 2, 2, 4, 6, 9]) == 1.4826)
        #expect(weightedMedian([3, 1, 2], weights: [1, 1, 5]) == 2)
    }

    @Test("The generator gives SplitMix64's published numbers for seed 1234567")
    func generator() {
        var g = SplitMix64(seed: 1_234_567)
        #expect(g.next() == 6_457_827_717_110_365_317)
        #expect(g.next() == 3_203_168_211_198_807_973)
        var values = Array(0..<50)
        g.shuffle(&values)
        #expect(values.sorted() == Array(0..<50) && values != Array(0..<50))
        for _ in 0..<1000 { #expect((0..<7).contains(g.below(7))) }
    }

    @Test("Kaplan and Meier by hand: 1, 2+, 3, 4+, 5 gives 0.8, 0.8 × 2/3, 0")
    func survival() throws {
        let curve = KaplanMeier(times: [5, 1, 3, 2, 4], ended: [true, true, true, false, false])
        #expect(curve.times == [1, 3, 5])
        #expect((curve.surviving[0] - 0.8).magnitude < 1e-12)
        #expect((curve.surviving[1] - 0.8 * 2 / 3).magnitude < 1e-12)
        #expect(curve.surviving[2] == 0)
        #expect(curve.quantile(0.5) == 5)
        // Greenwood by hand: 0.8² × 1/(5·4) = 0.032
        #expect((curve.errors[0] * curve.errors[0] - 0.032).magnitude < 1e-12)
        let middle = try #require(curve.interval(0.5, width: 1.96))
        #expect(middle.low == 1 && middle.high == 5)
    }

    @Test("Doubling every weight moves no share; nobody ended means no median")
    func weights() {
        let t = [1.0, 2, 2, 6, 7]
        let e = [true, false, true, true, false]
        let once = KaplanMeier(times: t, ended: e)
        let twice = KaplanMeier(times: t, ended: e, weights: [2, 2, 2, 2, 2])
        #expect(once.surviving == twice.surviving)
        #expect(KaplanMeier(times: t, ended: [false, false, false, false, false]).quantile(0.5) == nil)
        #expect(KaplanMeier(times: [], ended: []).quantile(0.5) == nil)
    }
}
