import Records

// A table as text, cut into rows and fields.
//
// The rules of RFC 4180, and what people really have: any of the usual delimiters, CR, LF or CRLF, quotes in the middle of
// a field, quotes that are never closed. The parser is a state machine over a window of UTF-8 bytes: it can stop at any
// byte and go on when more have come, so its answer does not depend on how the bytes were cut into pieces. Fields are
// places in the window; nothing is copied but fields with doubled quotes, which are closed up in place.
//
// A quote that is never closed would swallow the rest of the file. When that shows (the row grows beyond all measure, the
// file ends, or text follows a closing quote some lines later), the first line of the row is given up alone, and reading
// goes on at the next.

/// Where a field lies in the window.
struct FieldPlace {
    var start: Int32
    var end: Int32
    /// It holds quotes that stand for something: see `RowParser.closeUp`.
    var isQuoted: Bool
}

struct RowParser {
    /// A row longer than this is not a row of a ticket; it would only fill the memory.
    static let rowBytesMax = 4 * 1024 * 1024
    /// Far more columns than any export has.
    static let fieldsMax = 8192

    enum Step {
        case row
        /// The row from `line` on was given up, for this reason; `rawText` has its text.
        case broken(Broken)
        case needsMore
        case end
    }

    enum Broken: Sendable, Equatable { case tooLong, quoteNotClosed, endsInsideQuotes }

    let delimiter: UInt8
    private let rowBytesMax: Int
    /// Only the bytes before `end` count.
    private(set) var window: [UInt8] = []
    private(set) var end = 0

    /// The fields of the latest row stand at the start; room for all that are kept is made once.
    private(set) var fields = [FieldPlace](
        repeating: FieldPlace(start: 0, end: 0, isQuoted: false), count: RowParser.fieldsMax)
    /// How many fields the latest row has in truth.
    private(set) var fieldCount = 0
    /// How many of them stand in `fields`.
    var fieldsKept: Int { min(fieldCount, Self.fieldsMax) }
    /// The line on which the latest row begins, counted from 1.
    private(set) var line = 1
    /// Set from the header: what a line must have to be taken for a row when quotes are out of order.
    var expectedFields = 0

    private enum State { case start, plain, quoted, tail, skipping }
    private var state = State.start
    private var position = 0
    private var rowStart = 0
    private var rowEnd = 0
    private var fieldStart = 0
    private var hasQuotes = false
    private var nextLine = 1
    private var lineBreaks = 0
    private var isFirst = true
    private var isBetweenRows = true
    private var fieldHasQuotes = false
    private var isAfterReturn = false
    private var rawCopy: [UInt8] = []

    init(delimiter: UInt8, rowBytesMax: Int = RowParser.rowBytesMax) {
        self.delimiter = delimiter
        self.rowBytesMax = rowBytesMax
    }

    /// Adds bytes behind those that are there; rows already given are dropped. Places in `fields` hold no longer.
    mutating func add(_ bytes: Span<UInt8>) {
        let dropped = rowStart
        if end + bytes.count > window.count {
            if dropped > 0 {
                let kept = end - dropped
                unsafe window.withUnsafeMutableBytes { all in
                    unsafe UnsafeMutableRawBufferPointer(rebasing: all[0..<kept]).copyMemory(
                        from: UnsafeRawBufferPointer(rebasing: all[dropped..<dropped + kept]))
                }
                end = kept
                position -= dropped
                fieldStart -= dropped
                rowStart = 0
                for i in 0..<fieldsKept {
                    fields[i].start -= Int32(truncatingIfNeeded: dropped)
                    fields[i].end -= Int32(truncatingIfNeeded: dropped)
                }
            }
            let needed = end + bytes.count
            if needed > window.count {
                window.append(contentsOf: repeatElement(0, count: max(needed, window.count * 2) - window.count))
            }
        }
        let start = end
        unsafe window.withUnsafeMutableBytes { all in
            unsafe bytes.withUnsafeBytes { from in
                unsafe UnsafeMutableRawBufferPointer(rebasing: all[start..<start + from.count]).copyMemory(from: from)
            }
        }
        end += bytes.count
    }

    /// Goes on to the next row.
    /// - Parameter isLast: No more bytes will be added.
    mutating func next(isLast: Bool) -> Step {
        if isFirst {
            // The mark of UTF-8, or what is left of that of UTF-16.
            if end - position < 3, !isLast { return .needsMore }
            if end - position >= 3, window[position] == 0xef, window[position + 1] == 0xbb, window[position + 2] == 0xbf
            {
                position += 3
                rowStart = 3
            }
            isFirst = false
        }
        if state == .skipping, !skipLine(isLast: isLast) { return isLast ? .end : .needsMore }
        if isBetweenRows { beginRow() }
        // The window is taken out while it is looked at, because the places in it are written down meanwhile.
        var window: [UInt8] = []
        var fields: [FieldPlace] = []
        swap(&window, &self.window)
        swap(&fields, &self.fields)
        var places = fields.mutableSpan
        var step = scan(window.span.extracting(0..<end), &places, isLast: isLast)
        if case .needsMore = step, end - rowStart > rowBytesMax {
            step = giveUp(.tooLong, window.span.extracting(0..<end))
        }
        swap(&window, &self.window)
        swap(&fields, &self.fields)
        if case .row = step, hasQuotes {
            rawCopy = Array(self.window[rowStart..<min(rowEnd, rowStart + Reject.rowBytesMax)])
            for f in 0..<fieldsKept where self.fields[f].isQuoted { closeUp(f) }
        }
        return step
    }

