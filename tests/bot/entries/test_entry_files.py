"""Files of entries: every fault at once, by its line; what is written reads back; nothing is put forward twice."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.cli.system import parts
from bot.entries.drafting import Put, put_forward
from bot.entries.reading import ASKED, NAME, REF, Stated, read_entries
from bot.entries.writing import to_tree, to_yaml
from intake.source import Damaged, Faults, read_text
from intake.steering import STEERING
from store import aims
from store.audit import verify_store
from store.engine import Store
from store.tables import AimsStepRow, PersonRow
from tests.builders import BEN, CLEO, DAN, NOW, a_desk
from triage.aims.decide import decide
from triage.aims.entry import Entry, entry_id
from triage.aims.kinds import Kind, kinds
from triage.aims.standard import points
from triage.aims.wishes import ApproveEntry, DraftEntry, SendEntryBack
from triage.desk import Desk
from triage.outcome import Refused
from triage.roles import ROLES, SEATED

EXAMPLE = Path(__file__).parents[3] / "bot" / "examples" / "aims.yaml"
EVERYBODY = {role: frozenset((BEN, CLEO, DAN)) for role in SEATED}


def desk() -> Desk:
    known = a_desk(roles=EVERYBODY)
    return replace(known, organisation=known.organisation.model_copy(update={"units": ()}))


def find(said: str) -> str | None:
    return said if said != "nobody@example.com" else None


def reading(text: str) -> list[Stated]:
    faults = Faults()
    top = read_text(text, "aims.yaml", faults)
    found = read_entries(top, faults, desk(), find) if top else []
    faults.stop_if_any()
    return found


def faults_of(text: str) -> list[str]:
    with pytest.raises(Damaged) as damaged:
        reading(text)
    return [str(fault) for fault in damaged.value.faults]


# --- reading


FAULTY = """\
version: 1
colour: red
scope:
  covers: All
  activities: ["Selling\\LBuying"]
  link: somewhere
context:
  purpose: "\\0"
  plays: [uses, buys]
  climate: "yes"
objective:
  - title: Trained
    measure: Share
    target: All
    how: Lists
    owner: nobody@example.com
    due: 31 June
  - title: trained
    measure: Share
    target: All
    how: Lists
    owner: U0BEN
    due: "2027-06-31"
document:
  title: A list it is not
control:
  - applies: "yes"
    because: x
    state: done
