"""Whoever is let in to audit, and who let them in, hear once that it ends, and once that it ended."""

from __future__ import annotations

from functools import partial

from bot.slack.front import Front
from store import audit, outbox
from store.sessions import Session
from triage.aims.access import ACCESS, ENDED, Ending
from triage.desk import Desk

PRIORITY = 3


def look(front: Front, desk: Desk) -> None:
    """Late or twice, it is the same; nothing hangs on it, as an access ends by itself."""
    for each in front.office.endings:
        if word := each.told(desk.now):
            key = f"access:{each.visit.entry}:{each.version}:{word}"
            front.once(key, partial(_owe, front, each, word, desk))


def _owe(front: Front, ending: Ending, word: str, desk: Desk, session: Session) -> None:
    """What they are told, and the line that says that they were."""
    people = tuple(dict.fromkeys((ending.visit.person, *ending.granted)))
    for person in people:
        payload = {"text": _text(front, ending, word, person)}
        outbox.put(session, kind="post", payload=payload, priority=PRIORITY, now=desk.now, person_id=person)
    audit.append(
        session,
        f"access.{word}",
        actor=None,
        subject_kind=ACCESS,
        subject_id=ending.visit.entry,
        detail={"people": list(people)},
        at=desk.now,
    )


def _text(front: Front, ending: Ending, word: str, person: str) -> str:
    visit = ending.visit
    key = "revoked" if ending.revoked and word == ENDED else word
    whose = "theirs" if person == visit.person else "granted"
    about = {"ref": ending.ref, "who": front.directory.mention(visit.person)}
    return front.words.line(f"let_in.{key}.{whose}", until=front.words.moment(visit.until), **about)
