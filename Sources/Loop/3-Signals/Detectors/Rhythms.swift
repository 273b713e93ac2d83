import Measures

extension Run {
    mutating func searchRhythms(_ counts: Counts, _ measure: Measure) {}
}
