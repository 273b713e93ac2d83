import Foundation
import Processes
import Synchronization

/// Where the boxes and lines of a map lie on paper, whoever laid them out.
struct FlowDrawing: Sendable {
    struct Box: Sendable {
        /// The middle.
        var x: Double
        var y: Double
    }

    var boxes: [Box]
    /// The path of each edge, as SVG writes it; empty for one from a box to itself.
    var paths: [String]
    var width: Double
    var height: Double
    var boxWidth: Double
    var boxHeight: Double
    var isByGraphviz = false

    /// The flow runs from left to right on wide paper, from top to bottom on narrow.
    static func own(_ map: FlowMap, isWide: Bool) -> FlowDrawing {
        let (boxWidth, boxHeight) = isWide ? (138.0, 46.0) : (128.0, 46.0)
        let layout = LayeredLayout(
            nodeCount: map.nodes.count, edges: map.edges.map { ($0.from, $0.to, $0.count) },
            node: isWide
                ? .init(length: boxWidth, breadth: boxHeight) : .init(length: boxHeight, breadth: boxWidth),
            apart: isWide ? (layers: 44, nodes: 20) : (layers: 40, nodes: 14))
        func turned(_ p: LayeredLayout.Point) -> (Double, Double) { isWide ? (p.x, p.y) : (p.y, p.x) }
        let boxes = layout.nodes.map { node -> Box in
            let (x, y) = turned(node)
            return Box(x: x + margin, y: y + margin)
        }
        let paths = layout.edges.map { points in
            path(points.map { turned($0) }.map { ($0.0 + margin, $0.1 + margin) }, isWide: isWide)
        }
        let (width, height) = isWide ? (layout.length, layout.breadth) : (layout.breadth, layout.length)
        return FlowDrawing(
            boxes: boxes, paths: paths, width: width + 2 * margin, height: height + 2 * margin, boxWidth: boxWidth,
            boxHeight: boxHeight)
    }

    static let margin = 14.0

    /// A smooth line through points: between two layers a curve that leaves and arrives along the flow.
    private static func path(_ points: [(Double, Double)], isWide: Bool) -> String {
        guard let first = points.first else { return "" }
        var out = "M\(px(first.0)) \(px(first.1))"
        for (a, b) in zip(points, points.dropFirst()) {
            let isStraight = isWide ? a.1 == b.1 : a.0 == b.0
            if isStraight {
                out += "L\(px(b.0)) \(px(b.1))"
            } else if isWide {
                let middle = (a.0 + b.0) / 2
                out += "C\(px(middle)) \(px(a.1)) \(px(middle)) \(px(b.1)) \(px(b.0)) \(px(b.1))"
            } else {
                let middle = (a.1 + b.1) / 2
                out += "C\(px(a.0)) \(px(middle)) \(px(b.0)) \(px(middle)) \(px(b.0)) \(px(b.1))"
            }
        }
        return out
    }

    /// By Graphviz where it is installed, otherwise by our own layout.
    static func of(_ map: FlowMap, isWide: Bool) async -> FlowDrawing {
        if let drawn = await Graphviz.drawing(map, isWide: isWide) { return drawn }
        return own(map, isWide: isWide)
    }
}

/// Debian's `dot`, where it is installed: asked for places only, the drawing is ours.
enum Graphviz {
    /// Pictures that were laid out, by what was asked: a page that is looked at again starts no program.
    private static let kept = Mutex<[String: String]>([:])
    private static let keptMax = 64
    /// A layout of some dozens of boxes takes some hundredths of a second.
    private static let seconds = 2.0
    private static let inch = 72.0

