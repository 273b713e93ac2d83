import Testing

@testable import Records

@Suite("Days, moments and zones")
struct CalendarTests {
    @Test("A leap day exists in its year and in no other")
    func leapDays() throws {
        #expect(Day(year: 2016, month: 2, day: 29) != nil)
        #expect(Day(year: 2015, month: 2, day: 29) == nil)
        #expect(Day(year: 1900, month: 2, day: 29) == nil)
        #expect(Day(year: 2000, month: 2, day: 29) != nil)
        #expect(Day("2016-02-30") == nil)
    }

    @Test("Every day from 1600 to 2400 comes back from its components")
    func roundTrip() throws {
        var day = try #require(Day("1600-01-01"))
        let end = try #require(Day("2400-01-01"))
        while day < end {
            let (y, m, d) = day.components
            #expect(Day(year: y, month: m, day: d) == day)
            day = day + 1
        }
    }

    @Test("1970-01-01 was a Thursday, and 2016-02-29 a Monday")
    func weekdays() throws {
        #expect(Day(number: 0).weekday == 3)
        #expect(try #require(Day("2016-02-29")).weekday == 0)
        #expect(Day(number: -4).weekday == 6)
    }

    @Test("A moment is written and read in UTC")
    func moments() throws {
        let moment = try #require(Moment(rfc3339: "2016-02-29T01:16:00Z"))
        #expect(moment.description == "2016-02-29T01:16:00Z")
        #expect(Moment(rfc3339: "2016-02-29T02:16:00+01:00") == moment)
        #expect(Moment(rfc3339: "2016-02-29T25:16:00Z") == nil)
        #expect(Moment(microseconds: -1).description == "1969-12-31T23:59:59Z")
    }

    @Test("A day starts when its local clock says so, also where summer time begins and ends")
    func summerTime() throws {
        let zone = try #require(Zone("Europe/Copenhagen"))
        #expect(zone.start(of: try #require(Day("2024-03-31"))).description == "2024-03-30T23:00:00Z")
        #expect(zone.start(of: try #require(Day("2024-04-01"))).description == "2024-03-31T22:00:00Z")
        // 02:30 does not exist on that morning; 02:30 on 27 October exists twice and is read as the first.
        let autumn = try #require(Day("2024-10-27"))
        #expect(zone.moment(localSeconds: Int64(autumn.number) * 86_400 + 9000).description == "2024-10-27T00:30:00Z")
        #expect(zone.day(of: try #require(Moment(rfc3339: "2024-10-26T22:30:00Z"))) == autumn)
        #expect(Zone("Mars/Olympus") == nil)
        #expect(Zone("+08:00")?.offset(at: 0) == 28_800)
    }
}
