import Gains
import Records
import Statistics

extension Danish {
    static func cycle(_ line: CycleLine, _ f: Figures) -> Sentence {
        switch line {
        case .heldGains(let held):
            let left = held.proven - held.slipped
            let all =
                held.slipped == 0
                ? "\(held.proven == 1 ? "Den ene dokumenterede gevinst holder" : "Alle \(f.count(held.proven)) dokumenterede gevinster holder") stadig, den længste i \(days(held.longestDays, f))"
                : "Af \(counted(held.proven, f, "dokumenteret gevinst", "dokumenterede gevinster")) holder \(left == 0 ? "ingen" : f.count(left)) stadig"
            guard let median = held.medianDays else { return "\(all)." }
            return "\(all); halvdelen holder i \(days(Int(median.estimate), f)) eller længere\(range(median, f))."
        case .duplicates(let n):
            return n == 1 ? "Ét par forbedringer ligner hinanden." : "\(f.count(n)) par forbedringer ligner hinanden."
        case .handoffs(let days, let open):
            if days == 0, open == 0 { return "Ingen afdeling venter på en anden." }
            return
                "Afdelingerne har ventet \(self.days(days, f)) på hinanden; \(open == 0 ? "der ventes ikke på noget nu" : "der ventes stadig på \(counted(open, f, "ting", "ting"))")."
        case .prevented(let n, let kind, let period):
            return
                "Omkring \(f.number(n.estimate, decimals: 0)) \(kind) (\(f.range(f.number(n.low, decimals: 0), f.number(n.high, decimals: 0)))), der var ventet \(f.range(period.first, period.last)), kom ikke."
        case .preventedInAll(let n, let rounds):
            return
                "Tilsammen omkring \(f.number(n.estimate, decimals: 0)) (\(f.range(f.number(n.low, decimals: 0), f.number(n.high, decimals: 0)))), fra \(counted(rounds, f, "runde", "runder"))."
        case .inTime(let n, let of): return "gjort til tiden \(f.count(n)) af \(f.count(of)) gange"
        case .votes(let n): return n == 0 ? "ingen stemmer endnu" : "\(counted(n, f, "stemme", "stemmer"))"
        case .fateUnderWay(let step): return "det er blevet til en forbedring, som er ved: \(step)"
        case .quieted(let came, let judged, let share):
            return
                "Af \(counted(judged, f, "advarsel", "advarsler")) gik \(f.count(came)) i opfyldelse (\(f.percent(share.estimate)), \(f.range(f.percent(share.low), f.percent(share.high)))); det bør mindst halvdelen."
        case .approvalRule(let effort, let hours, let roles):
            return
                "En forbedring behøver ingens godkendelse, når indsatsen højst er \(effort), og den højst ventes at spare \(f.number(hours)) timer om måneden. Det, der er større, godkendes af: \(roles.joined(separator: ", "))."
        case .time(let promised, let used):
            return promised > 0
                ? "\(f.number(used)) af \(f.number(promised)) lovede timer er brugt (\(f.percent(used / promised)))."
                : "\(f.number(used)) timer er brugt; ingen var lovet."
        case .pulseNow(let mean, let n):
            return
                "\(f.number(mean.estimate, decimals: 1)) af 5 (\(f.range(f.number(mean.low, decimals: 1), f.number(mean.high, decimals: 1)))), fra \(counted(n, f, "svar", "svar"))"
        case .sheetHasNoTitle(let found):
            return
                "Ingen kolonne i arket genkendes som titlen. Kald en af dem »Titel« i første række, og hent det ind igen. Kolonnerne er: \(found.joined(separator: ", "))."
        case .sheetIsTooLong(let most):
            return
                "Arket har mere end \(f.count(most)) rækker. Er det et register over forbedringer? Sager hører til på siden Datakilder."
        case .thanked(let by, let team, let person):
            let to: Sentence = person.isEmpty ? "\(name: team)" : "\(name: person), \(name: team)"
            return by.isEmpty ? "En kollega takker \(to)" : "\(name: by) takker \(to)"
        case .workEffective(let worked, let judged):
            return "\(f.count(worked)) af \(counted(judged, f, "runde", "runder")) med en konklusion virkede."
        case .workEfficient(let hours, let finished):
            return
                "\(f.number(hours)) arbejdstimer for hver af \(counted(finished, f, "forbedring", "forbedringer")) med en konklusion."
        case .workEconomical(let hours, let spent):
            return
                "\(f.number(hours / spent)) fastholdte timer om måneden for hver brugt time (\(f.number(hours)) for \(f.number(spent)))."
        case .servicesEffective(let kept, let n):
            return "\(f.percent(kept)) af \(counted(n, f, "incident", "incidents")) forblev løst."
        case .servicesEfficient(let hours, let n):
            return "\(f.number(hours)) arbejdstimer for hver af \(counted(n, f, "incident", "incidents"))."
        case .servicesEconomical(let cost, let currency): return "\(f.number(cost)) \(currency) for hver incident."
        case .notRecorded: return "Ingen skriver det ned endnu."
        case .workAhead(let now, let ahead, let weeks):
            return
                "\(f.number(now)) om ugen nu; \(f.number(ahead.estimate)) (\(f.range(f.number(ahead.low), f.number(ahead.high)))) om \(f.count(weeks)) uger"
        case .suggestionsShown(let n, let challenges):
            return
                "\(counted(n, f, "forslag", "forslag")), hvoraf \(f.count(challenges)) stiller spørgsmål ved, hvordan det altid har været."
        }
    }

    private static func days(_ n: Int, _ f: Figures) -> String { counted(n, f, "dag", "dage") }

    private static func range(_ median: Estimate, _ f: Figures) -> String {
        median.high.isFinite
            ? " (\(f.range(f.number(median.low, decimals: 0), f.number(median.high, decimals: 0))))"
            : " (mindst \(f.number(median.low, decimals: 0)))"
    }
}
