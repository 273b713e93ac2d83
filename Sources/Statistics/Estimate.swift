/// A number that is not known exactly, with the interval that holds it at the stated level (95 % unless said otherwise).
public struct Estimate: Sendable, Hashable, Codable {
    public var estimate: Double
    public var low: Double
    public var high: Double

    public init(_ estimate: Double, low: Double, high: Double) {
        self.estimate = estimate
        self.low = low
        self.high = high
    }

    /// The same quantity in another unit. A negative factor turns the interval round.
    public func scaled(by factor: Double) -> Estimate {
        factor >= 0
            ? Estimate(estimate * factor, low: low * factor, high: high * factor)
            : Estimate(estimate * factor, low: high * factor, high: low * factor)
    }
}
