"""What an entry is linked with, both ways, as one person may see it; what is confidential is only counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.slack.front import Front
from bot.slack.incident_seen import seen_by
from bot.slack.screens.entrylook import Linked
from bot.slack.screens.entrywords import named
from bot.slack.screens.incidentfacts import Seen
from store import incidents, queries
from store.aims_shown import CLOSED, hidden_refs, refs_of, shown
from store.auditing import followed
from store.linked import arisen_from, asked_by, named_in, refs_in, said_from
from store.sessions import Session
from triage.aims.asked import ASKED, PARTY, state_of
from triage.aims.auditing import Found, unfollowed
from triage.aims.differing import HIDDEN
from triage.aims.entry import Entry, Said, entry_id
from triage.aims.kinds import Kind, kinds
from triage.aims.seeing import may_draft, shown_to
from triage.aims.taken_over import taken_over
from triage.desk import Desk
from triage.incidents.incident import Incident

INCIDENT, NONCONFORMITY = "AII-", "nonconformity"


def of_entry(front: Front, session: Session, entry: Entry, person: str, desk: Desk) -> tuple[Linked, ...]:
    """What it came from first, then what came from it."""
    if entry.kind == PARTY:
        asked = (shown(session, each) for each in asked_by(session, entry))
        return tuple(_entries(front, asked, person, desk))
    if not entry.of.path and entry.kind != "programme":
        return ()
    refs = refs_in(entry)
    hidden = hidden_refs(session, refs)
    named_here = (shown(session, each) for each in named_in(session, refs))
    found = [*_entries(front, named_here, person, desk)]
    for ref in (each for each in refs if each.startswith(INCIDENT) and each not in hidden):
        incident = incidents.by_ref(session, ref)
        if incident is not None and seen_by(front, session, incident, person, desk).whole:
            state = front.words.label(f"incident.status.{incident.now.status.value}")
            found.append(Linked(ref, front.words.label("aims.linked_incident"), state))
    return (*found, *of_ref(front, session, entry.ref, person, desk))


def hidden_from(front: Front, refs: Iterable[str], person: str, desk: Desk) -> str:
    """The first of them that is a use or an incident they may not see; one that does not exist reads alike."""
    with front.office.store.read() as session:
        for ref in filter(CLOSED.fullmatch, sorted(refs)):
            if ref.startswith(INCIDENT):
                incident = incidents.by_ref(session, ref)
                seen = incident is not None and seen_by(front, session, incident, person, desk).whole
            else:
                seen = queries.entry(session, front.reader(person, desk), ref) is not None
            if not seen:
                return ref
    return ""


def wrong_from(
    front: Front,
    kind: Kind,
    given: Mapping[str, Said],
    before: Mapping[str, Said],
    person: str,
    desk: Desk,
    key: str,
) -> str:
    """What there is to say beside the field for what it came from; `key`: of one that is new."""
    if kind.anybody and hidden_from(front, refs_of(given) - refs_of(before), person, desk):
        return front.words.label("aims.wrong.from_hidden")
    other = worked_elsewhere(front, kind, given, key) if key else ""
    return front.words.label("aims.wrong.worked_on", ref=other) if other else ""


def left_of(session: Session, entry: Entry) -> tuple[Found, ...]:
    """Findings of an audit that became nothing yet; those about what is confidential now are for its readers."""
    left = unfollowed(entry, followed(session, entry.ref)) if entry.kind == "audit" else ()
    return tuple(each for each in left if not each.use.startswith(HIDDEN))


def incident_of(front: Front, session: Session, entry: Entry, person: str, desk: Desk) -> Incident | None:
    """The one that it came from, where this person may read all of it."""
    for ref in (each for each in said_from(entry) if each.startswith(INCIDENT)):
        incident = incidents.by_ref(session, ref)
        if incident is not None and not incident.confidential:
            return incident if seen_by(front, session, incident, person, desk).whole else None
    return None


def of_ref(front: Front, session: Session, ref: str, person: str, desk: Desk) -> tuple[Linked, ...]:
    """What came from it."""
    found = (shown(session, each) for each in arisen_from(session, ref))
    return tuple(_entries(front, found, person, desk))


def _entries(front: Front, entries: Iterable[Entry], person: str, desk: Desk) -> Iterable[Linked]:
    for each in entries:
        counts, waits = shown_to(each, person, desk)
        if counts or waits:
            stage = each.stage if each.state == "in_force" and each.stage else each.state
            stage = state_of(each) if each.kind in ASKED and counts else stage
            state = front.words.label(f"management.state.{stage}")
            yield Linked(each.ref, named(front.words, each, counts or waits), state, each.id)


def with_entries(front: Front, session: Session, seen: Seen) -> Seen:
    """An incident beside what the management system has of it, for whoever may read that."""
    linked = of_ref(front, session, seen.incident.ref, seen.person, seen.desk)
    return replace(seen, entries=linked, raises=may_draft(kinds()[NONCONFORMITY], seen.person, seen.desk))


def said_elsewhere(
    front: Front, entry: Entry, act: str, person: str, desk: Desk
) -> tuple[Mapping[str, Said], str]:
    """What an incident says already, so that nobody writes it again, and which one that is."""
    if entry.kind != NONCONFORMITY:
        return {}, ""
    with front.office.store.read() as session:
        incident = incident_of(front, session, entry, person, desk)
    return ({}, "") if incident is None else (taken_over(incident, act), incident.ref)


def worked_elsewhere(front: Front, kind: Kind, given: Mapping[str, Said], key: str) -> str:
    """The nonconformity that came from the same incident; handed in twice it is the same one, which is none."""
    refs = given.get("from", ())
    if kind.id != NONCONFORMITY or not isinstance(refs, tuple):
        return ""
    mine = entry_id(kind, "", key)
    with front.office.store.read() as session:
        of = (ref for ref in refs if ref.startswith(INCIDENT))
        found = [one for ref in of for one in arisen_from(session, ref, (kind.id,))]
    return next((each.ref for each in found if each.id != mine), "")
