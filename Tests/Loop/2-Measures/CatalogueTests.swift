import Records
import Testing

@testable import Measures

@Suite("The catalogue of measures")
struct CatalogueTests {
    @Test("Every measure has a name of its own and is found by it")
    func names() {
        #expect(Set(Measure.catalogue.map(\.id)).count == Measure.catalogue.count)
        for measure in Measure.catalogue { #expect(Measure(id: measure.id) == measure) }
        #expect(Measure(id: "incidents.happiness") == nil)
    }
}
