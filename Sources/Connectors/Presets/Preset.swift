import Records

/// A system whose exports are known. To add one: a file beside this one, and a line in `Preset.catalogue`.
public struct Preset: Sendable {
    /// The word of `--preset`.
    public enum Name: String, CaseIterable, Sendable, Codable, Hashable {
        case servicenow, jira, glpi, zammad, rt, redmine, znuny, itop, uci, csv
    }

    public let name: Name
    /// What the system is called.
    public let title: String
    let layouts: [Layout]

    /// One kind of table that a system exports.
    struct Layout: Sendable {
        /// Each is a list of columns of which one must be there.
        var signs: [[String]] = []
        var kind: TicketKind?
        /// For each field its columns, the best first. A field with none is never guessed.
        var columns: [Field: [String]] = [:]
        var hints: [Hint: [String]] = [:]
        /// States of this system that are not, or not only, words.
        var states: [String: TicketStatus] = [:]
        var kinds: [String: TicketKind] = [:]
        /// Priorities count down from 1.
        var oneIsHighest = false
        /// The highest priority has a number that is not 1.
        var highestNumber: String?
        /// How many minutes one unit of the column of work time is.
        var minutesPerUnit = 1.0
        /// The column that stands for `slaMet` says when it was missed, not when it was met.
        var slaIsMissed = false
        /// The column that stands for `slaMet` says how many minutes were left.
        var slaIsMinutesLeft = false
        /// There is but one time of the end, and it is that of the solution.
        var closingIsResolution = false
        /// Line breaks stand in the cells as `\n`.
        var escapesLineBreaks = false
        var grain: Grain?
    }

    /// Columns that help to understand a row without being a field of a ticket.
    enum Hint: Hashable, Sendable, Codable {
        /// A coarse state beside a state that everyone names as they like.
        case statusCategory
        /// The number of the ticket it was merged into, or its own.
        case effectiveID
        case deleted
        /// The first time it was closed, beside the last.
        case firstClosedAt
    }

    /// Every system we know, the most particular first.
    static let catalogue: [Preset] = [uci, serviceNow, jira, glpi, zammad, redmine, requestTracker, znuny, iTop]

    /// A file of no known system: names of columns that people use everywhere.
    static let csv = Preset(
        name: .csv, title: "CSV", layouts: [Layout(oneIsHighest: true, closingIsResolution: true)])

    static func named(_ name: Name) -> Preset { catalogue.first { $0.name == name } ?? csv }

    /// The layout whose signs are all in the header; the one that explains the most of it, when several are.
    static func recognise(_ header: [String], among presets: [Preset] = catalogue) -> (Preset, Layout)? {
        let present = Set(header)
        var best: (preset: Preset, layout: Layout, score: Int)?
        for preset in presets {
            for layout in preset.layouts
            where layout.signs.allSatisfy({ $0.contains { present.contains($0) } }) {
                let score = layout.columns.values.count { $0.contains { present.contains($0) } } + layout.signs.count
                if score > best?.score ?? -1 { best = (preset, layout, score) }
            }
        }
        return best.map { ($0.preset, $0.layout) }
    }
}

/// What a row of a file stands for.
public enum Grain: String, Sendable, Codable {
    case rowPerTicket, rowPerUpdate
}

/// Columns written as lists: `columns([.id: "number, Nummer"])`.
func columns(_ lists: [Field: String]) -> [Field: [String]] { lists.mapValues { words($0) } }

func signs(_ lists: String...) -> [[String]] { lists.map { words($0) } }
