"""The risk register: each risk with its levels as of a day, and what the rules name that nobody has weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sqlmodel import Session, col, select

from intake.form import Form
from store import aims
from store.tables import UseRow
from triage.aims.entry import Entry
from triage.aims.risk import last_accepted, standing
from triage.aims.risks import LEVELS
from triage.aims.sifting import GRAVE, is_bare, uses_of
from triage.aims.sifting import Weighed as Weighed
from triage.aims.suggesting import Suggestion, suggested
from triage.rehearsing import Registered
from triage.rules import RuleBook

RISK = "risk"


def register(session: Session, today: date, until: datetime | None = None) -> list[Weighed]:
    """The worst first; what was retired or taken back is not in it. As of a day, without what came later.

    Whether an acceptance still rests on the same facts is told of today only: facts of then are not read again.
    """
    every = _risks(session) if until is None else list(aims.every_one(session, until))
    appetite = next((each for each in every if each.kind == "appetite"), None)
    found = [
        Weighed(each, standing(each, appetite, today, _facts(session, each) if until is None else None))
        for each in every
        if each.kind == RISK and each.state in ("in_force", "proposed")
    ]
    return sorted(found, key=_worst)


def bare(session: Session, today: date, until: datetime | None = None) -> tuple[int, int]:
    """Of the risks that count and are high or worse, those that nothing is done against and nobody accepted."""
    grave = [
        each
        for each in register(session, today, until)
        if each.entry.in_force is not None
        and each.standing is not None
        and not each.standing.closed
        and each.standing.now in GRAVE
    ]
    return sum(map(is_bare, grave)), len(grave)


def exposed(session: Session, today: date, until: datetime | None = None) -> tuple[tuple[str, int], ...]:
    """Of the risks that count and are not closed, by what they may mean for the organisation."""
    counted: Counter[str] = Counter()
    for each in register(session, today, until):
        held = each.entry.in_force
        if held is not None and not (each.standing is not None and each.standing.closed):
            said = held.said.get("exposure", ())
            counted.update(said if isinstance(said, tuple) else ())
    return tuple(sorted(counted.items()))


def weighed(session: Session, risk: Entry, today: date) -> Weighed:
    """One of them as it stands now."""
    return Weighed(risk, standing(risk, aims.load(session, "appetite"), today, _facts(session, risk)))


def accepted(session: Session, today: date) -> list[Weighed]:
    """Those that count of which somebody accepted what remains, whether that holds or not."""
    found = [each for each in aims.of_kind(session, RISK, "in_force") if last_accepted(each) is not None]
    appetite = aims.load(session, "appetite") if found else None
    return [Weighed(each, standing(each, appetite, today, aims.facts_of(session, each))) for each in found]


def stale(session: Session, today: date) -> frozenset[str]:
    """Those whose acceptance counts no more, since something that it rested on changed."""
    found = accepted(session, today)
    return frozenset(each.entry.id for each in found if each.standing and each.standing.accepted == "stale")


def actions_of(session: Session, risks: Iterable[Entry]) -> dict[str, list[Entry]]:
    """By risk, the actions of its plan: those that it names, and those that name it; what was given up is none."""
    some = list(risks)
    every = aims.of_kind(session, "action", "in_force") if some else []
    told: dict[str, list[Entry]] = {each.id: [] for each in some}
    for risk in some:
        named = _refs(risk, "actions")
        told[risk.id] = [each for each in every if each.ref in named or risk.ref in _refs(each, "refs")]
    return told


def _refs(entry: Entry, field: str) -> tuple[str, ...]:
    said = entry.said(field)
    return said if isinstance(said, tuple) else ()


def _risks(session: Session) -> list[Entry]:
    appetite = aims.load(session, "appetite")
    return [*([appetite] if appetite else []), *aims.of_kind(session, RISK, "in_force", "proposed")]


def _facts(session: Session, risk: Entry) -> str | None:
    """Only what an acceptance may rest on is read."""
    return aims.facts_of(session, risk) if last_accepted(risk) is not None else None


def _worst(one: Weighed) -> tuple[int, str]:
    level = LEVELS.index(one.standing.now) if one.standing else -1
    return -level, one.entry.ref


def suggestions(
    session: Session, form: Form, book: RuleBook, uses: Iterable[Registered]
) -> tuple[Suggestion, ...]:
    """Confidential uses are counted and not named."""
    closed = select(UseRow.ref, UseRow.source_id, UseRow.id).where(col(UseRow.confidential))
    unnamed = {ref or source or id for ref, source, id in session.exec(closed)}
    return suggested(form, book, uses, aims.of_kind(session, RISK, "in_force", "proposed"), unnamed)


def counted(found: Iterable[Weighed]) -> Iterator[tuple[int, int, int]]:
    """How many of those that are open lie in each field of the matrix as they are now: likelihood, impact, number."""
    fields: dict[tuple[int, int], int] = {}
    for each in found:
        if each.standing is not None and not each.standing.closed:
            place = int(str(each.entry.said("likelihood_now"))), int(str(each.entry.said("impact_now")))
            fields[place] = fields.get(place, 0) + 1
    yield from ((likelihood, impact, number) for (likelihood, impact), number in sorted(fields.items()))


def tools_of(session: Session, found: Iterable[Weighed]) -> dict[str, tuple[str, ...]]:
    """By risk, the tools that it names or its uses are made with; nothing of uses that are confidential."""
    some = list(found)
    refs = {ref for each in some for ref in uses_of(each.entry)}
    query = select(UseRow.ref, UseRow.tool_name).where(col(UseRow.ref).in_(refs), ~col(UseRow.confidential))
    of_use = {str(ref): tool for ref, tool in session.exec(query) if tool} if refs else {}
    told = {}
    for each in some:
        named = [str(each.entry.said("tool") or "")]
        named += [of_use.get(ref, "") for ref in sorted(uses_of(each.entry))]
        told[each.entry.id] = tuple(dict.fromkeys(filter(None, named)))
    return told
