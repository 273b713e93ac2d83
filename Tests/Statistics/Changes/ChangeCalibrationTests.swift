import Testing

@testable import Statistics

/// A small version of `kernels changes-calibration`; the limits leave room for chance, and a broken price fails them.
@Suite("How often changes are found")
struct ChangeCalibrationTests {
    static let series = 60
    static let length = 120

    @Test("Where there is none, at most one series in twenty has one", arguments: [0, 0.3, 0.6])
    func quiet(rho: Double) {
        var noise = Noise(seed: 21)
        let alarms = (0..<Self.series).count { _ in
            !changes(in: noise.autoregressive(Self.length, rho)).changes.isEmpty
        }
        #expect(alarms <= 3)
    }

    @Test("A trend is no change")
    func trend() {
        var noise = Noise(seed: 22)
        let alarms = (0..<Self.series).count { _ in
            !changes(in: (0..<Self.length).map { noise.normal() + 0.05 * Double($0) }).changes.isEmpty
        }
        #expect(alarms <= 3)
    }

    @Test("A shift of two standard deviations at one third is found, and its range holds it")
    func shift() {
        var noise = Noise(seed: 23)
        var (found, held) = (0, 0)
        for _ in 0..<Self.series {
            let x = (0..<Self.length).map { noise.normal() + ($0 >= Self.length / 3 ? 2 : 0) }
            guard let change = changes(in: x).changes.first else { continue }
            found += 1
            held += change.low <= 40 && 40 <= change.high ? 1 : 0
        }
        #expect(found >= 57 && held * 100 >= 90 * found)
    }
}
