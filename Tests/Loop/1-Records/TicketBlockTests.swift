import Testing

@testable import Records

@Suite("Tickets as a block of bytes")
struct TicketBlockTests {
    /// Tickets with everything that a table keeps, and numbers of every form.
    private func table(_ count: Int, work: Bool = true) -> TicketTable {
        var names = Names()
        var table = TicketTable()
        for i in 0..<count {
            let number = ["INC\(1_000_000 + i)", "Ærø-\(i)", "", "不明\(i)", "\(i)x"][i % 5] + (i % 5 == 2 ? "\(i)" : "")
            var t = Ticket(number: number, openedAt: Moment(seconds: Int64(1_456_704_000 - i * 977)))
            t.kind = .change
            t.status = TicketStatus.allCases[i % 7]
            for dimension in Dimension.allCases where dimension != .segment && i % 3 > 0 {
                t.attributes[dimension] = names.name("\(dimension) \(i % (dimension == .location ? 700 : 9))")
            }
            // Before the opening, at it, long after it, and at the end of what 32 bits can say.
            if i % 2 == 0 { t.resolvedAt = Moment(seconds: t.openedAt.seconds + Int64(i - 5)) }
            if i % 5 == 0 { t.closedAt = t.openedAt }
            if i % 7 == 0 { t.firstResponseAt = Moment(seconds: Int64(UInt32.max)) }
            t.updatedAt = Moment(seconds: 1_500_000_000 + Int64(i))
            t.slaMet = i % 3 == 0 ? nil : i % 2 == 0
            t.isUnauthorized = i % 4 == 0
            t.reopenCount = Int32(i % 300)
            t.reassignmentCount = Int32(i * 31)
            if work, i % 4 == 1 { t.workMinutes = Double(i) / 3 }
            table.append(t)
        }
        table.names = names
        return table
    }

    private func read(_ block: [UInt8], _ original: TicketTable, into table: inout TicketTable) -> Bool {
        var names = table.names
        defer { table.names = names }
        return table.append(block: block, kind: .change) { names.name(original.names[Name(code: $0)]) }
    }

    private func expectSame(_ a: TicketTable, _ i: Int, _ b: TicketTable, _ k: Int) {
        var one = a.ticket(i)
        var other = b.ticket(k)
        for dimension in Dimension.allCases {
            #expect(a.names[one.attributes[dimension]] == b.names[other.attributes[dimension]])
            one.attributes[dimension] = .none
            other.attributes[dimension] = .none
        }
        #expect(one == other)
        #expect(a.flags[i] == b.flags[k])
    }

    @Test("No tickets, one, and thousands of every kind come out as they went in", arguments: [0, 1, 2000])
    func roundTrip(count: Int) {
        let original = table(count)
        var again = TicketTable()
        #expect(read(original.block(of: Array(0..<count)), original, into: &again))
        #expect(again.count == count)
        for i in 0..<count { expectSame(original, i, again, i) }
        var finished = original
        finished.finish(names: original.names)
        let names = again.names
        again.finish(names: names)
        #expect(again.lastKnown == finished.lastKnown)
        #expect(again.lastUpdated == finished.lastUpdated)
    }

    @Test("Several blocks after one another, with and without work and values, keep each ticket's own")
    func several() {
        let with = table(40)
        let without = table(30, work: false)
        var again = TicketTable()
        #expect(read(without.block(of: [3, 4, 5]), without, into: &again))
        #expect(read(with.block(of: [39, 0, 7]), with, into: &again))
        #expect(read(without.block(of: []), without, into: &again))
        #expect(read(without.block(of: [29]), without, into: &again))
        let places: [(TicketTable, Int)] = [
            (without, 3), (without, 4), (without, 5), (with, 39), (with, 0), (with, 7), (without, 29),
        ]
        #expect(again.count == places.count)
        for (k, (table, i)) in places.enumerated() { expectSame(table, i, again, k) }
    }

    @Test("A block that was cut, or lengthened, is no block")
    func cut() {
        let original = table(9)
        let block = original.block(of: Array(0..<9))
        for length in 0..<block.count {
            var again = TicketTable()
            #expect(!read(Array(block[..<length]), original, into: &again))
        }
        var again = TicketTable()
        #expect(!read(block + [0], original, into: &again))
    }
}
