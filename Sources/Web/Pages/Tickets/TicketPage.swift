import Languages
import Measures
import Records
import Store

/// One ticket: what is known of it, what happened to it, and the row it came from.
struct TicketPage {
    var record: TicketRecord
    var zone: Zone
    /// The recurring problem it is one of.
    var problem: (id: Int64, name: String)?

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        let t = record.ticket
        let heading = "\(capitalised(words.singular(t.kind))) \(t.number)"
        let fields = fields(words).map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" as HTML }
        let title: HTML? = t.title.isEmpty ? nil : "<p class=\"lead\">\(t.title)</p>"
        return Page(
            place: nil, title: heading, question: words(.ticketQuestion),
            content: """
                \(title)\(problem.map { of -> HTML in
                    "<p>\(words.recurring(.ofProblem)) <a href=\"\(Link.problem(of.id))\">\(of.name)</a></p>"
                })
                <h2>\(words(.fieldsHeading))</h2><dl class="fields">\(fields)</dl>
                <h2>\(words(.historyHeading))</h2>\(history(words))
                <h2>\(words(.provenance))</h2><p class="note">\(words(.provenanceText))</p>
                <dl class="fields"><dt>\(words(.file))</dt><dd>\(record.provenance.file)</dd>
                <dt>\(words(.line))</dt><dd>\(words.figures.count(record.provenance.line))</dd>
                <dt>\(words(.importedAt))</dt><dd>\(words.figures.time(record.provenance.importedAt, in: zone))</dd>
                <dt>\(words(.fileHash))</dt><dd class="code">\(record.provenance.fileHash)</dd></dl>
                """,
            next: [(words(.openSources), "/sources"), (words(.openRegister), "/register")])
    }

    /// The fields that are filled, each in words.
    private func fields(_ words: Words) -> [(String, String)] {
        let t = record.ticket
        let names = record.names
        let f = words.figures
        var out: [(String, String)] = []
        func add(_ label: String, _ value: String?) {
            if let value, !value.isEmpty { out.append((label, value)) }
        }
        func time(_ moment: Moment?) -> String? { moment.map { f.time($0, in: zone) } }
        func flag(_ value: Bool?) -> String? { value.map { words($0 ? .yes : .no) } }
        add(words(.status), words.name(of: t.status))
        add(words(.state), names[t.state])
        for dimension in Dimension.allCases {
            add(capitalised(words.name(of: dimension)), names[t.attributes[dimension]])
        }
        add(words(.opened), time(t.openedAt))
        add(words(.responded), time(t.firstResponseAt))
        add(words(.resolved), time(t.resolvedAt))
        add(words(.closed), time(t.closedAt))
        add(words(.due), time(t.dueAt))
        add(words(.updated), time(t.updatedAt))
        if let end = t.resolvedAt, let resolve = Measure(t.kind, .timeToResolve) {
            add(words(.timeToResolve), words.value(t.openedAt.hours(to: end), of: resolve))
        }
        add(words(.department), names[t.department])
        add(words(.assignee), names[t.assignee])
        add(words(.requester), names[t.requester])
        add(words(.closeCode), names[t.closeCode])
        add(words(.reopens), t.reopenCount.map { f.count(Int($0)) })
        add(words(.reassignments), t.reassignmentCount.map { f.count(Int($0)) })
        add(words(.slaKept), flag(t.slaMet))
        add(words(.major), flag(t.isMajor))
        add(words(.workaroundOnly), flag(t.isWorkaround))
        add(words(.firstContact), flag(t.isFirstContact))
        add(words(.unauthorised), flag(t.isUnauthorized))
        if let minutes = t.workMinutes, let resolve = Measure(t.kind, .timeToResolve) {
            add(words(.workTime), words.value(minutes / 60, of: resolve))
        }
        add(words(.satisfaction), t.satisfaction.map { f.number($0) })
        add(words(.problem), t.problem)
        add(words(.causedBy), t.causedBy)
        add(words(.text), t.text)
        return out
    }

    private func history(_ words: Words) -> HTML {
        guard !record.events.isEmpty else { return "<p>\(words(.noHistory))</p>" }
        let rows = record.events.map { event -> [Table.Cell] in
            [
                .number(words.figures.time(event.at, in: zone), Double(event.at.seconds)),
                .text(words.name(of: event.field)), .text(event.from), .text(event.to), .text(event.by),
            ]
        }
        return Table(
            caption: words(.historyHeading),
            columns: [
                .text(words(.time)), .text(words(.field)), .text(words(.fromValue)), .text(words(.toValue)),
                .text(words(.who)),
            ], rows: rows
        ).html
    }
}

/// The tickets behind a number.
struct TicketsPage {
    var kind: TicketKind
    var slice: Slice
    var period: Period?
    var lines: [TicketLine]
    var after: ID<Ticket>?
    var zone: Zone

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        var facts = slice.parts.map {
            """
            <span>\(words.name(of: $0.dimension)): <strong>\($0.value)</strong></span>
            """ as HTML
        }
        if let period { facts.append("<span>\(words.figures.range(period.first, period.last))</span>") }
        let more: HTML? = after.map { after in
            let address = Link.setting("after", to: String(after.value), in: visit.path, visit.query)
            return "<p class=\"pager\"><a rel=\"next\" href=\"\(address)\">\(words(.nextPage))</a></p>"
        }
        return Page(
            place: nil, title: capitalised(words.plural(kind)), question: nil,
            content: """
                <p class="facts">\(facts.joined(by: " "))</p>
                <p class="note">\(words(.evidenceText))</p>
                \(TicketList(kind: kind, lines: lines, zone: zone).html(words))\(more)
                """,
            next: [(words(.openSignals), "/signals")])
    }
}
