"""What an evidence pack holds, for whom, as of when; the same input gives the same bytes."""

import csv
import hashlib
import io
import json
import os
import re
import stat
import subprocess
import sys
import zipfile
import zlib
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.__main__ import main
from store import earlier, files
from store.engine import Store
from store.ledger import Ledger
from store.migrate import migrate
from store.records import load
from store.reviews import save_reviews
from store.tables import metadata
from tests.bot.cli import storied
from tests.bot.cli.packed import DAY, TODAY, evidence, packed, unpacked
from tests.builders import ANA, NOW
from triage.confidences import Confide
from triage.reviewed import ReviewStep

ROOT = Path(__file__).resolve().parents[3]
ON_THAT_DAY = """
import datetime, sys
import bot.cli.evidence
from bot.__main__ import main
bot.cli.evidence.utc_now = lambda: eval(sys.argv[1])
sys.exit(main(sys.argv[2:]))
"""
REFS = [f"AIU-2026-000{number}" for number in range(1, 6)]


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    return store


@pytest.fixture
def out(steward: Any, told: Store, tmp_path: Path) -> Path:
    return unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_it_holds_all_that_an_export_holds(steward: Any, out: Path, tmp_path: Path) -> None:
    code, _, errors = steward("export", "--format", "json", "--out", tmp_path / "json")
    assert code == 0, errors
    for path in (tmp_path / "json").iterdir():
        if path.suffix == ".json" and path.name != "manifest.json":
            assert lines(out / "data" / f"{path.stem}.jsonl") == json.loads(path.read_text()), path.name
        elif path.suffix == ".jsonl":
            place = out if path.name in ("audit.jsonl", "texts.jsonl") else out / "data"
            assert (place / path.name).read_bytes() == path.read_bytes(), path.name
        elif path.suffix == ".yaml":
            assert (out / "wordings" / path.name).read_bytes() == path.read_bytes()


def test_each_use_has_its_page_and_every_link_leads_somewhere(out: Path) -> None:
    pages = {path.relative_to(out).as_posix() for path in out.rglob("*.html")}
    assert {f"uses/{ref}.html" for ref in REFS} <= pages
    for name in pages:
        for link in links(out / name):
            place, _, anchor = link.partition("#")
            target = (out / name).parent / place if place else out / name
            assert target.is_file(), (name, link)
            assert not anchor or f'id="{anchor}"' in target.read_text("utf-8"), (name, link)


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [
            value or "" for name, value in attrs if name in ("href", "src", "srcset", "action", "data")
        ]


def links(page: Path) -> list[str]:
    reader = Links()
    reader.feed(page.read_text("utf-8"))
    return reader.found


def test_no_page_asks_anything_of_a_network(out: Path) -> None:
    for page in out.rglob("*.html"):
        reader = Links()
        reader.feed(page.read_text("utf-8"))
        assert not [link for link in reader.found if re.match(r"[a-z]+:|//", link)], page
        assert not reader.tags & {"script", "link", "img", "iframe", "object", "form", "base"}, page
        assert "url(" not in page.read_text("utf-8")
        assert "default-src 'none'" in page.read_text("utf-8")


def test_the_gaps_come_first(out: Path) -> None:
    page = (out / "index.html").read_text("utf-8")
    sections = re.findall(r'<section id="([a-z]+)"', page)
    assert sections[:3] == ["gaps", "about", "organisation"]
    found = lines(out / "data" / "gaps.jsonl")
    assert found
    manifest = json.loads((out / "manifest.json").read_text())
    assert sum(manifest["gaps"].values()) == len(found)
    assert {gap["kind"] for gap in found} >= {"decision_late", "entry_late", "entry_waits"}
    for gap in found:
        assert not gap["ref"] or gap["ref"] in page


