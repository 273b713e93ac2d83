import Glibc
import Improvements
import Measures
import Records
import Statistics

/// Whether the new level of a round that worked still holds.
public struct GainWatch: Sendable, Hashable {
    /// The share of the gain that the latest four weeks still hold: 1 is all of it, 0 none, below 0 worse than before. On the
    /// scale that is watched: roots of counts and shares, logarithms of durations.
    public var held: Estimate?
    /// Why no share can be told; nil when one is.
    public var heldUnknown: Unknown?
    /// The day that showed that the level had left towards the old one; nil while it holds.
    public var slippedOn: Day?
    /// In how many days half of what is left is lost; nil where no erosion is shown.
    public var halfLifeDays: Estimate?
    /// The first day after the review.
    public var watchedFrom: Day
    public var through: Day
    /// The new level, in the measure's unit; of durations the mean of the logarithms, back in hours.
    public var level: Double
    /// A level that holds is said to have slipped once in so many days at most.
    public var falseAlarmEveryDays: Double

    public enum Unknown: Sendable, Hashable {
        case tooFewDays(known: Int, need: Int)
        /// The gain itself cannot be told from none on these days alone.
        case noGainShown
        case noVariation
    }
}

/// Why a level is not watched.
public enum Unwatched: Error, Sendable, Hashable {
    case unjudged(Unjudged)
    /// Only a gain can be held.
    case didNotWork
    /// No day after the review can be judged yet; the first is when the data reach this one.
    case reviewNotOver(until: Day)
    /// The baseline has too few days to know how the measure varies by itself.
    case baselineTooShort(days: Int, need: Int)
    case noVariation
}

/// Watches the level that a judged round left behind, from the day after its review.
///
/// The weekdays' ups and downs are taken from the baseline, and so is how the measure varies by itself; a CUSUM looks for a
/// lasting departure of one deviation and is set to one false alarm a year. As the new level was measured on some weeks
/// only, it is watched at the end of its standard error that lies nearer to the old one: what leaves that has left.
/// Nearly all of its cost is the limit, which is simulated: see `LevelWatch.calibrated`.
public func hold(_ round: Round, _ evidence: Evidence) throws(Unwatched) -> GainWatch {
    guard round.judgement?.verdict == .worked else { throw .didNotWork }
    let trial: Trial
    do { trial = try Trial(round, evidence) } catch { throw .unjudged(error) }
    let stretch = try Stretch(trial, evidence)
    let towardsOld = trial.better == .lower ? 1.0 : -1.0
    let middle = mean(stretch.after.filter(\.isFinite)) ?? 0
    let edge = middle + towardsOld * stretch.standardError(of: stretch.after)
    let year = Double(52 * stretch.perWeek)
    let quiet = mean(stretch.before.filter(\.isFinite)) ?? 0
    var watch: LevelWatch
    do throws(HoldingError) {
        watch = try LevelWatch.calibrated(
            .cusum(reference: 0.5), on: stretch.before.map { $0 - quiet + edge }, wanted: year)
    } catch {
        if case .tooShort(let known, let need) = error { throw .baselineTooShort(days: known, need: need) }
        throw .noVariation
    }
    let perDay = 7 / Double(stretch.perWeek)
    var result = GainWatch(
        held: nil, heldUnknown: nil, slippedOn: nil, halfLifeDays: nil, watchedFrom: trial.reviewLast + 1,
        through: stretch.days.last ?? trial.reviewLast, level: stretch.level,
        falseAlarmEveryDays: watch.averageRunLength.estimate * perDay)
    for (day, value) in zip(stretch.days, stretch.since) {
        if watch.add(value) == (trial.better == .lower ? .up : .down) {
            result.slippedOn = day
            break
        }
    }
    do throws(HoldingError) {
        let latest = Array(stretch.since.suffix(4 * stretch.perWeek))
        result.held = try shareHeld(before: stretch.before, after: stretch.after, now: latest)
    } catch {
        result.heldUnknown =
            switch error {
            case .tooShort(let known, let needed): .tooFewDays(known: known, need: needed)
            case .constant: .noVariation
            default: .noGainShown
            }
    }
    let erosion = try? halfLifeOfErosion(stretch.after + stretch.since, before: quiet)
    result.halfLifeDays = erosion?.halfLife.scaled(by: perDay)
    return result
}

