import ArgumentParser

@main
struct Ratchet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ratchet", abstract: "Continual service improvement.")
}
