"""Changing settings from Slack: who may, what was changed, and what follows from it at once."""

from __future__ import annotations

from typing import Any

from bot.config import change
from bot.configfile import KEYS, ROLES, read_value
from bot.markup import clean, cut
from bot.slack import screens
from bot.slack.front import Front
from bot.slack.payloads import Submission
from bot.slack.ruling import roles_changed
from intake.source import Damaged
from triage.outcome import Refused

LEAD = "governance_lead"
FLAGS = {"yes": True, "no": False}
YES_OR_NO = frozenset({"organisation.public_body", "organisation.works_council", "deputies"})
LISTS = frozenset({"organisation.regions", *(f"roles.{role}" for role in ROLES)})

LONGEST = 150
"""What stands below a field is read in one glance."""

Reply = dict[str, Any]


def check_may_change(front: Front, person: str) -> None:
    desk = front.desk(actor=person)
    if not desk.roles.get(LEAD):
        raise Refused("nobody_leads")
    if not desk.holds(person, LEAD):
        raise Refused("not_your_settings", role=LEAD)


def handed_in(front: Front, submission: Submission, person: str) -> Reply:
    """Write what differs, with a line in the trail; what cannot be read goes back to its field."""
    check_may_change(front, person)
    wished = {key: _wished(front, key, submission.fields[key]) for key in KEYS if key in submission.fields}
    problems = {key: problem for key, value in wished.items() if (problem := _problem(key, value))}
    if problems:
        return {"response_action": "errors", "errors": problems}
    if not wished.get(f"roles.{LEAD}"):
        text = front.words.label("problem.no_lead")
        return {"response_action": "errors", "errors": {f"roles.{LEAD}": text}}
    changed = change(front.office.store, wished, by=person, key=submission.key, now=front.office.now())
    front.office.changed()
    if "channels.governance" in changed:
        front.office.ledger.show_cards(front.desk())
        front.wake()
    if any(key.startswith("roles.") for key in changed):
        roles_changed(front)
    words = front.words
    text = words.line("settings.saved", count=len(changed)) if changed else words.line("settings.nothing")
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


def _wished(front: Front, key: str, given: tuple[str, ...]) -> Any:
    """A field's content as the setting is kept; people chosen stand beside the groups that were named in the file."""
    if key.startswith("roles."):
        held = front.office.config.roles.get(key.removeprefix("roles."), ())
        return [*given, *(holder for holder in held if holder.startswith("S"))]
    if key in LISTS:
        return list(given)
    text = given[0].strip() if given else ""
    if key in ("organisation.units", "tools.settled"):
        return [line.strip() for line in text.splitlines() if line.strip()]
    if text in FLAGS and key in YES_OR_NO:
        return FLAGS[text]
    if key in ("language", "timezone"):
        return text or {"language": "en", "timezone": "UTC"}[key]
    return text or None


def _problem(key: str, value: Any) -> str | None:
    try:
        read_value(key, value)
    except Damaged as damaged:
        told = " ".join(f"It {fault.problem}. {fault.mend}" for fault in damaged.faults)
        return cut(clean(told), LONGEST)
    return None
