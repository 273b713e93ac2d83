import Connectors
import Measures
import Processes
import Records
import Signals
import Statistics

/// What is found in how the tickets of a log flow, and what is found when their order in time is shuffled: the tickets' moments
/// of opening dealt out anew, and the steps of each ticket dealt out anew among its moments.
func runFlow(_ arguments: Arguments) throws {
    let shuffles = Int(arguments.text("shuffles") ?? "") ?? 100
    var options = ReadingOptions()
    options.zone = .utc
    var names = Names()
    var pseudonyms = Pseudonyms(key: Pseudonyms.newKey())
    var table = TicketTable()
    var log = UpdateLog()
    _ = try read(
        try inspect(arguments.file, options: options), options: options, names: &names, pseudonyms: &pseudonyms,
        each: { ticket, _, _ in log.take(ticket, at: table.take(ticket)) }, reject: { _ in })
    table.finish(names: names)
    let calendar = BusinessCalendar(zone: .utc)
    for (kind, cases) in log.cases(of: table) {
        guard let evidence = FlowEvidence(kind, cases, names: table.names, calendar: calendar) else { continue }
        let found = detectFlow(evidence.histories, names: evidence.names, rate: 0.005)
        write("\(kind): \(cases.count) tickets, \(evidence.histories.count) slices, \(found.tested) questions\n")
        for s in found.signals {
            write(
                "  \(s.kind.rawValue) \(s.measure.id) \(s.slice.address) \(s.at) "
                    + "\(s.before.estimate) -> \(s.after.estimate) q \(s.q)\n")
        }
        for (name, shuffle) in [("openings", openings), ("steps", steps)] {
            var logs = 0
            var alarms = 0
            for seed in 1...max(1, shuffles) {
                let shuffled = shuffle(cases, UInt64(seed))
                guard let e = FlowEvidence(kind, shuffled, names: table.names, calendar: calendar) else { continue }
                let count = detectFlow(e.histories, names: e.names, rate: 0.005, seed: UInt64(seed)).signals.count
                alarms += count
                logs += count > 0 ? 1 : 0
            }
            write("  \(name) shuffled \(shuffles) times: \(alarms) signals in \(logs) logs\n")
        }
    }
}

private typealias Cases = [(run: ProcessCase, attributes: Attributes)]

private func openings(_ cases: Cases, _ seed: UInt64) -> Cases {
    var generator = SplitMix64(seed: seed)
    var moments = cases.map(\.run.openedAt)
    generator.shuffle(&moments)
    return zip(cases, moments).map { one, moment in
        var run = one.run
        let shift = moment - run.openedAt
        run.openedAt += shift
        run.endedAt = run.endedAt.map { $0 + shift }
        run.states = run.states.map { .init($0.name, at: $0.at + shift) }
        run.groups = run.groups.map { .init($0.name, at: $0.at + shift) }
        return (run, one.attributes)
    }
}

private func steps(_ cases: Cases, _ seed: UInt64) -> Cases {
    var generator = SplitMix64(seed: seed)
    return openings(cases, seed).map { one in
        var run = one.run
        var names = run.states.map(\.name)
        generator.shuffle(&names)
        run.states = zip(names, run.states).map { .init($0, at: $1.at) }
        return (run, one.attributes)
    }
}
