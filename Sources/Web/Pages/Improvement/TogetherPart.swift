import Improvements
import Languages
import Records
import Store

/// What departments, teams and people do with one improvement, as tables with a button a row.
struct TogetherPart {
    var values: ImprovementValues
    var forms: ImprovementForms

    private var one: Improvement { values.improvement }
    private var round: Round { values.round }

    // MARK: Where it belongs

    /// What it is a part of, its parts, and what was merged into it.
    func family(_ words: Words) -> HTML {
        var pairs: [(String, HTML)] = []
        if let parent = one.parent {
            let title = values.others.first { $0.id == parent }?.title ?? String(parent)
            pairs.append((words.say(.parentHeading), "<a href=\"/improvements/\(parent)\">\(title)</a>"))
        }
        if !values.parts.isEmpty {
            let list = values.parts.map { kept -> HTML in
                let standing = words.tell(
                    .standing(kept.improvement.state, round: kept.improvement.round.number, kept.improvement.round.step)
                )
                return """
                    <li><a href="/improvements/\(kept.id.value)">\(kept.improvement.title)</a> \
                    <span class="note">\(standing.html(in: words.language))</span></li>
                    """
            }
            pairs.append((words.say(.familyHeading), "<ul class=\"plain\">\(list)</ul>"))
        }
        if !one.absorbed.isEmpty {
            let list = one.absorbed.map { "<a href=\"/improvements/\($0.id)\">\($0.title)</a>" as HTML }
            pairs.append((words.say(.absorbedHeading), list.joined(by: words.language == .zh ? "、" : ", ")))
        }
        if !one.supporters.isEmpty {
            let names = one.supporters.joined(separator: words.language == .zh ? "、" : ", ")
            pairs.append((words.say(.supportersHeading), HTML(escaping: names)))
        }
        if let other = one.mergedInto {
            pairs.append(
                (words(.status), "<a href=\"/improvements/\(other)\">\(words.text(.mergedInto(other)))</a>"))
        }
        if pairs.isEmpty { return .empty }
        return "<dl class=\"fields\">\(pairs.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" as HTML })</dl>"
    }

    // MARK: Departments

    func departments(_ words: Words) -> HTML {
        guard !round.parts.isEmpty else { return .empty }
        let rows = round.parts.enumerated().map { place, part -> [Table.Cell] in
            let isLate = part.doneOn == nil && (part.due.map { $0 < values.today } ?? false)
            let late: HTML = isLate ? "<span class=\"mark worse\">↓ \(words.say(.overdue))</span> " : .empty
            let state: HTML =
                part.doneOn.map { "\(words.told(.doneOn($0)))" }
                ?? "\(late)\(forms.button(.partdone, item: place, about: part.department))"
            return [
                .text(part.department), .text(part.text), .text(part.lead),
                part.due.map { .number(words.figures.shortDate($0), Double($0.number)) } ?? .text(Figures.missing),
                Table.Cell(state),
            ]
        }
        return """
            <h4>\(words.say(.partsHeading))</h4>\(Table(
                caption: words.say(.partsHeading),
                columns: [
                    .text(words.say(.departmentLabel)), .text(words.say(.partLabel)), .text(words.say(.leadLabel)),
                    .text(words.say(.dueLabel)), .text(words(.status)),
                ], rows: rows
            ).html)
            """
    }

    /// What is waited for, and how many days each pair has cost so far.
    func waits(_ words: Words) -> HTML {
        let ledger = waitingLedger(of: one, ID(values.id), asOf: values.today)
        guard !ledger.lines.isEmpty else { return .empty }
        let told = ledger.lines.map { line -> HTML in
            let text = words(
                .departmentWaited(
                    department: line.department, waitsFor: line.waitsFor, days: line.days, stillWaits: line.open > 0)
            ).html(in: words.language)
            return line.open > 0 ? "<li><span class=\"worse\">\(text)</span></li>" : "<li>\(text)</li>"
        }
        let rows = one.waits.map { wait -> [Table.Cell] in
            let days = wait.days(asOf: values.today)
            let over = wait.daysOverAgreed(asOf: values.today)
            let agreed = wait.agreedDays.map { words.told(.daysLong($0)) } ?? Figures.missing
            return [
                .text(wait.what), .text(wait.department.isEmpty ? words.say(.wholeWork) : wait.department),
                .text(wait.waitsFor), .number(words.told(.daysLong(days)), Double(days)),
                Table.Cell(over > 0 ? "<span class=\"worse\">\(agreed)</span>" : HTML(escaping: agreed)),
                Table.Cell(
                    wait.until.map { "\(words.told(.doneOn($0)))" }
                        ?? forms.button(.handed, item: wait.id, about: wait.what) ?? .empty),
            ]
        }
        let table: HTML =
            rows.isEmpty
            ? .empty
            : Table(
                caption: words.say(.waitsHeading),
                columns: [
                    .text(words.say(.whatForLabel)), .text(words.say(.departmentLabel)),
                    .text(words.say(.waitsForLabel)),
                    .number(words.say(.waitedHeading)), .text(words.say(.agreedHeading)), .text(words(.status)),
                ], rows: rows
            ).html
        return "<h4>\(words.say(.waitsHeading))</h4><ul class=\"plain\">\(told)</ul>\(table)"
    }

    // MARK: The new way

    func adoption(_ words: Words) -> HTML {
        let teams = round.adoption
        guard !teams.isEmpty else { return .empty }
        let rows = teams.map { team -> [Table.Cell] in
            [
                .text(team.team), .text(team.department),
                .number(words.figures.count(team.adopted), Double(team.adopted)),
                team.people.map { .number(words.figures.count($0), Double($0)) } ?? .text(Figures.missing),
                team.share.map { .number(words.figures.percent($0), $0) } ?? .text(Figures.missing),
            ]
        }
        let counted = teams.filter { $0.people != nil }
        let people = counted.reduce(0) { $0 + ($1.people ?? 0) }
        let told: HTML? =
            people == 0
            ? nil
            : """
            <p>\(words.text(
                .adoptionShare(
                    adopted: counted.reduce(0) { $0 + $1.adopted }, people: people, needed: round.adoptionNeeded)))</p>
            """
        let waits: HTML? = round.needsAdoption ? "<p class=\"note\">\(words(RegisterPhrase.needsAdoption))</p>" : nil
        return """
            <h4>\(words.say(.adoptionHeading))</h4>\(told)\(waits)\(Table(
                caption: words.say(.adoptionHeading),
                columns: [
                    .text(words.say(.teamHeading)), .text(words.say(.departmentLabel)), .number(words.say(.adoptedLabel)),
                    .number(words.say(.peopleLabel)), .number(words.say(.shareHeading)),
                ], rows: rows
            ).html)\(byDepartment(words))
            """
    }

    /// How far each department has come, where there are several and their teams were counted.
    private func byDepartment(_ words: Words) -> HTML {
        var sums: [(name: String, adopted: Int, people: Int)] = []
        for team in round.adoption {
            guard let people = team.people, !team.department.isEmpty else { continue }
            if let i = sums.firstIndex(where: { $0.name == team.department }) {
                sums[i].adopted += team.adopted
                sums[i].people += people
            } else {
                sums.append((team.department, team.adopted, people))
            }
        }
        guard sums.count > 1 else { return .empty }
        let items = sums.map { sum -> HTML in
            let told = words.text(.adoptionShare(adopted: sum.adopted, people: sum.people, needed: nil))
            return "<li>\(words.labelled(sum.name, told))</li>"
        }
        return "<ul class=\"plain\">\(items)</ul>"
    }

    /// Hours by department: of departments, never of people.
    func time(_ words: Words) -> HTML {
        guard !one.spent.isEmpty else { return .empty }
        var sums: [(name: String, hours: Double)] = []
        for time in one.spent {
            if let i = sums.firstIndex(where: { $0.name == time.department }) {
                sums[i].hours += time.hours
            } else {
                sums.append((time.department, time.hours))
            }
        }
        let rows = (sums + [(words.say(.inAllHeading), one.hoursSpent)]).map { sum -> [Table.Cell] in
            [
                .text(sum.name.isEmpty ? words.say(ImprovementPhrase.notSaid) : sum.name),
                .number(words.figures.number(sum.hours), sum.hours),
            ]
        }
        return """
            <h4>\(words.say(.timeHeading))</h4>\(Table(
                caption: words.say(.timeHeading),
                columns: [.text(words.say(.departmentLabel)), .number(words.say(.hoursHeading))], rows: rows,
                isSortable: false
            ).html)
            """
    }

    // MARK: What people said

    /// The comments, the latest first; names that were called stand out.
    func comments(_ words: Words) -> HTML {
        guard !one.comments.isEmpty else { return .empty }
        let items = one.comments.suffix(Self.commentsShown).reversed().map { remark -> HTML in
            let time = words.figures.time(remark.at, in: values.zone)
            let from: HTML? = remark.from.map {
                " <a class=\"note\" href=\"/improvements/\($0)\">\(words.say(.absorbedHeading))</a>"
            }
            return """
                <li><span class="note">\(time) <strong>\(remark.by)</strong></span> \
                <span>\(Self.called(remark.text, remark.mentions(known: values.people)))\(from)</span></li>

                """
        }
        return "<h3>\(words.say(.commentsHeading))</h3><ol class=\"history\">\(items)</ol>"
    }

    /// The latest; the history below has them all.
    private static let commentsShown = 20

    /// A text in which the names that were called are strong.
    static func called(_ text: String, _ names: [String]) -> HTML {
        var out = HTML.empty
        var rest = Substring(text)
        while let sign = rest.firstIndex(of: "@") {
            let after = rest[rest.index(after: sign)...]
            let hit = names.filter { after.lowercased().hasPrefix($0.lowercased()) }.max { $0.count < $1.count }
            guard let hit else {
                out += HTML(escaping: rest[...sign])
                rest = after
                continue
            }
            out += "\(rest[..<sign])<strong>@\(after.prefix(hit.count))</strong>"
            rest = after.dropFirst(hit.count)
        }
        return out + HTML(escaping: rest)
    }
}
