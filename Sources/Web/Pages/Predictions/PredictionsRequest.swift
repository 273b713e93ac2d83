import Gains
import Languages
import People
import Records
import Store
import Turn

extension Routes {
    /// What will probably happen.
    static let foreseen: [Route] = [
        Route("GET", "/predictions", .read, "Predictions", answer: { try await predictionsPage($0) })
    ]

    /// The same for programs.
    static let foreseenFindings: [Route] = [
        api(
            "GET", "/predictions", .read, "What is foreseen of open tickets and devices, and how right it has been",
            Endpoint(gives: .map(.anything))
        ) { try await apiPredictions($0) }
    ]

    /// More is no list to act on; programs get more.
    private static let shown = 50
    private static let givenMax = 1000

    private static func predictionsPage(_ call: Call) async throws -> Reply {
        let report = try await predictions(in: call.store, limit: shown)
        return call.html(PredictionsPage(report: report).page(call.visit))
    }

    private static func apiPredictions(_ call: Call) async throws -> Reply {
        let report = try await predictions(in: call.store, limit: givenMax)
        return .json(PredictionDocuments(words: call.visit.words).json(report))
    }
}
