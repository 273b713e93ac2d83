import Testing

@testable import Statistics

@Suite("Control charts")
struct ControlChartTests {
    @Test("Too little, the impossible and lists of other lengths are refused")
    func refused() {
        #expect(throws: ControlChartError.tooShort(phase: 0, known: 2, needed: 3)) { try individualsChart([1, 2]) }
        #expect(throws: ControlChartError.tooShort(phase: 1, known: 2, needed: 3)) {
            try individualsChart([1, 2, 3, 4, 5], phases: [3])
        }
        #expect(throws: ControlChartError.impossible(point: 1)) { try countsChart([1, -1, 2]) }
        #expect(throws: ControlChartError.impossible(point: 2)) { try ratesChart([1, 1, 2], of: [1, 1, 0]) }
        #expect(throws: ControlChartError.impossible(point: 0)) { try sharesChart([3, 1, 1], of: [2, 2, 2]) }
        #expect(throws: ControlChartError.lengths(values: 3, other: 1)) { try sharesChart([3, 1, 1], of: [2]) }
        #expect(throws: ControlChartError.tooShort(phase: 0, known: 0, needed: 3)) { try countsChart([0, 0, 0]) }
        #expect(throws: ControlChartError.tooShort(phase: 0, known: 0, needed: 3)) { try individualsChart([]) }
    }

    @Test("A constant has limits on itself and no signal; NaN breaks nothing")
    func constant() throws {
        let chart = try individualsChart([5, 5, .nan, 5, 5, 5])
        #expect(chart.upper == Array(repeating: 5, count: 6) && chart.scores[0] == 0 && chart.scores[2].isNaN)
        #expect(runSignals(chart.scores, rules: [.beyondThree]).isEmpty)
        #expect(falseAlarmRates(chart.scores, rules: [.beyondThree]) == nil)
    }

    // Montgomery, Introduction to Statistical Quality Control, example 6.5: viscosity of primer paint, 15 batches.
    @Test("Montgomery's viscosity: 33.52, 34.80 and 32.24")
    func viscosity() throws {
        let chart = try individualsChart([
            33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84,
        ])
        #expect((chart.centre[0] - 33.52).magnitude < 0.005)
        #expect((chart.upper[0] - 34.80).magnitude < 0.01 && (chart.lower[0] - 32.24).magnitude < 0.01)
    }

    // NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2: flow rates of ten batches (public domain).
    @Test("NIST's flow rates: 55.8041, 50.81 and 45.8159")
    func flow() throws {
        let chart = try individualsChart([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
        #expect((chart.centre[0] - 50.81).magnitude < 1e-9)
        // The handbook rounds d₂ to 1.128.
        #expect((chart.upper[0] - 55.8041).magnitude < 0.003 && (chart.lower[0] - 45.8159).magnitude < 0.003)
    }

    // Wheeler's factor 2.66 = 3 / d₂ (Understanding Variation, 1993).
    @Test("The limits are 2.66 mean moving ranges away")
    func factor() throws {
        let chart = try individualsChart([1, 2, 1, 2, 1, 2, 1, 2])
        #expect((chart.upper[0] - 1.5 - 2.66).magnitude < 0.002)
    }

    // Montgomery, example 6.3: nonconformities in 26 samples of 100 circuit boards.
    @Test("Montgomery's circuit boards: c̄ 19.85, 33.22 and 6.48; points 6 and 20 are out")
    func boards() throws {
        let chart = try countsChart([
            21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15,
        ])
        #expect((chart.centre[0] - 19.85).magnitude < 0.005 && (chart.upper[0] - 33.22).magnitude < 0.01)
        #expect((chart.lower[0] - 6.48).magnitude < 0.01)
        #expect(runSignals(chart.scores, rules: [.beyondThree]).map(\.point) == [5, 19])
    }

    // Montgomery, example 6.4 and table 6.11: errors in dyed cloth per 50 m², changing areas.
    @Test("Montgomery's cloth: ū 1.42 and a limit for every area")
    func cloth() throws {
        let chart = try ratesChart(
            [14, 12, 20, 11, 7, 10, 21, 16, 19, 23], of: [10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5],
            withOverdispersion: false)
        let upper = [2.55, 2.68, 2.41, 2.55, 2.58, 2.55, 2.45, 2.52, 2.45, 2.43]
        #expect((chart.centre[0] - 1.42).magnitude < 0.005)
        for t in upper.indices { #expect((chart.upper[t] - upper[t]).magnitude < 0.011) }
    }

    // Montgomery, example 6.1: 30 samples of 50 orange-juice cans.
    @Test("Montgomery's cans: p̄ 0.2313, 0.4102 and 0.0524; samples 15 and 23 are out")
    func cans() throws {
        let counts: [Double] = [
            12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
        ]
        let tries = [Double](repeating: 50, count: 30)
        let chart = try sharesChart(counts, of: tries, withOverdispersion: false)
        #expect((chart.centre[0] - 0.2313).magnitude < 5e-5 && (chart.upper[0] - 0.4102).magnitude < 1e-4)
        #expect((chart.lower[0] - 0.0524).magnitude < 1e-4)
        #expect(runSignals(chart.scores, rules: [.beyondThree]).map(\.point) == [14, 22])
        // Laney's limits are the plain ones times σ_z about the centre.
        let wide = try sharesChart(counts, of: tries)
        let factor = (wide.upper[0] - wide.centre[0]) / (chart.upper[0] - chart.centre[0])
        #expect((factor - wide.overdispersion[0]).magnitude < 1e-12)
    }

    // Montgomery, example 6.6 (after Nelson 1994): hours between failures of a valve, to the power 1 / 3.6.
    @Test("Montgomery's valve: the chart of times has no lower limit and no signal")
    func valve() throws {
        let chart = try timesChart([
            286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96,
        ])
        #expect(chart.lower[0].isNaN && chart.upper[0] > 2837)
        #expect(runSignals(chart.scores, rules: RunRule.westernElectric).isEmpty)
    }

    @Test("Gaps: the limit is exceeded with the chance of three sigma")
    func gaps() throws {
        let chart = try gapsChart(Array(repeating: [0.0, 50, 99, 200, 10], count: 40).flatMap { $0 })
        // Mean 71.8: q is about 1 − 1 / 72.8, and q to the power of the limit is 0.00135.
        #expect((chart.upper[0] - 478.5).magnitude < 5 && chart.lower[0].isNaN)
        #expect(chart.scores[3] > chart.scores[2] && chart.scores[0] < 0)
    }

    @Test("Overdispersed shares: plain limits alarm, Laney's do not")
    func laney() throws {
        var g = SplitMix64(seed: 4)
        let tries = [Double](repeating: 100_000, count: 200)
        let counts = tries.map { ($0 * (0.1 + 0.01 * DecompositionTests.normal(&g))).rounded() }
        let plain = try sharesChart(counts, of: tries, withOverdispersion: false)
        let wide = try sharesChart(counts, of: tries)
        #expect(runSignals(plain.scores, rules: [.beyondThree]).count > 50)
        #expect(runSignals(wide.scores, rules: [.beyondThree]).count <= 4)
        #expect(wide.overdispersion[0] > 8)
    }

    @Test("Phases have limits of their own, and a seasonal baseline moves the limits")
    func phases() throws {
        let values: [Double] = [1, 2, 1, 2, 1, 2, 11, 12, 11, 12, 11, 12]
        let chart = try individualsChart(values, phases: [6])
        #expect(chart.centre[0] == 1.5 && chart.centre[11] == 11.5 && chart.phases == [0, 6])
        #expect(runSignals(chart.scores, rules: RunRule.nelson, phases: chart.phases).isEmpty)
        let baseline = values.map { $0 > 5 ? 10.0 : 0 }
        let seasonal = try individualsChart(values, baseline: baseline)
        #expect(seasonal.centre[0] == 1.5 && seasonal.centre[8] == 11.5)
    }
}

@Suite("Run rules")
struct RunRuleTests {
    static func fires(_ rule: RunRule, _ scores: [Double]) -> [Int] {
        runSignals(scores, rules: [rule]).map(\.point)
    }

    @Test("Each rule fires where its pattern is complete, not before")
    func patterns() {
        #expect(Self.fires(.beyondThree, [3, 3.01, -3.5, .infinity, .nan]) == [1, 2, 3])
        #expect(Self.fires(.eightOnOneSide, Array(repeating: 0.1, count: 9)) == [7, 8])
        #expect(Self.fires(.nineOnOneSide, Array(repeating: -0.1, count: 9)) == [8])
        #expect(
            Self.fires(.nineOnOneSide, Array(repeating: 0.1, count: 5) + [.nan] + Array(repeating: 0.1, count: 5)) == []
        )
        #expect(Self.fires(.sixInARow, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.4]) == [5])
        #expect(Self.fires(.fourteenAlternating, (0..<14).map { $0 % 2 == 0 ? 0.5 : -0.5 }) == [13])
        #expect(Self.fires(.twoOfThreeBeyondTwo, [2.1, 0, 2.1, 0, 0, -2.1, 2.1]) == [2])
        #expect(Self.fires(.fourOfFiveBeyondOne, [1.1, 1.1, 0, 1.1, 1.1, 0]) == [4])
        #expect(Self.fires(.fifteenWithinOne, Array(repeating: 0.5, count: 15)) == [14])
        #expect(Self.fires(.eightBeyondOne, (0..<8).map { $0 % 2 == 0 ? 1.5 : -1.5 }) == [7])
        #expect(runSignals(Array(repeating: 0.1, count: 10), rules: [.eightOnOneSide], phases: [0, 5]).isEmpty)
    }

    // Champ & Woodall (1987), Technometrics 29:393–399, table 1: in control, normal and independent.
    @Test(
        "Average run lengths are Champ and Woodall's",
        arguments: [
            ([.beyondThree], 370.4), ([.beyondThree, .twoOfThreeBeyondTwo], 225.44),
            ([.beyondThree, .fourOfFiveBeyondOne], 166.05), ([.beyondThree, .eightOnOneSide], 152.73),
            (RunRule.westernElectric, 91.75),
        ] as [([RunRule], Double)])
    func published(rules: [RunRule], length: Double) {
        var g = SplitMix64(seed: 11)
        let found = falseAlarmRates(rules: rules, runs: 300, longest: 20_000) { DecompositionTests.normal(&g) }
        let error = length / Double(found.together.alarms).squareRoot()
        #expect((found.together.averageRunLength.estimate - length).magnitude < 3.5 * error)
        #expect(
            found.together.averageRunLength.low < length * 1.1 && found.together.averageRunLength.high > length * 0.9)
    }

    @Test(
        "On normal data the resampled run length is near the textbook's; with memory the run rule alarms far more often"
    )
    func resampled() throws {
        var g = SplitMix64(seed: 12)
        let white = (0..<1_000).map { _ in DecompositionTests.normal(&g) }
        let found = try #require(falseAlarmRates(white, rules: [.beyondThree], runs: 200))
        #expect(found.together.averageRunLength.estimate > 180 && found.together.averageRunLength.estimate < 800)
        var x = 0.0
        let slow = (0..<1_000).map { _ -> Double in
            x = 0.8 * x + 0.6 * DecompositionTests.normal(&g)
            return x
        }
        let memory = try #require(falseAlarmRates(slow, rules: [.eightOnOneSide], runs: 200))
        #expect(memory.together.averageRunLength.estimate < 50)
        #expect(try #require(falseAlarmRates(slow, rules: [.eightOnOneSide], runs: 200)).together == memory.together)
    }
}
