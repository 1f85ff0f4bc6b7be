"""Names that rows give to files: nothing is written anywhere else, and none of them ends a command."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot import keeping
from bot.library import library
from store.engine import Store
from tests.bot.cli.tampering import tamper

FORM = library().form.digest
TEXTS = library().wording.texts.digest


@pytest.fixture
def kept(register: Store) -> Store:
    keeping.keep(register, library())
    return register


def renamed(store: Store, name: str, which: int = 0) -> None:
    """A policy of the first use's result goes by another name, and so does what was kept of it."""
    with store.read() as session:
        connection = session.connection()
        told = "SELECT verdict, policies FROM result WHERE subject_id = 'case-1'"
        verdict, policies = (
            json.loads(each) if isinstance(each, str) else each
            for each in connection.exec_driver_sql(told).one()
        )
    verdict["policies"][which]["name"] = policies[which]["name"] = name
    tamper(
        store,
        f"UPDATE result SET verdict = '{quoted(verdict)}', policies = '{quoted(policies)}' "
        "WHERE subject_id = 'case-1'",
    )


def quoted(value: Any) -> str:
    return json.dumps(value).replace("'", "''").replace("%", "%%")


def seen(steward: Any, tmp_path: Path, told: str) -> None:
    """All four commands go to their end; those that look at it say it."""
    before = set(tmp_path.rglob("*"))
    code, said, errors = steward("verify")
    assert (code, errors, told in said) == (1, "", True), said
    assert said.splitlines()[-1].startswith("ok ")
    code, said, errors = steward("replay")
    assert (code, errors, told in said) == (1, "", True), said
    code, said, errors = steward("explain", "AIU-2026-0001")
    assert (code, said, told in errors) == (2, "", True), errors
    assert set(tmp_path.rglob("*")) == before
    assert steward("export", "--format", "json", "--out", tmp_path / "out")[0] == 1
    assert (tmp_path / "out" / "manifest.json").exists()


@pytest.mark.parametrize(
    "name", ["{}/elsewhere", "../elsewhere", "a/b/c", "..", "", "x" * 300, ".x", "C:\\x", "é"]
)
def test_a_policy_of_an_odd_name_is_laid_out_nowhere(
    steward: Any, kept: Store, tmp_path: Path, name: str
) -> None:
    renamed(kept, name.format(tmp_path))
    seen(steward, tmp_path, "is no name of a file")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"": "x"}, "is no name of a file"),
        ({"x" * 300: "x"}, "is no name of a file"),
        ({"{}/elsewhere.yaml": "x"}, "is no name of a file"),
        ({"../elsewhere.yaml": "x"}, "is no name of a file"),
        ({"elsewhere.py": "x"}, "is no file of a wording"),
        ({"ai_use.yaml": 3}, "cannot be read"),
        ({"ai_use.yaml": "x: ["}, "cannot be read"),
        ([3], "cannot be read"),
        ({"ai_use.yaml": "\ud800"}, "cannot be read"),
    ],
    ids=str,
)
def test_a_wording_with_odd_files_is_named(
    steward: Any, kept: Store, tmp_path: Path, files: Any, told: str
) -> None:
    body = quoted(files).replace("{}", str(tmp_path))
    tamper(kept, f"UPDATE wording SET body = '{body}' WHERE digest = '{FORM}'")
    seen(steward, tmp_path, told)


def test_texts_of_a_language_elsewhere_are_not_looked_for(steward: Any, kept: Store) -> None:
    tamper(kept, f"UPDATE wording SET version = '/../../x' WHERE digest = '{TEXTS}'")
    code, said, errors = steward("verify")
    assert (code, errors, "is no name of a file" in said) == (1, "", True), said


def test_a_policy_that_is_called_like_a_file_is_named(steward: Any, kept: Store, tmp_path: Path) -> None:
    """Its folder cannot be made where a file of that name lies."""
    renamed(kept, "policy.yaml", which=-1)
    seen(steward, tmp_path, "as it was kept cannot be read")


@pytest.mark.parametrize("which", ["name = 'gdpr'", "kind = 'form'"])
def test_a_kept_wording_that_is_gone_is_missed(steward: Any, kept: Store, which: str) -> None:
    """Else other kept rules could be changed unseen: they are only read together."""
    tamper(kept, f"DELETE FROM wording WHERE {which}")
    code, said, _ = steward("verify")
    assert (code, "that results name is missing" in said) == (1, True), said
