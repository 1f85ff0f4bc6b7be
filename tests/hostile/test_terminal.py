"""What the command line says of hostile words: it steers no terminal, runs in no spreadsheet, and is told as it was."""

from __future__ import annotations

import csv
import json
import logging
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from bot.__main__ import COMMANDS, main
from bot.cli.starting import Lines
from bot.extract import RUN_BY_SPREADSHEETS
from bot.settings import READERS
from bot.slack.shape import fitting
from intake.answers import Answer, answered
from store import aims, people, settings
from store.engine import Store
from store.ledger import Ledger
from store.tables import PlaceRow
from tests.builders import LOW, NOW, a_desk, key
from tests.databases import Databases
from tests.hostile.words import HOSTILE, MARK
from tests.triage.aims.test_risks import RISK
from triage.aims.acknowledging import KIND as ACKNOWLEDGEMENT
from triage.aims.wishes import ApproveEntry, DraftEntry
from triage.commands import Approve, AskRequester, Decline
from triage.talking import Begin, Fill, Submit, Type

STORED = {name: str(fitting({"text": said})["text"]) for name, said in HOSTILE.items()}
"""As the words lie in the register: the door puts a sign for what cannot be stored."""

Run = Callable[..., tuple[int, str, str]]
TEXTS = (".html", ".csv", ".json", ".jsonl", ".yaml", ".py")

SAY_NOTHING_OF_WORDS = {
    "demo": "stories of its own", "slack": "logs alone, and those are tried below", "worker": "likewise",
    "migrate": "one sentence", "setup": "asks, and writes what it was told", "manifest": "our own file",
    "policy": "our own files", "model": "our own prompts, and counts on our own cases",
}  # fmt: skip
"""Commands whose output holds nothing that colleagues wrote; every other one is tried here."""


@pytest.fixture(scope="module")
def url(sqlite_databases: Databases) -> str:
    """A register in which everything that can be written is hostile."""
    found = sqlite_databases.copy()
    store = Store(found, now=lambda: NOW)
    with store.write() as session:
        names = iter(STORED.values())
        ids = [
            people.person(session, team="T", slack_user=f"U{n}", now=NOW, name=next(names)) for n in range(2)
        ]
        session.add(PlaceRow(id="L", team="T", slack_channel="D1", kind="dm", name=STORED["terminal"]))
        settings.change(session, "organisation.units", list(STORED.values()), by=ids[0], now=NOW)
        settings.change(session, "organisation.sector", STORED["direction"], by=ids[0], now=NOW)
        settings.change(session, STORED["terminal"], STORED["direction"], by=ids[0], now=NOW)
    for number, said in enumerate(STORED.values()):
        _story(Ledger(store), f"{number:032x}", said, *ids)
        _risk(store, said, ids[0])
    _policy(store, STORED["terminal"], *ids)
    store.close()
    return found


def _story(book: Ledger, case: str, said: str, ana: str, ben: str) -> None:
    desk = a_desk(roles={"reviewer": frozenset({ben})}, governance=None)
    mine: dict[str, Any] = {"actor": ana, "case": case}
    theirs: dict[str, Any] = {"actor": ben, "case": case}
    words = {name: answered(said[:80]) for name in ("title", "unit", "purpose")}
    answers: dict[str, Answer] = LOW | words | {"tool": answered(said[:60])}
    book.execute(Begin(**mine, key=key(), words=said, place="L", root=f"1.{case}"), desk)
    book.execute(Fill(**mine, key=key(), answers=answers), desk)
    book.execute(Submit(**mine, key=key()), desk)
    book.execute(AskRequester(**theirs, key=key(), question=said), desk)
    book.execute(Type(**mine, key=key(), words=said), desk)
    if int(case, 16) % 2:
        book.execute(Decline(**theirs, key=key(), reason=said, would_change=said), desk)
    else:
        book.execute(Approve(**theirs, key=key(), reason=said, conditions=(said, said)), desk)


def _risk(store: Store, said: str, ana: str) -> None:
    title = " ".join(said[:80].splitlines())
    risk = RISK | {"title": title, "scenario": said, "owner": ana, "uses": ("AIU-2026-0001",)}
    desk = a_desk(roles={"risk_owner": frozenset((ana,))})
    wish = DraftEntry(actor=ana, key=key(), entry=key(), kind="risk", said=risk)
    with store.write() as session:
        aims.carry_out(session, wish, desk)


