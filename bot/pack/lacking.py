"""Gaps of the organisation: rules nobody adopted, policies unread, trainings late, points that no audit covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.masking import masked_text
from bot.pack.audits import CYCLE
from bot.pack.awareness import PAGE as READ
from bot.pack.awareness import Version
from bot.pack.gaps import Gap
from bot.pack.trained import PAGE as TRAINING
from bot.pack.trained import Trained, state_of
from store import extract, standing
from store.inforce import POLICIES
from store.own import IN_FORCE
from store.sessions import Session
from triage.aims.acknowledging import KIND as CALL
from triage.aims.acknowledging import days_of
from triage.aims.audited import AUDIT
from triage.aims.cycle import PROGRAMME, by_chapter, cycle
from triage.aims.entry import Entry

if TYPE_CHECKING:
    from bot.pack.make import Wanted

ROLES, AUDITOR = "roles.", "auditor"


def every(
    session: Session,
    wanted: Wanted,
    settings: Mapping[str, object],
    entries: Sequence[Entry],
    versions: Sequence[Version],
    trainings: Sequence[Trained],
) -> Iterator[Gap]:
    here = standing.here(session, wanted.at)
    yield from of_rules(rules(session, wanted.until), entries)
    yield from of_trainings(trainings, roles_of(settings, entries), wanted.day)
    yield from of_cycle(entries, wanted.day)
    yield from of_policies(versions, entries, wanted.day, here)


class Rules(NamedTuple):
    """By which the register is judged: each by its name and version, since a day. `own`: rules of its own count."""

    policies: tuple[str, ...] = ()
    since: str = ""
    own: bool = False


def rules(session: Session, until: datetime | None) -> Rules:
    """As they were noted last."""
    policies: tuple[str, ...] = ()
    since, own = "", False
    for _, at, key, value, _ in extract.settings_told(session, until):
        if key == POLICIES:
            told = masked_text(key, value, {})
            policies, since = tuple(" ".join(str(each).split()[:2]) for each in told or ()), at[:10]
        elif key == IN_FORCE:
            own = bool(value and value.strip("\"'"))
    return Rules(policies, since, own)


def of_rules(found: Rules, entries: Iterable[Entry]) -> Iterator[Gap]:
    """Rules that came with Steward, and that nobody took on by name.

    Two people do so with rules of their own; or somebody with an entry that names them with their version, and that
    somebody else approved.
    """
    if found.own:
        return
    said = [_said(each) for each in entries if each.in_force is not None and each.in_force.yeses]
    for each in found.policies:
        if not any(each in told for told in said):
            yield Gap("rules_unadopted", each, "", found.since)


def _said(entry: Entry) -> str:
    held = entry.in_force.said if entry.in_force is not None else {}
    return "\n".join(" ".join(each) if isinstance(each, tuple) else str(each) for each in held.values())


def of_policies(
    versions: Sequence[Version], entries: Sequence[Entry], day: date, here: frozenset[str]
) -> Iterator[Gap]:
    """How many let their days go by, of those asked for the version that counts and still `here`; never who."""
    calls = {str(each.said("policy")): each for each in entries if each.kind == CALL and each.in_force}
    held = {(each.ref, each.number): each for each in versions}
    for policy in entries:
        call, counts = calls.get(policy.id), policy.in_force
        found = held.get((policy.ref, counts.number)) if counts is not None else None
        if call is None or found is None:
            continue
        days = timedelta(days=days_of(call))
        asked = {one: date.fromisoformat(at) + days for one, at in found.asked.items() if one in here}
        late = [due for one, due in asked.items() if one not in found.read and due < day]
        if late:
            what = f"{len(late)} {len(asked)}"
            yield Gap(
                "policy_unread",
                policy.ref,
                what,
                min(late).isoformat(),
                f"{READ}#{policy.ref}-{found.number}",
            )


def of_trainings(found: Iterable[Trained], roles: Mapping[str, Iterable[str]], day: date) -> Iterator[Gap]:
    """How many of each role that decides or audits are late with which training."""
    for each in found:
        late: dict[str, list[date]] = defaultdict(list)
        dues = {one.person: one.due for one in each.people if state_of(one, day) == "late"}
        for role, people in roles.items():
            late[role] += [due for person in people if (due := dues.get(person)) is not None]
        told = ", ".join(f"{role} {len(days)}" for role, days in sorted(late.items()) if days)
        if told:
            since = min(due for days in late.values() for due in days).isoformat()
            yield Gap("training_late", each.entry.ref, told, since, f"{TRAINING}#{each.entry.ref}")


def roles_of(settings: Mapping[str, object], entries: Iterable[Entry]) -> dict[str, frozenset[str]]:
    """Who holds which role; whoever an audit that counts names as its auditor audits, too."""
    found = {
        key.removeprefix(ROLES): frozenset(map(str, held))
        for key, held in settings.items()
        if key.startswith(ROLES) and isinstance(held, list)
    }
    named = [each.said("auditors") for each in entries if each.kind == AUDIT and each.in_force is not None]
    audits = {one for held in named if isinstance(held, tuple) for one in held}
    return found | {AUDITOR: found.get(AUDITOR, frozenset()) | audits}


def of_cycle(entries: Sequence[Entry], day: date) -> Iterator[Gap]:
    """Points of the standard that no audit of the three years covers, neither held nor planned; by chapter."""
    programme = next((each for each in entries if each.kind == PROGRAMME), None)
    covers = cycle(programme, (each for each in entries if each.kind == AUDIT), day)
    if covers is not None:
        for chapter, points in by_chapter(covers.uncovered).items():
            yield Gap("audit_uncovered", chapter, ", ".join(points), "", CYCLE)
