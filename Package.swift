// swift-tools-version: 6.2
import PackageDescription

/// Every module is in Swift 6 mode with strict memory safety; a warning is an error.
let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),  // `any` costs something: let the reader see it
    .enableUpcomingFeature("MemberImportVisibility"),  // a file names what it uses
]

/// A module of our own: the libraries it stands on, and nothing hidden.
func module(_ name: String, _ path: String, on dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(path)", swiftSettings: strict)
}

/// The tests of one module, in the folder that mirrors it. `more` names every other module they import: what is not named is
/// not rebuilt for them.
func tests(of name: String, _ path: String, on more: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + more, path: "Tests/\(path)",
        resources: resources, swiftSettings: strict)
}

/// A C library of Debian's.
func library(_ name: String, _ pkgConfig: String, _ package: String) -> Target {
    .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

/// Everything that needs no server and no database: its tests build and run in seconds (`make test-engine`).
let engine: [Target] = [
    library("CSodium", "libsodium", "libsodium-dev"),  // keyed hashes, password hashes, random bytes
    library("CZlib", "zlib", "zlib1g-dev"),  // gzip
    .systemLibrary(name: "CIconv", path: "Sources/C/CIconv"),  // character sets, from the C library itself

    module("Statistics", "Statistics"),
    module("Records", "Loop/1-Records"),
    module("Measures", "Loop/2-Measures", on: ["Records", "Statistics"]),
    module("Signals", "Loop/3-Signals", on: ["Records", "Measures", "Processes", "Statistics"]),
    module("Opportunities", "Loop/4-Opportunities", on: ["Records", "Measures", "Signals", "Statistics"]),
    module(
        "Improvements", "Loop/5-Improvements",
        on: ["Records", "Measures", "Signals", "Opportunities", "Statistics", "Texts", "CSodium"]),
    module(
        "Evaluations", "Loop/6-Evaluations",
        on: ["Records", "Measures", "Signals", "Opportunities", "Improvements", "Statistics"]),
    module(
        "Gains", "Loop/7-Gains",
        on: ["Records", "Measures", "Signals", "Opportunities", "Improvements", "Evaluations", "Statistics"]),
    module("Processes", "Processes", on: ["Records", "Measures", "Statistics"]),
    module("Connectors", "Connectors", on: ["Records", "Processes", "CSodium", "CZlib", "CIconv"]),
    module("Texts", "Texts", on: ["Records", "Statistics"]),
    module("SeriesFiles", "SeriesFiles", on: ["Records", "Statistics", "Processes", "Texts", "Connectors"]),

    // Sample organisations whose truth is known, and the story of each played through the loop.
    module("Organisations", "Organisations", on: ["Records", "Statistics"]),
    module(
        "Stories", "Stories",
        on: [
            "Organisations", "Records", "Measures", "Signals", "Opportunities", "Improvements", "Evaluations",
            "Statistics",
        ]),

    tests(of: "Statistics", "Statistics"),
    tests(of: "Records", "Loop/1-Records"),
    tests(of: "Measures", "Loop/2-Measures", on: ["Records", "Statistics"]),
    tests(of: "Signals", "Loop/3-Signals", on: ["Records", "Measures", "Processes", "Statistics"]),
    tests(of: "Opportunities", "Loop/4-Opportunities", on: ["Records", "Measures", "Signals", "Statistics"]),
    tests(
        of: "Improvements", "Loop/5-Improvements",
        on: ["Records", "Measures", "Signals", "Opportunities", "Statistics"]),
    tests(
        of: "Evaluations", "Loop/6-Evaluations",
        on: ["Records", "Measures", "Signals", "Opportunities", "Improvements", "Statistics"]),
    tests(of: "Gains", "Loop/7-Gains", on: ["Records", "Measures", "Signals", "Improvements", "Statistics"]),
    tests(of: "Processes", "Processes", on: ["Records", "Measures", "Statistics"]),
    tests(of: "Connectors", "Connectors", on: ["Records", "Processes"]),
    tests(of: "Texts", "Texts", on: ["Records", "Statistics"]),
    tests(of: "SeriesFiles", "SeriesFiles", on: ["Statistics", "Connectors"]),
    tests(of: "Organisations", "Organisations", on: ["Records", "Statistics", "Connectors"]),
    tests(
        of: "Stories", "Stories",
        on: [
            "Organisations", "Records", "Measures", "Signals", "Improvements", "Evaluations", "Statistics",
        ]),
]

/// The store, the pages and the program.
let product: [Target] = [
    library("CSQLite", "sqlite3", "libsqlite3-dev"),  // bulk binding beside GRDB, see Stores/SQLite

    .systemLibrary(name: "CMalloc", path: "Sources/C/CMalloc"),  // how many heaps the C library keeps

    module(
        "Languages", "Languages",
        on: ["Records", "Measures", "Signals", "Opportunities", "Improvements", "Gains", "Statistics"]),
    module("People", "People", on: ["Records", "CSodium"]),
    module(
        "Store", "Stores/Store",
        on: [
            "Processes", "Records", "Measures", "Signals", "Opportunities", "Improvements", "Gains", "People",
            "Statistics",
        ]),
    module(
        "CommonSQL", "Stores/SQL",
        on: [
            "Store", "Processes", "Records", "Measures", "Signals", "Opportunities", "Improvements", "Gains", "People",
        ]),
    module("SQLite", "Stores/SQLite", on: ["Store", "CommonSQL", "CSQLite", grdb]),
    module("Open", "Stores/Open", on: ["Store", "SQLite"]),
    module(
        "Turn", "Loop/8-Turn",
        on: [
            "Processes", "Records", "Measures", "Signals", "Opportunities", "Improvements", "Evaluations", "Gains",
            "Connectors", "Store", "People", "Statistics", "Texts",
        ]),
    module(
        "Web", "Web",
        on: [
            "Processes", "Records", "Measures", "Signals", "Opportunities", "Improvements", "Evaluations", "Gains",
            "Languages",
            "People", "Store", "Turn", "Connectors",
            "Statistics", hummingbird,
        ]),
    .executableTarget(
        name: "ratchet",
        dependencies: [
            "Organisations", "Stories", "Processes",
            "Records", "Measures", "Signals", "Opportunities", "Improvements", "Evaluations", "Gains", "Languages",
            "People", "Store", "Open",
            "Turn", "Web", "Connectors", "SeriesFiles", "Statistics", "CMalloc", argumentParser,
        ],
        path: "Sources/Program", swiftSettings: strict),

    // One suite for every database; SQLite is the first that passes it.
    tests(
        of: "SQLite", "Stores",
        on: [
            "Processes", "Store", "Open", "CommonSQL", "CSQLite", "Records", "Measures", "Signals", "Opportunities",
            "Improvements",
            "Gains", "People", "Statistics",
        ]),
    tests(of: "People", "People"),
    tests(
        of: "Turn", "Loop/8-Turn",
        on: [
            "Processes", "Open", "Store", "Records", "Measures", "Signals", "Opportunities", "Improvements",
            "Evaluations",
            "Gains", "Connectors", "Statistics",
        ]),
    .testTarget(name: "ShapeTests", path: "Tests/Shape", swiftSettings: strict),
    tests(
        of: "Languages", "Languages",
        on: ["Records", "Measures", "Signals", "Opportunities", "Improvements", "Gains", "Statistics"]),
    tests(
        of: "Web", "Web",
        on: [
            "Processes", "Records", "Measures", "Signals", "Opportunities", "Improvements", "Evaluations", "Gains",
            "Statistics",
            "Languages", "People", "Store", "Open", "Turn", "Connectors",
        ]),
]

// The engine alone is a package of its own when asked for: nothing is resolved, and a test round takes seconds.
let engineOnly = Context.environment["RATCHET_ENGINE_ONLY"] == "1"

let package = Package(
    name: "ratchet",
    platforms: [.macOS(.v15)],  // no effect on Linux; Hummingbird asks for it
    products: engineOnly
        ? [
            .library(name: "Engine", targets: ["SeriesFiles", "Stories"])
        ]
        : [.executable(name: "ratchet", targets: ["ratchet"])],
    dependencies: engineOnly
        ? []
        : [
            // The HTTP server (HTTP/1.1 only: TLS is left to a proxy, which keeps the build small).
            .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
            // SQLite: connections, transactions, migrations.
            .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
            // The command line.
            .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        ],
    targets: engine + (engineOnly ? [] : product),
    swiftLanguageModes: [.v6]
)
