"""A long text costs about its length, whatever it repeats: counted in looks at words, not in seconds."""

from __future__ import annotations

import pytest

from bot.library import library
from intake.scene import Scene
from intake.sentence import SCANNED, read

LOOKS_A_WORD = 1_000
"""Some way above what any of these takes; a look back to the beginning for each word takes thousands."""

REPEATED = (
    "he uses ",
    "she has used ",
    "my ",
    ":a:",
    "of our ",
    "we want to use ",
    "is our supplier using ",
    "by ",
    "not ",
)


@pytest.mark.parametrize("piece", REPEATED)
def test_a_long_text_is_read_in_one_go(monkeypatch: pytest.MonkeyPatch, piece: str) -> None:
    looks = 0
    gap = Scene.gap

    def counted(scene: Scene, at: int) -> str:
        nonlocal looks
        looks += 1
        return gap(scene, at)

    monkeypatch.setattr(Scene, "gap", counted)
    said = (piece * SCANNED)[:SCANNED]
    read(said, library().catalogue)
    assert looks < LOOKS_A_WORD * (len(said.split()) + said.count(":"))
