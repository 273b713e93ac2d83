import Records

/// A bank. Slow systems and security weaknesses lead the complaints. New infrastructure, standing checks and runbooks come
/// within a month; several measures get better and none at another's cost.
enum Bank {
    private static let first = Day(known: "2024-01-01")
    static let worse = first + 98
    static let infrastructure = first + 273
    static let checks = first + 287
    static let runbooks = first + 301

    static let slow = Wording("Slow response", "Langsomme systemer", "系统响应慢")
    static let security = Wording("Security weaknesses", "Sikkerhedshuller", "安全漏洞")
    private static let operations = Wording("IT operations", "IT-drift", "系统运维组")
    private static let securityTeam = Wording("Security team", "Sikkerhedsteam", "信息安全组")
    private static let branchService = Wording("Branch service", "Filialservice", "网点服务组")
    private static let online = Wording("Online banking", "Netbank", "网上银行")
    private static let workplace = Wording("Workplace", "Arbejdsplads", "办公系统")
    private static let systems = [
        Wording("Core banking", "Kernesystem", "核心系统"), Wording("Mobile bank", "Mobilbank", "手机银行"),
        Wording("Payments", "Betalinger", "支付系统"),
    ]

    static let fewerSlow = 0.5
    static let fewerSecurity = 0.55
    static let quicker = 0.7

    static var blueprint: Blueprint {
        Blueprint(
            name: Wording("Harbour Bank", "Havnebanken", "海港银行"),
            rhythm: Rhythm(
                week: [1.2, 1.05, 1, 1, 1, 0.3, 0.25], season: 0.08, peak: 355, growth: 0.06, holidays: DaysOff.china),
            streams: streams,
            channels: [
                .init(Wording("Mobile bank", "Mobilbank", "手机银行"), 0.4), .init(Words.phone, 0.35),
                .init(Wording("Branch", "Filial", "网点"), 0.25),
            ],
            places: [
                .init(Wording("Beijing", "Beijing", "北京"), 0.35), .init(Wording("Shanghai", "Shanghai", "上海"), 0.3),
                .init(Wording("Shenzhen", "Shenzhen", "深圳"), 0.2), .init(Wording("Chengdu", "Chengdu", "成都"), 0.15),
            ],
            segments: [
                .init(Wording("Private", "Privat", "个人客户"), 0.7), .init(Wording("Business", "Erhverv", "企业客户"), 0.3),
            ],
            tongues: [(.zh, 0.75), (.en, 0.25)], staff: Words.staff, customers: Words.customers,
            survey: Survey(
                question: Wording(
                    "How satisfied are you with our bank?", "Hvor tilfreds er du med vores bank?", "您对我行的服务满意吗？"),
                kinds: [.complaint, .request], base: 4.1, perDoubledWait: 0.2,
                perDoubledReading: ["response-seconds": 0.25]),
            gauges: [
                Gauge(name: "response-seconds", unit: "s", level: 1.1, places: systems, spread: 0.18),
                Gauge(
                    name: "open-vulnerabilities", unit: "", level: 22, places: systems, spread: 0.12, memory: 0.9,
                    isWhole: true),
                Gauge(
                    name: "availability", unit: "share", level: 0.003, places: systems, spread: 0.5,
                    isShareMissing: true),
            ],
            troubles: [
                Cause(.tickets, .complaint, [(.category, slow)], from: worse, factor: 1.8),
                Cause(.tickets, .complaint, [(.category, security)], from: worse, factor: 1.6),
                Cause(.gauge("response-seconds"), from: worse, factor: 1.9),
                Cause(.gauge("open-vulnerabilities"), from: worse, over: 56, factor: 1.6),
                Cause(.gauge("availability"), from: worse, factor: 2),
            ],
            gains: [
                Cause(.tickets, .complaint, [(.category, slow)], from: infrastructure, factor: fewerSlow),
                Cause(.gauge("response-seconds"), from: infrastructure, factor: 0.5),
                Cause(.gauge("availability"), from: infrastructure, factor: 0.45),
                Cause(.tickets, .complaint, [(.category, security)], from: checks, factor: fewerSecurity),
                Cause(.gauge("open-vulnerabilities"), from: checks, over: 56, factor: 0.4),
                Cause(.resolve, .incident, from: runbooks, factor: quicker),
            ])
    }