    /// The program's path, looked for once.
    static let program: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/dot" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    static func drawing(_ map: FlowMap, isWide: Bool) async -> FlowDrawing? {
        guard let program, !map.nodes.isEmpty else { return nil }
        let size = isWide ? (138.0, 46.0) : (128.0, 46.0)
        let asked = question(map, isWide: isWide, size)
        if let known = kept.withLock({ $0[asked] }) { return read(known, map, size) }
        guard let answer = await run(program, asked), let drawing = read(answer, map, size) else { return nil }
        kept.withLock { kept in
            if kept.count >= keptMax { kept.removeAll() }
            kept[asked] = answer
        }
        return drawing
    }

    static func question(_ map: FlowMap, isWide: Bool, _ size: (Double, Double)) -> String {
        var text = "digraph{rankdir=\(isWide ? "LR" : "TB");nodesep=.25;ranksep=.7;"
        text += "node[shape=box,fixedsize=true,width=\(size.0 / inch),height=\(size.1 / inch),label=\"\"];"
        for i in map.nodes.indices { text += "n\(i);" }
        for edge in map.edges where edge.from != edge.to {
            text += "n\(edge.from)->n\(edge.to)[weight=\(weight(edge.count))];"
        }
        return text + "}"
    }

    /// Weights of Graphviz are small whole numbers; the busiest lines are the straightest.
    private static func weight(_ count: Int) -> Int { 1 + (Int.bitWidth - max(count, 1).leadingZeroBitCount) }

    private static func run(_ program: String, _ text: String) async -> String? {
        await withCheckedContinuation { (done: CheckedContinuation<String?, Never>) in
            DispatchQueue.global().async {
                let process = Foundation.Process()
                process.executableURL = URL(fileURLWithPath: program)
                process.arguments = ["-Tplain"]
                let (input, output) = (Pipe(), Pipe())
                process.standardInput = input
                process.standardOutput = output
                process.standardError = FileHandle.nullDevice
                guard (try? process.run()) != nil else { return done.resume(returning: nil) }
                let id = process.processIdentifier
                let late = DispatchWorkItem { kill(id, SIGTERM) }
                DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: late)
                try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
                try? input.fileHandleForWriting.close()
                let answer = (try? output.fileHandleForReading.readToEnd()) ?? nil
                process.waitUntilExit()
                late.cancel()
                let isGood = process.terminationStatus == 0
                done.resume(returning: isGood ? answer.map { String(decoding: $0, as: UTF8.self) } : nil)
            }
        }
    }

    /// Reads Graphviz' plain format: lines of words, in inches, from the lower left corner.
    /// - Returns: Nil when it is not about this map.
    static func read(_ text: String, _ map: FlowMap, _ size: (Double, Double)) -> FlowDrawing? {
        var drawing = FlowDrawing(
            boxes: Array(repeating: .init(x: 0, y: 0), count: map.nodes.count),
            paths: Array(repeating: "", count: map.edges.count), width: 0, height: 0, boxWidth: size.0,
            boxHeight: size.1, isByGraphviz: true)
        var found = 0
        func x(_ word: Substring) -> Double? { Double(word).map { $0 * inch + FlowDrawing.margin } }
        func y(_ word: Substring) -> Double? { Double(word).map { drawing.height - FlowDrawing.margin - $0 * inch } }
        func node(_ word: Substring) -> Int? {
            word.hasPrefix("n") ? Int(word.dropFirst()).flatMap { map.nodes.indices.contains($0) ? $0 : nil } : nil
        }
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            switch words.first {
            case "graph" where words.count >= 4:
                guard let width = Double(words[2]), let height = Double(words[3]) else { return nil }
                drawing.width = width * inch + 2 * FlowDrawing.margin
                drawing.height = height * inch + 2 * FlowDrawing.margin
            case "node" where words.count >= 4:
                guard let i = node(words[1]), let x = x(words[2]), let y = y(words[3]) else { return nil }
                drawing.boxes[i] = .init(x: x, y: y)
                found += 1
            case "edge" where words.count >= 4:
                guard let from = node(words[1]), let to = node(words[2]), let n = Int(words[3]), n >= 4,
                    words.count >= 4 + 2 * n,
                    let e = map.edges.firstIndex(where: { $0.from == from && $0.to == to })
                else { return nil }
                var points: [String] = []
                for k in 0..<n {
                    guard let x = x(words[4 + 2 * k]), let y = y(words[5 + 2 * k]) else { return nil }
                    points.append("\(px(x)) \(px(y))")
                }
                drawing.paths[e] = "M\(points[0])C" + points.dropFirst().joined(separator: " ")
            default: break
            }
        }
        return found == map.nodes.count ? drawing : nil
    }
}
