"""Every verdict ever given, worked out again from its facts and the version of the rules that it names."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from store import sheets
from store.legible import UNREADABLE, Cells, rows
from store.records import USE, past_of
from store.sheets import SHEET
from store.shelf import Missing, Shelf
from store.telling import Told, told
from triage.case import Case, Fact
from triage.fingerprint import facts_digest
from triage.judge import judge
from triage.questionnaire import digest_of, found_of
from triage.verdict import PolicyUsed, Verdict


class Given(NamedTuple):
    """One verdict that the register or the trail knows; `row` is None where it was removed from the register."""

    use: str
    judged_at: str
    row: Cells | None
    form_digest: str
    kind: str = USE


class Replayed(NamedTuple):
    """One verdict; `problem` is empty where it came out the same."""

    use: str
    judged_at: str
    problem: str


def verdicts(session: Session) -> list[Given]:
    """All of them, use by use, in the order they were given; then those of questionnaires."""
    uses = {row["id"]: row for row in rows(session, "use")}
    return [*_of(session, USE, uses), *_of(session, SHEET, uses)]


def _of(session: Session, kind: str, uses: Mapping[str, Cells]) -> list[Given]:
    known = told(session, of=kind)
    forms = {row["id"]: row["form_digest"] for row in rows(session, "answer_set")}
    kept: dict[str, dict[str, Cells]] = defaultdict(dict)
    for row in rows(session, "result", subject_kind=kind):
        kept[row["subject_id"]][str(row["version"])] = row
    named = {use: _name(use, uses.get(use), known.get(use)) for use in {*kept, *known}}
    found: list[Given] = []
    for use, name in sorted(named.items(), key=lambda each: (each[1], each[0])):
        told_of = known[use].results if use in known else {}
        for version in sorted({*kept[use], *told_of}, key=_in_order):
            row_of = kept[use].get(version)
            at = str(row_of["judged_at"]) if row_of else told_of[version][0]
            form = forms.get(row_of["answer_set_id"], "") if row_of else ""
            found.append(Given(name, at, row_of, form, kind))
    return found


def _name(use: str, row: Cells | None, known: Told | None) -> str:
    ref, source_id = (row["ref"], row["source_id"]) if row else (known.ref if known else None, None)
    return str(ref or source_id or use)


def _in_order(version: str) -> tuple[int, str, str]:
    """As numbers, without making numbers of them: what a record calls a version may be of any length."""
    digits = version.lstrip("0") if version.isdecimal() else ""
    return len(digits), digits, version


def replay(session: Session, shelf: Shelf, given: Iterable[Given]) -> Iterator[Replayed]:
    for each in given:
        yield Replayed(each.use, each.judged_at, _problem(session, shelf, each))


def _problem(session: Session, shelf: Shelf, given: Given) -> str:
    if given.row is None:
        return "the trail knows this verdict, and it was deleted from the register"
    try:
        compared = _compared if given.kind == USE else _compared_sheet
        return compared(session, shelf, given.row, given.form_digest)
    except Missing as missing:
        return str(missing)
    except UNREADABLE:
        return "it cannot be read, or the facts or rules that it was given on cannot"


def _compared(session: Session, shelf: Shelf, row: Cells, form_digest: str) -> str:
    judged_at = datetime.fromisoformat(row["judged_at"])
    then = _as_judged(list(past_of(session, row["subject_id"])), judged_at, row)
    if then is None:
        return "no state of its facts has the digest that it was judged on"
    kept = Verdict.model_validate(row["verdict"])
    form = shelf.form(session, form_digest)
    book = shelf.book(session, form, kept.policies)
    again = judge(form, book, then.answers, kept.stated, kept.day)
    return _differences(row["verdict"], again.model_dump(mode="json", by_alias=True))


def _compared_sheet(session: Session, shelf: Shelf, row: Cells, form_digest: str) -> str:
    judged_at = datetime.fromisoformat(row["judged_at"])
    past = [fact for fact, at in sheets.past_of(session, row["subject_id"]) if at <= judged_at]
    states = ({fact.question: fact for fact in past[:last]} for last in range(len(past), -1, -1))
    facts = next((state for state in states if digest_of(state) == row["facts_digest"]), None)
    if facts is None:
        return "no state of its answers has the digest that it was worked out from"
    (used,) = (PolicyUsed.model_validate(each) for each in row["policies"])
    questionnaire = shelf.questionnaire(session, form_digest, used)
    again = found_of(questionnaire, {question: fact.answer for question, fact in facts.items()})
    return _differences(row["verdict"], again.model_dump(mode="json"))


def _as_judged(past: Sequence[tuple[Fact, datetime]], judged_at: datetime, row: Cells) -> Case | None:
    """A case of the facts of that moment: the newest state, among those then recorded, that has their digest."""
    known = [fact for fact, recorded_at in past if recorded_at <= judged_at]
    for last in range(len(known), -1, -1):
        facts = {fact.question: fact for fact in known[:last]}
        then = Case(id=row["subject_id"], requester="", facts=facts, created_at=judged_at)
        if facts_digest(then) == row["facts_digest"]:
            return then
    return None


def _differences(before: dict[str, Any], after: dict[str, Any]) -> str:
    """The parts that came out otherwise, results with both sides."""
    parts = [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
    return "; ".join(_difference(name, before.get(name), after.get(name)) for name in parts)


def _difference(name: str, before: Any, after: Any) -> str:
    if isinstance(before, dict) and isinstance(after, dict):
        moved = [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]
        return ", ".join(f"{key} was {_short(before.get(key))}, is {_short(after.get(key))}" for key in moved)
    return f"{name} came out otherwise"


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)[:80]
