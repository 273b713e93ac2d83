import Foundation

/// A mergeable sketch of durations: how many fell into each of a row of logarithmic buckets.
///
/// A quantile read off it is within 2 % of a true value, whatever the distribution. Two sketches add up, and a value that
/// was added can be taken away again, so that a corrected ticket leaves no trace. Masson, Rim and Lee, "DDSketch: a fast
/// and fully-mergeable quantile sketch with relative-error guarantees" (VLDB 2019).
public struct DurationSketch: Sendable, Hashable {
    /// Bucket → count, ascending by bucket; counts may be negative in a difference between two states.
    public private(set) var buckets: [(bucket: Int16, count: Int32)] = []

    public init() {}

    /// The highest bucket there is: some 570 years.
    static let bucketsMax = 1000

    /// From a count for each bucket.
    init(dense counts: [Int32]) {
        for (bucket, count) in counts.enumerated() where count != 0 { buckets.append((Int16(bucket), count)) }
    }

    public static func == (a: DurationSketch, b: DurationSketch) -> Bool {
        a.buckets.count == b.buckets.count
            && zip(a.buckets, b.buckets).allSatisfy { $0.bucket == $1.bucket && $0.count == $1.count }
    }

    public func hash(into hasher: inout Hasher) {
        for entry in buckets {
            hasher.combine(entry.bucket)
            hasher.combine(entry.count)
        }
    }

    /// (1 + 0.02) / (1 − 0.02): the ratio of a bucket's ends.
    private static let logGamma = log(1.02 / 0.98)

    /// The bucket of a duration in minutes; what is under a minute counts as one.
    public static func bucket(minutes: Double) -> Int16 {
        Int16(min(Double(bucketsMax), (log(max(1, minutes)) / logGamma).rounded(.up)))
    }

    /// The value a bucket stands for, in hours.
    public static func hours(bucket: Int16) -> Double {
        bucket == 0 ? 1.0 / 60 : 2 * exp(Double(bucket) * logGamma) / (1 + exp(logGamma)) / 60
    }

    public var count: Int { buckets.reduce(0) { $0 + Int($1.count) } }
    public var isEmpty: Bool { buckets.isEmpty }

    public mutating func add(bucket: Int16, count: Int32) {
        if count == 0 { return }
        var low = 0
        var high = buckets.count
        while low < high {
            let middle = (low + high) / 2
            if buckets[middle].bucket < bucket { low = middle + 1 } else { high = middle }
        }
        if low < buckets.count, buckets[low].bucket == bucket {
            buckets[low].count += count
            if buckets[low].count == 0 { buckets.remove(at: low) }
        } else {
            buckets.insert((bucket, count), at: low)
        }
    }

    /// Adds a bucket that lies above all others; O(1). A bucket that does not is added in its place.
    mutating func append(bucket: Int16, count: Int32) {
        if let last = buckets.last, last.bucket >= bucket { return add(bucket: bucket, count: count) }
        if count != 0 { buckets.append((bucket, count)) }
    }

    /// Adds another sketch's counts. O(n + m).
    public mutating func add(_ other: DurationSketch) {
        if other.buckets.isEmpty { return }
        if buckets.isEmpty {
            buckets = other.buckets
            return
        }
        var merged: [(bucket: Int16, count: Int32)] = []
        merged.reserveCapacity(buckets.count + other.buckets.count)
        var i = 0
        var j = 0
        while i < buckets.count || j < other.buckets.count {
            if j == other.buckets.count || (i < buckets.count && buckets[i].bucket < other.buckets[j].bucket) {
                merged.append(buckets[i])
                i += 1
            } else if i == buckets.count || other.buckets[j].bucket < buckets[i].bucket {
                merged.append(other.buckets[j])
                j += 1
            } else {
                let count = buckets[i].count + other.buckets[j].count
                if count != 0 { merged.append((buckets[i].bucket, count)) }
                i += 1
                j += 1
            }
        }
        buckets = merged
    }

    /// The duration in hours that a share of the values stay under, each value counted.
    /// - Returns: Nil when there are none.
    public func quantile(_ share: Double) -> Double? {
        let total = count
        guard total > 0 else { return nil }
        let rank = share * Double(total - 1)
        var seen = 0
        for (bucket, count) in buckets {
            seen += Int(count)
            if Double(seen) > rank { return Self.hours(bucket: bucket) }
        }
        return buckets.last.map { Self.hours(bucket: $0.bucket) }
    }
}
