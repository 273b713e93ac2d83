import Statistics

/// What is asked of an evaluation on the command line, as it was written.
public struct EvaluationRequest: Sendable {
    public var time: String?
    public var value = "y"
    public var controls: [String] = []
    /// A column with the share that uses the change, from 0 to 1.
    public var adoption: String?
    /// The first step after the start: a date, a step, or a row number from 0.
    public var start: String?
    /// The last step that counts.
    public var end: String?
    /// In steps; nil: what the dates suggest.
    public var season: Int?
    /// `step`, `ramp:N`, `washout:N` or `gradual`.
    public var shape = "step"
    /// `level`, `ratio`, `count` or `share:TRIALS`, the column of how many there were.
    public var scale = "level"
    /// `higher` or `lower`.
    public var better = "higher"
    /// `5%` of the level before, or a number in the units of the series.
    public var leastEffect: String?
    /// `COLUMN=MARGIN` or `COLUMN=MARGIN:lower`; the margin like a least effect.
    public var guardrails: [String] = []
    /// Steps after the start at which the verdict is due.
    public var review: Int?
    public var mayStopEarly = false
    public var reliesOnControls = false
    /// `COLUMN=START` or `COLUMN=never`: teams that began at different times, instead of value and start.
    public var teams: [String] = []

    public init() {}

    /// Finds what cannot be meant, before a file is read.
    public func check() throws(SeriesFileError) {
        _ = try readShape()
        _ = try readBetter(better)
        _ = try leastEffect.map(readSize)
        for guardrail in guardrails { _ = try readGuardrail(guardrail) }
        for team in teams { _ = try readTeam(team) }
        if scale != "level", scale != "ratio", scale != "count", !scale.hasPrefix("share:") {
            throw SeriesFileError("“--scale \(scale)” is not level, ratio, count or share:COLUMN")
        }
        if let season, season < 1 { throw SeriesFileError("“--season \(season)” is below 1; 1 is no season") }
        if let review, review < 1 { throw SeriesFileError("“--review \(review)” is below 1 step") }
        if controls.contains(value), teams.isEmpty {
            throw SeriesFileError(
                "“--control \(value)” is the value itself; name a column that the change cannot have touched")
        }
        if start == nil, teams.isEmpty { throw SeriesFileError("--start is missing: say when the change began") }
    }

    func readShape() throws(SeriesFileError) -> EffectShape {
        let parts = shape.split(separator: ":", omittingEmptySubsequences: false)
        let steps = parts.count == 2 ? Int(parts[1]).flatMap { $0 >= 1 ? $0 : nil } : nil
        switch (parts[0], parts.count, steps) {
        case ("step", 1, _): return .step
        case ("gradual", 1, _): return .gradual
        case ("ramp", 2, let steps?): return .ramp(steps)
        case ("washout", 2, let steps?): return .washout(steps)
        default: throw SeriesFileError("“--shape \(shape)” is not step, gradual, ramp:STEPS or washout:STEPS")
        }
    }

    func readBetter(_ text: String) throws(SeriesFileError) -> BetterDirection {
        guard let better = BetterDirection(rawValue: text) else {
            throw SeriesFileError("“\(text)” is not higher or lower")
        }
        return better
    }

    func readSize(_ text: String) throws(SeriesFileError) -> LeastEffect {
        let isShare = text.hasSuffix("%")
        guard let size = Double(isShare ? text.dropLast() : text[...]), size > 0, size.isFinite else {
            throw SeriesFileError("“\(text)” is not a size above 0 such as 5% or 2.5")
        }
        return isShare ? .relative(size / 100) : .absolute(size)
    }

    func readGuardrail(
        _ text: String
    ) throws(SeriesFileError) -> (column: String, margin: LeastEffect, better: BetterDirection) {
        guard let equals = text.lastIndex(of: "="), equals > text.startIndex else {
            throw SeriesFileError("“--guardrail \(text)” is not COLUMN=MARGIN or COLUMN=MARGIN:lower")
        }
        let parts = text[text.index(after: equals)...].split(separator: ":", maxSplits: 1)
        guard let margin = parts.first else { throw SeriesFileError("“--guardrail \(text)” states no margin") }
        return (
            String(text[..<equals]), try readSize(String(margin)),
            try readBetter(parts.count == 2 ? String(parts[1]) : better)
        )
    }

    func readTeam(_ text: String) throws(SeriesFileError) -> (column: String, start: String?) {
        guard let equals = text.lastIndex(of: "="), equals > text.startIndex else {
            throw SeriesFileError("“--team \(text)” is not COLUMN=START or COLUMN=never")
        }
        let start = String(text[text.index(after: equals)...])
        return (String(text[..<equals]), start == "never" ? nil : start)
    }
}

