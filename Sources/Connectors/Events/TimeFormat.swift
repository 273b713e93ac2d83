import Records

/// A way to write moments, in the notation of strptime(3): `%d/%m/%Y %H:%M`.
///
/// Known are `%Y %y %m %d %j %H %I %M %S %f %p %b %B %z %Z %s %T %R %F %%`; a blank stands for any blanks, also none.
struct TimeFormat {
    private enum Part {
        case letter(UInt8)
        case blank
        case field(UInt8)
    }

    private let parts: [Part]

    /// - Returns: Nil for a letter that is not known, or a form from which no day can be told.
    init?(_ text: String) {
        var parts: [Part] = []
        var fields: Set<UInt8> = []
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                parts.append(byte <= 32 ? .blank : .letter(byte))
                continue
            }
            guard let letter = bytes.popFirst() else { return nil }
            let whole: String? =
                switch letter {
                case UInt8(ascii: "T"): "%H:%M:%S"
                case UInt8(ascii: "R"): "%H:%M"
                case UInt8(ascii: "F"): "%Y-%m-%d"
                default: nil
                }
            if let whole {
                bytes = Array(whole.utf8) + bytes
            } else if letter == UInt8(ascii: "%") {
                parts.append(.letter(letter))
            } else if "YymdjHIMSfpbBzZs".utf8.contains(letter) {
                parts.append(.field(letter))
                fields.insert(letter)
            } else {
                return nil
            }
        }
        let has = { (letters: String) in letters.utf8.contains { fields.contains($0) } }
        guard has("s") || has("Yy") && (has("j") || has("d") && has("mbB")) else { return nil }
        self.parts = parts
    }

    /// The same, for what someone typed.
    init(said text: String) throws(EventFileError) {
        guard let format = TimeFormat(text) else {
            throw EventFileError(
                message:
                    "--time-format \(text): is no form of a date; write it as %d/%m/%Y %H:%M or %Y-%m-%dT%H:%M:%S%z",
                exitCode: 64)
        }
        self = format
    }

    /// - Returns: Microseconds since 1970, in UTC where the cell has an offset, otherwise by the cell's own clock; nil when
    ///   the cell is written in another way.
    func read(_ b: Span<UInt8>) -> Int64? {
        var taken = Taken()
        var i = 0
        for part in parts {
            switch part {
            case .blank: while i < b.count, b[i] <= 32 { i += 1 }
            case .letter(let letter):
                guard i < b.count, b[i] == letter else { return nil }
                i += 1
            case .field(let field):
                guard taken.take(field, b, &i) else { return nil }
            }
        }
        return i == b.count ? taken.microseconds : nil
    }

    private struct Taken {
        var year = 1970
        var month = 1
        var day = 1
        var dayOfYear: Int?
        var hour = 0
        var minute = 0
        var second = 0
        var micros = 0
        var isAfternoon: Bool?
        var offset = 0
        var epoch: Int?

        mutating func take(_ field: UInt8, _ b: Span<UInt8>, _ i: inout Int) -> Bool {
            switch field {
            case UInt8(ascii: "Y"): return number(b, &i, digits: 4, 0...9999) { year = $0 }
            case UInt8(ascii: "y"): return number(b, &i, digits: 2, 0...99) { year = $0 < 69 ? 2000 + $0 : 1900 + $0 }
            case UInt8(ascii: "m"): return number(b, &i, digits: 2, 1...12) { month = $0 }
            case UInt8(ascii: "d"): return number(b, &i, digits: 2, 1...31) { day = $0 }
            case UInt8(ascii: "j"): return number(b, &i, digits: 3, 1...366) { dayOfYear = $0 }
            case UInt8(ascii: "H"): return number(b, &i, digits: 2, 0...23) { hour = $0 }
            case UInt8(ascii: "I"): return number(b, &i, digits: 2, 1...12) { hour = $0 % 12 }
            case UInt8(ascii: "M"): return number(b, &i, digits: 2, 0...59) { minute = $0 }
            case UInt8(ascii: "S"): return number(b, &i, digits: 2, 0...60) { second = min($0, 59) }
            case UInt8(ascii: "s"): return number(b, &i, digits: 11, 0...99_999_999_999) { epoch = $0 }
            case UInt8(ascii: "f"): return fraction(b, &i)
            case UInt8(ascii: "p"): return half(b, &i)
            case UInt8(ascii: "b"), UInt8(ascii: "B"): return monthName(b, &i)
            case UInt8(ascii: "z"): return zone(b, &i)
            default:  // %Z: a zone's name says nothing that could be relied on
                while i < b.count, small(b[i]) >= 97, small(b[i]) <= 122 { i += 1 }
                return true
            }
        }

        var microseconds: Int64? {
            if let epoch { return Int64(epoch) * 1_000_000 + Int64(micros) }
            var date = Day(year: year, month: month, day: day)
            if let dayOfYear { date = Day(year: year, month: 1, day: 1).map { $0 + (dayOfYear - 1) } }
            guard let date else { return nil }
            let hours = isAfternoon == true ? hour % 12 + 12 : hour
            let seconds = Int64(date.number) * 86_400 + Int64(hours * 3600 + minute * 60 + second - offset)
            return seconds * 1_000_000 + Int64(micros)
        }

        private func number(
            _ b: Span<UInt8>, _ i: inout Int, digits: Int, _ range: ClosedRange<Int>, _ set: (Int) -> Void
        ) -> Bool {
            var value = 0
            let from = i
            while i < b.count, i - from < digits, b[i] &- 48 < 10 {
                value = value * 10 + Int(b[i] - 48)
                i += 1
            }
            guard i > from, range.contains(value) else { return false }
            set(value)
            return true
        }

        private mutating func fraction(_ b: Span<UInt8>, _ i: inout Int) -> Bool {
            let from = i
            var unit = 100_000
            while i < b.count, b[i] &- 48 < 10 {
                micros += Int(b[i] - 48) * unit
                unit /= 10
                i += 1
            }
            return i > from
        }

        private mutating func half(_ b: Span<UInt8>, _ i: inout Int) -> Bool {
            guard i + 2 <= b.count, small(b[i + 1]) == UInt8(ascii: "m") else { return false }
            isAfternoon = small(b[i]) == UInt8(ascii: "p")
            let isMorning = small(b[i]) == UInt8(ascii: "a")
            i += 2
            return isMorning || isAfternoon == true
        }

        private mutating func monthName(_ b: Span<UInt8>, _ i: inout Int) -> Bool {
            let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
            guard i + 3 <= b.count else { return false }
            let start = String(decoding: [small(b[i]), small(b[i + 1]), small(b[i + 2])], as: UTF8.self)
            guard let place = names.firstIndex(of: start) else { return false }
            month = place + 1
            while i < b.count, small(b[i]) >= 97, small(b[i]) <= 122 { i += 1 }
            return true
        }

        private mutating func zone(_ b: Span<UInt8>, _ i: inout Int) -> Bool {
            guard i < b.count else { return false }
            if b[i] == UInt8(ascii: "Z") {
                i += 1
                return true
            }
            let isAhead = b[i] == UInt8(ascii: "+")
            guard isAhead || b[i] == UInt8(ascii: "-") else { return false }
            i += 1
            var (hours, minutes) = (0, 0)
            guard number(b, &i, digits: 2, 0...23, { hours = $0 }) else { return false }
            if i < b.count, b[i] == UInt8(ascii: ":") { i += 1 }
            if i < b.count { guard number(b, &i, digits: 2, 0...59, { minutes = $0 }) else { return false } }
            offset = (isAhead ? 1 : -1) * (hours * 3600 + minutes * 60)
            return true
        }
    }
}
