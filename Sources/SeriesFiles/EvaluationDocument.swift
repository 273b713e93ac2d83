import Statistics

/// One evaluation as JSON for the command line and pages.
struct EvaluationDocument {
    private let result: Evaluation
    private let intervention: Intervention
    private let table: WideTable
    private let unit: WideTable.Spacing
    /// The controls' columns, in the order in which they were given.
    var controls: [String] = []
    private var guardrails: [Guardrail] = []

    private struct Guardrail {
        var column: String
        var margin: Double
        var judgement: GuardrailJudgement?
        var effect: Estimate?
    }

    init(_ result: Evaluation, _ intervention: Intervention, _ table: WideTable, unit: WideTable.Spacing) {
        self.result = result
        self.intervention = intervention
        self.table = table
        self.unit = unit
    }

    mutating func add(
        guardrail column: String, _ judged: Evaluation, margin: LeastEffect, _ better: BetterDirection,
        _ intervention: Intervention, _ need: EvaluationNeed
    ) {
        var size = 0.0
        switch margin {
        case .absolute(let amount): size = amount
        case .relative(let share):
            let before = intervention.values[..<intervention.start].filter(\.isFinite)
            size = share * (mean(before) ?? 0).magnitude
        }
        guardrails.append(
            Guardrail(
                column: column, margin: size, judgement: judged.guardrail(margin: size, better: better, need: need),
                effect: judged.effect?.absolute))
    }

    var json: String {
        var out = JSONText()
        out.open()
        out.add("verdict", result.verdict.rawValue)
        out.add("reasons", result.reasons.map { sentence($0, unit) })
        if let effect = result.effect {
            out.open("effect")
            out.add("absolute", effect.absolute)
            out.add("relative", effect.relative)
            out.close()
        } else {
            out.add("effect", nil as Double?)
        }
        addCounterfactual(to: &out)
        out.add("p", result.effect?.p)
        out.add("method", method)
        addComparisons(to: &out)
        out.add("warnings", result.warnings.map { sentence($0, unit, controls) })
        addCaution(to: &out)
        addControls(to: &out)
        out.add("parallelBefore", result.parallelBefore)
        addGuardrails(to: &out)
        out.add("start", intervention.start < table.times.count ? table.times[intervention.start] : nil)
        out.add("stepsBefore", intervention.start)
        out.add("stepsAfter", result.stepsAfter)
        out.add("season", intervention.season.length)
        out.close()
        return out.text + "\n"
    }

    private var method: String {
        let shape =
            switch intervention.shape {
            case .step: "a step"
            case .ramp(let steps): "a ramp over \(steps) \(unit.rawValue)"
            case .washout(let steps): "a step, the first \(steps) \(unit.rawValue) left out"
            case .gradual: "what came before carried on"
            case .adoption: "in proportion to adoption"
            }
        return "regression, effect as \(shape); AR(2) errors, drift and trend averaged over a grid of 595"
    }

    private func addCounterfactual(to out: inout JSONText) {
        out.openList("counterfactual")
        for point in result.counterfactual {
            out.open()
            out.add("time", table.times[point.row])
            out.add("expected", point.expected.estimate)
            out.add("low", point.expected.low)
            out.add("high", point.expected.high)
            out.add("observed", point.observed)
            out.close()
        }
        out.closeList()
    }

    private func addComparisons(to out: inout JSONText) {
        if let naive = result.naive {
            out.open("naive")
            out.add("absolute", naive.absolute)
            out.add("relative", naive.relative)
            out.add("stepsBefore", naive.stepsBefore)
            out.close()
        } else {
            out.add("naive", nil as Double?)
        }
        if let detectable = result.detectable {
            out.open("detectable")
            out.add("relative", detectable.relative)
            out.add("absolute", detectable.absolute)
            out.add("stepsAfter", detectable.stepsAfter)
            out.add("autocorrelation", detectable.autocorrelation)
            out.close()
        } else {
            out.add("detectable", nil as Double?)
        }
    }

    /// What the verdict rests on, where it is more careful than what is shown.
    private func addCaution(to out: inout JSONText) {
        guard let effect = result.effect else {
            return out.add("cautious", nil as Double?)
        }
        out.open("cautious")
        out.add("interval", effect.cautious)
        out.add("interval90", effect.cautious90)
        out.add("carriedOn", effect.carriedOn)
        out.add("anytime", effect.anytime)
        out.add("logOddsOfDrift", effect.logOddsOfDrift)
        out.close()
    }

    private func addControls(to out: inout JSONText) {
        out.openList("controls")
        for control in result.controls {
            out.open()
            out.add("column", control.index < controls.count ? controls[control.index] : "")
            out.add("kept", control.isKept)
            out.add("p", control.p)
            out.close()
        }
        out.closeList()
    }

    private func addGuardrails(to out: inout JSONText) {
        out.openList("guardrails")
        for guardrail in guardrails {
            out.open()
            out.add("column", guardrail.column)
            out.add("margin", guardrail.margin)
            out.add("safe", guardrail.judgement?.isSafe)
            out.add("harmed", guardrail.judgement?.isHarmed)
            out.add("chanceSafe", guardrail.judgement?.chanceSafe)
            out.add("effect", guardrail.effect)
            out.close()
        }
        out.closeList()
    }
}
