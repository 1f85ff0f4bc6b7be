"""The lists of Home and those behind its figures, page by page, are what going through every use by hand finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from intake.answers import answered
from store import asks, lists, narrowing, overview
from store.engine import Store
from store.ledger import Ledger
from store.lists import Span
from store.narrowing import narrowed
from store.tables import AskRow, DueRow, LackRow, UseRow
from tests.builders import ANA, BEN, DAN, EVE, a_desk, key
from tests.store.test_digest import ALL, ZONE, Story, book, cases, held, taken
from tests.store.test_ledger import in_review, play
from triage.afterwards import Change, Snooze
from triage.assigning import had_beside
from triage.case import Case, Status
from triage.commands import Approve, Take
from triage.conditions import open_ones
from triage.narrowing import Narrowed
from triage.overview import OPEN
from triage.register import Entry, Reader
from triage.running import APPROVALS
from triage.steps import Term

__all__ = ["book"]
PAGE = 3
LEAD = Reader(person=DAN, roles=frozenset({"governance_lead"}))


def whole(read: Callable[[Span], tuple[tuple[Entry, ...], object]]) -> list[str]:
    """Page after page, as somebody would go through it; none twice, and each full but the last."""
    found: list[str] = []
    while True:
        rows, more = read(Span(len(found), PAGE))
        found += [each.id for each in rows]
        if not more:
            assert len(set(found)) == len(found)
            return found
        assert len(rows) == PAGE


def _in_order(store: Store) -> list[Case]:
    return sorted(cases(store), key=lambda case: case.id)


def by_hand(case: Case, about: str, value: str, at: datetime, day: date) -> bool:
    match about:
        case "state":
            return case.status.value == value
        case "tier":
            bounds = (
                (int(case.verdict.tier.floor), int(case.verdict.tier.ceiling)) if case.verdict else (0, 0)
            )
            return bounds == (1, 4) if value == OPEN else bounds[1] == int(value) and bounds != (1, 4)
        case "overdue":
            late = case.due_at is not None and case.due_at < at
            return case.status in (Status.in_review, Status.blocked) and late
        case "conditions":
            return held(case) and any(one.term.due and one.term.due < day for one in open_ones(case))
        case _:
            gaps = case.verdict.gaps if case.verdict else ()
            named = {gap.question for gap in gaps} | ({"unit"} if not case.unit else set())
            return held(case) and value in named


@pytest.mark.parametrize("seed", [4])
def test_every_list_has_what_is_found_by_hand(store: Store, book: Ledger, seed: int) -> None:
    story = Story(store, book, seed=seed)
    for _ in range(40):
        story.goes_on()
    at, known = story.now, [c for c in _in_order(store) if c.status is not Status.withdrawn]
    day = at.astimezone(ZoneInfo(ZONE)).date()
    with store.read() as session:
        parts = {part: whole(partial(lists.own, session, ANA, part)) for part in lists.PARTS}
        usable = whole(partial(lists.usable, session, Reader(person=DAN)))
        bound, _ = lists.bound(session, ANA, Span(0, 99))
        found = overview.count(session, at, day)
        behind = {
            (about, value): whole(partial(overview.behind, session, LEAD, about, value, at, day))
            for about, value in (
                *(("state", each.value) for each in Status if each not in (Status.draft, Status.withdrawn)),
                *(("tier", str(tier)) for tier in (1, 2, 3, 4, OPEN)),
                ("overdue", ""),
                ("conditions", ""),
                *(("lack", each.fact) for each in found.lacks if each.fact not in ("owner_id", "tool_id")),
            )
        }
    mine = [c for c in known if c.requester == ANA]
    assert sorted(parts["drafts"]) == [c.id for c in mine if c.status is Status.draft]
    over = (Status.under_reassessment, Status.lapsed)
    assert sorted(parts["uses"]) == [c.id for c in mine if held(c) or c.status in over]
    assert sorted((*parts["uses"], *parts["drafts"], *parts["requests"])) == [c.id for c in mine]
    assert sorted(usable) == [c.id for c in known if held(c)]
    assert sorted((each.use.id, each.text) for each in bound) == sorted(
        (c.id, one.text) for c in mine for one in open_ones(c)
    )
    handed_in = [c for c in known if c.status is not Status.draft]
    for (about, value), ids in behind.items():
        assert sorted(ids) == [c.id for c in handed_in if by_hand(c, about, value, at, day)], (about, value)
    digest = taken(store, at)
    assert (found.stock, found.conditions) == (digest.stock, digest.conditions.overdue)
    assert found.lacks == digest.lacks, "both say the same"
    assert len(behind["conditions", ""]) + len(behind["overdue", ""]) > 0


def test_what_uses_lack_goes_with_the_answer_and_is_kept_of_no_draft(store: Store, book: Ledger) -> None:
    story = Story(store, book, seed=4)
    for _ in range(40):
        story.goes_on()
    with store.read() as session:
        kept = {(row.use_id, row.fact) for row in session.exec(select(LackRow))}
    wanted = {
        (c.id, gap.question)
        for c in cases(store)
        if c.verdict is not None and c.status is not Status.draft
        for gap in c.verdict.gaps
    }
    assert kept == wanted
    assert kept


def test_what_is_confidential_stands_in_no_list_of_who_does_not_read_it(store: Store, book: Ledger) -> None:
    story = Story(store, book, seed=4)
    for _ in range(40):
        story.goes_on()
    at, day = story.now, story.now.date()
    with store.write() as session:
        closed = [row for row in session.exec(select(UseRow)) if row.state in ("approved", "in_review")]
        for row in closed:
            row.confidential = True
            session.add(row)
    with store.read() as session:
        found = overview.count(session, at, day)
        for state in ("approved", "in_review"):
            rows, _ = overview.behind(session, LEAD, "state", state, at, day, Span(0, 99))
            assert rows == ()
            assert found.stock.of(state), "it is counted"
        late, _ = overview.behind(session, LEAD, "overdue", "", at, day, Span(0, 99))
        usable, _ = lists.usable(session, Reader(person=DAN), Span(0, 99))
    assert not {row.id for row in closed} & {each.id for each in (*late, *usable)}


CHOICES = (
    Narrowed(),
    Narrowed(tier=3),
    Narrowed(late=True),
    Narrowed(before="again"),
    Narrowed(before="first", words="otter"),
    Narrowed(words="no such thing"),
    Narrowed(role="legal"),
    Narrowed(whose="free"),
    Narrowed(whose="mine", late=True),
)


def test_a_narrowed_queue_is_what_of_it_fits_in_its_order(
    store: Store, book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(store, book, seed=4)
    for _ in range(30):
        story.goes_on()
    desk = a_desk(now=story.now, roles=ALL)
    known = {c.id: c for c in cases(store)}
    reader = Reader(person=BEN, roles=frozenset(ALL))
    with store.read() as session:
        first = asks.queue(session, reader, desk)[0]
    story.does(Take, BEN, first.id)
    known = {c.id: c for c in cases(store)}
    with store.read() as session:
        queue = asks.queue(session, reader, desk)
        found = [narrowed(session, queue, wanted, BEN, desk) for wanted in CHOICES]
        seats = {(row.use_id, row.role) for row in session.exec(select(AskRow)) if row.kind == asks.YES}

        read: list[str] = []
        monkeypatch.setattr(narrowing, "load", lambda session, id: read.append(id))
        assert narrowed(session, queue, Narrowed(whose="mine"), EVE, desk) == ()
        assert not read, "nothing is read whole of what was never given to them"

    def fits(case: Case, wanted: Narrowed) -> bool:
        had = had_beside(case, BEN, desk)
        again = any(d.kind in APPROVALS for d in case.decisions)
        said = f"{case.ref} {case.title} {case.words} {case.tool_name}".casefold()
        return (
            (not wanted.tier or (case.verdict is not None and int(case.verdict.tier.ceiling) == wanted.tier))
            and (not wanted.late or (case.due_at is not None and case.due_at < desk.now))
            and (not wanted.before or again == (wanted.before == "again"))
            and (not wanted.role or (case.id, wanted.role) in seats)
            and (wanted.whose != "free" or not had)
            and (wanted.whose != "mine" or any(each.person == BEN for each in had))
            and all(word in said for word in wanted.words.split())
        )

    for wanted, some in zip(CHOICES, found, strict=True):
        assert [each.id for each in some] == [each.id for each in queue if fits(known[each.id], wanted)], (
            wanted
        )
    assert sum(0 < len(some) < len(queue) for some in found) > 2, "most choices part the queue"


def test_what_was_put_off_stands_on_home_of_who_still_reads_it(store: Store, book: Ledger) -> None:
    """Dan put it off, and then it became Eve's and confidential."""
    in_review(book)
    wish: dict[str, Any] = {"case": "case-1"}
    terms = (Term(due=date(2026, 12, 4)),)
    play(book, Approve(actor=BEN, key=key(), **wish, conditions=("Tell them",), terms=terms))
    owner = {"owner": answered(DAN)}
    play(book, Change(actor=ANA, key=key(), **wish, answers=owner, effect="stands"))
    with store.read() as session:
        kinds = select(DueRow.kind).where(col(DueRow.kind).startswith("condition:"))
        name = session.exec(kinds).one()
    until = date(2026, 12, 2)
    play(book, Snooze(actor=DAN, key=key(), **wish, errand=name, until=until, reason="A fair"))

    def off(person: str) -> list[str]:
        with store.read() as session:
            return [each.errand for each in lists.put_off(session, Reader(person=person), Span(0, 9))[0]]

    assert off(DAN) == [name]
    play(book, Change(actor=DAN, key=key(), **wish, answers={"owner": answered(EVE)}, effect="stands"))
    with store.write() as session:
        row = session.get_one(UseRow, "case-1")
        row.confidential = True
        session.add(row)
    assert off(DAN) == []
