import Connectors
import Foundation
import Glibc

/// A path under which a file can be read more than once: standard input (`-`) is copied first.
///
/// The copy has no name: it is gone when the program ends, however it ends, and nobody else can open it.
func withReadablePath<T>(_ path: String, _ body: (String) async throws -> T) async throws -> T {
    guard path == "-" else { return try await body(path) }
    let copy = try copyOfStandardInput()
    defer { close(copy) }
    let readable = "/proc/self/fd/\(copy)"
    do {
        return try await body(readable)
    } catch let error as ConnectorError {
        throw Failure(message: error.message.replacing(readable, with: "-"), code: error.exitCode)
    } catch let error as EventFileError {
        throw Failure(message: error.message.replacing(readable, with: "-"), code: error.exitCode)
    }
}

/// - Returns: A file without a name that holds all of standard input.
private func copyOfStandardInput() throws -> Int32 {
    let folder = NSTemporaryDirectory()
    // mkstemp(3) asks for six X at the end and puts letters that nobody can guess in their place.
    var name = Array((folder + "/ratchet-" + String(repeating: "X", count: 6)).utf8CString)
    let file = unsafe mkstemp(&name)
    guard file >= 0, unsafe unlink(name) == 0 else {
        throw Failure(message: "\(folder): no file can be made there; check the temporary folder", code: 73)
    }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: false)
    do {
        while let chunk = try FileHandle.standardInput.read(upToCount: 1 << 18), !chunk.isEmpty {
            try handle.write(contentsOf: chunk)
        }
    } catch {
        close(file)
        throw Failure(message: "\(folder): standard input cannot be copied there; is the disk full?", code: 74)
    }
    return file
}
