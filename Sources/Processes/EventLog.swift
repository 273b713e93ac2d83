import Records

/// What happened in many cases: an event a row, in columns, in the order in which it was told.
///
/// A case is one run through the process (a ticket); an activity is what was done or the state that began; a resource is
/// who did it. Some 24 bytes an event, and each name once.
public struct EventLog: Sendable {
    public private(set) var caseOf: [UInt32] = []
    public private(set) var activityOf: [UInt32] = []
    /// Microseconds, counted from any one moment.
    public private(set) var at: [Int64] = []
    /// 0 where nobody is named.
    public private(set) var resourceOf: [UInt32] = []

    public var cases = Names()
    public var activities = Names()
    public var resources = Names()

    public init() {}

    public var count: Int { at.count }

    /// Adds an event whose names this log has given out. O(1).
    public mutating func add(case name: Name, activity: Name, at moment: Int64, resource: Name = .none) {
        caseOf.append(name.code)
        activityOf.append(activity.code)
        at.append(moment)
        resourceOf.append(resource.code)
    }

    /// Adds an event by its names.
    public mutating func add(case name: String, activity: String, at moment: Int64, resource: String = "") {
        add(
            case: cases.name(name), activity: activities.name(activity), at: moment,
            resource: resources.name(resource))
    }

    /// Puts other moments in the place of those that are there: for readers that learn late how dates are meant.
    public mutating func changeMoments(_ change: (_ event: Int, _ moment: Int64) -> Int64) {
        for i in at.indices { at[i] = change(i, at[i]) }
    }
}

/// The cases of a log one after another, each in the order of time; events of one moment stay in the order of the log.
public struct Traces: Sendable {
    /// Where each case begins, and behind the last one the number of events.
    public let starts: [Int]
    /// For each case, its name's code in the log.
    public let caseCodes: [UInt32]
    public let activityOf: [UInt32]
    /// Microseconds.
    public let at: [Int64]
    public let resourceOf: [UInt32]
    public let cases: Names
    public let activities: Names
    public let resources: Names

    public var caseCount: Int { starts.count - 1 }
    public var eventCount: Int { at.count }

    /// The events of a case.
    public func events(of index: Int) -> Range<Int> { starts[index]..<starts[index + 1] }

    /// Orders a log. O(events) where the events of a case come nearly in the order of time, as in every export;
    /// O(events × log events) at worst.
    /// - Parameter until: Events after this moment, in microseconds, are not known yet.
    public init(_ log: consuming EventLog, until: Int64 = .max) {
        var sizes = [Int](repeating: 0, count: log.cases.count + 1)
        for i in 0..<log.count where log.at[i] <= until { sizes[Int(log.caseOf[i])] += 1 }
        var places = [Int](repeating: 0, count: sizes.count)
        var starts: [Int] = []
        var codes: [UInt32] = []
        var total = 0
        for code in sizes.indices where sizes[code] > 0 {
            places[code] = total
            starts.append(total)
            codes.append(UInt32(code))
            total += sizes[code]
        }
        starts.append(total)
        var order = [Int32](repeating: 0, count: total)
        for i in 0..<log.count where log.at[i] <= until {
            let code = Int(log.caseOf[i])
            order[places[code]] = Int32(i)
            places[code] += 1
        }
        for k in codes.indices { sortByTime(&order, starts[k]..<starts[k + 1], log.at) }
        self.starts = starts
        caseCodes = codes
        activityOf = order.map { log.activityOf[Int($0)] }
        at = order.map { log.at[Int($0)] }
        resourceOf = order.map { log.resourceOf[Int($0)] }
        cases = log.cases
        activities = log.activities
        resources = log.resources
    }

    public func activity(_ event: Int) -> String { activities[Name(code: activityOf[event])] }
    /// Hours between two events.
    func hours(_ from: Int, _ to: Int) -> Double { Double(at[to] - at[from]) / microsecondsAnHour }
}

let microsecondsAnHour = 3.6e9

/// Sorts places by the moments they stand for and keeps the order of equals: by insertion, which costs nothing where they
/// are in order already, and by merging where a case is long and out of order.
private func sortByTime(_ order: inout [Int32], _ range: Range<Int>, _ at: [Int64]) {
    let longest = 64
    if range.count > longest {
        var isSorted = true
        for i in range.dropFirst() where at[Int(order[i])] < at[Int(order[i - 1])] {
            isSorted = false
            break
        }
        if isSorted { return }
        order[range].sort { (at[Int($0)], $0) < (at[Int($1)], $1) }
        return
    }
    for i in range.dropFirst() {
        let event = order[i]
        let moment = at[Int(event)]
        var to = i
        while to > range.lowerBound, at[Int(order[to - 1])] > moment {
            order[to] = order[to - 1]
            to -= 1
        }
        order[to] = event
    }
}
