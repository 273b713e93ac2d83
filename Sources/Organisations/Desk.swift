import Glibc
import Records
import Statistics

/// One stream of tickets, ready to draw from.
struct Desk {
    private let blueprint: Blueprint
    private let stream: Stream
    private let tongue: Tongue
    private let causes: [Cause]
    private let category: Name
    private let group: Name
    private let service: Name
    private let channels: [Name]
    private let places: [Name]
    private let segments: [Name]
    private let priorities: [Name]
    private let staff: [Name]
    private let customers: [Name]

    init(_ blueprint: Blueprint, _ stream: Stream, _ tongue: Tongue, _ names: inout Names) {
        self.blueprint = blueprint
        self.stream = stream
        self.tongue = tongue
        causes = blueprint.causes.filter { $0.concerns(stream) }
        category = names.name(stream.category[tongue])
        group = names.name(stream.group[tongue])
        service = names.name(stream.service[tongue])
        channels = blueprint.channels.map { names.name($0.value[tongue]) }
        places = blueprint.places.map { names.name($0.value[tongue]) }
        segments = blueprint.segments.map { names.name($0.value[tongue]) }
        priorities = ["1", "2", "3", "4"].map { names.name($0) }
        staff = blueprint.staff.map { names.name($0) }
        customers = blueprint.customers.map { names.name($0) }
    }

    /// Tickets expected on a day.
    func mean(_ day: Day) -> Double {
        var log = 0.0
        for cause in causes where cause.what == .tickets { log += cause.effect.logFactor(on: day) }
        return stream.perDay * blueprint.rhythm.level(day, since: blueprint.first) * Glibc.exp(log)
    }

    /// One ticket with its answer, if anyone gave one. Draws equally many numbers whatever the effects, so that worlds with
    /// and without them stay alike.
    func ticket(
        on day: Day, slowness: Double, _ random: inout SplitMix64, _ names: inout Names
    ) -> (Ticket, SurveyAnswer?) {
        // Two shifts that overlap: mornings and afternoons are busier than evenings.
        let minute = 7 * 60 + Int((random.uniform() + random.uniform()) / 2 * 13 * 60)
        let opened = Int64(day.number) * 86_400 + Int64(minute * 60)
        let channel = random.choice(blueprint.channels.map(\.weight))
        let place = random.choice(blueprint.places.map(\.weight))
        let segment = random.choice(blueprint.segments.map(\.weight))
        let priority = random.choice([0.03, 0.12, 0.5, 0.35])
        let answered = random.normal()
        let worked = random.normal()
        let reopens = random.uniform()
        let moves = random.uniform()
        let outcome = random.uniform()
        let person = random.below(max(1, staff.count))
        let customer = random.below(max(1, customers.count))
        let text = random.below(max(1, stream.titles.count))
        let spoken = blueprint.tongues[random.choice(blueprint.tongues.map(\.1))].0
        let order = 100_000 + random.below(900_000)
        let voiced = (random.uniform(), random.uniform(), random.normal(), random.below(3))
        func factor(_ what: Cause.What) -> Double {
            var log = 0.0
            for cause in causes
            where cause.what == what
                && cause.concerns(
                    channel: blueprint.channels[channel].value, place: blueprint.places[place].value,
                    segment: blueprint.segments[segment].value)
            {
                log += cause.effect.logFactor(on: day)
            }
            return Glibc.exp(log)
        }
        let whole = factor(.resolve) * Glibc.exp(slowness)
        let respond = stream.respond * whole * factor(.respond) * Glibc.exp(0.7 * answered)
        let work = stream.work * whole * Glibc.exp(0.9 * worked)
        var ticket = Ticket(number: "", openedAt: Moment(seconds: opened))
        ticket.kind = stream.kind
        ticket.status = .closed
        ticket.attributes[.category] = category
        ticket.attributes[.group] = group
        ticket.attributes[.service] = service
        ticket.attributes[.channel] = channels[channel]
        ticket.attributes[.location] = places[place]
        ticket.attributes[.segment] = segments[segment]
        ticket.attributes[.priority] = priorities[priority]
        ticket.assignee = staff.isEmpty ? .none : staff[person]
        ticket.requester = customers.isEmpty ? .none : customers[customer]
        let response = opened + 60 * Int64(max(1, (respond * 60).rounded()))
        let resolved = response + 60 * Int64(max(1, (work * 60).rounded()))
        ticket.firstResponseAt = Moment(seconds: response)
        ticket.resolvedAt = Moment(seconds: resolved)
        ticket.closedAt = Moment(seconds: resolved + 86_400)
        ticket.slaMet = respond + work <= stream.due
        ticket.reopenCount = reopens < stream.reopened * factor(.reopened) ? 1 : 0
        ticket.reassignmentCount = moves < stream.reassigned ? (moves < stream.reassigned / 4 ? 2 : 1) : 0
        if stream.kind == .change {
            ticket.changeOutcome = outcome < stream.failed * factor(.failed) ? .unsuccessful : .successful
            ticket.changeType = priority == 0 ? .emergency : priority < 3 ? .normal : .standard
        }
        ticket.title =
            stream.titles.isEmpty
            ? stream.category[spoken] : stream.titles[text][spoken].replacing("#", with: String(order))
        return (ticket, answer(ticket, day, respond, place, segment, spoken, voiced))
    }

