import Records

/// A chain of shops. The front desk is overloaded from April of the first year on, so customers wait; automatic answers help the
/// simple questions it gets, one channel after another; complex questions wait for a specialist as before. In the second
/// winter nobody keeps the answers up to date and the gain gets lost, until a second round.
enum Retailer {
    private static let first = Day(known: "2024-01-01")
    static let overloaded = first + 105
    static let chatLive = first + 252
    static let mailLive = first + 273
    static let webLive = first + 294
    static let neglected = first + 406
    static let secondRound = first + 560

    static let frontDesk = Wording("Customer service", "Kundeservice", "客户服务组")
    static let specialists = Wording("Specialists", "Specialister", "专家组")
    static let shopSystems = Wording("Shop systems", "Butikssystemer", "门店系统组")
    static let slowAnswers = Wording("Slow answers", "Langsomme svar", "回复太慢")
    private static let customers = Wording("Customer enquiries", "Kundehenvendelser", "客户咨询")
    private static let till = Wording("Tills and web shop", "Kasser og webshop", "收银与网店")

    static let automatic = 0.45
    static let assisted = 0.6

    private static var erosion: TrueEffect.Erosion {
        TrueEffect.Erosion(from: neglected, over: 63, left: 0.85, mendedOn: secondRound)
    }

    static var blueprint: Blueprint {
        Blueprint(
            name: Wording("Nordlys Stores", "Nordlys Varehuse", "北光百货"),
            rhythm: Rhythm(
                week: [1.2, 1.05, 1, 1, 0.95, 0.55, 0.45], season: 0.15, peak: 345, growth: 0.04,
                holidays: DaysOff.denmark),
            streams: questions + troubles,
            channels: [
                .init(Words.mail, 0.3), .init(Words.web, 0.23), .init(Words.chat, 0.23), .init(Words.phone, 0.24),
            ],
            places: [
                .init(Wording("Copenhagen", "København", "哥本哈根"), 0.3), .init(Wording("Aarhus", "Aarhus", "奥胡斯"), 0.2),
                .init(Wording("Odense", "Odense", "欧登塞"), 0.15), .init(Wording("Web shop", "Webshop", "网店"), 0.35),
            ],
            segments: [
                .init(Wording("Private", "Privat", "个人客户"), 0.6),
                .init(Wording("Club member", "Klubmedlem", "会员"), 0.28),
                .init(Wording("Business", "Erhverv", "企业客户"), 0.12),
            ],
            tongues: [(.da, 0.75), (.en, 0.25)], staff: Words.staff, customers: Words.customers,
            survey: Survey(
                question: Wording(
                    "How satisfied are you with our help?", "Hvor tilfreds er du med vores hjælp?", "您对我们的帮助满意吗？"),
                kinds: [.request, .complaint], asked: 0.8, perDoubledWait: 0.6),
            troubles: [
                Cause(.respond, .request, [(.group, frontDesk)], from: overloaded, factor: 2.2),
                Cause(.tickets, .complaint, [(.category, slowAnswers)], from: overloaded + 7, factor: 2),
            ],
            gains: [
                Cause(
                    .respond, .request, [(.group, frontDesk), (.channel, Words.chat)], from: chatLive,
                    factor: automatic, erosion: erosion),
                Cause(
                    .respond, .request, [(.group, frontDesk), (.channel, Words.mail)], from: mailLive,
                    factor: automatic, erosion: erosion),
                Cause(
                    .respond, .request, [(.group, frontDesk), (.channel, Words.web)], from: webLive,
                    factor: automatic, erosion: erosion),
                Cause(
                    .tickets, .complaint, [(.category, slowAnswers)], from: mailLive, factor: 0.65, erosion: erosion),
                Cause(.respond, .request, [(.group, specialists)], from: secondRound, factor: assisted),
            ])
    }

    static func rounds(_ tongue: Tongue) -> [TrueRound] {
        [
            TrueRound(
                improvement: "answers", number: 1, measure: "requests.timeToRespond",
                slice: Slice(.group, frontDesk[tongue]),
                places: [
                    .init(Words.chat[tongue], on: chatLive), .init(Words.mail[tongue], on: mailLive),
                    .init(Words.web[tongue], on: webLive),
                ],
                untouched: [Words.phone[tongue]], dimension: .channel, weeks: 6, baselineFrom: overloaded + 7,
                factor: automatic, slipsFrom: neglected),
            TrueRound(
                improvement: "answers", number: 2, measure: "requests.timeToRespond",
                slice: Slice(.group, specialists[tongue]), places: [.init(on: secondRound)], weeks: 8,
                baselineFrom: webLive + 42, factor: assisted),
        ]
    }

