import Foundation
import Testing

@testable import Statistics

@Suite("Changes of one series")
struct ChangesTests {
    @Test("Nothing, too little, all equal: no change, and the reason")
    func tooLittle() {
        #expect(changes(in: []).remarks == [.tooShort(known: 0, needed: 10)])
        #expect(changes(in: [1, .nan, .infinity]).remarks == [.tooShort(known: 1, needed: 10)])
        let nine = [Double](repeating: .nan, count: 50) + (1...9).map(Double.init)
        #expect(changes(in: nine).remarks == [.tooShort(known: 9, needed: 10)])
        let flat = changes(in: [Double](repeating: 7, count: 40))
        #expect(flat.changes.isEmpty && flat.remarks == [.constant] && flat.count == 40)
        #expect(changes(in: [Double](repeating: 0, count: 40)).remarks == [.constant])
    }

    @Test("A step without noise is found where it is", arguments: [1, 1e300, 1e-300, -1e8])
    func step(size: Double) throws {
        let report = changes(in: (0..<40).map { $0 < 20 ? 0 : size } + [Double](repeating: size / 2, count: 20))
        #expect(report.changes.map(\.index) == [20, 40])
        let first = try #require(report.changes.first)
        #expect(first.low == 20 && first.high == 20 && first.kind == .level && first.strength > 10)
        #expect(abs(first.before / size) < 1e-6 && abs(first.after / size - 1) < 1e-6)
    }

    @Test("Numbers near the largest and the smallest do no harm")
    func extremes() {
        var generator = Noise(seed: 3)
        for scale in [1.7e308, 1e300, 1e-300, Double.leastNonzeroMagnitude] {
            let report = changes(in: (0..<60).map { _ in generator.uniform() < 0.5 ? -scale : scale })
            #expect(report.count == 60 && report.changes.allSatisfy { $0.index > 0 && $0.index < 60 })
        }
        var one = (0..<60).map { _ in generator.normal() }
        one[30] = 1e300
        #expect(changes(in: one).changes.isEmpty)
    }

