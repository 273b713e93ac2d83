import Testing

@testable import Statistics

@Suite("Forecasts")
struct ForecastTests {
    @Test("Too little is refused with how much is needed; a constant stays what it is")
    func edges() throws {
        #expect(throws: ForecastError.tooShort(known: 2, needed: 3)) { try forecast([1, .nan, 2], horizon: 3) }
        let same = try forecast(Array(repeating: 5, count: 20), horizon: 4)
        for value in same.values { #expect(abs(value.estimate - 5) < 1e-9 && value.high - value.low < 1e-9) }
    }

    @Test("A week that repeats on a rising line is continued, whether it grows with the level or not")
    func seasons() throws {
        func added(_ t: Int) -> Double {
            let season = Double(t % 7) * 3
            return 10 + season + Double(t) * 0.1
        }
        func grown(_ t: Int) -> Double {
            let season = 1 + Double(t % 7) * 0.1
            return (10 + Double(t) * 0.3) * season
        }
        for form in [added, grown] {
            let series: [Double] = (0..<98).map(form)
            let found = try forecast(series.prefix(84).map { $0 }, horizon: 14, seasons: [7])
            #expect(found.season == 7)
            for (value, truth) in zip(found.values, series.suffix(14)) {
                #expect(abs(value.estimate - truth) < 0.08 * truth)
                #expect(value.low <= value.estimate && value.estimate <= value.high)
            }
        }
    }

    @Test("A season that is not there is not used, and a gap is bridged")
    func noSeason() throws {
        var g = SplitMix64(seed: 3)
        let noise: [Double] = (0..<120).map { $0 % 17 == 0 ? .nan : 50 + 10 * g.uniform() }
        let found = try forecast(noise, horizon: 7, seasons: [7])
        #expect(found.season == 1)
        for value in found.values { #expect(value.low < 55 && 55 < value.high) }
    }

    @Test("Nineteen of twenty intervals hold what comes next in white noise")
    func coverage() throws {
        var held = 0
        var all = 0
        for seed in 1...60 {
            var g = SplitMix64(seed: UInt64(seed))
            let series = (0..<80).map { _ in Normal.quantile(max(1e-9, g.uniform())) }
            let found = try forecast(series.prefix(70).map { $0 }, horizon: 10)
            for (value, truth) in zip(found.values, series.suffix(10)) {
                all += 1
                if value.low <= truth, truth <= value.high { held += 1 }
            }
        }
        let share = Double(held) / Double(all)
        #expect(share > 0.9 && share < 0.99, "\(share)")
    }
}
