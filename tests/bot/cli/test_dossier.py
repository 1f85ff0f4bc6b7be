"""One use on a few pages: all that is kept of it, for who may read it, as of any day, the same bytes each time."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dossier.made import dossier
from bot.dossier.paper import to_sheet
from bot.library import library
from bot.pack.sections import Bars, Table
from bot.slack.shape import fitting
from bot.words import Words
from store import aims, people
from store.dossier import kept
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.suppliers import Supplies
from store.tables import PlaceRow
from tests.bot.cli import storied
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_desk
from tests.hostile.test_terminal import _story, steering
from tests.hostile.words import HOSTILE
from tests.store.test_digest_suppliers import SAID as PAPER
from triage.aims.supplied import PAPER as KIND
from triage.aims.wishes import DraftEntry
from triage.confidences import Confide, NameReader
from triage.reviewwishes import OpenReview

PEOPLE = (ANA, BEN, CLEO, DAN, EVE)
INSIDE = (
    "She is my sister.",
    "For whom?",
    "For the sales team.",
    "Since May.",
    "https://example.org/a",
    "Fits.",
)
"""Reasons, questions, answers and evidence of the use with conditions."""


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store, beforehand=True)
    return store


def ref_of(store: Store, case: str) -> str:
    with store.read() as session:
        known = load(session, case)
    assert known is not None
    return str(known.ref)


@pytest.fixture
def page(steward: Any, told: Store, tmp_path: Path) -> Any:
    def make(case: str, *more: str) -> str:
        out = tmp_path / "d.html"
        code, _, errors = steward("dossier", ref_of(told, case), "--out", out, *more)
        assert code == 0, errors
        return out.read_text(encoding="utf-8")

    return make


class Read(HTMLParser):
    """What stands in each section, as somebody reads it; and every element with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.sections: dict[str, str] = {}
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "section":
            self._in = dict(attrs).get("id") or ""

    def handle_data(self, data: str) -> None:
        self.sections[self._in] = f"{self.sections.get(self._in, '')}{data}\t"


ALL = ("what", "result", "decisions", "gaps", "used", "watched", "incidents", "versions", "known", "proof")


def test_every_part_is_there_and_the_contents_lead_to_each(page: Any) -> None:
    read = Read(page(storied.CONDITIONAL))
    assert tuple(name for name in read.sections if name) == ALL
    links = [attrs["href"] for tag, attrs in read.elements if tag == "a"]
    assert links == [f"#{name}" for name in ALL]


def test_facts_say_who_when_and_how_sure(page: Any) -> None:
    what = Read(page(storied.REFERRED)).sections["what"]
    assert "not sure" in what
    assert ANA in what
    assert EVE in what, "whoever settled the open question said it"
    assert "2026-11-25" in what
    assert "What was said before" in what


def test_the_result_has_reasons_rules_versions_and_law(page: Any) -> None:
    result = Read(page(storied.CONDITIONAL)).sections["result"]
    assert "high" in result
    assert "Regulation (EU) 2024/1689" in result
    assert re.search(r"eu-ai-act\s+\d+\s+[0-9a-f]{64}", result)
    assert "own-inner" in result


def test_every_version_of_the_result_says_what_moved_it(page: Any) -> None:
    versions = Read(page(storied.CONDITIONAL)).sections["versions"]
    assert "the first judgement" in versions
    assert "rules in force: own" in versions
    moved = Read(page(storied.REFERRED)).sections["versions"]
    assert re.search(r"Data: Internal, but about no one \(P-eve\)", moved)


def test_decisions_have_roles_facts_policies_conditions_and_evidence(page: Any) -> None:
    decided = Read(page(storied.CONDITIONAL)).sections["decisions"]
    for words in (
        *INSIDE,
        "Only in English",
        "Nobody's name",
        f"{BEN} (reviewer)",
        "Under the rules",
        "On the facts",
    ):
        assert words in decided, words
    against = Read(page(storied.DECLINED)).sections["decisions"]
    assert "against it" in against
    assert "A contract." in against
    two = Read(page(storied.EXCEPTED)).sections["decisions"]
    assert "An exception was claimed" in two
    assert f"{CLEO} (" in two
    assert f"{EVE} (" in two


