import Records

/// A team that is to work by the new way.
public struct AdoptingTeam: Sendable, Hashable, Codable {
    public var name: String
    public var department: String
    /// How many people it has.
    public var people: Int

    public init(name: String, department: String = "", people: Int) {
        self.name = name
        self.department = department
        self.people = people
    }
}

/// So many of a team worked by the new way on a day: a count, without names.
public struct Adoption: Sendable, Hashable, Codable {
    public var team: String
    public var people: Int
    public var on: Day

    public init(team: String, people: Int, on day: Day) {
        self.team = team
        self.people = people
        on = day
    }
}

/// A person who says that they know the new way, and work by it.
public struct Adopter: Sendable, Hashable {
    public var person: String
    public var team: String
    public var at: Moment
}

/// How far a team has come.
public struct TeamAdoption: Sendable, Hashable {
    public var team: String
    public var department: String
    /// How many people it has; nil when nobody has said.
    public var people: Int?
    /// How many work by the new way.
    public var adopted: Int

    /// Nil where nobody has said how many people the team has.
    public var share: Double? { people.flatMap { $0 > 0 ? Double(adopted) / Double($0) : nil } }
}

extension Round {
    /// Team by team, those with head counts first.
    ///
    /// A team counts the larger of the number that was reported last and the people who said so themselves, and all its people
    /// when it acknowledged as a whole; never more than it has.
    public var adoption: [TeamAdoption] {
        var names = teams.map(\.name)
        for name in acknowledged + adopted.map(\.team) + known.map(\.team) where !names.contains(name) {
            names.append(name)
        }
        return names.map { name in
            let team = teams.first { $0.name == name }
            let counted = adopted.first { $0.team == name }?.people ?? 0
            let said = known.count { $0.team == name }
            let all = acknowledged.contains(name) ? team?.people ?? 0 : 0
            let most = max(counted, said, all)
            return TeamAdoption(
                team: name, department: team?.department ?? "", people: team?.people,
                adopted: min(most, team?.people ?? most))
        }
    }

    /// The share of all people in teams with a head count; nil when no team has one.
    public var adoptionShare: Double? {
        let counted = adoption.filter { $0.people != nil }
        let people = counted.reduce(0) { $0 + ($1.people ?? 0) }
        guard people > 0 else { return nil }
        return Double(counted.reduce(0) { $0 + $1.adopted }) / Double(people)
    }

    mutating func takeAdoption(_ entry: Entry) throws(LifeCycleError) {
        switch entry.change {
        case .team(let team):
            _ = try Improvement.said(team.name)
            guard team.people >= 0 else { throw .outOfRange }
            if let i = teams.firstIndex(where: { $0.name == team.name }) { teams[i] = team } else { teams.append(team) }
        case .adopted(let count):
            _ = try Improvement.said(count.team)
            guard count.people >= 0 else { throw .outOfRange }
            adopted.removeAll { $0.team == count.team }
            adopted.append(count)
        case .knows(let person, let team):
            _ = try Improvement.said(person)
            _ = try Improvement.said(team)
            if !known.contains(where: { $0.person == person && $0.team == team }) {
                known.append(Adopter(person: person, team: team, at: entry.at))
            }
        case .adoptionNeeded(let share):
            if let share, !(share >= 0 && share <= 1) { throw .outOfRange }
            adoptionNeeded = share
        default: preconditionFailure("Only what is about teams comes here")
        }
    }
}
