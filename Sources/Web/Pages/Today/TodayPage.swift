import Languages
import Opportunities
import Records
import Signals

/// What changed, what is about to go wrong, and what to do next.
struct TodayValues: Sendable {
    /// The last day of the data; nil when there is none.
    var asOf: Day?
    /// What got worse, the strongest first, a few of them with a picture.
    var changed: [(signal: Signal, chart: SeriesChart?)] = []
    var coming: [Signal] = []
    var opportunities: [Opportunity] = []
    var good: [Signal] = []
    var tested = 0
    var reported = 0
    var expectedFalse = 0.0
    var notes: [DetectionNote] = []
    /// The first day that was looked at.
    var since: Day?
    /// Without any, nothing can be missed.
    var hasTargets = true
    /// The sample organisation is there to be loaded.
    var hasSample = false
    var mayBringData = true
    /// What waits for the reader, and whether they may open improvements.
    var needs: [Need] = []
    var mayOpen = false
}

struct TodayPage {
    var values: TodayValues

    func page(_ visit: Visit) -> Page {
        let words = visit.words
        guard let asOf = values.asOf else { return firstVisit(visit) }
        var content: HTML = """
            <p class="aside">\(words.text(.asOf(asOf))) \
            <a href="/signals">\(words.text(.falseAlarms(
                reported: values.reported, tested: values.tested, expected: values.expectedFalse)))</a></p>
            \(needsYou(visit))
            <h2>\(words(.whatChanged))</h2>

            """
        if values.changed.isEmpty {
            content += "<p>\(words.text(.nothingChanged(since: values.since ?? asOf, series: values.tested)))</p>"
        }
        content += values.changed.map { Finding($0.signal, chart: $0.chart).html(words) }.joined()
        content += "<h2>\(words(.whatIsComing))</h2>"
        content +=
            values.coming.isEmpty
            ? "<p>\(words(values.hasTargets ? .nothingComing : .noTargetsAgreed))</p>"
            : values.coming.map { Finding($0).html(words) }.joined()
        content += "<h2>\(words(.whatToDo))</h2>"
        // What stands above is not told again.
        let told = Set((values.changed.map(\.signal) + values.coming).map(\.id))
        content +=
            values.opportunities.isEmpty
            ? "<p>\(words(.noOpportunities))</p>"
            : """
            <ol class="ranked">\(values.opportunities.map { """
                <li>\(OpportunityItem(
                    opportunity: $0, isTold: told.contains($0.lead.id)).html(words))</li>
                """ as HTML })</ol>
            """
        if !values.good.isEmpty {
            content += "<h2>\(words(.goodNews))</h2>"
            content += values.good.map { Finding($0).html(words) }.joined()
        }
        content += values.notes.map { "<p class=\"note\">\(words.note($0))</p>" as HTML }.joined()
        return Page(
            place: .today, title: words(.today), question: words(.todayQuestion), content: content,
            next: [(words(.openRegister), "/register"), (words(.openServices), "/services")])
    }

    /// Nothing where nothing waits: an empty list is no news.
    private func needsYou(_ visit: Visit) -> HTML {
        guard !values.needs.isEmpty else { return .empty }
        let items = values.needs.map { $0.html(visit, mayOpen: values.mayOpen) }
        return "<h2>\(visit.words.say(.needsYou))</h2><ul class=\"needs\">\(items)</ul>"
    }

    /// Nobody has brought data yet: three doors, each of which can be gone through now.
    private func firstVisit(_ visit: Visit) -> Page {
        let words = visit.words
        let sample: HTML =
            values.hasSample
            ? """
            <section class="door"><h2>\(words(.doorSample))</h2><p>\(words(.doorSampleText))</p>
            <form method="post" action="/sources/sample">\(visit.tokenField)<button>\(words(.doorSampleButton))</button>\
            </form></section>
            """ : .empty
        return Page(
            place: .today, title: words(.today), question: words(.todayQuestion),
            heading: HTML(escaping: words(.noData)),
            content: """
                <p class="lead">\(words(.threeDoors))</p>
                <div class="doors">
                \(sample)
                <section class="door"><h2>\(words(.doorFile))</h2><p>\(words(.doorFileText))</p>
                \(UploadForm(button: words(.doorFileButton)).html(visit))</section>
                <section class="door"><h2>\(words(.doorSystem))</h2><p>\(words(.doorSystemText))</p>
                <p><a class="button" href="/sources#connectors">\(words(.doorSystemButton))</a></p></section>
                </div>
                """)
    }
}

/// A plain form that sends a file; with script, the file may be dropped on it.
struct UploadForm {
    var button: String

    func html(_ visit: Visit) -> HTML {
        """
        <form class="drop stack" method="post" action="/sources/files" enctype="multipart/form-data">\(visit.tokenField)
        <label>\(visit.words(.chooseFile))<input type="file" name="file" required \
        accept=".csv,.tsv,.txt,.gz,text/csv"></label>
        <button>\(button)</button></form>
        """
    }
}
