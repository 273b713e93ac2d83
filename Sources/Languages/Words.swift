import Measures
import Opportunities
import Records
import Signals
import Statistics

/// What a language must be able to say. One file per language implements it, and nothing falls back to another one.
protocol Wording: Sendable {
    var figures: Figures { get }

    func phrase(_ phrase: Phrase) -> String
    func line(_ line: Line) -> Sentence

    /// A kind of ticket in the plural, as a heading inside a sentence: `incidents`.
    func plural(_ kind: TicketKind) -> String
    func singular(_ kind: TicketKind) -> String
    func dimension(_ dimension: Dimension) -> String
    func status(_ status: TicketStatus) -> String
    func field(_ field: HistoryField) -> String

    func label(_ measure: Measure) -> String
    /// The measure as a sentence holds it, with where it was measured: “the time to resolve incidents in category X”.
    func subject(_ measure: Measure, _ slice: Slice) -> Sentence
    func definition(_ measure: Measure) -> String
    func need(_ need: Need) -> String
    func unit(_ measure: Measure) -> String
    func value(_ value: Double, _ measure: Measure, _ scale: HourScale) -> String
    /// Two values as an interval, the unit said once.
    func range(_ low: Double, _ high: Double, _ measure: Measure, _ scale: HourScale) -> String

    func name(_ kind: SignalKind, up: Bool) -> String
    func sentence(_ signal: Signal) -> Sentence
    func title(_ opportunity: Opportunity) -> Sentence
    func firstStep(_ step: FirstStep) -> String
    func note(_ note: DetectionNote) -> String
}

/// In which unit a span of hours is told; two figures that are compared are told in the same.
enum HourScale {
    case minutes, hours, days

    init(_ hours: Double) {
        let m = hours.magnitude
        self = m < 1 ? .minutes : m < 72 ? .hours : .days
    }

    /// The units of two figures that are compared: the same, unless the smaller would be lost in it.
    static func pair(_ a: Double, _ b: Double) -> (HourScale, HourScale) {
        let common = HourScale(max(a.magnitude, b.magnitude))
        let least = common.convert(min(a.magnitude, b.magnitude))
        return least < 0.5 && least > 0 ? (HourScale(a), HourScale(b)) : (common, common)
    }

    func convert(_ hours: Double) -> Double {
        switch self {
        case .minutes: hours * 60
        case .hours: hours
        case .days: hours / 24
        }
    }
}

/// Everything the product says, in one language.
public struct Words: Sendable {
    public let language: Language
    public let figures: Figures
    let wording: any Wording

    public init(_ language: Language) {
        self.language = language
        figures = Figures(language)
        switch language {
        case .en: wording = English()
        case .da: wording = Danish()
        case .zh: wording = Chinese()
        }
    }

    /// A fixed phrase of the pages.
    public func callAsFunction(_ phrase: Phrase) -> String { wording.phrase(phrase) }

    /// A sentence of the pages, its names marked.
    public func callAsFunction(_ line: Line) -> Sentence { wording.line(line) }

    /// A sentence of the pages as plain text.
    public func text(_ line: Line) -> String { wording.line(line).text(in: language) }

    /// “Effort: small”, with the language's own colon.
    public func labelled(_ label: String, _ value: String) -> String {
        language == .zh ? "\(label)：\(value)" : "\(label): \(value)"
    }

    /// What ends a sentence.
    public var stop: String { language == .zh ? "。" : "." }

    // MARK: Things

    public func plural(_ kind: TicketKind) -> String { wording.plural(kind) }
    public func singular(_ kind: TicketKind) -> String { wording.singular(kind) }
    public func name(of dimension: Dimension) -> String { wording.dimension(dimension) }
    public func name(of status: TicketStatus) -> String { wording.status(status) }
    public func name(of field: HistoryField) -> String { wording.field(field) }

    // MARK: Measures

    /// As a heading: `Time to resolve incidents`.
    public func label(_ measure: Measure) -> String { wording.label(measure) }
    /// As a heading, with where it was measured.
    public func heading(_ measure: Measure, _ slice: Slice) -> Sentence { wording.subject(measure, slice).capitalised }
    /// What it counts, which way is worse, and what it needs.
    public func definition(_ measure: Measure) -> String { wording.definition(measure) }
    public func need(_ need: Need) -> String { wording.need(need) }
    /// The unit as an axis says it.
    public func unit(_ measure: Measure) -> String { wording.unit(measure) }

    /// A value of a measure with its unit: `4.1 h`, `3.1 a day`, `92 %`.
    public func value(_ value: Double, of measure: Measure) -> String {
        value.isFinite ? wording.value(value, measure, HourScale(value)) : Figures.missing
    }

    /// A value and its interval, both in one unit: `4.1 h` and `3.8 to 4.4 h`.
    public func value(_ estimate: Estimate, of measure: Measure) -> (value: String, range: String) {
        let scale = HourScale(estimate.estimate)
        return (
            wording.value(estimate.estimate, measure, scale),
            wording.range(estimate.low, estimate.high, measure, scale)
        )
    }

    // MARK: Findings

    /// The whole finding as plain text: what happened, since when, how much, how sure, and what it costs.
    public func sentence(for signal: Signal) -> String { marked(signal).text(in: language) }
    /// The same with its names marked, for a page.
    public func marked(_ signal: Signal) -> Sentence { wording.sentence(signal) }

    public func name(of kind: SignalKind, up: Bool) -> String { wording.name(kind, up: up) }
    public func name(of tendency: Tendency) -> String {
        switch tendency {
        case .worse: self(.worse)
        case .better: self(.better)
        case .neutral: self(.changed)
        }
    }

    public func title(for opportunity: Opportunity) -> String { title(opportunity).text(in: language) }
    public func title(_ opportunity: Opportunity) -> Sentence { wording.title(opportunity) }
    /// What an opportunity is about: the sentence of the signal that tells its story.
    public func sentence(for opportunity: Opportunity) -> String { sentence(for: opportunity.lead) }
    public func firstStep(_ step: FirstStep) -> String { wording.firstStep(step) }
    public func effort(_ effort: Effort) -> String {
        switch effort {
        case .small: self(.small)
        case .medium: self(.medium)
        case .large: self(.large)
        }
    }

    public func note(_ note: DetectionNote) -> String { wording.note(note) }

    /// “17 findings among 4,210 series tested; about 0.9 of them are expected to be false.”
    public func falseAlarms(_ detection: Detection) -> String {
        text(
            .falseAlarms(
                reported: detection.signals.count, tested: detection.tested, expected: detection.expectedFalse))
    }
}

extension Signal {
    /// Whether the figure went up, whatever that means.
    public var rose: Bool {
        after.estimate > before.estimate || (after.estimate == before.estimate && relative.estimate > 0)
    }

    /// The date is not known to the week: the sentence says between which days.
    var isDateWide: Bool { atLatest - atEarliest > 7 }

    /// The change in percent as a figure of its own would mislead: a share is compared in points, and from nothing
    /// there is no percentage.
    var hasRelative: Bool { measure.unit != .share && before.estimate > 0 && relative.estimate.isFinite }
}
