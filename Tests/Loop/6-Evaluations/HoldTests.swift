import Measures
import Records
import Statistics
import Testing

@testable import Evaluations
@testable import Improvements

private let start = ServiceDesk.firstDay + 182

/// A round judged to have worked, and the desk as it went on.
private func watched(_ desk: ServiceDesk, seed: UInt64, verdict: Judgement.Verdict = .worked) throws -> GainWatch {
    var desk = desk
    desk.days = 182 + 150
    let plan = Plan.about("incidents.opened")
    var round = try Round.of(plan)
    round.judgement = Judgement(verdict: verdict, seal: plan.seal)
    let asOf = ServiceDesk.firstDay + desk.days - 1
    return try hold(round, ServiceDesk.evidence(ServiceDesk.rollup(desk.tickets(seed: seed), asOf: asOf), asOf: asOf))
}

@Suite("Whether a gain holds")
struct HoldTests {
    @Test("Only a gain can be held, and only after its review")
    func refusals() throws {
        #expect(throws: Unwatched.didNotWork) { try watched(ServiceDesk(), seed: 1, verdict: .noDifference) }
        let plan = Plan.about("incidents.opened")
        var round = try Round.of(plan)
        let rollup = ServiceDesk.rollup(ServiceDesk().tickets(seed: 1), asOf: start + 20)
        let evidence = ServiceDesk.evidence(rollup, asOf: start + 20)
        #expect(throws: Unwatched.didNotWork) { try hold(round, evidence) }
        round.judgement = Judgement(verdict: .worked, seal: plan.seal)
        #expect(throws: Unwatched.reviewNotOver(until: start + 26)) { try hold(round, evidence) }
        round.live = []
        #expect(throws: Unwatched.unjudged(.notLive)) { try hold(round, evidence) }
    }

    @Test("A gain that holds is held whole, and one that slips is seen within weeks, with what is left of it")
    func holding() throws {
        var desk = ServiceDesk(effect: (0.65, 1, 1))
        let held = try watched(desk, seed: 1)
        let share = try #require(held.held)
        #expect(held.slippedOn == nil && share.low < 1 && share.high > 1 && share.low > 0.3)
        #expect(held.watchedFrom == start + 26 && held.falseAlarmEveryDays > 180)
        #expect(abs(held.level - 13) < 2.5)
        // From the tenth week on everything is as it was before.
        let slip = start + 70
        desk.factor = { $0 >= slip ? (1 / 0.65, 1) : (1, 1) }
        let slipped = try watched(desk, seed: 1)
        let day = try #require(slipped.slippedOn)
        #expect(day >= slip && day <= slip + 28)
        let left = try #require(slipped.held)
        #expect(left.low < 0.1 && left.high > -0.1 && left.high < 0.6)
    }
}
