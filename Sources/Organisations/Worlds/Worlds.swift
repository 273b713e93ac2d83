import Records

extension Blueprint {
    static func of(_ story: Story) -> Blueprint {
        switch story {
        case .retailer: Retailer.blueprint
        case .airline: Airline.blueprint
        case .bank: Bank.blueprint
        case .chance: Desks.chance
        case .harm: Desks.harm
        }
    }

    /// The rounds of the story's improvements, as they truly were.
    /// - Parameter tickets: What happened: the worst moment is only known afterwards.
    func rounds(_ story: Story, _ tongue: Tongue, tickets: [Ticket]) -> [TrueRound] {
        switch story {
        case .retailer: Retailer.rounds(tongue)
        case .airline: Airline.rounds(tongue)
        case .bank: Bank.rounds(tongue)
        case .chance: Desks.chanceRounds(tickets, from: first)
        case .harm: Desks.harmRounds
        }
    }
}

/// What belongs to no organisation in particular.
enum Words {
    static let mail = Wording("Mail", "Mail", "邮件")
    static let web = Wording("Web form", "Webformular", "网页表单")
    static let chat = Wording("Chat", "Chat", "在线聊天")
    static let phone = Wording("Phone", "Telefon", "电话")
    static let change = Wording("Change", "Ændring", "变更")
    static let staff = [
        "Mette Holm", "Jonas Bak", "Sofie Lund", "Emil Krogh", "Wang Fang", "Li Wei", "Zhang Min", "Chen Jing",
        "Anna Reid",
        "Tom Price", "Nadia Karim", "Oliver Stone",
    ]
    static let customers: [String] = {
        let first = ["Ida", "Lars", "Freja", "Noah", "Clara", "William", "Maja", "Oscar", "Emma", "Victor"]
        let last = ["Jensen", "Nielsen", "Hansen", "Larsen", "Smith", "Brown", "Clark"]
        let family = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵"]
        let given = ["伟", "芳", "敏", "静", "强", "丽"]
        return first.flatMap { a in last.map { "\(a) \($0)" } } + family.flatMap { a in given.map { a + $0 } }
    }()
}
