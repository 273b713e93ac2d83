import Testing

@testable import People

@Suite("Secrets")
struct SecretsTests {
    @Test("A password is known by its hash, another is not, and two hashes of it differ")
    func passwords() throws {
        let hash = try #require(Secrets.hash(password: "Brandslukning hver mandag"))
        #expect(hash.hasPrefix("$argon2id$"))
        #expect(Secrets.verify(password: "Brandslukning hver mandag", hash: hash))
        #expect(!Secrets.verify(password: "brandslukning hver mandag", hash: hash))
        #expect(!Secrets.verify(password: "", hash: hash))
        #expect(Secrets.hash(password: "Brandslukning hver mandag") != hash)
        #expect(!Secrets.verify(password: "x", hash: ""))
    }

    @Test("Tokens are long, never repeat, and are safe in an address")
    func tokens() {
        let tokens = (0..<1000).map { _ in Secrets.newToken() }
        #expect(Set(tokens).count == 1000)
        for token in tokens {
            #expect(token.count == 43)
            #expect(token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        }
        #expect(Secrets.same(tokens[0], tokens[0]))
        #expect(!Secrets.same(tokens[0], tokens[1]))
    }

    @Test("A reader may read and nothing else; an administrator may everything")
    func roles() {
        #expect(Permission.allCases.filter { Role.reader.may($0) } == [.read, .suggest])
        #expect(Permission.allCases.allSatisfy { Role.administrator.may($0) })
        for role in Role.allCases where role != .administrator { #expect(!role.may(.administer)) }
    }
}
