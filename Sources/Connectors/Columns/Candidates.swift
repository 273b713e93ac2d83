/// The columns that each field may be read from, the best first; a name that occurs again gives one group of columns.
struct Candidates {
    private(set) var groups: [Field: [[Int]]] = [:]
    private(set) var hints: [Preset.Hint: Int] = [:]
    /// Fields that the user named: nothing else is considered for them.
    private(set) var named: Set<Field> = []
    private var guessed: Set<Field> = []

    init(header: [String], layout: Preset.Layout, options: ReadingOptions, path: String) throws(ConnectorError) {
        let normals = header.map { Self.base(normal($0)) }
        var places: [String: [Int]] = [:]
        for (i, name) in normals.enumerated() where !name.isEmpty { places[name, default: []].append(i) }
        // By sorted words, so that of two mistakes the same one is always told.
        for (field, column) in options.map.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            var found = header.indices.filter { header[$0] == column }
            if found.isEmpty { found = places[Self.base(normal(column))] ?? [] }
            guard !found.isEmpty else {
                throw .noSuchColumn(path: path, field: field, column: column, found: header)
            }
            groups[field] = [found]
            named.insert(field)
        }
        for field in Field.allCases where !named.contains(field) {
            if let own = layout.columns[field] {
                let found = own.compactMap { places[$0] }
                if !found.isEmpty { groups[field] = found }
                if own.isEmpty || !found.isEmpty { continue }
            }
            let names = Aliases.table.first { $0.field == field }?.names ?? []
            let found = names.compactMap { places[$0] }
            if !found.isEmpty {
                groups[field] = found
                guessed.insert(field)
            }
        }
        for (hint, names) in layout.hints {
            hints[hint] = names.lazy.compactMap { places[$0]?.first }.first
        }
    }

    /// The columns that any field or hint may use, each once.
    var watched: [Int] {
        Set(groups.values.joined().joined()).union(hints.values).sorted()
    }

    var dateColumns: Set<Int> {
        Set(Aliases.dates.flatMap { groups[$0] ?? [] }.joined())
    }

    /// One group for each field, now that it is known what the columns hold.
    /// - Parameters:
    ///   - isFilled: Whether a column has any value.
    ///   - isDate: Whether a column holds dates.
    ///   - isStatus: Whether a column holds words for where a ticket stands.
    func mapping(
        isFilled: (Int) -> Bool, isDate: (Int) -> Bool, isStatus: (Int) -> Bool, closingIsResolution: Bool
    ) -> [Field: [Int]] {
        var mapping: [Field: [Int]] = [:]
        var taken: Set<Int> = []
        func choose(_ field: Field) {
            guard var choices = groups[field] else { return }
            if guessed.contains(field) {
                choices = choices.filter { taken.isDisjoint(with: $0) }
                if Aliases.dates.contains(field) { choices = choices.filter { $0.contains(where: isDate) } }
                if field == .status { choices = choices.filter { $0.contains(where: isStatus) } }
            }
            guard let choice = choices.first(where: { $0.contains(where: isFilled) }) ?? choices.first else { return }
            mapping[field] = choice
            taken.formUnion(choice)
        }
        // What the user or the system's own list names goes first; guesses take what is left.
        for (field, _) in Aliases.table where !guessed.contains(field) { choose(field) }
        for (field, _) in Aliases.table where guessed.contains(field) { choose(field) }
        if closingIsResolution, mapping[.resolvedAt] == nil { mapping[.resolvedAt] = mapping[.closedAt] }
        return mapping
    }

    /// A dot-walked column ends in what is shown of the record that it points to.
    static func base(_ name: String) -> String {
        for suffix in [".name", ".displayvalue", ".number", ".label", "friendlyname"] where name.hasSuffix(suffix) {
            return String(name.dropLast(suffix.count))
        }
        return name
    }
}
