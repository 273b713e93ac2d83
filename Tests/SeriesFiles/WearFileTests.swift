import Foundation
import SeriesFiles
import Statistics
import Testing

@Suite("Files of wear")
struct WearFileTests {
    private func path(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "/" + UUID().uuidString + ".csv"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func told(
        _ text: String, train: String? = nil, limit: (String, Double)? = nil, unit: String = "unit"
    ) throws -> [String] {
        var out = ""
        var options = WearOptions(unit: unit, time: "cycle")
        options.limit = limit.map { ($0.0, $0.1) }
        try wear(
            of: try path(text), shownAs: "readings.csv", train: try train.map { (try path($0), "histories.csv") },
            options
        ) { out += $0 }
        return out.split(separator: "\n").map(String.init)
    }

    private static func fleet(_ count: Int, seed: UInt64, leaving left: Int) -> String {
        var generator = SplitMix64(seed: seed)
        var out = "unit,cycle,heat,site\n"
        for device in 0..<count {
            let life = 60 + generator.below(40)
            for t in 0..<(life - left) {
                let heat = 20 / Double(life - t) + generator.uniform()
                out += "D\(device),\(t),\(heat),Aarhus\n"
            }
        }
        return out
    }

    @Test("Each device has a line in the order of the file; one without a trend has empty cells")
    func limits() throws {
        var text = "unit,cycle,load\n"
        for t in (0..<20).reversed() { text += "b,\(t),\(t)\na,\(t),\(t % 2)\n" }
        #expect(try told(text, limit: ("load", 29)) == ["unit,remaining,lo95,hi95", "b,10.0,10.0,10.0", "a,,,"])
    }

    @Test("Histories teach; devices near their end have less left than fresh ones")
    func histories() throws {
        let train = Self.fleet(8, seed: 1, leaving: 0)
        let worn = try told(Self.fleet(6, seed: 2, leaving: 4), train: train)
        let fresh = try told(Self.fleet(6, seed: 2, leaving: 40), train: train)
        func mean(_ lines: [String]) throws -> Double {
            let values = try lines.dropFirst().map { try #require(Double($0.split(separator: ",")[1])) }
            return values.reduce(0, +) / Double(values.count)
        }
        let (left, leftFresh) = (try mean(worn), try mean(fresh))
        #expect(left < 12 && leftFresh > 25, "\(left) \(leftFresh)")
    }

    @Test("What cannot be used is told with its place")
    func errors() throws {
        let few = "unit,cycle,heat\n1,1,2\n"
        func message(_ body: () throws -> [String]) -> String {
            do {
                _ = try body()
                return "accepted"
            } catch { return (error as? SeriesFileError)?.message ?? "\(error)" }
        }
        #expect(message { try told(few) }.contains("--limit"))
        #expect(message { try told(few, train: few, limit: ("heat", 3)) }.contains("one of them"))
        #expect(message { try told(few, limit: ("cold", 3)) }.contains("“cold”"))
        #expect(message { try told(few, limit: ("heat", 3), unit: "device") }.contains("--unit"))
        #expect(message { try told(few, train: few) }.contains("too few histories"))
        #expect(message { try told("unit,cycle,heat\n1,May,2\n", limit: ("heat", 3)) }.contains("readings.csv:2:"))
        #expect(throws: (any Error).self) { try told("unit,cycle,heat\n", limit: ("heat", 3)) }
    }
}
