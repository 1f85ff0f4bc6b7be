"""Other policies of Steward's own than the register was judged by: from a new version, or switched by a setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from bot.enacting import LANE, REJUDGE
from bot.office import FRESH_SECONDS, Office
from store import inbox, inforce, own
from store.sessions import Session
from triage.own import OWN
from triage.rules import RuleBook

UNSAID = ""


class Renewal:
    """Looks now and then, and acts once for what this process goes by.

    So of two processes of different versions neither undoes what the other one noticed.
    """

    def __init__(self, office: Office) -> None:
        self._office, self._seen = office, UNSAID

    def look(self) -> bool:
        """Whether the register is judged anew now."""
        office = self._office
        with office.store.read() as session:
            theirs = own.in_force(session)
        book = office.book(theirs)
        if (name := named(book)) == self._seen:
            return False
        now = office.store.now()
        with office.store.write() as session:
            line = inforce.noted(session, told(book), now=now)
            if line is not None:
                run = f"policies-{line}"
                payload = {"rules": own.in_force(session), "run": run, "after": "", "policies": name}
                put(session, payload, f"{REJUDGE}:{run}:", now=now, seconds=2 * FRESH_SECONDS)
        self._seen = name
        return line is not None


def put(session: Session, payload: Mapping[str, object], key: str, *, now: datetime, seconds: float) -> None:
    later = now + timedelta(seconds=seconds)
    inbox.put(session, key=key, kind=REJUDGE, payload=payload, now=now, lane=LANE, not_before=later)


def told(book: RuleBook) -> list[str]:
    return [
        f"{policy.name} {policy.version} {policy.digest}" for policy in book.policies if policy.name != OWN
    ]


def named(book: RuleBook) -> str:
    """Short enough to be carried along by a run."""
    return short(told(book))


def short(policies: Sequence[str]) -> str:
    return sha256("\n".join(policies).encode()).hexdigest()
