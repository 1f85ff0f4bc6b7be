"""Reads how a questionnaire of ours is weighed; everything wrong with its file is said at once."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from intake.form import Form
from intake.forms import FILES, load_form
from intake.grammar import Vocabulary, parse_condition
from intake.source import Entry, Faults, did_you_mean
from triage.guide import WORST, Due, Gauge, Guide, Known, Point, Reminder, Says
from triage.roles import ROLES
from triage.sources import HEAD, day, needed

FILE = "guide.yaml"
ALLOWED = ("due", "task", "known", "gauges", "remains", "levels", "matrix", "left", "says", "minds")


def load_guide(folder: Path, name: str, forms: Path) -> tuple[Form, Guide]:
    """Raises Damaged with all faults; those of the form come first and alone."""
    faults = Faults()
    head = needed(folder, f"{name}/{FILE}", faults)
    fields = head.fields(faults, (*HEAD, "form", "outcomes"), ALLOWED) if head else {}
    faults.stop_if_any()
    assert head is not None
    form = load_form(forms, FILES[fields["form"].text(faults)])
    words = Vocabulary(questions=form.by_id, terms=form.terms, gates=form.gates)
    day(fields["effective"], faults)
    due = _due(fields.get("due"), faults)
    faults.stop_if_any()
    guide = Guide.model_construct(
        name=fields["name"].text(faults),
        version=fields["version"].text(faults),
        title=fields["title"].text(faults),
        source=fields["source"].text(faults),
        digest=guide_digest(head),
        due=due,
        task=fields["task"].text(faults) if "task" in fields else "",
        known=_known(fields.get("known"), form, faults),
        gauges=tuple(_gauge(each, form, faults) for each in _items(fields.get("gauges"), faults)),
        remains=_gauge(fields["remains"], form, faults) if "remains" in fields else None,
        levels=tuple(fields["levels"].texts(faults)) if "levels" in fields else (),
        matrix=_matrix(fields, faults),
        says=_says(fields.get("says"), words, faults),
        outcomes=_points(fields["outcomes"], words, faults),
        left=_points(fields.get("left"), words, faults),
        minds=_minds(fields.get("minds"), form, words, faults),
    )
    faults.stop_if_any()
    return form, guide


def guide_digest(head: Entry) -> str:
    """Of its content, comments and layout left out."""
    return sha256(json.dumps(head.plain(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _due(entry: Entry | None, faults: Faults) -> Due | None:
    if entry is None:
        return None
    given = entry.fields(faults, ("result", "levels"))
    if len(given) < len(Due.model_fields):
        return None
    return Due(result=given["result"].text(faults), levels=tuple(given["levels"].texts(faults)))


def _says(entry: Entry | None, words: Vocabulary, faults: Faults) -> Says | None:
    if entry is None:
        return None
    given = entry.fields(faults, ("roles", "when"))
    if len(given) < len(Says.model_fields):
        return None
    roles = tuple(given["roles"].texts(faults))
    for role in roles:
        if role not in ROLES:
            faults.add(given["roles"], f"`{role}` is not a role", did_you_mean(role, ROLES))
    return Says(roles=roles, when=parse_condition(given["when"], faults, words))


def _items(entry: Entry | None, faults: Faults) -> list[Entry]:
    return entry.items(faults) if entry is not None else []


def _points(entry: Entry | None, words: Vocabulary, faults: Faults) -> tuple[Point, ...]:
    found = []
    for each in _items(entry, faults):
        given = each.fields(faults, ("id", "when"))
        if len(given) == 2:
            when = parse_condition(given["when"], faults, words)
            found.append(Point(id=given["id"].text(faults), when=when))
    return tuple(found)


def _minds(entry: Entry | None, form: Form, words: Vocabulary, faults: Faults) -> tuple[Reminder, ...]:
    found, pages = [], [each.id for each in form.pages]
    for each in _items(entry, faults):
        given = each.fields(faults, ("id", "page", "when", "source"))
        if len(given) < len(Reminder.model_fields):
            continue
        said = {name: given[name].text(faults) for name in ("id", "page", "source")}
        if said["page"] not in pages:
            faults.add(given["page"], "is not a page of the form", did_you_mean(said["page"], pages))
        found.append(Reminder(**said, when=parse_condition(given["when"], faults, words)))
    return tuple(found)


def _known(entry: Entry | None, form: Form, faults: Faults) -> dict[str, Known]:
    found = {}
    for name, below in (entry.value if entry is not None and isinstance(entry.value, dict) else {}).items():
        given = below.fields(faults, ("from",), ("choice", "picks"))
        question = form.by_id.get(name)
        if question is None:
            faults.add(below, f"`{name}` is not a question of the form", did_you_mean(name, form.by_id))
        choice = given["choice"].text(faults) if "choice" in given else ""
        if question is not None and choice and choice not in question.choice_ids:
            faults.add(below, f"`{choice}` is not a choice", did_you_mean(choice, question.choice_ids))
        picks = tuple(given["picks"].texts(faults)) if "picks" in given else ()
        source = given["from"].text(faults) if "from" in given else ""
        found[name] = Known(question=source, choice=choice, picks=picks)
    return found


def _gauge(entry: Entry, form: Form, faults: Faults) -> Gauge:
    given = entry.fields(faults, ("likelihood", "impact"))
    named = {part: each.text(faults) for part, each in given.items()}
    numbers = {str(number) for number in range(1, WORST + 1)}
    for name in named.values():
        if name not in form.by_id or form.by_id[name].choice_ids != numbers:
            faults.add(
                entry, f"`{name}` is not a question with five numbers", "Name one whose choices are 1 to 5."
            )
    return Gauge(likelihood=named.get("likelihood", ""), impact=named.get("impact", ""))


def _matrix(fields: dict[str, Entry], faults: Faults) -> tuple[tuple[str, ...], ...]:
    if "matrix" not in fields:
        return ()
    levels = fields["levels"].texts(faults) if "levels" in fields else []
    rows = tuple(
        tuple(str(cell.value) for cell in row.items(faults)) for row in fields["matrix"].items(faults)
    )
    if len(rows) != WORST or any(len(row) != WORST or not set(row) <= set(levels) for row in rows):
        faults.add(fields["matrix"], "is not five rows of five levels", f"Of {', '.join(levels)}.")
    return rows