"""


def test_all_faults_are_told_at_once_with_their_lines() -> None:
    found = faults_of(FAULTY)
    assert [each.split(": ", 1)[0].removeprefix("aims.yaml:") for each in found] == [
        "2", "5", "6", "7", "8", "9", "16", "17", "18", "23", "24", "27",
    ]  # fmt: skip
    told = "\n".join(found)
    for part in (
        "`colour` is not a field here", "holds a line break", "is no link", "`climate_why` is missing",
        "holds a sign that cannot be kept", "`buys` is not known here", "`nobody@example.com` is nobody",
        "is no day", "stands here twice (first in line 12)", "must be a list", "`name` is missing",
    ):  # fmt: skip
        assert part in told, part


@pytest.mark.parametrize("text", ["version: 2\n", "scope: {}\n", "- a\n", "version: 1\nscope: [a]\n"])
def test_what_is_no_such_file_is_told(text: str) -> None:
    assert faults_of(text)


def test_what_nobody_is_sure_of_is_left_open() -> None:
    (scope,) = reading("version: 1\nscope: {covers: not sure, activities: [a], link: not sure}\n")
    assert (scope.is_whole, scope.open, scope.said) == (False, ("covers", "link"), {"activities": ("a",)})


def test_the_example_reads_and_the_clauses_it_names_are_there() -> None:
    found = reading(EXAMPLE.read_text())
    assert {each.kind.id for each in found} == {part.kind.id for part in parts()} | {"control"}
    assert all(each.is_whole for each in found)


def test_no_field_of_a_kind_is_called_like_what_stands_beside_them() -> None:
    assert not {REF, NAME, ASKED} & {field.id for kind in kinds().values() for field in kind.fields}
    assert not {"version", ASKED} & kinds().keys()


# --- round trip

SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
ODD = st.sampled_from(
    ["no", "1.10", "2027-01-01", "*a", "&b", "# c", "\u202eevil", "\x1b[31m", "=1+1", "<!here>", "~", "<<"]
)
WORDS = st.one_of(ODD, st.text(SIGNS, min_size=1, max_size=30)).filter(lambda text: bool(text.strip()))
LINE = WORDS.map(lambda text: " ".join(text.split()) or "a").filter(lambda text: text != "not sure")
LINES = st.lists(LINE, min_size=1, max_size=3, unique=True).map(tuple)


def values(field: Any) -> st.SearchStrategy[Any]:
    named = {
        "words": WORDS.filter(lambda text: text.strip() != "not sure"),
        "line": LINE,
        "lines": LINES,
        "units": LINES,
        "link": st.just("https://example.com/a?b=c#d"),
        "day": st.dates().map(lambda day: day.isoformat()),
        "whole": st.integers(min_value=0, max_value=10**9),
        "person": st.sampled_from([BEN, CLEO]),
        "people": st.just((BEN, CLEO)),
        "role": st.sampled_from(ROLES),
        "place": st.just("place-1"),
        "points": st.just(tuple(points())[:2]),
        "refs": st.just(("AIU-2026-0001",)),
    }
    if field.kind in ("choice", "choices"):
        one = st.sampled_from(field.choices)
        return one if field.kind == "choice" else st.lists(one, min_size=1, unique=True).map(tuple)
    return named[field.kind]


@st.composite
def said(draw: st.DrawFn) -> tuple[Kind, Mapping[str, Any]]:
    kind = kinds()[draw(st.sampled_from(sorted(kinds())))]
    fields = [each for each in kind.fields if each.needed or draw(st.booleans())]
    return kind, {each.id: draw(values(each)) for each in fields}


def in_force(kind: Kind, fields: Mapping[str, Any]) -> Entry | None:
    name = "a-name" if kind.named else ""
    id = entry_id(kind, name, "k1")
    try:
        entry = decide(
            None, DraftEntry(actor=BEN, key="k1", entry=id, kind=kind.id, name=name, said=fields), desk()
        )
        for number, person in enumerate((CLEO, DAN)[: kind.approvals]):
            entry = decide(entry, ApproveEntry(actor=person, key=f"a{number}", entry=id, draft=1), desk())
    except Refused:
        return None
    return entry.model_copy(update={"ref": "AIM-2026-0001"})


@given(said())
def test_what_is_written_reads_back(given_: tuple[Kind, Mapping[str, Any]]) -> None:
    """Whatever people wrote, and however YAML would take it; and nothing in it steers a terminal."""
    entry = in_force(*given_)
    if entry is None or entry.in_force is None:
        return
    text = to_yaml(to_tree([entry], lambda person: person))
    assert not STEERING.search(text)
    (found,) = reading(text)
    assert dict(found.said) == dict(entry.in_force.said)
    assert (found.kind.id, found.name) == (entry.kind, entry.name)


# --- putting forward


@pytest.fixture
def people(store: Store) -> Store:
    with store.write() as session:
        for number, person in enumerate((BEN, CLEO, DAN)):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{number}", updated_at=NOW))
    return store


def puts(store: Store, text: str) -> list[Put]:
    with store.write() as session:
        return put_forward(session, reading(text), desk())


def became(store: Store, text: str) -> list[str]:
    return [each.became for each in puts(store, text)]


def steps(store: Store) -> int:
    with store.read() as session:
        return len(session.exec(select(AimsStepRow)).all())


GOAL = """\
version: 1
objective:
  - {{title: {title}, measure: a, target: {target}, how: c, owner: P-ben, due: '2027-01-01'}}