def test_teams_readings_and_incidents_are_told(page: Any) -> None:
    read = Read(page(storied.APPROVED)).sections
    assert "People" in read["used"]
    assert "Complaints" in read["watched"]
    assert "at most 3" in read["watched"]
    assert "AII-2026-0001" in read["incidents"]
    assert "A wrong price" in read["incidents"]
    assert "It made a name up." in read["decisions"]
    assert "reported it" in read["known"]


def test_the_timeline_names_line_and_seal_and_is_drawn(page: Any, told: Store) -> None:
    text = page(storied.CONDITIONAL)
    known = Read(text).sections["known"]
    assert re.search(r"approved it with conditions[\s\S]*?\t\d+\t[0-9a-f]{12}\t", known)
    drawing = text[text.index("<svg") : text.index("</svg>")]
    assert drawing.count("<circle") >= 3
    assert "lines of the trail between" in drawing
    assert "steps of the interview" in known


def test_how_to_check_it_names_the_head_that_verify_prints(page: Any, steward: Any) -> None:
    proof = Read(page(storied.CONDITIONAL)).sections["proof"]
    (head,) = set(re.findall(r"\b[0-9a-f]{64}\b", proof))
    code, out, _ = steward("verify", "--head", head)
    assert code == 0
    assert head in out


def test_the_same_records_give_the_same_bytes(page: Any) -> None:
    assert page(storied.APPROVED) == page(storied.APPROVED)
    assert page(storied.APPROVED, "--for", "outside") == page(storied.APPROVED, "--for", "outside")


@pytest.mark.parametrize(
    "case",
    [
        storied.APPROVED,
        storied.CONDITIONAL,
        storied.REFERRED,
        storied.EXCEPTED,
        storied.DECLINED,
        storied.WITHIN,
    ],
)
def test_outsiders_read_roles_and_no_internal_words(page: Any, case: str) -> None:
    text = page(case, "--for", "outside")
    words = (
        "It made a name up.",
        "A wrong price",
        "From one team",
        "Nobody looked",
        "Who listens?",
        "A contract.",
    )
    assert [each for each in (*PEOPLE, *INSIDE, *words, "Not needed.") if each in text] == []
    assert "For readers outside the organisation" in text
    assert "the requester" in text
    if case == storied.CONDITIONAL:
        assert "Only in English" in text, "conditions are what outsiders have to know"


def test_of_two_in_one_role_each_stays_the_same_one(page: Any) -> None:
    decided = Read(page(storied.CONDITIONAL, "--for", "outside")).sections
    assert "reviewer 1" in decided["decisions"]
    assert "reviewer 2" in decided["known"], "who stepped aside is another than who decided"


def test_as_of_a_day_nothing_later_stands_there(page: Any) -> None:
    before = page(storied.CONDITIONAL, "--as-of", "2026-11-23")
    assert "For the sales team." in before
    assert [words for words in ("Only in English", "Since May.", "own-inner") if words in before] == []
    assert "rules in force: own" not in before
    assert "Nobody has decided about it yet." in before
    after = page(storied.CONDITIONAL, "--as-of", "2026-11-24")
    assert "Only in English" in after
    assert "Since May." not in after
    assert "--as-of 2026-11-24" in Read(after).sections["proof"]


def test_as_of_a_day_an_incident_is_as_far_as_it_was(page: Any) -> None:
    assert "It was the list" not in page(storied.APPROVED, "--as-of", "2026-11-25")
    assert "A wrong price" in page(storied.APPROVED, "--as-of", "2026-11-25")
    assert "A wrong price" not in page(storied.APPROVED, "--as-of", "2026-11-23")


