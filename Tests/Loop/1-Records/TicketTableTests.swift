import Testing

@testable import Records

@Suite("Tickets in columns")
struct TicketTableTests {
    @Test("A later row moves a ticket on; an older one changes nothing")
    func order() {
        var names = Names()
        let one = names.name("Group 1")
        let two = names.name("Group 2")
        var table = TicketTable(names: names)
        var row = Ticket(number: "INC1", openedAt: Moment(seconds: 1000))
        row.attributes[.group] = one
        row.updatedAt = Moment(seconds: 1000)
        table.take(row)
        row.attributes[.group] = two
        row.status = .resolved
        row.updatedAt = Moment(seconds: 3000)
        row.resolvedAt = Moment(seconds: 3000)
        table.take(row)
        var old = row
        old.updatedAt = Moment(seconds: 2000)
        old.attributes[.group] = one
        old.resolvedAt = nil
        table.take(old)
        #expect(table.count == 1)
        #expect(table.attributes[0, .group] == two)
        #expect(table.resolved[0] == 3000)
        #expect(table.reassignments[0] == 1)
        #expect(table.responded[0] == 3000)
        #expect(table.flags[0].contains(.reassignmentsKnown))
    }

    @Test("Every form of number comes back as it was, is found, and stands in the order of the texts")
    func numbers() {
        let numbers = [
            "INC0000045", "INC45", "45", "045", "0045", "CHG-000000000000001", "SD-17/b", "sag 9", "Ærø", "4294967296",
            "999999999", "0", "00", "INC0000046", "工单12",
        ]
        var table = TicketTable()
        for number in numbers { table.take(Ticket(number: number, openedAt: Moment(seconds: 5))) }
        #expect(table.count == numbers.count)
        for (i, number) in numbers.enumerated() {
            #expect(table.number(i) == number)
            #expect(table.index(number: number, kind: .incident) == i)
        }
        #expect(table.index(number: "INC000045", kind: .incident) == nil)
        #expect(table.index(number: "INC00000x5", kind: .incident) == nil)
        for i in numbers.indices {
            for k in numbers.indices {
                let texts = (Array(numbers[i].utf8), Array(numbers[k].utf8))
                #expect(table.isBefore(i, k) == texts.0.lexicographicallyPrecedes(texts.1))
            }
        }
    }

    @Test("The same number in two kinds is two tickets")
    func kinds() {
        var table = TicketTable()
        var row = Ticket(number: "1", openedAt: Moment(seconds: 1))
        table.take(row)
        row.kind = .change
        table.take(row)
        #expect(table.count == 2)
    }

    @Test("Ten thousand numbers are all found again after the table has grown")
    func growth() {
        var table = TicketTable()
        for i in 0..<10_000 { table.take(Ticket(number: "T\(i)", openedAt: Moment(seconds: Int64(i + 1)))) }
        #expect(table.count == 10_000)
        for i in stride(from: 0, to: 10_000, by: 97) {
            #expect(table.index(number: "T\(i)", kind: .incident) == i)
            #expect(table.number(i) == "T\(i)")
        }
        #expect(table.index(number: "T10000", kind: .incident) == nil)
    }

    @Test("A dimension may have more values than sixteen bits hold, and may begin late")
    func manyValues() {
        var names = Names()
        var table = TicketTable()
        for i in 0..<70_000 {
            var row = Ticket(number: "T\(i)", openedAt: Moment(seconds: Int64(i + 1)))
            if i >= 10 { row.attributes[.location] = names.name("Site \(i)") }
            table.take(row)
        }
        table.finish(names: names)
        #expect(table.attributes[9, .location].isNone)
        #expect(table.attributes[10, .group].isNone)
        for i in [10, 65_544, 65_545, 65_546, 69_999] {
            #expect(table.names[table.attributes[i, .location]] == "Site \(i)")
        }
        #expect(table.lastKnown == Moment(seconds: 70_000))
    }

    @Test("A value once known is not lost to a row that leaves it empty")
    func known() {
        var table = TicketTable()
        var row = Ticket(number: "1", openedAt: Moment(seconds: 1))
        row.slaMet = true
        table.take(row)
        row.slaMet = nil
        table.take(row)
        #expect(table.flags[0].isSuperset(of: [.slaKnown, .slaMet]))
    }
}

@Suite("A ticket's history")
struct TicketHistoryTests {
    @Test("A reopened ticket loses its resolution, and the reopening is counted")
    func reopened() {
        var names = Names()
        var ticket = Ticket(number: "1", openedAt: Moment(seconds: 0))
        ticket.status = .resolved
        ticket.state = names.name("Resolved")
        ticket.resolvedAt = Moment(seconds: 10)
        var later = ticket
        later.status = .inProgress
        later.state = names.name("Active")
        later.resolvedAt = nil
        let events = ticket.advance(to: later, at: Moment(seconds: 20))
        #expect(events.count == 1)
        #expect(events.first?.field == .state)
        #expect(ticket.resolvedAt == nil)
        #expect(ticket.reopenCount == 1)
    }
}

@Suite("Slices")
struct SliceTests {
    @Test(
        "An address holds any value",
        arguments: ["Email", "a&b=c", "Ærø %20 +", "网络", "", "x/y?z#"])
    func addresses(value: String) throws {
        let slice = Slice([.init(.group, value), .init(.category, "C")])
        guard !value.isEmpty else { return }
        #expect(Slice(address: slice.address) == slice)
    }

    @Test("A slice holds its own parts")
    func holds() {
        let pair = Slice([.init(.group, "G"), .init(.category, "C")])
        #expect(Slice.everything.holds(pair))
        #expect(Slice(.group, "G").holds(pair))
        #expect(!pair.holds(Slice(.group, "G")))
        #expect(Slice(address: "group=G&group=H") == nil)
    }
}
