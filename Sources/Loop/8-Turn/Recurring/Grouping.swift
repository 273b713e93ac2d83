import Records
import Store
import Texts

/// Reads the incidents that have come since the last turn, and finds the group of each by its words.
///
/// What is remembered of earlier texts is read once for all that are new; nothing that has a group is grouped again. Costs
/// nothing when no incident is new. A batch is one transaction: cut off, it goes on after the last whole one.
/// - Returns: How many incidents got a group.
@discardableResult
public func groupTexts(_ store: any Store, _ organisation: Organisation, batch: Int = textsABatch) async throws -> Int {
    var grouped = 0
    var memory: TextMemory?
    var tries = 0
    while true {
        var state = try await store.recurringState()
        let texts = try await store.ticketTexts(after: state.lastTicket, limit: batch)
        guard let last = texts.last else { return grouped }
        var known = memory
        memory = nil
        if known == nil { known = try await textMemory(of: store, state) }
        guard var now = known else { return grouped }
        let groups = now.take(texts.map(newcomer))
        var step = RecurringStep()
        for (text, group) in zip(texts, groups) {
            if let group { step.tickets.append((text.ticket, group, organisation.zone.day(of: text.opened))) }
        }
        let changes = now.takeChanges()
        step.words = changes.words.map { (Int64($0.code), $0.text, $0.texts) }
        step.entries = changes.entries.map {
            KeptText(id: $0.id, problem: $0.group, texts: Int($0.texts), latest: $0.latest, words: bytes($0.words))
        }
        step.dropped = changes.dropped
        state.lastTicket = last.ticket
        state.nextProblem = now.nextGroup
        state.nextEntry = now.nextEntry
        if try await store.keep(step, state) {
            grouped += step.tickets.count
            memory = now
        } else {
            // Somebody joined or split meanwhile: what they said is read, and the batch is taken anew.
            tries += 1
            if tries > 10 { return grouped }
        }
    }
}

/// Texts grouped together, in one transaction: with their words some 50 MB.
public let textsABatch = 50_000

func newcomer(_ text: TicketText) -> TextMemory.Newcomer {
    TextMemory.Newcomer(
        number: text.ticket, text: text.title.isEmpty ? text.text : text.title,
        mark: text.category > 0 ? String(text.category) : "")
}

func textMemory(of store: any Store, _ state: RecurringState) async throws -> TextMemory {
    let entries = try await store.recurringTexts().map { kept in
        TextMemory.Entry(
            id: kept.id, group: kept.problem, texts: Int32(clamping: kept.texts), latest: kept.latest,
            words: codes(kept.words))
    }
    return TextMemory(
        words: try await store.recurringWords(), entries: entries, nextGroup: state.nextProblem,
        nextEntry: state.nextEntry)
}

/// Codes in rising order, as differences.
func bytes(_ codes: [UInt32]) -> [UInt8] {
    var out = BlockWriter()
    var last: UInt32 = 0
    for code in codes {
        out.add(UInt64(code - last))
        last = code
    }
    return out.bytes
}

func codes(_ bytes: [UInt8]) -> [UInt32] {
    var input = BlockReader(bytes)
    var codes: [UInt32] = []
    var last: UInt32 = 0
    while !input.isAtEnd, codes.count < bytes.count {
        last &+= UInt32(truncatingIfNeeded: input.value())
        codes.append(last)
    }
    return codes
}
