import Foundation
import Records
import Testing

@testable import People

@Suite("Roles")
struct RoleTests {
    /// Written by hand, a row a permission: what the code says must be this.
    static let expected: [Permission: Set<Role>] = [
        .read: Set(Role.allCases),
        .suggest: Set(Role.allCases),
        .contribute: Set(Role.allCases).subtracting([.reader]),
        .bringData: [.processManager, .improvementManager, .administrator],
        .decide: [.processManager, .processOwner, .serviceOwner, .improvementManager, .administrator],
        .approve: [.processOwner, .serviceOwner, .improvementManager, .administrator],
        .govern: [.processOwner, .improvementManager, .administrator],
        .administer: [.administrator],
    ]

    @Test("Each role may what its row says, and nothing else", arguments: Permission.allCases)
    func table(permission: Permission) throws {
        let may = try #require(Self.expected[permission])
        for role in Role.allCases { #expect(role.may(permission) == may.contains(role), "\(role) \(permission)") }
    }

    @Test("The documentation prints the table that the program keeps")
    func documented() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "Documentation/Roles.md"), encoding: .utf8)
        #expect(page.contains(RoleTable.markdown), "print it anew with ‘ratchet people roles’:\n\(RoleTable.markdown)")
    }

    @Test(
        "An owner approves in what they own; what concerns nothing of theirs is another's; everyone else is as their role"
    )
    func scope() {
        func account(_ role: Role, _ owns: [Responsibility] = []) -> Account {
            Account(
                id: ID(1), login: "a", name: "A", role: role, language: "", createdAt: Moment(seconds: 0),
                isActive: true,
                responsibilities: owns)
        }
        let incidents = Responsibility(.process, "incidents")
        let payroll = Responsibility(.service, "Payroll")
        let owner = account(.processOwner, [incidents])
        #expect(owner.may(.approve, concerning: [incidents, payroll]))
        #expect(!owner.may(.approve, concerning: [Responsibility(.process, "changes")]))
        #expect(owner.may(.approve, concerning: []))
        #expect(owner.may(.decide, concerning: [Responsibility(.process, "changes")]))
        #expect(!account(.processOwner).may(.approve, concerning: [incidents]))
        #expect(account(.serviceOwner, [payroll]).may(.approve, concerning: [incidents, payroll]))
        #expect(!account(.serviceOwner, [incidents]).may(.approve, concerning: [payroll]))
        #expect(!account(.serviceOwner, [payroll]).may(.govern, concerning: [payroll]))
        #expect(account(.improvementManager).may(.approve, concerning: [incidents, payroll]))
        #expect(!account(.practitioner, [incidents]).may(.approve, concerning: [incidents]))
    }

    @Test("A responsibility is written and read alike; half of one is none")
    func responsibilities() {
        for text in ["process:incidents", "service:Løn: måned", "service:薪资"] {
            #expect(Responsibility(text)?.text == text)
        }
        for text in ["", "process", "process:", "process: ", "team:IT", "service:a\nb"] {
            #expect(Responsibility(text) == nil, "\(text)")
        }
    }

    @Test("Logins are plain; a token never gets more than its owner may")
    func checks() throws {
        #expect(try PeopleError.checked(login: "Mette.Holm@example.org") == "mette.holm@example.org")
        #expect(try PeopleError.checked(login: "李明") == "李明")
        for login in ["", "a b", "a/b", "<b>", String(repeating: "a", count: 61), "a\nb"] {
            #expect(throws: PeopleError.self) { try PeopleError.checked(login: login) }
        }
        #expect(throws: PeopleError.scopeMissing) { try PeopleError.checked(scope: [], for: .administrator) }
        #expect(throws: PeopleError.scopeTooWide([.bringData, .administer])) {
            try PeopleError.checked(scope: [.read, .administer, .bringData], for: .reader)
        }
        try PeopleError.checked(scope: [.read], for: .reader)
    }
}

@Suite("Signatures")
struct SignatureTests {
    @Test("HMAC-SHA256 gives what RFC 4231 prints")
    func published() {
        // Test cases 1, 2 and 6: a short key, a word, and a key longer than a block.
        #expect(
            Signature.hmac(Array("Hi There".utf8), key: String(repeating: "\u{0B}", count: 20))
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            Signature.hmac(Array("what do ya want for nothing?".utf8), key: "Jefe")
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test("A signature is good for its body, its key and a few minutes")
    func moments() {
        let body = Array("{}".utf8)
        let made = Moment(seconds: 1_760_000_000)
        let header = Signature.header(body, key: "k", at: made)
        #expect(Signature.isValid(header, body, key: "k", at: made))
        #expect(Signature.isValid("v1=00, " + header, body, key: "k", at: Moment(seconds: made.seconds + 299)))
        #expect(!Signature.isValid(header, body, key: "k", at: Moment(seconds: made.seconds + 301)))
        #expect(!Signature.isValid(header, body, key: "k", at: Moment(seconds: made.seconds - 301)))
        #expect(!Signature.isValid(header, Array("{ }".utf8), key: "k", at: made))
        #expect(!Signature.isValid(header, body, key: "l", at: made))
        for header in ["", "t=", "t=1760000000", "v1=aa", "t=1760000000,v1="] {
            #expect(!Signature.isValid(header, body, key: "k", at: made), "\(header)")
        }
        #expect(Signature.isValid(plain: "sha256=" + Signature.hmac(body, key: "k"), body, key: "k"))
        #expect(!Signature.isValid(plain: "sha1=" + Signature.hmac(body, key: "k"), body, key: "k"))
    }
}
