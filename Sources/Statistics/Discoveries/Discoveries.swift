/// What is assumed about how tests hang together.
public enum TestDependence: Sendable, Equatable {
    /// Independent, or moving together (positive regression dependence): Benjamini & Hochberg's condition.
    case positive
    /// Anything.
    case arbitrary
}

/// The smallest false discovery rate at which each test is a discovery.
///
/// Benjamini & Hochberg (1995, J. Royal Statistical Society B 57:289–300) for tests that are independent or move together;
/// times 1 + 1/2 + … + 1/n for any dependence (Benjamini & Yekutieli 2001, Annals of Statistics 29:1165–1188).
/// - Parameter chances: p-values; not a number where there was no test, which stays so and is not counted.
/// - Complexity: O(n log n).
public func discoveryRates(_ chances: [Double], dependence: TestDependence = .positive) -> [Double] {
    let order = chances.indices.filter { !chances[$0].isNaN }.sorted { chances[$0] < chances[$1] }
    let n = Double(order.count)
    let penalty = dependence == .arbitrary ? (0..<order.count).reduce(0) { $0 + 1 / Double($1 + 1) } : 1
    var out = [Double](repeating: .nan, count: chances.count)
    var least = 1.0
    for (rank, i) in order.enumerated().reversed() {
        least = min(least, chances[i] * n * penalty / Double(rank + 1))
        out[i] = least
    }
    return out
}

/// The chance that none of several tests has anything to show (Simes 1986, Biometrika 73:751–754): the least of the discovery
/// rates. 1 when there is no test.
public func chanceOfNone(_ chances: [Double], dependence: TestDependence = .positive) -> Double {
    discoveryRates(chances, dependence: dependence).reduce(1) { $1.isNaN ? $0 : min($0, $1) }
}

/// A node of a tree of tests: everything, a category, a group, a single series.
public struct TestTree: Sendable, Equatable {
    /// The tests that this node gathers; empty for a single test.
    public var branches: [TestTree]
    /// The p-value of a single test; that of a node is made from its branches.
    public var chance: Double
    /// Whether it is a discovery; the answer of `discover`.
    public var isDiscovery = false

    /// A single test.
    public init(chance: Double) { (branches, self.chance) = ([], chance) }

    /// Tests that belong together; the node's chance is Simes' of its branches.
    public init(_ branches: [TestTree], dependence: TestDependence = .positive) {
        self.branches = branches
        chance = chanceOfNone(branches.map(\.chance), dependence: dependence)
    }

    /// Finds what stands out, from everything down: a branch is looked at only when what gathers it was a discovery.
    ///
    /// TreeBH (Bogomolov, Peterson, Benjamini & Sabatti 2021, Biometrika 108:575–590), which sharpens Yekutieli (2008, JASA
    /// 103:309–316): the branches of a discovery are tested at the level times the share of discoveries in every family
    /// above. The rate of false discoveries, averaged over the families looked at, then stays below the level at each depth.
    public mutating func discover(level: Double, dependence: TestDependence = .positive) {
        precondition(level > 0 && level < 1, "A false discovery rate lies between 0 and 1")
        forget()
        isDiscovery = chance <= level
        if isDiscovery { discoverBranches(level, 1, dependence) }
    }

    private mutating func discoverBranches(_ level: Double, _ share: Double, _ dependence: TestDependence) {
        guard !branches.isEmpty else { return }
        let rates = discoveryRates(branches.map(\.chance), dependence: dependence)
        for i in branches.indices { branches[i].isDiscovery = rates[i] <= level * share }
        let found = Double(branches.count { $0.isDiscovery }) / Double(branches.count)
        for i in branches.indices where branches[i].isDiscovery {
            branches[i].discoverBranches(level, share * found, dependence)
        }
    }

    private mutating func forget() {
        isDiscovery = false
        for i in branches.indices { branches[i].forget() }
    }
}
