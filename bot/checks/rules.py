"""The organisation's own rules: whether those in force can be read by this version, and what waits."""

from __future__ import annotations

from collections.abc import Iterator

from bot.finding import Finding, of_files
from intake.source import Damaged
from store import own
from store.engine import Store
from store.errors import Unavailable
from triage.policies import OPTIONAL, book_with


def theirs(store: Store) -> Iterator[Finding]:
    """Nothing to say where there are none, nor of a database that does not answer: that is told beside it."""
    try:
        with store.read() as session:
            digest, waits = own.in_force(session), own.proposal(session)
            text = own.text_of(session, digest)
    except Unavailable:
        return
    except LookupError as missing:
        yield Finding(level="error", what=f"{missing}, so nothing is approved.".capitalize(), mend=MEND)
        return
    if digest:
        yield from _readable(digest, text)
    if waits is not None:
        what = f"Rules of your own are proposed ({waits.digest[:12]}) and wait to be put into force."
        yield Finding(level="info", what=what, mend="Press on their card in the governance channel.")


MEND = "Propose them again with `steward policy propose FILE`, changed so that this version can read them."


def _readable(digest: str, text: str) -> Iterator[Finding]:
    try:
        book_with(OPTIONAL, text)
    except Damaged as damaged:
        what = (
            f"The rules of your own in force ({digest[:12]}) cannot be read any more, so nothing is approved."
        )
        yield Finding(level="error", what=what, mend=MEND)
        yield from of_files(damaged)
    else:
        yield Finding(level="info", what=f"Rules of your own are in force: {digest[:12]}.")
