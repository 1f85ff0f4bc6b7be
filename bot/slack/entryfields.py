"""What was filled in, as what an entry says: people as our ids, lines as things, what is too long as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.slack.askable import obstacle
from bot.slack.colleagues import check_colleague
from bot.slack.filled import Reply
from bot.slack.front import Front
from bot.slack.ids import to_choice
from bot.slack.payloads import Submission, Who
from bot.slack.screens.entryform import block, does_not_fit
from store.aims_shown import hidden_refs, refs_of
from triage.aims.decide import LONGEST_NAME
from triage.aims.entry import Said
from triage.aims.kinds import SEVERAL, Act, Field
from triage.outcome import Refused

PEOPLE = frozenset(("person", "people"))


def said(
    front: Front,
    submission: Submission,
    fields: Iterable[Field],
    before: Mapping[str, Said],
    units: Sequence[str],
) -> dict[str, Said]:
    """`before`: what stood there when it was opened."""
    with front.office.store.read() as session:
        hidden = hidden_refs(session, refs_of(before))
    found: dict[str, Said] = {}
    for field in fields:
        given = _with_hidden(field, _given(front, submission, field, units), before, hidden)
        stood = before.get(field.id)
        if not given and stood is not None and does_not_fit(field, stood):
            found[field.id] = stood
        elif given:
            found[field.id] = given if field.kind in SEVERAL else given[0]
    return found


def _with_hidden(
    field: Field, given: tuple[str, ...], before: Mapping[str, Said], hidden: frozenset[str]
) -> tuple[str, ...]:
    """What stood there and was not shown is nobody's to lose."""
    stood = before.get(field.id)
    if field.kind != "refs" or not isinstance(stood, tuple):
        return given
    return tuple(dict.fromkeys((*(each for each in stood if each in hidden), *given)))


WRONG = {"reader_outside": "aims.wrong.outside", "reader_unclear": "aims.wrong.unclear"}


def outsiders(front: Front, submission: Submission, fields: Iterable[Field]) -> Reply | None:
    """What there is to say beside each field that names whom or where nothing may be told."""
    wrong = {}
    for field in (each for each in fields if each.kind in PEOPLE):
        for user in filter(None, submission.fields.get(block(field), ())):
            whom = front.person(Who(submission.who.team, user))
            try:
                check_colleague(front, submission.who.team, user, whom)
            except Refused as refusal:
                wrong[block(field)] = front.words.label(WRONG[refusal.key])
                break
    for field in (each for each in fields if each.kind == "place"):
        channels = tuple(filter(None, submission.fields.get(block(field), ())))
        if found := obstacle(front, channels):
            wrong[block(field)] = front.words.label(f"problem.campaign_{found}")
    return {"response_action": "errors", "errors": wrong} if wrong else None


def wrong_field(front: Front, fields: tuple[Field, ...], refusal: Refused) -> Reply:
    found = next((each for each in fields if each.id == refusal.facts.get("field")), None)
    if found is None:
        raise refusal
    return {
        "response_action": "errors",
        "errors": {block(found): front.words.label(f"aims.wrong.{refusal.facts['wrong']}")},
    }


AT_FIELD = {"audit_not_drawn": "uses", "audit_size": "size"}
"""Beside which field a refusal is said that is about what stands in it."""


def wrong_act(front: Front, act: Act, refusal: Refused) -> Reply:
    """What was written stays in its window wherever there is a field to say it at."""
    if refusal.key == "entry_field":
        return wrong_field(front, act.fields, refusal)
    found = next((each for each in act.fields if each.id == AT_FIELD.get(refusal.key)), None)
    if found is None:
        raise refusal
    said = front.words.label(f"refusal.{refusal.key}", **refusal.facts)
    return {"response_action": "errors", "errors": {block(found): said}}


def _given(front: Front, submission: Submission, field: Field, units: Sequence[str]) -> tuple[str, ...]:
    held = tuple(each.strip() for each in submission.fields.get(block(field), ()) if each.strip())
    if field.kind in PEOPLE:
        return tuple(front.person(Who(submission.who.team, user)) for user in held)
    if field.kind == "place":
        return tuple(front.directory.place(channel) for channel in held)
    if field.kind == "units" and units:
        known = {to_choice(unit): unit for unit in units}
        return tuple(known.get(each, each) for each in held)
    if field.kind in ("lines", "refs", "units"):
        return tuple(line.strip() for each in held for line in each.splitlines() if line.strip())
    return held


def short_name(title: str) -> str:
    """A name by which one is found again, made of its title; a dash where nothing of it can be used."""
    return re.sub(r"[^\w]+", "-", title.casefold()).strip("-_")[:LONGEST_NAME].strip("-_") or "-"
