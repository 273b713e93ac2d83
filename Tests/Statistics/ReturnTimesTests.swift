import Statistics
import Testing

@Suite("What comes back in a rhythm")
struct ReturnTimesTests {
    @Test(
        "Too little to tell a rhythm from",
        arguments: [[], [5], [1, 2, 3, 4, 5, 6, 7, 8], [0, 30, 60, 90]] as [[Int]])
    func tooLittle(days: [Int]) { #expect(returnRhythm(of: days) == nil) }

    @Test("Once a month is told with the days between and the next one; several tickets of a spell are one return")
    func monthly() throws {
        let days = [0, 1, 30, 61, 61, 63, 91, 122, 152, 181]
        let rhythm = try #require(returnRhythm(of: days))
        #expect(rhythm.returns == [0, 30, 61, 91, 122, 152, 181])
        #expect(rhythm.medianDays == 30 && rhythm.low >= 29 && rhythm.high <= 31)
        #expect(rhythm.next == 211 && rhythm.nextEarliest >= 210 && rhythm.nextLatest <= 212)
        #expect(rhythm.p < 0.001)
        #expect(returnRhythm(of: days.reversed()) == rhythm)
    }

    @Test("Of returns at any time no more than the promised share looks regular")
    func chance() {
        var generator = SplitMix64(seed: 7)
        var regular = 0
        var tested = 0
        for world in 0..<400 {
            let days = (0..<(8 + world % 90)).map { _ in generator.below(1500) }
            guard let rhythm = returnRhythm(of: days) else { continue }
            tested += 1
            if rhythm.p <= 0.05 { regular += 1 }
        }
        // 5 % of 400 and three standard errors.
        #expect(tested > 390 && regular <= 33, "\(regular) of \(tested)")
    }
}
