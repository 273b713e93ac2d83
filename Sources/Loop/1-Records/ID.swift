/// A row of the store, of one kind of thing: an `ID<Ticket>` is not an `ID<Import>`.
public struct ID<Thing>: Hashable, Comparable, Sendable, Codable {
    public let value: Int64

    @inlinable public init(_ value: Int64) { self.value = value }

    public static func < (a: ID, b: ID) -> Bool { a.value < b.value }

    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
