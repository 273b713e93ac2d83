import Measures
import Records

// What people write down about how they work: cards of processes, goals on three levels, skills, and how far they think they
// are. Each is small, edited as a whole, and every version is kept.

/// One thing that is written down.
public enum PlanningDocument: Sendable, Hashable, Codable {
    case process(ProcessCard)
    case goal(Goal)
    case skill(Skill)
    case maturity(MaturityAssessment)

    public enum Kind: String, CaseIterable, Sendable, Codable { case process, goal, skill, maturity }

    public var kind: Kind {
        switch self {
        case .process: .process
        case .goal: .goal
        case .skill: .skill
        case .maturity: .maturity
        }
    }

    public var name: String {
        switch self {
        case .process(let card): card.name
        case .goal(let goal): goal.text
        case .skill(let skill): skill.name
        case .maturity(let assessment): assessment.practice
        }
    }
}

/// A process on one card: what it is for, what is done and how, and who answers for it.
public struct ProcessCard: Sendable, Hashable, Codable {
    public var name: String
    public var purpose: String
    /// What is done.
    public var activities: [String]
    /// How it is done.
    public var procedures: [String]
    public var deliverables: [String]
    /// To whom work passes, and what goes with it.
    public var handoffs: [String]
    /// Numbers of policies.
    public var policies: [Int64]
    public var measures: [Measure.ID]
    /// Accountable; runs it day to day; carry it out.
    public var owner: String
    public var manager: String
    public var practitioners: [String]
    /// When somebody last said that they worked by it.
    public var usedOn: Day?

    public init(
        name: String, purpose: String = "", activities: [String] = [], procedures: [String] = [],
        deliverables: [String] = [], handoffs: [String] = [], policies: [Int64] = [], measures: [Measure.ID] = [],
        owner: String = "", manager: String = "", practitioners: [String] = [], usedOn: Day? = nil
    ) {
        self.name = name
        self.purpose = purpose
        self.activities = activities
        self.procedures = procedures
        self.deliverables = deliverables
        self.handoffs = handoffs
        self.policies = policies
        self.measures = measures
        self.owner = owner
        self.manager = manager
        self.practitioners = practitioners
        self.usedOn = usedOn
    }

    /// What a card lacks.
    public enum Warning: String, CaseIterable, Sendable {
        case noOwner, notUsedThisQuarter, noActivities, noMeasure
    }

    /// - Parameter writtenOn: When it was last written: writing it is using it.
    public func warnings(today: Day, writtenOn: Day) -> [Warning] {
        var found: [Warning] = []
        if owner.allSatisfy(\.isWhitespace) { found.append(.noOwner) }
        if max(usedOn ?? writtenOn, writtenOn) < today.startOfQuarter { found.append(.notUsedThisQuarter) }
        if activities.isEmpty { found.append(.noActivities) }
        if measures.isEmpty { found.append(.noMeasure) }
        return found
    }
}

extension Day {
    /// The first day of January, April, July or October.
    public var startOfQuarter: Day {
        let month = components.month
        var day = startOfMonth
        for _ in 0..<((month - 1) % 3) { day = (day - 1).startOfMonth }
        return day
    }
}

/// What is aimed at, on one of three levels, and what it serves.
public struct Goal: Sendable, Hashable, Codable {
    public enum Level: String, CaseIterable, Sendable, Codable {
        /// Where to.
        case strategic
        /// Which plan gets there.
        case tactical
        /// Which methods are used day to day.
        case operational
    }

    public var level: Level
    public var text: String
    /// The goal one level up that it serves.
    public var serves: Int64?
    public var measure: Measure.ID?
    public var target: Double?
    public var by: Day?
    public var owner: String

    public init(
        level: Level, text: String, serves: Int64? = nil, measure: Measure.ID? = nil, target: Double? = nil,
        by: Day? = nil, owner: String = ""
    ) {
        self.level = level
        self.text = text
        self.serves = serves
        self.measure = measure
        self.target = target
        self.by = by
        self.owner = owner
    }
}

/// Something people must be able to do.
public struct Skill: Sendable, Hashable, Codable {
    public var name: String
    /// The service or process that needs it.
    public var area: String
    /// How many people should have it.
    public var needed: Int
    /// Who has it: names they gave themselves, or teams.
    public var holders: [String]
    /// Who is to learn it, and by when.
    public var training: [Training]

    public struct Training: Sendable, Hashable, Codable {
        public var who: String
        public var by: Day?

        public init(who: String, by day: Day?) {
            self.who = who
            by = day
        }
    }

    public init(name: String, area: String = "", needed: Int, holders: [String] = [], training: [Training] = []) {
        self.name = name
        self.area = area
        self.needed = needed
        self.holders = holders
        self.training = training
    }

    /// How many are missing.
    public var missing: Int { max(0, needed - holders.count) }
    /// How many are missing even when everybody planned has learnt it.
    public var unplanned: Int { max(0, missing - training.count { !holders.contains($0.who) }) }
    /// Training that is past its day.
    public func overdue(today: Day) -> [Training] {
        training.filter { training in training.by.map { $0 < today } == true && !holders.contains(training.who) }
    }
}

/// How many people could leave an area before nobody has one of its skills: the least of its skills' holders, less one.
///
/// An area's bus factor is the number of people whose loss would stop it: the holders of its rarest skill.
public func busFactors(_ skills: [Skill]) -> [(area: String, factor: Int, rarest: String)] {
    Dictionary(grouping: skills, by: \.area).compactMap { area, own in
        own.min { ($0.holders.count, $0.name) < ($1.holders.count, $1.name) }.map {
            (area, $0.holders.count, $0.name)
        }
    }.sorted { ($0.factor, $0.area) < ($1.factor, $1.area) }
}

/// What a team thinks of how a practice is run, from 1 to 5, part by part.
public struct MaturityAssessment: Sendable, Hashable, Codable {
    public enum Part: String, CaseIterable, Sendable, Codable {
        /// Written down, with an owner.
        case defined
        /// Followed by figures.
        case measured
        /// Kept to its policies.
        case governed
        /// Planned rather than put out.
        case proactive
        /// Improved, and proven to be.
        case improved
        /// What was gained is held.
        case held
    }

    public var practice: String
    /// 1 to 5.
    public var levels: [String: Int]
    public var note: String

    public init(practice: String, levels: [Part: Int], note: String = "") {
        self.practice = practice
        self.levels = Dictionary(uniqueKeysWithValues: levels.map { ($0.key.rawValue, min(5, max(1, $0.value))) })
        self.note = note
    }

    public subscript(part: Part) -> Int? { levels[part.rawValue] }
}
