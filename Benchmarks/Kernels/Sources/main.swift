import Foundation

/// Each kernel by its name on the command line of `ratchet`, with the same arguments.
let kernels: [String: (Arguments) throws -> Void] = [
    "forecast": runForecasts,
    "changes": runChanges,
    "changes-calibration": runChangesCalibration,
    "changes-speed": runChangesSpeed,
    "changes-simulated": runChangesSimulated,
    "decompose": runDecompositions,
    "decompose-speed": runDecompositionSpeed,
    "control": runControlCharts,
    "discoveries": runDiscoveries,
    "anomalies": runAnomalies,
    "evaluate": runEvaluation,
    "evaluate-design": runEvaluationDesign,
    "evaluate-scales": runEvaluationScales,
    "evaluate-worlds": runEvaluationWorlds,
    "process": runProcess,
    "flow": runFlow,
    "recurring": runRecurring,
    "worlds": runWorlds,
    "themes": runThemes,
    "predict": runPredictions,
    "wear": runWear,
]

let arguments = Arguments(CommandLine.arguments.dropFirst())
guard let name = arguments.command, let run = kernels[name] else {
    FileHandle.standardError.write(
        Data("kernels \(kernels.keys.sorted().joined(separator: "|")) FILE [--option value]…\n".utf8))
    exit(64)
}
do {
    try run(arguments)
} catch {
    FileHandle.standardError.write(Data("kernels: \(error)\n".utf8))
    exit(65)
}
