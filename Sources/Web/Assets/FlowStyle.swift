extension Stylesheet {
    /// The map of how work flows: as wide as it needs, in a frame that scrolls.
    static let flow = #"""
        .flow-map { overflow-x: auto; max-width: 100%; padding: .25rem 0; }
        .flow { display: block; } .flow.narrow { display: none; }
        .flow .box { fill: var(--paper); stroke: var(--soft); stroke-width: 1; } .flow .part { fill: var(--ink); }
        .flow .passage { fill: none; stroke: var(--ink); } .flow .head { fill: var(--ink); }
        .flow a:hover .box, .flow a:focus-visible .box { stroke: var(--ink); stroke-width: 2; }
        .flow text { font-size: 12px; fill: var(--soft); font-variant-numeric: tabular-nums; }
        .flow .said { font-size: 13px; font-weight: 600; fill: var(--ink); }
        .way { display: inline-block; min-width: 16rem; max-width: 34rem; }
        @media (max-width: 40rem) { .flow.wide { display: none; } .flow.narrow { display: block; } }

        """#
}
