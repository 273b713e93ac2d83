import Records

/// Turns the fields of a row into a ticket, by the columns and the words of its system.
struct TicketMaker {
    enum Made {
        case ticket(Ticket)
        case rejected(RejectReason, String)
    }

    /// What is read from one column.
    private struct Step {
        let column: Int
        let field: Field
        /// Texts of repeated columns are joined; of other fields the first value counts.
        let isRepeat: Bool
        var dates: DateReader?
        var filled = 0
    }

    /// The longest name of a category, a group or the like; more is a text that was mapped by mistake.
    static let nameBytesMax = 200
    static let numberBytesMax = 200
    static let titleBytesMax = 1000
    static let textBytesMax = 32 * 1024

    private let layout: Preset.Layout
    private let kindSaid: TicketKind?
    private let kindOtherwise: TicketKind
    private let hints: [(hint: Preset.Hint, column: Int)]
    private let checksText: Bool
    private let grain: Grain
    private let inspection: Inspection
    private let prefixesTellKinds: Bool
    private let iTopPrefixes: Bool
    private var steps: [Step]
    private var clock: LocalClock
    private var hintDates = DateReader(order: nil)
    private var rows = 0

    private var statusWords: WordCache<TicketStatus>
    private var categoryWords: WordCache<TicketStatus>
    private var kindWords: WordCache<TicketKind>
    private var priorityWords: WordCache<Bool>
    private var closeWords: WordCache<CloseWord>
    private var changeTypes: WordCache<ChangeType>
    private var outcomes: WordCache<ChangeOutcome>
    private var answers: WordCache<Bool>

    private struct CloseWord {
        let isWorkaround: Bool
        let isDuplicate: Bool
    }

    init(_ inspection: Inspection, options: ReadingOptions) {
        self.inspection = inspection
        let layout = inspection.layout
        self.layout = layout
        kindSaid = options.kind
        grain = inspection.grain
        checksText = !inspection.isASCII
        prefixesTellKinds = [.servicenow, .csv, .uci].contains(inspection.preset)
        iTopPrefixes = inspection.preset == .itop
        hints = inspection.hints.map { ($0.key, $0.value) }
        clock = LocalClock(options.zone ?? .utc)
        let idName = normal(inspection.column(.id))
        let isAboutComplaints = ["complaint", "klage", "投诉"].contains { idName.contains($0) }
        kindOtherwise = layout.kind ?? (isAboutComplaints ? .complaint : .incident)
        steps = []
        for field in Field.allCases {
            for (i, column) in (inspection.mapping[field] ?? []).enumerated() {
                var step = Step(column: column, field: field, isRepeat: i > 0)
                if Aliases.dates.contains(field) {
                    step.dates = DateReader(order: inspection.dateForms[column]?.order)
                }
                steps.append(step)
            }
        }
        steps.sort { ($0.column, $0.field.rawValue) < ($1.column, $1.field.rawValue) }

        let states = layout.states
        statusWords = WordCache { text in
            let raw = text.lowercased()
            let word = normal(text)
            if let own = states[raw] ?? states[word] ?? StatusWords.status(word) { return own }
            // “6 - Resolved” and “3 closed”.
            let rest = String(word.drop { $0.isNumber })
            return rest.isEmpty ? nil : states[rest] ?? StatusWords.status(rest)
        }
        categoryWords = WordCache { text in
            switch normal(text) {
            case "todo", "new", "待办", "nyt", "ny", "skaludføres": .new
            case "inprogress", "indeterminate", "处理中", "进行中", "igang": .inProgress
            case "done", "complete", "完成", "已完成", "udført", "færdig": .resolved
            default: nil
            }
        }
        let kinds = layout.kinds
        kindWords = WordCache { text in
            let word = normal(text)
            return kinds[word] ?? FieldWords.kind(word)
        }
        let (oneIsHighest, highestNumber) = (layout.oneIsHighest, layout.highestNumber)
        priorityWords = WordCache { text in
            let word = normal(text)
            if let highestNumber, word.allSatisfy(\.isNumber) { return word == highestNumber }
            return FieldWords.isMajor(word, oneIsHighest: oneIsHighest)
        }
        closeWords = WordCache { text in
            let word = normal(text)
            return CloseWord(isWorkaround: FieldWords.isWorkaround(word), isDuplicate: FieldWords.isDuplicate(word))
        }
        changeTypes = WordCache { FieldWords.changeType(normal($0)) }
        outcomes = WordCache { FieldWords.changeOutcome(normal($0)) }
        answers = WordCache { FieldWords.yesOrNo(normal($0)) }
    }

