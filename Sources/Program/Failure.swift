import ArgumentParser
import Connectors
import Foundation
import Glibc
import Improvements
import People
import SeriesFiles
import Store

/// An error as the command line shows it: one line, and an exit code of sysexits.
struct Failure: Error {
    var message: String
    var code: Int32

    init(message: String, code: Int32) {
        self.message = message
        self.code = code
    }

    /// The one table that turns errors into lines and codes; nil for what the argument parser deals with itself.
    init?(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as ConnectorError: self.init(message: error.message, code: error.exitCode)
        case let error as EventFileError: self.init(message: error.message, code: error.exitCode)
        case let error as SeriesFileError: self.init(message: error.message, code: 65)
        case let error as LifeCycleError: self.init(message: error.message, code: 77)
        case let error as PeopleError: self.init(message: error.message, code: 65)
        case let error as StoreError: self.init(message: error.message, code: error.exitCode)
        case is CancellationError: self.init(message: "interrupted; nothing is lost", code: 130)
        case is ExitCode, is ValidationError, is CleanExit: return nil
        default:
            let name = String(reflecting: type(of: error))
            if name.hasPrefix("ArgumentParser") { return nil }
            self.init(message: "\(error); this is a fault of ours, please report it", code: 70)
        }
    }

    func leave() -> Never {
        Terminal.clearProgress()
        Terminal.say("ratchet: \(message)")
        Glibc.exit(code)
    }
}

/// Ends with 130 on ctrl-C, whatever is going on: what is written is written, what is not will be begun again.
func exitQuietlyWhenInterrupted() {
    signal(SIGINT) { _ in Glibc._exit(130) }
    // A reader that has seen enough (`| head`) is no error.
    signal(SIGPIPE) { _ in Glibc._exit(0) }
}
