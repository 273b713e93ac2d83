import Connectors
import Records
import Statistics
import Texts

/// The language of the comments of a file.
public enum CommentLanguage: String, Sendable, CaseIterable {
    /// Found out for each comment.
    case auto
    case en
    case da
    case zh

    var language: TextLanguage? { TextLanguage(rawValue: rawValue) }
}

/// Reads the comments of a file and tells their themes, as one JSON document.
///
/// The largest theme first; each with its words, how many comments, its share of those that say anything, how they feel, and
/// the comments that are most typical of it.
/// - Throws: `SeriesFileError` or `ConnectorError`.
public func themesDocument(of path: String, _ options: TextOptions, language: CommentLanguage = .auto) throws -> String
{
    let table = try CommentTable(of: path, options, language)
    let found = Themes(of: table.texts)
    var json = JSONText()
    json.open()
    json.add("schema", "ratchet.themes/1")
    json.add("comments", table.texts.count)
    json.add("empty", table.isEmpty.count { $0 })
    json.add("withoutTheme", zip(found.themeOf, table.isEmpty).count { $0 < 0 && !$1 })
    json.open("languages")
    for language in TextLanguage.allCases {
        json.add(language.rawValue, zip(table.languages, table.isEmpty).count { $0 == language && !$1 })
    }
    json.close()
    let said = table.texts.indices.filter { !table.isEmpty[$0] }
    addFeeling(of: said, table, &json)
    json.openList("themes")
    for (place, theme) in found.themes.enumerated() {
        json.open()
        json.add("theme", place + 1)
        json.add("words", theme.words)
        json.add("count", theme.rows.count)
        json.add("share", Double(theme.rows.count) / Double(said.count))
        addFeeling(of: theme.rows, table, &json)
        json.openList("examples")
        for row in theme.typical {
            json.open()
            json.add("id", table.ids[row])
            json.add("text", shortened(table.texts[row]))
            json.add("sentiment", table.feelings[row].score)
            json.close()
        }
        json.closeList()
        json.close()
    }
    json.closeList()
    json.close()
    return json.text + "\n"
}

/// The same comment by comment: `doc_id,language,theme,sentiment`, the theme empty where there is none, the language and the
/// sentiment where nothing is said.
public func themesOfComments(
    of path: String, _ options: TextOptions, language: CommentLanguage = .auto, write: (String) throws -> Void
) throws {
    let table = try CommentTable(of: path, options, language)
    let found = Themes(of: table.texts)
    var out = "doc_id,language,theme,sentiment\n"
    for row in table.texts.indices {
        let theme = found.themeOf[row] < 0 ? "" : "\(found.themeOf[row] + 1)"
        let said = table.isEmpty[row] ? ("", "") : (table.languages[row].rawValue, "\(table.feelings[row].score)")
        out += "\(csvCell(table.ids[row])),\(said.0),\(theme),\(said.1)\n"
        if out.utf8.count > 1 << 16 {
            try write(out)
            out = ""
        }
    }
    try write(out)
}

private func addFeeling(of rows: [Int], _ table: CommentTable, _ json: inout JSONText) {
    let group = GroupFeeling(rows.lazy.map { table.feelings[$0] })
    json.add("sentiment", group.mean)
    json.open("feelings")
    for kind in FeelingKind.allCases { json.add(kind.rawValue, group.counts[kind, default: 0]) }
    json.close()
}

/// The beginning of a text, cut between characters.
private func shortened(_ text: String) -> String {
    let charactersMax = 300
    return text.count <= charactersMax ? text : text.prefix(charactersMax) + "…"
}

/// The comments of a file, each with its language and its feeling.
struct CommentTable {
    private(set) var ids: [String] = []
    private(set) var texts: [String] = []
    private(set) var languages: [TextLanguage] = []
    private(set) var feelings: [Feeling] = []
    /// Whether a comment has neither a letter nor a sign of feeling.
    private(set) var isEmpty: [Bool] = []

    init(of path: String, _ options: TextOptions, _ language: CommentLanguage) throws {
        var columns: TextColumns?
        try eachRowOfCells(of: path) { cells, line in
            guard let places = columns else {
                columns = try TextColumns(cells.texts, options, path)
                return
            }
            texts.append(places.text < cells.count ? cells.text(places.text) : "")
            ids.append(places.id.flatMap { $0 < cells.count ? cells.text($0) : nil } ?? "\(line)")
        }
        if columns == nil { throw ConnectorError.isEmpty(path: path) }
        if ids.isEmpty { throw ConnectorError.headerOnly(path: path, line: 1) }
        read(language)
    }

    /// What no comment tells about its own language, the others do: the most frequent one.
    private mutating func read(_ language: CommentLanguage) {
        let own = texts.map { language.language ?? textLanguage(of: $0) }
        let usual =
            TextLanguage.allCases.max { a, b in own.count { $0 == a } < own.count { $0 == b } } ?? .english
        var reader = FeelingReader()
        for (text, own) in zip(texts, own) {
            languages.append(own ?? usual)
            let feeling = reader.feeling(of: text, in: own ?? usual)
            feelings.append(feeling)
            isEmpty.append(feeling.kind == .none && !text.unicodeScalars.contains { $0.properties.isAlphabetic })
        }
    }
}

/// The comments of a file with their sentiment, without their themes.
public func scoredComments(
    of path: String, _ options: TextOptions, language: CommentLanguage = .auto
) throws -> [(id: String, text: String, score: Double)] {
    let table = try CommentTable(of: path, options, language)
    return table.texts.indices.map { (table.ids[$0], table.texts[$0], table.feelings[$0].score) }
}
