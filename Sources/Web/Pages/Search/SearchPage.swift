import Languages
import Measures
import Records
import Store

/// Places, measures, parts of the data and tickets that a word leads to.
struct SearchPage {
    struct Hit: Sendable {
        var name: String
        var kind: String
        var address: String
    }

    var text: String
    var hits: [Hit]

    /// What appears below the search field while typing.
    var list: HTML {
        hits.map { "<li><a href=\"\($0.address)\">\($0.name) <small>\($0.kind)</small></a></li>" as HTML }.joined()
    }

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        return Page(
            place: nil, title: words(.search), question: words(.searchHint),
            content: """
                <form class="filters" action="/search" role="search"><label>\(words(.search))\
                <input name="q" type="search" value="\(text)"></label><button>\(words(.show))</button></form>
                \(hits.isEmpty ? "<p>\(words(.noValue))</p>" : "<ul class=\"plain\">\(list)</ul>" as HTML)
                """)
    }
}

extension Routes {
    private static let hitsMax = 12

    static func search(_ call: Call) async throws -> Reply {
        let words = call.visit.words
        let text = String((call.ask.value("q") ?? "").prefix(100))
        let wanted = text.lowercased()
        var hits: [SearchPage.Hit] = []
        if !wanted.isEmpty {
            for kind in TicketKind.allCases {
                guard let record = try await call.store.ticket(kind, number: text) else { continue }
                hits.append(
                    .init(name: record.ticket.number, kind: words.singular(kind), address: Link.ticket(kind, text)))
            }
            hits += Place.allCases.filter { $0.name(words).lowercased().contains(wanted) }
                .map { .init(name: $0.name(words), kind: words(.places), address: $0.path) }
            let extents = try await call.store.extents()
            hits += Measure.catalogue.filter { measure in
                words.label(measure).lowercased().contains(wanted) && extents.contains { $0.kind == measure.kind }
            }.map { .init(name: words.label($0), kind: words(.measure), address: Link.measure($0)) }
            if let kind = extents.max(by: { $0.count < $1.count })?.kind, let measure = Measure(kind, .timeToResolve) {
                for dimension in Dimension.allCases where hits.count < hitsMax {
                    hits += try await call.store.values(of: dimension, kind, limit: 500)
                        .filter { $0.value.lowercased().contains(wanted) }
                        .map {
                            .init(
                                name: $0.value, kind: words.name(of: dimension),
                                address: Link.measure(measure, Slice(dimension, $0.value)))
                        }
                }
            }
        }
        let page = SearchPage(text: text, hits: Array(hits.prefix(hitsMax)))
        return call.ask.value("part") == nil ? call.html(page.page(call.visit)) : .html(page.list)
    }
}
