"""What is known of one person as JSON, and as a page that reads well in a browser without a network."""

from __future__ import annotations

import html
import json
from collections import defaultdict
from typing import Any

from store.about import About
from store.legible import Cells
from triage.retention import kinds, of_table

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:50rem;padding:1rem;color:#1d1c1d;background:#fff}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #ddd}"
    "dl{margin:0 0 1rem;padding:.6rem .8rem;background:#f6f6f6;border-radius:.4rem}"
    "dt{font-size:.8rem;color:#555;margin-top:.4rem}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}"
    "p.why{color:#555}code{overflow-wrap:anywhere;font-size:.85rem}"
)


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
    """By kind of record, each with how long it is kept and why; everything that was written is data."""
    sections: dict[str, list[tuple[str, Cells]]] = defaultdict(list)
    for table, rows in told.rows.items():
        sections[of_table(table).id] += [(table, row) for row in rows]
    parts = [_known(told)]
    for kind in kinds():
        if kind.id in sections:
            kept = "for good" if kind.keep is None else f"{kind.keep} days, from {kind.since}"
            why = html.escape(f"Kept {kept}, unless settled otherwise. {kind.because}")
            parts.append(f'<h2>{html.escape(kind.title)}</h2><p class="why">{why}</p>')
            parts += [_row(table, row) for table, row in sections[kind.id]]
    parts.append("<h2>What they wrote, and what was written of them, beside the audit trail</h2>")
    parts += [_row(f"line {line}", {field: text}) for line, field, text in told.texts]
    parts.append("<h2>Lines of the audit trail</h2>")
    parts += [f"<p><code>{html.escape(line)}</code></p>" for line in told.lines]
    title = "What Steward knows of one person"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    body = f"<h1>{title}</h1>{''.join(parts)}"
    return f'<!doctype html><html lang="en"><head>{head}<style>{STYLE}</style></head><body>{body}</body></html>\n'


def _known(told: About) -> str:
    by = {name: ", ".join(sorted(found)) for name, found in told.known._asdict().items() if found}
    return _row("known as", {"id": told.id or "-", **by})


def _row(where: str, cells: Cells) -> str:
    shown = {name: value for name, value in cells.items() if value not in (None, "", [], {})}
    told = ((html.escape(name), html.escape(_said(value))) for name, value in shown.items())
    inner = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in told)
    return f"<dl><dt><b>{html.escape(where)}</b></dt>{inner}</dl>"


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
