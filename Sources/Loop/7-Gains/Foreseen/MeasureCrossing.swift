import Measures
import Records

/// When a measure will pass its target, if nothing changes.
public struct MeasureCrossing: Sendable, Hashable, Codable {
    public var measure: Measure
    public var slice: Slice
    public var target: Double
    /// The last whole week's value.
    public var now: Double
    /// The last day foreseen.
    public var until: Day
    /// The chance that the target is passed by then.
    public var chance: Double
    /// The last day of the week by which it is as likely passed as not; nil where that lies further ahead.
    public var day: Day?

    public init(measure: Measure, slice: Slice, target: Double, now: Double, until: Day, chance: Double, day: Day?) {
        self.measure = measure
        self.slice = slice
        self.target = target
        self.now = now
        self.until = until
        self.chance = chance
        self.day = day
    }
}
