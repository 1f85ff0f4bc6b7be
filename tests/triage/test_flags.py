"""docs/flags.md says how often each flag holds over the cases of the guide, and on what; the table is the truth."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.triage.reading import FORM, d5_cases
from triage.case import Status
from triage.policies import book_with
from triage.rehearsing import Registered
from triage.tallying import Tallied, tally

PAGE = Path(__file__).resolve().parents[2] / "docs" / "flags.md"
EVERY = book_with()


@pytest.fixture(scope="module")
def found() -> Tallied:
    uses = [
        Registered(name=case.name, title="", status=Status.draft, answers=case.answers, stated=case.settings)
        for case in d5_cases()
    ]
    return tally(FORM, EVERY, uses)


def rows(found: Tallied) -> Iterator[str]:
    for each in found.flags:
        yield f"| `{each.id}` | {each.holds} | {each.open} | {'; '.join(each.first)} |"


def test_the_table_is_what_the_rules_do(found: Tallied) -> None:
    shown = re.findall(r"^\| `\w+` \| \d+ \| \d+ \| .*\|$", PAGE.read_text(), re.M)
    assert shown == list(rows(found))


def test_every_case_is_counted_once(found: Tallied) -> None:
    assert found.uses == len(d5_cases())
    assert all(each.holds + each.open <= found.uses for each in (*found.flags, *found.rules))
    assert {each.id for each in found.flags} == set(EVERY.flags)


def test_most_flags_are_silent_on_harmless_office_work(found: Tallied) -> None:
    """Only what holds for everybody does: literacy."""
    (grammar,) = [case for case in d5_cases() if case.name.startswith("grammar help")]
    use = Registered(
        name="x", title="", status=Status.draft, answers=grammar.answers, stated=grammar.settings
    )
    alone = tally(FORM, EVERY, [use])
    assert [each.id for each in alone.flags if each.holds or each.open] == ["literacy"]