    mutating func make(
        _ parser: borrowing RowParser, _ notes: inout DoctorsNotes, _ names: inout Names, _ pseudonyms: inout Pseudonyms
    ) -> Made {
        rows += 1
        let line = parser.line
        let bytes = parser.window.span
        var t = Ticket(number: "", openedAt: Moment(seconds: 0))
        t.line = Int32(clamping: line)
        var opened: Moment?
        var status: TicketStatus?
        var kind: TicketKind?
        var isDuplicate = false
        var openedUnreadable = ""

        for s in steps.indices {
            let column = steps[s].column
            guard column < parser.fieldsKept else { continue }
            let place = parser.fields[column]
            let cell = bytes.extracting(Int(place.start)..<Int(place.end))
            let value = cell.extracting(trimmed(cell))
            if value.count <= 4, isNone(value) { continue }
            let field = steps[s].field
            if !steps[s].isRepeat { steps[s].filled += 1 }
            switch field {
            case .id:
                if !t.number.isEmpty { continue }
                guard value.count <= Self.numberBytesMax else {
                    return .rejected(
                        .numberTooLong, "the ticket number has \(value.count) bytes; check the column “\(name(column))”"
                    )
                }
                t.number = number(value)
                if kind == nil { kind = kindFromPrefix(value) }
            case .openedAt, .resolvedAt, .closedAt, .firstResponseAt, .dueAt, .updatedAt:
                switch steps[s].dates?.read(value, &clock) ?? .garbage {
                case .none: steps[s].filled -= steps[s].isRepeat ? 0 : 1
                case .garbage:
                    notes.doctor.unreadableDates[field, default: Doctor.Lines()].take(line)
                    if field == .openedAt {
                        openedUnreadable =
                            "the date “\(string(value.extracting(0..<min(40, value.count))))” of the column "
                            + "“\(name(column))” cannot be read; correct it, or check the mapping"
                    }
                case .moment(let moment):
                    switch field {
                    case .openedAt: opened = opened ?? moment
                    case .resolvedAt: t.resolvedAt = t.resolvedAt ?? moment
                    case .closedAt: t.closedAt = t.closedAt ?? moment
                    case .firstResponseAt: t.firstResponseAt = t.firstResponseAt ?? moment
                    case .dueAt: t.dueAt = t.dueAt ?? moment
                    default: t.updatedAt = t.updatedAt ?? moment
                    }
                }
            case .status:
                if !t.state.isNone { continue }
                t.state = intern(value, &names, &notes, line)
                status = statusWords.value(value)
            case .kind: kind = kindWords.value(value) ?? kind
            case .service: set(.service, value, &t, &names, &notes, line)
            case .category: set(.category, value, &t, &names, &notes, line)
            case .subcategory: set(.subcategory, value, &t, &names, &notes, line)
            case .group: set(.group, value, &t, &names, &notes, line)
            case .location: set(.location, value, &t, &names, &notes, line)
            case .channel: set(.channel, value, &t, &names, &notes, line)
            case .segment: set(.segment, value, &t, &names, &notes, line)
            case .priority:
                set(.priority, value, &t, &names, &notes, line)
                if t.isMajor != true { t.isMajor = priorityWords.value(value) ?? t.isMajor }
            case .department: if t.department.isNone { t.department = intern(value, &names, &notes, line) }
            case .assignee: if t.assignee.isNone { t.assignee = pseudonyms.name(of: value, in: &names) }
            case .requester: if t.requester.isNone { t.requester = pseudonyms.name(of: value, in: &names) }
            case .updatedBy: if t.updatedBy.isNone { t.updatedBy = pseudonyms.name(of: value, in: &names) }
            case .closeCode:
                if !t.closeCode.isNone { continue }
                t.closeCode = intern(value, &names, &notes, line)
                if let word = closeWords.value(value) {
                    t.isWorkaround = t.isWorkaround ?? word.isWorkaround
                    isDuplicate = word.isDuplicate
                }
            case .reopenCount: t.reopenCount = t.reopenCount ?? count(value)
            case .reassignmentCount: t.reassignmentCount = t.reassignmentCount ?? count(value)
            case .slaMet:
                if layout.slaIsMinutesLeft, let left = decimal(value) {
                    t.slaMet = left >= 0
                } else if let yes = answers.value(value) {
                    t.slaMet = layout.slaIsMissed ? !yes : yes
                }
            case .major:
                // A flag that says yes outranks the priority; one that says no does not lower it.
                if let yes = answers.value(value) { t.isMajor = yes || t.isMajor == true }
            case .workaround: t.isWorkaround = answers.value(value) ?? t.isWorkaround
            case .firstContact: t.isFirstContact = answers.value(value)
            case .workMinutes: t.workMinutes = t.workMinutes ?? minutes(value, per: layout.minutesPerUnit)
            case .satisfaction: t.satisfaction = t.satisfaction ?? decimal(value)
            case .problem: if t.problem.isEmpty { t.problem = text(value, Self.numberBytesMax) }
            case .causedBy: if t.causedBy.isEmpty { t.causedBy = text(value, Self.numberBytesMax) }
            case .changeType: t.changeType = t.changeType ?? changeTypes.value(value)
            case .changeOutcome: t.changeOutcome = t.changeOutcome ?? outcomes.value(value)
            case .unauthorized: t.isUnauthorized = answers.value(value)
            case .title:
                if checksText { check(value, &notes, line) }
                t.title = t.title.isEmpty ? text(value, Self.titleBytesMax) : t.title
            case .text:
                if checksText { check(value, &notes, line) }
                let part = text(value, Self.textBytesMax)
                if t.text.isEmpty {
                    t.text = part
                } else if t.text.utf8.count + part.utf8.count < Self.textBytesMax {
                    t.text += "\n" + part
                }
            }
        }

        if t.number.isEmpty {
            return .rejected(.noNumber, "has no ticket number; check the column “\(inspection.column(.id))”")
        }
        guard let opened else {
            return openedUnreadable.isEmpty
                ? .rejected(
                    .noOpenedAt, "does not say when it was opened; check the column “\(inspection.column(.openedAt))”")
                : .rejected(.openedAtUnreadable, openedUnreadable)
        }
        t.openedAt = opened
        t.kind = kindSaid ?? kind ?? kindOtherwise
        if let closed = t.closedAt, closed < opened {
            notes.doctor.impossibleOrders[.closedBeforeOpened, default: Doctor.Lines()].take(line)
            return .rejected(
                .closedBeforeOpened,
                "closed before it was opened; check the time zone of the column “\(inspection.column(.closedAt))”")
        }
        if let resolved = t.resolvedAt {
            if resolved < opened {
                notes.doctor.impossibleOrders[.resolvedBeforeOpened, default: Doctor.Lines()].take(line)
            }
            if let closed = t.closedAt, closed < resolved {
                notes.doctor.impossibleOrders[.closedBeforeResolved, default: Doctor.Lines()].take(line)
            }
        }
        if let responded = t.firstResponseAt, responded < opened {
            notes.doctor.impossibleOrders[.respondedBeforeOpened, default: Doctor.Lines()].take(line)
        }
        t.status = status ?? statusByTimes(t)
        if !hints.isEmpty { takeHints(parser, status, &t) }
        if isDuplicate, t.status.isDone { t.status = .merged }
        return .ticket(t)
    }

