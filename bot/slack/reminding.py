"""What is owed of a day to somebody, drawn when it is sent: what was settled or passed on since is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.apart import apart
from bot.slack import members
from bot.slack.front import Front
from bot.slack.message import Message
from bot.slack.scenes import make_scene, make_voice
from bot.slack.screens import waiting
from bot.slack.screens.entries_waiting import of_entry
from bot.slack.screens.nudging import Due, Waits, nudge
from store.aims_nudging import as_now
from store.daily import ENTRIES
from store.outbox import Owed
from store.queries import may_see
from store.records import load
from store.sessions import Session
from store.wished import concerned, still_due, written_to
from triage.desk import Desk
from triage.missing import NAME as FACTS

AT_ONCE = 20
"""So many are asked whether they want quiet; Slack takes its time, and nobody else is held up by that."""


def draw(front: Front, owed: Owed) -> Message | None:
    """None where nothing of it is left to say; a list that stands already tells what of it is settled."""
    person = owed.person_id or ""
    about, of_entries, stands = owed.payload["about"], owed.payload.get(ENTRIES, []), owed.kind == "update"
    desk = front.desk(beside=[person, *holders(about), *(each[-1] for each in of_entries if each[-1])])
    reader = front.reader(person, desk)
    with front.office.store.read() as session:
        found = still_due(session, person, about, desk)
        dues = [Due(case, wish, may_see(session, reader, case.id)) for case, wish in found]
        waits = [
            each._replace(open=may_see(session, reader, each.scene.case.id))
            for each in _waits(front, session, person, about, desk)
        ]
        left = [each for each in waits if waiting.is_open(each.scene, each.say, each.errand)]
        shown = one_for_facts(waits if stands else left)
        entries = [each for each in as_now(session, of_entries, desk) if stands or each.errand is not None]
        if not (dues or shown or entries):
            return None
        return nudge(make_voice(front), dues, shown, [of_entry(each, desk) for each in entries])


def one_for_facts(waits: Sequence[Waits]) -> list[Waits]:
    """What is missing of several uses is one entry, as it is asked in one window."""
    asked = [
        each for each in waits if each.errand == FACTS and waiting.is_open(each.scene, each.say, each.errand)
    ]
    rest = [each for each in waits if each not in asked]
    if not asked:
        return rest
    first = asked[0]._replace(facts={**asked[0].facts, "alike": len(asked) - 1})
    return [*rest, first]


def holders(about: Sequence[Sequence[Any]]) -> list[str]:
    """Whose move it was; whether they are away is said of them."""
    facts = [said[-1] for _, _, *said in about if said and isinstance(said[-1], dict)]
    return [str(each["holder"]) for each in facts if each.get("holder")]


def _waits(
    front: Front, session: Session, person: str, about: Sequence[Sequence[Any]], desk: Desk
) -> list[Waits]:
    found = []
    for id, name, *said in about:
        case = load(session, id) if ":" in name else None
        if case is not None:
            scene = make_scene(front, session, case, desk, person, counted=False)
            own = said[1].get("because") == waiting.OWN
            found.append(Waits(scene, waiting.OWN if own else str(said[0]), name, said[1], open=False))
    return found


def look(front: Front, desk: Desk) -> int:
    """By the clock: whatever fell due by now; late or twice, it comes to the same."""
    with front.office.store.read() as session:
        theirs = concerned(session, desk)
    if theirs:
        desk = front.beside(desk, theirs)
    with front.office.store.read() as session:
        people = written_to(session, desk)
    asked = sorted(people)[:AT_ONCE]
    rest = {person: until for person in asked if (until := front.quiet(person)) is not None}
    done = front.office.ledger.nudge(desk, rest.get)
    if done:  # a call to read something looks for its people each hour, and so do we
        apart("Who is in channels that are asked", lambda: members.look(front, desk))
    return done
