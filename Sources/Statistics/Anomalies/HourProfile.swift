/// What is usual at an hour of the day, and at an hour of the week, learned as rows come.
///
/// Both are kept; the hours of the week are used once they have proved to fit clearly better. Each bucket knows mean and
/// variance of the values, and of their logarithms, for streams that are bursts over a base.
struct HourProfile: Sendable {
    /// What a bucket knows.
    struct Bucket: Sendable {
        var mean = 0.0
        var variance = 0.0
        var logMean: Float = 0
        var logVariance: Float = 0
        var count: Float = 0

        /// A bucket says what is usual once it has seen this many rows.
        var isUsable: Bool { count >= 20 }

        /// Learns a value, held within some deviations of what is usual once a few have been seen.
        @inline(__always)
        mutating func learn(_ x: Double, logarithm: Float, floor: Double) {
            let reach = HourProfile.reach * (variance.squareRoot() + floor)
            let x = count > 10 ? min(max(x, mean - reach), mean + reach) : x
            count = min(count + 1, HourProfile.memory)
            let gain = 1 / count
            let difference = x - mean
            let wide = Double(gain)
            mean += wide * difference
            variance = (1 - wide) * (variance + wide * difference * difference)
            let change = logarithm - logMean
            logMean += gain * change
            logVariance = (1 - gain) * (logVariance + gain * change * change)
        }
    }

    static let hoursOfWeek = 168
    /// Rows of a bucket that count.
    private static let memory: Float = 120
    /// Deviations beyond which a value teaches a bucket no more than that.
    private static let reach = 3.0
    /// The week is used when its mean error is below this share of the day's.
    private static let advantage = 0.9

    private var days = [Bucket](repeating: Bucket(), count: 24)
    private var weeks = [Bucket](repeating: Bucket(), count: 168)
    private var dayError = RunningMoments(memory: 4000)
    private var weekError = RunningMoments(memory: 4000)

    /// Whether the hours of the week fit better than those of the day so far.
    var hasWeek: Bool {
        weekError.count > 50 && weekError.mean < Self.advantage * dayError.mean
    }

    /// What is usual at an hour of the week.
    @inline(__always)
    func usual(at hour: Int) -> Bucket {
        let week = weeks[hour]
        return week.isUsable && hasWeek ? week : days[hour % 24]
    }

    /// Notes which of the two was nearer to a value: before it is learned.
    @inline(__always)
    mutating func compare(_ x: Double, at hour: Int) {
        let day = days[hour % 24]
        let week = weeks[hour]
        guard day.count >= 3, week.count >= 3 else { return }
        dayError.learn(abs(x - day.mean))
        weekError.learn(abs(x - week.mean))
    }

    @inline(__always)
    mutating func learn(_ x: Double, logarithm: Float, at hour: Int, floor: Double) {
        days[hour % 24].learn(x, logarithm: logarithm, floor: floor)
        weeks[hour].learn(x, logarithm: logarithm, floor: floor)
    }
}