    /// What the doctor says of all rows together.
    func finish(_ notes: inout DoctorsNotes) {
        var counts: [Field: Int] = [:]
        for step in steps where !step.isRepeat { counts[step.field] = step.filled }
        if rows > 0 {
            for (field, filled) in counts { notes.doctor.emptyShare[field] = 1 - Double(filled) / Double(rows) }
        }
        notes.findUnanswered(
            mapping: inspection.mapping, grain: grain, filled: counts, kind: kindSaid ?? layout.kind)
    }

    // MARK: Cells

    private func name(_ column: Int) -> String { inspection.header[column] }

    @inline(__always)
    private func set(
        _ dimension: Dimension, _ value: Span<UInt8>, _ t: inout Ticket, _ names: inout Names,
        _ notes: inout DoctorsNotes, _ line: Int
    ) {
        if t.attributes[dimension].isNone { t.attributes[dimension] = intern(value, &names, &notes, line) }
    }

    @inline(__always)
    private func intern(
        _ value: Span<UInt8>, _ names: inout Names, _ notes: inout DoctorsNotes, _ line: Int
    ) -> Name {
        if checksText { check(value, &notes, line) }
        return names.name(
            utf8: value.count <= Self.nameBytesMax ? value : value.extracting(0..<whole(value, Self.nameBytesMax)))
    }

