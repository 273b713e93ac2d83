import Records

/// An airline. Departures are late and complaints slow to be settled from the first spring on. A planning system helps all
/// stations at once; self-service check-in and training come to one station after another.
enum Airline {
    private static let first = Day(known: "2024-01-01")
    static let worse = first + 98
    static let planning = first + 280
    static let checkIn = [first + 294, first + 322, first + 350]

    static let delays = Wording("Delays", "Forsinkelser", "航班延误")
    static let baggage = Wording("Baggage", "Bagage", "行李")
    static let delayReading = "departure-delay"
    private static let relations = Wording("Passenger relations", "Passagerservice", "旅客服务组")
    private static let baggageDesk = Wording("Baggage desk", "Bagageskranke", "行李查询组")
    private static let stationSystems = Wording("Station systems", "Stationssystemer", "航站系统组")
    private static let travel = Wording("Passenger service", "Rejseservice", "旅客出行")
    private static let systems = Wording("Check-in and web", "Check-in og web", "值机与网站")

    private static let copenhagen = Wording("Copenhagen", "København", "哥本哈根")
    private static let stockholm = Wording("Stockholm", "Stockholm", "斯德哥尔摩")
    private static let london = Wording("London", "London", "伦敦")
    private static let billund = Wording("Billund", "Billund", "比隆")
    private static let hamburg = Wording("Hamburg", "Hamborg", "汉堡")
    private static let beijing = Wording("Beijing", "Beijing", "北京")
    private static let stations = [copenhagen, stockholm, london, billund, hamburg, beijing]

    static let fewerDelays = 0.6
    static let quickerService = 0.6

    static var blueprint: Blueprint {
        Blueprint(
            name: Wording("Nordwing", "Nordvinge", "北翼航空"),
            rhythm: Rhythm(
                week: [1.05, 0.95, 0.95, 1, 1.15, 0.95, 0.95], season: 0.15, peak: 200, growth: 0.03,
                holidays: DaysOff.denmark, holiday: 1.1),
            streams: streams,
            channels: [
                .init(Words.mail, 0.3), .init(Words.web, 0.45), .init(Words.phone, 0.25),
            ],
            places: [
                .init(copenhagen, 0.24), .init(stockholm, 0.18), .init(london, 0.17), .init(billund, 0.13),
                .init(hamburg, 0.14), .init(beijing, 0.14),
            ],
            segments: [
                .init(Wording("Leisure", "Ferie", "旅游"), 0.55), .init(Wording("Business", "Erhverv", "商务"), 0.3),
                .init(Wording("Frequent flyer", "Stamkunde", "常旅客"), 0.15),
            ],
            tongues: [(.en, 0.45), (.da, 0.35), (.zh, 0.2)], staff: Words.staff, customers: Words.customers,
            survey: Survey(
                question: Wording(
                    "How satisfied are you with your journey?", "Hvor tilfreds er du med din rejse?",
                    "您对本次旅行满意吗？"),
                kinds: [.request, .complaint], base: 3.9, perDoubledWait: 0.35,
                perDoubledReading: [delayReading: 1.0]),
            gauges: [Gauge(name: delayReading, unit: "min", level: 12, places: stations)],
            troubles: [
                Cause(.tickets, .complaint, [(.category, delays)], from: worse, factor: 1.7),
                Cause(.resolve, .complaint, [], from: worse, factor: 1.6),
                Cause(.gauge(delayReading), from: worse, factor: 1.8),
            ],
            gains: [
                Cause(.tickets, .complaint, [(.category, delays)], from: planning, factor: fewerDelays),
                Cause(.gauge(delayReading), from: planning, factor: 0.6),
            ]
                + zip([copenhagen, stockholm, london], checkIn).map { place, day in
                    Cause(.resolve, .complaint, [(.location, place)], from: day, factor: quickerService)
                })
    }

    static func rounds(_ tongue: Tongue) -> [TrueRound] {
        [
            TrueRound(
                improvement: "delays", number: 1, measure: "complaints.opened",
                slice: Slice(.category, delays[tongue]), places: [.init(on: planning)], weeks: 8,
                baselineFrom: worse + 14, factor: fewerDelays),
            TrueRound(
                improvement: "service", number: 1, measure: "complaints.timeToResolve", slice: .everything,
                places: zip([copenhagen, stockholm, london], checkIn).map { .init($0[tongue], on: $1) },
                untouched: [billund, hamburg, beijing].map { $0[tongue] }, dimension: .location, weeks: 6,
                baselineFrom: worse + 14, factor: quickerService),
        ]
    }

    private static func stream(
        _ kind: TicketKind, _ perDay: Double, _ category: Wording, _ group: Wording, _ titles: [Wording]
    ) -> Stream {
        Stream(
            kind: kind, category: category, group: group,
            service: kind == .incident || kind == .change ? systems : travel, perDay: perDay,
            respond: kind == .complaint ? 8 : 3, work: kind == .complaint ? 40 : kind == .change ? 70 : 6,
            due: kind == .complaint ? 168 : 48, titles: titles)
    }

    private static let streams: [Stream] = [
        stream(
            .complaint, 5, delays, relations,
            [
                Wording("Flight # left two hours late", "Fly # var to timer forsinket", "航班 # 晚点两小时"),
                Wording(
                    "Missed my connection after flight #", "Nåede ikke min forbindelse efter fly #", "航班 # 晚点导致误了转机"),
            ]),
        stream(
            .complaint, 3, Wording("Check-in queues", "Kø ved check-in", "值机排队"), relations,
            [
                Wording("An hour in the queue at check-in", "En time i kø ved check-in", "值机排队一小时"),
                Wording("Only one counter was open", "Kun én skranke var åben", "只开了一个柜台"),
            ]),
        stream(
            .complaint, 3.5, baggage, baggageDesk,
            [
                Wording("Suitcase # did not arrive", "Kuffert # kom ikke frem", "行李 # 没有到"),
                Wording("The suitcase was damaged", "Kufferten var beskadiget", "行李箱损坏"),
            ]),
        stream(
            .complaint, 1.5, Wording("Staff", "Personale", "服务态度"), relations,
            [Wording("Nobody could tell us anything", "Ingen kunne fortælle os noget", "没有人能告诉我们情况")]),
        stream(
            .complaint, 2, Wording("Refunds", "Refusion", "退款"), relations,
            [Wording("Refund for ticket # is missing", "Refusion for billet # mangler", "机票 # 的退款没有到账")]),
        stream(
            .request, 3, Wording("Rebooking", "Ombooking", "改签"), relations,
            [Wording("Please move booking # to Friday", "Flyt booking # til fredag", "请把订单 # 改到星期五")]),
        stream(
            .request, 1.5, Wording("Special assistance", "Særlig hjælp", "特殊协助"), relations,
            [Wording("Wheelchair for booking #", "Kørestol til booking #", "订单 # 需要轮椅")]),
        stream(
            .incident, 2.5, Wording("Check-in system", "Check-in-system", "值机系统"), stationSystems,
            [Wording("Boarding cards do not print", "Boardingkort printes ikke", "登机牌打印不出来")]),
        stream(
            .change, 0.6, Words.change, stationSystems,
            [Wording("New timetable in the system", "Ny køreplan i systemet", "系统更新时刻表")]),
    ]
}
