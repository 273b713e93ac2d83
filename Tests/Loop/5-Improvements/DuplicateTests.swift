import Improvements
import Testing
import Texts

@Suite("Titles that mean the same improvement")
struct DuplicateTests {
    /// Titles written for this test: two that mean the same and one that only looks alike, in three languages.
    private static let labelled: [[(title: String, label: String)]] = [
        [
            ("Shorten the queue for password resets", "pw"),
            ("Shorter queue for resetting passwords", "pw"),
            ("Self-service for password resets", "pwself"),
            ("New laptops are delivered too late", "lap"),
            ("Deliver new laptops in time", "lap"),
            ("Agree a delivery time for laptops with the supplier", "lapsup"),
            ("Fewer reopened tickets about e-mail", "re"),
            ("Reduce reopened email tickets", "re"),
            ("Fewer reopened tickets about VPN", "revpn"),
            ("Write an article for each known error", "kb"),
            ("A knowledge article for every known error", "kb"),
            ("Review old knowledge articles every year", "kbold"),
            ("Answer complaints within two days", "comp"),
            ("Complaints answered in two days", "comp"),
            ("Answer suggestions within two days", "sugg"),
            ("Check backups of the payroll system each week", "bak"),
            ("Weekly backup checks for payroll", "bak"),
            ("Check certificates of the payroll system each week", "cert"),
        ],
        [
            ("Kortere kø ved nulstilling af adgangskoder", "pw"),
            ("Gør køen til nulstilling af adgangskode kortere", "pw"),
            ("Selvbetjening til nulstilling af adgangskoder", "pwself"),
            ("Nye bærbare leveres for sent", "lap"),
            ("Levering af nye bærbare til tiden", "lap"),
            ("Aftal leveringstid for skærme med leverandøren", "lapsup"),
            ("Færre genåbnede sager om e-mail", "re"),
            ("Færre genåbninger af e-mailsager", "re"),
            ("Færre genåbnede sager om VPN", "revpn"),
            ("Skriv en artikel for hver kendt fejl", "kb"),
            ("En vidensartikel til alle kendte fejl", "kb"),
            ("Gennemgå gamle vidensartikler hvert år", "kbold"),
            ("Besvar klager inden for to dage", "comp"),
            ("Klager besvares inden to dage", "comp"),
            ("Besvar forslag inden for to dage", "sugg"),
            ("Kontrollér sikkerhedskopier af lønsystemet hver uge", "bak"),
            ("Ugentlig kontrol af lønsystemets sikkerhedskopi", "bak"),
            ("Kontrollér certifikater i lønsystemet hver uge", "cert"),
        ],
        [
            ("缩短密码重置的排队时间", "pw"),
            ("减少密码重置排队时间", "pw"),
            ("密码重置自助服务", "pwself"),
            ("新笔记本电脑交付太晚", "lap"),
            ("按时交付新笔记本电脑", "lap"),
            ("与供应商约定显示器交付时间", "lapsup"),
            ("减少邮件工单重新打开", "re"),
            ("降低邮件类工单的重新打开率", "re"),
            ("减少VPN工单重新打开", "revpn"),
            ("为每个已知错误撰写知识文章", "kb"),
            ("每个已知错误都有一篇知识文章", "kb"),
            ("每年复查旧的知识文章", "kbold"),
            ("两天内答复投诉", "comp"),
            ("投诉在两天内得到答复", "comp"),
            ("两天内答复建议", "sugg"),
            ("每周检查薪资系统备份", "bak"),
            ("薪资系统备份每周检查一次", "bak"),
            ("每周检查薪资系统证书", "cert"),
        ],
    ]

    /// Of pairs of one language that are told, how many are right; of those that are right, how many are told.
    private static func measured(
        _ alike: (Int, Int, [String]) -> Bool
    ) -> (right: Double, found: Double, balance: Double) {
        var (hits, told, same) = (0, 0, 0)
        for list in labelled {
            for i in list.indices {
                for j in list.indices where j > i {
                    let isTold = alike(i, j, list.map(\.title))
                    let isSame = list[i].label == list[j].label
                    if isTold { told += 1 }
                    if isSame { same += 1 }
                    if isTold, isSame { hits += 1 }
                }
            }
        }
        let right = told > 0 ? Double(hits) / Double(told) : 0
        let found = Double(hits) / Double(same)
        return (right, found, hits > 0 ? 2 * right * found / (right + found) : 0)
    }

    @Test("Nothing, signs only, and the same title twice")
    func strange() {
        let titles = TitleLikeness(["", "…", "Windows 10", "Windows 11", "windows, 10!", "缩短邮件的响应时间"])
        #expect(titles.between(0, 1).likeness == 0 && titles.between(0, 2).shared.isEmpty)
        #expect(titles.between(2, 4).likeness == 1 && titles.between(2, 4).shared == ["windows", "10"])
        #expect(titles.between(2, 3).likeness < 0.6)
        #expect(titles.between(5, 5).likeness == 1)
    }

    @Test("The engine of texts finds far more pairs than counting whole words does, and is more often right")
    func better() {
        let before = Self.measured { i, j, titles in
            let (a, b) = (Set(titleWords(titles[i])), Set(titleWords(titles[j])))
            return Double(a.intersection(b).count) >= 0.6 * Double(a.union(b).count)
        }
        let now = Self.measured { i, j, titles in TitleLikeness(titles).between(i, j).likeness >= 0.45 }
        #expect(
            now.found >= 0.7 && now.right >= 0.55 && now.right >= before.right && now.balance >= before.balance + 0.2,
            "\(now), \(before)")
    }
}
