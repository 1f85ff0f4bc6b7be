"""Changing settings from Slack: who may, what was changed, and what follows from it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.config import Hours, Kept, change
from bot.configfile import CHOSEN, KEYS, ROLES, read_value
from bot.markup import clean, cut
from bot.slack import screens, unitplaces, windows
from bot.slack.front import Front
from bot.slack.ids import Action, to_choice
from bot.slack.payloads import Press, Submission
from bot.slack.ruling import roles_changed
from bot.slack.screens.settings import PARTS, UNITS, from_seen, key_of, unit_field
from intake.source import Damaged
from store.owed import publish_home
from store.settings import shown, values
from triage.outcome import Refused

LEAD, POLICIES = "governance_lead", "policies"
FLAGS = {"yes": True, "no": False}
YES_OR_NO = frozenset({"organisation.public_body", "organisation.works_council", "deputies"})
LISTS = frozenset(
    {"organisation.regions", "channels.questions", POLICIES, *(f"roles.{role}" for role in ROLES)}
)

LONGEST = 150
"""What stands below a field is read in one glance."""

Reply = dict[str, Any]


class Stopped(Exception):
    """By field, what keeps it from being written."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = dict(problems)


def check_may_change(front: Front, person: str) -> None:
    desk = front.desk(actor=person)
    if not desk.roles.get(LEAD):
        raise Refused("nobody_leads")
    if not desk.holds(person, LEAD):
        raise Refused("not_your_settings", role=LEAD)


def window(front: Front, part: str = "") -> dict[str, Any]:
    """What is settled now, whole or one part of it; who may look was checked before."""
    return screens.settings_view(windows.voice(front), front.office.config, part, _signs(front))


def press(front: Front, pressed: Press, person: str) -> None:
    """From Home."""
    about = windows.about(pressed)
    check_may_change(front, person)
    if about.choice not in PARTS:
        raise Refused("unknown_button")
    windows.open_window(front, pressed, person, window(front, about.choice))


def handed_in(front: Front, submission: Submission, person: str) -> Reply:
    """Write what differs, with a line in the trail; what cannot be read goes back to its field.

    What was not touched is left as it is; what somebody else changed since the window was drawn is shown first.
    """
    check_may_change(front, person)
    front.office.changed()  # looked at anew, whoever wrote it
    touched = [key for key in KEYS if key in submission.fields and key not in submission.left]
    wished = {key: _wished(front, key, submission.fields[key]) for key in touched}
    units = unitplaces.touched(front, submission)
    problems = unitplaces.problems(front, units)
    problems |= {key: problem for key, value in wished.items() if (problem := _problem(key, value))}
    if units:
        wished[UNITS] = unitplaces.settled(front, units)
    if problems:
        return {"response_action": "errors", "errors": problems}
    if f"roles.{LEAD}" in wished and not wished[f"roles.{LEAD}"]:
        text = front.words.label("problem.no_lead")
        return {"response_action": "errors", "errors": {f"roles.{LEAD}": text}}
    try:
        changed = _written(front, submission, wished, [*touched, *map(unit_field, units)], person)
    except Stopped as stopped:
        return {"response_action": "errors", "errors": stopped.problems}
    front.office.changed()
    if "channels.governance" in changed:
        front.office.ledger.show_cards(front.desk())
        front.wake()
    if any(key.startswith("roles.") for key in changed):
        roles_changed(front)
    if changed:
        _show_home(front, person)
    words = front.words
    text = words.line("settings.saved", count=len(changed)) if changed else words.line("settings.nothing")
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


def _show_home(front: Front, person: str) -> None:
    """It tells of the settings."""
    with front.office.store.write() as session:
        publish_home(session, person, front.office.now())
    front.wake()


def _written(
    front: Front, submission: Submission, wished: Kept, touched: Iterable[str], person: str
) -> list[str]:
    """Of two who change at once, whoever comes second reads it; looked at where it is written."""

    def check(kept: Kept) -> None:
        if problems := (
            _overtaken(front, submission, touched, kept)
            or _out_of_order(front, wished, kept)
            or _switched_off(front, wished, kept)
        ):
            raise Stopped(problems)

    now = front.office.now()
    return change(front.office.store, wished, by=person, key=submission.key, now=now, check=check)


def _signs(front: Front) -> dict[str, str]:
    """By key, a sign of what is in force."""
    with front.office.store.read() as session:
        kept = values(session)
    return {key: _sign(kept, key) for key in KEYS}


def _sign(kept: Kept, key: str) -> str:
    return to_choice(shown(kept.get(key)))[:8]


def _overtaken(front: Front, submission: Submission, touched: Iterable[str], kept: Kept) -> dict[str, str]:
    """Fields of which somebody else changed the setting while the window was open."""
    seen, text = from_seen(submission.about), front.words.label("problem.changed_meanwhile")
    return {name: text for name in touched if (key := key_of(name)) in seen and seen[key] != _sign(kept, key)}


def _out_of_order(front: Front, wished: Kept, kept: Kept) -> dict[str, str]:
    """Hours that end before they begin, beside what is left as it is."""
    now, usual = {**kept, **wished}, Hours()
    begin, end = now.get("hours.begin") or usual.begin, now.get("hours.end") or usual.end
    key = "hours.end" if "hours.end" in wished else "hours.begin"
    wrong = key in wished and not Hours(begin=str(begin), end=str(end)).in_order
    return {key: front.words.label("problem.hours")} if wrong else {}


def _switched_off(front: Front, wished: Kept, kept: Kept) -> dict[str, str]:
    """What keeps a yes waiting, or lifts a level, nobody takes away alone; it is only added here."""
    if POLICIES not in wished:
        return {}
    known, now = frozenset(map(str, wished[POLICIES])), kept.get(POLICIES) or ()
    gone = [each for each in CHOSEN if each in now and each not in known]
    names = [front.words.label(f"settings.policy.{each}.name") for each in gone]
    return {POLICIES: front.words.label("settings.stays_on", names=", ".join(names))} if gone else {}


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


PRESSED = {Action.SETTINGS: press}
