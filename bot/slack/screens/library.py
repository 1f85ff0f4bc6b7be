"""The library of conditions in a window: those that fit, most fitting first, to be ticked."""

from __future__ import annotations

from collections.abc import Iterable

from bot.offered import text
from bot.slack.scene import Scene
from triage.rules import Usual
from triage.usual import OFFERED, fitting


def offered(scene: Scene, known: Iterable[str]) -> tuple[Usual, ...]:
    """`known`: conditions that stand already for the like of it, which come first where the library has them."""
    before = set(known)
    fit = fitting(scene.case, scene.desk)
    first = [each for each in scene.desk.book.usual if text(scene.words, each) in before]
    return tuple(dict.fromkeys((*first, *fit)))[:OFFERED]