def test_the_manifest_names_every_file_and_the_index_says_the_digest(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    code, said, _ = evidence(steward, "--out", tmp_path / "pack", "--as-of", DAY)
    out = unpacked(tmp_path / "pack" / f"steward-evidence-{DAY}.zip", tmp_path / "out")
    body = (out / "manifest.json").read_bytes()
    manifest = json.loads(body)
    there = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    assert set(manifest["members"]) | {"manifest.json"} == set(there)
    for name, member in manifest["members"].items():
        content = there[name].read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        assert member == {"sha256": digest, "bytes": len(content), "crc32": zlib.crc32(content)}
    assert manifest["seal"] == hashlib.sha256(body.rpartition(b',\n "seal"')[0]).hexdigest()
    assert code == 0
    assert f"seal {manifest['seal']}" in said
    assert f"head {manifest['head']}" in said
    assert manifest["contents"] in said
    assert manifest["contents"] in (out / "index.html").read_text()
    assert manifest["head"] == json.loads(steward("verify", "--json")[1])["head"]


def test_the_same_input_gives_the_same_bytes(steward: Any, told: Store, tmp_path: Path) -> None:
    first = packed(steward, tmp_path / "one").read_bytes()
    assert packed(steward, tmp_path / "two").read_bytes() == first


@pytest.mark.slow
def test_whatever_order_python_has_for_sets(told: Store, database_url: str, tmp_path: Path) -> None:
    found = set()
    for seed in ("1", "2"):
        told_ = os.environ | {"DATABASE_URL": database_url, "PYTHONHASHSEED": seed}
        arguments = ["evidence", "--out", str(tmp_path / seed), "--as-of", DAY]
        words = [sys.executable, "-c", ON_THAT_DAY, repr(TODAY), *arguments]
        subprocess.run(words, cwd=ROOT, env=told_, check=True, capture_output=True)
        found.add((tmp_path / seed / f"steward-evidence-{DAY}.zip").read_bytes())
    assert len(found) == 1


def test_the_same_rows_in_another_database_give_the_same_bytes(
    steward: Any, told: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = packed(steward, tmp_path / "one").read_bytes()
    url = f"sqlite:///{tmp_path / 'other.db'}"
    migrate(url)
    other = Store(url, now=lambda: NOW)
    with told.read() as session, other.engine.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(table.delete())
            rows = [dict(row) for row in session.connection().execute(select(table)).mappings()]
            if rows:
                connection.execute(insert(table), rows)
    other.close()
    monkeypatch.setenv("DATABASE_URL", url)
    assert packed(steward, tmp_path / "two").read_bytes() == first


def test_a_pack_is_its_owners_alone_and_is_not_replaced_unasked(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    pack = packed(steward, tmp_path / "pack")
    assert stat.S_IMODE(pack.stat().st_mode) == 0o600
    before = pack.read_bytes()
    code, _, errors = evidence(steward, "--out", tmp_path / "pack", "--as-of", DAY)
    assert (code, "--force" in errors) == (2, True)
    packed(steward, tmp_path / "pack", "--force")
    assert pack.read_bytes() == before


@pytest.mark.parametrize("breaks", ["bot.snapshot.to_use", "bot.pack.make.printed"])
def test_a_failure_leaves_nothing_behind(
    steward: Any, told: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breaks: str
) -> None:
    pack = packed(steward, tmp_path / "pack")
    before = pack.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(breaks, full)
    code, _, errors = evidence(steward, "--out", tmp_path / "pack", "--as-of", DAY, "--force")
    assert (code, "No space left" in errors) == (2, True)
    assert [path.name for path in (tmp_path / "pack").iterdir()] == [pack.name]
    assert pack.read_bytes() == before


def test_as_of_a_day_nothing_of_later_is_in_it(steward: Any, told: Store, tmp_path: Path) -> None:
    early = NOW.date() + timedelta(days=1)
    out = unpacked(packed(steward, tmp_path / "pack", day=early.isoformat()), tmp_path / "early")
    assert json.loads((out / "manifest.json").read_text())["as_of"] == early.isoformat()
    last = max(line["at"][:10] for line in lines(out / "audit.jsonl"))
    assert last <= early.isoformat()
    assert lines(out / "data" / "incidents.jsonl") == []
    told_then = {use["ref"] for use in lines(out / "data" / "uses.jsonl")}
    assert {page.stem for page in (out / "uses").iterdir()} == told_then
    assert "2026-11-2" in (out / "index.html").read_text()


def test_of_an_earlier_day_no_later_review_is_told(store: Store) -> None:
    storied.tell(store)
    opened = NOW + timedelta(days=30)
    step = ReviewStep(id="r", review="r", kind="opened", depth="one_fact", due=opened.date(), at=opened)
    with store.write() as session:
        case = load(session, storied.APPROVED)
        assert case is not None
        save_reviews(session, case, case.model_copy(update={"review_steps": (step,)}))
        session.flush()
        for days, steps in ((1, ()), (31, (step.id,))):
            found = earlier.cases(session, NOW + timedelta(days=days))
            (then,) = [each.case for each in found if each.case and each.case.id == storied.APPROVED]
            assert tuple(each.id for each in then.review_steps) == steps


def test_of_a_confidential_use_only_reference_and_tier(steward: Any, told: Store, tmp_path: Path) -> None:
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    words = ("We want DeepL", "Only in English", "For whom?", "For the sales team.")
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "closed")
    for path in out.rglob("*"):
        if path.is_file() and path.suffix != ".pdf":
            body = plain(path)
            assert not [each for each in words if each in body], path
    assert not (out / "uses" / "AIU-2026-0002.html").exists()
    assert "AIU-2026-0002" in (out / "register.html").read_text()
    assert "confidential" in (out / "register.html").read_text()
    assert [gap["what"] for gap in lines(out / "data" / "gaps.jsonl") if gap["kind"] == "hidden"] == ["1"]
    whole = unpacked(packed(steward, tmp_path / "whole", "--confidential"), tmp_path / "all")
    assert "Only in English" in (whole / "uses" / "AIU-2026-0002.html").read_text()


def plain(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text("utf-8")
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def test_people_are_numbers_unless_names_are_wanted(steward: Any, told: Store, tmp_path: Path) -> None:
    named = "Mira <b>Kovac"
    with told.write() as session:
        session.connection().execute(metadata.tables["person"].update().values(name=named))
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "without")
    assert not [path for path in out.rglob("*") if path.is_file() and b"Kovac" in path.read_bytes()]
    out = unpacked(packed(steward, tmp_path / "named", "--with-names"), tmp_path / "with")
    assert "Mira &lt;b&gt;Kovac" in (out / "uses" / "AIU-2026-0001.html").read_text()
    assert (out / "data" / "people.jsonl").exists()


def test_forms_and_policies_are_there_in_every_version(out: Path) -> None:
    for kept in lines(out / "data" / "wordings.jsonl"):
        folder = f"wordings/{kept['kind']}/"
        found = [path for path in out.rglob("*.yaml") if path.as_posix().find(kept["digest"][:12]) > 0]
        assert [path for path in found if folder in path.as_posix()], kept["name"]


def test_files_are_there_where_something_names_them(steward: Any, told: Store, tmp_path: Path) -> None:
    with told.write() as session:
        kept = files.keep(session, b"not named by anything", media="text/plain", name="../../x.txt")
        row = metadata.tables["inquiry"]
        named = files.keep(session, b"an annex", media="application/pdf", name="annex.PDF")
        session.connection().execute(row.update().values(files=f"annex {named}"))
    out = unpacked(packed(steward, tmp_path / "pack", "--no-proof"), tmp_path / "files")
    assert {path.name for path in (out / "attachments").iterdir()} >= {f"{named}.pdf"}
    assert not [path for path in out.rglob("*") if kept in path.name]
    assert json.loads((out / "manifest.json").read_text())["attachments"]["left_out"] >= 1


def test_the_pdf_says_what_the_index_says(out: Path) -> None:
    text = pdf_text((out / "evidence.pdf").read_bytes())
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["contents"] in text.replace(" ", "")
    assert manifest["head"] in text.replace(" ", "")
    for said in (
        "What is open, late or missing",
        "The register",
        "Policies and forms",
        f"{manifest['audit_lines']}",
    ):
        assert said in text


def pdf_text(body: bytes) -> str:
    """By the tables that say which sign each glyph is: enough for one font, as long as nothing is drawn oddly."""
    streams = []
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", body, re.S):
        try:
            streams.append(zlib.decompress(found[1]))
        except zlib.error:
            streams.append(found[1])
    signs: dict[int, str] = {}
    for table in (each for each in streams if b"beginbfchar" in each):
        pairs = re.findall(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", table)
        signs |= {int(glyph, 16): bytes.fromhex(to.decode()).decode("utf-16-be") for glyph, to in pairs}
    text = []
    for page in (each for each in streams if b" Tj" in each or b"] TJ" in each):
        for part in re.findall(rb"\(((?:[^\\()]|\\.)*)\)", page, re.S):
            raw = re.sub(rb"\\([nrtbf()\\])", unescaped, part, flags=re.S)
            text.append(
                "".join(
                    signs.get(int.from_bytes(raw[at : at + 2], "big"), "?") for at in range(0, len(raw), 2)
                )
            )
    return " ".join(text)


def unescaped(found: re.Match[bytes]) -> bytes:
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(found[1], found[1])


def test_a_terminal_sees_it_go_on(
    told: Store, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setattr("bot.cli.evidence.utc_now", lambda: TODAY)
    assert main(["evidence", "--out", str(tmp_path / "p"), "--as-of", DAY]) == 0
    assert "Evidence" in screen.getvalue()


def test_tables_have_the_rows_of_the_lines(out: Path) -> None:
    for path in (out / "tables").iterdir():
        with path.open(newline="") as rows:
            assert len(list(csv.reader(rows))) - 1 == len(lines(out / "data" / f"{path.stem}.jsonl")), (
                path.name
            )
