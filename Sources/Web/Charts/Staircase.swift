import Improvements
import Languages
import Statistics

/// The gains of an improvement as a staircase: each round a step; held steps solid, slipped steps hollow, rounds that
/// proved nothing a thin line on the level they left.
struct Staircase: Sendable {
    struct Stair: Sendable, Hashable {
        enum State: Sendable, Hashable { case held, slipped, unproven, open }

        var round: Int
        /// Of the level before, below 0 lower; nil as long as nothing was proven.
        var effect: Double?
        var state: State
    }

    var stairs: [Stair]
    var wanted: Objective.Direction

    /// - Parameter slipped: Whether the latest gain has been lost again.
    init(_ one: Improvement, slipped: Bool) {
        let worked = one.rounds.last { $0.judgement?.verdict == .worked }?.number
        stairs = one.rounds.map { round in
            guard let judgement = round.judgement, judgement.verdict != .tooEarly else {
                return Stair(round: round.number, effect: nil, state: .open)
            }
            guard judgement.verdict == .worked, let effect = judgement.effect else {
                return Stair(round: round.number, effect: nil, state: .unproven)
            }
            return Stair(
                round: round.number, effect: effect.estimate,
                state: slipped && round.number == worked ? .slipped : .held)
        }
        wanted = one.rounds.last { $0.plan != nil }?.plan?.plan.objective.wanted ?? .lower
    }

    /// How far each round has come in all: levels multiply, so two times a tenth less is 19 % less.
    var levels: [Double] {
        var level = 1.0
        return stairs.map { stair in
            if let effect = stair.effect, stair.state == .held { level *= max(0, 1 + effect) }
            return level
        }
    }

    func figure(_ words: Words) -> HTML {
        // One step that holds is told in words above.
        guard stairs.contains(where: { $0.effect != nil }), stairs.count > 1 || stairs[0].state == .slipped else {
            return .empty
        }
        let rows = zip(stairs, levels).map { stair, level -> [Table.Cell] in
            [
                .text(words.told(.round(stair.round))),
                stair.effect.map { .number(words.figures.change($0), $0) } ?? .text(Figures.missing),
                .text(name(stair, words)), .number(words.figures.change(level - 1), level - 1),
            ]
        }
        let table = Table(
            caption: words.say(.staircaseHeading),
            columns: [
                .text(words.say(.roundHeading)), .number(words.say(.effectHeading)), .text(words(.status)),
                .number(words.say(.inAllHeading)),
            ], rows: rows, isSortable: false)
        return """
            <figure>\(svg(words, .wide))\(svg(words, .narrow))\
            <details><summary>\(words(.showTable))</summary>\(table.html)</details></figure>
            """
    }

    private func name(_ stair: Stair, _ words: Words) -> String {
        switch stair.state {
        case .held: words.say(.stairHeld)
        case .slipped: words.say(.stairSlipped)
        case .unproven: words.say(.stairUnproven)
        case .open: words.say(.stairOpen)
        }
    }

    func svg(_ words: Words, _ size: SeriesChart.Size) -> HTML {
        let (width, height) = (size.width, size == .wide ? 190.0 : 180.0)
        let (left, right, top, bottom) = (8.0, 8.0, 26.0, 26.0)
        // The way that was hoped for is up: a staircase is climbed.
        let sign = wanted == .lower ? -1.0 : 1.0
        let tops = zip(stairs, levels).enumerated().map { i, pair -> (from: Double, to: Double) in
            let before = i > 0 ? levels[i - 1] : 1
            let shown = pair.0.effect.map { before * max(0, 1 + $0) } ?? before
            return (sign * (before - 1), sign * (shown - 1))
        }
        let most = max(tops.map { max($0.from, $0.to) }.max() ?? 0, 0.01)
        let least = min(tops.map { min($0.from, $0.to) }.min() ?? 0, 0)
        let step = min(180, (width - left - right) / Double(max(stairs.count, 1)))
        func y(_ gain: Double) -> Double { height - bottom - (gain - least) / (most - least) * (height - top - bottom) }
        let drawn = zip(stairs, tops).enumerated().map { i, pair -> HTML in
            let (stair, span) = pair
            let x = left + Double(i) * step
            let kind =
                switch stair.state {
                case .held: "held"
                case .slipped: "slipped"
                case .unproven, .open: "flat"
                }
            let label = stair.effect.map { words.figures.change($0) } ?? name(stair, words)
            return """
                <path class="stair \(kind)" d="M\(px(x)) \(px(y(span.from)))V\(px(y(span.to)))H\(px(x + step))\
                V\(px(height - bottom))H\(px(x))Z"/>\
                <text class="last" x="\(px(x + 6))" y="\(px(y(span.to) - 7))">\(label)</text>\
                <text x="\(px(x + 6))" y="\(px(height - 7))">\(words.told(.round(stair.round)))</text>

                """
        }
        let key = "stairs-\(size.name)"
        return """
            <svg class="chart \(size.name)" viewBox="0 0 \(px(width)) \(px(height))" role="img" \
            aria-labelledby="\(key)-t"><title id="\(key)-t">\(words.say(.staircaseText))</title>
            \(drawn)</svg>
            """
    }
}