def _policy(store: Store, said: str, ana: str, ben: str) -> None:
    """One that counts, and that everybody is asked to read."""
    desk = a_desk(roles={"governance_lead": frozenset((ana,)), "executive": frozenset((ben,))})
    title, id = " ".join(said[:80].splitlines()), "policy:ai"
    stated = {"title": title, "text": said, "since": "2026-05-04"}
    call = {"title": title, "policy": id, "everybody": "yes", "days": "14"}
    mine: dict[str, Any] = {"actor": ana, "name": "ai"}
    with store.write() as session:
        aims.carry_out(session, DraftEntry(**mine, key=key(), entry=id, kind="policy", said=stated), desk)
        aims.carry_out(session, ApproveEntry(actor=ben, key=key(), entry=id, draft=1), desk)
        asked = f"{ACKNOWLEDGEMENT}:ai"
        aims.carry_out(
            session, DraftEntry(**mine, key=key(), entry=asked, kind=ACKNOWLEDGEMENT, said=call), desk
        )


@pytest.fixture
def run(url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    for name in READERS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)

    def running(*words: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


def steering(text: str, *, allowed: str = "\n\t\r") -> set[str]:
    """A carriage return moves the cursor to the start of its line; only progress and quoted cells may."""
    kinds = ("Cc", "Zl", "Zp", "Cs")
    marks = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return {
        f"{ord(sign):#x}"
        for sign in text
        if sign not in allowed and (sign in marks or unicodedata.category(sign) in kinds)
    }


def rows_file(folder: Path) -> Path:
    path = folder / "rows.jsonl"
    names = ("id", "use_case_name", "purpose_and_benefits", "bureau", "vendor_name", "ai_classification")
    rows = [dict.fromkeys(names, said) | {"id": f"{n} {said[:9]}"} for n, said in enumerate(HOSTILE.values())]
    broken = ['{"id": "\u202e\x9b31m', "[" * 9000, "\x1b[31m", '{"id": 1, "id": 2}']
    path.write_text("\n".join([*map(json.dumps, rows), *broken]), encoding="utf-8", errors="replace")
    return path


def questions_file(folder: Path) -> Path:
    path = folder / "asked.jsonl"
    asked = [
        {"id": said, "answers": {said: said, "purpose": said, "data": said}} for said in HOSTILE.values()
    ]
    path.write_text("\n".join([*map(json.dumps, asked), "\x9b31m", "{"]), encoding="utf-8", errors="replace")
    return path


def changes_file(folder: Path) -> Path:
    """What changed of a tool, and rows that cannot be taken, all in hostile words."""
    path = folder / "changes.jsonl"
    named = {"tool": "otter", "what": "terms", "day": "2026-11-01", "link": ""}
    rows = [named | {"changed": said, "link": said} for said in HOSTILE.values()]
    rows += [named | {name: said} for said in HOSTILE.values() for name in ("tool", "what", "day")]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8", errors="replace")
    return path


def log_file(folder: Path) -> Path:
    """A sign-on log in which everything but the tool is hostile."""
    path = folder / "log.jsonl"
    rows = [{"date": said, "user": said, "team": said, "app": "Otter.ai"} for said in HOSTILE.values()]
    rows += [{"date": "2026-11-02", "user": said, "team": said, "app": said} for said in HOSTILE.values()]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8", errors="replace")
    return path


def trained_file(folder: Path) -> Path:
    """What a list says of trainings, in hostile words wherever it says anything."""
    path = folder / "trained.jsonl"
    rows = [dict.fromkeys(("e-mail", "training", "day"), said) for said in HOSTILE.values()]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8", errors="replace")
    return path


def entries_file(folder: Path) -> Path:
    """What a management system states in hostile words, which also stand where something else has to."""
    path, said = folder / "entries.yaml", [each for each in HOSTILE.values() if each.isprintable()]
    steered = HOSTILE["terminal"]
    named = {"title": steered, "points": [steered], "system": steered, "origin": steered, "link": steered}
    parties = [{"title": each, "needs": [each], "points": [each]} for each in said]
    path.write_text(json.dumps({"version": 1, steered: steered, "party": parties, "document": [named]}))
    return path


TRIED: dict[str, tuple[tuple[str, ...], ...]] = {
    "list": ((), ("--json",)),
    "metrics": ((), ("--format", "csv"), ("--format", "json", "--months", "1")),
    "digest": ((), ("--format", "html"), ("--format", "json", "--month"), ("--week", HOSTILE["terminal"])),
    "reviews": ((), ("--json",)),
    "management": ((), ("--format", "json"), ("--format", "html")),
    "portfolio": ((), ("--format", "json"), ("--format", "html")),
    "trust": (
        (),
        ("--format", "json"),
        ("--format", "html"),
        ("--questions",),
        ("--questions", "--format", "json"),
    ),
    "nonconformities": ((), ("--json",), ("--look",)),
    "audits": (
        (),
        ("--format", "json"),
        ("--report", HOSTILE["terminal"]),
        ("--draw-again", HOSTILE["terminal"]),
        ("--draw-again", "1"),
    ),
    "risks": ((), ("--json",), ("--suggested",)),
    "training": (
        ("list",),
        ("list", "--json"),
        ("matrix",),
        ("import", "{rows}"),
        ("import", "{trained}", "--dry-run"),
    ),
    "frameworks": ((), ("--format", "json"), ("--format", "csv"), ("--for", HOSTILE["terminal"])),
    "scope": ((), ("--format", "json"), ("--format", "csv")),
    "suppliers": ((), ("--json",), ("--confidential",)),
    "soa": ((), ("--format", "html"), ("--format", "json"), ("show", HOSTILE["terminal"])),
    "coverage": ((), ("--json",), ("--functions",), ("8.2",), (HOSTILE["terminal"],)),
    "calendar": (("--done",), ("--json",), ("--ics", STORED["terminal"] + "/x")),
    "tools": (
        ("import", "{rows}"),
        ("import", "{changes}"),
        ("list",),
        ("terms", HOSTILE["terminal"], "--checked-on", "2026-11-01"),
    ),
    "aims": (
        *(("draft", file) for file in ("{entries}", "{rows}", "{asked}")),
        *(("list",), ("list", "--json"), ("show", HOSTILE["terminal"])),
    ),
    "settings": ((), ("--json",), ("--from-file", STORED["terminal"])),
    "check": ((), ("--json",)),
    "verify": ((), ("--json",), ("--anchors", "{rows}"), ("--json", "--anchors", "{asked}")),
    "person": (
        ("export", "U0", "--out", "o3"),
        ("erase", "U0", "--because", STORED["terminal"]),
        ("erase", "U1", "--because", "x", "--also", STORED["direction"], "--yes"),
        ("export", "\x9b31m", "--out", "o4"),
    ),
    "retention": (
        *((), ("--json",), ("holds",), ("lift", "\x9b", "--by", "\x9b")),
        ("hold", "\x9b31m", "--because", "x", "--by", "U0"),
    ),
    "anchor": (
        ("--write", "{rows}"),
        ("--list",),
        ("--list", "--json"),
        ("--tokens", "stamps\x9b31m"),
        (),
    ),
    "replay": ((), ("--json",)),
    "erase": (
        ("--line", "1", "--because", STORED["terminal"]),
        ("--line", "9", "--because", "x", "--by", "\x9b"),
    ),
    "story": (("AIU-2026-0001",), ("AIU-2026-0002", "--all"), (HOSTILE["terminal"],)),
    "dossier": (
        ("AIU-2026-0001", "--out", "o1"),
        ("AIU-2026-0002", "--for", "outside", "--out", "o2"),
        (HOSTILE["terminal"], "--out", "o1"),
    ),
    "register": (
        ("--shape", "us-federal", "--only", "every-stage", "--out", "o1.csv"),
        ("--shape", "nl", "--preview", "AIU-2026-0001"),
        ("--shape", "uk-atrs", "--preview", HOSTILE["terminal"]),
    ),
    "notice": (("AIU-2026-0001",), ("AIU-2026-0002",), (HOSTILE["terminal"],)),
    "incident": (("list",), ("show", HOSTILE["terminal"]), ("draft", "AII-2026-0001")),
    "explain": (("AIU-2026-0001",), ("AIU-2026-0002", "--all"), (HOSTILE["terminal"],)),
    "import": (("{rows}", "--map", "us-federal"), ("{rows}", "--map", "us-federal", "--dry-run")),
    "discover": (("{log}", "--dry-run"), ("{log}",), ("{rows}",)),
    "identify": (("{asked}",), ("{log}",)),
    "people": (
        *(("list",), ("import", "{rows}", "--dry-run"), ("show", HOSTILE["terminal"])),
        *(
            ("acknowledge", HOSTILE["terminal"], "--everybody"),
            ("acknowledge", "AIM-2026-0001", "--everybody"),
        ),
        *(("acknowledged",), ("acknowledged", "--json"), ("acknowledged", HOSTILE["terminal"])),
    ),
    "judge": (("{asked}",),),
    "score": (("{asked}",),),
    "form": (("show", "ai-use"), ("show", HOSTILE["direction"])),
    "export": (
        ("--format", "json", "--out", "o1", "--with-names"),
        ("--format", "csv", "--out", "o2", "--with-names"),
    ),
    "evidence": (("--out", "o3", "--with-names"),),
}


def test_every_command_is_tried_or_says_why_not() -> None:
    assert set(TRIED) | set(SAY_NOTHING_OF_WORDS) == set(COMMANDS)


def test_who_read_a_policy_is_told_in_hostile_words(run: Run) -> None:
    code, said, _ = run("people", "acknowledged")
    assert code == 0
    assert "AIM-2026-0001" in said
    assert MARK in said
    code, said, _ = run("people", "acknowledge", "AIM-2026-0001", "--everybody")
    assert (code, "Kept." in said) == (0, True)


@pytest.mark.parametrize("command", TRIED)
def test_nothing_said_steers_a_terminal(run: Run, tmp_path: Path, command: str) -> None:
    files = {"{rows}": rows_file(tmp_path), "{asked}": questions_file(tmp_path)}
    files |= {"{changes}": changes_file(tmp_path), "{log}": log_file(tmp_path)}
    files |= {"{entries}": entries_file(tmp_path), "{trained}": trained_file(tmp_path)}
    for words in TRIED[command]:
        try:
            _, out, err = run(command, *(str(files.get(word, word)) for word in words))
        except SystemExit:
            continue  # argparse says their own words to whoever typed them
        assert steering(out, allowed="\n\t") == set(), (words, out[:200])
        assert steering(err) == set(), (words, err[:200])
        if "--json" in words and command in ("list",):
            assert all(json.loads(line) for line in out.splitlines())
    for name, body in written(tmp_path):
        assert steering(body.decode("utf-8")) == set(), name


def written(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, and of a pack every page, table and line that is text."""
    for file in folder.rglob("o[123]/*"):
        if file.suffix != ".zip":
            yield file.name, file.read_bytes()
            continue
        with zipfile.ZipFile(file) as pack:
            read = [name for name in pack.namelist() if name.endswith(TEXTS)]
            assert read
            yield from ((name, pack.read(name)) for name in read)


def test_what_is_exported_is_what_was_said_and_runs_nowhere(run: Run, tmp_path: Path) -> None:
    run("export", "--format", "json", "--out", "o1", "--with-names")
    uses = json.loads((tmp_path / "o1" / "uses.json").read_text())
    summaries = {use["summary"] for use in uses if use["source_id"] is None}
    assert summaries == set(STORED.values())
    run("export", "--format", "csv", "--out", "o2", "--with-names")
    for file in (tmp_path / "o2").glob("*.csv"):
        with file.open(newline="", encoding="utf-8") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        assert not [cell for cell in cells if cell.startswith(RUN_BY_SPREADSHEETS)], file


def test_logs_steer_nothing_and_tell_no_words() -> None:
    form = Lines("%(levelname)s %(name)s: %(message)s")
    try:
        Approve.model_validate(
            {"actor": {"words": HOSTILE["mentions"]}, "key": 1, "case": HOSTILE["terminal"]}
        )
    except ValueError as error:
        problem = error
    record = logging.LogRecord(
        "x", logging.ERROR, "", 1, "%s", (HOSTILE["terminal"] + "\nforged line",), None
    )
    record.reference = HOSTILE["direction"]
    said = form.format(record)
    assert steering(said, allowed="") == set()
    told = form.formatException((type(problem), problem, None))
    assert MARK not in told
    assert steering(told, allowed="\n") == set()


def test_an_error_of_the_database_tells_no_words(url: str) -> None:
    store = Store(url, now=lambda: NOW)
    try:
        with pytest.raises(DBAPIError) as raised, store.write() as session:
            session.connection().exec_driver_sql(
                "INSERT INTO setting (key) VALUES (?)", (HOSTILE["mentions"],)
            )
        assert MARK not in str(raised.value)
    finally:
        store.close()
