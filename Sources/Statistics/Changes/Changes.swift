import Glibc

// One description length decides everything: the scale of the series, the autocorrelation of its noise, whether a stretch is
// flat or sloping, and how many changes there are and where. The price of a change grows with ln n, so that a series without
// one rarely pays it; autocorrelated noise pays for its own swings, so that they are not taken for changes. What is left out
// on purpose: seasons that change, and noise that is better described by anything beyond AR(1).

/// Finds when one series changed its level or its trend, how sure the dates are, and, apart from that, when its spread changed.
///
/// Calendar seasons and AR(1) noise are part of the model, single outliers are set aside, gaps are bridged by straight lines
/// for the search only. One setting for all series. O(n log n) where little changes.
/// - Parameters:
///   - values: One a step; not a number where nothing is known.
///   - seasons: Candidate lengths in steps; empty: the usual ones, each used only where the data supports it.
///   - block: How many steps make a calendar unit, such as 7 for days; intermittent series are added up to it first.
public func changes(in values: [Double], seasons: [Int] = [], block: Int? = nil) -> ChangeReport {
    let known = values.count { $0.isFinite }
    var report = ChangeReport(count: values.count)
    guard known >= ChangeReport.leastKnown else {
        report.remarks = [.tooShort(known: known, needed: ChangeReport.leastKnown)]
        return report
    }
    guard ChangeReport.isIntermittent(values) else {
        return changes(regular: values, seasons: seasons)
    }
    if let block, block > 1, values.count / block >= ChangeReport.leastKnown {
        var sums = changes(regular: ChangeReport.addedUp(values, by: block), seasons: [])
        sums.spread(over: block, count: values.count)
        return sums
    }
    report = changes(regular: values, seasons: seasons)
    report.remarks.append(.uncalibrated)
    return report
}

private func changes(regular values: [Double], seasons: [Int]) -> ChangeReport {
    var report = ChangeReport(count: values.count)
    let bridged = ChangePreparation.bridged(values)
    var preparation = ChangePreparation()
    let forms = preparation.forms(of: bridged, seasons: seasons.isEmpty ? ChangePreparation.usualSeasons : seasons)
    var best: (form: ScaledSeries, search: ChangeSearch, description: ChangeDescription, length: Double)?
    for form in forms {
        var search = ChangeSearch(
            form.x, shortest: form.shortest, sloping: true, penalty: ChangeSearch.penalty(values.count),
            medians: preparation.medians)
        let description = search.best()
        let length = description.length + form.price
        if length < best?.length ?? .infinity { best = (form, search, description, length) }
    }
    guard let best else {
        report.remarks = [.constant]
        return report
    }
    report.tell(best.form, best.search, best.description)
    // Where a value was missing there is no outlier.
    report.outliers = best.form.outliers.filter { values[$0].isFinite }
    report.spreadChanges = spreadChanges(best.form, best.search, best.description, preparation.medians)
    return report
}
