import Synchronization
import Testing

@testable import Turn

@Suite("Work read ahead on a thread of its own")
struct ReadAheadTests {
    private struct Broken: Error {}

    @Test("Nothing, one and many things come in their order, and then the outcome", arguments: [0, 1, 2, 1000])
    func order(count: Int) async throws {
        let ahead = ReadAhead<Int, String> { hand in
            for i in 0..<count { try hand(i) }
            return "done"
        }
        var taken: [Int] = []
        while let next = await ahead.next() { taken.append(next) }
        #expect(taken == Array(0..<count))
        #expect(try ahead.outcome() == "done")
        #expect(await ahead.next() == nil)
    }

    @Test("A failure comes after what was handed over before it")
    func failure() async {
        let ahead = ReadAhead<Int, Int> { hand in
            try hand(7)
            throw Broken()
        }
        #expect(await ahead.next() == 7)
        #expect(await ahead.next() == nil)
        #expect(throws: Broken.self) { try ahead.outcome() }
    }

    @Test("It is at most one ahead, and ends when it is cancelled")
    func bound() async throws {
        let handed = Mutex(0)
        let (ended, end) = AsyncStream<Int>.makeStream()
        let ahead = ReadAhead<Int, Int> { hand in
            defer { end.finish() }
            while true {
                try hand(handed.withLock { $0 })
                handed.withLock { $0 += 1 }
            }
        }
        #expect(await ahead.next() == 0)
        // One may lie ready and the next wait at the door, however long nobody comes.
        try await Task.sleep(for: .milliseconds(50))
        #expect(handed.withLock { $0 } <= 2)
        ahead.cancel()
        for await _ in ended {}
        #expect(handed.withLock { $0 } <= 3)
    }
}
