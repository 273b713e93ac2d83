import Records

/// Two small desks for testing judgement: one where nothing helped, and one where something was harmed.
enum Desks {
    private static let first = Day(known: "2024-01-01")
    static let harmed = first + 210

    private static func desk(_ name: Wording, days: Int, perDay: Double, _ rhythm: Rhythm) -> Blueprint {
        func stream(_ share: Double, _ category: Wording) -> Stream {
            Stream(
                kind: .incident, category: category, group: Wording("Desk", "Supporten", "服务台"),
                service: Wording("IT", "IT", "信息系统"), perDay: perDay * share, respond: 1, work: 6, reopened: 0.1,
                due: 24, titles: [])
        }
        return Blueprint(
            name: name, days: days, rhythm: rhythm,
            streams: [
                stream(0.6, Wording("Software", "Programmer", "软件")), stream(0.4, Wording("Hardware", "Udstyr", "硬件")),
            ],
            channels: [.init(Words.phone, 1)], places: [.init(Wording("Office", "Kontor", "办公室"), 1)],
            segments: [.init(Wording("Staff", "Ansatte", "员工"), 1)], tongues: [(.en, 1)], staff: [], customers: [])
    }

    /// Bad weeks come and go by themselves; nothing else happens.
    static var chance: Blueprint {
        desk(
            Wording("The unlucky desk", "Den uheldige support", "不走运的服务台"), days: 392, perDay: 16,
            Rhythm(week: [1.15, 1, 1, 1, 0.9, 0, 0], season: 0.05, growth: 0, spell: 0.25, memory: 0.9))
    }

    /// The change begins on the Monday after the four worst weeks of half a year.
    static func chanceRounds(_ tickets: [Ticket], from first: Day) -> [TrueRound] {
        var counts = Array(repeating: 0, count: 392)
        for ticket in tickets {
            let day = Zone.utc.day(of: ticket.openedAt) - first
            if counts.indices.contains(day) { counts[day] += 1 }
        }
        var worst = (week: 26, count: 0)
        for week in 26..<46 {
            let count = counts[(week * 7 - 28)..<(week * 7)].reduce(0, +)
            if count > worst.count { worst = (week, count) }
        }
        return [
            TrueRound(
                improvement: "chance", number: 1, measure: "incidents.opened", slice: .everything,
                places: [.init(on: first + worst.week * 7)], weeks: 6, baselineFrom: first, factor: 1)
        ]
    }

    /// Tickets are closed sooner and come back twice as often.
    static var harm: Blueprint {
        var desk = desk(
            Wording("The hasty desk", "Den hastige support", "仓促的服务台"), days: 336, perDay: 26,
            Rhythm(week: [1.15, 1, 1, 1, 0.9, 0, 0], season: 0.05, growth: 0, spell: 0.1))
        desk.gains = [
            Cause(.resolve, .incident, from: harmed, factor: 0.65),
            Cause(.reopened, .incident, from: harmed, factor: 2.2),
        ]
        return desk
    }

    static let harmRounds = [
        TrueRound(
            improvement: "harm", number: 1, measure: "incidents.timeToResolve", slice: .everything,
            places: [.init(on: harmed)], weeks: 8, baselineFrom: first, factor: 0.65, harmed: ["incidents.reopened"])
    ]
}
