import Testing

@testable import Statistics

@Suite("Regression of changes")
struct ChangeRegressionTests {
    func ahead(_ z: [Double], steps: Int = 4, observed: [Double]? = nil) -> [Double] {
        var regression = ChangeRegression(drift: 0.5, capacity: z.count + steps)
        var out = [Double](repeating: 0, count: steps)
        let known = observed ?? Array(repeating: 1, count: z.count)
        regression.ahead(z.span, observed: known.span, steps: steps, into: &out)
        return out
    }

    @Test("One value is continued; few go on with half the usual change; a constant stays")
    func short() {
        #expect(ahead([3]) == [3, 3, 3, 3])
        #expect(ahead([1, 3, 5]) == [6, 7, 8, 9])
        #expect(ahead(Array(repeating: 7, count: 20)) == [7, 7, 7, 7])
    }

    @Test("A swing from step to step goes on, smaller than it was")
    func alternating() {
        let swing: [Double] = (0..<30).map { $0 % 2 == 0 ? 1 : -1 }
        let found = ahead(swing)
        #expect(found[0] > -0.2 && found[0] < 1 && found[1] < found[0] && found[2] > found[1])
    }

    @Test("Four times larger and shifted, the same answer; nothing overflows")
    func scale() {
        let z = noise(24, seed: 1)
        for (a, b) in zip(ahead(z), ahead(z.map { 4 * $0 + 8 })) { #expect(abs(4 * a + 8 - b) < 1e-9) }
        #expect(ahead(z.map { $0 * 1e300 }).allSatisfy { $0.isFinite })
        #expect(ahead(z.map { $0 * 1e-300 }).allSatisfy { $0.isFinite })
    }

    @Test("A change to a filled value is no target: without any target only the drift is left")
    func filled() {
        let z = noise(20, seed: 2)
        let changes = zip(z.dropFirst(), z).map { $0 - $1 }.sorted()
        // The middle half of nineteen changes: four left out on either side.
        let drift = 0.5 * changes[4..<15].reduce(0, +) / 11
        for (k, value) in ahead(z, observed: Array(repeating: 0, count: 20)).enumerated() {
            #expect(abs(value - z[19] - Double(k + 1) * drift) < 1e-9)
        }
    }

    @Test("A first year far off, or one leap, does not make the trend")
    func robust() {
        let line: [Double] = (0..<16).map { Double($0) }
        let plain = ahead(line)
        // The last changes were all larger than half the usual one, and some of that goes on.
        #expect(plain[3] > 17 && plain[3] < 19)
        var begun = line
        begun[0] = -50
        for (a, b) in zip(ahead(begun), plain) { #expect(abs(a - b) < 1) }
        let leapt = line.enumerated().map { $0 < 8 ? $1 : $1 + 30 }
        for (a, b) in zip(ahead(leapt), plain) { #expect(abs(a - 30 - b) < 1) }
    }
}
