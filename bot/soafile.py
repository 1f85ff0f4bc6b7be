"""The statement of applicability as a file: plain text, CSV, JSON, or one page that stands alone and prints."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from bot.applicability import Named, Row, left_out, row, standing
from bot.extract import to_row
from bot.markup import clean, one_line
from bot.words import Words, layout
from intake.source import printable
from triage.aims.applied import Applied, Statement
from triage.aims.standard import controls

FORMATS = ("text", "csv", "json", "html")
LINE = 100
COLUMNS = (
    *("control", "title", "applies", "because", "left_out", "state", "how", "owner", "evidence", "seen_on"),
    *("decided_by", "decided_as", "decided_at", "version", "ref", "proposed", "why", "changed_since"),
    *("rests_changed", "own"),
)


def written(words: Words, made: Statement, named: Named, form: str, when: str = "") -> str:
    if form == "csv":
        return as_csv(words, made, named)
    if form == "json":
        return as_json(words, made, named)
    return as_html(words, made, named, when) if form == "html" else as_text(words, made, named, when)


def by_group(words: Words, made: Statement, named: Named) -> Iterator[tuple[str, list[Row]]]:
    rows = [row(words, each, named) for each in made.rows]
    for title, found in groupby(rows, key=lambda each: each.group):
        yield title, list(found)


def counts(made: Statement) -> dict[str, int]:
    """How many controls of Annex A there are of each answer."""
    found = dict.fromkeys(("yes", "partly", "no", ""), 0)
    for each in made.rows:
        if not each.own:
            found[each.applies] += 1
    return found


def summed(words: Words, made: Statement) -> str:
    told = [
        words.label("soa.summed", applies=words.label(f"soa.applies.{name or 'undecided'}"), number=number)
        for name, number in counts(made).items()
        if number
    ]
    return words.label("soa.sums", whole=len(controls()), sums=", ".join(told))


# -- plain text


def as_text(words: Words, made: Statement, named: Named, when: str = "") -> str:
    lines = [words.label("soa.title"), *([when] if when else []), ""]
    lines += _wrapped([*standing(words, made, named), summed(words, made)])
    for title, rows in by_group(words, made, named):
        lines += ["", title]
        for each in rows:
            lines += ["", *row_as_text(words, each)]
    return "\n".join(lines)


def row_as_text(words: Words, each: Row) -> list[str]:
    """Short where nothing was said."""
    lines = _wrapped([f"{each.control} {each.title}: {each.applies}"])
    told: list[tuple[str, Iterable[str]]] = [
        ("because", [each.because]),
        ("applies", [each.left_out]),
        ("how", [each.how]),
        ("owner", [each.owner]),
        ("state", [each.state]),
        ("evidence", each.evidence),
        ("decided", [each.decided]),
        ("proposal", [each.suggests, *each.whys] if each.suggests else []),
        ("moved", each.moved),
    ]
    for name, found in told:
        said = "; ".join(filter(None, (one_line(one) for one in found)))
        if said:
            lines += _wrapped([f"{words.label(f'soa.head.{name}')}: {said}"], "    ")
    return lines


def _wrapped(texts: Iterable[str], begin: str = "") -> list[str]:
    return [
        line
        for each in texts
        for line in textwrap.wrap(
            printable(one_line(each)), LINE, initial_indent=begin, subsequent_indent=begin
        )
    ]


# -- for machines and spreadsheets


def as_csv(words: Words, made: Statement, named: Named) -> str:
    """One row a control, and no cell that a spreadsheet would run."""
    told = (cells(words, each, named) for each in made.rows)
    return "".join(
        [to_row(dict(zip(COLUMNS, COLUMNS, strict=True)), COLUMNS), *(to_row(e, COLUMNS) for e in told)]
    )


def cells(words: Words, each: Applied, named: Named) -> dict[str, Any]:
    shown, found = row(words, each, named), each.decided
    return {
        "control": each.control,
        "title": each.title,
        "applies": each.applies,
        "because": shown.because,
        "left_out": shown.left_out,
        "state": found.state if found else "",
        "how": shown.how,
        "owner": shown.owner,
        "evidence": "\n".join(shown.evidence),
        "seen_on": found.seen_on.isoformat() if found and found.seen_on else "",
        "decided_by": named.person(found.by) if found else "",
        "decided_as": found.role if found else "",
        "decided_at": found.at.isoformat() if found else "",
        "version": found.version if found else "",
        "ref": each.ref,
        "proposed": each.proposal.applies if each.proposal else "",
        "why": "\n".join(shown.whys),
        "changed_since": "yes" if each.changed else "",
        "rests_changed": "\n".join(shown.moved),
        "own": "yes" if each.own else "",
    }


def as_json(words: Words, made: Statement, named: Named) -> str:
    """With ids of people beside their names; what may not be named is left out here, too."""
    last = made.approved
    approval = last and {
        "number": last.number,
        "digest": last.digest,
        "approved_by": [{"id": each, "name": named.person(each)} for each in last.approved_by],
        "approved_at": last.at.isoformat(),
        "words": last.words,
        "decided": dict(last.decided),
    }
    told = {
        "format": 1,
        "digest": made.digest,
        "is_approved": made.is_approved,
        "waits": bool(made.waiting),
        "approved": approval,
        "undecided": list(made.undecided),
        "stale": list(made.stale),
        "changed": list(made.changed),
        "rows": [plain(words, each, named) for each in made.rows],
    }
    return json.dumps(told, indent=1, ensure_ascii=True)


def plain(words: Words, each: Applied, named: Named) -> dict[str, Any]:
    told: dict[str, Any] = each.model_dump(mode="json", exclude={"decided"})
    found = each.decided.model_dump(mode="json", exclude={"left_out"}) if each.decided else None
    if found is not None and each.decided is not None:
        found["left_out"] = sorted(ref for ref in each.decided.left_out if ref in named.uses)
        found["left_out_in_words"] = left_out(words, each, named)
        found["by_name"], found["owner_name"] = (
            named.person(one) for one in (each.decided.by, each.decided.owner)
        )
    return {**told, "decided": found, "stale": each.stale}


# -- for people


def as_html(words: Words, made: Statement, named: Named, when: str = "") -> str:
    return layout("applicability.html", **page(words, made, named, when))


def page(words: Words, made: Statement, named: Named, when: str = "") -> dict[str, Any]:
    """What the page is drawn from; whoever binds it into something larger takes the template's body with it."""
    return {
        "language": words.language,
        "title": words.label("soa.title"),
        "intro": words.label("soa.intro"),
        "when": when,
        "standing": standing(words, made, named),
        "is_approved": made.is_approved,
        "summed": summed(words, made),
        "heads": {name: words.label(f"soa.head.{name}") for name in HEADS},
        "undecided": list(made.undecided),
        "groups": [(title, [_clean(each) for each in rows]) for title, rows in by_group(words, made, named)],
    }


HEADS = (
    *("control", "title", "applies", "because", "how", "owner", "state", "evidence", "decided", "proposal"),
    *("moved", "undecided", "changed"),
)


def _clean(each: Row) -> Row:
    """Without signs that turn or hide what stands beside them."""
    found = {
        name: tuple(map(clean, held))
        if isinstance(held, tuple)
        else clean(held)
        if isinstance(held, str)
        else held
        for name, held in each
    }
    return Row.model_validate(found)
