import Records
import Testing

@testable import Measures

private let calendar = BusinessCalendar(zone: .utc)

private func ticket(_ i: Int, day: Int, minutes: Int?) -> Ticket {
    var t = Ticket(
        number: "\(i)", openedAt: Moment(seconds: Int64(19_723 + day) * 86_400 + 36_000 + Int64(i % 60) * 60))
    if let minutes {
        t.status = .resolved
        t.resolvedAt = Moment(seconds: t.openedAt.seconds + Int64(minutes) * 60)
    }
    t.slaMet = i % 3 == 0
    t.reopenCount = Int32(i % 5 == 0 ? 1 : 0)
    return t
}

private func rollup(_ tickets: [Ticket]) -> Rollup {
    var out = Rollup()
    for t in tickets { if let c = Contribution(of: t, calendar: calendar) { out.add(c) } }
    return out
}

@Suite("Roll-ups")
struct RollupTests {
    let tickets = (0..<400).map { ticket($0, day: $0 % 70, minutes: $0 % 7 == 0 ? nil : 1 + $0 * $0 % 90_000) }

    @Test("Two roll-ups add up to that of all their tickets; taking one away leaves the other")
    func additive() {
        var sum = rollup(Array(tickets[..<150]))
        sum.add(rollup(Array(tickets[150...])))
        #expect(sum == rollup(tickets))
        for t in tickets[150...] {
            if let c = Contribution(of: t, calendar: calendar) { sum.add(c, sign: -1) }
        }
        let left = rollup(Array(tickets[..<150]))
        for (day, totals) in sum.days { #expect(totals == left.days[day] ?? DayTotals()) }
    }

    @Test("A month comes back from its bytes, and bytes that are cut off are refused")
    func bytes() throws {
        let all = rollup(tickets)
        let months = Set(all.days.keys.map(\.startOfMonth))
        #expect(months.count >= 3)
        var back = Rollup()
        for month in months {
            let isRead = back.add(encoded: all.encoded(month: month), month: month)
            #expect(isRead)
        }
        #expect(back == all)
        let month = try #require(months.min())
        let whole = all.encoded(month: month)
        for cut in [1, whole.count / 2, whole.count - 1] {
            var broken = Rollup()
            let isRead = broken.add(encoded: Array(whole[..<cut]), month: month)
            #expect(!isRead)
        }
    }

    @Test("Adding to stored bytes is adding before storing, and taking away leaves what was there")
    func merging() throws {
        let all = rollup(tickets)
        let first = rollup(Array(tickets[..<100]))
        for month in Set(all.days.keys.map(\.startOfMonth)) {
            var change = MonthTotals(month: month)
            var back = MonthTotals(month: month)
            for t in tickets[100...] {
                guard let c = Contribution(of: t, calendar: calendar) else { continue }
                if c.opened.day.startOfMonth == month {
                    change.addOpened(c, sign: 1)
                    back.addOpened(c, sign: -1)
                }
                if c.finished?.day.startOfMonth == month {
                    change.addFinished(c, sign: 1)
                    back.addFinished(c, sign: -1)
                }
            }
            #expect(change.added(to: first.encoded(month: month)) == all.encoded(month: month))
            #expect(back.added(to: all.encoded(month: month)) == first.encoded(month: month))
            #expect(change.added(to: [200]) == nil)
        }
        #expect(Rollup().encoded(month: Day(number: 0)).isEmpty)
    }

    @Test("Cancelled and merged tickets never count")
    func void() {
        var t = ticket(1, day: 0, minutes: 5)
        t.status = .cancelled
        #expect(Contribution(of: t, calendar: calendar) == nil)
        t.status = .merged
        #expect(Contribution(of: t, calendar: calendar) == nil)
    }
}

@Suite("Sketches of durations")
struct DurationSketchTests {
    @Test("A quantile is within 2 % of the true one", arguments: [0.1, 0.5, 0.9, 0.99])
    func accuracy(share: Double) throws {
        var sketch = DurationSketch()
        var values: [Double] = []
        for i in 1...5000 {
            let minutes = Double(i * i % 99_991 + 2)
            values.append(minutes / 60)
            sketch.add(bucket: DurationSketch.bucket(minutes: minutes), count: 1)
        }
        values.sort()
        let truth = values[Int(share * 4999)]
        let found = try #require(sketch.quantile(share))
        #expect(abs(found / truth - 1) <= 0.0201)
        #expect(DurationSketch().quantile(0.5) == nil)
    }
}

@Suite("Business hours")
struct BusinessCalendarTests {
    @Test("A weekend, a night and a holiday do not count")
    func gaps() throws {
        let friday = try #require(Day("2024-03-01"))
        let monday = try #require(Day("2024-03-04"))
        let start = friday.startInUTC.seconds + 15 * 3600
        #expect(calendar.minutes(from: start, to: monday.startInUTC.seconds + 9 * 3600) == 120)
        let closed = BusinessCalendar(zone: .utc, holidays: [monday])
        #expect(closed.minutes(from: start, to: monday.startInUTC.seconds + 9 * 3600) == 60)
        #expect(calendar.minutes(from: start, to: start - 60) == 0)
        let saturday = (friday + 1).startInUTC.seconds
        #expect(calendar.minutes(from: saturday, to: saturday + 86_400) == 0)
    }

