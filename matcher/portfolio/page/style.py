"""What does the page look like: on a telephone, at night, on A4?

Sizes are relative and nothing is wider than the window; long words break. Colours are pairs with
a contrast of 4.5 at least (3 for the edges of bars), by day and by night; on paper always by day.
A bar never speaks by its colour alone: full, hatched or dotted, and its numbers are written.
"""

from __future__ import annotations

_DAY = """color-scheme: light;
  --paper: #fff; --ink: #161616; --soft: #3a3a3a; --line: #767676; --rule: #ddd; --accent: #000091;
  --yes: #18753c; --open: #8a5a00; --no: #767676; --box: #f4f4f8;"""
_NIGHT = """color-scheme: dark;
  --paper: #161616; --ink: #eee; --soft: #cecece; --line: #929292; --rule: #444; --accent: #a9a9ff;
  --yes: #5fc98a; --open: #e3b04b; --no: #929292; --box: #242430;"""

STYLE = f"""
:root {{ {_DAY} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ {_NIGHT} }} }}
* {{ box-sizing: border-box; }}
html {{ -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }}
body {{ margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, Arial, sans-serif;
  overflow-wrap: anywhere; }}
h1 {{ font-size: 1.6rem; line-height: 1.2; margin: 0 0 .3rem; }}
h2 {{ font-size: 1.25rem; line-height: 1.25; margin: 2.2rem 0 .5rem; padding-bottom: .2rem;
  border-bottom: 2px solid var(--accent); color: var(--accent); }}
h3 {{ font-size: 1.05rem; margin: 1.4rem 0 .4rem; }}
p {{ margin: .4rem 0; }}
a {{ color: var(--accent); }}
a:focus-visible, summary:focus-visible, .wide:focus-visible {{ outline: 3px solid var(--accent);
  outline-offset: 2px; }}
.skip {{ position: absolute; left: -100vw; }}
.skip:focus {{ position: static; }}
.of {{ font-size: 1.1rem; font-weight: 600; }}
.soft {{ color: var(--soft); font-size: .92rem; }}
.decides {{ border: 1px solid var(--line); border-left: .4rem solid var(--accent);
  padding: .5rem .8rem; margin: .8rem 0; }}
nav ul {{ list-style: none; margin: .6rem 0; padding: 0; display: flex; flex-wrap: wrap;
  gap: .1rem 1.1rem; }}
nav a {{ display: inline-block; padding: .3rem 0; }}
.keys {{ list-style: none; margin: .6rem 0; padding: 0; display: grid; gap: .7rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 12.5rem), 1fr)); }}
.keys li {{ border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .8rem;
  background: var(--box); }}
.keys strong {{ display: block; font-size: 1.3rem; line-height: 1.25; margin-bottom: .2rem;
  color: var(--accent); }}
figure {{ margin: .6rem 0; }}
figcaption {{ font-weight: 600; }}
.legend {{ list-style: none; margin: .4rem 0 .2rem; padding: 0; display: flex; flex-wrap: wrap;
  gap: .2rem 1.2rem; font-size: .92rem; }}
.legend svg {{ width: 1.8rem; height: .9rem; vertical-align: -.1rem; margin-right: .35rem; }}
.bars {{ list-style: none; margin: 0; padding: 0; }}
.bars > li {{ padding: .45rem 0; border-top: 1px solid var(--rule); }}
.bars > li:first-child {{ border-top: 0; }}
.bars p {{ margin: 0; }}
.bars .name {{ font-weight: 600; line-height: 1.3; }}
.bars .name small {{ font-weight: 400; font-size: .92rem; color: var(--soft); }}
.bars .counts {{ font-size: .92rem; color: var(--soft); }}
.bars .counts b {{ color: var(--ink); font-weight: 600; }}
.bar {{ display: block; width: 100%; height: 14px; margin: .25rem 0 .15rem; overflow: visible; }}
.defs {{ position: absolute; width: 0; height: 0; }}
.f-yes {{ fill: var(--yes); stroke: var(--yes); }}
.f-open {{ fill: url(#hatched); stroke: var(--open); }}
.f-no {{ fill: url(#dotted); stroke: var(--no); }}
.p-paper {{ fill: var(--paper); }} .p-open {{ fill: var(--open); }} .p-no {{ fill: var(--no); }}
@media (min-width: 50rem), print {{
  .bars > li {{ display: grid; grid-template-columns: 2fr 3fr;
    grid-template-rows: auto 1fr; column-gap: 1.2rem; }}
  .bars .name {{ grid-row: 1 / span 2; }}
  .bars .bar, .bars .counts {{ grid-column: 2; }}
}}
details {{ margin: .7rem 0; }}
summary {{ cursor: pointer; padding: .35rem 0; color: var(--accent); }}
.wide {{ overflow-x: auto; max-width: 100%; }}
table {{ border-collapse: collapse; font-size: .92rem; width: 100%; overflow-wrap: break-word; }}
caption {{ text-align: left; font-weight: 600; padding: .3rem 0; }}
th, td {{ border-bottom: 1px solid var(--rule); padding: .3rem .5rem .3rem 0; text-align: left;
  vertical-align: top; }}
thead th {{ border-bottom: 2px solid var(--line); }}
tbody th {{ font-weight: 400; min-width: 8rem; }}
th[scope=rowgroup] {{ font-weight: 600; padding-top: .8rem; }}
tfoot th, tfoot td {{ font-weight: 600; border-top: 2px solid var(--line); }}
td.n, th.n {{ text-align: right; font-variant-numeric: tabular-nums; }}
td.n {{ white-space: nowrap; }}
.n + :not(.n) {{ padding-left: .7rem; }}
@media (max-width: 30rem) {{
  table {{ font-size: .8rem; }}
  th, td {{ padding-right: .25rem; }}
  tbody th {{ min-width: 5rem; }}
}}
.sources th, .sources td {{ min-width: 7rem; }}
footer {{ margin-top: 2rem; padding-top: .6rem; border-top: 1px solid var(--line);
  font-size: .92rem; color: var(--soft); }}
@page {{ size: A4; margin: 14mm 13mm; }}
@media print {{
  html {{ font-size: 9pt; }}
  body {{ max-width: none; padding: 0; line-height: 1.35; }}
  nav, .skip, details:not([open]) {{ display: none; }}
  summary {{ color: var(--ink); list-style: none; }}
  h2 {{ margin-top: 1.6rem; }} h3 {{ margin-top: 1rem; }}
  h2, h3, figcaption, .legend {{ break-after: avoid; }}
  .bars > li, .keys li, .decides, tr {{ break-inside: avoid; }}
  .bars > li {{ padding: .2rem 0; }}
  .keys li {{ background: none; }}
  .bar {{ height: 10px; }}
  .wide {{ overflow: visible; }}
  thead {{ display: table-header-group; }}
  a {{ color: inherit; text-decoration: none; }}
  .sources a::after {{ content: " (" attr(href) ")"; font-size: 85%; }}
}}
""".strip()
