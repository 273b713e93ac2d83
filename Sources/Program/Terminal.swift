import Foundation
import Glibc
import Synchronization

/// Standard output and error: text for people, and progress only where a person is looking.
enum Terminal {
    static var isErrorSeen: Bool { isatty(2) == 1 }
    static var isOutputSeen: Bool { isatty(1) == 1 }

    /// Colour only on a terminal, and never where NO_COLOR is set.
    static var hasColour: Bool {
        isOutputSeen && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
    }

    /// A line on standard error.
    static func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

    /// Text on standard output.
    static func write(_ text: String) throws {
        do { try FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) } catch {
            throw Failure(message: "standard output: cannot be written; is the disk full?", code: 74)
        }
    }

    static func clearProgress() {
        if isErrorSeen { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }

    static func bold(_ text: String) -> String { hasColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    static func worse(_ text: String) -> String { hasColour ? "\u{1B}[38;5;166m\(text)\u{1B}[0m" : text }
    static func better(_ text: String) -> String { hasColour ? "\u{1B}[38;5;30m\(text)\u{1B}[0m" : text }
}

/// A line that says how far long work is, how fast it goes, and how long it will still take. Silent for the first second,
/// and where nobody is looking.
final class ProgressLine: Sendable {
    private let label: String
    private let unit: String
    private let start = ContinuousClock.now
    /// When it was last drawn: the reading thread and the writing task may both ask.
    private let drawn = Mutex(ContinuousClock.now)
    private let isOn: Bool

    init(_ label: String, unit: String, quiet: Bool) {
        self.label = label
        self.unit = unit
        isOn = !quiet && Terminal.isErrorSeen
    }

    func show(_ done: Int, of total: Int) {
        guard isOn else { return }
        let now = ContinuousClock.now
        let isDue = drawn.withLock { last in
            guard now - start > .seconds(1), now - last > .milliseconds(100) else { return false }
            last = now
            return true
        }
        guard isDue else { return }
        let seconds = Double((now - start).components.seconds) + 1e-3
        let rate = Double(done) / seconds
        var line = "\(label): \(done) of \(total) \(unit), \(Int(rate)) a second"
        if rate > 0, total > done { line += ", \(Int(Double(total - done) / rate) + 1) s left" }
        FileHandle.standardError.write(Data(("\r\u{1B}[K" + line).utf8))
    }

    func finish() { if isOn { Terminal.clearProgress() } }
}
