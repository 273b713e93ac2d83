import Glibc

/// What the combination did on the series' own past: each method's forecasts from each earlier point.
struct BackTest {
    let plan: BackTestPlan
    /// By window, method and step.
    private let forecasts: [Double]
    /// The mean absolute error, by window and method.
    private let errors: [Double]
    private let methods: Int
    private let isShort: Bool
    private let inclinations: [Double]
    /// The combination's errors by window and step, with weights that did not know the window; not a number where the value
    /// was missing.
    private(set) var residuals: [Double] = []

    init(_ combination: inout Combination) {
        plan = combination.plan
        let steps = plan.steps
        let methods = combination.methods.count
        var forecasts = [Double](repeating: 0, count: plan.origins.count * methods * steps)
        var errors = [Double](repeating: 0, count: plan.origins.count * methods)
        let y = combination.series.y
        let observed = combination.series.observed
        for (j, origin) in plan.origins.enumerated() {
            let at = j * methods * steps
            combination.ahead(from: origin, steps: steps, into: &forecasts, at: at)
            var count = 0.0
            for k in 0..<steps { count += observed[origin + k] }
            for c in 0..<methods {
                var sum = 0.0
                for k in 0..<steps {
                    sum += observed[origin + k] * (y[origin + k] - forecasts[at + c * steps + k]).magnitude
                }
                errors[j * methods + c] = count > 0 ? sum / count : 0
            }
        }
        self.forecasts = forecasts
        self.errors = errors
        self.methods = methods
        isShort = combination.isShort
        inclinations = combination.inclinations
        residuals = residuals(y, observed)
    }

    /// By which power of the error a weight falls: the more windows do not overlap, the more an error says of a method. The
    /// methods for short series are near to one another, and equal weights are then hard to beat.
    private var power: Double { (isShort ? 4 : 8) * plan.effective / (plan.effective + 2) }

    /// Each method's weight, from all windows but one.
    func weights(without left: Int? = nil) -> [Double] {
        var weights = [Double](repeating: 0, count: methods)
        for j in plan.origins.indices where j != left {
            for c in 0..<methods { weights[c] += errors[j * methods + c] }
        }
        let least = weights.min() ?? 0
        var sum = 0.0
        for c in 0..<methods {
            if least > 0 {
                weights[c] = Glibc.pow(least / weights[c], power)
            } else {
                // A perfect method, or no window: those without error share the whole.
                weights[c] = weights[c] == 0 ? 1 : 0
            }
            weights[c] *= inclinations[c]
            sum += weights[c]
        }
        for c in 0..<methods { weights[c] /= sum }
        return weights
    }

    private func residuals(_ y: [Double], _ observed: [Double]) -> [Double] {
        let steps = plan.steps
        var out = [Double](repeating: .nan, count: plan.origins.count * steps)
        for (j, origin) in plan.origins.enumerated() {
            let w = weights(without: plan.origins.count > 2 ? j : nil)
            for k in 0..<steps where observed[origin + k] > 0 {
                var expected = 0.0
                for c in 0..<methods { expected += w[c] * forecasts[(j * methods + c) * steps + k] }
                out[j * steps + k] = y[origin + k] - expected
            }
        }
        return out
    }
}