    /// The text of the latest row, or of the line given up, cut after `Reject.rowBytesMax` bytes.
    var rawText: String {
        String(
            decoding: rawCopy.isEmpty ? Array(window[rowStart..<min(rowEnd, rowStart + Reject.rowBytesMax)]) : rawCopy,
            as: UTF8.self)
    }

    private mutating func beginRow() {
        isBetweenRows = false
        rowStart = position
        fieldStart = position
        fieldCount = 0
        line = nextLine
        lineBreaks = 0
        hasQuotes = false
        if !rawCopy.isEmpty { rawCopy.removeAll(keepingCapacity: true) }
    }

    private mutating func scan(
        _ bytes: Span<UInt8>, _ places: inout MutableSpan<FieldPlace>, isLast: Bool
    ) -> Step {
        let delimiter = self.delimiter
        let delimiters = UInt64(delimiter) &* ones
        var i = position
        while true {
            switch state {
            case .start:
                fieldStart = i
                guard i < bytes.count else {
                    position = i
                    if !isLast { return .needsMore }
                    // A file that ends after a delimiter has one more, empty field; one that ends after a line has none.
                    if fieldCount == 0 { return .end }
                    addField(&places, from: i, to: i, isQuoted: false)
                    return endRow(at: i, next: i)
                }
                if bytes[i] == quote {
                    i += 1
                    fieldStart = i
                    state = .quoted
                } else {
                    state = .plain
                }
            case .plain, .tail:
                i = fieldEnd(bytes, from: i, delimiters)
                if i == bytes.count || bytes[i] == carriageReturn && i + 1 == bytes.count, !isLast {
                    position = i
                    return .needsMore
                }
                let isTail = state == .tail
                state = .start
                if isTail { hasQuotes = true }
                addField(&places, from: fieldStart, to: i, isQuoted: isTail)
                if i < bytes.count, bytes[i] == delimiter {
                    i += 1
                } else {
                    return endRow(at: i, next: afterLine(bytes, i))
                }
            case .quoted:
                while i < bytes.count {
                    let byte = bytes[i]
                    if byte == quote { break }
                    if byte == carriageReturn || byte == lineFeed && bytes[i - 1] != carriageReturn { lineBreaks += 1 }
                    i += 1
                }
                if i == bytes.count {
                    position = i
                    if !isLast { return .needsMore }
                    let isOneQuote = lineBreaks > 0 && nextLineLooksLikeARow(bytes)
                    return giveUp(isOneQuote ? .quoteNotClosed : .endsInsideQuotes, bytes)
                }
                if i + 1 == bytes.count, !isLast {
                    position = i
                    return .needsMore
                }
                let after = i + 1 < bytes.count ? bytes[i + 1] : lineFeed
                if after == quote {
                    hasQuotes = true
                    fieldHasQuotes = true
                    i += 2
                } else if after == delimiter || after == lineFeed || after == carriageReturn {
                    if after == carriageReturn, i + 2 >= bytes.count, !isLast {
                        position = i
                        return .needsMore
                    }
                    state = .start
                    // A field with doubled quotes reaches to behind its closing quote, so that closing up sees it all.
                    addField(&places, from: fieldStart, to: fieldHasQuotes ? i + 1 : i, isQuoted: fieldHasQuotes)
                    fieldHasQuotes = false
                    i += 1
                    if i < bytes.count, bytes[i] == delimiter {
                        i += 1
                    } else {
                        return endRow(at: i, next: afterLine(bytes, i))
                    }
                } else {
                    position = i
                    if lineBreaks > 0 { return giveUp(.quoteNotClosed, bytes) }
                    fieldHasQuotes = false
                    state = .tail
                    i += 1
                }
            case .skipping:
                position = i
                return .needsMore
            }
        }
    }

