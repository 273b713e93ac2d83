import Records

/// What the rows of a file that holds no tickets are. The raw value is the word of `--kind`.
public enum RecordKind: String, CaseIterable, Sendable, Codable { case survey, readings, suggestions }

/// A field of an answer, a reading or a suggestion that a column can be mapped to. The raw value is the word of
/// `--map FIELD=COLUMN`.
public enum RecordField: String, CaseIterable, Sendable, Codable, Hashable {
    case at, device, quantity, value, unit
    case score, scaleLow, scaleHigh, scale, survey, comment, ticket, service, segment, by, id
    case title, text, votes

    /// Also under the names that the columns of the simplest form have.
    public init?(word: String) {
        switch normal(word) {
        case "answeredat", "madeat", "measuredat": self = .at
        case "body": self = .text
        case let word:
            guard let field = Self.allCases.first(where: { normal($0.rawValue) == word }) else { return nil }
            self = field
        }
    }
}

/// What the user said about a file of answers, readings or suggestions; everything else is found out.
public struct RecordOptions: Sendable {
    /// Nil to tell by the header.
    public var kind: RecordKind?
    /// `--map FIELD=COLUMN`.
    public var map: [RecordField: String] = [:]
    /// The scale of scores that do not say theirs.
    public var scale: ClosedRange<Double>?
    /// The zone of times that carry none; nil when it was not said, and then UTC is assumed.
    public var zone: Zone?
    public var dayFirst: Bool?
    /// The first row that cannot be used ends the reading with an error.
    public var strict = false

    public init(kind: RecordKind? = nil, zone: Zone? = nil, dayFirst: Bool? = nil, scale: ClosedRange<Double>? = nil) {
        self.kind = kind
        self.zone = zone
        self.dayFirst = dayFirst
        self.scale = scale
    }

    /// `1-5`, `0..10`, `0–100`: the lowest and the highest score.
    public static func scale(_ text: String) -> ClosedRange<Double>? {
        let cleaned = text.replacing("..", with: "-").replacing("–", with: "-").replacing(" ", with: "")
        // A scale may begin below nothing: the first sign is not the dash between.
        guard let dash = cleaned.dropFirst().firstIndex(of: "-"), let low = Double(cleaned[..<dash]),
            let high = Double(cleaned[cleaned.index(after: dash)...]), low < high, low.isFinite, high.isFinite
        else { return nil }
        return low...high
    }
}

/// What people call the columns, in English, Danish and Chinese, the clearest name first.
enum RecordAliases {
    /// Times that speak of an answer, a suggestion or a reading, and of nothing else.
    static let answered = words(
        """
        answered at, answered, answered on, survey date, response received at, response date, responded at, rated at, \
        rating date, answer date, besvaret, besvaret den, svardato, svar dato, besvarelsesdato, 答复时间, 回答时间, 评价时间, \
        评分时间, 答题时间, 问卷时间
        """)
    static let made = words(
        """
        made at, suggested at, suggested on, suggestion date, proposed at, idea date, stillet, stillet den, foreslået, \
        foreslået den, forslagsdato, 提出时间, 建议时间, 提议时间, 建议日期
        """)
    static let measured = words(
        """
        at, time, timestamp, datetime, date time, ts, measured at, reading time, read at, sampled at, measurement time, \
        tid, tidspunkt, tidsstempel, målt, målt den, måletidspunkt, 时间, 时间戳, 测量时间, 采样时间, 读数时间, 采集时间
        """)
    static let anyDate = words(
        """
        timestamp, date, at, time, created at, created, submitted at, submitted, completion time, datetime, day, dato, \
        tidspunkt, oprettet, indsendt, 日期, 时间, 提交时间, 创建时间
        """)

