"""`steward policy rehearse`: what other rules would do to the register; nothing is changed."""

import csv
import shutil
from pathlib import Path

import pytest
from sqlmodel import select

from bot import config
from store import audit
from store.engine import Store
from store.tables import InboxRow, UseRow
from tests.bot.cli.conftest import Steward, spoil
from tests.builders import NOW
from triage.foreseen import of_kept

NEW_RULE = {
    "rules.yaml": """
- id: tier-company-contract
  result: tier
  level: 2
  when: {question: account, is: enterprise}
  source: "House policy"
""",
    "rules.en.yaml": "\ntier-company-contract: It is reached by a contract of the company.\n",
    "cases.yaml": """
- rule: tier-company-contract
  fires: A contract
  given: {tool_in_catalogue: "no", account: enterprise}
  misses: A team plan
  but: {account: team}
""",
}


US_RULE = {
    "rules.yaml": """
- id: us-tried
  flag: us_presumed_high_impact
  when: {setting: regions, is: eu}
  source: "House policy"
""",
    "rules.en.yaml": "\nus-tried: It is tried.\n",
    "cases.yaml": """
- rule: us-tried
  fires: Here
  given: {regions: [eu]}
  misses: There
  but: {regions: [us]}
""",
}


def test_the_same_rules_move_nothing(steward: Steward, register: Store, folder: Path) -> None:
    code, said, _ = steward("policy", "rehearse", folder)
    assert code == 0
    assert said == (
        "2 uses: 0 would move (0 stricter, 0 looser, 0 both ways), 0 approvals would lapse. Nothing was changed.\n"
    )


def test_what_moves_is_counted_named_and_written(steward: Steward, register: Store, folder: Path) -> None:
    for file, more in NEW_RULE.items():
        with (folder / "internal-tier" / file).open("a") as stream:
            stream.write(more)
    with register.read() as session:
        before = audit.end(session)
    code, said, _ = steward("policy", "rehearse", folder, "--csv", "moves.csv")
    assert code == 0, said
    assert "2  tier         1 -> 2" in said
    assert "AIU-2026-0001" in said
    assert "its approval would lapse" in said
    assert "+ tier-company-contract" in said
    assert said.endswith(
        "2 would move (2 stricter, 0 looser, 0 both ways), 1 approvals would lapse. Nothing was changed.\n"
    )
    with Path("moves.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["approval lapses"] for row in rows].count("yes") == 1
    assert {row["way"] for row in rows} == {"stricter"}
    with register.read() as session:
        assert audit.end(session) == before


def test_rules_that_do_not_do_what_their_examples_say_are_not_rehearsed(
    steward: Steward, register: Store, folder: Path
) -> None:
    spoil(folder / "gdpr" / "rules.yaml", "count: 2", "count: 7")
    code, said, errors = steward("policy", "rehearse", folder)
    assert code == 2
    assert "gdpr: gdpr-two-criteria: “" in said
    assert "nothing was rehearsed" in errors


def test_damaged_rules_are_named_with_file_and_line(steward: Steward, register: Store, folder: Path) -> None:
    spoil(folder / "gdpr" / "rules.yaml", "level: mandatory", "level: mandatary")
    code, _, errors = steward("policy", "rehearse", folder)
    assert code == 2
    assert "gdpr/rules.yaml:" in errors


def test_in_force_is_what_the_settings_say(steward: Steward, register: Store, folder: Path) -> None:
    """An optional policy that is off stays off, unless it is to be tried."""
    for file, more in US_RULE.items():
        with (folder / "us" / file).open("a") as stream:
            stream.write(more)
    moved = "2  flag         + us_presumed_high_impact"
    assert "0 would move" in steward("policy", "rehearse", folder)[1]
    assert moved in steward("policy", "rehearse", folder, "--switch-on", "us")[1]
    config.change(register, {"policies": ["us"]}, by=None, key="on", now=NOW)
    assert moved in steward("policy", "rehearse", folder)[1]


def test_a_file_that_is_there_is_not_written_over(steward: Steward, register: Store, folder: Path) -> None:
    kept = Path("kept.csv")
    kept.write_text("mine")
    Path("way.csv").symlink_to("kept.csv")
    for name in ("kept.csv", "way.csv", "nowhere/moves.csv"):
        code, _, errors = steward("policy", "rehearse", folder, "--csv", name)
        assert (code, f"{name} cannot be written anew" in errors) == (2, True), errors
    assert kept.read_text() == "mine"
    assert steward("policy", "rehearse", folder, "--csv", "new.csv")[0] == 0
    assert Path("new.csv").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("name", "gone"), [("utah", ""), ("gdpr", ""), ("us", "us")])
def test_only_an_optional_policy_of_the_folder_can_be_switched_on(
    steward: Steward, register: Store, folder: Path, name: str, gone: str
) -> None:
    if gone:
        shutil.rmtree(folder / gone)
    code, said, errors = steward("policy", "rehearse", folder, "--switch-on", name)
    assert (code, said) == (2, "")
    assert f"There is no optional policy '{name}' there." in errors


def test_what_is_over_is_not_counted(steward: Steward, register: Store, folder: Path) -> None:
    """Other rules never judge it anew, so they do not move it either."""
    with register.write() as session:
        session.get_one(UseRow, "case-1").state = "retired"
    for file, more in NEW_RULE.items():
        with (folder / "internal-tier" / file).open("a") as stream:
            stream.write(more)
    assert "\n1 uses: 1 would move (1 stricter" in steward("policy", "rehearse", folder)[1]


def test_an_empty_register_has_a_sentence_of_its_own(steward: Steward, store: Store, folder: Path) -> None:
    assert steward("policy", "rehearse", folder) == (
        0,
        "The register holds no use yet that rules could move. Nothing was changed.\n",
        "",
    )


def test_a_rehearsal_is_told_in_slack_where_that_is_asked_for(
    steward: Steward, register: Store, folder: Path
) -> None:
    for file, more in NEW_RULE.items():
        with (folder / "internal-tier" / file).open("a") as stream:
            stream.write(more)
    steward("policy", "rehearse", folder)
    with register.read() as session:
        before = audit.end(session)
        assert not list(session.exec(select(InboxRow)))
    code, said, _ = steward("policy", "rehearse", folder, "--post", "--switch-on", "us")
    assert (code, said.splitlines()[-1]) == (
        0,
        "It is told in Slack, in the channel in which is decided, once Steward runs there.",
    )
    with register.read() as session:
        row = session.exec(select(InboxRow)).one()
        assert audit.end(session) == before
    assert (row.kind, row.payload["name"], row.payload["on"]) == ("tried", "policy", ["us"])
    seen = of_kept(row.payload["seen"])
    assert (seen.total, seen.moved, seen.stricter, seen.looser, seen.both, seen.lapsing) == (2, 2, 2, 0, 0, 1)
    assert [each.name for each in seen.named()] == ["AIU-2026-0001", "AIU-2026-0002"]
