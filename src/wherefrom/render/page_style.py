"""How the page of ``html.py`` looks: one style sheet, for a light and a dark screen and for paper."""

STYLE = """
:root { color-scheme: light dark; --ink: #1d2430; --dim: #6a7280; --line: #d9dde3; --bar: #6b9bd1;
  --bad: #b3261e; --warn: #9a6700; --back: #ffffff; --card: #f6f7f9; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e6eb; --dim: #949ba7; --line: #363c46;
  --bar: #4d7fb5; --bad: #ff8a80; --warn: #e3b341; --back: #16191e; --card: #1f242b; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back);
  max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; font-weight: 600; margin: 2.5rem 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 2rem 0 .3rem; border-bottom: 1px solid var(--line); }
code { font: .93em ui-monospace, monospace; }
ul { margin: .3rem 0; padding-left: 1.3rem; }
.about, .asked, .origin { color: var(--dim); font-size: .88em; }
.about { margin: .2rem 0 .6rem; }
.bad { color: var(--bad); }
.finding { background: var(--card); border-left: 4px solid var(--dim); padding: .4rem .9rem;
  margin: .6rem 0; }
.finding p { margin: .2rem 0; }
.finding.error { border-color: var(--bad); }
.finding.warning { border-color: var(--warn); }
table { border-collapse: collapse; width: 100%; }
td { padding: .1rem .4rem .1rem 0; vertical-align: baseline; overflow-wrap: anywhere; }
.time { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.time { width: 6rem; } td.bar { width: 9rem; }
.bar i { display: block; height: .65em; background: var(--bar); min-width: 1px; }
.tree { overflow-wrap: anywhere; }
.tree details > details, .tree details > .leaf { margin-left: 1.4rem; }
.tree summary { cursor: pointer; }
.tree .leaf { padding-left: 1rem; }
.tree span.time { display: inline-block; min-width: 5rem; margin-right: .5rem; }
.tree span.bar { display: inline-block; width: 5rem; margin-right: .7rem; }
@media print { body { max-width: none; } }
"""