"""
SCOPE = "version: 1\nscope: {{covers: {covers}, activities: [b]}}\n"


@pytest.mark.parametrize("text", [GOAL.format(title="A", target="b"), SCOPE.format(covers="a")])
def test_the_same_file_twice_drafts_nothing(people: Store, text: str) -> None:
    assert became(people, text) == ["new"]
    assert became(people, text) == ["same"]
    assert steps(people) == 1


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(said())
def test_no_content_is_drafted_twice(people: Store, given_: tuple[Kind, Mapping[str, Any]]) -> None:
    """Neither as a draft, nor once it counts."""
    entry = in_force(*given_)
    if entry is None:
        return
    text = to_yaml(to_tree([entry], lambda person: person)).replace("ref: AIM-2026-0001", "")
    puts(people, text)
    before = steps(people)
    (again,) = puts(people, text)
    assert (again.became, steps(people)) == ("same", before)
    assert again.entry is not None
    for person in (CLEO, DAN):
        with suppress(Refused):  # some kinds want more than a yes
            approve(people, again.entry.id, person)
    assert [each.became for each in puts(people, text)] == ["same"]


def approve(store: Store, id: str, person: str) -> None:
    with store.write() as session:
        entry = aims.load(session, id)
        waits = entry.proposed if entry is not None else None
        if waits is not None:
            key = f"{id}:{waits.number}:{person}"
            aims.carry_out(session, ApproveEntry(actor=person, key=key, entry=id, draft=waits.number), desk())


def test_two_who_put_the_same_file_forward_at_once_make_one_draft(people: Store, database_url: str) -> None:
    stores = [Store(database_url, now=lambda: NOW) for _ in range(2)]
    begin, text = threading.Barrier(2), GOAL.format(title="A", target="b")

    def run(mine: Store) -> None:
        begin.wait()
        puts(mine, text)

    threads = [threading.Thread(target=run, args=(each,)) for each in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in stores:
        each.close()
    assert steps(people) == 1


def test_a_change_is_a_new_version_of_the_same_entry_found_by_its_title_or_reference(people: Store) -> None:
    (first,) = puts(people, GOAL.format(title="A", target="b"))
    (second,) = puts(people, GOAL.format(title="A", target="c"))
    assert first.entry is not None
    assert second.entry is not None
    assert (second.became, second.entry.id, len(second.entry.drafts)) == ("changed", first.entry.id, 2)
    named = GOAL.format(title="Other", target="c").replace("{title", f"{{ref: {first.entry.ref}, title")
    (third,) = puts(people, named)
    assert third.entry is not None
    assert (third.became, third.entry.id) == ("changed", first.entry.id)


def test_what_an_operator_put_forward_counts_for_nothing_by_itself(people: Store) -> None:
    (found,) = puts(
        people,
        "version: 1\ncontrol: [{name: A.2.2, applies: 'yes', because: x, state: done, owner: P-ben}]\n",
    )
    assert found.entry is not None
    assert found.entry.in_force is None


def test_nothing_is_kept_where_anything_does_not_fit(people: Store) -> None:
    named = GOAL.format(title="A", target="b").replace("{title", "{ref: AIM-2026-0099, title")
    with pytest.raises(Damaged) as damaged:
        puts(people, named + SCOPE.format(covers="a").removeprefix("version: 1\n"))
    assert "there is no objective 'AIM-2026-0099'" in str(damaged.value)
    assert steps(people) == 0
    with people.read() as session:
        assert verify_store(session).ok


def test_a_title_that_several_have_asks_for_the_reference(people: Store) -> None:
    for number in range(2):
        with people.write() as session:
            key = f"k{number}"
            fields = {"title": "A", "success": "b", "owner": BEN, "due": "2027-01-01"}
            id = entry_id(kinds()["action"], "", key)
            aims.carry_out(
                session, DraftEntry(actor=BEN, key=key, entry=id, kind="action", said=fields), desk()
            )
    with pytest.raises(Damaged) as damaged:
        puts(people, "version: 1\naction: [{title: A, success: c, owner: P-ben, due: '2027-01-01'}]\n")
    assert "is the title of several" in str(damaged.value)


def test_what_was_sent_back_is_not_put_forward_as_it_was(people: Store) -> None:
    puts(people, SCOPE.format(covers="a"))
    with people.write() as session:
        wish = SendEntryBack(actor=CLEO, key="s", entry="scope", draft=1, reason="Too little")
        aims.carry_out(session, wish, desk())
    assert became(people, SCOPE.format(covers="a")) == ["sent_back"]
    assert became(people, SCOPE.format(covers="more")) == ["changed"]


def test_a_name_that_is_none_is_told_by_its_line(people: Store) -> None:
    with pytest.raises(Damaged) as damaged:
        puts(
            people,
            f"version: 1\ncontrol:\n  - {{name: {'x' * 61}, applies: 'no', because: x, state: done}}\n",
        )
    assert "aims.yaml:3: control.1.name: needs a short name on one line" in str(damaged.value)