/// Evaluates a change in a file with a row a step.
/// - Parameter name: What the file is called in errors.
/// - Returns: One JSON document; keys in a fixed order, numbers as short as they can be read back.
/// - Throws: `SeriesFileError` or `ConnectorError`.
public func evaluation(of path: String, shownAs name: String, _ request: EvaluationRequest) throws -> String {
    try request.check()
    if !request.teams.isEmpty { return try staggered(path, name, request) }
    let guardrails = try request.guardrails.map { try request.readGuardrail($0) }
    let trials = request.scale.hasPrefix("share:") ? String(request.scale.dropFirst(6)) : nil
    let table = try WideTable(
        of: path, shownAs: name, time: request.time,
        columns: [request.value] + request.controls + [request.adoption, trials].compactMap { $0 }
            + guardrails.map(\.column))
    let (start, end) = try period(table, name, request)
    func column(_ name: String) -> [Double] { Array(table.column(name).prefix(end)) }
    var intervention = Intervention(
        values: column(request.value), start: start, controls: request.controls.map(column),
        season: Season(length: request.season ?? table.season), shape: try request.readShape())
    if let adoption = request.adoption { intervention.shape = .adoption(try shares(adoption, table, name, end)) }
    switch request.scale {
    case "ratio": intervention.scale = .ratio
    case "count": intervention.scale = .count
    default: if let trials { intervention.scale = .share(trials: column(trials)) }
    }
    let isDaily = table.spacing == .days || [.steps, .rows].contains(table.spacing) && intervention.season.length == 7
    let plan = EvaluationPlan(
        better: try request.readBetter(request.better), leastEffect: try request.leastEffect.map(request.readSize),
        reviewAfter: request.review, mayStopEarly: request.mayStopEarly, reliesOnControls: request.reliesOnControls,
        need: isDaily ? .days : .longerSteps)
    let result = evaluate(intervention, plan: plan)
    var document = EvaluationDocument(result, intervention, table, unit: table.spacing)
    document.controls = request.controls
    for guardrail in guardrails {
        var other = intervention
        other.values = column(guardrail.column)
        other.scale = .level
        let judged = evaluate(other, plan: EvaluationPlan(better: guardrail.better, need: plan.need))
        document.add(guardrail: guardrail.column, judged, margin: guardrail.margin, guardrail.better, other, plan.need)
    }
    return document.json
}

/// The first index after the start, and one past the last that counts.
private func period(
    _ table: WideTable, _ name: String, _ request: EvaluationRequest
) throws(SeriesFileError) -> (start: Int, end: Int) {
    let text = request.start ?? ""
    guard let start = table.index(atOrAfter: text) else {
        throw SeriesFileError("\(name): “--start \(text)” is no time of this file; its first is \(table.times[0])")
    }
    guard start > 0 else {
        throw SeriesFileError(
            "\(name): “--start \(text)” is not after the first row; an evaluation needs steps before it")
    }
    guard let last = request.end else { return (start, table.times.count) }
    guard let end = table.index(atOrAfter: last) else {
        throw SeriesFileError("\(name): “--end \(last)” is no time of this file; its first is \(table.times[0])")
    }
    // The end counts; where it falls between steps, the step after it does not.
    let isOwnStep = end < table.times.count && table.isStep(end, of: last)
    let upTo = isOwnStep ? end + 1 : end
    guard upTo > start else { throw SeriesFileError("\(name): “--end \(last)” is before the start") }
    return (start, upTo)
}

private func shares(
    _ column: String, _ table: WideTable, _ name: String, _ end: Int
) throws(SeriesFileError) -> [Double] {
    let values = Array(table.column(column).prefix(end))
    if let bad = values.firstIndex(where: { $0 < 0 || $0 > 1 }) {
        throw SeriesFileError(
            "\(name):\(table.lines[bad]): “\(column)” holds \(values[bad]); adoption is a share from 0 to 1")
    }
    var last = 0.0
    return values.map { value in
        if value.isFinite { last = value }
        return last
    }
}

private func staggered(_ path: String, _ name: String, _ request: EvaluationRequest) throws -> String {
    let teams = try request.teams.map { try request.readTeam($0) }
    let table = try WideTable(of: path, shownAs: name, time: request.time, columns: teams.map(\.column))
    var starts: [Int?] = []
    for team in teams {
        guard let text = team.start else {
            starts.append(nil)
            continue
        }
        guard let start = table.index(atOrAfter: text) else {
            throw SeriesFileError("\(name): “--team \(team.column)=\(text)” is no time of this file")
        }
        starts.append(start)
    }
    let season = Season(length: request.season ?? table.season)
    let plan = EvaluationPlan(
        better: try request.readBetter(request.better), leastEffect: try request.leastEffect.map(request.readSize))
    let result = evaluateStaggered(teams.map { table.column($0.column) }, starts: starts, season: season, plan: plan)
    var out = JSONText()
    out.open()
    out.add("verdict", result.verdict.rawValue)
    out.add("reasons", result.reasons.map { sentence($0, table.spacing, isCautious: false) })
    if let effect = result.effect {
        out.open("effect")
        out.add("absolute", effect)
        out.add("relative", result.relative)
        out.close()
    } else {
        out.add("effect", nil as Double?)
    }
    out.add("p", result.p)
    out.add("method", "differences in differences of \(teams.count) teams, one effect a team, AR(1) errors averaged")
    out.openList("teams")
    for (i, team) in teams.enumerated() {
        out.open()
        out.add("team", team.column)
        out.add("start", team.start)
        out.add("effect", result.teams[i])
        out.close()
    }
    out.closeList()
    out.add("observations", result.observations)
    out.close()
    return out.text + "\n"
}
