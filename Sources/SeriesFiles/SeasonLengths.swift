/// Reads the lengths of seasons as they are written on the command line: `7`, or `24,168`.
/// - Parameters:
///   - text: Nil: none.
///   - least: The shortest that there is, in steps.
public func seasonLengths(_ text: String?, least: Int) throws(SeriesFileError) -> [Int] {
    guard let text else { return [] }
    var lengths: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let length = Int(part) else {
            throw SeriesFileError("“--season \(text)” is not a list of numbers such as 7 or 24,168")
        }
        guard length >= least else {
            throw SeriesFileError(
                "“--season \(text)” holds \(length); a season is at least \(least) step\(least == 1 ? "" : "s")")
        }
        lengths.append(length)
    }
    return lengths
}