    @Test("Hours are local, also on the day the clock changes")
    func zones() throws {
        let zone = try #require(Zone("Europe/Copenhagen"))
        let local = BusinessCalendar(zone: zone, workdays: [0, 1, 2, 3, 4, 5, 6])
        let sunday = try #require(Day("2024-03-31"))
        let from = zone.start(of: sunday).seconds
        let to = zone.start(of: sunday + 1).seconds
        #expect(to - from == 23 * 3600)
        #expect(local.minutes(from: from, to: to) == 480)
    }
}

@Suite("Figures over time")
struct SeriesTests {
    @Test("A week whose slow tickets are still open does not look better than the weeks before")
    func censoring() throws {
        // Every ticket takes 20 hours or 60 days, half and half; in the last week the slow half is still open.
        var tickets: [Ticket] = []
        for day in 0..<70 {
            for i in 0..<20 {
                let slow = i % 2 == 0
                let isDone = !slow || day < 10
                var t = ticket(i, day: day, minutes: isDone ? (slow ? 86_400 : 1200) : nil)
                if !isDone { t.status = .inProgress }
                tickets.append(t)
            }
        }
        let all = rollup(tickets)
        let measure = try #require(Measure(.incident, .timeToResolve))
        let first = Day(number: 19_723)
        let series = Series(
            measure, of: all, over: Period(first, through: first + 69), step: 7, asOf: first + 69,
            reading: DurationReading(share: 0.6))
        // The 60 % quantile is a slow one, and so is not reached where the slow are open: missing, not low.
        #expect(series.values.first??.value ?? 0 > 1000)
        #expect(series.values.last == .some(nil))
        let median = Series(
            measure, of: all, over: Period(first, through: first + 69), step: 7, asOf: first + 69,
            reading: DurationReading(share: 0.4))
        for value in median.values { #expect(abs((value?.value ?? 0) / 20 - 1) < 0.03) }
    }

    @Test("In business hours a weekend makes no ticket slower, and an open one is as old as the hours worked since")
    func businessHours() throws {
        let measure = try #require(Measure(.incident, .timeToResolve))
        let monday = Day(number: 19_723 + Int32((7 - Day(number: 19_723).weekday) % 7))
        #expect(monday.weekday == 0)
        // Friday noon to Monday noon is a working day of eight hours, and three days by the clock.
        var tickets: [Ticket] = []
        for i in 0..<40 {
            var t = Ticket(number: "INC\(i)", openedAt: Moment(seconds: (monday + 4).startInUTC.seconds + 43_200))
            if i < 30 { t.resolvedAt = Moment(seconds: (monday + 7).startInUTC.seconds + 43_200) }
            tickets.append(t)
        }
        let week = Period(monday, through: monday + 6)
        func value(_ reading: DurationReading, asOf: Day) -> Double? {
            Series(measure, of: rollup(tickets), over: week, step: 7, asOf: asOf, reading: reading).values[0]?.value
        }
        let business = DurationReading(calendar: calendar)
        #expect(abs((value(.median, asOf: monday + 8) ?? 0) / 72 - 1) < 0.03)
        #expect(abs((value(business, asOf: monday + 8) ?? 0) / 8 - 1) < 0.03)
        // Nine in ten need longer than anyone has seen yet: missing, not low.
        #expect(value(DurationReading(share: 0.9, calendar: calendar), asOf: monday + 8) == nil)
        #expect(business.hours(from: monday + 4, through: monday + 7) == 12)
        #expect(DurationReading.median.hours(from: monday + 4, through: monday + 7) == 84)
    }

    @Test("The backlog is what was opened and not finished, counted from the beginning")
    func backlog() throws {
        let tickets = (0..<30).map { ticket($0, day: $0, minutes: $0 < 10 ? 30 : nil) }
        let measure = try #require(Measure(.incident, .backlog))
        let first = Day(number: 19_723)
        let series = Series(
            measure, of: rollup(tickets), over: Period(first + 20, through: first + 29), step: 1, asOf: first + 29)
        #expect(series.values.map { $0?.value } == (0..<10).map { Double($0 + 11) })
        let age = try #require(Measure(.incident, .backlogAge))
        let ages = Series(
            age, of: rollup(tickets), over: Period(first + 20, through: first + 29), step: 1, asOf: first + 29)
        let last = try #require(ages.values.last ?? nil)
        #expect(last.value > 200 && last.value < 260)
    }

    @Test("Days before the first ticket are missing, days without a ticket are none")
    func missing() throws {
        let tickets = [ticket(0, day: 5, minutes: 10), ticket(1, day: 9, minutes: 10)]
        let measure = try #require(Measure(.incident, .opened))
        let first = Day(number: 19_723)
        let series = Series(
            measure, of: rollup(tickets), over: Period(first, through: first + 9), step: 1, asOf: first + 9)
        #expect(series.values[4] == nil)
        #expect(series.values[5]?.value == 1)
        #expect(series.values[6]?.value == 0)
        let share = try #require(Measure(.incident, .slaMet))
        let shares = Series(
            share, of: rollup(tickets), over: Period(first, through: first + 9), step: 1, asOf: first + 9)
        #expect(shares.values[6] == nil)
    }

    @Test(
        "Unplanned work is minutes where they are known, tickets otherwise, and nothing where only incidents are known")
    func unplanned() throws {
        let day = Day(number: 19_723)
        let measure = try #require(Measure(id: "work.unplannedShare"))
        func share(_ incidents: Rollup, _ planned: [Rollup]) -> Double? {
            let work = Rollup.work(incidents: incidents, planned: planned)
            let series = Series(measure, of: work, over: Period(day, through: day), step: 1, asOf: day)
            return series.values[0]?.value
        }
        var incidents = Rollup()
        incidents.add(3, of: .opened, on: day)
        var requests = Rollup()
        requests.add(9, of: .opened, on: day)
        #expect(share(incidents, [requests]) == 0.25)
        #expect(share(incidents, [Rollup()]) == nil)
        #expect(share(Rollup(), []) == nil)
        for (count, counter) in [(3, DayTotals.Counter.workKnown), (180, .workMinutes)] {
            incidents.add(Int64(count), of: counter, on: day)
        }
        for (count, counter) in [(9, DayTotals.Counter.workKnown), (60, .workMinutes)] {
            requests.add(Int64(count), of: counter, on: day)
        }
        #expect(share(incidents, [requests]) == 0.75)
    }
}
