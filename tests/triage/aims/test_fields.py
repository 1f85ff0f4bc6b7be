"""What a field takes: references in their shape alone, since they cannot be erased, and whole numbers with an end."""

from __future__ import annotations

import pytest

from tests.builders import a_desk
from triage.aims.check import checked
from triage.aims.entry import Said
from triage.aims.kinds import Field
from triage.outcome import Refused


def kept(kind: str, said: Said, id: str = "refs") -> Said | None:
    return checked([Field.model_validate({"id": id, "kind": kind})], {id: said}, a_desk()).get(id)


@pytest.mark.parametrize("text", ["AIU-2026-0001", "AIM-2026-12345", "A.6.2.4", "10.2", "line 1204"])
def test_references_are_taken(text: str) -> None:
    assert kept("refs", (text,)) == (text,)


def test_they_are_kept_as_they_are_written_however_they_were_typed() -> None:
    assert kept("refs", (" aiu-2026-0001 ",)) == ("AIU-2026-0001",)


@pytest.mark.parametrize(
    "text",
    [
        "Ana told me that Ben is ill",
        "AIU-2026-0001 of Ana",
        "AIU-26-1",
        "AIU-２０２６-0001",
        "line ten",
        "A.99",
    ],
)
def test_no_sentence_is_sealed_as_a_reference(text: str) -> None:
    with pytest.raises(Refused) as refused:
        kept("refs", (text,))
    assert refused.value.facts["wrong"] == "refs"


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("uses", "AIU-2026-0001", "AIM-2026-0001"),
        ("sample", "AIU-2026-0001", "10.2"),
        ("rests", "proposed=yes", "Ana told me"),
        ("decided", "X.1=12", "AIU-2026-0001"),
    ],
)
def test_where_something_narrower_is_meant_nothing_else_is_taken(field: str, good: str, bad: str) -> None:
    assert kept("refs", (good,), field) == (good,)
    with pytest.raises(Refused):
        kept("refs", (bad,), field)


@pytest.mark.parametrize("number", [10**5000, 10**9, "9" * 5000, "²", "٣", "1" * 10], ids=lambda _: "")
def test_a_whole_number_has_an_end(number: Said) -> None:
    with pytest.raises(Refused) as refused:
        kept("whole", number)
    assert refused.value.facts["wrong"] == "whole"


def test_one_that_people_count_is_taken() -> None:
    assert (kept("whole", "999999999"), kept("whole", 0)) == (999999999, 0)
