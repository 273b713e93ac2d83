/// The one stylesheet. Four sizes of type, two colours with a meaning, space instead of lines.
///
/// Embedded in the binary, so that one file is the whole product and no path can be wrong after it is moved.
enum Stylesheet {
    static let text = colours + page + charts + work + flow + places

    /// What the colours are called, by day and by night.
    static let colours = #"""
        :root {
          --paper: #fdfcfa; --ink: #1b1a18; --soft: #605d57; --faint: #d9d5cc; --wash: #f1eee8;
          --worse: #b83214; --better: #00675c; --band: #e6e2d9; --focus: #1f5fbf;
          --small: .8125rem; --text: 1rem; --large: 1.3125rem; --title: 1.875rem;
          --line: 1.5;
          --latin: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans";
          --han: "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC",
            "WenQuanYi Micro Hei", "WenQuanYi Zen Hei";
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #171614; --ink: #ebe7df; --soft: #a8a399; --faint: #45423c; --wash: #24221f;
            --worse: #ff8264; --better: #4cc4b2; --band: #35322d; --focus: #8ab4ff;
          }
        }

        """#

    /// A chart, on a page or in a file of its own.
    static let charts = #"""
        .chart { display: block; width: 100%; height: auto; overflow: visible; font-family: inherit; }
        .chart-links { font-size: var(--small); color: var(--soft); margin: .35rem 0 0; }
        .chart.narrow { display: none; }
        .chart.square { max-width: 24rem; }
        .chart text { font-size: 13px; fill: var(--soft); font-variant-numeric: tabular-nums; }
        .chart .last { fill: var(--ink); font-weight: 650; }
        .chart .series { fill: none; stroke: var(--ink); stroke-width: 1.25; stroke-linejoin: round; stroke-linecap: round; }
        .chart .series.under { stroke: var(--soft); stroke-width: 1; }
        .chart .dot { fill: var(--soft); } .chart .special { fill: var(--ink); } .chart .end { fill: var(--ink); }
        .chart .band { fill: var(--band); } .chart .level { fill: none; stroke: var(--ink); stroke-width: 2.25; }
        .chart .limit { stroke: var(--soft); stroke-width: .6; }
        .chart .tick { stroke: var(--soft); stroke-width: .75; }
        .chart .target { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 5 4; }
        .chart .event { stroke: var(--soft); stroke-width: .75; stroke-dasharray: 1 2; }
        .chart .forecast { fill: var(--band); } .chart .mean { fill: none; stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 3; }
        .chart .worse .level { stroke: var(--worse); } .chart .better .level { stroke: var(--better); }
        .chart .worse text { fill: var(--worse); } .chart .better text { fill: var(--better); }
        .chart .worse .special, .chart .special.worse { fill: var(--worse); } .chart .special.better { fill: var(--better); }
        .chart .gap { opacity: .3; } .chart .gap.better { fill: var(--better); } .chart .gap.worse { fill: var(--worse); }
        .chart .stair { fill: var(--better); stroke: var(--better); stroke-width: 1.5; }
        .chart .stair.slipped { fill: none; stroke-dasharray: 4 3; } .chart .stair.flat { fill: var(--band); stroke: var(--soft); stroke-width: .75; }
        .chart .probe { stroke: var(--ink); stroke-width: .75; } .chart .said { fill: var(--ink); }

        """#

    private static let page = #"""
        * { box-sizing: border-box; }
        html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
        body {
          margin: 0; background: var(--paper); color: var(--ink);
          font: var(--text)/var(--line) var(--latin), var(--han), sans-serif;
          display: grid; grid-template-columns: 13rem minmax(0, 1fr); min-height: 100vh;
          overflow-wrap: break-word;
        }
        body.bare { display: block; }
        :lang(zh) { --line: 1.7; --small: .875rem; line-break: strict; overflow-wrap: anywhere; }
        :lang(zh) th, :lang(zh) td { overflow-wrap: break-word; }
        :lang(zh) em { font-style: normal; font-weight: 600; }
        :lang(da) p, :lang(da) td { hyphens: auto; }
        a { color: inherit; text-decoration-color: var(--soft); text-decoration-thickness: 1px; text-underline-offset: .2em; }
        a:hover { text-decoration-color: currentColor; text-decoration-thickness: 2px; }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
        main:focus { outline: none; }
        .skip { position: absolute; left: -100vw; top: 0; padding: .75rem 1rem; background: var(--ink); color: var(--paper); z-index: 9; }
        .skip:focus { left: 0; }

        header { padding: 2rem 1rem 2rem 1.75rem; font-size: var(--text); }
        .product { font-weight: 700; font-size: var(--large); text-decoration: none; letter-spacing: -.01em; }
        header ul { list-style: none; margin: 1.5rem 0; padding: 0; }
        header li a { display: block; padding: .3rem 0; text-decoration: none; color: var(--soft); }
        header li a:hover { color: var(--ink); }
        header li a[aria-current] { color: var(--ink); font-weight: 650; }
        .languages, .account, .search { font-size: var(--small); color: var(--soft); margin-top: 1.25rem; }
        .languages a, .languages span { margin-right: .6rem; display: inline-block; padding: .25rem 0; }
        .languages [aria-current] { color: var(--ink); }
        .languages span { font-weight: 650; }
        .search label { display: block; }
        .search input { width: 100%; margin-top: .2rem; }

        main { padding: 2rem 2rem 5rem; max-width: 62rem; min-width: 0; }
        h1 { font-size: var(--title); line-height: 1.2; letter-spacing: -.015em; font-weight: 650; margin: 0 0 1rem; max-width: 24em; text-wrap: balance; }
        h2 { font-size: var(--large); line-height: 1.3; font-weight: 650; margin: 3rem 0 .75rem; text-wrap: balance; }
        h3 { font-size: var(--text); font-weight: 650; margin: 2rem 0 .4rem; }
        :lang(zh) h1, :lang(zh) .product { letter-spacing: 0; }
        p, dd, main li { max-width: 42rem; margin: 0 0 .75rem; }
        .question { color: var(--soft); margin: 0 0 .35rem; }
        .lead { font-size: var(--large); line-height: 1.4; max-width: 34rem; }
        .note, .aside, small { font-size: var(--small); color: var(--soft); }
        .worse { color: var(--worse); } .better { color: var(--better); }
        .mark { white-space: nowrap; font-weight: 600; }
        ul.plain, ol.plain { list-style: none; padding: 0; }

        .finding { margin: 0 0 2.75rem; }
        .reasons { min-width: 18rem; }
        .finding h2, .finding h3 { margin: 0 0 .35rem; font-weight: 500; font-size: var(--large); line-height: 1.4; max-width: 34rem; }
        .finding h2 a, .finding h3 a { text-decoration: none; }
        .finding h2 a:hover, .finding h3 a:hover { text-decoration: underline; text-decoration-thickness: 1px; }
        .finding .facts { font-size: var(--small); color: var(--soft); }
        .facts > * { margin-right: 1.25rem; display: inline-block; }
        .lead a.note { white-space: nowrap; }
        ol.ranked { counter-reset: rank; list-style: none; padding: 0; }
        ol.ranked > li { counter-increment: rank; position: relative; padding-left: 3rem; max-width: none; }
        ol.ranked > li::before { content: counter(rank); position: absolute; left: 0; top: 0; font-size: var(--title); line-height: 1; color: var(--soft); font-variant-numeric: tabular-nums; }

        .doors { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 2rem 3rem; margin-top: 2rem; }
        .doors h2 { margin-top: 0; }
        .door { border-top: 3px solid var(--ink); padding-top: 1rem; }
        .drop.over { background: var(--wash); outline: 2px dashed var(--ink); outline-offset: .5rem; }

        button, .button {
          font: inherit; color: var(--paper); background: var(--ink); border: 1px solid var(--ink); border-radius: 3px;
          padding: .5rem 1rem; min-width: 4em; min-height: 2.75rem; cursor: pointer; text-decoration: none; display: inline-block;
        }
        button:hover, .button:hover { background: var(--soft); }
        button.quiet { background: none; color: var(--ink); border-color: var(--soft); padding: .15rem .5rem; min-height: 1.75rem; font-size: var(--small); }
        input, select, textarea { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 3px; padding: .45rem .6rem; max-width: 100%; min-height: 2.5rem; }
        input[type=file] { border: 0; padding: .5rem 0; width: 100%; }
        input[type=radio], input[type=checkbox] { min-height: 0; accent-color: var(--ink); margin-right: .5rem; }
        form.stack label, form.stack fieldset { display: block; margin: 0 0 1rem; }
        form.stack label > input:not([type=radio], [type=checkbox]), form.stack label > select, form.stack textarea { display: block; margin-top: .25rem; width: 22rem; }
        fieldset { border: 0; padding: 0; } legend { padding: 0; font-weight: 650; }
        form.filters { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; margin: 1.5rem 0; font-size: var(--small); }
        form.filters label { display: grid; gap: .2rem; color: var(--soft); }
        .problem { border-left: 3px solid var(--worse); padding-left: 1rem; }

        .table { overflow-x: auto; margin: 1rem 0 1.5rem; max-width: 100%; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums; font-size: var(--text); }
        caption { text-align: left; font-size: var(--small); color: var(--soft); padding-bottom: .4rem; }
        .heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        th, td { text-align: left; vertical-align: baseline; padding: .4rem 1.5rem .4rem 0; font-weight: 400; min-width: 3em; }
        thead th { font-size: var(--small); color: var(--soft); border-bottom: 1px solid var(--ink); vertical-align: bottom; }
        td .aside { display: inline-block; min-width: 10em; } td .told { display: block; min-width: 15em; margin: 0; }
        tbody tr:hover { background: var(--wash); }
        tbody th a, td a { text-decoration-color: var(--faint); }
        th.n, td.n { text-align: right; white-space: nowrap; }
        td.code, .code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: var(--small); overflow-wrap: anywhere; }
        .sortable thead button { all: unset; cursor: pointer; }
        .sortable thead button:focus-visible { outline: 3px solid var(--focus); }
        .sortable th[aria-sort] { color: var(--ink); font-weight: 650; }
        .sortable th[aria-sort=ascending] button::after { content: " ↑"; }
        .sortable th[aria-sort=descending] button::after { content: " ↓"; }
        dl.fields { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .35rem 1.5rem; margin: 1rem 0; }
        dl.fields dt { color: var(--soft); } dl.fields dd { margin: 0; }
        .pager { margin: 1rem 0; font-size: var(--small); }
        .pager > * { margin-right: 1rem; }
        .next { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--faint); }
        .next h2 { margin-top: 0; font-size: var(--text); }
        .next ul { list-style: none; padding: 0; }
        .next li::before { content: "→ "; color: var(--soft); }
        details summary { cursor: pointer; font-size: var(--small); color: var(--soft); padding: .35rem 0; }
        progress { width: 100%; max-width: 32rem; height: .5rem; accent-color: var(--ink); }

        figure { margin: 1rem 0 1.5rem; max-width: 45rem; }

        """#

    private static let work = #"""
        ol.steps { list-style: none; padding: 0; margin: 1.5rem 0 2rem; display: grid; grid-template-columns: repeat(7, minmax(0, 1fr)); gap: .5rem .75rem; max-width: none; }
        ol.steps li { border-top: 2px solid var(--faint); padding-top: .4rem; font-size: var(--small); color: var(--soft); margin: 0; }
        ol.steps li.done { border-top-color: var(--ink); } ol.steps li.now { border-top: 5px solid var(--ink); padding-top: calc(.4rem - 3px); color: var(--ink); }
        ol.steps a { display: block; text-decoration: none; color: inherit; } ol.steps .now a { font-weight: 650; }
        ol.steps small { display: block; }
        .now-do { background: var(--wash); padding: 1.25rem 1.5rem; margin: 0 0 2.5rem; max-width: 45rem; }
        .now-do h2 { margin-top: 0; font-size: var(--text); } .now-do > .lead { margin-bottom: 1rem; }
        form.stack textarea { display: block; width: 100%; max-width: 34rem; margin-top: .25rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 3px; padding: .45rem .6rem; }
        form.stack .pair { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: end; } form.stack .pair label > input, form.stack .pair label > select { width: 16rem; }
        form.stack label small { display: block; } form.stack label.check { margin-bottom: .5rem; } form.stack label.check > input { display: inline-block; width: auto; margin: 0 .6rem 0 0; vertical-align: baseline; }
        form.door-button, td form, .inline { display: inline-block; margin: 0; }
        .record { margin: 0 0 2.25rem; } .record h3 { margin-top: 0; } .record > details { margin-top: .25rem; }
        .now-do form.stack + .note { margin-top: 1.25rem; } .now-do > :last-child { margin-bottom: 0; }
        details > form.stack { margin: .75rem 0 1.5rem; }
        .seal { overflow-wrap: anywhere; } .apart a { display: inline-block; padding: .35rem 0; }
        ol.history { list-style: none; padding: 0; max-width: none; } ol.history li { max-width: none; display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 0 1rem; margin: 0 0 .5rem; }
        .handoffs { width: 100%; max-width: 40rem; height: auto; } .handoffs text { font-size: 14px; fill: var(--ink); }
        .handoffs .flow { fill: none; stroke: var(--faint); } .handoffs .flow.open { stroke: var(--worse); opacity: .55; }
        .pulse { width: 100%; max-width: 40rem; height: auto; } .pulse path { fill: none; stroke: var(--ink); stroke-width: 1.5; }
        .pulse .limit { stroke: var(--faint); stroke-width: 1; } .pulse circle { fill: var(--ink); }
        .honey { position: absolute; left: -100vw; width: 1px; height: 1px; overflow: hidden; }
        ul.needs li { margin-bottom: .5rem; }
        @media (max-width: 40rem) {
          ol.steps { grid-template-columns: 1fr; gap: .35rem; } ol.steps li, ol.steps li.now { border-top: 0; border-left: 2px solid var(--faint); padding: 0 0 0 .6rem; }
          ol.steps li.done { border-left-color: var(--ink); } ol.steps li.now { border-left: 5px solid var(--ink); padding-left: calc(.6rem - 3px); }
          tbody th { min-width: 8.5rem; }
          ol.history li { display: block; } ol.history li span { display: block; }
          .now-do { padding: 1rem; } form.stack .pair { display: block; } form.stack .pair label > input, form.stack .pair label > select { width: 100%; }
        }

        """#

    private static let places = #"""
        .spark { width: 8rem; height: 1.75rem; vertical-align: middle; overflow: visible; }
        .spark path { fill: none; stroke: var(--ink); stroke-width: 1; vector-effect: non-scaling-stroke; }
        .spark circle { fill: var(--ink); }
        .bar { width: 10rem; height: .6rem; vertical-align: middle; } .bar rect { fill: var(--ink); }
        .palette { list-style: none; margin: .25rem 0 0; padding: 0; }
        .palette a { display: block; padding: .25rem 0; }

        @media (max-width: 52rem) {
          body { display: block; }
          header { padding: 1rem; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; border-bottom: 1px solid var(--faint); }
          header nav:first-of-type { order: 5; width: 100%; }
          header ul { display: flex; flex-wrap: wrap; gap: 0 1.1rem; margin: 0; }
          .languages, .account, .search { margin-top: 0; }
          .search { display: none; }
          .languages { margin-left: auto; }
          main { padding: 1.25rem 1rem 4rem; }
          h1 { font-size: 1.5rem; }
        }
        @media (max-width: 40rem) {
          .chart.wide { display: none; } .chart.narrow { display: block; }
          dl.fields { display: block; } dl.fields dd { margin-bottom: .6rem; }
          form.stack label > input:not([type=radio], [type=checkbox]), form.stack label > select { width: 100%; }
          ol.ranked > li { padding-left: 2rem; } ol.ranked > li::before { font-size: var(--large); }
          th, td { padding-right: 1rem; }
          .spark { width: 4rem; } .bar { width: 5rem; }
        }
        @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
        @media print {
          :root { --paper: #fff; --ink: #000; --soft: #444; --faint: #bbb; --wash: #fff; --worse: #a02a10; --better: #005a50; --band: #e4e4e4; }
          body { display: block; font-size: 10.5pt; }
          header, .next, .pager, form, details:not([open]), .skip { display: none; }
          main { max-width: none; padding: 0; }
          .finding, figure, tr { break-inside: avoid; }
          a { text-decoration: none; }
        }
        """#
}
