import Glibc
import Statistics

/// What a search found, and how many questions it asked.
struct SearchResult {
    var found: [Found] = []
    var tested = 0
}

/// Finds what changed in many series that share tickets, each change told once, where it is strongest.
///
/// The strangest series comes first; when it holds up, it is described and undone: its tickets are weighted or moved so
/// that the change is gone. Parents, children and siblings that only moved along then show nothing. The rate of false
/// discoveries is held over all series together by a step-down procedure (Gavrilov, Benjamini & Sarkar 2009, Ann. Statist.
/// 37:619–629) with more of the budget for single values than for pairs (weights: Genovese, Roeder & Wasserman 2006,
/// Biometrika 93:509–524). In a world without changes, the chance of any finding is at most `rate`.
func search(_ world: inout some Searching, rate: Double, findingsMax: Int) -> SearchResult {
    var result = SearchResult()
    let singles = world.kindCount * world.singleCount
    let pairs = world.kindCount * (world.seriesCount - world.singleCount)
    result.tested = singles + pairs
    guard rate > 0, singles > 0, world.days > 8 else { return result }
    let singleShare = pairs > 0 ? 0.7 : 1.0
    let correction = (
        single: Glibc.log(Double(singles) / singleShare), pair: Glibc.log(Double(max(1, pairs)) / 0.3)
    )
    let singleCount = world.singleCount
    func corrected(_ logTail: Double, _ series: Int) -> Double {
        logTail + (series < singleCount ? correction.single : correction.pair)
    }

    world.refit(touching: nil)
    var struck = Set<Candidate>()
    while result.found.count < findingsMax {
        guard let best = strongest(world, struck, result.found, corrected) else { break }
        let k = Double(result.found.count + 1)
        guard best.logChance <= Glibc.log(k * rate / (1 + rate * (k - 1) / Double(singles + pairs))) else { break }
        guard world.passes(best.candidate), var found = world.describe(best.candidate) else {
            struck.insert(best.candidate)
            continue
        }
        found.logChance = best.logChance
        result.found.append(found)
        world.undo(found)
        world.refit(touching: found.series)
    }
    refine(&world, &result.found, rate: rate, corrected)
    return result
}

private struct Strongest {
    var candidate: Candidate
    var logChance: Double
}

/// How much less surprising (in logarithms) a finding about fewer dimensions may be and still be told instead.
private let simplicityMargin = 2.0
/// The same series cannot change twice in the same way within so many days.
private let sameChangeDays = 14

private func strongest(
    _ world: some Searching, _ struck: Set<Candidate>, _ told: [Found], _ corrected: (Double, Int) -> Double
) -> Strongest? {
    var all: [Strongest] = []
    var best: Strongest?
    for series in 0..<world.seriesCount {
        for (kind, logTail, day) in world.candidates(of: series) {
            let candidate = Candidate(series: series, kind: kind)
            let chance = corrected(logTail, series)
            guard chance < 0, !struck.contains(candidate) else { continue }
            if told.contains(where: {
                $0.series == series && $0.kind == kind && ($0.day - day).magnitude <= sameChangeDays
            }) {
                continue
            }
            let one = Strongest(candidate: candidate, logChance: chance)
            all.append(one)
            if chance < best?.logChance ?? 0 { best = one }
        }
    }
    guard let best else { return nil }
    let size = world.dimensions(of: best.candidate.series)
    let simpler = all.filter {
        $0.candidate.kind == best.candidate.kind && world.dimensions(of: $0.candidate.series) < size
            && $0.logChance <= best.logChance + simplicityMargin
    }
    return simpler.min { $0.logChance < $1.logChance } ?? best
}

/// Describes each finding anew with all the others undone, twice over: what was found first was described while the others
/// were still in the data. Drops what then is no longer strange enough.
private func refine(
    _ world: inout some Searching, _ found: inout [Found], rate: Double, _ corrected: (Double, Int) -> Double
) {
    for _ in 0..<2 where !found.isEmpty {
        for k in found.indices {
            let old = found[k]
            world.putBack(old)
            world.refit(only: old.series)
            var new = old
            let candidate = Candidate(series: old.series, kind: old.kind)
            if let tail = world.logTail(candidate), let described = world.describe(candidate) {
                new = described
                new.logChance = corrected(tail, old.series)
            } else {
                new.logChance = 0
            }
            found[k] = new
            world.undo(new)
        }
    }
    while let weakest = found.indices.max(by: { found[$0].logChance < found[$1].logChance }),
        found[weakest].logChance > Glibc.log(Double(found.count) * rate)
    {
        let gone = found.remove(at: weakest)
        world.putBack(gone)
    }
    // The smallest rate at which each would still be told: Benjamini & Hochberg's adjusted values.
    let order = found.indices.sorted { found[$0].logChance < found[$1].logChance }
    var smallest = 1.0
    for (rank, k) in order.enumerated().reversed() {
        smallest = min(smallest, Glibc.exp(found[k].logChance) / Double(rank + 1))
        found[k].q = smallest
    }
}