    @Test("Whatever comes in, the answer is in order and inside the series")
    func fuzz() {
        var noise = Noise(seed: 4)
        let odd: [Double] = [.nan, .infinity, -.infinity, 0, -0.0, 1e300, -1e300, 1e-300, 5, 5, 5, 1.7e308, -1.7e308]
        for round in 0..<120 {
            let n = Int(noise.uniform() * 80)
            let tame = noise.uniform()
            let values = (0..<n).map { _ in
                noise.uniform() < tame ? noise.normal() * 10 : odd[Int(noise.uniform() * Double(odd.count))]
            }
            let report = changes(in: values, seasons: [0, 1, 3, 7, 1000], block: round % 9)
            #expect(report.count == n)
            var last = 0
            for change in report.changes {
                #expect(last < change.index && change.low <= change.index && change.index <= change.high)
                #expect(change.index < n && change.low >= 0 && change.high < n && !change.before.isNaN)
                last = change.index
            }
            #expect(
                zip(report.segments, report.segments.dropFirst()).allSatisfy {
                    $0.range.upperBound == $1.range.lowerBound
                })
        }
    }

    @Test("Level, bend and spread are told apart")
    func kinds() throws {
        var noise = Noise(seed: 5)
        let level = changes(in: (0..<200).map { noise.normal() + ($0 < 90 ? 10 : 14) })
        #expect(level.changes.count == 1 && level.changes.first?.kind == .level)
        #expect(abs((level.changes.first?.index ?? 0) - 90) <= 3)
        let bend = changes(in: (0..<200).map { 0.3 * noise.normal() + max(0, Double($0) - 90) * 0.1 })
        #expect(bend.changes.count == 1 && bend.changes.first?.kind == .trend)
        let bent = try #require(bend.changes.first)
        #expect(bent.low <= 90 && bent.high >= 90 && abs(bent.slopeAfter - 0.1) < 0.01 && bent.slopeBefore == 0)
        let spread = changes(in: (0..<300).map { noise.normal() * ($0 < 100 ? 1 : 3) })
        #expect(spread.changes.isEmpty && spread.spreadChanges.count == 1)
        let wider = try #require(spread.spreadChanges.first)
        #expect(wider.low <= 100 && wider.high >= 100 && abs(wider.ratio - 3) < 1)
    }

    @Test("A weekly season is not taken for changes, and a step inside it is found")
    func season() {
        var noise = Noise(seed: 6)
        let week = [10.0, 12, 11, 10, 9, 3, 2]
        let quiet = (0..<210).map { week[$0 % 7] + 0.5 * noise.normal() + 20 }
        #expect(changes(in: quiet, seasons: [7]).changes.isEmpty && changes(in: quiet, seasons: [7]).season == 7)
        #expect(changes(in: quiet).season == 7)
        let stepped = quiet.enumerated().map { $0 < 100 ? $1 : $1 + 3 }
        #expect(changes(in: stepped).changes.map(\.index) == [100])
    }

    @Test("A single outlier is reported as one, and is no change")
    func outlier() {
        var noise = Noise(seed: 7)
        var x = (0..<120).map { _ in noise.normal() }
        x[50] = 30
        let report = changes(in: x)
        #expect(report.changes.isEmpty && report.outliers == [50])
        #expect(report.segments.map(\.range) == [0..<120])
    }

    @Test("A saw-tooth without a calendar is a cycle, not a row of changes")
    func cycle() {
        var noise = Noise(seed: 8)
        let report = changes(in: (0..<400).map { (($0 % 40) < 20 ? 0 : 4) + noise.normal() })
        #expect(report.changes.isEmpty && report.cycle == 40 && report.remarks.contains(.cycle(steps: 40)))
    }

    @Test("Mostly zeros are added up over weeks, or the answer says that it is not calibrated")
    func intermittent() throws {
        var noise = Noise(seed: 9)
        let rare = (0..<700).map { noise.uniform() < ($0 < 350 ? 0.1 : 0.45) ? 1.0 : 0 }
        let weeks = changes(in: rare, block: 7)
        #expect(weeks.remarks == [.addedUp(steps: 7)] && weeks.count == 700)
        let change = try #require(weeks.changes.first)
        #expect(weeks.changes.count == 1 && change.low <= 350 && change.high >= 350 && abs(change.index - 350) < 30)
        #expect(weeks.segments.last?.range.upperBound == 700)
        #expect(changes(in: rare).remarks == [.uncalibrated])
    }

    @Test("The flow of the Nile fell in 1899")
    func nile() throws {
        let report = changes(in: Self.nileFlow)
        #expect(report.changes.map(\.index) == [28])
        let fall = try #require(report.changes.first)
        // Cobb (1978), Biometrika 65:243–251, finds 1898 as the last year before the fall, and 1896 to 1900 likely.
        #expect(1871 + fall.index == 1899 && fall.low >= 25 && fall.high <= 31)
        // ruptures 1.1, Dynp(model="l2", min_size=5), one break: 28. The means of both sides by hand: 1097.75 and 849.97.
        #expect(abs(fall.before - 1097.75) < 20 && abs(fall.after - 849.97) < 20)
    }

    @Test("Shift, scale and turn the series round: the changes stay")
    func properties() {
        var noise = Noise(seed: 10)
        let x = (0..<250).map { (t: Int) -> Double in noise.normal() + (t < 80 ? 0 : t < 170 ? -4 : 3) }
        let places = changes(in: x).changes.map(\.index)
        #expect(places == [80, 170])
        #expect(changes(in: x.map { $0 - 1000 }).changes.map(\.index) == places)
        #expect(changes(in: x.map { 12.5 * $0 }).changes.map(\.index) == places)
        #expect(changes(in: x.map { -$0 }).changes.map(\.index) == places)
        #expect(changes(in: x.reversed()).changes.map { 250 - $0.index }.reversed() == places)
        var gap = x
        for t in 120..<130 { gap[t] = .nan }
        #expect(changes(in: gap).changes.map(\.index) == places)
        #expect(changes(in: x) == changes(in: x))
        // The logarithm is chosen where ratios are what is constant, and the sizes come back in the unit.
        let grown = changes(in: x.map { Foundation.exp(0.3 * $0) })
        #expect(grown.form == .logarithm && grown.changes.map(\.index) == places)
        #expect(abs((grown.changes.first?.after ?? 0) / Foundation.exp(-1.2) - 1) < 0.15)
    }

    @Test("A long series with many changes: nearly all are found, in order, none too short")
    func long() {
        var noise = Noise(seed: 11)
        let levels: [Double] = [0, 4, -3, 1, 7, 2, 9, 5, -2, 3, 0, -6, -1, 4, -3, 5, 9, 1, 6, -2]
        let x = (0..<6000).map { noise.normal() + levels[$0 / 300] }
        let report = changes(in: x)
        let places = report.changes.map(\.index)
        #expect((1..<20).allSatisfy { k in places.contains { abs($0 - 300 * k) <= 2 } })
        #expect(places.count <= 21 && zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 5 })
    }

    /// Cobb (1978): annual flow at Aswan in 10⁸ m³, 1871 to 1970.
    static let nileFlow: [Double] = [
        1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
        1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
        831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865,
        845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050,
        918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
    ]
}

/// Seeded noise for these tests.
struct Noise {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func uniform() -> Double { generator.uniform() }
    mutating func normal() -> Double { Normal.quantile(max(1e-16, generator.uniform())) }

    mutating func autoregressive(_ n: Int, _ rho: Double) -> [Double] {
        var x = normal()
        return (0..<n).map { _ in
            defer { x = rho * x + (1 - rho * rho).squareRoot() * normal() }
            return x
        }
    }
}
