import Foundation
import Records
import Statistics
import Testing

@testable import Improvements

/// Entries as the program wrote them before the register had types, approval, departments and merging. Stores hold such entries
/// for ever: this text is never changed.
private let kept = #"""
    {"at":1700000000000000,"by":"Ada","change":{"opened":{"origin":{"opportunity":{"id":"o1"}},"title":"Mail waits"}}}
    {"at":1700000001000000,"by":"Ada","change":{"described":{"text":"It waits","title":"Mail"}}}
    {"at":1700000002000000,"by":"Ada","change":{"sorted":{"kind":"people","stage":"delivery"}}}
    {"at":1700000003000000,"by":"Ada","change":{"owned":{"by":"Bo"}}}
    {"at":1700000004000000,"by":"Ada","change":{"objective":{"_0":{"by":20000,"goal":"Speed","measure":"incidents.timeToResolve","slice":{"category":"Email"},"target":4.5,"text":"Svar på mail før frokost 邮件","wanted":"lower"}}}}
    {"at":1700000005000000,"by":"Ada","change":{"forward":{}}}
    {"at":1700000006000000,"by":"Ada","change":{"fitness":{"_0":{"days":200,"lastDay":19200,"missing":0.02}}}}
    {"at":1700000007000000,"by":"Ada","change":{"forward":{}}}
    {"at":1700000008000000,"by":"Ada","change":{"cause":{"_0":"One person"}}}
    {"at":1700000009000000,"by":"Ada","change":{"forward":{}}}
    {"at":1700000010000000,"by":"Ada","change":{"choice":{"_0":{"hoursPerMonth":{"estimate":10,"high":20,"low":5},"id":1,"text":"Two"}}}}
    {"at":1700000011000000,"by":"Ada","change":{"chosen":{"choice":1}}}
    {"at":1700000012000000,"by":"Ada","change":{"approved":{}}}
    {"at":1700000013000000,"by":"Ada","change":{"planned":{"_0":{"baseline":{"first":19000,"last":19200},"controls":[{"category":"Phone"}],"followsBadSpell":true,"guardrails":[{"margin":0.03,"measure":"incidents.reopened","slice":{}}],"leastEffect":0.1,"method":"evaluation\/1","objective":{"by":20000,"goal":"Speed","measure":"incidents.timeToResolve","slice":{"category":"Email"},"target":4.5,"text":"Svar på mail før frokost 邮件","wanted":"lower"},"provableEffect":0.08,"shape":"gradual","weeks":4}}}}
    {"at":1700000014000000,"by":"Ada","change":{"forward":{}}}
    {"at":1700000015000000,"by":"Ada","change":{"action":{"_0":{"department":"","due":19210,"id":1,"kind":"training","owner":"Bo","text":"Train"}}}}
    {"at":1700000016000000,"by":"Ada","change":{"action":{"_0":{"department":"Desk","doneOn":19211,"due":19210,"id":2,"kind":"communication","owner":"Bo","text":"Tell"}}}}
    {"at":1700000017000000,"by":"Ada","change":{"roadblock":{"_0":{"department":"Estates","id":1,"response":"","since":19201,"text":"No room"}}}}
    {"at":1700000018000000,"by":"Ada","change":{"held":{"reason":"Summer"}}}
    {"at":1700000019000000,"by":"Ada","change":{"commented":{"_0":"OK"}}}
    {"at":1700000020000000,"by":"Ada","change":{"watched":{"by":"Eve"}}}
    {"at":1700000021000000,"by":"Ada","change":{"resumed":{}}}
    {"at":1700000022000000,"by":"Ada","change":{"live":{"_0":{"on":19214,"place":"Team 1"}}}}
    {"at":1700000023000000,"by":"Ada","change":{"acknowledged":{"team":"Team 1"}}}
    {"at":1700000024000000,"by":"Ada","change":{"back":{"reason":"Again","to":3}}}
    {"at":1700000025000000,"by":"Ada","change":{"forward":{"reason":"Known"}}}
    {"at":1700000026000000,"by":"Ada","change":{"forward":{"reason":"Known"}}}
    {"at":1700000027000000,"by":"Ada","change":{"forward":{}}}
    {"at":1700000028000000,"by":"Ada","change":{"evaluated":{"_0":{"effect":{"estimate":-0.2,"high":-0.1,"low":-0.3},"harmed":[],"naive":-0.3,"seal":"7617f7c30681682b80a71e882edc6b14f16d7319a9fef63353738c2e56dd19b5","unproven":[{"margin":0.02,"measure":"incidents.reopened","slice":{}}],"verdict":"worked"}}}}
    {"at":1700000029000000,"by":"Ada","change":{"forward":{}}}
    {"at":1700000030000000,"by":"Ada","change":{"decided":{"_0":"extend"}}}
    {"at":1700000031000000,"by":"Ada","change":{"nextRound":{}}}
    {"at":1700000032000000,"by":"Ada","change":{"unwatched":{"by":"Eve"}}}
    {"at":1700000033000000,"by":"Ada","change":{"owned":{}}}
    {"at":1700000034000000,"by":"Ada","change":{"sorted":{}}}
    {"at":1700000035000000,"by":"Ada","change":{"choice":{"_0":{"id":1,"text":"Two"}}}}
    {"at":1700000036000000,"by":"Ada","change":{"closed":{"reason":"Merged"}}}
    {"at":1000000,"by":"Ada","change":{"opened":{"origin":{"suggestion":{"id":3}},"title":"Mail"}}}
    {"at":1000000,"by":"Ada","change":{"opened":{"origin":{"hand":{}},"title":"Mail"}}}
    {"at":1000000,"by":"Ada","change":{"opened":{"origin":{"slippage":{"of":2}},"title":"Mail"}}}
    {"at":1000000,"by":"Ada","change":{"opened":{"origin":{"spreadsheet":{"file":"CSI.csv","line":7}},"title":"Mail"}}}
    """#

@Suite("Entries of earlier stores")
struct KeptEntriesTests {
    private static func entries() throws -> [Entry] {
        try kept.split(separator: "\n").map { try JSONDecoder().decode(Entry.self, from: Data($0.utf8)) }
    }

    @Test("They are read, and written as they were, byte for byte")
    func readAndWritten() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let again = try Self.entries().map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        #expect(again.joined(separator: "\n") == kept)
    }

    @Test("They add up to the improvement they were, and ask for nothing that nobody knew of then")
    func addUp() throws {
        let all = try Self.entries()
        let one = try Improvement(Array(all.dropLast(4)))
        #expect(one.rounds.count == 2 && one.title == "Mail" && one.state == .closed(reason: "Merged"))
        #expect(one.rounds[0].isApproved && one.rounds[0].plan?.isIntact == true)
        #expect(one.rounds[0].judgement?.verdict == .worked && one.rounds[0].actions.count == 2)
        #expect(one.comments.map(\.text) == ["OK"] && one.watchers == [] && one.benefit?.high == 20)
        #expect(one.mergedInto == nil && one.rounds[0].goalChanges.isEmpty && !one.round.needsApproval)
        for entry in all.suffix(4) { #expect(try Improvement([entry]).title == "Mail") }
    }
}
