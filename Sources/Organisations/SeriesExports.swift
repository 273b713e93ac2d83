import Records

extension SampleOrganisation {
    /// Answers to surveys, one a line, with those who were asked and did not answer; nil where nobody is asked.
    public var surveyFile: String? {
        if answers.isEmpty { return nil }
        var lines = ["answered_at,survey,score,scale_low,scale_high,comment,ticket,service,segment"]
        lines.reserveCapacity(answers.count + 1)
        for answer in answers {
            let cells = [
                isoClock(answer.answeredAt), answer.survey, answer.score.map { String(Int($0)) } ?? "", "1", "5",
                answer.comment,
                answer.ticket, answer.service, answer.segment,
            ]
            lines.append(cells.map { cell($0, ",") }.joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What devices and systems reported, one a line; nil where nothing does.
    public var readingsFile: String? {
        if readings.isEmpty { return nil }
        var lines = ["at,device,quantity,value,unit"]
        lines.reserveCapacity(readings.count + 1)
        for reading in readings {
            let cells = [
                Zone.utc.day(of: reading.at).description, reading.device, reading.quantity, "\(reading.value)",
                reading.unit,
            ]
            lines.append(cells.map { cell($0, ",") }.joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func isoClock(_ moment: Moment) -> String {
        let text = moment.description
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8)
    }
}
