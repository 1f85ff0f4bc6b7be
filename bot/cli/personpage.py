"""What is known of one person as JSON, and as a page that reads well in a browser without a network."""

from __future__ import annotations

import html
import itertools
import json
from collections import defaultdict
from typing import Any

from intake.steering import tame
from store.about import About
from store.legible import Cells
from triage.retention import Kept, kinds, of_table

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:50rem;padding:1rem;color:#1d1c1d;background:#fff}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #ddd}"
    "dl{margin:0 0 1rem;padding:.6rem .8rem;background:#f6f6f6;border-radius:.4rem}"
    "dt{font-size:.8rem;color:#555;margin-top:.4rem}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}"
    "p.why{color:#555}code{overflow-wrap:anywhere;font-size:.85rem}"
)

WRITTEN = "What they wrote, and what was written of them, beside the audit trail"
SEALED = "Lines of the audit trail"


def as_json(told: About) -> str:
    whole = {
        "person": told.id,
        "known_by": {name: sorted(found) for name, found in told.known._asdict().items()},
        "rows": {table: list(rows) for table, rows in sorted(told.rows.items())},
        "trail": [json.loads(line) for line in told.lines],
        "texts": [{"line": line, "field": field, "text": text} for line, field, text in told.texts],
    }
    return json.dumps(whole, ensure_ascii=True, indent=1, default=str) + "\n"


def as_page(told: About) -> str:
    """By kind of record, who they are first; each with how long it is kept and why. What was written is data."""
    found: dict[str, list[tuple[str, Cells]]] = defaultdict(list)
    for table, rows in told.rows.items():
        found[of_table(table).id] += [(table, row) for row in rows]
    there = sorted((kind for kind in kinds() if kind.id in found), key=_place)
    listed = [(kind.id, kind.title, len(found[kind.id])) for kind in there]
    listed += [("texts", WRITTEN, len(told.texts)), ("lines", SEALED, len(told.lines))]
    parts = [_known(told), f"<ul>{''.join(itertools.starmap(_entry, listed))}</ul>"]
    for kind in there:
        kept = (
            "for good"
            if kind.keep is None
            else f"{kind.keep} days from {kind.since}, unless settled otherwise"
        )
        parts.append(_heading(kind.id, kind.title, f"Kept {kept}. {kind.because}"))
        parts += [_row(table, row) for table, row in found[kind.id]]
    parts.append(_heading("texts", WRITTEN, "Salt and text lie apart from the lines that commit to them."))
    parts += [_row(f"line {line}", {field: text}) for line, field, text in told.texts]
    parts.append(_heading("lines", SEALED, "As they are sealed; they hold opaque ids."))
    parts += [f"<p><code>{html.escape(line)}</code></p>" for line in told.lines]
    title = "What Steward knows of one person"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    body = f"<h1>{title}</h1>{''.join(parts)}"
    return f'<!doctype html><html lang="en"><head>{head}<style>{STYLE}</style></head><body>{body}</body></html>\n'


def _place(kind: Kept) -> tuple[bool, bool]:
    """Who they are first, what only passes through last."""
    return kind.id not in ("people", "people_file"), kind.then == "removed" or kind.id == "working"


def _entry(id: str, title: str, number: int) -> str:
    return f'<li><a href="#{id}">{html.escape(title)}</a>: {number}</li>'


def _heading(id: str, title: str, why: str) -> str:
    return f'<h2 id="{id}">{html.escape(title)}</h2><p class="why">{html.escape(why)}</p>'


def _known(told: About) -> str:
    by = told.known
    known = {"opaque id": told.id, "names": by.names, "e-mail": by.emails, "ids of Slack": by.ids}
    shown = {name: ", ".join(sorted(said)) for name, said in known.items() if said and name != "opaque id"}
    return _row("known as", {"opaque id": told.id or "", **shown})


def _row(where: str, cells: Cells) -> str:
    shown = {name: value for name, value in cells.items() if value not in (None, "", [], {})}
    told = ((html.escape(name), html.escape(_said(value))) for name, value in shown.items())
    inner = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in told)
    return f"<dl><dt><b>{html.escape(where)}</b></dt>{inner}</dl>"


def _said(value: Any) -> str:
    return tame(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))
