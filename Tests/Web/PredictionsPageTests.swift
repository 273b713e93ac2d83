import Languages
import Measures
import Records
import Statistics
import Store
import Testing

@testable import Gains
@testable import Turn
@testable import Web

@Suite("The page of predictions")
struct PredictionsPageTests {
    private func report(_ tickets: [TicketPrediction] = [], _ settled: [SettledPrediction] = []) -> PredictionReport {
        let card = PredictionCard(settled, zone: .utc)
        let days = Period(Day(number: 18_941), through: Day(number: 19_000))
        let temperature = ReadingQuantity(name: "temperature", unit: "°C")
        return PredictionReport(
            record: tickets.isEmpty
                ? nil
                : ForesightRecord(
                    asOf: Moment(seconds: 1_700_000_000), changesSeen: 1, tickets: 9, silent: ["changes": 12],
                    leftOut: ["incidents": [.segment]]),
            tickets: tickets, open: tickets.count, missed: tickets.count(where: \.isMissed), card: card,
            devices: tickets.isEmpty
                ? []
                : [
                    DeviceWear(
                        measure: .readings(temperature), device: "Pump <3>", limit: 80, isUpper: true, level: 61,
                        lastDay: Day(number: 19_000), days: (12, 8, nil), evidence: days, evidenceCount: 60),
                    DeviceWear(
                        measure: .readings(temperature), device: "Pump 4", limit: 80, isUpper: true, level: 40,
                        lastDay: Day(number: 19_000), days: nil, evidence: days, evidenceCount: 60),
                ],
            scores: scores([]), zone: .utc)
    }

    private var tickets: [TicketPrediction] {
        func one(_ number: String, _ chance: Double?, isMissed: Bool = false) -> TicketPrediction {
            TicketPrediction(
                kind: .incident, number: number, title: "Cannot print <script>", openedAt: Moment(seconds: 1),
                asOf: Moment(seconds: 1_700_000_000), hours: Estimate(30, low: 4, high: 190), chance: chance,
                isMissed: isMissed, naive: 20,
                reasons: [
                    .init(trait: .group, name: "Network", number: nil, moved: 0.9),
                    .init(trait: .isAssigned, name: "", number: 0, moved: 0.4),
                    .init(trait: .age, name: "", number: 2.5, moved: -0.3),
                ], help: .init(deed: .assign, chance: chance.map { $0 / 2 }, hours: 11))
        }
        return [one("INC1", 0.84), one("INC2", nil), one("INC3", 1, isMissed: true)]
    }

    private var settled: [SettledPrediction] {
        (0..<40).map { (k: Int) -> SettledPrediction in
            let ended = Moment(seconds: 1_700_000_000 + Int64(k) * 90_000)
            let isOdd = k % 2 == 1
            return SettledPrediction(
                asOf: Moment(seconds: 1_700_000_000), settledAt: ended, hours: Estimate(10, low: 5, high: 30),
                chance: isOdd ? 0.8 : 0.2, wasMissed: false, naive: 40, taken: Double(k), missed: isOdd)
        }
    }

    @Test("Nothing foreseen: each part says what to do, in each language")
    func empty() {
        for language in Language.allCases {
            let visit = Visit(language: language, path: "/predictions")
            let html = PredictionsPage(report: report()).page(visit).document(visit).text
            let words = Words(language)
            for phrase in [PredictionPhrase.noTickets, .noScores, .noDevices] {
                #expect(html.contains(HTML(escaping: words.foreseen(phrase)).text))
            }
        }
    }

    @Test("Tickets with their chance, their range, reasons both ways and what would help; nothing of them is markup")
    func full() {
        let visit = Visit(language: .en, path: "/predictions")
        let html = PredictionsPage(report: report(tickets, settled)).page(visit).document(visit).text
        #expect(html.replacing("\u{A0}", with: " ").contains("84 %"))
        for text in [
            "Group: Network", "Given to a person: no", "Give it to a person", "past its target", "no target known",
        ] {
            #expect(html.contains(text), "\(text)")
        }
        #expect(html.contains("/tickets/incidents/INC1") && html.contains("Pump &lt;3&gt;"))
        #expect(!html.contains("Cannot print <script>"))
        #expect(html.contains("or never") && html.contains("no sure trend towards it"))
        #expect(html.contains("<svg class=\"chart square\"") && html.contains("segment"))
    }

    @Test("Every phrase and sentence is said in three languages, and none in two alike")
    func languages() {
        let lines: [PredictionLine] = [
            .lead(open: 1, missed: 1, likely: 0), .lead(open: 2000, missed: 3, likely: 4),
            .calibration(error: 0.04, judged: 300), .silent("X", known: 3, needed: 200),
            .leftOut([.segment, .channel]), .by(0.4, Day(number: 19_000)), .made("X"), .shown(50, of: 900),
            .help(.assign, chance: 0.4, hours: 3), .help(.touch, chance: nil, hours: 60),
        ]
        let all = [Language.en, .da, .zh].map { language -> [String] in
            let words = Words(language)
            return PredictionPhrase.allCases.map { words.foreseen($0) } + lines.map { words.foreseen($0) }
                + TicketTrait.allCases.map { words.name(of: $0) }
        }
        #expect(all.allSatisfy { $0.allSatisfy { !$0.isEmpty } })
        let same = all[0].indices.filter { all[0][$0] == all[1][$0] || all[0][$0] == all[2][$0] }
        // “Service” and “Segment” are Danish too.
        #expect(same.count == 2)
        let plain = all[0].map { $0.replacing("\u{A0}", with: " ") }
        #expect(plain.contains("Of 1 open ticket, 1 is past the target already and 0 more will probably miss it."))
    }

    @Test("The document has everything the page has, with keys in one order")
    func document() {
        let text = PredictionDocuments(words: Words(.en)).json(report(tickets, settled)).text
        #expect(text == PredictionDocuments(words: Words(.en)).json(report(tickets, settled)).text)
        for key in ["\"chanceToMiss\"", "\"reasons\"", "\"meanErrorHours\"", "\"calibration\"", "\"daysHigh\":null"] {
            #expect(text.replacing(" ", with: "").contains(key.replacing(" ", with: "")), "\(key)")
        }
    }
}
