import Measures
import Records

// Measures of survey answers, suggestions and readings.
extension English {
    func recordsLabel(_ measure: Measure) -> String {
        switch measure.quantity {
        case .satisfaction: "Satisfaction in surveys"
        case .nps: "Net promoter score"
        case .answers: "Survey answers"
        case .made: "Suggestions made"
        default: "Mean \(measure.reading?.name ?? "") a day"
        }
    }

    func recordsSubject(_ measure: Measure) -> Sentence {
        switch measure.quantity {
        case .satisfaction: "satisfaction in surveys"
        case .nps: "the net promoter score"
        case .answers: "the number of survey answers"
        case .made: "the number of suggestions made"
        default: "the daily mean of \(name: measure.reading?.name ?? "")"
        }
    }

    func recordsDefinition(_ measure: Measure) -> String {
        switch measure.quantity {
        case .satisfaction:
            """
            The mean of the scores given, each as the share of its own scale that it reaches; answers from 0 to 10 make \
            the net promoter score and are left out.
            """
        case .nps:
            """
            Of the answers from 0 to 10, the percentage from 9 up less the percentage from 6 down: from −100 to 100.
            """
        case .answers: "Counts the survey answers with a score given each day."
        case .made: "Counts the suggestions made each day."
        default: "The mean of the day’s readings; a day without readings is missing."
        }
    }
}
