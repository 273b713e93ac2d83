import Connectors
import Records
import Statistics
import Texts

/// The columns of cases as numbers, learned from the training table alone and in its order.
///
/// A category becomes what came of earlier rows with it: the share that broke their promise, the usual logarithm of hours, and
/// how many there were. A text becomes the mean of that over its words. A time becomes its hour, its weekday and its day of
/// the month.
struct CaseFeatures {
    private enum Source {
        case number(train: Int, test: Int)
        case time(train: Int, test: Int)
        case category(train: Int, test: Int)
        case text(train: Int, test: Int)
    }

    private(set) var names: [String] = []
    private(set) var training: [[Double]] = []
    private(set) var testing: [[Double]] = []

    /// - Parameters:
    ///   - leftOut: Columns that are no features: the identity and the outcomes.
    ///   - hours: The logarithms of the hours of the training rows, NaN where unknown; `breach` likewise.
    ///   - known: Only so many rows are learned from; the later ones are rows to be predicted.
    init(_ train: CaseTable, _ test: CaseTable, leftOut: Set<String>, hours: [Double], breach: [Double], known: Int) {
        for (column, name) in train.header.enumerated() where !leftOut.contains(name) {
            guard let other = test.column(name) else { continue }
            switch train.kind(column) {
            case .number: add(name, train.numbers(column), test.numbers(other))
            case .time: addTimes(name, train, column, test, other)
            case .category:
                let (a, b, count) = Self.codes(train, column, test, other)
                addRates(name, a.map { [$0] }, b.map { [$0] }, count, hours, breach, known)
            case .text:
                let (a, b, count) = Self.words(train, column, test, other)
                addRates(name, a, b, count, hours, breach, known)
            }
        }
    }

    private mutating func add(_ name: String, _ train: [Double], _ test: [Double]) {
        names.append(name)
        training.append(train)
        testing.append(test)
    }

    private mutating func addTimes(_ name: String, _ train: CaseTable, _ column: Int, _ test: CaseTable, _ other: Int) {
        func moments(_ table: CaseTable, _ column: Int) -> [Int64?] {
            guard var reader = try? MomentColumn() else { return [] }
            var out: [MomentColumn.Reading?] = []
            for row in 0..<table.rowCount { out.append(reader.read(table.text(column, row).utf8.span)) }
            let isTurned = (try? reader.isMonthFirst(table.path, column: name)) ?? false
            return out.map { $0.map { $0.canTurn && isTurned ? MomentColumn.turned($0.at) : $0.at } }
        }
        let (a, b) = (moments(train, column), moments(test, other))
        let parts: [(String, (Int64) -> Double)] = [
            ("hour", { Double($0 / 3_600_000_000 % 24) }), ("weekday", { Double(($0 / 86_400_000_000 + 3) % 7) }),
            ("day", { Double(Day(number: Int32($0 / 86_400_000_000)).components.day) }),
        ]
        for (part, value) in parts {
            add("\(name), \(part)", a.map { $0.map(value) ?? .nan }, b.map { $0.map(value) ?? .nan })
        }
    }

    /// Values as numbers from 0 on, the same in both tables.
    private static func codes(_ train: CaseTable, _ column: Int, _ test: CaseTable, _ other: Int) -> (
        [Int], [Int], Int
    ) {
        var known: [String: Int] = [:]
        func code(_ text: String) -> Int {
            if let code = known[text] { return code }
            known[text] = known.count
            return known.count - 1
        }
        var ofTrain: [UInt32: Int] = [:]
        let a = train.cells[column].map { cell -> Int in
            if let code = ofTrain[cell] { return code }
            let new = code(train.names[Name(code: cell)])
            ofTrain[cell] = new
            return new
        }
        var ofTest: [UInt32: Int] = [:]
        let b = test.cells[other].map { cell -> Int in
            if let code = ofTest[cell] { return code }
            let new = code(test.names[Name(code: cell)])
            ofTest[cell] = new
            return new
        }
        return (a, b, known.count)
    }

    private static func words(_ train: CaseTable, _ column: Int, _ test: CaseTable, _ other: Int) -> (
        [[Int]], [[Int]], Int
    ) {
        var vocabulary = Vocabulary()
        func words(_ table: CaseTable, _ column: Int) -> [[Int]] {
            (0..<table.rowCount).map { row in
                var out: [UInt32] = []
                vocabulary.words(of: table.text(column, row).utf8.span, to: &out)
                return Set(out).sorted().map { Int($0) }
            }
        }
        let a = words(train, column)
        let b = words(test, other)
        return (a, b, vocabulary.count)
    }

    private mutating func addRates(
        _ name: String, _ train: [[Int]], _ test: [[Int]], _ count: Int, _ hours: [Double], _ breach: [Double],
        _ known: Int
    ) {
        var rates = EarlierRates(
            values: count, first: Statistics.mean(breach.prefix(known).filter { !$0.isNaN }) ?? 0.5)
        var times = EarlierRates(values: count, first: Statistics.mean(hours.prefix(known).filter { !$0.isNaN }) ?? 0)
        func told(_ values: [Int]) -> (Double, Double, Double) {
            if values.isEmpty { return (.nan, .nan, 0) }
            let n = Double(values.count)
            return (
                values.reduce(0) { $0 + rates.expected($1) } / n, values.reduce(0) { $0 + times.expected($1) } / n,
                values.reduce(0) { $0 + rates.count($1) } / n
            )
        }
        var (a, b): ([(Double, Double, Double)], [(Double, Double, Double)]) = ([], [])
        for (row, values) in train.enumerated() {
            a.append(told(values))
            guard row < known else { continue }
            for value in values {
                if !breach[row].isNaN { rates.learn(value, breach[row]) }
                if !hours[row].isNaN { times.learn(value, hours[row]) }
            }
        }
        for values in test { b.append(told(values)) }
        add("\(name): promise broken", a.map(\.0), b.map(\.0))
        add("\(name): hours", a.map(\.1), b.map(\.1))
        add("\(name): how often", a.map(\.2), b.map(\.2))
    }
}