/// A measure before, right after, and since, on the scale on which chance does not depend on the level and without the weekdays' ups and downs.
private struct Stretch {
    let before: [Double]
    let after: [Double]
    let since: [Double]
    /// The days of `since`.
    let days: [Day]
    let perWeek: Int
    /// Of `after`, in the measure's unit.
    let level: Double

    /// A watch needs so many days to know how a measure varies.
    private static let quietMin = 40

    init(_ trial: Trial, _ evidence: Evidence) throws(Unwatched) {
        let outcome = trial.outcome(
            trial.source, weekdays: trial.weekdays, through: trial.source.lastDay, evidence.calendar)
        let steps = outcome.steps
        perWeek = steps.perWeek
        let review = steps.index(of: trial.reviewLast + 1)
        guard review < steps.days.count else {
            throw .reviewNotOver(until: trial.reviewLast + 1 + outcome.settlingDays)
        }
        var values = outcome.steady
        for t in steps.holidays { values[t] = .nan }
        let baselineEnd = trial.between(steps).lowerBound
        let known = values[..<baselineEnd].count { $0.isFinite }
        guard known >= Self.quietMin else { throw .baselineTooShort(days: known, need: Self.quietMin) }
        values = Self.withoutWeekdays(values, steps, through: baselineEnd)
        before = Array(values[..<max(0, baselineEnd - Self.spell(trial, evidence))])
        // An effect that grows has reached its level in the second half of the weeks.
        let arrived = trial.plan.shape == .step ? trial.live.last : trial.live.first + (7 * trial.plan.weeks / 2)
        let measured = min(review, steps.index(of: arrived))..<review
        after = Array(values[measured])
        let raw = outcome.scale == .duration ? after : Array(outcome.values[measured])
        let middle = mean(raw.filter(\.isFinite)) ?? .nan
        level = outcome.scale == .duration ? Glibc.exp(middle) : middle
        since = Array(values[review...])
        days = Array(steps.days[review...])
    }

    /// Each weekday's distance from the mean of all, over the baseline, taken off every day.
    private static func withoutWeekdays(_ values: [Double], _ steps: Steps, through end: Int) -> [Double] {
        guard let centre = mean(values[..<end].filter(\.isFinite)) else { return values }
        var offset = Array(repeating: 0.0, count: 7)
        for weekday in steps.weekdays {
            let own = (0..<end).filter { steps.days[$0].weekday == weekday }.map { values[$0] }.filter(\.isFinite)
            offset[weekday] = (mean(own) ?? centre) - centre
        }
        return values.indices.map { values[$0] - offset[steps.days[$0].weekday] }
    }

    /// Steps at the end of the baseline that were a bad spell, and so no usual level.
    private static func spell(_ trial: Trial, _ evidence: Evidence) -> Int {
        let outcome = trial.outcome(
            trial.source, weekdays: trial.weekdays, through: trial.reviewLast, evidence.calendar)
        let plan = trial.evaluationPlan(outcome.steps, evidence.calendar, overlapsAnother: false)
        let intervention = trial.withBadSpell(trial.intervention(outcome), plan, outcome.steps)
        return max(0, evaluate(intervention, plan: plan).badSpellSteps - trial.between(outcome.steps).count)
    }

    /// Of the mean of some days, with the baseline's spread and memory.
    func standardError(of points: [Double]) -> Double {
        let n = max(1, points.count { $0.isFinite })
        guard let spread = detectableEffect(before: before, after: n) else { return 0 }
        let r = spread.autocorrelation
        return spread.deviation * ((1 + r) / (1 - r) / Double(n)).squareRoot()
    }
}
