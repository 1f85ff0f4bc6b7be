"""The organisation's own rules, proposed, agreed to, in force: settings with their history, each text by its digest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from store import audit, settings, wordings
from store.outbox import OPEN
from store.tables import AddressRow, OutboxRow
from triage.own import FILE, OWN, digest_of
from triage.proposing import Proposal

IN_FORCE = "rules.own"
FIELDS: Mapping[str, str] = {
    "digest": "rules.proposed",
    "base": "rules.proposed_upon",
    "made": "rules.proposed_as",
    "by": "rules.proposed_by",
    "reason": "rules.reason",
    "looser": "rules.looser",
    "agreed": "rules.agreed",
    "rehearsed": "rules.rehearsed",
}
"""Under which setting each part of a proposal is kept; there is one proposal at a time."""
EMPTY: Mapping[str, Any] = {name: [] if name in ("agreed", "rehearsed") else "" for name in FIELDS}


def in_force(session: Session) -> str:
    """The digest; "" where the organisation has no rules of its own."""
    return str(settings.value(session, IN_FORCE, "") or "")


def text_of(session: Session, digest: str) -> str:
    """As it was put in, comments included; "" for none. LookupError where it was not kept, or is another one by now."""
    if not digest:
        return ""
    row = wordings.find(session, digest)
    if row is None:
        raise LookupError(f"the rules {digest[:12]} were not kept")
    text = str(json.loads(row.body)[FILE])
    if digest_of(text) != digest:
        raise LookupError(f"the rules {digest[:12]} are not what was kept")
    return text


def keep_text(session: Session, digest: str, text: str, *, now: datetime) -> None:
    body = json.dumps({FILE: text}, ensure_ascii=False)
    wordings.keep(session, digest=digest, kind="policy", name=OWN, version=digest[:8], body=body, now=now)


def proposal(session: Session) -> Proposal | None:
    """The one that waits."""
    kept = {name: settings.value(session, key, EMPTY[name]) for name, key in FIELDS.items()}
    if kept["looser"] == "" or kept["digest"] is None:
        return None
    return Proposal.model_validate(
        {**kept, "agreed": tuple(kept["agreed"]), "rehearsed": tuple(kept["rehearsed"])}
    )


def set_proposal(session: Session, wished: Proposal | None, *, what: str, by: str, now: datetime) -> None:
    """One line in the trail for what happened to it, with each part that changed."""
    parts = dict(EMPTY) if wished is None else _plain(wished)
    about = wished or proposal(session)
    _set(session, {FIELDS[name]: value for name, value in parts.items()}, about, what=what, by=by, now=now)


def put_into_force(session: Session, proposal: Proposal, *, by: str, now: datetime) -> None:
    """Who agreed and why stands in the same line; then no proposal waits any more."""
    last = {FIELDS[name]: value for name, value in _plain(proposal).items() if name in ("agreed", "reason")}
    _set(session, last | {IN_FORCE: proposal.digest}, proposal, what="rules.in_force", by=by, now=now)
    set_proposal(session, None, what="rules.settled", by=by, now=now)


def card_place(session: Session, kind: str, id: str, purpose: str) -> str | None:
    """Where the message about it stands, or is on its way to."""
    stands = select(AddressRow.place_id).where(
        AddressRow.subject_kind == kind, AddressRow.subject_id == id, AddressRow.purpose == purpose
    )
    comes = select(OutboxRow.place_id).where(
        OutboxRow.subject_kind == kind,
        OutboxRow.subject_id == id,
        OutboxRow.purpose == purpose,
        col(OutboxRow.state).in_(OPEN),
    )
    return session.exec(stands).first() or session.exec(comes).first()


def is_shown_at(session: Session, kind: str, digest: str, place: str) -> bool:
    """Whether a message about these rules stands, or stood, in this place."""
    query = select(AddressRow.place_id).where(
        AddressRow.subject_kind == kind,
        col(AddressRow.subject_id).startswith(f"{digest}:", autoescape=True),
        AddressRow.place_id == place,
    )
    return session.exec(query).first() is not None


def _plain(proposal: Proposal) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in proposal}


def _set(
    session: Session, wished: Mapping[str, Any], about: Proposal | None, *, what: str, by: str, now: datetime
) -> None:
    known = settings.values(session)
    changed = sorted(key for key, value in wished.items() if known.get(key) != value)
    for key in changed:
        settings.change(session, key, wished[key], by=by or None, now=now)
    audit.append(
        session,
        what=what,
        actor=by or None,
        subject_kind=settings.SETTINGS,
        subject_id="organisation",
        detail={"keys": changed, **(_told(about) if about else {})},
        texts={key: settings.shown(wished[key]) for key in changed},
        at=now,
    )


def _told(about: Proposal) -> dict[str, audit.Machine]:
    """So that one line says what it is about: a text that did not change stands in an earlier one."""
    return {
        "rules": about.digest,
        "upon": about.base,
        "made": about.made,
        "looser": about.looser,
        "agreed": list(about.agreed),
    }
