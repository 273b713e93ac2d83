import Foundation
import Languages
import Measures
import Records
import Statistics
import Store
import Testing
import Turn

@testable import Web

/// Ten weeks of answers, a suggestion, and readings of two devices.
private func filled() async throws -> Browser {
    let browser = try await Browser()
    try await browser.signIn()
    var batch = RecordBatch()
    for day in 0..<70 {
        for i in 0..<6 {
            let at = Moment(seconds: Int64(20_000 + day) * 86_400 + Int64(3600 * (i + 8)))
            let isPromoter = i % 2 == 0
            batch.answers.append(
                KeptRecord(
                    key: "\(day).\(i)",
                    value: SurveyAnswer(
                        answeredAt: at, survey: isPromoter ? "NPS" : "After", scaleLow: isPromoter ? 0 : 1,
                        scaleHigh: isPromoter ? 10 : 5, score: i == 5 ? nil : isPromoter ? 9 : 4,
                        comment: i == 1 ? "<b>slow</b> on day \(day)" : "", service: i < 3 ? "Mail" : "VPN"), line: i))
        }
        for device in ["M1", "M2"] {
            let at = Moment(seconds: Int64(20_000 + day) * 86_400)
            batch.readings.append(
                KeptRecord(
                    key: "",
                    value: Reading(
                        at: at, device: device, quantity: "air-temperature", unit: "°C", value: -2 + Double(day % 3))))
        }
    }
    for week in 0..<9 {
        let at = Moment(seconds: Int64(20_003 + 7 * week) * 86_400)
        batch.suggestions.append(
            KeptRecord(
                key: "s\(week)", value: Suggestion(madeAt: at, title: "Answer by chat \(week)", votes: 7)))
    }
    _ = try await takeIn(batch, into: browser.store)
    return browser
}

@Suite struct FeedbackTests {
    @Test("Without answers, suggestions and readings their pages say what to do")
    func empty() async throws {
        let browser = try await Browser()
        try await browser.signIn()
        #expect(await browser.get("/feedback").bodyText.contains("There are no answers"))
        #expect(await browser.get("/readings").bodyText.contains("There are no readings"))
        #expect(await browser.get("/readings?quantity=heat").status == 404)
        #expect(await browser.get("/measures/surveys.satisfaction").status == 404)
        #expect(await browser.get("/measures/readings.heat").status == 404)
    }

    @Test("The page of feedback has scores with margins, who answered, comments and suggestions, in three languages")
    func feedback() async throws {
        let browser = try await filled()
        let page = await browser.get("/feedback").bodyText
        // 56 answers of 4 on a scale from 1 to 5; 84 promoters; a sixth of those asked said nothing.
        #expect(page.contains("Satisfaction in surveys: 75\u{A0}%") || page.contains("Satisfaction in surveys: 75%"))
        #expect(page.contains("Net promoter score: 100"))
        #expect(page.contains("140 of 168 gave a score"))
        #expect(page.contains("&lt;b&gt;slow&lt;/b&gt; on day 69") && !page.contains("<b>slow"))
        #expect(page.contains("Answer by chat"))
        #expect(page.contains("/measures/surveys.nps") && page.contains("href=\"/feedback?service=Mail\""))
        for (language, word) in [("da", "Tilfredshed i undersøgelser"), ("zh", "调查满意度")] {
            let told = await browser.get("/feedback?lang=\(language)").bodyText
            #expect(told.contains(word) && !told.contains("gave a score"))
        }
        let list = await browser.get("/feedback?from=2024-12-01&through=2024-12-01&measure=surveys.nps&lang=en")
            .bodyText
        #expect(list.contains("The answers behind the figure"))
        #expect(await browser.get("/feedback?from=soon&through=later").status == 400)
        #expect(await browser.get("/feedback?measure=incidents.opened").status == 400)
    }

    @Test("Measures of answers and readings have their page, their list, their figures, and their records")
    func measures() async throws {
        let browser = try await filled()
        let list = await browser.get("/measures").bodyText
        for id in ["surveys.satisfaction", "surveys.nps", "surveys.answers", "suggestions.made"] {
            #expect(list.contains("/measures/\(id)"), "\(id)")
            #expect(await browser.get("/measures/\(id)").status == 200, "\(id)")
        }
        #expect(list.contains("/measures/readings.air-temperature"))
        let page = await browser.get("/measures/readings.air-temperature").bodyText
        #expect(page.contains("°C") && page.contains("device=M1"))
        let device = await browser.get("/measures/readings.air-temperature?device=M1")
        #expect(device.status == 200 && device.bodyText.contains("/readings?quantity=air-temperature"))
        let csv = await browser.get("/measures/readings.air-temperature.csv").bodyText
        #expect(csv.hasPrefix("from,through,value,unit,records\r\n") && csv.contains("°C"))
        let rows = await browser.get("/readings?quantity=air-temperature&device=M1").bodyText
        #expect(rows.contains("M1") && !rows.contains(">M2<"))
        #expect(await browser.get("/api/v1/measures/surveys.nps").bodyText.contains("\"unit\":\"points\""))
        // No ticket has a device: nothing is found, and nothing breaks.
        #expect(await browser.get("/measures/incidents.opened?device=M1").status == 404)
    }

    @Test("Every phrase and sentence of these pages is in every language")
    func words() {
        let period = Period(Day(number: 20_000), through: Day(number: 20_027))
        let measures =
            Measure.catalogue.filter { $0.kind == nil } + [.readings(ReadingQuantity(name: "heat", unit: "K"))]
        for language in Language.allCases {
            let words = Words(language)
            var texts = FeedbackPhrase.allCases.map { words($0) }
            for measure in measures {
                texts += [0, 1, 2].map { words.records($0, of: measure) }
                texts += [words.recordsBehind(measure), words.label(measure), words.unit(measure)]
                texts.append(words.text(.standing(measure, value: "4", range: "3", over: period)))
                texts.append(words.text(.standingAlone(measure, value: "4", over: period)))
            }
            texts += [
                words.text(.answered(3, of: 0, over: period)),
                words.text(FeedbackLine.before(value: "4", over: period)),
                words.text(.columnsMissing(["at"], "a.csv")), words.text(.columnNotFound("x", "a.csv")),
                words.text(.scaleUnknown("x", least: 0, most: 7, "a.csv")), words.text(FeedbackLine.shown(3)),
            ]
            #expect(texts.allSatisfy { !$0.isEmpty && !$0.contains("  ") })
            #expect(Set(FeedbackPhrase.allCases.map { words($0) }).count >= FeedbackPhrase.allCases.count - 2)
        }
        #expect(Words(.da).value(-3.25, of: measures[measures.count - 1]) == "\u{2212}3,3\u{A0}K")
    }
}
