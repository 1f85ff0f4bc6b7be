"""Reporting an incident from anywhere, and seeing to it: windows, buttons and what is told, from the store."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from bot.drafting import WHOM, drafted
from bot.slack import screens, windows
from bot.slack.fields import Field
from bot.slack.filled import CLOSE, day, field, missing
from bot.slack.front import Front, new_case
from bot.slack.ids import Action, View
from bot.slack.incident_seen import known_to, seen_by, to_act_on
from bot.slack.incident_wishes import MAKES, Filled, answers_in, link_to
from bot.slack.linking import with_entries
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission, plain
from bot.slack.scenes import make_voice
from bot.slack.verbs import OF_INCIDENT, led_by, references
from store import incidents, people, queries
from store.queries import may_see as may_see_use
from store.sessions import Session
from triage.desk import Desk
from triage.incidents.incident import Incident, Kind
from triage.incidents.wishes import (
    Note,
    OfIncidents,
    Report,
    TakeUp,
)
from triage.outcome import Refused
from triage.register import Entry

log = logging.getLogger(__name__)

Reply = dict[str, Any]
USES = 90
KEPT = 1500
"""Characters of a message that stay with it; its link leads to the rest."""


def _do(front: Front, wish: OfIncidents, desk: Desk) -> Incident:
    done = front.office.ledger.act(wish, desk)
    front.wake()
    return done


def _check_colleague(front: Front, person: str) -> None:
    if front.directory.outsider(person):
        raise Refused("for_colleagues")


def _uses(front: Front, session: Session, person: str, desk: Desk) -> tuple[Entry, ...]:
    return tuple(queries.entries(session, front.reader(person, desk), limit=USES))


# -- reporting


def _report_window(front: Front, person: str, *, use: str = "", press: Press | None = None) -> dict[str, Any]:
    _check_colleague(front, person)
    desk = front.desk(actor=person)
    said, place = "", "|"
    if press is not None and press.ts:
        said, place = plain(str(press.element.get("text", "")))[:KEPT], f"{press.channel}|{press.ts}"
    with front.office.store.read() as session:
        uses = _uses(front, session, person, desk)
    return screens.report_incident_view(
        make_voice(front),
        f"{new_case()}|{place}|{said}",
        uses,
        use=use,
        message_words=said,
        speak_up=front.office.config.speak_up or "",
    )


def report(front: Front, press: Press, person: str) -> None:
    windows.open_window(front, press, person, _report_window(front, person, use=windows.about(press).case))


def from_message(front: Front, press: Press, person: str) -> None:
    windows.open_by(front, press.trigger, _report_window(front, person, press=press))


def called(front: Front, person: str, rest: str, trigger: str, key: str) -> Message | None:
    """`/steward incident`, `… show`, `… list`, `… note`; None where a window opened."""
    verb, _, more = rest.strip().partition(" ")
    match verb.lower():
        case "":
            windows.open_by(front, trigger, _report_window(front, person))
            return None
        case "list":
            return _listing(front, person)
        case "show":
            return _show(front, person, more)
        case "draft":
            return _draft(front, person, more)
        case "note":
            ref, words = led_by(more)
            wish = Note(actor=person, key=key, incident=_by_ref(front, person, ref).id, words=words)
            done = _do(front, wish, front.desk(actor=person))
            return screens.note_of(front.words, front.words.line("incident.noted", ref=done.ref))
        case _:
            return _show(front, person, rest)


def _by_ref(front: Front, person: str, ref: str) -> Incident:
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        known = (
            incidents.by_ref(session, each) for each in references(ref, desk.day.year, prefix=OF_INCIDENT)
        )
        for found in known:
            if found is not None and seen_by(front, session, found, person, desk).whole:
                return found
    raise Refused("unknown_incident")


def _draft(front: Front, person: str, rest: str) -> Message:
    """What others have to be told, to copy; for the provider, where nobody else is named."""
    ref, whom = led_by(rest)
    incident = _by_ref(front, person, ref)
    with front.office.store.read() as session:
        case = incidents.case_of(session, incident)
        names = people.names(session)
    chosen = whom.strip().replace(" ", "_") if whom.strip().replace(" ", "_") in WHOM else WHOM[0]
    contact = names.get(incident.now.coordinator, "")
    return screens.drafted_incident(front.words, drafted(front.words, incident, case, chosen, contact))


def _show(front: Front, person: str, ref: str) -> Message:
    desk = front.desk(actor=person)
    incident = _by_ref(front, person, ref)
    with front.office.store.read() as session:
        return screens.show_incident(seen_by(front, session, incident, person, desk))


def _listing(front: Front, person: str) -> Message:
    """Those that this person may see, newest first."""
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        found = [incidents.load(session, row.id) for row in incidents.rows_of(session)]
        seen = [seen_by(front, session, each, person, desk) for each in found if each is not None]
    return screens.list_incidents(make_voice(front), [each for each in seen if each.whole])


def reported(front: Front, submission: Submission, person: str) -> Reply:
    _check_colleague(front, person)
    id, channel, ts, said = [*submission.about.split("|", 3), "", "", ""][:4]
    words = field(submission, Field.WORDS)
    if not words and not said:
        return missing(front, Field.WORDS)
    desk = front.desk(actor=person)
    use = field(submission, Field.USE)
    with front.office.store.read() as session:
        if use and not may_see_use(session, front.reader(person, desk), use):
            raise Refused("unknown_use_here")
    answers, wrong = answers_in(submission)
    if wrong:
        return _problems(front, wrong)
    kind = field(submission, Field.KIND)
    wish = Report(
        actor=person,
        key=submission.key,
        incident=id,
        kind=Kind(kind) if kind in set(Kind) else Kind.incident,
        words=words,
        use=use,
        answers=answers,
        occurred=day(field(submission, Field.OCCURRED)),
        message=said,
        link=link_to(front, channel, ts),
    )
    done = _do(front, wish, desk)
    return {
        "response_action": "update",
        "view": screens.note_view(front.words, screens.reported_incident(front.words, done.ref)),
    }


def _problems(front: Front, wrong: Mapping[str, str]) -> Reply:
    said = {
        name: front.words.label("problem.alone" if what == "alone" else "problem.unknown_choice")
        for name, what in wrong.items()
    }
    return {"response_action": "errors", "errors": said}


# -- seeing to it


def act(front: Front, press: Press, person: str) -> None:
    """A button or a choice: taken up at once, everything else in its window."""
    about, desk = windows.about(press), front.desk(actor=person)
    wish = about.choice
    if wish not in WISHES:
        raise Refused("unknown_button")
    with front.office.store.read() as session:
        seen = to_act_on(front, session, about.case, person, desk, wish, press)
        uses = _uses(front, session, person, desk) if wish == "name_use" else ()
    if wish == "take_up":
        _do(front, TakeUp(actor=person, key=press.key, incident=about.case), desk)
        return
    windows.open_window(front, press, person, screens.act_incident_view(seen, wish, uses))


def details(front: Front, press: Press, person: str) -> None:
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        seen = known_to(front, session, windows.about(press).case, person, desk, press)
        seen = with_entries(front, session, seen) if seen.whole else seen
    windows.open_window(front, press, person, screens.incident_view(seen))


def note_from(front: Front, press: Press, person: str) -> None:
    """A message goes into the timeline of an incident; in the thread of its card that one is chosen."""
    desk = front.desk(actor=person)
    said, place = plain(str(press.element.get("text", "")))[:KEPT], f"{press.channel}|{press.ts}"
    thread = str(press.element.get("thread_ts") or "")
    with front.office.store.read() as session:
        rows = incidents.rows_of(session, open_only=True)
        found = [incidents.load(session, row.id) for row in rows]
        seen = [seen_by(front, session, each, person, desk) for each in found if each is not None]
        here = ""
        if thread and press.channel:
            here = incidents.found_at(session, front.directory.place(press.channel), thread) or ""
    mine = [each.incident for each in seen if each.whole]
    if not mine:
        raise Refused("no_incident_to_note")
    view = screens.note_incident_view(make_voice(front), f"|note|{place}|{said}", mine, here, said)
    windows.open_by(front, press.trigger, view)


def handed(front: Front, submission: Submission, person: str) -> Reply:
    id, wish, channel, ts, said = [*submission.about.split("|", 4), "", "", "", ""][:5]
    id = id or field(submission, Field.TASK)
    make = MAKES.get(wish)
    if make is None:
        raise Refused("unknown_button")
    if wish == "assess":
        _, wrong = answers_in(submission)
        if wrong:
            return _problems(front, wrong)
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        incident = incidents.load(session, id)
        if incident is None:
            raise Refused("unknown_incident")
    on: dict[str, Any] = {"actor": person, "key": submission.key, "incident": id}
    made = make(Filled(front, submission, desk, channel, ts, said), on)
    if isinstance(made, Field):
        return missing(front, made)
    try:
        _do(front, made, desk)
    except Refused as refusal:
        name = Field.REASON if refusal.key in ("why_needed", "lower_reason") else Field.WORDS
        if refusal.key not in IN_FIELD or name.value not in submission.fields:
            raise
        return {
            "response_action": "errors",
            "errors": {name.value: front.words.label(f"refusal.{refusal.key}")},
        }
    return CLOSE


IN_FIELD = frozenset({"why_needed", "lower_reason", "words_needed", "lessons_needed", "shown_by_what"})


WISHES = {*MAKES, "take_up"}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.REPORT_INCIDENT: report,
    Action.INCIDENT_DO: act,
    Action.INCIDENT_MORE: act,
    Action.INCIDENT_SHOW: details,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.REPORT_INCIDENT: reported,
    View.INCIDENT_DO: handed,
}
