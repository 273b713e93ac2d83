import Glibc
import Records
import Statistics

/// A sample organisation, drawn from a seed.
public struct SampleOrganisation: Sendable {
    public let story: Story
    public let seed: UInt64
    /// The language of names, categories and groups; tickets and comments are in the languages of the story.
    public let tongue: Tongue
    public let name: String
    public let days: Period
    public let holidays: [Day]
    /// In the order in which they were opened; what ends after the last day is still open.
    public private(set) var tickets: [Ticket] = []
    /// What the codes in tickets stand for.
    public private(set) var names = Names()
    public private(set) var answers: [SurveyAnswer] = []
    public private(set) var readings: [Reading] = []
    public private(set) var truth: Truth

    /// Draws an organisation: about a second for the larger ones in an unoptimised build.
    /// - Parameter withoutGains: The same world, ticket for ticket, in which no improvement did anything.
    public init(_ story: Story, seed: UInt64 = 1, tongue: Tongue = .en, withoutGains: Bool = false) {
        var blueprint = Blueprint.of(story)
        if withoutGains { blueprint.gains = [] }
        self.story = story
        self.seed = seed
        self.tongue = tongue
        name = blueprint.name[tongue]
        days = Period(blueprint.first, through: blueprint.first + (blueprint.days - 1))
        holidays = blueprint.rhythm.holidays.filter(days.contains).sorted()
        truth = Truth(story: story, seed: seed, days: days)
        truth.troubles = blueprint.troubles.map { $0.told(tongue) }
        truth.gains = blueprint.gains.map { $0.told(tongue) }
        drawReadings(blueprint)
        drawTickets(blueprint)
        truth.rounds = blueprint.rounds(story, tongue, tickets: tickets)
        truth.pareto = complaintsByFrequency()
    }

    /// The tickets as they stood at the end of a day: what ended later is still being worked on.
    public func tickets(asOf day: Day) -> [Ticket] {
        tickets.filter { $0.openedAt < (day + 1).startInUTC }.map { $0.asOf(day) }
    }

    private func complaintsByFrequency() -> [String] {
        let before = truth.rounds.map(\.firstDay).min() ?? days.last
        var counts: [Name: Int] = [:]
        for ticket in tickets where ticket.kind == .complaint && ticket.openedAt < before.startInUTC {
            counts[ticket.attributes[.category], default: 0] += 1
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { names[$0.key] }
    }

    // MARK: Drawing

    /// A seed of its own for a day of a stream: one more ticket today changes nothing tomorrow.
    private func seed(_ part: UInt64, _ day: Int = 0, _ stream: Int = 0) -> UInt64 {
        mixed(mixed(seed &+ 0x9E37 &* part) ^ mixed(UInt64(day) << 20 | UInt64(stream)))
    }

    private mutating func drawReadings(_ blueprint: Blueprint) {
        for (g, gauge) in blueprint.gauges.enumerated() {
            let causes = blueprint.causes.filter { $0.what == .gauge(gauge.name) }
            for (p, place) in gauge.places.enumerated() {
                var rhythm = blueprint.rhythm
                (rhythm.spell, rhythm.memory) = (gauge.spread, gauge.memory)
                let noise = rhythm.spells(blueprint.days, seed: seed(3, g, p))
                for d in 0..<blueprint.days {
                    let day = blueprint.first + d
                    var log = noise[d]
                    for cause in causes where cause.part.allSatisfy({ $0.1 == place }) {
                        log += cause.effect.logFactor(on: day)
                    }
                    var value = gauge.level * Glibc.exp(log)
                    if gauge.isWhole { value = value.rounded() }
                    if gauge.isShareMissing { value = 1 - min(1, value) }
                    readings.append(
                        Reading(
                            at: day.startInUTC, device: place[tongue], quantity: gauge.name, unit: gauge.unit,
                            value: gauge.isWhole ? value : (value * 10_000).rounded() / 10_000))
                }
            }
        }
        readings.sort { ($0.at, $0.quantity, $0.device) < ($1.at, $1.quantity, $1.device) }
    }

    private mutating func drawTickets(_ blueprint: Blueprint) {
        var drawn: [(ticket: Ticket, answer: SurveyAnswer?)] = []
        let spells = TicketKind.allCases.map { kind in
            blueprint.rhythm.spells(blueprint.days, seed: seed(1, Int(kind.rawValue)))
        }
        let slow = TicketKind.allCases.map { kind in
            Rhythm(week: [], spell: 0.1).spells(blueprint.days, seed: seed(2, Int(kind.rawValue)))
        }
        for (s, stream) in blueprint.streams.enumerated() {
            let desk = Desk(blueprint, stream, tongue, &names)
            let kind = Int(stream.kind.rawValue) - 1
            for d in 0..<blueprint.days {
                let day = blueprint.first + d
                var random = SplitMix64(seed: seed(4, d, s))
                let count = random.poisson(desk.mean(day) * Glibc.exp(spells[kind][d]))
                for _ in 0..<count {
                    drawn.append(desk.ticket(on: day, slowness: slow[kind][d], &random, &names))
                }
            }
        }
        // The number breaks ties, so that the order is one.
        let order = drawn.indices.sorted {
            (drawn[$0].ticket.openedAt, $0) < (drawn[$1].ticket.openedAt, $1)
        }
        var counts: [TicketKind: Int] = [:]
        let end = (days.last + 1).startInUTC
        for i in order {
            var (ticket, answer) = drawn[i]
            counts[ticket.kind, default: 0] += 1
            ticket.number = ticket.kind.letters + padded(counts[ticket.kind] ?? 0, to: 6)
            tickets.append(ticket.asOf(days.last))
            if var given = answer, given.answeredAt < end {
                given.ticket = ticket.number
                answers.append(given)
            }
            answer = nil
        }
        answers.sort { ($0.answeredAt, $0.ticket) < ($1.answeredAt, $1.ticket) }
    }
}

extension Ticket {
    /// As it stood at the end of a day.
    public func asOf(_ day: Day) -> Ticket {
        let end = (day + 1).startInUTC
        var ticket = self
        if let at = resolvedAt, at >= end {
            ticket.resolvedAt = nil
            ticket.closedAt = nil
            ticket.status = .inProgress
            ticket.slaMet = nil
            ticket.reopenCount = 0
            ticket.changeOutcome = nil
            if let at = firstResponseAt, at >= end {
                ticket.firstResponseAt = nil
                ticket.status = .new
            }
        } else if let at = closedAt, at >= end {
            ticket.closedAt = nil
            ticket.status = .resolved
        }
        return ticket
    }
}

extension TicketKind {
    fileprivate var letters: String {
        switch self {
        case .incident: "INC"
        case .request: "REQ"
        case .problem: "PRB"
        case .change: "CHG"
        case .complaint: "CMP"
        }
    }
}

func padded(_ number: Int, to width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}
