"""What is found of one tool: all that may be shown of it and nothing else, the newest first, by an index."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import inspect, text

from intake.likeness import topics
from store import of_tool
from store.engine import Store
from store.tables import PersonRow, ToolRow, UseRow
from tests.builders import ANA, BEN, DAN, NOW
from tests.store.test_digest import book
from triage.purposes import Known
from triage.register import Reader

__all__ = ["book"]
ANYBODY = Reader(person=DAN)
OVERSEES = Reader(person=BEN, roles=frozenset({"reviewer"}))


@pytest.fixture
def uses(store: Store) -> Store:
    """Thirty approved uses of Otter, the first of them about leaflets; one of each other kind; two of other tools."""
    with store.write() as session:
        for person in (ANA, BEN, DAN):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        for tool in ("otter", "deepl"):
            session.add(
                ToolRow(id=tool, slug=tool, name=tool, state="known", source="catalogue", updated_at=NOW)
            )
        session.flush()
        for number in range(30):
            title = "Translate 100% of our leaflets" if number == 0 else "Minutes of meetings"
            session.add(_row(number, "approved", title=title))
        for number, state in enumerate(("in_review", "declined", "disclosed", "draft", "withdrawn"), 50):
            session.add(_row(number, state))
        session.add(_row(60, "approved", confidential=True))
        session.add(_row(61, "approved", tool_id="deepl", title="Translate leaflets"))
        session.add(_row(62, "approved", tool_id=None, tool_name="Foobar", title="Polish texts"))
    return store


def _row(number: int, state: str, **change: Any) -> UseRow:
    at = NOW + timedelta(hours=number)
    given: dict[str, Any] = {
        "id": f"use-{number:02}",
        "ref": f"AIU-2026-{number + 1:04}",
        "title": "Minutes",
        "state": state,
        "requester_id": ANA,
        "owner_id": ANA,
        "tool_id": "otter",
        "tool_name": "Otter.ai",
        "submitted_at": NOW,
        "created_at": at,
        "updated_at": at,
    }
    return UseRow(**given | change)


def found(
    store: Store, reader: Reader, about: str = "", *, tool: str = "otter", name: str = ""
) -> list[Known]:
    with store.read() as session:
        return of_tool.of_tool(session, reader, tool, name, topics(about))


def ids(known: list[Known]) -> list[str]:
    return [each.use.id for each in known]


def test_the_newest_of_each_status_that_the_reader_may_see(uses: Store) -> None:
    seen = ids(found(uses, ANYBODY))
    assert seen == [f"use-{number:02}" for number in range(29, 9, -1)]
    assert set(ids(found(uses, OVERSEES))) - set(seen) == {"use-50", "use-51", "use-52"}
    assert set(ids(found(uses, Reader(person=ANA)))) == set(ids(found(uses, OVERSEES)))
    assert found(uses, Reader(person=DAN, outsider=True)) == []


def test_what_is_confidential_is_found_by_nobody(uses: Store) -> None:
    with uses.read() as session:
        beside = of_tool.beside(session, Reader(person=ANA), ["otter"], compared=True)
    assert "use-60" not in ids([*found(uses, Reader(person=ANA)), *beside])
    assert beside


def test_what_is_older_is_found_by_its_words(uses: Store) -> None:
    assert "use-00" not in ids(found(uses, ANYBODY, "minutes"))
    assert "use-00" in ids(found(uses, ANYBODY, "translation of leaflets"))
    assert "use-00" not in ids(found(uses, ANYBODY, "translation of posters"))
    assert len(set(ids(found(uses, ANYBODY, "leaflets")))) == len(found(uses, ANYBODY, "leaflets"))


@pytest.mark.parametrize("written", ["Foobar", "foobar", "FOOBAR"])
def test_what_the_catalogue_does_not_know_is_found_by_its_name(uses: Store, written: str) -> None:
    assert ids(found(uses, ANYBODY, tool="", name=written)) == ["use-62"]


def test_beside_is_what_is_approved_of_others(uses: Store) -> None:
    with uses.read() as session:
        of_these = of_tool.beside(session, ANYBODY, ["deepl"], compared=False)
        every = of_tool.beside(session, ANYBODY, ["deepl"], compared=True)
    assert ids(of_these) == ["use-61"]
    assert {"use-61", "use-62", "use-29"} <= set(ids(every))
    assert len(set(ids(every))) == len(every)


def test_the_newest_come_by_an_index_without_sorting(uses: Store) -> None:
    names = {index["name"] for index in inspect(uses.engine).get_indexes("use")}
    assert "ix_use_tool_id_state_updated_at" in names
    if not uses.on_sqlite:  # there, which plan is taken depends on how much there is
        return
    query = of_tool._of(ANYBODY, False, of_tool.STATES[1]).limit(1).params(tools=["otter"])
    compiled = query.compile(uses.engine, compile_kwargs={"literal_binds": True, "render_postcompile": True})
    with uses.read() as session:
        plan = session.connection().execute(text(f"EXPLAIN QUERY PLAN {compiled}")).all()
    told = "\n".join(str(row[3]) for row in plan)
    assert "ix_use_tool_id_state_updated_at" in told
    assert "TEMP B-TREE" not in told