    private func check(_ value: Span<UInt8>, _ notes: inout DoctorsNotes, _ line: Int) {
        guard looksGarbled(value) else { return }
        if notes.doctor.mojibake == nil {
            notes.doctor.mojibake = Doctor.Mojibake(
                line: line, sample: string(value.extracting(0..<whole(value, 80))))
        }
        notes.doctor.mojibake?.cells += 1
    }

    /// The longest beginning within so many bytes that does not cut a character.
    private func whole(_ value: Span<UInt8>, _ most: Int) -> Int {
        guard value.count > most else { return value.count }
        var end = most
        while end > 0, value[end] & 0xc0 == 0x80 { end -= 1 }
        return end
    }

    private func text(_ value: Span<UInt8>, _ most: Int) -> String {
        let text = string(value.count <= most ? value : value.extracting(0..<whole(value, most)))
        guard layout.escapesLineBreaks, text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        return unescaped(text)
    }

    private func unescaped(_ text: String) -> String {
        var out: [UInt8] = []
        var isEscaped = false
        for byte in text.utf8 {
            if isEscaped {
                isEscaped = false
                switch byte {
                case UInt8(ascii: "n"): out.append(lineFeed)
                case UInt8(ascii: "r"): break
                case UInt8(ascii: "t"): out.append(9)
                case UInt8(ascii: "\\"): out.append(byte)
                default: out += [UInt8(ascii: "\\"), byte]
                }
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The number as it stands; blanks between the thousands of a plain number are left out.
    private func number(_ value: Span<UInt8>) -> String {
        var hasBlank = false
        for i in value.indices {
            let byte = value[i]
            if byte >= 48 && byte <= 57 { continue }
            if byte == 32 || byte == 0xc2 || byte == 0xa0 || byte == 0xe2 || byte == 0x80 || byte == 0xaf {
                hasBlank = true
                continue
            }
            return string(value)
        }
        guard hasBlank else { return string(value) }
        var digits: [UInt8] = []
        for i in value.indices where value[i] >= 48 && value[i] <= 57 { digits.append(value[i]) }
        return String(decoding: digits, as: UTF8.self)
    }

    private func kindFromPrefix(_ value: Span<UInt8>) -> TicketKind? {
        if iTopPrefixes, value.count > 2, value[1] == UInt8(ascii: "-") {
            switch value[0] {
            case UInt8(ascii: "I"): return .incident
            case UInt8(ascii: "R"): return .request
            case UInt8(ascii: "C"): return .change
            case UInt8(ascii: "P"): return .problem
            default: return nil
            }
        }
        guard prefixesTellKinds else { return nil }
        var letters = 0
        while letters < value.count, small(value[letters]) &- 97 < 26 { letters += 1 }
        guard letters < value.count, letters >= 3 || letters == 2 else { return nil }
        let head = value.extracting(0..<letters)
        if equals(head, "inc") || equals(head, "incident") { return .incident }
        if equals(head, "req") || equals(head, "ritm") || equals(head, "sctask") || equals(head, "sr") {
            return .request
        }
        if equals(head, "prb") || equals(head, "pbi") { return .problem }
        if equals(head, "chg") || equals(head, "crq") || equals(head, "rfc") { return .change }
        return nil
    }

    /// Without a word for it: what the times say, as of the row's own update.
    private func statusByTimes(_ t: Ticket) -> TicketStatus {
        let now = grain == .rowPerUpdate ? t.updatedAt : nil
        if let closed = t.closedAt, closed <= now ?? closed { return .closed }
        if let resolved = t.resolvedAt, resolved <= now ?? resolved { return .resolved }
        return t.state.isNone ? .new : .inProgress
    }

    private mutating func takeHints(_ parser: borrowing RowParser, _ known: TicketStatus?, _ t: inout Ticket) {
        let bytes = parser.window.span
        for (hint, column) in hints where column < parser.fieldsKept {
            let place = parser.fields[column]
            let cell = bytes.extracting(Int(place.start)..<Int(place.end))
            let value = cell.extracting(trimmed(cell))
            if isNone(value) { continue }
            switch hint {
            case .statusCategory: if known == nil, let coarse = categoryWords.value(value) { t.status = coarse }
            case .effectiveID: if number(value) != t.number { t.status = .merged }
            case .deleted: if answers.value(value) == true { t.status = .cancelled }
            case .firstClosedAt:
                // Closed once more than the first time: it was opened again, at least once.
                if case .moment(let first) = hintDates.read(value, &clock), let last = t.resolvedAt,
                    t.reopenCount == nil
                {
                    t.reopenCount = first < last ? 1 : 0
                }
            }
        }
    }
}

/// What the words of a column stand for, each worked out once.
struct WordCache<Value> {
    private var words = Names()
    private var values: [Value?] = [nil]
    private let make: (String) -> Value?
    /// A column with more different words than this has no vocabulary; each is then worked out when it comes.
    private static var wordsMax: Int { 10_000 }

    init(_ make: @escaping (String) -> Value?) { self.make = make }

    mutating func value(_ bytes: Span<UInt8>) -> Value? {
        guard words.count < Self.wordsMax, bytes.count <= TicketMaker.nameBytesMax else { return make(string(bytes)) }
        let code = Int(words.name(utf8: bytes).code)
        if code == values.count { values.append(make(words[Name(code: UInt32(code))])) }
        return values[code]
    }
}

// MARK: Numbers

/// `3`, `3.0`; nil for what is not a count.
func count(_ value: Span<UInt8>) -> Int32? {
    // Nearly all counts are a digit or two.
    var plain: Int32 = 0
    var i = 0
    while i < value.count, i < 6, value[i] >= 48, value[i] <= 57 {
        plain = plain * 10 + Int32(value[i] - 48)
        i += 1
    }
    if i == value.count, i > 0 { return plain }
    guard let number = decimal(value), number >= 0, number < 1_000_000 else { return nil }
    return Int32(number)
}

/// `1.5`, `1,5`, `1 234,5`, `1.234,56` and `1,234.56`; nil for what is not a number.
///
/// The last sign is the decimal one, unless it occurs again: then it divides thousands.
func decimal(_ value: Span<UInt8>) -> Double? {
    guard value.count > 0, value.count <= 32 else { return nil }
    var lastComma = -1
    var lastStop = -1
    var commas = 0
    var stops = 0
    for i in value.indices {
        if value[i] == UInt8(ascii: ",") {
            lastComma = i
            commas += 1
        } else if value[i] == UInt8(ascii: ".") {
            lastStop = i
            stops += 1
        }
    }
    var point = max(lastComma, lastStop)
    if point == lastComma && commas > 1 || point == lastStop && stops > 1 { point = -1 }
    var text: [UInt8] = []
    for i in value.indices {
        let byte = value[i]
        switch byte {
        case 48...57: text.append(byte)
        case UInt8(ascii: "-") where text.isEmpty, UInt8(ascii: "+") where text.isEmpty: text.append(byte)
        case UInt8(ascii: ","), UInt8(ascii: "."): if i == point { text.append(UInt8(ascii: ".")) }
        case 32, 0xc2, 0xa0, 0xe2, 0x80, 0xaf: continue
        default: return nil
        }
    }
    return Double(String(decoding: text, as: UTF8.self))
}

/// Minutes from a number of units, or from `1:05` and `1:05:30`, which are hours everywhere.
func minutes(_ value: Span<UInt8>, per unit: Double) -> Double? {
    var parts: [Double] = [0]
    for i in value.indices {
        if value[i] == UInt8(ascii: ":") {
            parts.append(0)
        } else if value[i] >= 48, value[i] <= 57 {
            parts[parts.count - 1] = parts[parts.count - 1] * 10 + Double(value[i] - 48)
        } else {
            return decimal(value).flatMap { $0 >= 0 ? $0 * unit : nil }
        }
    }
    switch parts.count {
    case 1: return parts[0] * unit
    case 2: return parts[0] * 60 + parts[1]
    case 3: return parts[0] * 60 + parts[1] + parts[2] / 60
    default: return nil
    }
}
