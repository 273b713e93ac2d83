import Records

/// What an organisation is made of, before anything has happened in it.
struct Blueprint: Sendable {
    var name: Wording
    var first = Day(known: "2024-01-01")
    var days = 728
    var rhythm: Rhythm
    var streams: [Stream]
    var channels: [Share]
    var places: [Share]
    var segments: [Share]
    /// Languages of the texts, with their shares.
    var tongues: [(Tongue, Double)]
    var staff: [String]
    var customers: [String]
    var survey: Survey?
    var gauges: [Gauge] = []
    var troubles: [Cause] = []
    var gains: [Cause] = []

    /// A value and how often it occurs.
    struct Share: Sendable {
        var value: Wording
        var weight: Double
        init(_ value: Wording, _ weight: Double) { (self.value, self.weight) = (value, weight) }
    }

    /// Every effect there is.
    var causes: [Cause] { troubles + gains }
}

/// Tickets of one kind and category.
struct Stream: Sendable {
    var kind: TicketKind
    var category: Wording
    var group: Wording
    var service: Wording
    /// Tickets on an ordinary working day.
    var perDay: Double
    /// Median hours until the first answer, and from there to the end.
    var respond: Double
    var work: Double
    var reopened = 0.06
    var reassigned = 0.2
    /// Hours within which it should be done.
    var due: Double
    /// Of changes.
    var failed = 0.06
    var titles: [Wording]
}

/// A factor on one quantity, in one part of the organisation.
struct Cause: Sendable {
    enum What: Sendable, Equatable {
        case tickets, respond
        /// The whole time, the first answer included.
        case resolve
        case reopened, failed
        case gauge(String)
    }

    var what: What
    var kind: TicketKind
    /// By the English names.
    var part: [(Dimension, Wording)] = []
    var effect: TrueEffect

    init(
        _ what: What, _ kind: TicketKind = .request, _ part: [(Dimension, Wording)] = [], from: Day, over: Int = 0,
        factor: Double, erosion: TrueEffect.Erosion? = nil
    ) {
        self.what = what
        self.kind = kind
        self.part = part
        let quantity =
            switch what {
            case .tickets: "opened"
            case .respond: "timeToRespond"
            case .resolve: "timeToResolve"
            case .reopened: "reopened"
            case .failed: "failed"
            case .gauge(let name): name
            }
        var measure = "\(kind.plural).\(quantity)"
        if case .gauge = what { measure = "readings.\(quantity)" }
        effect = TrueEffect(
            measure: measure, slice: .everything, from: from, over: over, factor: factor, erosion: erosion)
    }

    /// With the slice in the organisation's language.
    func told(_ tongue: Tongue) -> TrueEffect {
        var told = effect
        told.slice = Slice(part.map { Slice.Part($0.0, $0.1[tongue]) })
        return told
    }

    /// Whether it holds for a stream as a whole, whatever else its tickets are.
    func concerns(_ stream: Stream) -> Bool {
        kind == stream.kind
            && part.allSatisfy { dimension, value in
                switch dimension {
                case .category: value == stream.category
                case .group: value == stream.group
                case .service: value == stream.service
                default: true
                }
            }
    }

    /// Whether it holds for a ticket of a stream that it concerns.
    func concerns(channel: Wording, place: Wording, segment: Wording) -> Bool {
        part.allSatisfy { dimension, value in
            switch dimension {
            case .channel: value == channel
            case .location: value == place
            case .segment: value == segment
            default: true
            }
        }
    }
}

/// Who is asked after a ticket, and what their satisfaction depends on.
struct Survey: Sendable {
    var question: Wording
    var kinds: Set<TicketKind>
    /// The share of tickets that are asked about, and of those asked who answer.
    var asked = 0.5
    var answered = 0.35
    /// The mean of the score on an ordinary day, from 1 to 5.
    var base = 4.0
    /// What a doubling of the waiting time takes away.
    var perDoubledWait = 0.45
    /// What a doubling of a reading takes away, by its name.
    var perDoubledReading: [String: Double] = [:]
    var spread = 0.9
}

/// Something that a device or a system reports every day in every place.
struct Gauge: Sendable {
    var name: String
    var unit: String
    var level: Double
    var places: [Wording]
    /// The deviation of a day's logarithm, and how much is left of it the next day.
    var spread = 0.25
    var memory = 0.4
    /// Nothing above this, such as 1 for shares; the level is then the share that is missing.
    var isShareMissing = false
    var isWhole = false
}
