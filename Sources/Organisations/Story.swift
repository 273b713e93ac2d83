// Sample organisations whose truth is known.
//
// A method that finds causes and judges changes can only be believed when it is right about a world whose causes are known.
// These worlds are small service organisations over two years: tickets with categories, groups, channels and places; answers to
// surveys; readings of what runs. They have what real ones have and a test must survive: working weeks, seasons, holidays,
// growth, skewed times, bad weeks that come by themselves and go by themselves, tickets that are still open at the end.
//
// Every number is drawn from the seed, the day and the stream of tickets, and from nothing else. So the same seed gives the
// same bytes, and two worlds that differ in one effect only are the same in everything else, ticket for ticket.
//
// Left out on purpose: time zones (local clocks are taken for UTC), and people who write twice about the same thing.

/// One of the sample organisations.
public enum Story: String, CaseIterable, Sendable, Codable {
    /// Satisfaction falls because answers take longer; automatic answers help simple questions, and the gain slips.
    case retailer
    /// Late departures and slow service; planning, self-service check-in and training.
    case airline
    /// Slow systems and security weaknesses lead the complaints; several measures get better, none at another's cost.
    case bank
    /// An improvement that does nothing, begun at the worst moment.
    case chance
    /// An improvement that reaches its goal and harms something else.
    case harm

    /// The three that are shown to people; the other two are for testing judgement.
    public static let shown: [Story] = [.retailer, .airline, .bank]
}

/// A language that names and texts are written in.
public enum Tongue: String, CaseIterable, Sendable, Codable { case en, da, zh }

/// The same thing said in three languages.
public struct Wording: Sendable, Hashable {
    public let en: String
    public let da: String
    public let zh: String

    /// English, Danish and Chinese, in this order.
    public init(_ en: String, _ da: String, _ zh: String) {
        self.en = en
        self.da = da
        self.zh = zh
    }

    public subscript(tongue: Tongue) -> String {
        switch tongue {
        case .en: en
        case .da: da
        case .zh: zh
        }
    }
}
