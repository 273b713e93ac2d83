import Connectors
import Records
import Statistics
import Texts

/// How fine texts are divided.
public enum TextLevel: String, Sendable, CaseIterable {
    /// What tells of the same trouble.
    case same
    /// What is about the same thing.
    case topics
}

/// Groups the rows of a table by what they tell, and writes `doc_id,cluster`: the cluster is empty where a row is alone.
/// - Parameter level: Nil is `same` where the table has a column of time, otherwise `topics`: without a time nothing comes back.
/// - Throws: `SeriesFileError`, `ConnectorError`, or what `write` throws.
public func recurring(
    of path: String, _ options: TextOptions, level: TextLevel? = nil, write: (String) throws -> Void
) throws {
    let table = try TextTable(of: path, options, level)
    let clusters = grouped(table).clusters
    var out = "doc_id,cluster\n"
    for (index, id) in table.ids.enumerated() {
        out += csvCell(id) + (clusters[index] >= 0 ? ",\(clusters[index] + 1)\n" : ",\n")
        if out.utf8.count > 1 << 16 {
            try write(out)
            out = ""
        }
    }
    try write(out)
}

/// The same as one JSON document: each group with its words, its size, its rows, and its rhythm where it has one.
///
/// A rhythm is told where returns are more regular than chance would have it; over all groups of the file at most one in
/// twenty of those told is expected to be chance (Benjamini and Hochberg, 1995).
public func recurringDocument(of path: String, _ options: TextOptions, level: TextLevel? = nil) throws -> String {
    let table = try TextTable(of: path, options, level)
    let (clusters, words) = grouped(table)
    var members: [Int: [Int]] = [:]
    for (index, cluster) in clusters.enumerated() where cluster >= 0 {
        members[Int(cluster), default: []].append(index)
    }
    let order = members.keys.sorted { (members[$1, default: []].count, $0) < (members[$0, default: []].count, $1) }
    let rhythms = rhythms(of: order.map { members[$0, default: []] }, table)
    var json = JSONText()
    json.open()
    json.add("schema", "ratchet.recurring/1")
    json.add("level", table.level.rawValue)
    json.add("documents", table.ids.count)
    json.add("alone", clusters.count { $0 < 0 })
    json.openList("groups")
    for (place, cluster) in order.enumerated() {
        let rows = members[cluster, default: []]
        json.open()
        json.add("cluster", cluster + 1)
        json.add("size", rows.count)
        json.add("words", words(cluster, rows).map { table.vocabulary.text($0) })
        let days = rows.compactMap { table.day(of: $0) }
        json.add("first", days.min()?.description)
        json.add("last", days.max()?.description)
        if let rhythm = rhythms[place] {
            json.open("rhythm")
            json.add("everyDays", Estimate(rhythm.medianDays, low: rhythm.low, high: rhythm.high))
            json.add("p", rhythm.p)
            json.add("returns", rhythm.returns.count)
            json.add("next", Day(number: Int32(rhythm.next)).description)
            json.add("nextEarliest", Day(number: Int32(rhythm.nextEarliest)).description)
            json.add("nextLatest", Day(number: Int32(rhythm.nextLatest)).description)
            json.close()
        }
        json.add("documents", rows.map { table.ids[$0] })
        json.close()
    }
    json.closeList()
    json.close()
    return json.text + "\n"
}

/// - Returns: The cluster of each row, −1 where it is alone; and what tells the words of a cluster.
private func grouped(_ table: TextTable) -> (
    clusters: [Int32], words: (_ cluster: Int, _ rows: [Int]) -> [UInt32]
) {
    let wordsShown = 5
    switch table.level {
    case .same:
        var found = Recurrences(table.sets)
        found.groupAll()
        let groups = found
        let clusters = groups.groupOf.map { groups.memberCount(Int($0)) > 1 ? $0 : -1 }
        return (clusters, { cluster, _ in groups.words(of: cluster, limit: wordsShown) })
    case .topics:
        let sets = table.sets
        return (topics(of: sets), { _, rows in sets.words(of: rows, limit: wordsShown) })
    }
}

private func rhythms(of groups: [[Int]], _ table: TextTable) -> [ReturnRhythm?] {
    let tested = groups.map { rows in
        returnRhythm(of: rows.compactMap { table.day(of: $0).map { Int($0.number) } })
    }
    let places = tested.indices.filter { tested[$0] != nil }
    let rates = discoveryRates(places.map { tested[$0]?.p ?? 1 })
    var out = [ReturnRhythm?](repeating: nil, count: tested.count)
    for (place, rate) in zip(places, rates) where rate <= 0.05 { out[place] = tested[place] }
    return out
}
