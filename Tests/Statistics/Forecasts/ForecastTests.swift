import Testing

@testable import Statistics

/// Normal noise from a seed.
func noise(_ count: Int, seed: UInt64, spread: Double = 1) -> [Double] {
    var g = SplitMix64(seed: seed)
    return (0..<count).map { _ in spread * Normal.quantile(max(1e-12, g.uniform())) }
}

@Suite("Forecasts")
struct ForecastTests {
    @Test("Nothing known, or one value, is refused; two or five are continued with a width, and the forecast says so")
    func short() throws {
        #expect(throws: ForecastError.tooShort(known: 0, needed: 2)) { try forecast([], horizon: 3) }
        #expect(throws: ForecastError.tooShort(known: 0, needed: 2)) { try forecast([.nan, .infinity], horizon: 3) }
        #expect(throws: ForecastError.tooShort(known: 1, needed: 2)) { try forecast([.nan, 4], horizon: 3) }
        for series: [Double] in [[1, 2], [1, 2, 4, 2, 3]] {
            let found = try forecast(series, horizon: 3, seasons: [12])
            #expect(found.notes == [.tooShortToTest(known: series.count)])
            #expect(found.values.map(\.estimate) == Array(repeating: series[series.count - 1], count: 3))
            for (near, far) in zip(found.values, found.values.dropFirst()) { #expect(near.high < far.high) }
        }
        // By hand: |differences| are 1 and 3, their mean 2; 1.96 × 1.5 × 1.25 × 2.
        let three = try forecast([10, 11, 14], horizon: 1).values[0]
        #expect(abs(three.high - 14 - 1.959964 * 3.75) < 1e-5)
    }

    @Test("A constant stays what it is, all zeros stay below the rule of three")
    func constant() throws {
        let same = try forecast(Array(repeating: 5, count: 20), horizon: 4)
        #expect(same.values == Array(repeating: Estimate(5, low: 5, high: 5), count: 4) && same.notes == [.constant])
        let zeros = try forecast(Array(repeating: 0, count: 60), horizon: 2)
        #expect(zeros.values[0] == Estimate(0, low: 0, high: 1))
    }

    static let oddities: [[Double]] = {
        var all: [[Double]] = []
        all.append(noise(60, seed: 1).map { $0 * 1e300 })
        all.append(noise(60, seed: 2).map { $0 * 1e-300 })
        all.append(noise(60, seed: 3).enumerated().map { $0 % 7 == 0 ? .nan : $1 })
        all.append((0..<60).map { Double($0 % 2) * 1e308 })
        all.append((0..<60).map { $0 == 30 ? 1e300 : 1.0 })
        all.append([.nan, .nan] + noise(40, seed: 4) + [.nan, .infinity])
        all.append((0..<9).map { Double($0) })
        all.append((0..<60).map { Double($0) })
        all.append(Array(repeating: 3.0, count: 30) + [4.0])
        all.append(noise(500, seed: 5).map { $0 < 0.5 ? 0.0 : 2.0 })
        all.append((0..<6).map { 1e-308 * Double($0 + 1) })
        return all
    }()

    @Test("Strange values do no harm: the bounds are finite and hold the forecast", arguments: oddities)
    func strange(series: [Double]) throws {
        for horizon in [1, 30] {
            let found = try forecast(series, horizon: horizon, seasons: [7, 12])
            #expect(found.values.count == horizon)
            for value in found.values {
                #expect(value.low.isFinite && value.high.isFinite)
                #expect(value.low <= value.estimate && value.estimate <= value.high)
            }
            for error in found.pastErrors { #expect(error.meanAbsolute.isFinite) }
        }
    }

    @Test("Thousands of random series of all kinds, lengths, seasons and levels give finite, ordered answers")
    func fuzz() throws {
        var g = SplitMix64(seed: 7)
        for _ in 0..<1500 {
            let kind = g.below(6)
            let series: [Double] = (0..<(1 + g.below(60))).map { t in
                let u = g.uniform()
                switch kind {
                case 0: return u - 0.5
                case 1: return Double(g.below(3))
                case 2: return u < 0.3 ? .nan : u * 1e9
                case 3: return u < 0.1 ? 1e307 : u
                case 4: return Double(t % 7) + (u < 0.05 ? 50 : 0)
                default: return u < 0.5 ? .infinity : Double(g.below(2)) * -1e300
                }
            }
            let seasons = (0..<g.below(4)).map { _ in [0, 1, 2, 3, 4, 7, 12, 365, -3][g.below(9)] }
            let level = [0.5, 0.8, 0.95, 0.999][g.below(4)]
            guard series.count(where: { $0.isFinite }) >= 2 else { continue }
            let found = try forecast(series, horizon: 1 + g.below(9), seasons: seasons, level: level)
            #expect(
                found.values.allSatisfy {
                    $0.low.isFinite && $0.high.isFinite && $0.low <= $0.estimate && $0.estimate <= $0.high
                } && found.pastErrors.allSatisfy { $0.meanAbsolute.isFinite })
        }
    }

    @Test("A week that repeats on a rising line is continued, whether it grows with the level or not")
    func seasons() throws {
        func added(_ t: Int) -> Double { 10 + Double(t % 7) * 3 + Double(t) * 0.1 }
        func grown(_ t: Int) -> Double { (10 + Double(t) * 0.3) * (1 + Double(t % 7) * 0.1) }
        for form in [added, grown] {
            let series: [Double] = (0..<98).map(form)
            let found = try forecast(Array(series.prefix(84)), horizon: 14, seasons: [7])
            #expect(found.seasons == [7])
            for (value, truth) in zip(found.values, series.suffix(14)) {
                #expect(abs(value.estimate - truth) < 0.1 * truth)
            }
        }
    }

    @Test("A season that is not there takes itself away")
    func noSeason() throws {
        let series = noise(140, seed: 3).map { 50 + $0 }
        let plain = try forecast(series, horizon: 7)
        let found = try forecast(series, horizon: 7, seasons: [7])
        for (a, b) in zip(plain.values, found.values) { #expect(abs(a.estimate - b.estimate) < 0.5) }
        #expect(likelySeasons(series) == [])
        let weekly: [Double] = (0..<140).map { Double($0 % 7) * 2 + series[$0] }
        #expect(likelySeasons(weekly) == [7])
        let year: [Double] = [0, 3, 9, 4, 1, 0, 0, 5, 8, 8, 2, 1]
        let monthly: [Double] = (0..<140).map { year[$0 % 12] + series[$0] }
        #expect(likelySeasons(monthly) == [12])
    }

    @Test("The weights add up to 1, and a method that is right gets most")
    func weights() throws {
        let found = try forecast(noise(200, seed: 8).map { 100 + $0 }, horizon: 6)
        #expect(abs(found.weights.reduce(0) { $0 + $1.share } - 1) < 1e-12)
        // An alternating series: only the regression knows that.
        let alternating: [Double] = noise(200, seed: 9, spread: 0.1).enumerated().map { t, e in
            (t % 2 == 0 ? 11 : 9) + e
        }
        let regressions = try forecast(alternating, horizon: 6).weights.prefix(2)
        #expect(regressions.reduce(0) { $0 + $1.share } > 0.95)
    }

    @Test("Short series have methods of their own, and follow a trend further the shorter the season is")
    func shortMethods() throws {
        let series: [Double] = noise(24, seed: 13).enumerated().map { t, e in 100 + Double(t) + e }
        let years = try forecast(series, horizon: 4).weights.map(\.method)
        #expect(years == [.growth, .dampedTrend, .changes, .steepChanges, .plainChanges])
        let quarters = try forecast(series, horizon: 4, seasons: [4]).weights.map(\.method)
        #expect(
            quarters == [.growth, .theta, .dampedTrend, .changes, .plainGrowth, .steepChanges, .plainChanges])
        let weekdays = try forecast(series, horizon: 4, seasons: [7]).weights.map(\.method)
        #expect(weekdays == [.theta, .dampedTrend, .changes, .plainTheta])
        let signed = try forecast(series.map { $0 - 110 }, horizon: 4).weights.map(\.method)
        #expect(signed == [.growth, .dampedTrend, .changes])
    }

    @Test("A short series that goes back to its level is forecast near it, one that climbs beyond its end")
    func shortNature() throws {
        var (back, beyond) = (0.0, 0.0)
        for seed in 1...20 {
            let level = noise(24, seed: UInt64(seed)).map { 100 + 5 * $0 }
            let flat = try forecast(level, horizon: 6)
            back += flat.values.reduce(0) { $0 + abs($1.estimate - 100) / 120 }
            let climbing = try forecast(level.enumerated().map { $1 / 5 + Double($0) * 3 }, horizon: 6)
            beyond += climbing.values.enumerated().reduce(0) {
                $0 + $1.element.estimate - 20 - Double(24 + $1.offset) * 3
            }
            for found in [flat, climbing] {
                let share = try #require(found.weights.first { $0.method == .growth }?.share)
                #expect(share > 0.4 && share < 0.9)
            }
        }
        // The last value alone would be off by some 4 each time.
        #expect(back / 20 < 2.5)
        #expect(abs(beyond / 120) < 6)
    }

    @Test("A thousand times larger, a thousand times the forecast; the same twice, the same bits")
    func scale() throws {
        let series: [Double] = noise(120, seed: 5, spread: 0.1).enumerated().map { t, e in
            (20 + Double(t % 12)) * (1 + e)
        }
        let found = try forecast(series, horizon: 12, seasons: [12])
        let larger = try forecast(series.map { $0 * 1000 }, horizon: 12, seasons: [12])
        for (a, b) in zip(found.values, larger.values) {
            #expect(abs(b.estimate / a.estimate / 1000 - 1) < 1e-9 && abs(b.high / a.high / 1000 - 1) < 1e-9)
        }
        #expect(try forecast(series, horizon: 12, seasons: [12]) == found)
        // On the scale of differences a power of two changes no bit.
        let signed = noise(90, seed: 6)
        let doubled = try forecast(signed.map { $0 * 4 }, horizon: 5)
        for (a, b) in zip(try forecast(signed, horizon: 5).values, doubled.values) {
            #expect(b.estimate == 4 * a.estimate)
        }
    }

    @Test("Missing values hardly matter, and missing steps at the end are forecast over")
    func missing() throws {
        let series: [Double] = noise(144, seed: 7).enumerated().map { t, e in 30 + 8 * Double(t % 12 % 5) + 1.5 * e }
        let whole = try forecast(series, horizon: 12, seasons: [12])
        let holed = try forecast(series.enumerated().map { $0 % 11 == 5 ? .nan : $1 }, horizon: 12, seasons: [12])
        for (a, b) in zip(whole.values, holed.values) { #expect(abs(a.estimate - b.estimate) < 2) }
        #expect(holed.notes.first == .filled(count: 13, of: 144))
        let cut = try forecast(Array(series.dropLast(3)) + [.nan, .nan, .nan], horizon: 9, seasons: [12])
        let shorter = try forecast(Array(series.dropLast(3)), horizon: 12, seasons: [12])
        #expect(cut.values == Array(shorter.values.dropFirst(3)))
        #expect(cut.notes.first == .endMissing(steps: 3))
    }

    @Test("A jump of the level in the past is found at its place and moved away")
    func levelShift() throws {
        let series: [Double] = noise(120, seed: 11, spread: 0.4).enumerated().map { t, e in
            let level: Double = t < 70 ? 20 : 50
            return level + Double(t % 7) + e
        }
        let found = try forecast(series, horizon: 7, seasons: [7])
        #expect(found.notes.contains(.levelShift(before: 70)))
        for (k, value) in found.values.enumerated() { #expect(abs(value.estimate - 50 - Double((120 + k) % 7)) < 1.5) }
        let clean: [Double] = series.enumerated().map { t, x in t < 70 ? x : x - 30 }
        #expect(try forecast(clean, horizon: 7, seasons: [7]).notes.isEmpty)
    }

    @Test("A long series keeps its end, and places in notes are those of the caller's series")
    func long() throws {
        let series = noise(4000, seed: 12).enumerated().map { $0 < 3000 ? $1 : $1 + 40 }
        let notes = try forecast(series, horizon: 3).notes
        #expect(notes.contains(.shortened(to: 1500)) && notes.contains(.levelShift(before: 3000)))
    }
}
