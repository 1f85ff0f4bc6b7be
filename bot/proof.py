"""What a whole check of the trail finds: the trail as such, then what does not fit to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from store import accord, audit
from store.legible import as_it_lies
from store.sessions import Session
from store.trail import Verified


class Proof(NamedTuple):
    """`texts` and `records`: one sentence for each that is not what the trail committed to; `unproven`: for each
    that it no longer proves, since what it committed to was erased."""

    trail: Verified
    texts: Sequence[str] = ()
    records: Sequence[str] = ()
    unproven: Sequence[str] = ()

    @property
    def ok(self) -> bool:
        return self.trail.ok and not self.texts and not self.records

    def __str__(self) -> str:
        return f"{self.trail}; records that differ: {len(self.records)}" if self.records else str(self.trail)


def prove(session: Session, *, head: str | None = None, tick: Callable[[], object] = lambda: None) -> Proof:
    """`head`: one printed earlier, which must still be in the trail. `tick` is called after each part."""
    with as_it_lies(session):
        return _prove(session, head, tick)


def _prove(session: Session, head: str | None, tick: Callable[[], object]) -> Proof:
    found = audit.verify_store(session, anchor=head)
    tick()
    wrong = audit.verify_texts(session)
    tick()
    texts = [f"{field} of line {seq} was changed, or removed without an erasure" for seq, field in wrong]
    first = min((seq for seq, _ in wrong), default=None)
    if first is not None and (found.broken_at is None or first < found.broken_at):
        # The line is whole, but a text kept beside it is no longer there, or not the one that it commits to.
        found = found.model_copy(update={"ok": False, "broken_at": first, "kind": "changed"})
    compared = accord.compare(session, tick=tick)
    return Proof(found, [*texts, *audit.unclear(session)], compared.differ, compared.unproven)
