import ArgumentParser
import Improvements
import Records

// What stands on the command line as a word and is a type of ours.

extension Day: ExpressibleByArgument {
    /// A day such as 2026-12-31.
    public init?(argument: String) { self.init(argument) }
}

extension Action.Kind: ExpressibleByArgument {}
extension Decision: ExpressibleByArgument {}
extension ExpectedShape: ExpressibleByArgument {}

extension Slice {
    /// From arguments such as `category=Email`, one a dimension.
    init(argument texts: [String], _ option: String) throws {
        let parts = try texts.map { text in
            let sides = text.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, let dimension = Dimension(rawValue: String(sides[0])) else {
                throw ValidationError("“\(option) \(text)” is not a dimension and its value, such as category=Email")
            }
            return Slice.Part(dimension, String(sides[1]))
        }
        guard Set(parts.map(\.dimension)).count == parts.count else {
            throw ValidationError("\(option) names a dimension twice")
        }
        self.init(parts)
    }
}
