/// For each group of texts, how many of its members hold each word: small tables side by side in one row of memory.
struct GroupProfiles: Sendable {
    /// A slot holds a word in its upper half and the count in its lower; 0 is free.
    private var slots: [UInt64] = []
    private var start: [Int] = []
    /// The size of each table, a power of two.
    private var size: [Int32] = []
    private var used: [Int32] = []
    /// Members, and the sum of their words, of each group.
    private(set) var members: [Int32] = []
    private(set) var length: [Int32] = []

    private static let smallest = 16

    var count: Int { members.count }

    mutating func open() -> Int {
        start.append(slots.count)
        size.append(Int32(Self.smallest))
        used.append(0)
        members.append(0)
        length.append(0)
        slots.append(contentsOf: repeatElement(0, count: Self.smallest))
        return members.count - 1
    }

    /// How many members of a group hold a word.
    @inline(__always)
    func count(_ group: Int, _ word: UInt32) -> Int {
        let mask = Int(size[group]) - 1
        let base = start[group]
        var slot = Self.place(word) & mask
        while true {
            let value = slots[base + slot]
            if value == 0 { return 0 }
            if UInt32(truncatingIfNeeded: value >> 32) == word { return Int(value & 0xffff_ffff) }
            slot = (slot + 1) & mask
        }
    }

    /// - Returns: Whether the word is new to the group.
    mutating func add(_ group: Int, _ word: UInt32, times: Int32 = 1) -> Bool {
        length[group] += times
        return change(group, word, by: Int(times))
    }

    /// - Returns: Whether no member holds the word any more. Its slot stays, with the count 0.
    mutating func remove(_ group: Int, _ word: UInt32, times: Int32 = 1) -> Bool {
        length[group] -= times
        return change(group, word, by: -Int(times))
    }

    mutating func changeMembers(_ group: Int, by step: Int32) { members[group] += step }

    /// - Returns: Whether the count came from zero, or went to it.
    private mutating func change(_ group: Int, _ word: UInt32, by step: Int) -> Bool {
        let mask = Int(size[group]) - 1
        let base = start[group]
        var slot = Self.place(word) & mask
        while true {
            let value = slots[base + slot]
            if value == 0 {
                slots[base + slot] = UInt64(word) << 32 | UInt64(step)
                used[group] += 1
                if Int(used[group]) * 4 > Int(size[group]) * 3 { grow(group) }
                return true
            }
            if UInt32(truncatingIfNeeded: value >> 32) == word {
                let count = Int(value & 0xffff_ffff) + step
                slots[base + slot] = UInt64(word) << 32 | UInt64(count)
                return count == 0 || count == step
            }
            slot = (slot + 1) & mask
        }
    }

    private mutating func grow(_ group: Int) {
        let (base, old) = (start[group], Int(size[group]))
        let kept = slots[base..<base + old].filter { $0 & 0xffff_ffff != 0 }
        let wanted = kept.count * 2 > old ? old * 2 : old
        // Where a table was last it grows in place; otherwise its old place is given up.
        if base + old == slots.count { slots.removeSubrange(base..<base + old) }
        start[group] = slots.count
        size[group] = Int32(wanted)
        used[group] = Int32(kept.count)
        slots.append(contentsOf: repeatElement(0, count: wanted))
        let mask = wanted - 1
        for value in kept {
            var slot = Self.place(UInt32(truncatingIfNeeded: value >> 32)) & mask
            while slots[start[group] + slot] != 0 { slot = (slot + 1) & mask }
            slots[start[group] + slot] = value
        }
    }

    @inline(__always)
    private static func place(_ word: UInt32) -> Int {
        // Fibonacci hashing (Knuth, TAOCP 3, 6.4).
        Int(truncatingIfNeeded: (UInt64(word) &* 0x9e37_79b9_7f4a_7c15) >> 32)
    }

    /// The words of a group with their counts, in the order of their codes.
    func words(of group: Int) -> [(word: UInt32, count: Int)] {
        slots[start[group]..<start[group] + Int(size[group])].filter { $0 & 0xffff_ffff != 0 }
            .map { (UInt32(truncatingIfNeeded: $0 >> 32), Int($0 & 0xffff_ffff)) }.sorted { $0.0 < $1.0 }
    }
}
