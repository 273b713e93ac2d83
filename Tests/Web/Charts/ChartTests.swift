import Foundation
import Languages
import Measures
import Records
import Signals
import Statistics
import Testing

@testable import Web

@Suite struct ChartTests {
    private func chart(_ values: [Double?], _ id: String = "incidents.timeToResolve", step: Int = 7) -> SeriesChart {
        SeriesChart(
            id: "c", title: "Title <b>", measure: Samples.measure(id), first: Day(number: 19_000), step: step,
            values: values)
    }

    @Test("Nothing to draw is said in words: no points, all missing, not a number")
    func nothing() {
        for values: [Double?] in [[], [nil, nil], [.nan, .infinity]] {
            let html = chart(values).figure(Words(.en)).text
            #expect(html.contains("There is nothing to draw") && !html.contains("<svg"))
        }
    }

    @Test("Strange values give finite pictures: one point, all equal, zero, huge, tiny, negative, a single gap")
    func strange() {
        let cases: [[Double?]] = [
            [5], [0], [3, 3, 3], [0, 0], [1e18, 2e18], [1e-9, 2e-9], [-3, 4], [1, nil, 2], [nil, 1, nil],
            Array(repeating: 1, count: 3000),
        ]
        for values in cases {
            for id in ["incidents.timeToResolve", "incidents.opened", "incidents.slaMet", "incidents.backlog"] {
                let text = chart(values, id).figure(Words(.zh)).text
                #expect(text.contains("<svg") && !text.contains("nan") && !text.contains("inf"), "\(values.prefix(3))")
                #expect(text.contains("Title &lt;b&gt;"))
            }
        }
    }

    @Test("A gap is a gap: the line is lifted, a lonely point is a dot, and the table says that there is no data")
    func gaps() {
        let text = chart([1, 2, nil, 3, nil, 4, 5]).figure(Words(.en)).text
        #expect(text.components(separatedBy: "class=\"dot\"").count - 1 == 2)  // wide and narrow
        #expect(text.components(separatedBy: "no data").count - 1 == 2)
    }

    @Test("A small chart, drawn byte for byte")
    func golden() {
        var small = chart([2, 4, 3], step: 1)
        small.levels = [
            .init(
                period: Period(Day(number: 19_000), through: Day(number: 19_000)),
                estimate: Estimate(2, low: 1, high: 3), direction: nil),
            .init(
                period: Period(Day(number: 19_001), through: Day(number: 19_002)),
                estimate: Estimate(3.5, low: 3, high: 4), direction: .worse),
        ]
        let text = small.svg(Words(.en)).text
        #expect(text == golden3)
    }

    @Test("Targets, limits, events, forecasts and special points are drawn; those outside are not")
    func grammar() {
        var full = chart([2, 4, 3, 5, 4])
        full.target = .init(value: 4.5, name: "Target: 4.5 h")
        full.limits = Array(repeating: SeriesChart.Limits(low: 1, high: 6), count: 5)
        full.events = [
            .init(day: Day(number: 19_007), name: "Release 7"), .init(day: Day(number: 1), name: "Long ago"),
        ]
        full.special = [
            .init(day: Day(number: 19_014), direction: .better), .init(day: Day(number: 1), direction: .worse),
        ]
        full.forecast = [Estimate(4, low: 3, high: 5), Estimate(4, low: 2, high: 6)]
        let text = full.svg(Words(.en)).text
        #expect(text.contains("class=\"target\"") && text.contains("Target: 4.5 h") && text.contains("Release 7"))
        #expect(!text.contains("Long ago") && text.contains("special better") && !text.contains("special worse"))
        #expect(text.contains("class=\"forecast\"") && text.components(separatedBy: "class=\"limit\"").count == 3)
    }

    @Test("Ticks are round numbers that hold the values")
    func ticks() {
        #expect(Ticks(holding: 3.7...7.1, about: 4, fromZero: false).values == [0, 2, 4, 6, 8])
        #expect(Ticks(holding: 90...97, about: 4, fromZero: false).values == [90, 92, 94, 96, 98])
        #expect(Ticks(holding: 0...0, about: 4, fromZero: true).values.count >= 2)
        #expect(Ticks(holding: 5...5, about: 4, fromZero: false).values.count >= 2)
        let fine = Ticks(holding: 0...0.9, about: 3, fromZero: false)
        #expect(fine.decimals >= 1 && fine.high >= 0.9)
    }

