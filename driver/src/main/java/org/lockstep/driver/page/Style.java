package org.lockstep.driver.page;

/** The page's style sheet; without the characters that XML would escape. */
final class Style {

    private static final String COLOURS = """

            :root {
              color-scheme: light dark;
              --paper: #f5f6f8; --card: #ffffff; --ink: #1d2330; --soft: #5b6472; --edge: #dfe3e8;
              --training: #2563c9; --valid: #c2570c; --compute: #2f6fd6; --exchange: #8a63d2; --stall: #d9480f;
              --other: #a3adba; --validation: #2b8a6b; --hit: 47 111 214; --miss: 217 72 15; --bad: #fff1e8;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --paper: #12151b; --card: #1b2029; --ink: #e6e9ee; --soft: #9aa4b2; --edge: #333b47;
                --training: #6ea8fe; --valid: #f59e5b; --compute: #5b93f0; --exchange: #a78bfa; --stall: #f97316;
                --other: #6b7686; --validation: #45b58f; --hit: 91 147 240; --miss: 249 115 22; --bad: #33211a;
              }
            }
            """;

    private static final String LAYOUT = """
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
            main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
            h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.25rem; margin: 3rem 0 .75rem; }
            h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; color: var(--soft); }
            p { max-width: 46rem; margin: .5rem 0 1rem; }
            .kicker { margin: 0; color: var(--soft); font-size: .875rem; }
            .card { background: var(--card); border: 1px solid var(--edge); border-radius: .5rem; padding: 1rem; }
            figure, dl, dd, ul { margin: 0; padding: 0; }
            .tiles { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); }
            dt, .note { color: var(--soft); font-size: .875rem; }
            .big { font-size: 1.75rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
            .facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin-top: 1.25rem; }
            .panels { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
            .plot { display: block; width: 100%; height: auto; }
            .plot text { font: 12px system-ui, sans-serif; fill: var(--soft); }
            .plot .name { font-weight: 600; font-size: 14px; fill: var(--ink); }
            .end { text-anchor: end; }
            .middle { text-anchor: middle; }
            .grid { stroke: var(--edge); }
            .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
            .line.training { stroke: var(--training); }
            .line.validation { stroke: var(--valid); }
            .dot.training { fill: var(--training); }
            .dot.validation { fill: var(--valid); }
            rect.compute { fill: var(--compute); }
            rect.exchange { fill: var(--exchange); }
            rect.stall { fill: var(--stall); }
            rect.other { fill: var(--other); }
            """;

    private static final String PARTS = """
            .verdict { border-left: .25rem solid var(--compute); padding: .25rem 0 .25rem 1rem; }
            .verdict.bad { border-color: var(--stall); background: var(--bad); padding: .75rem 1rem; }
            .bar { display: flex; height: 1.75rem; margin: .25rem 0; border-radius: .25rem; overflow: hidden; }
            .bar span { display: block; }
            span.compute { background: var(--compute); }
            span.exchange { background: var(--exchange); }
            span.stall { background: var(--stall); }
            span.other { background: var(--other); }
            span.validation { background: var(--validation); }
            .bars { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; align-items: center; }
            .legend { margin-top: 1rem; font-size: 1rem; }
            .legend th { font-weight: 400; text-align: left; padding-right: 1.5rem; }
            .legend td { text-align: right; padding-left: 1rem; }
            .legend td:nth-of-type(1) { font-weight: 600; }
            .key { display: inline-block; width: .8em; height: .8em; border-radius: .2em; margin-right: .6em; }
            details { margin-top: 1rem; }
            summary { cursor: pointer; color: var(--soft); }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .875rem; }
            caption { text-align: left; color: var(--soft); padding: .25rem 0 .5rem; }
            details caption, .legend caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
            .figures th, .figures td { padding: .3rem .9rem; text-align: right; white-space: nowrap; }
            .figures th { font-weight: 600; }
            .figures tr { border-bottom: 1px solid var(--edge); }
            .figures thead th { color: var(--soft); font-weight: 400; }
            .figures th:first-child { text-align: left; padding-left: 0; position: sticky; left: 0; background: var(--paper); }
            .confusion th, .confusion td { padding: .3rem .4rem; min-width: 3.2rem; text-align: center; line-height: 1.2; }
            .confusion.many td, .confusion.many th { min-width: 2.2rem; padding: .3rem .2rem; }
            .confusion td { border: 1px solid var(--paper); }
            .confusion th:first-child { position: sticky; left: 0; background: var(--paper); text-align: left; }
            .confusion thead th { color: var(--soft); }
            .confusion small { display: block; font-size: .72rem; }
            .hit { background: rgb(var(--hit) / var(--heat)); }
            .miss { background: rgb(var(--miss) / var(--heat)); }
            .none { color: var(--other); }
            .confusion .sum { color: var(--soft); font-weight: 400; }
            .samples { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(7.5rem, 1fr)); }
            .sample { background: var(--card); border: 1px solid var(--edge); border-radius: .5rem; overflow: hidden; }
            .sample.wrong { border-color: var(--stall); }
            .sample img { display: block; width: 100%; height: auto; background: #000000; }
            .pixels { image-rendering: pixelated; }
            .sample figcaption { display: flex; flex-wrap: wrap; gap: 0 .6rem; padding: .4rem .6rem; font-size: .875rem; }
            .sample span { color: var(--soft); }
            .sample .truth { color: var(--stall); width: 100%; }
            pre { font: .8rem/1.3 ui-monospace, monospace; margin: 0; }
            """;

    private Style() {}

    static String sheet() {
        return COLOURS + LAYOUT + PARTS;
    }
}
