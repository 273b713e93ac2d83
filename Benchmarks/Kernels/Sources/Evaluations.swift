import Foundation
import SeriesFiles
import Statistics

func runEvaluation(_ arguments: Arguments) throws {
    var request = EvaluationRequest()
    request.time = arguments.text("time")
    request.value = arguments.text("value") ?? request.value
    request.controls = arguments.all("control")
    request.adoption = arguments.text("adoption")
    request.start = arguments.text("start")
    request.end = arguments.text("end")
    request.season = arguments.number("season")
    request.shape = arguments.text("shape") ?? request.shape
    request.scale = arguments.text("scale") ?? request.scale
    request.better = arguments.text("better") ?? request.better
    request.leastEffect = arguments.text("least-effect")
    request.guardrails = arguments.all("guardrail")
    request.review = arguments.number("review")
    request.mayStopEarly = arguments.text("early") == "yes"
    request.teams = arguments.all("team")
    write(try evaluation(of: arguments.file, shownAs: arguments.file, request))
}

/// Evaluates every file of a folder made by a design with a known truth, `FOLDER/CELL/REPLICATION.csv` with day,y,x, and
/// writes `id,estimate,lo95,hi95,seconds`. `--repeats N` times each evaluation N times and takes the fastest.
func runEvaluationDesign(_ arguments: Arguments) throws {
    let folder = arguments.file
    let truth = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: folder + "/truth.json")))
    let start = arguments.number("start") ?? ((truth as? [String: Any])?["pre"] as? Int) ?? 180
    write("id,estimate,lo95,hi95,seconds,verdict,lo95cautious,hi95cautious\n")
    for cell in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where !cell.hasSuffix(".json") {
        for file in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(cell)").sorted() {
            let text = try String(contentsOfFile: "\(folder)/\(cell)/\(file)", encoding: .utf8)
            let rows = text.split(whereSeparator: \.isNewline).dropFirst().map {
                $0.split(separator: ",").map { Double($0)! }
            }
            let intervention = Intervention(
                values: rows.map { $0[1] }, start: start, controls: [rows.map { $0[2] }], season: .week)
            var seconds = Double.infinity
            var result: Evaluation?
            for _ in 0..<max(1, arguments.number("repeats") ?? 1) {
                let clock = ContinuousClock()
                let taken = clock.measure { result = evaluate(intervention) }
                seconds = min(seconds, taken / .seconds(1))
            }
            guard let result, let effect = result.effect else { continue }
            let (e, c) = (effect.absolute, effect.cautious)
            write(
                "\(cell)/\(file.dropLast(4)),\(e.estimate),\(e.low),\(e.high),\(seconds),\(result.verdict.rawValue),\(c.low),\(c.high)\n"
            )
        }
    }
}
