import Connectors
import Evaluations
import Foundation
import Improvements
import Languages
import Opportunities
import People
import Records
import Store
import Turn

extension Routes {
    /// What is done with the register as a whole.
    static let registerWork: [Route] = [
        Route("GET", "/start-small", .read, "Three improvements to begin with", answer: { try await startSmall($0) }),
        Route("POST", "/start-small", .decide, "Begin with one of them", answer: { try await beginSmall($0) }),
        Route("POST", "/register/merge", .decide, "Merge two that are the same", answer: { try await merge($0) }),
        Route("POST", "/register/import", .bringData, "Take in a register", answer: { try await takeInRegister($0) }),
        Route("GET", "/handoffs", .read, "Who waits for whom", answer: { try await handoffs($0) }),
    ]

    private static func startSmall(_ call: Call) async throws -> Reply {
        let opportunities = Dictionary(
            try await call.store.opportunities().map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        let values = StartSmallValues(
            starts: try await call.site.evaluations.starts(in: call.store, call.visit.words),
            opportunities: opportunities, improvements: try await call.store.improvements(), mayOpen: call.may(.decide))
        return call.html(StartSmallPage(values: values).page(call.visit))
    }

    /// Opens an opportunity with everything that can be filled in; one that is under way already is gone to.
    private static func beginSmall(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        guard let id = form["opportunity"],
            let found = try await call.store.opportunities().first(where: { $0.id == id })
        else { throw Refusal.notFound }
        let origin = Change.Origin.opportunity(id: id)
        if let there = try await call.store.improvements().first(where: {
            $0.improvement.origin == origin && !$0.improvement.isClosed
        }) {
            return .seeOther("/improvements/\(there.id.value)")
        }
        let (name, now) = (call.writer, call.site.now())
        let changes = try await firstChanges(call.visit.words.title(for: found), from: origin, in: call.store)
        let opened = try await call.store.open((changes + [.owned(by: name)]).map { Entry($0, by: name, at: now) })
        return .seeOther("/improvements/\(opened.value)#now")
    }

    private static func merge(_ call: Call) async throws -> Reply {
        let form = try await call.form()
        func number(_ name: String) throws -> Int64 {
            guard let value = form[name].flatMap({ Int64($0) }) else { throw Refusal.badAddress }
            return value
        }
        let (from, into) = (try number("from"), try number("into"))
        let seen = (first: Int(try number("seenFrom")), second: Int(try number("seenInto")))
        do {
            guard
                try await call.store.merge(
                    ID(from), into: ID(into), seen: seen, by: call.writer, at: call.site.now()) != nil
            else { throw Refusal.notFound }
        } catch let error as LifeCycleError {
            // Somebody wrote meanwhile, or merged it: the page shows how it is by now.
            let told = call.visit.words.told(.refused(error))
            let page = ErrorPage(title: .unreadableTitle, detail: told)
            return call.html(page.page(call.visit), status: 409)
        }
        return .seeOther("/improvements/\(into)")
    }

    // MARK: A sheet

    private static func takeInRegister(_ call: Call) async throws -> Reply {
        let upload: Upload
        do {
            upload = try await Upload.receive(call.ask, into: call.site.desk.folder)
        } catch Refusal.unreadable(let message) where message.isEmpty {
            throw Refusal.unreadable(call.visit.words(.noFileChosen))
        }
        defer { try? FileManager.default.removeItem(atPath: upload.path) }
        try call.check(upload.fields["token"] ?? call.ask.headers["x-form-token"])
        let words = call.visit.words
        let outcome: RegisterOutcome
        let sheet: RegisterSheet
        do {
            sheet = try readRegister(upload.path, named: upload.name)
            outcome = try await importRegister(
                sheet, named: upload.name, into: call.store, by: call.writer, at: call.site.now())
        } catch let error as RegisterSheetError {
            throw Refusal.unreadable(error.told(words))
        } catch let error as ConnectorError {
            throw Refusal.unreadable(told(error, file: upload.name, words))
        } catch RegisterImportError.readAsTickets {
            throw Refusal.unreadable(words.cycle(.bringRegisterText))
        }
        try await call.store.audit(
            by: call.session?.account.login ?? "", action: "import", subject: upload.name, at: call.site.now())
        let titles = try await call.store.improvements().filter {
            outcome.new.contains($0.id) || outcome.changed.contains($0.id)
        }
        let page = RegisterTakenPage(
            file: upload.name, outcome: outcome, rows: sheet.rows.count, improvements: titles)
        return call.html(page.page(call.visit))
    }

    // MARK: Departments

    private static func handoffs(_ call: Call) async throws -> Reply {
        let all = try await call.store.improvements()
        let zone = try await Organisation(of: call.store).zone
        let today = zone.day(of: call.site.now())
        let page = HandoffsPage(
            ledger: waitingLedger(of: all.numbered, asOf: today),
            titles: Dictionary(all.map { ($0.id, $0.improvement.title) }, uniquingKeysWith: { a, _ in a }))
        return call.html(page.page(call.visit))
    }
}

extension RegisterSheetError {
    func told(_ words: Words) -> String {
        switch self {
        case .noTitle(_, let found), .noSuchColumn(_, _, _, let found): words.cycled(.sheetHasNoTitle(found: found))
        case .tooLong: words.cycled(.sheetIsTooLong(most: RegisterSheet.rowsMax))
        }
    }
}