    private static func question(_ perDay: Double, _ category: Wording, simple: Bool, _ titles: [Wording]) -> Stream {
        Stream(
            kind: .request, category: category, group: simple ? frontDesk : specialists, service: customers,
            perDay: perDay, respond: simple ? 3 : 7, work: simple ? 1.5 : 20, reassigned: simple ? 0.1 : 0.35,
            due: simple ? 24 : 72, titles: titles)
    }

    private static let questions: [Stream] = [
        question(
            7, Wording("Where is my order", "Hvor er min ordre", "订单查询"), simple: true,
            [
                Wording("Where is parcel #?", "Hvor er pakke #?", "包裹 # 到哪里了？"),
                Wording(
                    "Order # has not arrived yet", "Ordre # er ikke kommet endnu", "订单 # 还没有收到"),
            ]),
        question(
            5, Wording("Returns", "Returnering", "退货"), simple: true,
            [
                Wording(
                    "Return label for order #", "Returlabel til ordre #", "需要订单 # 的退货标签"),
                Wording("When do I get my money for #?", "Hvornår får jeg pengene for #?", "订单 # 什么时候退款？"),
            ]),
        question(
            4, Wording("Opening hours and gift cards", "Åbningstider og gavekort", "营业时间与礼品卡"), simple: true,
            [
                Wording("What is left on gift card #?", "Hvad er der tilbage på gavekort #?", "礼品卡 # 还有多少余额？"),
                Wording("Are you open on the holiday?", "Har I åbent på helligdagen?", "节假日营业吗？"),
            ]),
        question(
            2.5, Wording("Damaged goods", "Beskadigede varer", "商品损坏"), simple: false,
            [
                Wording(
                    "The lamp of order # came broken", "Lampen fra ordre # kom i stykker", "订单 # 的台灯收到时已损坏"),
                Wording("Scratches on the table, order #", "Ridser i bordet, ordre #", "订单 # 的桌子有划痕"),
            ]),
        question(
            2, Wording("Warranty", "Reklamationsret", "保修"), simple: false,
            [
                Wording(
                    "The machine of order # stopped after a year", "Maskinen fra ordre # holdt op efter et år",
                    "订单 # 的机器用了一年就坏了"),
                Wording("Is # still under warranty?", "Er # stadig dækket?", "# 还在保修期内吗？"),
            ]),
        question(
            1.5, Wording("Product advice", "Produktvejledning", "产品咨询"), simple: false,
            [
                Wording(
                    "Which sofa fits a small room?", "Hvilken sofa passer i et lille rum?", "小房间适合哪种沙发？"),
                Wording("Can # be used outdoors?", "Kan # bruges udendørs?", "# 可以在户外使用吗？"),
            ]),
    ]

    private static func trouble(
        _ kind: TicketKind, _ perDay: Double, _ category: Wording, _ group: Wording, _ titles: [Wording]
    ) -> Stream {
        Stream(
            kind: kind, category: category, group: group, service: kind == .complaint ? customers : till,
            perDay: perDay, respond: 4, work: kind == .change ? 70 : 12, due: 48, titles: titles)
    }

    private static let troubles: [Stream] = [
        trouble(
            .complaint, 1.2, slowAnswers, frontDesk,
            [
                Wording("Nobody answers my mail", "Ingen svarer på min mail", "没有人回复我的邮件"),
                Wording("Three days without an answer", "Tre dage uden svar", "三天没有回复"),
            ]),
        trouble(
            .complaint, 0.9, Wording("Delivery", "Levering", "配送"), frontDesk,
            [Wording("The parcel was left in the rain", "Pakken stod i regnen", "包裹被放在雨里")]),
        trouble(
            .complaint, 0.8, Wording("Quality", "Kvalitet", "质量"), specialists,
            [Wording("The chair wobbles", "Stolen vipper", "椅子不稳")]),
        trouble(
            .incident, 2, Wording("Web shop", "Webshop", "网店"), shopSystems,
            [
                Wording("The basket is empty after login", "Kurven er tom efter login", "登录后购物车变空"),
                Wording("Search finds nothing", "Søgning finder intet", "搜索没有结果"),
            ]),
        trouble(
            .incident, 1, Wording("Payment", "Betaling", "支付"), shopSystems,
            [Wording("Card refused at payment", "Kortet afvises ved betaling", "付款时银行卡被拒")]),
        trouble(
            .incident, 1.5, Wording("Tills", "Kasser", "收银机"), shopSystems,
            [Wording("Till # does not print", "Kasse # printer ikke", "收银机 # 不能打印")]),
        trouble(
            .change, 0.7, Words.change, shopSystems,
            [Wording("Update the till software", "Opdatering af kassesystemet", "更新收银软件")]),
    ]
}
