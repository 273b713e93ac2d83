import Languages

/// A table of figures: headings, rows of cells, numbers to the right with tabular figures.
struct Table {
    struct Column {
        var heading: String
        var isNumber = false
        /// Set for a column of pictures, which has no order.
        var isSortable = true
        /// The heading is not seen, only heard.
        var isHeadingHeard = false

        static func text(_ heading: String) -> Column { Column(heading: heading) }
        static func number(_ heading: String) -> Column { Column(heading: heading, isNumber: true) }
        static func picture(_ heading: String) -> Column { Column(heading: heading, isSortable: false) }
        /// Pictures that need no heading but for those who listen.
        static func bars(_ heading: String) -> Column {
            Column(heading: heading, isSortable: false, isHeadingHeard: true)
        }
    }

    struct Cell: ExpressibleByStringInterpolation {
        var html: HTML
        /// What the script sorts by, where the shown text would not do.
        var sortKey: Double?

        init(_ html: HTML, sortKey: Double? = nil) {
            self.html = html
            self.sortKey = sortKey
        }
        init(stringLiteral value: String) { html = HTML(stringLiteral: value) }
        init(stringInterpolation: HTML.StringInterpolation) { html = HTML(stringInterpolation: stringInterpolation) }
        /// Text of anyone.
        static func text(_ text: String) -> Cell { Cell(HTML(escaping: text)) }
        static func number(_ text: String, _ value: Double) -> Cell {
            Cell(HTML(escaping: text), sortKey: value.isFinite ? value : nil)
        }
    }

    var caption: String
    var columns: [Column]
    var rows: [[Cell]]
    /// The first cell of each row names the row.
    var hasRowHeadings = true
    var isSortable = true
    /// Set where a heading above says the same: the caption is still there for those who listen.
    var isCaptionShown = false

    var html: HTML {
        let head = columns.map { column -> HTML in
            let kind: HTML = column.isNumber ? " class=\"n\"" : ""
            let sort: HTML = isSortable && column.isSortable ? "" : " data-fixed"
            let heading: HTML =
                column.isHeadingHeard ? "<span class=\"heard\">\(column.heading)</span>" : "\(column.heading)"
            return "<th scope=\"col\"\(kind)\(sort)>\(heading)</th>"
        }
        let body = rows.map { row -> HTML in
            let cells = row.enumerated().map { i, cell -> HTML in
                let isNumber = i < columns.count && columns[i].isNumber
                let key: HTML? = cell.sortKey.map { " data-v=\"\(String($0))\"" }
                if i == 0, hasRowHeadings { return "<th scope=\"row\"\(key)>\(cell.html)</th>" }
                return isNumber ? "<td class=\"n\"\(key)>\(cell.html)</td>" : "<td\(key)>\(cell.html)</td>"
            }
            return "<tr>\(cells)</tr>\n"
        }
        let sortable: HTML = isSortable && rows.count > 1 ? " class=\"sortable\"" : ""
        return """
            <div class="table" tabindex="0" role="region" aria-label="\(caption)"><table\(sortable)>\
            \(isCaptionShown ? "<caption>" : "<caption class=\"heard\">" as HTML)\(caption)</caption><thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)</tbody></table></div>
            """
    }
}

/// Where a list goes on: previous and next, and where one is.
struct Pager {
    var page: Int
    var pages: Int
    var path: String
    var query: [(String, String)]

    func html(_ words: Words) -> HTML {
        guard pages > 1 else { return .empty }
        func link(_ to: Int, _ text: String, _ rel: String) -> HTML? {
            guard (1...pages).contains(to) else { return nil }
            return "<a rel=\"\(rel)\" href=\"\(Link.setting("page", to: String(to), in: path, query))\">\(text)</a>"
        }
        return """
            <nav class="pager" aria-label="\(words.text(.pageOf(page, pages)))">\
            \(link(page - 1, words(.previousPage), "prev")) <span>\(words.text(.pageOf(page, pages)))</span> \
            \(link(page + 1, words(.nextPage), "next"))</nav>
            """
    }
}
