/// Finds medians in linear time, without sorting: long series need several each.
///
/// The values are first counted by the leading bits of their order (a radix step), then only the group that holds the middle
/// is searched. The scratch memory is kept between calls.
struct MedianFinder {
    private var counts: [UInt32] = []
    private var group: [Double] = []
    /// For the caller to fill before `medianOfScratch()`.
    var scratch: [Double] = []

    private static let radixFrom = 4096

    /// The median of finite values; nil when there are none.
    mutating func median(_ values: [Double]) -> Double? {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: values)
        return medianOfScratch()
    }

    /// The median distance from a centre.
    mutating func medianDistance(_ values: [Double], from centre: Double) -> Double? {
        scratch.removeAll(keepingCapacity: true)
        for x in values { scratch.append((x - centre).magnitude) }
        return medianOfScratch()
    }

    /// The median of what is in `scratch`, whose order is lost.
    mutating func medianOfScratch() -> Double? {
        let n = scratch.count
        guard n > 0 else { return nil }
        if n < Self.radixFrom { return Self.middle(&scratch, (n - 1) / 2, n / 2) }
        return largeMedian()
    }

    private mutating func largeMedian() -> Double {
        let n = scratch.count
        counts = [UInt32](repeating: 0, count: 1 << 16)
        for x in scratch { counts[Self.key(x)] += 1 }
        let (lower, upper) = ((n - 1) / 2, n / 2)
        var below = 0
        var first = 0
        while below + Int(counts[first]) <= lower {
            below += Int(counts[first])
            first += 1
        }
        var last = first
        var through = below + Int(counts[first])
        while through <= upper {
            last += 1
            through += Int(counts[last])
        }
        group.removeAll(keepingCapacity: true)
        for x in scratch {
            let k = Self.key(x)
            if k >= first && k <= last { group.append(x) }
        }
        return Self.middle(&group, lower - below, upper - below)
    }

    /// The first 16 bits of a number whose order is that of the values.
    private static func key(_ x: Double) -> Int {
        let bits = x.bitPattern
        return Int(((bits >> 63 == 0) ? bits | 0x8000_0000_0000_0000 : ~bits) >> 48)
    }

    /// The mean of the values of rank i and j (j is i or i + 1). Hoare's selection; the order of the values is lost.
    private static func middle(_ values: inout [Double], _ i: Int, _ j: Int) -> Double {
        select(&values, j)
        let upper = values[j]
        guard i < j else { return upper }
        var lower = values[0]
        for k in 1..<max(1, j) where values[k] > lower { lower = values[k] }
        return lower + (upper / 2 - lower / 2)
    }

    private static func select(_ values: inout [Double], _ k: Int) {
        var left = 0
        var right = values.count - 1
        while left < right {
            let pivot = values[left / 2 + right / 2]
            var i = left
            var j = right
            while i <= j {
                while values[i] < pivot { i += 1 }
                while pivot < values[j] { j -= 1 }
                if i <= j {
                    values.swapAt(i, j)
                    i += 1
                    j -= 1
                }
            }
            if k <= j { right = j } else if k >= i { left = i } else { return }
        }
    }
}