    private func answer(
        _ ticket: Ticket, _ day: Day, _ respond: Double, _ place: Int, _ segment: Int, _ spoken: Tongue,
        _ voiced: (Double, Double, Double, Int)
    ) -> SurveyAnswer? {
        guard let survey = blueprint.survey, survey.kinds.contains(stream.kind), voiced.0 < survey.asked,
            let done = ticket.resolvedAt
        else { return nil }
        var mean = survey.base - survey.perDoubledWait * Glibc.log2(respond / stream.respond)
        for (name, loss) in survey.perDoubledReading {
            for cause in blueprint.causes where cause.what == .gauge(name) {
                guard cause.part.allSatisfy({ $0.1 == blueprint.places[place].value }) else { continue }
                mean -= loss * cause.effect.logFactor(on: day) / Glibc.log(2)
            }
        }
        let hasAnswered = voiced.1 < survey.answered
        let score = Int(min(5, max(1, (mean + survey.spread * voiced.2).rounded())))
        let comment =
            hasAnswered && voiced.3 == 0 ? Comments.of(score, respond: respond, usual: stream.respond)[spoken] : ""
        return SurveyAnswer(
            answeredAt: Moment(seconds: done.seconds + 3600 * Int64(2 + 20 * voiced.0)),
            survey: survey.question[tongue], scaleLow: 1, scaleHigh: 5, score: hasAnswered ? Double(score) : nil,
            comment: comment, service: stream.service[tongue],
            segment: blueprint.segments[segment].value[tongue])
    }
}

/// What people write beside a score.
enum Comments {
    static func of(_ score: Int, respond: Double, usual: Double) -> Wording {
        let waited = respond > 1.6 * usual
        return switch score {
        case 5:
            Wording(
                "Quick and friendly, thank you.", "Hurtigt og venligt, tak.", "又快又热情，谢谢。")
        case 4:
            Wording("Solved, all good.", "Det blev løst, fint.", "问题解决了，不错。")
        case 3:
            waited
                ? Wording(
                    "Good help, but it took too long to get an answer.",
                    "God hjælp, men der gik for lang tid, før nogen svarede.", "帮助不错，但是等回复等得太久。")
                : Wording("It was all right.", "Det var i orden.", "还可以。")
        default:
            waited
                ? Wording(
                    "I waited and waited for an answer. Far too slow.",
                    "Jeg ventede og ventede på et svar. Alt for langsomt.", "一直等不到回复，太慢了。")
                : Wording(
                    "My question was not understood.", "Mit spørgsmål blev ikke forstået.", "没有人弄明白我的问题。")
        }
    }
}
