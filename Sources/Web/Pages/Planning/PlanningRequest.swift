import Gains
import Improvements
import Languages
import Measures
import People
import Records
import Statistics
import Store
import Turn

extension Routes {
    /// What people write down: goals, skills, maturity, process cards.
    static let planning: [Route] = [
        Route("GET", "/planning", .read, "Planning", answer: { try await planningPage($0) }),
        Route(
            "POST", "/planning", .govern, "Write down a goal, a skill or a maturity", answer: { try await write($0) }),
        Route("GET", "/planning/{id}", .read, "A goal, a skill or a maturity", answer: { try await planned($0) }),
        Route("POST", "/planning/{id}/remove", .govern, "Remove it", answer: { try await removePlanned($0) }),
        Route("GET", "/processes", .read, "Process cards", answer: { try await processesPage($0) }),
        Route("GET", "/processes/{id}", .read, "A process card", answer: { try await planned($0) }),
        Route("POST", "/processes", .govern, "Write a process card", answer: { try await write($0) }),
        Route("POST", "/processes/{id}/used", .contribute, "Say that it was used", answer: { try await noteUse($0) }),
    ]

    private static func planningPage(_ call: Call) async throws -> Reply {
        call.html(PlanningPage(values: try await planningValues(call)).page(call.visit))
    }

    private static func planningValues(_ call: Call) async throws -> PlanningValues {
        let documents = try await call.store.documents()
        let improvements = try await call.store.improvements()
        let organisation = try await Organisation(of: call.store)
        let policies = try await checkedPolicies(in: call.store).map(\.checked)
        let cards = documents.compactMap { kept -> ProcessCard? in
            if case .process(let card) = kept.document { return card }
            return nil
        }
        var withData: Set<String> = []
        let kinds = Set(try await call.store.extents().map(\.kind))
        for id in Set(cards.flatMap(\.measures)) {
            guard let measure = Measure(id: id) else { continue }
            let hasData =
                if let kind = measure.kind { kinds.contains(kind) } else {
                    try await call.store.recordDays(measure.records) != nil
                }
            if hasData { withData.insert(id) }
        }
        let report = try await momentum(of: call.store, at: call.site.now())
        let slipped = improvements.count { kept in
            switch kept.improvement.origin {
            case .slippage, .evaluation: return true
            default: return false
            }
        }
        let skills = documents.compactMap { kept -> (id: Int64, skill: Skill)? in
            if case .skill(let skill) = kept.document { return (kept.id, skill) }
            return nil
        }
        let demands = try await skillDemands(of: skills, in: call.store)
        return PlanningValues(
            documents: documents, improvements: improvements.map { ($0.id.value, $0.improvement) },
            evidence: maturityEvidence(
                cards: cards, measuresWithData: withData, policies: policies,
                plannedShare: report.firefighting?.unplanned.map { 1 - $0.now.estimate },
                improvements: improvements.map(\.improvement), slipped: slipped),
            today: organisation.zone.day(of: call.site.now()), zone: organisation.zone, mayEdit: call.may(.govern),
            demands: demands)
    }

    private static func processesPage(_ call: Call) async throws -> Reply {
        call.html(ProcessesPage(values: try await planningValues(call)).page(call.visit))
    }

    private static func planned(_ call: Call) async throws -> Reply {
        let kept = try await existing(call)
        return call.html(try await form(call, kept, typed: DocumentForm(kept.document), problem: nil))
    }

    private static func existing(_ call: Call) async throws -> KeptDocument {
        guard let id = Int64(try call.value("id")),
            let kept = try await call.store.documents().first(where: { $0.id == id })
        else { throw Refusal.notFound }
        return kept
    }

    private static func form(
        _ call: Call, _ kept: KeptDocument?, typed: DocumentForm, problem: String?
    ) async throws -> Page {
        let organisation = try await Organisation(of: call.store)
        let values = DocumentValues(
            kept: kept, form: typed, problem: problem,
            goals: try await call.store.documents().filter { $0.document.kind == .goal && $0.id != kept?.id },
            today: organisation.zone.day(of: call.site.now()), zone: organisation.zone, mayEdit: call.may(.govern),
            mayUse: call.may(.contribute))
        return DocumentPage(values: values).page(call.visit)
    }

    /// Writes a new document, or the next version of one.
    private static func write(_ call: Call) async throws -> Reply {
        let fields = try await call.form()
        guard let kind = PlanningDocument.Kind(rawValue: fields["kind"] ?? "") else { throw Refusal.badAddress }
        var typed = DocumentForm(kind: kind, fields: fields)
        let id = fields["id"].flatMap { Int64($0) }
        let kept = try await call.store.documents().first { $0.id == id }
        if id != nil, kept == nil { throw Refusal.notFound }
        let known = Set(try await call.store.policies().map(\.id))
        let document: PlanningDocument
        do throws(DocumentProblem) { document = try typed.document(after: kept?.document, policies: known) } catch {
            let page = try await form(call, kept, typed: typed, problem: error.told(call.visit.words))
            return call.html(page, status: 422)
        }
        let now = call.site.now()
        guard let kept else {
            let added = try await call.store.add(document, by: call.writer, at: now)
            return .seeOther(kind == .process ? "/processes/\(added.id)" : "/planning#\(kind.rawValue)")
        }
        do {
            _ = try await call.store.replace(
                kept.id, with: document, seen: Int(fields["version"] ?? "") ?? 0, by: call.writer, at: now)
        } catch LifeCycleError.changedMeanwhile(let version) {
            typed.fields["version"] = String(version)
            let problem = call.visit.words.plan(PlanningPhrase.changedMeanwhile)
            return call.html(try await form(call, kept, typed: typed, problem: problem), status: 409)
        }
        return .seeOther(kind == .process ? "/processes/\(kept.id)" : "/planning#\(kind.rawValue)")
    }

    private static func removePlanned(_ call: Call) async throws -> Reply {
        _ = try await call.form()
        let kept = try await existing(call)
        try await call.store.removeDocument(kept.id, by: call.writer, at: call.site.now())
        return .seeOther(kept.document.kind == .process ? "/processes" : "/planning")
    }

    private static func noteUse(_ call: Call) async throws -> Reply {
        _ = try await call.form()
        let kept = try await existing(call)
        guard case .process(var card) = kept.document else { throw Refusal.notFound }
        let now = call.site.now()
        card.usedOn = try await Organisation(of: call.store).zone.day(of: now)
        _ = try await call.store.replace(
            kept.id, with: .process(card), seen: kept.version, by: call.writer, at: now)
        return .seeOther("/processes/\(kept.id)")
    }
}
