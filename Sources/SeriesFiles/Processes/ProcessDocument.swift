import Connectors
import Processes
import Records

/// Reads a file of events and writes what flows in it as one JSON document.
///
/// `edges` are the directly-follows graph; `activities` tell of each activity how often, how long cases wait behind it, and
/// how often they came back to it; `delays` where the time of slow cases goes; then the most frequent ways through, hand-offs,
/// loops, and what came and went day by day.
/// - Parameter until: Events after the end of this day are not known yet.
/// - Throws: `EventFileError`, `ConnectorError`.
public func processDocument(of path: String, _ options: EventOptions, until: Day?) throws -> String {
    let file = try readEvents(of: path, options)
    let (rows, rejected, rejects) = (file.rows, file.rejected, file.rejects)
    let traces = Traces(file.log, until: until.map { ($0 + 1).startInUTC.microseconds - 1 } ?? .max)
    if traces.eventCount == 0 {
        throw EventFileError(message: "\(path): has no event until the end of the day that was named; name a later one")
    }
    var json = JSONText()
    json.open()
    json.add("schema", "ratchet.process/1")
    json.add("cases", traces.caseCount)
    json.add("events", traces.eventCount)
    let ways = variants(of: traces, limit: shownMax)
    json.add("variants", ways.count)
    json.add("rows", rows)
    json.add("rejected", rejected)
    json.list("rejects", rejects.prefix(shownMax)) { json, reject in
        json.add("line", reject.line)
        json.add("reason", reject.reason)
    }
    json.list("edges", flows(of: traces)) { $0.add(flow: $1) }
    json.list("activities", stages(of: traces)) { json, stage in
        json.add("name", stage.name)
        json.add("count", stage.count)
        json.add("cases", stage.cases)
        json.add("wait_h", stage.waitHours)
        json.add("rework", stage.rework)
        json.add("stays", stage.stays)
        json.add("stay_mean_h", stage.stayMeanHours)
        json.add("stay_median_h", stage.stayMedianHours)
        json.add("share", stage.share)
    }
    json.list("delays", delays(of: traces)) { json, delay in
        json.add("activity", delay.stage)
        json.add("hours", delay.hours)
        json.add("share", delay.share)
    }
    json.list("ways", ways.top) { json, way in
        json.add("activities", way.activities)
        json.add("cases", way.cases)
        json.add("median_h", way.medianHours)
        json.add("example", way.example)
    }
    let passed = handoffs(of: traces)
    json.add("handoffPairs", passed.count)
    json.list("handoffs", passed.prefix(handoffsMax)) { $0.add(flow: $1) }
    json.list("loops", loops(of: traces)) { $0.add(loop: $1) }
    json.list("pingPong", pingPong(of: traces).prefix(shownMax)) { $0.add(loop: $1) }
    json.list("days", load(of: traces)) { json, day in
        json.add("day", day.day.description)
        json.add("arrived", day.arrived)
        json.add("departed", day.departed)
        json.add("inProgress", day.inProgress)
    }
    json.close()
    return json.text + "\n"
}

/// Lists that can be long are cut to their most frequent entries; the counts beside them tell of all.
private let shownMax = 50
private let handoffsMax = 1000

/// Checks the cases of a file of events against a policy, a rule a line.
/// - Parameter policy: The text of the policy; `policyPath` is what it is called in errors.
/// - Throws: `EventFileError`, `ConnectorError`.
public func conformanceDocument(
    of path: String, _ options: EventOptions, policy: String, policyPath: String, until: Day?
) throws -> String {
    let rules: ProcessPolicy
    do throws(ProcessPolicyError) {
        rules = try ProcessPolicy(policy)
    } catch {
        throw EventFileError(message: "\(policyPath):\(error.message)")
    }
    let file = try readEvents(of: path, options)
    let traces = Traces(file.log, until: until.map { ($0 + 1).startInUTC.microseconds - 1 } ?? .max)
    let found = conformance(of: traces, to: rules.lines.map(\.rule))
    var json = JSONText()
    json.open()
    json.add("schema", "ratchet.conformance/1")
    json.add("cases", traces.caseCount)
    json.add("conforming", traces.caseCount - Set(found.breaches.map(\.caseName)).count)
    var broken = [Int](repeating: 0, count: rules.lines.count)
    for breach in found.breaches { broken[breach.rule] += 1 }
    json.list("rules", rules.lines.indices) { json, i in
        json.add("rule", rules.lines[i].text)
        json.add("applied", found.applied[i])
        json.add("broken", broken[i])
        json.add("unknown", rules.lines[i].rule.names.filter { traces.activities.existing($0) == nil }.sorted())
    }
    json.list("breaches", found.breaches) { json, breach in
        json.add("case", breach.caseName)
        json.add("rule", rules.lines[breach.rule].text)
        json.add("at", breach.event.map { Moment(microseconds: traces.at[$0]).description })
        json.add("activity", breach.event.map { traces.activity($0) })
    }
    json.close()
    return json.text + "\n"
}

extension JSONText {
    /// A list of objects.
    fileprivate mutating func list<C: Collection>(
        _ key: String, _ items: C, _ body: (inout JSONText, C.Element) -> Void
    ) {
        openList(key)
        for item in items {
            open()
            body(&self, item)
            close()
        }
        closeList()
    }

    fileprivate mutating func add(flow: Flow) {
        add("from", flow.from)
        add("to", flow.to)
        add("count", flow.count)
        add("mean_h", flow.meanHours)
        add("median_h", flow.medianHours)
    }

    fileprivate mutating func add(loop: Loop) {
        add("activities", loop.activities)
        add("count", loop.count)
        add("cases", loop.cases)
        add("mean_h", loop.meanHours)
    }
}
