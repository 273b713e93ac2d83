/// What a row of a stream says about itself.
public struct Anomaly: Sendable, Equatable {
    /// Why a row is strange: the first thing to look at.
    public enum Reason: String, Sendable, CaseIterable {
        /// Far from the long-run level.
        case level
        /// The last rows together are away from the long-run level.
        case shift
        /// The last rows scatter more than the stream did.
        case noise
        /// Unusual for the hour of the day or of the week.
        case hour
        /// A step from the row before.
        case jump
        /// No change where the stream has always changed.
        case flat
        /// No value for much longer than usual: empty cells, or a gap between the times.
        case silence
    }

    /// One minus a tail probability: in a stream that keeps its habits, about 1 % of rows reach 0.99, 0.1 % reach 0.999.
    ///
    /// Between 0 and 1, in steps of 10⁻⁹. After an alarm it stays low for some hundred rows, unless something stranger comes.
    public var score: Double
    /// The same on an open scale, as the sum of the evidence; `AnomalyScale` turns it into the score.
    public var surprise: Double
    /// Nil where nothing stands out.
    public var reason: Reason?

    /// A usual limit for an alarm: reached by about one row in a thousand of a stream that keeps its habits.
    public static let alarm = 0.999
}
