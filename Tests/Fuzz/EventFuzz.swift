// Feeds whatever libFuzzer thinks of to the readers of events: which of CSV, XES and OCEL it is, they find out themselves.

import Glibc
import Processes

/// Whatever the bytes are, there is an answer or an error, and what was read adds up.
func fuzzEvents(_ bytes: [UInt8]) {
    let path = "/dev/shm/ratchet-fuzz-\(getpid())"
    let file = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0o600)
    guard file >= 0 else { return }
    _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    close(file)
    defer { unlink(path) }
    guard let events = try? readEvents(of: path, EventOptions()) else { return }
    precondition(events.log.count + events.rejected >= events.rows || events.form == .ocel, "No row is lost")
    let traces = Traces(events.log)
    let pairs = flows(of: traces).reduce(0) { $0 + $1.count }
    precondition(pairs == traces.eventCount - traces.caseCount, "Each event but the first of a case follows another")
    precondition(stages(of: traces).reduce(0) { $0 + $1.count } == traces.eventCount, "Each event is of a stage")
    _ = (variants(of: traces, limit: 3), loops(of: traces), pingPong(of: traces), load(of: traces), delays(of: traces))
}
