"""Tags of other management systems: beside the record, by its reference, each once, and no evidence of anything."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import BEN
from tests.triage.aims.test_entries import approved, drafted, drafting
from tests.triage.aims.test_entries import desk as of_entries
from triage.aims.decide import Beside, decide
from triage.aims.entry import Entry
from triage.aims.kinds import kinds
from triage.aims.tags import KIND, RECORDS, known, may_be_tagged, same_tag, tag_named, tags_of
from triage.outcome import Refused

REF = "AIM-2026-0004"


def tagged(kind: str = "policy", name: str = REF, **said: Any) -> Entry:
    wish = drafting(BEN, KIND, name, said={"record": (REF,), **said})
    return decide(None, wish, of_entries(), Beside(tagged=kind))


def record(kind: str = "scope", **said: Any) -> Entry:
    return approved(drafted(kind=kind, said=said)) if said else approved(drafted())


def test_one_record_serves_several_and_names_each_once() -> None:
    entry = tagged(serves=("iso_27001", "soc_2"), others=("iso/iec 27001", "TISAX", "tisax"))
    assert entry.in_force is not None, "it changes nothing of the record, so nobody has to approve it"
    assert tags_of(record(), entry) == ("iso_27001", "soc_2", "TISAX")


def test_a_document_serves_where_it_is_held_without_being_tagged() -> None:
    held = {"title": "Security policy", "points": ("7.5.1",), "system": "iso_27001", "origin": "inside"}
    assert tags_of(record("document", **held), None) == ("iso_27001",)
    assert tags_of(record("document", **held), tagged("document", serves=("iso_27001",))) == ("iso_27001",)
    assert tags_of(record("document", **held | {"system": "own"}), None) == ()


@pytest.mark.parametrize("written", ["ISO/IEC 27001", "iso 27001", "ISO-27001", "iso_27001"])
def test_what_is_written_otherwise_is_the_same(written: str) -> None:
    assert same_tag(written) == same_tag("iso_27001")
    assert tag_named(written) == "iso_27001"
    assert len({same_tag(each) for each in known()}) == len(known())


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("", REF, {"serves": ("soc_2",)}),
        ("assessment", REF, {"serves": ("soc_2",)}),
        (KIND, REF, {"serves": ("soc_2",)}),
        ("policy", "AIM-2026-0005", {"serves": ("soc_2",)}),
        ("policy", REF, {"others": ("--",)}),
        ("policy", REF, {}),
        ("policy", REF, {"serves": ("iso_1",)}),
    ],
)
def test_a_tag_without_a_record_or_a_name_is_refused(kind: str, name: str, said: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        tagged(kind, name, **said)
    assert refused.value.key == "entry_field"


def test_only_what_counts_is_tagged() -> None:
    assert may_be_tagged(record())
    assert not may_be_tagged(drafted())
    assert set(RECORDS) <= kinds().keys()
    assert {"supplier", "policy", "document", "risk", "control"} <= set(RECORDS)


def test_a_tag_documents_no_clause() -> None:
    assert kinds()[KIND].points == ()
