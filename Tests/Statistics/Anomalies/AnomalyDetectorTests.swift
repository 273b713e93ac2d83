import Foundation
import Testing

@testable import Statistics

/// Streams for the tests.
private struct NormalStream {
    var random: SplitMix64

    init(_ seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func normal() -> Double {
        (-2 * log(1 - random.uniform())).squareRoot() * cos(2 * Double.pi * random.uniform())
    }

    mutating func white(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }
}

private func anomalies(_ values: [Double], every step: Double = 300) -> [Anomaly] {
    var detector = AnomalyDetector()
    return values.enumerated().map { detector.score($1, at: Double($0) * step) }
}

@Suite("Streaming anomalies: strange input")
struct StrangeStreamTests {
    @Test(
        "A constant stream is never strange",
        arguments: [0.0, 45, -1e300, 1e300, 1e-300, .leastNonzeroMagnitude, .infinity])
    func constant(value: Double) {
        let all = anomalies([Double](repeating: value, count: 5000))
        #expect(all.allSatisfy { $0.score < 0.95 })
    }

    @Test("Nothing but missing values says nothing")
    func missingOnly() {
        #expect(anomalies([Double](repeating: .nan, count: 500)).allSatisfy { $0.score == 0 && $0.reason == nil })
    }

    @Test("Huge, tiny, infinite and missing values in any order give numbers from 0 to 1")
    func fuzz() {
        let strange = [1e300, -1e300, 1e-300, .infinity, -.infinity, .nan, 0, -0.0, .leastNonzeroMagnitude, 1, 2, 3.5]
        var random = SplitMix64(seed: 7)
        for seed in 0..<5 {
            var detector = AnomalyDetector()
            var time = 0.0
            for _ in 0..<2000 {
                let value = strange[random.below(seed == 0 ? strange.count : 6 + seed)]
                let times = [time + 300, time, time - 5000, .nan, .infinity, -1e300, 1e18]
                time = random.below(50) == 0 ? times[random.below(times.count)] : time + 300
                let anomaly = detector.score(value, at: time)
                #expect(anomaly.score >= 0 && anomaly.score <= 1 && anomaly.surprise.isFinite)
            }
        }
    }

    @Test("The first rows say nothing")
    func warmUp() {
        var noise = NormalStream(1)
        var values = noise.white(100)
        values[60] = 1e6
        #expect(anomalies(values).allSatisfy { $0.score == 0 })
    }
}

@Suite("Streaming anomalies: findings")
struct FindingTests {
    @Test("A spike, a shift, new noise, a flat stretch and a broken habit are found, each with its reason")
    func findings() throws {
        var noise = NormalStream(2)
        var spike = noise.white(3000)
        spike[2500] += 12
        #expect(anomalies(spike)[2500].score > Anomaly.alarm)
        let shift = noise.white(3000).enumerated().map { $0 < 2500 ? $1 : $1 + 5 }
        #expect(anomalies(shift)[2500..<2510].contains { $0.score > Anomaly.alarm })
        let loud = noise.white(3000).enumerated().map { $0 < 2500 ? $1 : 4 * $1 }
        #expect(anomalies(loud)[2500..<2540].contains { $0.score > Anomaly.alarm })
        let flat = noise.white(3000).enumerated().map { $0 < 2500 ? $1 : 0.1 }
        let found = try #require(anomalies(flat)[2500..<2520].max { $0.score < $1.score })
        #expect(found.score > Anomaly.alarm && found.reason == .flat)
        // Calm nights, and one night that is like a day.
        let days = noise.white(288 * 14).enumerated().map { row, e in
            ((96..<240).contains(row % 288) || (3500..<3520).contains(row) ? 20 : 10) + 0.3 * e
        }
        let night = try #require(anomalies(days)[3500..<3520].max { $0.score < $1.score })
        #expect(night.score > Anomaly.alarm && night.reason == .hour)
    }

    @Test("Silence is found while it lasts and when it ends")
    func silence() {
        var noise = NormalStream(3)
        var values = noise.white(2000)
        for i in 1500..<1520 { values[i] = .nan }
        let missing = anomalies(values)[1500..<1520]
        #expect(missing.contains { $0.score > Anomaly.alarm && $0.reason == .silence })
        #expect(anomalies(values)[1500].score < 0.9)

        var detector = AnomalyDetector()
        var scores: [Anomaly] = []
        for (i, value) in noise.white(2000).enumerated() {
            scores.append(detector.score(value, at: Double(i) * 300 + (i < 1500 ? 0 : 7200)))
        }
        #expect(scores[1500].score > Anomaly.alarm && scores[1500].reason == .silence)
    }

    @Test("A missing value teaches nothing")
    func missingIsNotLearned() {
        var noise = NormalStream(4)
        let values = noise.white(1000)
        var plain = AnomalyDetector()
        var other = AnomalyDetector()
        for (i, value) in values.enumerated() {
            let time = Double(i) * 300
            if i == 700 { _ = other.score(.nan, at: time - 100) }
            #expect(plain.score(value, at: time) == other.score(value, at: time))
        }
    }

