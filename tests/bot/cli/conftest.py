"""Commands run as people run them: words in, exit code, output and errors out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import READERS

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
