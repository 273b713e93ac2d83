import Improvements
import Records

/// How one improvement stood at the end of each of some weeks, read off its entries once. O(entries + weeks).
struct Trail {
    /// At the end of a week.
    struct Standing {
        var openedOn: Day
        /// Opened, and neither decided upon nor closed.
        var isInWork: Bool
        var isOnHold: Bool
        var owner: String?
        var touchedOn: Day
        var overdue: Int
        /// Rounds that were proven to have worked, so far.
        var gains: Int
    }

    /// One round from being accepted to its end.
    struct Passage {
        var acceptedOn: Day
        var endedOn: Day?
    }

    /// When an evaluation was due, and when a verdict came.
    struct Due {
        var on: Day
        var judgedOn: Day?
    }

    /// How long a step took; not ended where it still goes on.
    struct Stay {
        var step: Step
        var from: Moment
        var to: Moment?
    }

    /// Nil in weeks before it was opened.
    private(set) var standings: [Standing?] = []
    private(set) var passages: [Passage] = []
    private(set) var dues: [Due] = []
    private(set) var stays: [Stay] = []
    /// Days on which it was decided upon or closed.
    private(set) var finished: [Day] = []

    private let zone: Zone
    private var step = Step.defineObjectives
    private var since: Moment
    private var isClosed = false
    private var isDecided = false
    private var isOnHold = false
    private var owner: String?
    private var actions: [Int: Action] = [:]
    private var plan: Plan?
    private var live: Day?
    private var gains = 0
    private var wasProven = false

    init(_ improvement: Improvement, weeks: [Period], zone: Zone) {
        self.zone = zone
        let entries = improvement.entries
        since = entries.first?.at ?? Moment(seconds: 0)
        let openedOn = zone.day(of: since)
        var next = 0
        var touchedOn = openedOn
        for week in weeks {
            while next < entries.count, zone.day(of: entries[next].at) <= week.last {
                take(entries[next])
                if entries[next].by != Self.program { touchedOn = zone.day(of: entries[next].at) }
                next += 1
            }
            guard openedOn <= week.last else {
                standings.append(nil)
                continue
            }
            let late = actions.values.count { action in
                guard let due = action.due, due <= week.last else { return false }
                return action.doneOn.map { $0 > week.last } ?? true
            }
            let isInWork = !isClosed && !isDecided
            standings.append(
                Standing(
                    openedOn: openedOn, isInWork: isInWork, isOnHold: isOnHold, owner: owner, touchedOn: touchedOn,
                    overdue: isInWork ? late : 0, gains: gains))
        }
        // What happened after the last whole week is still part of how long things take.
        for entry in entries[next...] { take(entry) }
        if !isClosed && !isDecided { stays.append(Stay(step: step, from: since, to: nil)) }
    }

    /// Who the program's own entries are by.
    static let program = "ratchet"

    private mutating func take(_ entry: Entry) {
        let day = zone.day(of: entry.at)
        switch entry.change {
        case .owned(let name): owner = name
        case .action(let action): actions[action.id] = action
        case .done(let id, let day): if actions[id]?.everyDays == nil { actions[id]?.doneOn = day }
        case .held: isOnHold = true
        case .resumed: isOnHold = false
        case .approved, .approval: accept(day)
        case .planned(let frozen): plan = frozen
        case .live(let place):
            live = max(live ?? place.on, place.on)
            noteDue()
        case .evaluated(let judgement): judge(judgement, day)
        case .decided:
            isDecided = true
            end(day)
            leave(to: nil, entry.at)
        case .forward:
            accept(day)
            leave(to: step.next, entry.at)
        case .back(let earlier, _): leave(to: earlier, entry.at)
        case .nextRound:
            (isDecided, plan, live, wasProven) = (false, nil, nil, false)
            step = .defineObjectives
            since = entry.at
        case .closed:
            isClosed = true
            if !isDecided {
                end(day)
                leave(to: nil, entry.at)
            }
        default: break
        }
    }

    private mutating func accept(_ day: Day) {
        if let last = passages.last, last.endedOn == nil { return }
        passages.append(Passage(acceptedOn: day))
    }

    private mutating func end(_ day: Day) {
        finished.append(day)
        if let last = passages.indices.last, passages[last].endedOn == nil { passages[last].endedOn = day }
    }

    private mutating func leave(to next: Step?, _ moment: Moment) {
        stays.append(Stay(step: step, from: since, to: moment))
        since = moment
        if let next { step = next }
    }

    /// The verdict is due when the weeks of the plan are over everywhere.
    private mutating func noteDue() {
        guard let plan, let live else { return }
        let due = live + 7 * plan.weeks
        if let last = dues.indices.last, dues[last].judgedOn == nil {
            dues[last].on = due
        } else {
            dues.append(Due(on: due))
        }
    }

    private mutating func judge(_ judgement: Judgement, _ day: Day) {
        guard judgement.verdict != .tooEarly else { return }
        if let last = dues.indices.last, dues[last].judgedOn == nil { dues[last].judgedOn = day }
        if judgement.verdict == .worked, !wasProven {
            wasProven = true
            gains += 1
        }
    }
}