    static func rounds(_ tongue: Tongue) -> [TrueRound] {
        func round(_ name: String, _ measure: String, _ slice: Slice, _ day: Day, _ factor: Double) -> TrueRound {
            TrueRound(
                improvement: name, number: 1, measure: measure, slice: slice, places: [.init(on: day)], weeks: 8,
                baselineFrom: worse + 14, factor: factor)
        }
        return [
            round("speed", "complaints.opened", Slice(.category, slow[tongue]), infrastructure, fewerSlow),
            round("security", "complaints.opened", Slice(.category, security[tongue]), checks, fewerSecurity),
            round("stability", "incidents.timeToResolve", .everything, runbooks, quicker),
        ]
    }

    private static func stream(
        _ kind: TicketKind, _ perDay: Double, _ category: Wording, _ group: Wording, _ service: Wording,
        _ titles: [Wording]
    ) -> Stream {
        Stream(
            kind: kind, category: category, group: group, service: service, perDay: perDay,
            respond: kind == .incident ? 1 : 5, work: kind == .change ? 60 : kind == .incident ? 7 : 24, due: 72,
            titles: titles)
    }

    private static let streams: [Stream] = [
        stream(
            .complaint, 4.5, slow, operations, online,
            [
                Wording("The app hangs when I pay", "Appen hænger, når jeg betaler", "付款时手机银行卡住"),
                Wording("Login takes minutes", "Login tager minutter", "登录要等好几分钟"),
            ]),
        stream(
            .complaint, 3, security, securityTeam, online,
            [
                Wording("A stranger could see my account", "En fremmed kunne se min konto", "陌生人能看到我的账户"),
                Wording("My card was used abroad", "Mit kort blev brugt i udlandet", "我的卡在国外被盗刷"),
            ]),
        stream(
            .complaint, 2.4, Wording("Fees", "Gebyrer", "手续费"), branchService, online,
            [Wording("A fee nobody told me about", "Et gebyr, ingen fortalte om", "没人告知的手续费")]),
        stream(
            .complaint, 1.8, Wording("Branches", "Filialer", "网点服务"), branchService, online,
            [Wording("Long wait at the branch", "Lang ventetid i filialen", "网点排队太久")]),
        stream(
            .complaint, 1.4, Wording("Cards", "Kort", "银行卡"), branchService, online,
            [Wording("Card # has not come", "Kort # er ikke kommet", "卡 # 还没有寄到")]),
        stream(
            .request, 3, Wording("Access", "Adgang", "权限申请"), operations, workplace,
            [Wording("Access to the credit system", "Adgang til kreditsystemet", "申请信贷系统权限")]),
        stream(
            .incident, 4, Wording("Performance", "Ydeevne", "性能"), operations, online,
            [Wording("Payments time out", "Betalinger får timeout", "支付超时")]),
        stream(
            .incident, 2, Wording("Availability", "Tilgængelighed", "可用性"), operations, online,
            [Wording("Mobile bank down", "Mobilbanken er nede", "手机银行无法访问")]),
        stream(
            .incident, 1.5, Wording("Security", "Sikkerhed", "安全"), securityTeam, online,
            [Wording("Phishing mail reported", "Phishingmail meldt", "收到钓鱼邮件")]),
        stream(
            .incident, 3, Wording("Workplace", "Arbejdsplads", "办公电脑"), branchService, workplace,
            [Wording("Printer # is offline", "Printer # er offline", "打印机 # 离线")]),
        stream(
            .change, 1.5, Words.change, operations, online,
            [Wording("Patch servers", "Opdatering af servere", "服务器补丁更新")]),
    ]
}
