import Connectors
import Records
import Texts

/// Which columns of a table of texts are what.
public struct TextOptions: Sendable {
    public var text: String
    /// The column that names each row; nil is found out, or the number of the line.
    public var id: String?
    /// Columns whose values are evidence as words are: category, group, service.
    public var by: [String]
    /// The column of when it happened; nil is found out.
    public var time: String?

    public init(text: String, id: String? = nil, by: [String] = [], time: String? = nil) {
        self.text = text
        self.id = id
        self.by = by
        self.time = time
    }
}

/// A table of texts as sets of words.
struct TextTable {
    private(set) var ids: [String] = []
    private(set) var sets = WordSets()
    private(set) var vocabulary = StemmedVocabulary()
    private(set) var level: TextLevel
    /// Microseconds; the smallest number where there is no time.
    private var at: [Int64] = []

    /// What is about the same thing is told in many forms of the same words: their beginnings are enough.
    private static let topicLetters = 5

    /// - Parameter level: Nil is what the file can tell: nothing comes back in a table that does not say when its rows happened, so
    ///   without a column of time they are divided by what they are about.
    init(of path: String, _ options: TextOptions, _ level: TextLevel?) throws {
        self.level = level ?? .same
        var columns: TextColumns?
        var words: [UInt32] = []
        var moments = try MomentColumn()
        var canTurn: [Bool] = []
        try eachRowOfCells(of: path) { cells, line in
            guard let places = columns else {
                let found = try TextColumns(cells.texts, options, path)
                self.level = level ?? (found.time == nil ? .topics : .same)
                if self.level == .topics { vocabulary = StemmedVocabulary(lettersMax: Self.topicLetters) }
                columns = found
                return
            }
            let bytes = cells.bytes.span
            words.removeAll(keepingCapacity: true)
            if places.text < cells.count {
                vocabulary.words(of: bytes.extracting(cells.place(places.text)), to: &words)
            }
            for place in places.by where place < cells.count {
                let value = cells.text(place)
                if !value.isEmpty { words.append(vocabulary.mark("\(place)=\(value)")) }
            }
            sets.add(&words)
            let moment = places.time.flatMap { place in
                place < cells.count ? moments.read(bytes.extracting(cells.place(place))) : nil
            }
            at.append(moment?.at ?? .min)
            canTurn.append(moment?.canTurn ?? false)
            ids.append(places.id.flatMap { $0 < cells.count ? cells.text($0) : nil } ?? "\(line)")
        }
        guard let columns else { throw ConnectorError.isEmpty(path: path) }
        if ids.isEmpty { throw ConnectorError.headerOnly(path: path, line: 1) }
        // Where nobody can tell days from months there are no dates; only a named column is worth an error.
        do throws(EventFileError) {
            if try moments.isMonthFirst(path, column: columns.timeName) {
                for i in at.indices where canTurn[i] { at[i] = MomentColumn.turned(at[i]) }
            }
        } catch {
            if options.time != nil { throw error }
            at = at.map { _ in .min }
        }
    }

    func day(of row: Int) -> Day? {
        at[row] == .min ? nil : Day(number: Int32(truncatingIfNeeded: at[row] / 86_400_000_000))
    }
}

struct TextColumns {
    let text: Int
    let id: Int?
    let by: [Int]
    let time: Int?
    let timeName: String

    init(_ header: [String], _ options: TextOptions, _ path: String) throws(SeriesFileError) {
        func place(_ name: String, _ option: String) throws(SeriesFileError) -> Int {
            if let exact = header.firstIndex(of: name) { return exact }
            if let near = header.firstIndex(where: { $0.lowercased() == name.lowercased() }) { return near }
            throw SeriesFileError(
                "\(path):1: has no column “\(name)” for --\(option); its columns are: " + header.joined(separator: ", ")
            )
        }
        func usual(_ names: [String]) -> Int? {
            for name in names { if let found = header.firstIndex(where: { $0.lowercased() == name }) { return found } }
            return nil
        }
        text = try place(options.text, "text")
        if let name = options.id {
            id = try place(name, "id")
        } else {
            id = usual(["doc_id", "id", "number", "case_id"])
        }
        var by: [Int] = []
        for name in options.by { by.append(try place(name, "by")) }
        self.by = by
        if let name = options.time {
            time = try place(name, "time")
        } else {
            time = usual(["opened_at", "created_at", "opened", "created", "time", "timestamp", "date"])
        }
        timeName = time.map { header[$0] } ?? ""
    }
}