    @inline(__always)
    private mutating func addField(
        _ places: inout MutableSpan<FieldPlace>, from start: Int, to end: Int, isQuoted: Bool
    ) {
        if fieldCount < places.count {
            places[fieldCount] = FieldPlace(
                start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end), isQuoted: isQuoted)
        }
        fieldCount += 1
    }

    private mutating func endRow(at i: Int, next: Int) -> Step {
        rowEnd = i
        position = next
        nextLine = line + lineBreaks + 1
        state = .start
        isBetweenRows = true
        return .row
    }

    /// Takes out the quotes that stand for something: doubled ones become one, closing ones go.
    private mutating func closeUp(_ f: Int) {
        let last = Int(fields[f].end)
        var from = Int(fields[f].start)
        var to = from
        var isInside = true
        while from < last {
            let byte = window[from]
            if isInside, byte == quote {
                if from + 1 < last, window[from + 1] == quote {
                    window[to] = quote
                    to += 1
                    from += 2
                } else {
                    isInside = false
                    from += 1
                }
            } else {
                window[to] = byte
                to += 1
                from += 1
            }
        }
        fields[f].end = Int32(truncatingIfNeeded: to)
    }

    private func afterLine(_ bytes: Span<UInt8>, _ i: Int) -> Int {
        guard i < bytes.count else { return i }
        return bytes[i] == carriageReturn && i + 1 < bytes.count && bytes[i + 1] == lineFeed ? i + 2 : i + 1
    }

    /// Gives up the first line of the row, and goes back to the line after it.
    private mutating func giveUp(_ why: Broken, _ bytes: Span<UInt8>) -> Step {
        var i = rowStart
        while i < end, bytes[i] != lineFeed, bytes[i] != carriageReturn { i += 1 }
        rawCopy.removeAll()
        for k in rowStart..<min(i, rowStart + Reject.rowBytesMax) { rawCopy.append(bytes[k]) }
        if rawCopy.isEmpty { rawCopy = [32] }
        isBetweenRows = true
        fieldHasQuotes = false
        fieldCount = 0
        if why == .endsInsideQuotes {
            // What follows is the rest of a field: there is nothing more to be had.
            position = end
            rowStart = end
            rowEnd = end
            state = .start
        } else if i == end || bytes[i] == carriageReturn && i + 1 == end {
            position = end
            rowStart = end
            rowEnd = end
            state = .skipping
            isAfterReturn = i < end
        } else {
            position = bytes[i] == carriageReturn && bytes[i + 1] == lineFeed ? i + 2 : i + 1
            rowStart = position
            rowEnd = position
            nextLine = line + 1
            state = .start
        }
        return .broken(why)
    }

    /// Drops what is left of a line that was given up.
    /// - Returns: Whether its end has come.
    private mutating func skipLine(isLast: Bool) -> Bool {
        while position < end {
            let byte = window[position]
            if isAfterReturn {
                if byte == lineFeed { position += 1 }
                isAfterReturn = false
                return skipped()
            }
            position += 1
            if byte == lineFeed { return skipped() }
            if byte == carriageReturn { isAfterReturn = true }
        }
        rowStart = position
        return false
    }

    private mutating func skipped() -> Bool {
        state = .start
        rowStart = position
        rowEnd = position
        nextLine += 1
        return true
    }

    /// Whether the line after the row's first has the fields of a row, so that the quote and not the file is at fault.
    private func nextLineLooksLikeARow(_ bytes: Span<UInt8>) -> Bool {
        guard expectedFields > 1 else { return false }
        var i = rowStart
        while i < end, bytes[i] != lineFeed, bytes[i] != carriageReturn { i += 1 }
        if i + 1 < end, bytes[i] == carriageReturn, bytes[i + 1] == lineFeed { i += 1 }
        i += 1
        var count = 1
        var isInside = false
        while i < end {
            let byte = bytes[i]
            if byte == quote { isInside.toggle() }
            if !isInside {
                if byte == lineFeed || byte == carriageReturn { break }
                if byte == delimiter { count += 1 }
            }
            i += 1
        }
        return count == expectedFields
    }
}

private let ones: UInt64 = 0x0101_0101_0101_0101

/// The place of the next delimiter or line end, or the end. Eight bytes at a time: a byte that equals another becomes
/// zero under XOR, and the lowest zero shows by borrowing (Mycroft, 1987).
@inline(__always)
private func fieldEnd(_ bytes: Span<UInt8>, from start: Int, _ delimiters: UInt64) -> Int {
    let raw = unsafe bytes.bytes
    var i = start
    while i + 8 <= bytes.count {
        let word = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
        let a = word ^ delimiters
        let b = word ^ (UInt64(lineFeed) &* ones)
        let c = word ^ (UInt64(carriageReturn) &* ones)
        let found = ((a &- ones) & ~a | (b &- ones) & ~b | (c &- ones) & ~c) & (ones << 7)
        if found != 0 { return i + found.trailingZeroBitCount / 8 }
        i += 8
    }
    let delimiter = UInt8(truncatingIfNeeded: delimiters)
    while i < bytes.count {
        let byte = bytes[i]
        if byte == delimiter || byte == lineFeed || byte == carriageReturn { break }
        i += 1
    }
    return i
}

let quote = UInt8(ascii: "\"")
let lineFeed = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")
