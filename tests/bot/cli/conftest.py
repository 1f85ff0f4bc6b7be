"""Commands run as people run them: words in, exit code, output and errors out."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.settings import READERS
from store.engine import Store
from store.ledger import Ledger
from store.tables import PersonRow, PlaceRow
from tests.builders import ANA, BEN, DM, GOVERNANCE, LOW, NOW, a_desk, key
from triage.commands import Approve
from triage.outcome import Refused
from triage.policies import POLICIES
from triage.talking import Begin, Fill, Submit

Said = tuple[int, str, str]
Steward = Callable[..., Said]


@pytest.fixture
def steward(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Steward:
    """On a database of its own, in a folder of its own, with nothing else in the environment."""
    for name in READERS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)

    def run(*words: str | Path) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Our own policies in a folder where they may be changed."""
    copy = tmp_path / "policy"
    shutil.copytree(POLICIES, copy)
    return copy


def spoil(file: Path, old: str, new: str) -> None:
    told = file.read_text()
    assert told.count(old) >= 1
    file.write_text(told.replace(old, new, 1))


@pytest.fixture
def register(store: Store) -> Store:
    """One approved use and one request, as they come about."""
    with store.write() as session:
        for person in (ANA, BEN):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))
    book = Ledger(store)
    for case, words in (("case-1", "I'd like to use Otter"), ("case-2", "We want DeepL")):
        on: dict[str, Any] = {"actor": ANA, "case": case}
        book.execute(Begin(**on, key=key(), words=words, place=DM, root=f"17.{case}"), a_desk())
        book.execute(Fill(**on, key=key(), answers=LOW), a_desk())
        book.execute(Submit(**on, key=key()), a_desk())
    book.execute(Approve(actor=BEN, case="case-1", key="decided", reason="Fits."), a_desk())
    with pytest.raises(Refused):
        book.execute(Approve(actor=ANA, case="case-2", key=key(), reason="Mine."), a_desk())
    return store
