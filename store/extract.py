"""The whole register, one record after the other; what was never handed in is nobody's but its writer's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from store import audit
from store import settings as kept_settings
from store.columns import to_text
from store.legible import UNREADABLE, rows
from store.records import USE, load, past_of
from store.tables import UseRow
from store.texts_named import TextsNamed
from store.trail import read
from store.visibility import handed_in
from triage.case import Case, Fact
from triage.conditions import Condition, given_by, stands
from triage.steps import ConditionStep


class Found(NamedTuple):
    """A use by its name; `case` is None where what is kept of it cannot be read."""

    name: str
    case: Case | None


def cases(session: Session) -> Iterator[Found]:
    """Every use that was handed in or imported, in the order of the references."""
    wanted = select(UseRow.id, UseRow.ref).where(handed_in()).order_by(col(UseRow.ref), col(UseRow.id))
    for use, ref in session.exec(wanted).all():
        try:
            case = load(session, use)
        except UNREADABLE:
            yield Found(ref or use, None)
            continue
        if case is not None:
            yield Found(ref or use, case)


def names(session: Session) -> Iterator[tuple[str, str, str, str]]:
    """Opaque id, team, Slack's id and name of everybody known."""
    for row in rows(session, "person", by="id"):
        yield row["id"], row["team"], row["slack_user"], row["name"]


def history(session: Session, use: str, until: datetime | None = None) -> Iterator[tuple[Fact, datetime]]:
    """Every answer ever given about a use, with the moment it was recorded, in that order."""
    return ((fact, at) for fact, at in past_of(session, use) if until is None or at <= until)


def settings(session: Session) -> Iterator[tuple[str, Any, str | None, str]]:
    """Key, value, who set it (None: the settings file) and when."""
    for row in rows(session, "setting", by="key"):
        yield row["key"], row["value"], row["changed_by"], row["changed_at"]


def settings_told(
    session: Session, until: datetime | None = None
) -> Iterator[tuple[int, str, str, str | None, str | None]]:
    """Line, moment, key, value (None: erased, or never kept) and by whom, of all that was ever set."""
    for key, each in kept_settings.told(session):
        if until is None or each.at <= to_text(until):
            yield each.seq, each.at, key, each.value, each.by


def opaque_ids(session: Session) -> dict[str, str]:
    """By Slack's id, of people and places."""
    found = {row["slack_channel"]: row["id"] for row in rows(session, "place", by="id")}
    return found | {row["slack_user"]: row["id"] for row in rows(session, "person", by="id")}


REPLACED = "replaced"
"""How a condition stands whose decision does not count any more."""


class Bound(NamedTuple):
    """A condition as it stands; `evidence` and `shows` are what was handed in last, unless it was sent back.

    `steps`: all that became of it, each with the role in which it was said, as far as its line tells that.
    """

    decision: str
    id: str
    text: str
    state: str
    owner: str | None
    due_on: str | None
    check: str
    otherwise: str
    evidence: str = ""
    shows: str = ""
    handed_in_by: str = ""
    handed_in_at: str = ""
    looked_at_by: tuple[str, ...] = ()
    steps: tuple[tuple[ConditionStep, str], ...] = ()


def conditions(session: Session, case: Case, roles: Mapping[str, str] | None = None) -> Iterator[Bound]:
    """Those of all its decisions, former ones too. `roles`: of each step, where the whole trail was read for them."""
    given = tuple(_given(case))
    if not given:
        return
    owners = {row["id"]: row["owner_id"] for row in rows(session, "condition", by="id", use_id=case.id)}
    if roles is None:
        lines = audit.about(session, USE, case.id) if owners and case.condition_steps else []
        roles = {line["detail"].get("step"): str(line["detail"].get("role", "")) for line in lines}
    bound = [_bound(case, one, owners[one.id], roles) for one in given if one.id in owners]
    yield from sorted(bound, key=lambda each: each.id)


def _given(case: Case) -> Iterator[Condition]:
    return (one for decision in case.decisions for one in given_by(case, decision))


def _bound(case: Case, one: Condition, owner: str | None, roles: Mapping[str, str]) -> Bound:
    """Of a decision that another one replaced, nothing is asked for any more."""
    shown, due = one.shown, one.term.due
    said = (shown.link, shown.words, shown.by, to_text(shown.at)) if shown else ("", "", "", "")
    looked = tuple(each.by for each in one.yeses)
    bound = (owner, due.isoformat() if due else None, one.term.check, one.term.otherwise)
    counts, state = case.decision is not None and case.decision.id == one.decision, stands(case, one)
    stood = state if counts or state == "met" else REPLACED
    steps = tuple((step, roles.get(step.id, "")) for step in one.steps)
    return Bound(one.decision, one.id, one.text, stood, *bound, *said, looked, steps)


class Worded(NamedTuple):
    """The digests of the form and of the texts by which a use was judged; None where nobody noted it.

    `since`: when it was first judged by these, where it was judged by others before; else empty.
    """

    form: str | None = None
    texts: str | None = None
    since: str = ""


def worded(
    session: Session, named: TextsNamed, until: datetime | None = None
) -> dict[str, tuple[Worded, ...]]:
    """By use, one after the other as they changed, the last at the end; `named`: what the trail says of the texts."""
    forms = {row["id"]: row["form_digest"] for row in rows(session, "answer_set")}
    found, shared = dict[str, tuple[Worded, ...]](), dict[Worded, tuple[Worded, ...]]()
    for use, judged in groupby(_judged(session), key=itemgetter(0)):
        if use not in named.uses:
            continue
        known = sorted((v, at, set_) for _, set_, v, at in judged if until is None or at <= to_text(until))
        runs: list[Worded] = []
        for version, at, set_ in known:
            one = Worded(forms.get(set_), named.digest(use, version), at if runs else "")
            if not runs or runs[-1][:2] != one[:2]:
                runs.append(one)
        if runs:  # nearly all have one of a few: held once
            found[use] = shared.setdefault(runs[0], (runs[0],)) if len(runs) == 1 else tuple(runs)
    return found


def _judged(session: Session) -> Iterator[tuple[str, str, int, str]]:
    """Of each result of a use all but what it says, which is long."""
    wanted = ("subject_id", "answer_set_id", "version", "judged_at")
    for row in rows(session, "result", only=wanted, by="subject_id", subject_kind=USE):
        yield row["subject_id"], row["answer_set_id"], row["version"], row["judged_at"]


def wordings(session: Session, until: datetime | None = None) -> Iterator[tuple[str, ...]]:
    """Digest, kind, name, version, first sight and the exact files of every form, policy and text relied on."""
    columns = ("digest", "kind", "name", "version", "first_seen", "body")
    kept = [tuple(row[name] for name in columns) for row in rows(session, "wording", by="digest")]
    for row in sorted(kept, key=lambda each: each[4]):
        if until is None or row[4] <= to_text(until):
            yield row


def trail_until(lines: Iterable[str], until: datetime | None) -> Iterator[str]:
    """The trail up to the first line of a later moment: what is before it is whole in itself."""
    last = to_text(until) if until else None
    over = False
    for line in lines:  # all are read: a query left half way is none that a server likes
        over = over or (last is not None and read(line).true and json.loads(line)["at"] > last)
        if not over:
            yield line
