import Connectors
import Records
import Statistics

/// A table of cases, a row each, as texts in columns; and what kind each column is.
struct CaseTable {
    enum Kind: Equatable { case number, time, category, text }

    private(set) var header: [String] = []
    /// Column by column, each cell as the code of its text.
    private(set) var cells: [[UInt32]] = []
    private(set) var names = Names()
    private(set) var rowCount = 0
    let path: String

    init(of path: String, shownAs shown: String) throws {
        self.path = shown
        try eachRowOfCells(of: path) { row, line in
            if header.isEmpty {
                header = row.texts
                cells = header.map { _ in [] }
                return
            }
            guard row.count >= header.count else {
                throw SeriesFileError("\(shown):\(line): has \(row.count) fields; the header has \(header.count)")
            }
            let bytes = row.bytes.span
            for column in header.indices {
                cells[column].append(names.name(utf8: bytes.extracting(row.place(column))).code)
            }
            rowCount += 1
        }
        if rowCount == 0 { throw ConnectorError.headerOnly(path: shown, line: 1) }
    }

    func column(_ name: String) -> Int? { header.firstIndex(of: name) }

    func text(_ column: Int, _ row: Int) -> String { names[Name(code: cells[column][row])] }

    /// The header alone.
    static func header(of path: String) throws -> [String] {
        struct Enough: Error {}
        var header: [String] = []
        do {
            try eachRowOfCells(of: path) { row, _ in
                header = row.texts
                throw Enough()
            }
        } catch is Enough {}
        return header
    }

    /// How many cells say something; a dash or a question mark does not.
    func filled(_ column: Int) -> Int {
        var says = [Bool](repeating: true, count: names.count)
        for code in Set(cells[column]) {
            says[Int(code)] = !Self.blanks.contains(names[Name(code: code)].lowercased())
        }
        return cells[column].reduce(0) { $0 + (says[Int($1)] ? 1 : 0) }
    }

    private static let blanks: Set<String> = ["", "?", "-", "–", "—", "null", "none", "nil", "n/a", "na", "nan"]

    /// NaN where there is none.
    func numbers(_ column: Int) -> [Double] {
        var known = [Double](repeating: .nan, count: names.count)
        for code in Set(cells[column]) { known[Int(code)] = Double(names[Name(code: code)]) ?? .nan }
        return cells[column].map { known[Int($0)] }
    }

    /// What the cells show: numbers or times where nearly all are, texts where most have several words and are their own.
    func kind(_ column: Int) -> Kind {
        let most = 0.98
        var counts: [UInt32: Int] = [:]
        for code in cells[column] where code != 0 { counts[code, default: 0] += 1 }
        let filled = counts.values.reduce(0, +)
        if filled == 0 { return .category }
        func share(_ holds: (String) -> Bool) -> Double {
            Double(counts.reduce(0) { $0 + (holds(names[Name(code: $1.key)]) ? $1.value : 0) }) / Double(filled)
        }
        if share({ Double($0)?.isFinite ?? false }) >= most { return .number }
        var moments = (try? MomentColumn()) ?? nil
        if share({ text in moments?.read(text.utf8.span) != nil }) >= most { return .time }
        let words = counts.reduce(0) { $0 + names[Name(code: $1.key)].split(separator: " ").count * $1.value }
        return words >= 4 * filled && counts.count * 2 > filled ? .text : .category
    }
}
