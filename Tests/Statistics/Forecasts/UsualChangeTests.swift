import Testing

@testable import Statistics

@Suite("The usual change, and how it grows")
struct UsualChangeTests {
    @Test("A series that never moves, or always moves alike, has none; a short one tells no growth")
    func nothing() {
        #expect(UsualChange([], period: 1) == nil && UsualChange([5], period: 1) == nil)
        #expect(UsualChange(Array(repeating: 5, count: 20), period: 1) == nil)
        #expect(UsualChange((0..<20).map { Double($0) }, period: 1) == nil)
        #expect(UsualChange([1, 5, 2, 4, 1, 6, 2], period: 1)?.growth == nil)
        #expect(UsualChange([1, 5, 2, 4, 1, 6, 2], period: 12) == nil)
    }

    @Test("By hand: changes of −1 and 1 have a mean square of 1, and none over four steps: no growth")
    func alternating() throws {
        let usual = try #require(UsualChange((0..<16).map { Double($0 % 2) }, period: 1))
        // Fifteen changes, eight of 1 and seven of −1; their median is 1.
        #expect(abs(usual.meanSquare - 28.0 / 15) < 1e-12 && usual.growth == 0)
    }

    @Test("White noise does not grow, a random walk by one, a changing trend by two; a season is left out")
    func growth() throws {
        let steps = noise(4000, seed: 21)
        var (walk, trend): ([Double], [Double]) = ([], [])
        for step in steps {
            walk.append((walk.last ?? 0) + step)
            trend.append((trend.last ?? 0) + (walk.last ?? 0))
        }
        func grown(_ y: [Double], _ period: Int) throws -> Double {
            let usual = try #require(UsualChange(y, period: period))
            return try #require(usual.growth)
        }
        #expect(try grown(steps, 1) < 0.1)
        #expect(abs(try grown(walk, 1) - 1) < 0.1)
        #expect(try grown(trend, 1) > 1.8)
        let seasonal = walk.enumerated().map { 0.3 * $1 + [0, 40, 10, -20][$0 % 4] }
        #expect(abs(try grown(seasonal, 4) - 1) < 0.25)
    }
}
