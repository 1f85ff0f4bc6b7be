"""What the documents say is so: links lead somewhere, commands run, tables and pictures match the program."""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.__main__ import COMMANDS, main
from bot.settings import READERS
from bot.slack.web import MOST_BYTES
from intake.forms import FORMS, load_form, load_wording
from store import inbox, outbox
from store.tables import metadata
from triage.lifecycle import MOVES
from triage.register import OVERSIGHT

ROOT = Path(__file__).resolve().parents[1]
OWN = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "NOTICE.md", "SECURITY.md")]
PAGES = sorted({*OWN, *(ROOT / "docs").rglob("*.md"), *(ROOT / "bot").rglob("*.md")})
LINK = re.compile(r"(?<!\w)!?\[[^\]]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
HUGE = 200_000


def text(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", page, re.M | re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = [first or second for first, second in LINK.findall(page.read_text(encoding="utf-8"))]
    ours = [target.partition("#")[0] for target in targets if not target.startswith(("http:", "https:"))]
    assert [target for target in ours if target and not (page.parent / target).exists()] == []


def test_the_two_commands_stand_alone_in_the_readme_and_the_build_calls_one() -> None:
    commands = {line for block in blocks(text("README.md"), "sh") for line in block.splitlines()}
    assert {"make demo", "make test"} <= commands
    assert "make test" in text(".ci", "run").splitlines()


def test_what_is_said_to_make_can_be_made() -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.M))
    named = {target for page in PAGES for target in re.findall(r"`make ([a-z]+)", page.read_text())}
    assert named <= targets


def test_every_command_of_steward_that_is_named_exists() -> None:
    named = {word for page in PAGES for word in re.findall(r"(?<![/\w])steward ([a-z]+)\b", page.read_text())}
    assert {"slack", "judge", "verify"} <= named & set(COMMANDS)
    assert {word for page in PAGES for word in re.findall(r"`steward ([a-z]+)", page.read_text())} <= set(
        COMMANDS
    )


TOLD = ("anchoring", "applicability", "evidence", "privacy")
"""Whose examples are tried beside those of the README."""
TRIED = [
    *blocks(text("README.md"), "console"),
    *(each for page in TOLD for each in blocks(text("docs", f"{page}.md"), "console")),
]