def test_as_of_a_day_no_later_review_is_told(page: Any, told: Store) -> None:
    opening = OpenReview(actor="", case=storied.SOURCE, key="r", cause="incident", trigger="AII-2026-0001")
    Ledger(told).execute(opening, storied.day(7))
    assert "AIV-2026-" in page(storied.SOURCE)
    assert "AIV-2026-" not in page(storied.SOURCE, "--as-of", "2026-11-26")


def test_a_reader_who_was_named_is_called_by_name_inside_alone(page: Any, told: Store) -> None:
    book = Ledger(told)
    book.execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    book.execute(NameReader(actor=ANA, key="named", case=storied.CONDITIONAL, person=DAN), storied.day(9))
    assert DAN in Read(page(storied.CONDITIONAL, "--confidential")).sections["decisions"]
    assert DAN not in page(storied.CONDITIONAL, "--confidential", "--for", "outside")


def test_what_was_not_there_yet_has_none(steward: Any, told: Store, tmp_path: Path) -> None:
    code, out, errors = steward(
        "dossier", ref_of(told, storied.CONDITIONAL), "--as-of", "2026-11-01", "--out", "x.html"
    )
    assert (code, out) == (1, "")
    assert "knows no use" in errors
    assert steward("dossier", "AIU-2026-9999", "--out", "x.html")[0] == 1
    assert not (tmp_path / "x.html").exists()


def test_a_confidential_one_has_to_be_asked_for(steward: Any, told: Store, tmp_path: Path) -> None:
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    ref = ref_of(told, storied.CONDITIONAL)
    code, _, errors = steward("dossier", ref, "--out", "c.html")
    assert code == 1
    assert "is confidential" in errors
    assert not (tmp_path / "c.html").exists()
    assert steward("dossier", ref, "--out", "c.html", "--confidential")[0] == 0
    text = (tmp_path / "c.html").read_text()
    assert "only its readers may have this file" in text
    assert f"steward story {ref} --all --confidential" in text


def test_a_line_that_was_changed_is_named_and_not_told(page: Any, told: Store) -> None:
    whole = Read(page(storied.CONDITIONAL)).sections["known"]
    (line,) = re.findall(r"approved it with conditions[\s\S]*?\t(\d+)\t[0-9a-f]{12}\t", whole)[:1]
    tamper(told, f"UPDATE audit_line SET sealed = replace(sealed, 'approved', 'declined') WHERE seq = {line}")
    read = Read(page(storied.CONDITIONAL)).sections
    assert f"line {line} was changed" in read["known"]
    assert f"changed since they were sealed: {line}" in read["gaps"]


def test_it_stands_alone(page: Any) -> None:
    read = Read(page(storied.APPROVED))
    assert {tag for tag, _ in read.elements} & {"script", "link", "img", "iframe", "object", "form"} == set()
    assert all((attrs.get("href") or "#").startswith("#") for _, attrs in read.elements)


@pytest.mark.parametrize("audience", ["inside", "outside"])
def test_as_pdf_it_is_the_same_bytes_each_time(
    steward: Any, told: Store, tmp_path: Path, audience: str
) -> None:
    made = []
    for name in ("one.pdf", "two.pdf"):
        code, _, errors = steward(
            "dossier", ref_of(told, storied.APPROVED), "--for", audience, "--out", tmp_path / name
        )
        assert code == 0, errors
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    assert made[0].startswith(b"%PDF-")


def test_a_document_holds_to_the_end_of_its_day_where_the_organisation_is(told: Store) -> None:
    """West of UTC the next day has begun elsewhere by then; the pack of that day says the same."""
    with told.read() as session:
        case = load(session, storied.APPROVED)
    assert case is not None
    last = (NOW + timedelta(days=30)).date()
    with told.write() as session:
        said = {**PAPER, "title": "Certificate", "tool": case.tool_name, "until": last.isoformat()}
        wish = DraftEntry.model_validate({"actor": BEN, "key": "p", "entry": "p", "kind": KIND, "said": said})
        aims.carry_out(session, wish, a_desk(roles={"vendor_manager": frozenset({BEN})}))

    def lapsed(zone: str) -> list[bool]:
        evening = datetime.combine(last, time(22), ZoneInfo("America/New_York"))
        with told.read() as session:
            found = kept(session, storied.APPROVED, evening, zone=zone)
            supplies = Supplies(session, last, evening).of_case(case)
        assert found is not None
        assert found.supplier is not None
        assert supplies is not None
        assert (found.supplier.papers == supplies.papers) is (zone != "UTC")
        return [each.lapsed for each in found.supplier.papers]

    assert (lapsed("America/New_York"), lapsed("UTC")) == ([False], [True])


