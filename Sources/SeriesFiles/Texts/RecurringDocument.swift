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
    var ids: [String] = []
    var sets = WordSets()
    var vocabulary = Vocabulary()

    init(of path: String, _ options: TextOptions) throws {
        var columns: TextColumns?
        var words: [UInt32] = []
        try eachRowOfCells(of: path) { cells, line in
            guard let places = columns else {
                columns = try TextColumns(cells.texts, options, path)
                return
            }
            words.removeAll(keepingCapacity: true)
            if places.text < cells.count {
                vocabulary.words(of: cells.bytes.span.extracting(cells.place(places.text)), to: &words)
            }
            for place in places.by where place < cells.count {
                let value = cells.text(place)
                if !value.isEmpty { words.append(vocabulary.mark("\(place)=\(value)")) }
            }
            sets.add(&words)
            ids.append(places.id.flatMap { $0 < cells.count ? cells.text($0) : nil } ?? "\(line)")
        }
        if columns == nil { throw ConnectorError.isEmpty(path: path) }
        if ids.isEmpty { throw ConnectorError.headerOnly(path: path, line: 1) }
    }
}

private struct TextColumns {
    let text: Int
    let id: Int?
    let by: [Int]
    let time: Int?

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
    }
}

/// Groups the rows of a table that tell of the same trouble, and writes `doc_id,cluster`: empty where a row is alone.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `write` throws.
public func recurring(of path: String, _ options: TextOptions, write: (String) throws -> Void) throws {
    let table = try TextTable(of: path, options)
    var found = Recurrences(table.sets)
    found.groupAll()
    var out = "doc_id,cluster\n"
    for (index, id) in table.ids.enumerated() {
        let group = Int(found.groupOf[index])
        out += csvCell(id) + (found.memberCount(group) > 1 ? ",\(group + 1)\n" : ",\n")
        if out.utf8.count > 1 << 16 {
            try write(out)
            out = ""
        }
    }
    try write(out)
}
