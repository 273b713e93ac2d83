import Dispatch
import Foundation
import Synchronization

/// Work on a thread of its own that hands things over, at most one ahead of the one who takes them: a file is read while the
/// batch before is written, and memory stays flat however long the file is.
///
/// The thread ends when the work ends, fails, or is cancelled.
final class ReadAhead<Thing: Sendable, Outcome: Sendable>: Sendable {
    private struct State: Sendable {
        /// Handed over and not yet taken.
        var ready: Thing?
        /// Who waits for the next thing.
        var waiting: CheckedContinuation<Thing?, Never>?
        var isCancelled = false
        var result: Result<Outcome, any Error>?
    }

    private struct Cancelled: Error {}

    private let state = Mutex(State())
    /// Counts the free places for what is ready: there is one. It starts from none, because a semaphore must not be let go with
    /// less than it started with, and a thing may lie there untaken.
    private let room = DispatchSemaphore(value: 0)

    /// Begins at once.
    init(_ work: @escaping @Sendable ((Thing) throws -> Void) throws -> Outcome) {
        room.signal()
        let thread = Thread { [self] in
            let outcome = Result { try work { try hand(over: $0) } }
            let waiter = state.withLock { state in
                state.result = outcome
                defer { state.waiting = nil }
                return state.waiting
            }
            waiter?.resume(returning: nil)
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    private func hand(over thing: Thing) throws {
        room.wait()
        let (waiter, isOver) = state.withLock { state in
            defer { state.waiting = nil }
            if state.waiting == nil, !state.isCancelled { state.ready = thing }
            return (state.waiting, state.isCancelled)
        }
        // Who was cancelled may still be waiting for an answer: there is nothing more.
        if isOver {
            waiter?.resume(returning: nil)
            throw Cancelled()
        }
        guard let waiter else { return }
        room.signal()
        waiter.resume(returning: thing)
    }

    /// The next thing; nil when there are no more. Asked by one taker, one thing after another.
    func next() async -> Thing? {
        await withCheckedContinuation { continuation in
            let (thing, isWaiting) = state.withLock { state -> (Thing?, Bool) in
                if let ready = state.ready {
                    state.ready = nil
                    return (ready, false)
                }
                if state.result != nil || state.isCancelled { return (nil, false) }
                state.waiting = continuation
                return (nil, true)
            }
            if isWaiting { return }
            if thing != nil { room.signal() }
            continuation.resume(returning: thing)
        }
    }

    /// How it ended; asked for when there are no more things.
    func outcome() throws -> Outcome {
        guard let result = state.withLock({ $0.result }) else {
            preconditionFailure("The outcome is asked for after the last thing")
        }
        return try result.get()
    }

    /// The taker takes no more; the thread ends with the next thing it would hand over.
    func cancel() {
        state.withLock { $0.isCancelled = true }
        room.signal()
    }
}
