"""Suppliers: who writes, who looks, how long it holds, and what a document shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake.source import Damaged
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_desk
from tests.triage.aims.test_covering import at, covered
from tests.triage.aims.test_entries import drafting, on
from triage.aims.authors import written_by
from triage.aims.calling import holders
from triage.aims.decide import Beside, decide
from triage.aims.entry import Entry, Said
from triage.aims.errands import errands
from triage.aims.evidence import plan
from triage.aims.supplied import Known, is_about, paper_of, papers_of, same_name, standing, unfinished
from triage.aims.suppliers import FILE, suppliers
from triage.aims.wishes import ActOnEntry, ApproveEntry
from triage.desk import Desk
from triage.outcome import Refused

HELD = {
    "vendor_manager": frozenset((BEN,)),
    "security": frozenset((DAN,)),
    "privacy": frozenset((DAN,)),
    "legal": frozenset((EVE,)),
    "risk_owner": frozenset((CLEO,)),
}
KNOWN = Known(key="otter", name="Otter.ai", vendor="Otter")
PART: dict[str, Said] = {"title": "Otter.ai", "terms": "Enterprise", "trains": "no", "until": "2027-11-01"}
REST: dict[str, Said] = {"security": "Audited", "privacy": "Voices", "legal": "Fine", "fit": "fit"}
DEEP: dict[str, Said] = dict.fromkeys(
    ("data_use", "people_rights", "changes", "incidents", "fallback", "leaving"), "Said"
)
PAPER: dict[str, Said] = {
    "title": "Certificate",
    "what": "iso_27001",
    "tool": "Otter.ai",
    "scope": "Hosting",
    "link": "https://example.com/trust",
    "until": "2027-02-01",
    "points": ("A.6.2.3",),
}


def desk(days: int = 0) -> Desk:
    return a_desk(roles=HELD, now=NOW + timedelta(days=days))


def written(by: str, said: dict[str, Said], before: Entry | None = None) -> Entry:
    seen = len(before.drafts) if before else 0
    wish = drafting(by, "supplier", "otter", said=said, seen=seen, entry="supplier:otter")
    return decide(before, wish.model_copy(update={"key": f"k{seen}"}), desk()).model_copy(
        update={"ref": "AIS-1"}
    )


def whole(**more: Said) -> Entry:
    return written(DAN, PART | REST | more, written(BEN, PART))


def yes(entry: Entry, by: str = CLEO, known: Known = KNOWN, days: int = 1) -> Entry:
    assert entry.proposed is not None
    wish = ApproveEntry(**on(entry, by), draft=entry.proposed.number)
    return decide(entry, wish, desk(days), Beside(supplier=known))


def brought(**more: Said) -> Entry:
    return decide(None, drafting(BEN, "supplier_paper", said=PAPER | more), desk())


def day(days: int) -> date:
    return NOW.date() + timedelta(days=days)


@pytest.mark.parametrize(
    ("person", "refusal"),
    [(BEN, "own_share"), (DAN, "own_draft"), (CLEO, ""), (EVE, ""), (ANA, "not_in_role_here")],
)
def test_nobody_who_wrote_a_part_says_yes(person: str, refusal: str) -> None:
    """Ben began it and Dan went on; Eve and Cleo wrote nothing; Ana holds no role."""
    if not refusal:
        assert yes(whole(), person).in_force is not None
        return
    with pytest.raises(Refused, match=refusal):
        yes(whole(), person)


def test_whose_words_still_stand_says_no_yes_to_a_later_version_either() -> None:
    again = written(EVE, PART | REST | {"fit": "not_fit"}, yes(whole()))
    for person in (BEN, DAN):
        with pytest.raises(Refused, match="own_share"):
            yes(again, person)
    assert yes(again, CLEO).in_force is not None
    other: dict[str, Said] = dict.fromkeys(("title", "terms", "security", "privacy", "legal"), "By Eve")
    anew = written(
        EVE, PART | REST | other | {"trains": "yes", "fit": "not_fit", "until": "2027-06-01"}, yes(whole())
    )
    assert yes(anew, BEN).in_force is not None, "nothing of his stands there any more"


@pytest.mark.parametrize("field", suppliers().short)
def test_what_lacks_a_part_waits_for_whoever_has_it_and_for_nobodys_yes(field: str) -> None:
    said = {name: value for name, value in (PART | REST).items() if name != field}
    entry = written(BEN, said)
    assert unfinished(entry)
    (waits,) = [each for each in errands(entry, desk()) if each.kind in ("part", "approval")]
    assert waits.kind == "part"
    role = next((r for r, fields in suppliers().parts.items() if field in fields), "vendor_manager")
    assert holders(waits, entry, desk()) == tuple(sorted(HELD[role]))
    with pytest.raises(Refused, match="supplier_unfinished"):
        yes(entry)


def test_fit_with_conditions_names_them() -> None:
    with pytest.raises(Refused, match="supplier_unfinished"):
        yes(whole(fit="with_conditions"))
    entry = yes(whole(fit="with_conditions", bounds=("No calls",)))
    assert standing(entry, KNOWN, (), day(2)) == "with_conditions"


def test_it_holds_until_its_day_and_no_longer() -> None:
    entry = yes(whole())
    last = date(2027, 11, 1)
    assert standing(None, KNOWN, (), day(0)) == "none"
    assert standing(whole(), KNOWN, (), day(0)) == "waits"
    assert standing(entry, KNOWN, (), last) == "fit"
    assert standing(entry, KNOWN, (), last + timedelta(days=1)) == "ended"
    with pytest.raises(Refused, match="supplier_over"):
        yes(whole(until="2026-11-22"))


def test_other_terms_make_it_stale_and_nobody_approves_what_is_stale() -> None:
    other = KNOWN.model_copy(update={"facts": "b" * 32})
    assert standing(yes(whole()), other, (), day(2)) == "stale"
    with pytest.raises(Refused, match="supplier_moved"):
        yes(whole(), known=other)
    assert standing(yes(whole(known="b" * 32), known=other), other, (), day(2)) == "fit"


def test_a_document_that_ended_since_makes_it_stale_and_one_that_had_ended_does_not() -> None:
    entry = yes(whole())
    ended = papers_of([brought()], KNOWN, date(2027, 2, 2))
    assert standing(entry, KNOWN, ended, date(2027, 2, 2)) == "stale"
    assert standing(entry, KNOWN, papers_of([brought()], KNOWN, date(2027, 2, 1)), date(2027, 2, 1)) == "fit"
    before = papers_of([brought(until="2026-11-01")], KNOWN, day(2))
    assert standing(entry, KNOWN, before, day(2)) == "fit"


def test_the_long_form_is_needed_where_much_is_at_stake() -> None:
    assert standing(yes(whole()), KNOWN, (), day(2), long=True) == "short"
    assert standing(yes(whole(**DEEP)), KNOWN, (), day(2), long=True) == "fit"


def test_who_wrote_what_follows_from_the_versions() -> None:
    by = written_by(whole(terms="Others"))
    assert (by["trains"], by["terms"], by["security"]) == (BEN, DAN, DAN)


@pytest.mark.parametrize("name", ["otter.ai", "OTTER", " Otter.AI "])
def test_a_document_is_about_a_tool_or_all_of_its_vendor(name: str) -> None:
    assert is_about(brought(tool=name), KNOWN)
    assert not is_about(brought(tool="Otter Two"), KNOWN)
    assert same_name(name) in KNOWN.names


def test_whoever_brought_it_does_not_look_into_it() -> None:
    paper = brought()
    said: dict[str, Said] = {"holds": "yes", "found": "It names our service."}
    wish = ActOnEntry(**on(paper, BEN), act="looked_into", said=said, seen=paper.version)
    with pytest.raises(Refused, match="own_draft_act"):
        decide(paper, wish, desk(1))
    looked = decide(paper, wish.model_copy(update={"actor": DAN}), desk(1))
    found = paper_of(looked, day(2))
    assert found is not None
    assert (found.holds, found.checked) == ("yes", day(1))


def test_before_it_ends_the_vendor_manager_hears() -> None:
    (waits,) = errands(brought(), desk())
    assert (waits.kind, waits.due) == ("ending", date(2027, 2, 1))
    assert holders(waits, brought(), desk()) == (BEN,)
    alone = replace(desk(), roles={"governance_lead": frozenset((ANA,))})
    assert holders(waits, brought(), alone) == (ANA,)


def test_what_has_ended_documents_nothing_and_what_is_only_there_is_no_operation() -> None:
    paper = brought().model_copy(update={"ref": "AIP-1"})
    for point in ("A.10.3", "A.6.2.3"):
        assert at(point, covered(entries=[paper])).standing == "document"
    over = brought(until="2026-11-01").model_copy(update={"ref": "AIP-1"})
    assert at("A.10.3", covered(entries=[over])).standing == "nothing"
    said: dict[str, Said] = {"holds": "yes", "found": "It names our service."}
    looked = decide(paper, ActOnEntry(**on(paper, DAN), act="looked_into", said=said, seen=1), desk(1))
    shown = at("A.10.3", covered(entries=[looked.model_copy(update={"ref": "AIP-1"})]))
    assert (shown.standing, [each.name for each in shown.evidence]) == ("operating", ["papers"])
    assert "papers" in plan().sources


def test_all_faults_of_the_data_are_named(tmp_path: Path) -> None:
    text = FILE.read_text().replace("waits_from: 3", "waits_from: 7").replace("soc_2", "soc_9")
    (tmp_path / "suppliers.yaml").write_text(text)
    with pytest.raises(Damaged) as damaged:
        suppliers(tmp_path / "suppliers.yaml")
    assert "is not a tier" in str(damaged.value)
    assert "`soc_9` is not known" in str(damaged.value)
