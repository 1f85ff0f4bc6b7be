"""By the clock: drafts that nobody has gone on with for weeks are put aside. Late or twice, it comes to the same."""

from __future__ import annotations

from bot.slack.front import Front
from store import silent
from store.errors import Unavailable
from triage.afterwards import Shelve
from triage.desk import Desk


def look(front: Front, desk: Desk) -> None:
    """What was carried out is known by its key, so a row is looked at again until that is done."""
    with front.office.store.read() as session:
        if not silent.any_ripe(session, now=desk.now):
            return
    with front.office.store.write() as session:
        ready = silent.to_put_aside(session, desk)
    for case, day in ready:
        try:
            front.do(Shelve(actor="", key=f"shelve:{case}:{day}", case=case), desk)
        except Unavailable:
            raise
        except Exception as bug:
            with front.office.store.write() as session:
                silent.give_up(session, case, bug)
