import Languages
import Processes

/// The map of how work flows: boxes for stages, lines for passages; width by tickets, ink by waiting.
///
/// Pure: values in, SVG out. Every number in it stands in the tables beside it too.
struct FlowMapChart {
    struct Node: Sendable {
        var name: String
        /// Under the name: how many tickets, and how long they stay.
        var told: String
        /// Of all time.
        var share: Double
        var address: String?
    }

    struct Edge: Sendable {
        var from: Int
        var to: Int
        var count: Int
        var hours: Double
        var told: String
        var address: String?
    }

    var id: String
    var title: String
    var alternative: String
    var nodes: [Node]
    var edges: [Edge]
    var drawing: FlowDrawing

    private var most: Double { Double(max(1, edges.map(\.count).max() ?? 1)) }
    private var longest: Double { max(edges.map(\.hours).filter(\.isFinite).max() ?? 0, .leastNonzeroMagnitude) }

    func svg(isWide: Bool) -> HTML {
        let kind: HTML = isWide ? "wide" : "narrow"
        let own = "\(id)-\(isWide ? "w" : "n")"
        let (width, height) = (px(drawing.width), px(drawing.height))
        return """
            <svg class="flow \(kind)" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="group" \
            aria-labelledby="\(own)-t \(own)-d"><title id="\(own)-t">\(title)</title><desc id="\(own)-d">\(alternative)</desc>
            <defs><marker id="\(own)-a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" \
            markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 1L8 4L0 7Z"/></marker></defs>
            \(lines(own))\(boxes())</svg>
            """
    }

    private func lines(_ own: String) -> HTML {
        // The rarest first, so that the busiest lie on top.
        let order = edges.indices.sorted { (edges[$0].count, $0) < (edges[$1].count, $1) }
        return order.filter { !drawing.paths[$0].isEmpty }.map { i -> HTML in
            let edge = edges[i]
            let width = 1 + 7 * (Double(edge.count) / most).squareRoot()
            let ink = edge.hours.isFinite ? 0.35 + 0.65 * (edge.hours / longest).squareRoot() : 0.35
            return """
                <path class="passage" d="\(drawing.paths[i])" stroke-width="\(px(width))" \
                stroke-opacity="\(px(ink))" marker-end="url(#\(own)-a)"><title>\(edge.told)</title></path>

                """
        }.joined()
    }

    private func boxes() -> HTML {
        let (w, h) = (drawing.boxWidth, drawing.boxHeight)
        return nodes.enumerated().map { i, node -> HTML in
            let box = drawing.boxes[i]
            let (x, y) = (box.x - w / 2, box.y - h / 2)
            let drawn: HTML = """
                <title>\(node.name): \(node.told)</title>\
                <rect class="box" x="\(px(x))" y="\(px(y))" width="\(px(w))" height="\(px(h))" rx="3"/>\
                <rect class="part" x="\(px(x))" y="\(px(y + h - 4))" width="\(px(w * min(1, max(0, node.share))))" height="4"/>\
                <text class="said" x="\(px(box.x))" y="\(px(y + 18))" text-anchor="middle">\(Self.short(node.name, w))</text>\
                <text x="\(px(box.x))" y="\(px(y + 35))" text-anchor="middle">\(node.told)</text>
                """
            guard let address = node.address else { return "<g>\(drawn)</g>\n" }
            return "<a href=\"\(address)\">\(drawn)</a>\n"
        }.joined()
    }

    /// A name as long as its box allows; the whole of it stands in the title and in the table.
    static func short(_ name: String, _ width: Double) -> String {
        var room = (width - 8) / 7.2
        var out = ""
        for letter in name {
            // A Chinese character is as wide as two letters.
            room -= (letter.unicodeScalars.first?.value ?? 0) > 0x2E7F ? 1.9 : 1
            if room < 1 { return out + "…" }
            out.append(letter)
        }
        return out
    }
}
