"""Entries of the management system at the desk: read for one person, changed in one transaction, shown anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack import windows
from bot.slack.front import Front
from bot.slack.ids import View
from bot.slack.payloads import Press
from bot.slack.screens.entrylook import Look, from_asked
from bot.slack.screens.system import TOLD
from store import aims
from store.aims_owed import Moved, owe
from store.aims_shown import shown
from store.sessions import Session
from store.tables import AimsEntryRow
from triage.aims.calling import take_up
from triage.aims.entry import Entry
from triage.aims.errands import is_theirs
from triage.aims.kinds import kinds
from triage.aims.pathway import move
from triage.aims.ruling import may_send_back
from triage.aims.seeing import acts_open, check_may_see, may_draft, shown_to
from triage.aims.standing import approvers
from triage.aims.wishes import OfEntries
from triage.desk import Desk
from triage.outcome import Refused


def look(entry: Entry, person: str, desk: Desk) -> Look:
    counts, waits = shown_to(entry, person, desk)
    mine = waits is not None and bool(waits.by) and desk.same(person, waits.by)
    return Look(
        entry=entry,
        counts=counts,
        waits=waits,
        able=approvers(entry, desk),
        mine=mine,
        backs=waits is not None and may_send_back(entry, person, desk),
        drafts=may_draft(entry.of, person, desk),
        acts=acts_open(entry, person, desk),
        move=move(entry, desk),
    )


def check_inside(front: Front, person: str, desk: Desk) -> None:
    """Whoever answered for something and is a guest by now does nothing with it."""
    if front.reader(person, desk).outsider:
        raise Refused("for_colleagues")


def seen(session: Session, id: str, person: str, desk: Desk) -> Entry:
    """One that this person may read; what is hidden reads like what does not exist."""
    entry = aims.load(session, id)
    if entry is None:
        raise Refused("unknown_entry")
    check_may_see(entry, person, desk)
    return shown(session, entry)


def acting(session: Session, person: str, desk: Desk) -> tuple[Look, ...]:
    """What is theirs to say something about now, soonest due first; no more than are shown."""
    rows = [*aims.rows_of(session, person=person), *_unowned(session, person, desk)]
    begun = (row for row in sorted(rows, key=_soonest) if row.stage in _stages(row.kind))
    found = (aims.load(session, row.id) for row in begun)
    mine = (each for each in found if each is not None and (each.owner or person in take_up(each, desk)))
    looks = (look(shown(session, entry), person, desk) for entry in mine)
    return tuple(islice((each for each in looks if each.acts), TOLD))


def _unowned(session: Session, person: str, desk: Desk) -> Sequence[AimsEntryRow]:
    """What somebody is to go on with, and names nobody; whoever holds no role has nothing of it."""
    if not any(person in held for held in desk.roles.values()):
        return ()
    theirs = [each.id for each in kinds().values() if any(map(is_theirs, each.acts))]
    return aims.rows_of(session, person=None, kinds=theirs)


def _soonest(row: AimsEntryRow) -> tuple[bool, date, str]:
    return row.due is None, row.due or date.min, row.ref


def _stages(kind: str) -> frozenset[str]:
    """From which there is anything to be done."""
    return frozenset(stage for act in kinds()[kind].acts for stage in act.begins)


def carry_out(front: Front, wishes: Iterable[OfEntries], desk: Desk) -> list[Entry]:
    """All of them or none; whoever is concerned hears once of all that was done."""
    moved: list[Moved] = []

    def note(session: Session, before: Entry | None, after: Entry, desk: Desk) -> None:
        moved.append(Moved(before, after))

    with front.office.store.write() as session:
        done = [shown(session, aims.carry_out(session, wish, desk, note)) for wish in wishes]
        owe(session, moved, desk)
    front.office.changed()  # somebody may be let in, or out, at once
    front.wake()
    return done


def below(press: Press) -> tuple[str, str]:
    """The windows below what a press opens: how it is set up, and the list of a kind; "" where they are not there."""
    view = press.view or {}
    match view.get("callback_id"):
        case View.SYSTEM.value:
            return str(view.get("id", "")), ""
        case View.SYSTEM_KIND.value:
            return str(view.get("private_metadata", "")).partition("|")[2], str(view.get("id", ""))
        case View.SUPPLIERS.value:
            return "", str(view.get("id", ""))
        case View.READ_ENTRY.value | View.APPROVE_ENTRIES.value:
            return from_asked(str(view.get("private_metadata", ""))).root, ""
    return "", ""


IN_PLACE = frozenset((View.READ_ENTRY.value, View.APPROVE_ENTRIES.value, View.RAISE_ENTRY.value))
"""What is opened from these takes their place: Slack lays no more than three windows on each other."""


def open_here(front: Front, press: Press, person: str, view: dict[str, Any]) -> None:
    if press.view is not None and press.view.get("callback_id") in IN_PLACE:
        windows.redraw(front, press, view)
    else:
        windows.open_window(front, press, person, view)


def show_anew(front: Front, drawn: Sequence[tuple[str, Callable[[], dict[str, Any]]]]) -> None:
    """Windows that lie below, by their ids; one that was closed meanwhile is left."""
    for id, draw in drawn:
        if not id:
            continue
        try:
            front.client.views_update(view_id=id, view=draw())
        except SlackApiError as error:
            if str(error.response.get("error")) not in windows.LEFT:
                raise
