import Measures
import Records

// Mål for spørgeskemasvar, forslag og målinger.
extension Danish {
    func recordsLabel(_ measure: Measure) -> String {
        switch measure.quantity {
        case .satisfaction: "Tilfredshed i undersøgelser"
        case .nps: "Net promoter score"
        case .answers: "Besvarelser af undersøgelser"
        case .made: "Stillede forslag"
        default: "Døgngennemsnit af \(measure.reading?.name ?? "")"
        }
    }

    func recordsSubject(_ measure: Measure) -> Sentence {
        switch measure.quantity {
        case .satisfaction: "tilfredsheden i undersøgelser"
        case .nps: "net promoter scoren"
        case .answers: "antallet af besvarelser"
        case .made: "antallet af stillede forslag"
        default: "døgngennemsnittet af \(name: measure.reading?.name ?? "")"
        }
    }

    func recordsDefinition(_ measure: Measure) -> String {
        switch measure.quantity {
        case .satisfaction:
            """
            Gennemsnittet af de givne scorer, hver som den andel af sin egen skala, den når; svar fra 0 til 10 indgår i \
            net promoter scoren og ikke her.
            """
        case .nps:
            """
            Andelen af svar på 9 eller 10 minus andelen af svar på 6 eller derunder, blandt svar fra 0 til 10: et tal fra \
            −100 til 100.
            """
        case .answers: "Tæller, hvor mange besvarelser med en score der gives hver dag."
        case .made: "Tæller, hvor mange forslag der stilles hver dag."
        default: "Gennemsnittet af døgnets målinger; et døgn uden målinger mangler."
        }
    }
}