    static let table: [(field: RecordField, names: [String])] = [
        (
            .score,
            words(
                """
                score, raw score, survey score, rating, csat, csat score, satisfaction score, satisfaction rating, \
                satisfaction, nps, nps score, nps rating, star rating, stars, point, karakter, vurdering, tilfredshed, \
                tilfredshedsscore, bedømmelse, 评分, 分数, 得分, 打分, 满意度, 满意度评分, 星级, 推荐分
                """)
        ),
        (.scaleLow, words("scale_low, scale low, scale min, lowest, minimum, skala fra, laveste, 最低分, 量表下限")),
        (.scaleHigh, words("scale_high, scale high, scale max, highest, maximum, skala til, højeste, 最高分, 量表上限")),
        (.scale, words("scale, survey format, skala, 量表, 分制")),
        (
            .survey,
            words(
                "survey, survey name, survey_id, survey source, questionnaire, spørgeskema, undersøgelse, 调查, 问卷, 调查名称")
        ),
        (
            .comment,
            words(
                """
                comment, comments, remark, remarks, feedback, verbatim, reason, kommentar, kommentarer, bemærkning, \
                begrundelse, 评论, 评语, 备注, 意见, 反馈, 评价内容
                """)
        ),
        (
            .ticket,
            words(
                """
                ticket, ticket id, ticket number, ticket_nr, case number, case id, incident, request_id, conversation id, \
                sag, sagsnummer, ticketnummer, 工单, 工单号, 工单编号
                """)
        ),
        (.service, words("service, service name, product, brand, servicenavn, produkt, 服务, 服务名称, 产品")),
        (.segment, words("segment, customer segment, customer type, kundesegment, kundetype, 客户群, 客户类型, 细分")),
        (
            .by,
            words(
                """
                by, respondent, customer, customer id, user, user name, user_id, email, created_by, author, suggested by, \
                navn, kunde, bruger, stillet af, foreslået af, af, 客户, 用户, 提出人, 提出者, 受访者, 作者
                """)
        ),
        (.id, words("id, response id, answer id, delivery_id, suggestion id, svar-id, svarid, 答复编号, 编号, 建议编号")),
        (
            .title,
            words("title, suggestion, idea, proposal, summary, forslag, idé, ide, titel, emne, 建议, 标题, 想法, 提案")
        ),
        (.text, words("body, text, description, details, beskrivelse, tekst, uddybning, 描述, 正文, 内容, 说明")),
        (.votes, words("votes, votes_count, upvotes, likes, stemmer, 票数, 赞成数, 点赞")),
        (
            .device,
            words(
                """
                device, device id, device_name, machine, machine id, asset, asset id, equipment, host, hostname, sensor, \
                sensor id, place, location, room, station, site, maskine, maskinnummer, udstyr, anlæg, sensor-id, sted, \
                lokation, rum, 设备, 设备编号, 设备名称, 机器, 机器编号, 主机, 传感器, 位置, 地点, 站点
                """)
        ),
        (
            .quantity,
            words(
                """
                quantity, metric, metric name, parameter, measurement, variable, signal, channel, counter, størrelse, \
                måltype, målepunkt, variabel, 量, 指标, 参数, 测量项, 监测项, 变量
                """)
        ),
        (
            .value,
            words("value, reading, measured value, result, værdi, måleværdi, måling, aflæsning, 值, 数值, 读数, 测量值")
        ),
        (.unit, words("unit, units, uom, unit of measure, måleenhed, 单位")),
    ]

    /// In Danish a device and a unit have the same name.
    static let deviceOrUnit = normal("enhed")

    static func names(_ field: RecordField) -> [String] { table.first { $0.field == field }?.names ?? [] }

    /// Scores whose name alone says that a row is an answer, and what it is an answer to.
    static let surveyWords = words(
        """
        survey score, csat, csat score, satisfaction score, satisfaction rating, nps, nps score, nps rating, star rating, \
        tilfredshedsscore, 满意度评分, 推荐分
        """)
    static let promoter = words("nps, nps score, nps rating, 推荐分")
    static let stars = words("star rating, stars, 星级")
    static let suggestionWords = words("suggestion, idea, proposal, forslag, idé, 建议, 提案, 想法")

    /// Columns that only tickets have.
    static let ticketWords = words(
        """
        status, state, priority, opened, opened at, resolved, resolved at, closed, closed at, assignment group, assignee, \
        tilstand, prioritet, løst, lukket, åbnet, 状态, 优先级, 解决时间, 关闭时间
        """)

    /// What some systems write for a score.
    static let good = Set(words("good, satisfied, happy, positive, tilfreds, godt, god, 满意, 好评, 好"))
    static let bad = Set(
        words(
            "bad, dissatisfied, unsatisfied, neutral or dissatisfied, unhappy, negative, utilfreds, dårlig, 不满意, 差评, 差")
    )
    /// Asked, and not answered.
    static let unanswered = Set(words("offered, unoffered, no answer, not answered, ikke besvaret, 未评价, 未作答"))
}
