import Improvements
import Opportunities
import People
import Records
import Statistics

// What several departments, teams and people do with one improvement, over HTTP.

extension EntryKind {
    static let together: [EntryKind] = [
        EntryKind(
            "part", .contribute, "Say what a department has to do, and when it has",
            .of(
                .must("department", .line), .must("text", .prose), .may("lead", .line), .may("due", .optional(.day)),
                .may("doneOn", .optional(.day)))
        ) { call, _ in
            let body = call.document
            return .part(
                Part(
                    department: body["department"]?.said ?? "", text: body["text"]?.said ?? "",
                    lead: body["lead"]?.said ?? "", due: day(body, "due"), doneOn: day(body, "doneOn")))
        },
        EntryKind(
            "waiting", .contribute, "Say that a department waits for another, or that it no longer does",
            .of(
                .may("id", .part, "Of the one to change"), .may("department", .line, "The whole work unless said"),
                .must("waitsFor", .line), .must("what", .prose), .must("since", .day), .may("until", .optional(.day)),
                .may("agreedDays", .whole(0...3650)))
        ) { call, one in
            let body = call.document
            guard let since = day(body, "since") else { throw Problem.unusable("“since” is a day.") }
            return .waiting(
                Wait(
                    id: body["id"]?.whole ?? (one.waits.map(\.id).max() ?? 0) + 1,
                    department: body["department"]?.said ?? "", waitsFor: body["waitsFor"]?.said ?? "",
                    what: body["what"]?.said ?? "", since: since, until: day(body, "until"),
                    agreedDays: body["agreedDays"]?.whole))
        },
        EntryKind(
            "done", .contribute, "Say that an action was done; of one that returns, this time",
            .of(.must("action", .part), .must("on", .day))
        ) { call, _ in
            guard let on = day(call.document, "on") else { throw Problem.unusable("“on” is a day.") }
            return .done(action: call.document["action"]?.whole ?? 0, on: on)
        },
        EntryKind(
            "team", .decide, "Name a team that is to work by the new way, and how many people it has",
            .of(.must("team", .line), .must("people", .whole(1...100_000)), .may("department", .line))
        ) { call, _ in
            let body = call.document
            return .team(
                AdoptingTeam(
                    name: body["team"]?.said ?? "", department: body["department"]?.said ?? "",
                    people: body["people"]?.whole ?? 0))
        },
        EntryKind(
            "adopted", .contribute, "Say how many of a team work by the new way",
            .of(.must("team", .line), .must("people", .whole(0...100_000)), .must("on", .day)), needsVersion: false
        ) { call, _ in
            let body = call.document
            guard let on = day(body, "on") else { throw Problem.unusable("“on” is a day.") }
            return .adopted(Adoption(team: body["team"]?.said ?? "", people: body["people"]?.whole ?? 0, on: on))
        },
        EntryKind(
            "knows", .suggest, "Say that you know the new way and work by it", .of(.must("team", .line)),
            needsVersion: false
        ) { call, _ in .knows(person: call.writer, team: call.document["team"]?.said ?? "") },
        EntryKind(
            "adoptionNeeded", .decide, "Let the evaluation wait until so many work by the new way",
            .of(.must("share", .optional(.number), "From 0 to 1; null for no such condition"))
        ) { call, _ in .adoptionNeeded(call.document["share"]?.figure) },
        EntryKind(
            "sized", .decide, "Say how much work it asks for, and the hours a month that are expected of it",
            .of(
                .may("effort", .optional(.word(["small", "medium", "large"]))),
                .may("hoursPerMonth", .optional(.estimate)))
        ) { call, _ in
            let hours = call.document["hoursPerMonth"]
            var benefit: Estimate?
            if let middle = hours?["estimate"]?.figure, let low = hours?["low"]?.figure,
                let high = hours?["high"]?.figure
            {
                benefit = Estimate(middle, low: low, high: high)
            }
            return .sized(effort: call.document["effort"]?.said.flatMap { Effort(rawValue: $0) }, benefit: benefit)
        },
        EntryKind(
            "serves", .decide, "Say which strategic goal it serves", .of(.must("goal", .optional(.line)))
        ) { call, _ in .serves(goal: call.document["goal"]?.said) },
        EntryKind(
            "belongs", .decide, "Say which improvement it is a part of", .of(.must("parent", .optional(.identifier)))
        ) { call, _ in .belongs(to: call.document["parent"]?.whole.map { Int64($0) }) },
        EntryKind("supported", .suggest, "Support it", empty(), needsVersion: false) { call, _ in
            .supported(by: call.writer)
        },
        EntryKind("unsupported", .suggest, "Support it no longer", empty(), needsVersion: false) { call, _ in
            .unsupported(by: call.writer)
        },
        EntryKind(
            "spent", .contribute, "Write down hours of work that it took; a minus takes back a slip",
            .of(.must("hours", .number), .must("on", .day), .may("department", .line), .may("action", .part)),
            needsVersion: false
        ) { call, _ in
            let body = call.document
            guard let on = day(body, "on") else { throw Problem.unusable("“on” is a day.") }
            return .spent(
                TimeSpent(
                    action: body["action"]?.whole, hours: body["hours"]?.figure ?? 0, on: on,
                    department: body["department"]?.said ?? ""))
        },
    ]
}