def test_the_paper_has_all_that_the_page_has(told: Store) -> None:
    """Section by section, row by row; what is drawn on the page is counted in bars."""
    words = Words()
    with told.read() as session:
        found = kept(session, storied.APPROVED, zone="UTC", whole=True)
    assert found is not None
    made = dossier(found, words, library().form, library().wording, "inside")
    sheet = to_sheet(made, words)
    cells = {cell.text for section in sheet.sections for block in section.blocks if isinstance(block, Table)
             for row in block.rows for cell in row}  # fmt: skip
    for section in made.sections:
        part: Any
        for part in section.parts:
            tables = (part,) if part.kind == "table" else getattr(part, "tables", ())
            assert {cell for table in tables for row in table.rows for cell in row} <= cells
            assert {each for row in getattr(part, "rows", ()) for each in row} <= cells
            assert set(getattr(part, "lines", ())) <= cells
    (bars,) = (block for section in sheet.sections for block in section.blocks if isinstance(block, Bars))
    drawn = sum(int(number) for number in re.findall(r">(\d+)</text>", made.picture))
    single = made.picture.count('r="6"')
    assert sum(sum(counts) for _, counts in bars.rows) == drawn + single


def test_it_goes_into_a_folder_under_its_name(steward: Any, told: Store, tmp_path: Path) -> None:
    assert (
        steward("dossier", ref_of(told, storied.APPROVED), "--out", tmp_path / "all", "--for", "outside")[0]
        == 0
    )
    (made,) = (tmp_path / "all").iterdir()
    assert made.name == f"dossier-{ref_of(told, storied.APPROVED)}-outside.html"
    assert made.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_said(steward: Any, told: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    code, _, errors = steward(
        "dossier", ref_of(told, storied.APPROVED), "--out", tmp_path / "file" / "d.html"
    )
    assert code == 2
    assert "cannot be written" in errors


@pytest.mark.parametrize("audience", ["inside", "outside"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_only_read(
    steward: Any, store: Store, tmp_path: Path, name: str, audience: str
) -> None:
    said = str(fitting({"text": HOSTILE[name]})["text"])
    with store.write() as session:
        ids = [people.person(session, team="T", slack_user=f"U{n}", now=NOW, name=said) for n in range(2)]
        session.add(PlaceRow(id="L", team="T", slack_channel="D1", kind="dm", name=said))
    _story(Ledger(store), f"{2:032x}", said, *ids)
    code, _, errors = steward("dossier", "AIU-2026-0001", "--for", audience, "--out", tmp_path / "h.html")
    assert code == 0, errors
    text = (tmp_path / "h.html").read_text(encoding="utf-8")
    assert steering(text) == set()
    assert steward("dossier", "AIU-2026-0001", "--for", audience, "--out", tmp_path / "h.pdf")[0] == 0
    read = Read(text)
    assert {tag for tag, _ in read.elements} <= _elements()
    assert not [
        attrs for _, attrs in read.elements for each in attrs if each.startswith("on") or each == "src"
    ]


def _elements() -> set[str]:
    """Every element that the templates write themselves."""
    root = Path(__file__).resolve().parents[3] / "prompts" / "record"
    found: set[str] = set()
    for template in ("dossier.html.j2", "dossier_body.html.j2", "timeline.svg.j2"):
        found |= set(re.findall(r"<([a-z][a-z0-9]*)", (root / template).read_text()))
    return found