@pytest.mark.parametrize("examples", TRIED)
def test_examples_of_the_pages_come_out_as_written(
    examples: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("bot", "triage"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///steward.db")
    for example in examples.split("$ ")[1:]:
        command, _, expected = example.partition("\n")
        came = ran(command, capsys)
        assert re.fullmatch(pattern(expected), came, re.S), f"$ {command}\n{came}"


@pytest.mark.parametrize("page", ["dossier", "registers"])
def test_examples_of_pages_about_a_register_come_out_as_written(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the inventory that the README takes in."""
    (examples,) = blocks(text("docs", f"{page}.md"), "console")
    (tmp_path / "bot").symlink_to(ROOT / "bot")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///steward.db")
    assert main(["import", "bot/examples/us-federal-excerpt.csv", "--map", "us-federal"]) == 0
    capsys.readouterr()
    for example in examples.split("$ ")[1:]:
        command, _, expected = example.partition("\n")
        came = ran(command, capsys)
        assert re.fullmatch(pattern(expected), came, re.S), f"$ {command}\n{came}"


def ran(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    words = shlex.split(command.replace("$(date -u +%F)", datetime.now(UTC).date().isoformat()))
    if words[0] == "echo":
        Path(words[3]).write_text(words[1] + "\n", encoding="utf-8")
    else:
        assert words[0] == "steward"
        assert main(words[1:]) == 0
    return " ".join(capsys.readouterr().out.split())


def pattern(expected: str) -> str:
    """What is left out there (…) may be anything; how it is set does not matter."""
    return re.escape(" ".join(expected.split())).replace("…", ".*")


def test_the_picture_of_a_uses_life_is_the_table_that_rules_it() -> None:
    (drawn,) = blocks(text("docs", "architecture.md"), "mermaid")
    lines = ["[*] --> draft", "[*] --> disclosed"]
    for status, following in MOVES.items():
        lines += [f"{status} --> {next_}" for next_ in sorted(following)] or [f"{status} --> [*]"]
    assert [line.strip() for line in drawn.splitlines()] == ["stateDiagram-v2", *lines]


def test_tables_named_in_the_architecture_exist() -> None:
    section = text("docs", "architecture.md").split("## What is stored, and when")[1].split("\n## ")[0]
    cells = [row.split("|")[2] for row in section.splitlines() if row.startswith("| ")]
    named = {name for cell in cells for name in re.findall(r"`([a-z_]+)`", cell)}
    assert len(named) > 10
    assert named <= set(metadata.tables)


def rows_below(page: str, heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    section = page.split(f"## {heading}\n")[1].split("\n## ")[0]
    cells = [
        [cell.strip() for cell in line.strip("| \n").split(" | ")]
        for line in section.splitlines()
        if line[:1] == "|"
    ]
    return cells[2:]


def named(cell: str) -> set[str]:
    return set(re.findall(r"`([\w.:]+)`", cell))


def test_the_page_for_admins_names_every_scope_and_every_table_once() -> None:
    page = text("docs", "security.md")
    scopes = [name for row in rows_below(page, "Scopes") for name in named(row[0])]
    manifest = yaml.safe_load(text("manifest.yaml"))
    assert sorted(scopes) == manifest["oauth_config"]["scopes"]["bot"]
    tables = [name for row in rows_below(page, "What is stored") for name in named(row[1])]
    assert sorted(tables) == sorted(metadata.tables)


def test_the_page_for_admins_says_how_long_things_are_kept_and_who_oversees() -> None:
    page = text("docs", "security.md")
    kept = {name: row[3] for row in rows_below(page, "What is stored") for name in named(row[1])}
    assert kept["inbox"].startswith(f"{inbox.KEPT.total_seconds() / 3600:.0f} hours")
    assert kept["outbox"].startswith(f"{outbox.KEPT.days} days")
    assert f"at most {MOST_BYTES // 1_000_000} mb" in page.lower()
    (overseers,) = [
        row[0] for row in rows_below(page, "Who reads it") if row[0].startswith("those who decide")
    ]
    assert all(role.replace("_", " ") in overseers for role in OVERSIGHT)


def test_every_setting_of_the_process_is_explained() -> None:
    explained = re.findall(r"^\| `([A-Z_]+)` \|", text("docs", "operate.md"), re.M)
    assert sorted(explained) == sorted(READERS)


def test_a_question_is_added_as_the_guide_says(tmp_path: Path) -> None:
    structure, words = blocks(text("docs", "forms.md"), "yaml")
    form = yaml.safe_load((FORMS / "ai_use.yaml").read_text())
    form["pages"][-1]["questions"] += yaml.safe_load(structure)
    (tmp_path / "ai_use.yaml").write_text(yaml.safe_dump(form, sort_keys=False))
    (tmp_path / "ai_use.en.yaml").write_text((FORMS / "ai_use.en.yaml").read_text() + "\n" + words)
    loaded = load_form(tmp_path, "ai_use")
    assert (
        load_wording(tmp_path, "ai_use", loaded).ask("human_review") == "Who reads it before others get it?"
    )


def test_a_rule_of_ones_own_is_the_example_that_is_shipped() -> None:
    (shown,) = blocks(text("README.md"), "yaml")
    assert yaml.safe_load(shown) == yaml.safe_load(text("bot", "examples", "own-rules.yaml"))


def test_pictures_are_small_and_shown() -> None:
    shown = text("README.md") + text("bot/sandbox/README.md")
    pictures = sorted((ROOT / "docs" / "images").iterdir())
    assert len(pictures) == 4
    for picture in pictures:
        assert picture.stat().st_size < HUGE
        assert f"docs/images/{picture.name}" in shown


def test_decisions_are_short_and_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\(([\w-]+\.md)\)", (folder / "README.md").read_text())
    assert listed == sorted(page.name for page in folder.glob("*.md") if page.name != "README.md")
    for name in listed:
        page = (folder / name).read_text()
        assert re.findall(r"^\*\*(.+?)\.\*\*", page, re.M) == [
            "Context",
            "Decision",
            "Consequence",
            "Not chosen",
        ]
        assert len(page.splitlines()) <= 15
