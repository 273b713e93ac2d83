import Connectors
import Foundation
import Records
import Statistics
import Testing

@testable import Organisations

/// The export of an organisation as the import reads it.
private func imported(_ text: String) throws -> (tickets: [Ticket], names: Names, rejects: Int) {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("organisation-\(UUID().uuidString).csv")
        .path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var options = ReadingOptions()
    options.zone = .utc
    var names = Names()
    var pseudonyms = Pseudonyms(key: Array(0..<32))
    var tickets: [Ticket] = []
    var rejects = 0
    _ = try read(
        try inspect(path, options: options), options: options, skippingRows: 0, names: &names, pseudonyms: &pseudonyms,
        each: { ticket, _, _ in tickets.append(ticket) }, reject: { _ in rejects += 1 })
    return (tickets, names, rejects)
}

@Suite("Sample organisations with a known truth")
struct SampleOrganisationTests {
    @Test("The same seed gives the same bytes, another seed others")
    func seeds() {
        let one = SampleOrganisation(.harm, seed: 3)
        #expect(one.ticketFile == SampleOrganisation(.harm, seed: 3).ticketFile)
        #expect(one.ticketFile != SampleOrganisation(.harm, seed: 4).ticketFile)
        #expect(one.truth.document == SampleOrganisation(.harm, seed: 3).truth.document)
    }

    @Test("What is exported is what is imported, in each language", arguments: Tongue.allCases)
    func roundTrip(_ tongue: Tongue) throws {
        let story: Story = tongue == .da ? .retailer : tongue == .zh ? .bank : .airline
        let world = SampleOrganisation(story, seed: 1, tongue: tongue)
        let day = world.days.first + 320
        let known = Array(world.tickets(asOf: day).suffix(900))
        let lines = world.ticketFile(asOf: day).split(separator: "\n")
        let text = ([lines[0]] + lines.suffix(900)).joined(separator: "\n") + "\n"
        let (tickets, names, rejects) = try imported(text)
        #expect(rejects == 0 && tickets.count == known.count)
        for (a, b) in zip(known, tickets) {
            #expect(a.number == b.number && a.kind == b.kind && a.openedAt == b.openedAt)
            #expect(a.firstResponseAt == b.firstResponseAt && a.resolvedAt == b.resolvedAt, "\(a.number)")
            #expect(a.status == b.status && a.slaMet == b.slaMet && a.reopenCount == b.reopenCount)
            #expect(a.changeOutcome == b.changeOutcome && a.changeType == b.changeType && a.title == b.title)
            for dimension in Records.Dimension.allCases where dimension != .subcategory {
                #expect(world.names[a.attributes[dimension]] == names[b.attributes[dimension]], "\(dimension)")
            }
        }
        #expect(tickets.contains { !$0.status.isDone } && tickets.contains { $0.status == .closed })
    }

    @Test("Worlds with and without an improvement are alike, ticket for ticket, until it begins")
    func twins() {
        let with = SampleOrganisation(.harm, seed: 5)
        let without = SampleOrganisation(.harm, seed: 5, withoutGains: true)
        #expect(with.tickets.count == without.tickets.count && with.truth.troubles == without.truth.troubles)
        let start = with.truth.rounds[0].firstDay.startInUTC
        var ratios: [Double] = []
        for (a, b) in zip(with.tickets, without.tickets) {
            #expect(a.openedAt == b.openedAt)
            guard a.openedAt >= start else {
                #expect(a.reopenCount == b.reopenCount)
                continue
            }
            if let x = a.resolvedAt, let y = b.resolvedAt, b.openedAt.hours(to: y) > 3 {
                ratios.append(a.openedAt.hours(to: x) / b.openedAt.hours(to: y))
            }
        }
        #expect(ratios.count > 500 && ratios.allSatisfy { abs($0 - 0.65) < 0.02 })
    }

    @Test("Nothing is known of the days to come")
    func asOf() {
        let world = SampleOrganisation(.harm, seed: 1)
        let day = world.days.first + 100
        let end = (day + 1).startInUTC
        let known = world.tickets(asOf: day)
        #expect(!known.isEmpty && known.count < world.tickets.count)
        for ticket in known {
            #expect(ticket.openedAt < end && ticket.firstResponseAt.map { $0 < end } ?? true)
            #expect(ticket.resolvedAt.map { $0 < end } ?? !ticket.status.isDone)
            #expect(ticket.closedAt.map { $0 < end } ?? true)
        }
    }

    @Test("Weeks, holidays and skew are as in real organisations; answers fall when answers take longer")
    func shape() throws {
        let world = SampleOrganisation(.retailer, seed: 2, tongue: .da)
        var byWeekday = Array(repeating: 0, count: 7)
        for ticket in world.tickets { byWeekday[Zone.utc.day(of: ticket.openedAt).weekday] += 1 }
        #expect(byWeekday[0] > byWeekday[2] && byWeekday[2] > 3 * byWeekday[6] / 2)
        let hours = world.tickets.compactMap { t in t.resolvedAt.map { t.openedAt.hours(to: $0) } }
        let middle = try #require(quantile(hours, 0.5))
        #expect(hours.reduce(0, +) / Double(hours.count) > 1.3 * middle)
        #expect(world.holidays.count > 10)
        let trouble = world.truth.troubles[0].from
        func score(_ from: Day, _ through: Day) throws -> Double {
            let scores = world.answers.filter {
                $0.answeredAt >= from.startInUTC && $0.answeredAt < (through + 1).startInUTC
            }
            .compactMap(\.score)
            #expect(scores.count > 200)
            return scores.reduce(0, +) / Double(scores.count)
        }
        let before = try score(world.days.first, trouble - 1)
        let bad = try score(trouble, world.truth.rounds[0].firstDay)
        let better = try score(world.truth.rounds[0].reviewLast, world.truth.rounds[0].reviewLast + 60)
        #expect(bad < before - 0.15 && better > bad + 0.1, "\(before), \(bad), \(better)")
        let comments = Set(world.answers.map(\.comment))
        #expect(comments.contains("Hurtigt og venligt, tak.") && comments.contains("Quick and friendly, thank you."))
    }

    @Test("Everything has a name in every language", arguments: Story.allCases)
    func words(_ story: Story) {
        let blueprint = Blueprint.of(story)
        for stream in blueprint.streams {
            for wording in [stream.category, stream.group, stream.service] + stream.titles {
                for tongue in Tongue.allCases { #expect(!wording[tongue].isEmpty) }
            }
        }
        for tongue in Tongue.allCases {
            let categories = Set(blueprint.streams.map { "\($0.kind) \($0.category[tongue])" })
            #expect(categories.count == blueprint.streams.count)
        }
    }

    @Test("The bank's complaints are led by slow response and by security", arguments: 1...3)
    func pareto(seed: UInt64) {
        let truth = SampleOrganisation(.bank, seed: seed).truth
        #expect(truth.pareto.prefix(2) == [Bank.slow.en, Bank.security.en])
    }
}
