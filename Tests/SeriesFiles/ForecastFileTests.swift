import Foundation
import Testing

@testable import SeriesFiles

@Suite("Forecasts of files")
struct ForecastFileTests {
    static func run(_ text: String, _ request: ForecastRequest) throws -> String {
        let path = try LongTableTests.file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var out = ""
        try forecasts(of: path, shownAs: "x.csv", request) { out += $0 }
        return out
    }

    static let months: String = {
        var text = "unique_id,ds,y\n"
        for t in 0..<60 {
            text += "a,\(2019 + t / 12)-\(t % 12 < 9 ? "0" : "")\(t % 12 + 1)-01,\(20 + t % 12 % 5 + t / 7)\n"
        }
        return text
    }()

    @Test("The CSV has a row a step, and names its bounds by the level")
    func csv() throws {
        let lines = try Self.run(Self.months, ForecastRequest(horizon: 3)).split(separator: "\n")
        #expect(lines[0] == "unique_id,ds_index,mean,lo95,hi95" && lines.count == 4)
        #expect(lines[1].hasPrefix("a,1,"))
        let other = try Self.run(Self.months, ForecastRequest(horizon: 1, level: 0.8))
        #expect(other.hasPrefix("unique_id,ds_index,mean,lo80,hi80\n"))
        let commas = try Self.run("unique_id,ds,y\n\"a,b\",1,3\n\"a,b\",2,4\n", ForecastRequest(horizon: 1))
        #expect(commas.split(separator: "\n")[1].hasPrefix("\"a,b\",1,4.0,"))
    }

    @Test("The JSON says with what weights and errors, what was done, and when a limit is crossed")
    func json() throws {
        let text = try Self.run(Self.months, ForecastRequest(horizon: 12, isJSON: true, limit: 33))
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let series = try #require((document["series"] as? [String: Any])?["a"] as? [String: Any])
        #expect(series["n"] as? Int == 60 && series["seasons"] as? [Int] == [12])
        let steps = try #require(series["forecast"] as? [[String: Any]])
        #expect(steps.count == 12 && steps[0]["time"] as? String == "2024-01-01")
        #expect((series["past"] as? [[String: Any]])?.first?["step"] as? Int == 1)
        let limit = try #require(series["limit"] as? [String: Any])
        #expect((limit["p"] as? [Double])?.count == 12 && limit["direction"] as? String == "rising")
    }

    @Test("The same file twice gives the same bytes")
    func deterministic() throws {
        let request = ForecastRequest(horizon: 12, isJSON: true, limit: 33)
        #expect(try Self.run(Self.months, request) == Self.run(Self.months, request))
    }

    @Test("A series without any value is named")
    func nothing() throws {
        #expect(
            throws: SeriesFileError(
                "x.csv:2: the series “a” has 0 known values, and a forecast needs 2; remove it or bring more")
        ) {
            try Self.run("unique_id,ds,y\na,1,\n", ForecastRequest(horizon: 1))
        }
    }

    @Test("A day of hours brings its week; a season of 1 is none; without dates the series itself is asked")
    func candidates() {
        let plain = NamedSeries(id: "a", steps: ["1", "2"], values: (0..<70).map { Double($0 % 7) })
        #expect(ForecastRequest(horizon: 1, seasons: [24]).candidates(for: plain) == [24, 168])
        #expect(ForecastRequest(horizon: 1, seasons: [1]).candidates(for: plain) == [1])
        #expect(ForecastRequest(horizon: 1).candidates(for: plain) == [7])
    }

    @Test("Dates go on as they were written: hours, weeks, ends of months, leap days, gaps")
    func dates() throws {
        let hours = try #require(StepLength(of: ["2024-02-28 22:00:00", "2024-02-28 23:00:00"]))
        #expect(hours.date(1, after: "2024-02-28 23:00:00") == "2024-02-29 00:00:00" && hours.seasons == [24, 168])
        let days = try #require(StepLength(of: ["2024-02-27", "2024-02-28", "2024-03-01", "2024-03-02"]))
        #expect(days == .seconds(86_400) && days.date(2, after: "2024-02-28") == "2024-03-01")
        let ends = try #require(StepLength(of: ["2023-11-30", "2023-12-31", "2024-01-31"]))
        #expect(ends == .months(1) && ends.date(1, after: "2024-01-31") == "2024-02-29")
        #expect(
            try #require(StepLength(of: ["2020-01-01", "2020-04-01"])).date(3, after: "2020-04-01") == "2021-01-01")
        #expect(StepLength(of: ["2020-01-01", "2021-01-01"])?.seasons == [])
        #expect(StepLength(of: ["2020-01-01T00:00:00Z", "2020-01-01T00:05:00Z"])?.seasons == [288, 2016])
        #expect(StepLength(of: ["1", "2"]) == nil && StepLength(of: []) == nil)
    }

    @Test(
        "Plain numbers are read as the general way reads them",
        arguments: ["0", "-12.5", "1.10", "123456789012345", ".5", "7."])
    func numbers(text: String) {
        let bytes = Array(text.utf8)
        #expect(plainNumber(bytes.span) == Double(text) ?? Double("0" + text + "0"))
    }

    @Test(
        "What is no plain number is left to the general way",
        arguments: ["", "-", "1e5", "1.2.3", "1234567890123456", "x", "."])
    func others(text: String) {
        let bytes = Array(text.utf8)
        #expect(plainNumber(bytes.span) == nil)
    }
}