    @Test("A new level is normal after a while")
    func newNormal() {
        var noise = NormalStream(5)
        let values = noise.white(9000).enumerated().map { $0 < 3000 ? $1 : $1 + 20 }
        let all = anomalies(values)
        #expect(all[3000..<3005].contains { $0.score > Anomaly.alarm })
        let later = all[6000...].count { $0.score > Anomaly.alarm }
        #expect(later <= 12)
    }

    @Test("What was just reported is not reported again")
    func reportedOnce() {
        var noise = NormalStream(6)
        var values = noise.white(3000)
        for i in 2500..<2530 { values[i] = 15 }
        #expect(anomalies(values)[2500..<2600].count { $0.score > Anomaly.alarm } <= 4)
    }
}

@Suite("Streaming anomalies: properties")
struct AnomalyPropertyTests {
    @Test("No later row changes a score")
    func noFuture() {
        var noise = NormalStream(8)
        var values = noise.white(1500)
        let before = anomalies(values)
        for cut in [101, 700, 1499] { #expect(anomalies(Array(values[..<cut])) == Array(before[..<cut])) }
        for i in 1000..<1500 { values[i] = 1e9 }
        #expect(Array(anomalies(values)[..<1000]) == Array(before[..<1000]))
    }

    @Test("The unit of the values does not matter", arguments: [0x1p-60, 0x1p40])
    func scale(factor: Double) {
        var noise = NormalStream(9)
        let values = noise.white(3000)
        #expect(anomalies(values).map(\.score) == anomalies(values.map { $0 * factor }).map(\.score))
    }

    @Test("A copy goes its own way, and many rows at once are the same as one after another")
    func copies() {
        var noise = NormalStream(10)
        let values = noise.white(2000)
        let times = (0..<2000).map { Double($0) * 300 }
        var detector = AnomalyDetector()
        for i in 0..<1000 { _ = detector.score(values[i], at: times[i]) }
        let kept = detector
        for i in 1000..<1100 { _ = detector.score(99, at: times[i]) }
        var copy = kept
        var rest = [Double](repeating: 0, count: 1000)
        var span = rest.mutableSpan
        let (lastValues, lastTimes) = (Array(values[1000...]), Array(times[1000...]))
        copy.scores(lastValues.span, at: lastTimes.span, into: &span)
        #expect(rest == anomalies(values)[1000...].map(\.score))
    }

    @Test("Scores are tail probabilities: in quiet streams one row in 100 reaches 0.99, one in 1000 reaches 0.999")
    func calibration() {
        var noise = NormalStream(11)
        var state = 0.0
        let kinds: [[Double]] = [
            noise.white(20_000),
            noise.white(20_000).map { e in
                state = 0.7 * state + e
                return state
            },
            noise.white(20_000).enumerated().map { exp(sin(Double($0) / 288 * 2 * Double.pi) + 0.5 * $1) },
        ]
        for values in kinds {
            let scores = anomalies(values).dropFirst(100).map(\.score)
            let high = Double(scores.count { $0 >= 0.99 }) / Double(scores.count)
            let higher = Double(scores.count { $0 >= 0.999 }) / Double(scores.count)
            #expect(high > 0.005 && high < 0.02)
            #expect(higher > 0.0002 && higher < 0.003)
        }
    }

    @Test("The scale never falls")
    func monotone() {
        let scores = stride(from: 0.0, through: 80, by: 0.01).map(AnomalyScale.score)
        #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(scores.first == 0 && scores.last! <= 1)
    }
}

@Suite("Streaming anomalies: parts")
struct AnomalyPartTests {
    @Test("Running moments are the mean and variance while few, by hand: 2, 4, 9")
    func moments() {
        var moments = RunningMoments(memory: 100)
        for x in [2.0, 4, 9] { moments.learn(x) }
        #expect(abs(moments.mean - 5) < 1e-12)
        #expect(abs(moments.variance - 26.0 / 3) < 1e-12)
    }

    @Test("The quick logarithm is the logarithm")
    func logarithm() {
        for x in [1e-30 as Float, 1e-9, 0.3, 0.70710677, 0.7072, 1, 1.4142135, 1.4143, 2, 3, 1e9, 1e30] {
            #expect(abs(logarithm2(x) - log2(x)) < 1e-5 * max(1, abs(log2(x))))
            #expect(logarithm2(SIMD8<Float>(repeating: x))[3] == logarithm2(x))
        }
    }

    @Test("A share is counted by hand: 30 rows of 1, one of 4, then 2 and 4")
    func shares() {
        var tails = TailHistograms()
        func learn(_ value: Float) {
            let l = SIMD8(repeating: logarithm2(value))
            tails.learn(l, in: TailHistograms.bins(of: l), where: .one)
        }
        for _ in 0..<30 { learn(1) }
        learn(4)
        // Of 31 rows one is above 2; with the row itself counted half: 1.5 of 32.
        let two = TailHistograms.bins(of: SIMD8(repeating: 1))
        #expect(abs(tails.shares(above: two)[0] - 1.5 / 32) < 1e-6)
        // At 4 the one row is a tie and counts half: 1 of 32.
        let four = TailHistograms.bins(of: SIMD8(repeating: 2))
        #expect(abs(tails.shares(above: four)[7] - 1.0 / 32) < 1e-6)
        #expect(tails.isStrange(four) && !tails.isStrange(TailHistograms.bins(of: .zero)))
    }
}