    @Test("Limits that change from step to step are stairs, and a step without them is a gap")
    func limits() {
        var stairs = chart([2, 4, 3, 5, 4])
        stairs.limits = [nil, .init(low: 1, high: 6), .init(low: 1, high: 7), nil, .init(low: 2, high: 7)]
        let paths = stairs.svg(Words(.en)).text.components(separatedBy: "class=\"limit\" d=\"").dropFirst()
            .map { String($0.prefix { $0 != "\"" }) }
        #expect(paths.count == 2)
        #expect(paths.allSatisfy { $0.count { $0 == "M" } == 2 })
        #expect(paths.map { $0.count { $0 == "V" } } == [0, 1])
    }

    @Test("Pareto: the largest first, the running share ends at all of it, others in one row")
    func pareto() {
        let parts = (1...20).map { Pareto.Part(name: "P\($0)", address: nil, value: Double($0), shown: "\($0)") }
        let text = Pareto(caption: "c", nameHeading: "n", valueHeading: "v", parts: parts, rest: 17, restShown: "17")
            .table(
                Words(.en)
            ).text
        #expect(text.contains("all the rest") && text.contains("100\u{A0}%"))
        // 20 of 227 in all, not of the 210 that have a name.
        #expect(text.contains("8.8\u{A0}%"))
        let p20 = text.range(of: "P20")
        let p19 = text.range(of: "P19")
        #expect(p20 != nil && p19 != nil && p20!.lowerBound < p19!.lowerBound)
        #expect(
            Pareto(caption: "c", nameHeading: "n", valueHeading: "v", parts: []).table(Words(.en)).text.contains(
                "nothing to draw"))
    }

    @Test("A sparkline of nothing is nothing; of equal values a level line")
    func sparklines() {
        #expect(Sparkline(values: []).svg.isEmpty && Sparkline(values: [nil]).svg.isEmpty)
        #expect(Sparkline(values: [2, 2]).svg.text.contains("M2 14L122 14"))
    }
}

/// The chart of the test above. When the drawing changes on purpose, look at it, and take the new text.
let golden3 = """
    <svg class="chart wide" viewBox="0 0 720 250" role="img" aria-labelledby="c-wide-t c-wide-d" data-n="3" data-x0="44" data-x1="636" data-top="30" data-bottom="226"><title id="c-wide-t">Title &lt;b&gt;</title><desc id="c-wide-d">3 points, 8 to 10 January 2022; the last is 3 h.</desc>
    <rect class="band" x="44" y="79" width="1" height="98"/>
    <rect class="band" x="340" y="30" width="296" height="49"/>
    <text class="unit" x="0" y="12">hours</text>
    <path class="tick" d="M36 226h4"/><text x="32" y="230.5" text-anchor="end">0</text>
    <path class="tick" d="M36 177h4"/><text x="32" y="181.5" text-anchor="end">1</text>
    <path class="tick" d="M36 128h4"/><text x="32" y="132.5" text-anchor="end">2</text>
    <path class="tick" d="M36 79h4"/><text x="32" y="83.5" text-anchor="end">3</text>
    <path class="tick" d="M36 30h4"/><text x="32" y="34.5" text-anchor="end">4</text>
    <path class="tick" d="M44 229v4"/><text x="44" y="247" text-anchor="middle">8 Jan</text>
    <path class="tick" d="M340 229v4"/><text x="340" y="247" text-anchor="middle">9 Jan</text>
    <path class="tick" d="M636 229v4"/><text x="636" y="247" text-anchor="middle">10 Jan</text>
    <path class="series under" d="M44 128L340 30L636 79"/>
    <path class="level" d="M44 128H45"/>
    <g class="worse"><path class="level" d="M340 54.5H636"/><text x="340" y="24" text-anchor="start">↑ 9 Jan worse</text></g>
    <circle class="end" cx="636" cy="79" r="2.5"/><text class="last" x="644" y="83.5">3 h</text></svg>
    """
