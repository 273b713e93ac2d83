import Records

/// What the doctor writes down row by row; the findings are drawn from it at the end.
struct DoctorsNotes {
    var doctor = Doctor()
    /// Tickets opened on each day since 1970.
    private var opened: [Int32] = []
    /// Up to 2100, like the dates that are read.
    private static let daysMax = 47_482
    private static let gapsMax = 20
    /// Three days without work are a long weekend.
    private static let gapDaysMin = 4
    /// Limits that exports and spreadsheets are known to have.
    private static let rowLimits: Set<Int> = [
        500, 1000, 2000, 5000, 10_000, 20_000, 25_000, 50_000, 65_535, 65_536, 100_000, 200_000, 250_000, 500_000,
        1_000_000, 1_048_575, 1_048_576,
    ]

    mutating func openedAt(_ moment: Moment) {
        let day = Int(moment.seconds / 86_400)
        guard day >= 0, day < Self.daysMax else { return }
        if day >= opened.count { opened.append(contentsOf: repeatElement(0, count: day + 1 - opened.count)) }
        opened[day] = opened[day] == .max ? .max : opened[day] + 1
        if moment < doctor.firstOpened ?? moment || doctor.firstOpened == nil { doctor.firstOpened = moment }
        if moment > doctor.lastOpened ?? moment || doctor.lastOpened == nil { doctor.lastOpened = moment }
    }

    /// Runs of empty days that are long for this file, and not there by chance.
    ///
    /// At the lesser rate of the weeks before and after, ten tickets or more would have been opened: by chance that is
    /// less than e^-10. Weekends and holidays are allowed for by comparing with the runs that the file is used to. Where
    /// a file thins out at an end, the lesser rate is low and nothing is said.
    mutating func findGaps() {
        guard let first = opened.firstIndex(where: { $0 > 0 }), let last = opened.lastIndex(where: { $0 > 0 }),
            last > first
        else { return }
        var runs: [(start: Int, length: Int)] = []
        var start = first
        for day in first...last where opened[day] > 0 {
            if day > start { runs.append((start, day - start)) }
            start = day + 1
        }
        guard !runs.isEmpty else { return }
        let lengths = runs.map(\.length).sorted()
        let usual = runs.count < 3 ? 0 : lengths[(lengths.count - 1) / 2]
        func tickets(_ days: Range<Int>) -> Double {
            Double(opened[days.clamped(to: opened.indices)].reduce(0) { $0 + Int($1) }) / Double(days.count)
        }
        doctor.gaps =
            runs
            .filter { start, length in
                guard length >= Self.gapDaysMin, length >= 3 * usual else { return false }
                let beside = max(14, length)
                let rate = min(tickets(start - beside..<start), tickets(start + length..<start + length + beside))
                return rate * Double(length) >= 10
            }
            .prefix(Self.gapsMax)
            .map { Doctor.Gap(first: Day(number: Int32($0.start)), last: Day(number: Int32($0.start + $0.length - 1))) }
    }

    mutating func findRoundNumber() {
        if Self.rowLimits.contains(doctor.rowsRead) {
            doctor.suspectedCuts.append(.roundNumberOfRows(doctor.rowsRead))
        }
    }

    mutating func findUnanswered(mapping: [Field: [Int]], grain: Grain, filled: [Field: Int], kind: TicketKind?) {
        func lacking(_ field: Field) -> Doctor.Unanswered.Lack? {
            guard mapping[field] != nil else { return .column(field) }
            return filled[field, default: 0] == 0 ? .values(field) : nil
        }
        func need(_ measure: String, _ field: Field) {
            if let lack = lacking(field) { doctor.cannotAnswer.append(Doctor.Unanswered(measure: measure, lack: lack)) }
        }
        func needHistory(_ measure: String, _ count: Field, _ seenIn: Field) {
            if lacking(count) == nil { return }
            if grain == .rowPerUpdate, lacking(seenIn) == nil { return }
            doctor.cannotAnswer.append(Doctor.Unanswered(measure: measure, lack: .history))
        }
        if lacking(.resolvedAt) != nil, lacking(.closedAt) != nil {
            need("timeToResolve", .resolvedAt)
            need("backlog", .resolvedAt)
        }
        if grain == .rowPerTicket || lacking(.status) != nil { need("timeToRespond", .firstResponseAt) }
        if kind == .change {
            if lacking(.changeOutcome) != nil { need("successful", .changeOutcome) }
            need("emergencyShare", .changeType)
            need("unauthorized", .unauthorized)
            return
        }
        need("slaMet", .slaMet)
        needHistory("reopened", .reopenCount, .status)
        needHistory("reassigned", .reassignmentCount, .group)
        if lacking(.priority) != nil { need("majorShare", .major) }
        if lacking(.closeCode) != nil { need("workaroundOnly", .workaround) }
    }
}

/// Whether a text shows that UTF-8 was once read as Windows-1252: `Ã¦`, `Â `, `ä¸­`; or holds the replacement character.
func looksGarbled(_ b: Span<UInt8>) -> Bool {
    var i = asciiPrefix(b, from: 0)
    while i + 2 < b.count {
        let byte = b[i]
        if byte == 0xef, b[i + 1] == 0xbf, b[i + 2] == 0xbd { return true }
        if byte == 0xc3, i + 3 < b.count {
            // Ã or Ä … ï, and behind it a sign that stands for 0x80 to 0xBF there.
            let isTwo = b[i + 1] == 0x83 && standsForLow(b, i + 2)
            let isThree = b[i + 1] >= 0xa4 && b[i + 1] <= 0xa9 && standsForLow(b, i + 2) && standsForLow(b, i + 4)
            if isTwo || isThree { return true }
        }
        if byte == 0xc3, i + 3 >= b.count, b[i + 1] == 0x83, b[i + 2] == 0xc2 { return true }
        if byte == 0xc3, b[i + 1] == 0x82, b[i + 2] == 0xc2 { return true }
        i += 1
        if i < b.count, b[i] < 0x80 { i = asciiPrefix(b, from: i) }
    }
    return false
}

/// U+0080 to U+00BF, or the quotes and dashes that Windows-1252 has in their place.
private func standsForLow(_ b: Span<UInt8>, _ i: Int) -> Bool {
    guard i + 1 < b.count else { return false }
    return b[i] == 0xc2 || b[i] == 0xe2 && b[i + 1] == 0x80 || b[i] == 0xc5 && b[i + 1] >= 0x92
}
