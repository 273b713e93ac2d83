// swift-tools-version: 6.2
import PackageDescription

// The engine's kernels as one small program, built without server and database: for timing them, and for scoring them on
// data with a known truth. Build it with `Benchmarks/Kernels/build`.
let package = Package(
    name: "kernels",
    dependencies: [.package(name: "ratchet", path: "../..")],
    targets: [
        .executableTarget(
            name: "kernels", dependencies: [.product(name: "Engine", package: "ratchet")], path: "Sources",
            swiftSettings: [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")])
    ],
    swiftLanguageModes: [.v6]
)
