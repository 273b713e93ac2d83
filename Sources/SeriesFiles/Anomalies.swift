import Connectors
import Statistics

/// Scores the rows of a file `timestamp,value` as a stream.
///
/// What has been read is scored and written before more is waited for, so a pipe sees scores as rows come. Memory is flat.
/// The cells of time and value are echoed as they were written. An empty value is missing. The hours of the day are those on
/// the clock that the times are written in; a zone at their end (`Z`, `+02:00`) is understood.
/// - Parameters:
///   - path: A file, or `-` for standard input.
///   - write: Takes the CSV `timestamp,value,score` piece by piece, and should pass it on at once.
/// - Throws: `SeriesFileError` with the line, `ConnectorError` where the file cannot be read, or what `write` throws.
public func anomalies(of path: String, shownAs name: String, write: ([UInt8]) throws -> Void) throws {
    var stream = AnomalyStream(named: name)
    var pending: [UInt8] = []  // a line that is not complete yet, and what came after it
    func takePending(isEnd: Bool) throws {
        pending.removeFirst(try stream.take(pending.span, isEnd: isEnd))
        if !stream.output.isEmpty {
            try write(stream.output)
            stream.output.removeAll(keepingCapacity: true)
        }
        if pending.count >= AnomalyStream.lineBytes {
            throw stream.error("has no end within \(AnomalyStream.lineBytes) bytes; is this a CSV file?")
        }
    }
    try eachPiece(of: path, shownAs: name) { piece in
        pending.append(contentsOf: piece)
        try takePending(isEnd: false)
    }
    try takePending(isEnd: true)
    try stream.finish()
}

/// Reads lines out of bytes as they come, scores them, and gathers what is to be written.
struct AnomalyStream {
    /// Longer than any line.
    static let lineBytes = 256 * 1024

    /// What is to be written.
    var output: [UInt8] = []
    private let name: String
    private var line = 0
    private var columns: (time: Int, value: Int)?
    private var times = TimestampReader()
    private var detector = AnomalyDetector()

    init(named name: String) {
        self.name = name
        output.reserveCapacity(2 * Self.lineBytes)
    }

    /// Takes the complete lines of the bytes; at the end also the last one.
    /// - Returns: How many bytes were used.
    mutating func take(_ bytes: Span<UInt8>, isEnd: Bool) throws(SeriesFileError) -> Int {
        var start = 0
        var end = 0
        while end < bytes.count {
            guard bytes[end] == UInt8(ascii: "\n") else {
                end += 1
                continue
            }
            try takeLine(bytes, start..<end)
            end += 1
            start = end
        }
        if isEnd, start < end {
            try takeLine(bytes, start..<end)
            start = end
        }
        return start
    }

    /// Says so when there was nothing at all.
    func finish() throws(SeriesFileError) {
        if columns == nil { throw SeriesFileError("\(name):1: is empty; write a header timestamp,value and rows") }
    }

    func error(_ text: String) -> SeriesFileError { SeriesFileError("\(name):\(line + 1): \(text)") }

    private mutating func takeLine(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(SeriesFileError) {
        var range = range
        if let last = range.last, bytes[last] == UInt8(ascii: "\r") { range = range.lowerBound..<last }
        guard let columns else {
            try takeHeader(bytes, range)
            line += 1
            return
        }
        if range.isEmpty {
            line += 1
            return
        }
        guard let time = field(columns.time, of: bytes, in: range),
            let value = field(columns.value, of: bytes, in: range)
        else { throw error("has too few fields for the header; separate them by commas") }

        let bareTime = bare(time, of: bytes)
        guard let stamp = times.read(bytes, bareTime) else {
            throw error(
                "“\(text(bareTime, of: bytes))” is not a time; write 2024-05-31 13:45:00, or seconds since 1970")
        }
        let bareValue = bare(value, of: bytes)
        guard let number = decimal(bytes, bareValue) else {
            throw error("“\(text(bareValue, of: bytes))” is not a number; leave a missing value empty")
        }
        let anomaly = detector.score(number, at: stamp.seconds, offset: stamp.offset)
        for i in time { output.append(bytes[i]) }
        output.append(UInt8(ascii: ","))
        for i in value { output.append(bytes[i]) }
        output.append(UInt8(ascii: ","))
        append(score: anomaly.score)
        output.append(UInt8(ascii: "\n"))
        line += 1
    }

    private mutating func takeHeader(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(SeriesFileError) {
        var range = range
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if range.count >= 3, (0..<3).allSatisfy({ bytes[range.lowerBound + $0] == mark[$0] }) {
            range = range.lowerBound + 3..<range.upperBound
        }
        var names: [String] = []
        while let next = field(names.count, of: bytes, in: range) {
            names.append(text(bare(next, of: bytes), of: bytes))
        }
        guard let time = names.firstIndex(of: "timestamp"), let value = names.firstIndex(of: "value") else {
            throw error("the header is not timestamp,value; rename the columns")
        }
        columns = (time, value)
        output.append(contentsOf: "timestamp,value,score\n".utf8)
    }

    /// The field at a place of a line, with its quotation marks; nil where there are fewer.
    private func field(_ place: Int, of bytes: Span<UInt8>, in range: Range<Int>) -> Range<Int>? {
        var start = range.lowerBound
        var place = place
        var isQuoted = false
        for i in range {
            if bytes[i] == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard bytes[i] == UInt8(ascii: ","), !isQuoted else { continue }
            if place == 0 { return start..<i }
            place -= 1
            start = i + 1
        }
        return place == 0 ? start..<range.upperBound : nil
    }

    /// A field without the blanks and quotation marks around it.
    private func bare(_ range: Range<Int>, of bytes: Span<UInt8>) -> Range<Int> {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isBlank(bytes[start]) { start += 1 }
        while start < end, isBlank(bytes[end - 1]) { end -= 1 }
        let quote = UInt8(ascii: "\"")
        if end - start >= 2, bytes[start] == quote, bytes[end - 1] == quote { return start + 1..<end - 1 }
        return start..<end
    }

    private func text(_ range: Range<Int>, of bytes: Span<UInt8>) -> String {
        String(decoding: range.prefix(60).map { bytes[$0] }, as: UTF8.self)
    }

    /// The score as a decimal number with as many of nine digits as it needs.
    private mutating func append(score: Double) {
        var rest = UInt32((score * 1e9).rounded())
        if rest >= 1_000_000_000 {
            output.append(contentsOf: "1.0".utf8)
            return
        }
        output.append(contentsOf: "0.".utf8)
        var unit: UInt32 = 100_000_000
        repeat {
            output.append(UInt8(ascii: "0") + UInt8(rest / unit))
            rest %= unit
            unit /= 10
        } while rest > 0
    }
}
