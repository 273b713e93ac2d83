import Store

/// Whether the tables agree with each other, beyond what the database checks by itself.
extension SQLStore {
    public func check() async throws -> [String] {
        var found = try await database.check()
        if !found.isEmpty { return found }
        found += try await database.read { c in
            var out: [String] = []
            func expectNone(_ sql: String, _ sentence: (Int64) -> String) throws {
                let count = try c.first(sql) { $0.integer(0) } ?? 0
                if count > 0 { out.append(sentence(count)) }
            }
            try expectNone("select count(*) from import where state = 'reading'") {
                "\($0) imports were interrupted; run ‘ratchet import’ on the same files again to finish them"
            }
            try expectNone(
                """
                select count(*) from (
                    select s.tickets as counted, (
                        select count(*) from ticket t where t.kind = s.kind and t.status not in (6, 7)) as there
                    from slice s where s.dimension = -1) as pairs
                where counted <> there
                """
            ) { _ in "the roll-ups do not add up to the tickets; run ‘ratchet turn --rebuild’" }
            for (records, table) in [(0, "survey_answer"), (1, "suggestion"), (2, "reading")] {
                try expectNone(
                    """
                    select abs((select count(*) from \(table)) - (
                        select coalesce(sum(asked), 0) from record_day where records = \(records) and dimension = -1))
                    """
                ) { "the daily totals miss \($0) rows of \(table); run ‘ratchet turn --rebuild’" }
            }
            return out
        }
        return found
    }
}
