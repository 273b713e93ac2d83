import Languages
import Measures
import Opportunities
import Records
import Signals
import Statistics

/// “↑ worse”: the colour never stands alone.
func mark(_ tendency: Tendency, up: Bool, _ words: Words) -> HTML {
    let arrow = up ? "↑" : "↓"
    switch tendency {
    case .worse: return "<span class=\"mark worse\">\(arrow) \(words(.worse))</span>"
    case .better: return "<span class=\"mark better\">\(arrow) \(words(.better))</span>"
    case .neutral: return "<span class=\"mark\">\(arrow) \(words(.changed))</span>"
    }
}

/// A finding as it stands in a list: the sentence, what it means, and how sure it is; with its picture where there is
/// room for one.
struct Finding {
    var signal: Signal
    /// Where it leads: its measure when nothing else is said.
    var address: String?
    var chart: SeriesChart?
    /// Of its heading: one below the heading it stands under.
    var level = 3
    /// What can be made of it.
    var door: HTML?

    init(_ signal: Signal, address: String? = nil, chart: SeriesChart? = nil, level: Int = 3) {
        self.level = level
        self.signal = signal
        self.address = address
        self.chart = chart
    }

    func html(_ words: Words) -> HTML {
        let s = signal
        let link = address ?? Link.finding(s)
        let evidence = Link.evidence(s)
        return """
            <article class="finding" id="s-\(s.id)">
            <h\(level)><a href="\(link)">\(words.marked(s).html(in: words.language))</a></h\(level)>
            <p class="facts">\(mark(s.direction, up: s.rose, words)) \
            <span>\(words.name(of: s.kind, up: s.rose))</span> \
            <span>\(words.labelled(words(.falseDiscovery), chance(s.q, words)))</span> \
            <a href="\(evidence)">\(words.records(s.evidenceCount, of: s.measure))</a></p>
            \(chart?.figure(words))\(door)
            </article>

            """
    }
}

/// The false discovery rate of one finding: never shown as nought.
func chance(_ q: Double, _ words: Words) -> String {
    q < 0.001 ? "< " + words.figures.percent(0.001) : words.figures.percent(q)
}

/// An opportunity in a list: its title, what it is worth, its story, and where to begin.
struct OpportunityItem {
    var opportunity: Opportunity
    /// Its story stands on the same page already.
    var isTold = false
    /// What can be made of it.
    var door: HTML?

    func html(_ words: Words) -> HTML {
        let o = opportunity
        let hours = words.text(.hours(o.hoursPerMonth))
        let story: HTML? = isTold ? nil : "<p>\(words.marked(o.lead).html(in: words.language))</p>\n"
        return """
            <article class="finding">
            <h3><a href="\(Link.opportunity(o.id))">\(words.title(o).html(in: words.language))</a></h3>
            <p class="facts">\(mark(o.lead.direction, up: o.lead.rose, words)) <strong>\(hours)</strong> \
            <span>\(words.labelled(words(.effort), words.effort(o.effort)))</span> \
            <span>\(words.text(.findings(o.signals.count)))</span></p>
            \(story)<p><strong>\(words(.firstStep))\(words.stop)</strong> \(words.firstStep(o.firstStep))</p>
            \(door)</article>

            """
    }
}

extension SeriesChart {
    /// Draws what was found into the picture: levels from shifts, lines from trends, points from spikes.
    mutating func show(_ signals: [Signal]) {
        let shifts = signals.filter { $0.kind == .levelShift || $0.measure.step != nil }.sorted { $0.at < $1.at }
        let end = period.last
        for (i, shift) in shifts.enumerated() where shift.at > first {
            if levels.isEmpty {
                levels.append(
                    Level(period: Period(first, through: shift.at - 1), estimate: shift.before, direction: nil))
            }
            let last = i + 1 < shifts.count ? shifts[i + 1].at - 1 : end
            guard last >= shift.at else { continue }
            levels.append(
                Level(period: Period(shift.at, through: last), estimate: shift.after, direction: shift.direction))
        }
        trends += signals.filter { $0.kind == .trend && $0.evidence.last > $0.at }.map {
            Trend(
                period: Period($0.at, through: $0.evidence.last), from: $0.before, to: $0.after,
                direction: $0.direction)
        }
        special += signals.filter { $0.kind == .spike }.map { Special(day: $0.at, direction: $0.direction) }
    }
}
