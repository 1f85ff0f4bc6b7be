"""Our own side is looked at without changing it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.checks import own
from bot.config import Config, Told, seed
from bot.settings import Settings
from store.engine import Store
from tests.bot.cli.tampering import tamper
from tests.databases import Clock, Databases
from triage.policies import book_with


def said(found: Any) -> list[tuple[str, str]]:
    return [(finding.level, finding.what) for finding in found]


def settings(path: Path | None = None) -> Settings:
    return Settings(config_path=path or Path("none.yaml"), config_named=path is not None)


def test_the_shipped_files_are_whole() -> None:
    (finding,) = own.files()
    assert finding.level == "info"


def test_a_database_in_order(store: Store) -> None:
    finding, trail = own.database(settings(), store)
    assert (finding.level, "up to date" in finding.what) == ("info", True)
    assert (trail.level, "is whole" in trail.what) == ("info", True)


@pytest.mark.parametrize(
    "sentence", ["UPDATE audit_head SET seq = 7", "UPDATE setting SET value = '[\"U0MIRA\"]'"]
)
def test_a_trail_that_proves_nothing_is_an_error(store: Store, clock: Clock, sentence: str) -> None:
    seed(store, {"roles.legal": ["U0LEILA"]}, now=clock())
    tamper(store, sentence)
    _, finding, *_ = own.database(settings(), store)
    assert (finding.level, "steward verify" in finding.mend) == ("error", True)


def test_triggers_and_views_of_somebody_else_are_findings(store: Store) -> None:
    of_table = "" if store.on_sqlite else " ON fact"
    with store.write() as session:
        for sentence in (
            f"DROP TRIGGER fact_no_delete{of_table}",
            "CREATE VIEW theirs AS SELECT id FROM fact",
        ):
            session.connection().execute(text(sentence))
    _, _, trigger, view = own.database(settings(), store)
    assert (trigger.level, "the trigger fact_no_delete is missing" in trigger.what) == ("error", True)
    assert (view.level, "theirs" in view.what) == ("warning", True)


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path, clock: Clock) -> None:
    store = Store(f"sqlite:///{tmp_path}/none.db", now=clock)
    (finding,) = own.database(settings(), store)
    assert (finding.level, "steward migrate" in finding.mend) == ("warning", True)
    assert own.known(settings(), store).config is None
    assert not list(tmp_path.iterdir())


def test_an_empty_database_waits_for_the_first_start(databases: Databases, clock: Clock) -> None:
    url = databases.empty()
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).touch()
    store = Store(url, now=clock)
    (finding,) = own.database(settings(), store)
    store.close()
    assert (finding.level, "empty" in finding.what) == ("warning", True)


def test_a_database_of_another_version_is_an_error(store: Store) -> None:
    with store.engine.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        connection.commit()
    (finding,) = own.database(settings(), store)
    assert (finding.level, "steward migrate" in finding.mend) == ("error", True)


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "some.db").write_text("not a database, but long enough to be taken for one" * 20)
    store = Store(f"sqlite:///{tmp_path}/some.db", now=clock)
    (finding,) = own.database(settings(), store)
    store.close()
    assert finding.level == "error"


def test_the_file_counts_until_the_database_does(store: Store, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "steward.yaml"
    path.write_text("roles: {reviewer: [U0MIRA]}\nlanguage: en\n")
    known = own.known(settings(path), store)
    assert known.config is not None
    assert (known.config.roles["reviewer"], known.findings) == (("U0MIRA",), ())
    seed(store, {"roles.reviewer": ["U0LEILA"], "language": "en"}, now=clock())
    known = own.known(settings(path), store)
    assert known.config is not None
    assert known.config.roles["reviewer"] == ("U0LEILA",)
    ((level, what),) = said(known.findings)
    assert (level, "roles.reviewer" in what, "language" in what) == ("info", True, False)


def test_every_fault_of_the_file_is_a_finding(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "steward.yaml"
    path.write_text("roles: {reviewer: [mira]}\ncountry: NO\n")
    config, found = own.known(settings(path), store)
    assert config is None  # nothing is concluded from a file that could not be read
    assert [finding.level for finding in found] == ["error", "error"]
    assert "steward.yaml:1: roles.reviewer.1" in found[0].what


def test_a_file_that_was_named_must_be_there(store: Store, tmp_path: Path) -> None:
    found = own.known(settings(tmp_path / "none.yaml"), store).findings
    assert "cannot be read" in found[0].what


@pytest.mark.parametrize(
    ("config", "levels"),
    [
        (Config(), ["warning", "info"]),
        (Config(organisation=Told(regions=("eu",)), country="DE"), []),
        (Config(organisation=Told(regions=("eu",)), country="XX", language="tlh"), ["warning", "warning"]),
    ],
)
def test_what_the_organisation_has_not_said(config: Config, levels: list[str]) -> None:
    assert [finding.level for finding in own.organisation(config)] == levels


def test_policies_that_are_switched_on_are_told() -> None:
    config = Config(organisation=Told(regions=("eu",)), country="DE", policies=("us",))
    (found,) = own.organisation(config)
    (us,) = [policy for policy in book_with(("us",)).policies if policy.name == "us"]
    assert (found.level, found.what) == (
        "info",
        f"Rules switched on beside the standard ones: us {us.version}.",
    )
