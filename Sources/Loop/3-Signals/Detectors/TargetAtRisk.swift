extension Run {
    mutating func look(at targets: [Target]) {}
}
