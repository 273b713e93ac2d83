import Improvements
import Languages
import Measures
import People
import Processes
import Records
import Statistics

// How work flows, as JSON: the values of the page.

extension Shape {
    private static let stages = Shape.list(
        .named(
            "FlowStage",
            .of(
                .must("name", .line), .must("visits", count), .must("tickets", count),
                .must("meanStaySeconds", .optional(.number), "Of stays that are over, by the clock"),
                .must("meanStayBusinessSeconds", .optional(.number), "The same in business hours"),
                .must("share", .number, "Of the time of all tickets"),
                .must("cameBack", .number, "Share of the tickets done that came back to it"),
                .must("hereNow", count),
                .must(
                    "slowLongerSeconds", .optional(estimate),
                    "How much longer the slowest quarter of the tickets of each week stays"))))

    private static let passages = Shape.list(
        .named(
            "FlowPassage",
            .of(
                .must("from", .line), .must("to", .line), .must("count", count),
                .must("meanSeconds", .number, "From the one to the other"))))

    static let process = Shape.of(
        .must("kind", .line), .must("slice", slice), .must("from", .day), .must("through", .day),
        .must("tickets", count), .must("done", count),
        .must("historyKnown", .flag, "False where only milestones are known: opened, responded, resolved, closed"),
        .must("stages", stages), .must("groups", stages), .must("flows", passages), .must("handoffs", passages),
        .must(
            "ways",
            .list(.of(.must("stages", .list(.line)), .must("count", count), .must("meanSeconds", .number)))),
        .must("usualWay", .list(.line), "Steps that at least 95 % of the tickets done have, in their order"),
        .must(
            "shortcuts",
            .list(
                .of(
                    .must("measure", .line), .must("share", .optional(estimate), "Over the last 13 settled weeks"),
                    .must("firstWeek", .day), .must("weeks", .list(.optional(.number)))))),
        .must(
            "load",
            .list(
                .of(
                    .must("from", .day), .must("opened", count), .must("resolved", count), .must("open", count)))),
        .must(
            "comparison",
            .optional(
                .of(
                    .must("improvement", identifier), .must("liveOn", .day), .must("weeksBefore", count),
                    .must("weeksAfter", count),
                    .must(
                        "figures",
                        .list(
                            .of(
                                .must("measure", .line), .must("unit", .line), .must("before", estimate),
                                .must("after", estimate), .must("difference", estimate), .must("q", .number),
                                .must("moved", .flag))))))))
}

extension Routes {
    static let processAPI: [Route] = [
        api(
            "GET", "/process", .read, "How work flows: stages, passages, hand-offs, ways, shortcuts",
            query: [
                ("kind", "incidents, requests, …; the kind with the most tickets unless said"),
                ("from", "The first day of opening; whole weeks are told"), ("through", "The last day of opening"),
                ("improvement", "Compare the weeks before and after this improvement went live"),
            ] + Dimension.allCases.map { ($0.rawValue, "Only tickets with this \($0.rawValue)") },
            Endpoint(words: ["kind": TicketKind.allCases.map(\.plural)], gives: .process)
        ) { call in
            _ = try call.word("kind", of: TicketKind.allCases.map(\.plural))
            let found: ProcessValues?
            do { found = try await processValues(call) } catch Refusal.badAddress {
                throw Problem.badParameter(
                    "from",
                    "days are written as 2025-03-31, the first not after the last, and at most two dimensions are named"
                )
            } catch Refusal.notFound {
                throw Problem.notFound("There is no improvement of this number that has gone live.")
            }
            guard let found else { throw Problem.notFound("There are no tickets; import some first.") }
            return .json(ProcessDocument(values: found, words: call.visit.words).json)
        }
    ]
}

struct ProcessDocument {
    var values: ProcessValues
    var words: Words

    private func name(_ code: UInt32) -> JSON {
        Milestone(code: code).map { .string("\($0)") } ?? .string(values.names[code] ?? "")
    }

    private func passages(_ table: [NamePair: FlowCounts]) -> JSON {
        .array(
            table.filter { $0.key.from != 0 && $0.key.to != 0 }
                .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { pair, counts in
                    .object([
                        ("from", name(pair.from)), ("to", name(pair.to)), ("count", .integer(Int(counts.count))),
                        ("meanSeconds", .number(Double(counts.seconds) / Double(max(1, counts.count)))),
                    ])
                })
    }

    private func stages(_ stages: [StageFigures]) -> JSON {
        .array(
            stages.map { stage in
                .object([
                    ("name", name(stage.name)), ("visits", .integer(stage.visits)), ("tickets", .integer(stage.cases)),
                    ("meanStaySeconds", .optional(stage.hours.map { $0 * 3600 })),
                    ("meanStayBusinessSeconds", .optional(stage.businessHours.map { $0 * 3600 })),
                    ("share", .number(stage.share)), ("cameBack", .number(stage.returned)),
                    ("hereNow", .integer(stage.running)),
                    ("slowLongerSeconds", stage.delay.map { .estimate($0.scaled(by: 3600)) } ?? .null),
                ])
            })
    }

    var json: JSON {
        let all = values.totals.all
        return .object([
            ("kind", .string(values.kind.plural)), ("slice", .slice(values.slice)),
            ("from", .string(values.period.first.description)), ("through", .string(values.period.last.description)),
            ("tickets", .integer(Int(all[.cases]))), ("done", .integer(Int(all[.done]))),
            ("historyKnown", .bool(values.totals.isHistoryKnown)), ("stages", stages(values.stages)),
            ("groups", stages(values.groups)), ("flows", passages(values.totals.shownFlows)),
            ("handoffs", passages(values.totals.handoffs)),
            (
                "ways",
                .array(
                    values.ways.map { way, counts in
                        .object([
                            ("stages", .array(way.map(name))), ("count", .integer(Int(counts.count))),
                            ("meanSeconds", .number(Double(counts.seconds) / Double(max(1, counts.count)))),
                        ])
                    })
            ),
            ("usualWay", .array((values.usual?.steps ?? []).map(name))),
            ("shortcuts", .array(values.shortcuts.map(json))),
            (
                "load",
                .array(
                    values.load.map { week in
                        .object([
                            ("from", .string(week.week.first.description)), ("opened", .integer(week.opened)),
                            ("resolved", .integer(week.resolved)), ("open", .integer(week.open)),
                        ])
                    })
            ),
            ("comparison", values.comparison.map(json) ?? .null),
        ])
    }

    private func json(_ shortcut: ProcessValues.Shortcut) -> JSON {
        .object([
            ("measure", .string(shortcut.measure.id)), ("share", shortcut.now.map { .estimate($0) } ?? .null),
            ("firstWeek", .string(shortcut.first.description)),
            ("weeks", .array(shortcut.weeks.map { .optional($0) })),
        ])
    }

    private func json(_ comparison: ProcessValues.Comparison) -> JSON {
        .object([
            ("improvement", .integer(Int(comparison.improvement.id))),
            ("liveOn", .string(comparison.improvement.on.description)), ("weeksBefore", .integer(comparison.before)),
            ("weeksAfter", .integer(comparison.after)),
            (
                "figures",
                .array(
                    comparison.rows.map { row in
                        .object([
                            ("measure", .string(row.measure.id)), ("unit", .string(row.measure.symbol)),
                            ("before", .estimate(row.change.before)), ("after", .estimate(row.change.after)),
                            ("difference", .estimate(row.change.difference)), ("q", .number(row.q)),
                            ("moved", .bool(row.hasMoved)),
                        ])
                    })
            ),
        ])
    }
}
