import Gains
import Languages
import Measures
import Records
import Statistics

/// The warnings that are quieted, each with its reason and the way back.
struct QuietedPart {
    var quieted: [Quieting]
    var mayUndo: Bool

    func html(_ visit: Visit) -> HTML {
        let words = visit.words
        guard !quieted.isEmpty else {
            return "<h3 id=\"quieted\">\(words.cycle(.quietedHeading))</h3><p>\(words.cycle(.noneQuieted))</p>"
        }
        let items = quieted.map { one -> HTML in
            let told = words.cycled(.quieted(came: one.came, judged: one.judged, share: one.share))
            let form: HTML? =
                mayUndo
                ? """
                <form class="inline" method="post" action="/momentum/unquiet">\(visit.tokenField)\
                <input type="hidden" name="measure" value="\(one.measure.id)">\
                <button class="quiet" aria-label="\(words.labelled(words.cycle(.hearAgain), words.label(one.measure)))">\
                \(words.cycle(.hearAgain))</button></form> <span class="note">\(words.cycle(.hearAgainText))</span>
                """ : nil
            return """
                <li><p><a href="\(Link.measure(one.measure))">\(words.label(one.measure))</a>\
                \(words.language == .zh ? "：" : ": ")\(told) \(words.figures.shortDate(one.since))</p>\(form)</li>
                """
        }
        return """
            <h3 id="quieted">\(words.cycle(.quietedHeading))</h3><p class="note">\(words.cycle(.quietedText))</p>\
            <ul>\(items)</ul>
            """
    }
}

/// Effective, efficient, economical: three questions of the services and of the improvement work, never one figure.
struct ThreeMeasures: Sendable {
    /// Incidents of the last four weeks of the data: the share that stayed solved, and hours of work for each; nil where nobody
    /// writes it down.
    var staySolved: (share: Double, count: Int)?
    var hoursEach: (hours: Double, count: Int)?
    /// Those four weeks.
    var month: Period?
    var rate: Double?
    var currency = ""
    var worked = 0
    var judged = 0
    /// Of improvements with a verdict for which hours were written down.
    var hoursSpent = 0.0
    var finished = 0
    /// Hours a month that gains still hold, each counted once; of improvements with hours written down.
    var heldHours = 0.0

    func html(_ words: Words) -> HTML {
        let none = words.cycled(.notRecorded)
        let services: [String] = [
            staySolved.map { words.cycled(.servicesEffective(kept: $0.share, count: $0.count)) } ?? none,
            hoursEach.map { words.cycled(.servicesEfficient(hours: $0.hours, count: $0.count)) } ?? none,
            hoursEach.flatMap { each in
                rate.map { words.cycled(.servicesEconomical(cost: each.hours * $0, currency: currency)) }
            } ?? none,
        ]
        let work: [String] = [
            judged > 0 ? words.cycled(.workEffective(worked: worked, judged: judged)) : none,
            finished > 0
                ? words.cycled(.workEfficient(hours: hoursSpent / Double(finished), finished: finished)) : none,
            hoursSpent > 0 ? words.cycled(.workEconomical(hoursPerMonth: heldHours, spent: hoursSpent)) : none,
        ]
        let questions: [CyclePhrase] = [.effective, .efficient, .economical]
        let tickets = Link.tickets(month, kind: .incident)
        let behind = [Measure(id: "incidents.reopened").map { Link.measure($0) } ?? tickets, tickets, tickets]
        let doors = ["/wins", "/time", "/wins"]
        let rows = questions.indices.map { i -> [Table.Cell] in
            return [
                .text(words.cycle(questions[i])), Table.Cell("<a href=\"\(behind[i])\">\(services[i])</a>"),
                Table.Cell("<a href=\"\(doors[i])\">\(work[i])</a>"),
            ]
        }
        return """
            <h2 id="three">\(words.cycle(.threeMeasures))</h2><p class="note">\(words.cycle(.threeMeasuresText))</p>\(Table(
                caption: words.cycle(.threeMeasures),
                columns: [
                    .text(words.say(MomentumPhrase.question)), .text(words.cycle(.theServices)),
                    .text(words.cycle(.theWork)),
                ], rows: rows, isSortable: false
            ).html)
            """
    }
}
