/// The element that would stand at `rank` (from 0) if the first `count` values were sorted; reorders them.
///
/// Hoare's quickselect with the middle of three as pivot: O(n) on average; after too many rounds it sorts, so that no input
/// makes it quadratic.
func selected(_ rank: Int, of values: inout [Double], count: Int) -> Double {
    precondition(rank >= 0 && rank < count && count <= values.count, "The rank lies within the values")
    var low = 0
    var high = count - 1
    var rounds = 0
    while low < high {
        rounds += 1
        if rounds > 64 {
            values[low...high].sort()
            break
        }
        let a = values[low]
        let b = values[(low + high) / 2]
        let c = values[high]
        let pivot = max(min(a, b), min(max(a, b), c))
        var i = low
        var j = high
        while i <= j {
            while values[i] < pivot { i += 1 }
            while values[j] > pivot { j -= 1 }
            if i <= j {
                values.swapAt(i, j)
                i += 1
                j -= 1
            }
        }
        if rank <= j { high = j } else if rank >= i { low = i } else { break }
    }
    return values[rank]
}

/// The median of the first `count` values, the mean of the middle two when they are even in number; reorders them.
func selectedMedian(of values: inout [Double], count: Int) -> Double {
    let upper = selected(count / 2, of: &values, count: count)
    if count % 2 == 1 { return upper }
    // Everything before the rank is no larger.
    var lower = values[0]
    for i in 1..<max(1, count / 2) where values[i] > lower { lower = values[i] }
    return (lower + upper) / 2
}
