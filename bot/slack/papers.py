"""A paper that several people get is made once, not once for each: it takes long, and all others' messages wait."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from bot.slack.carrying import Made

MANY = 4
SECONDS = 15 * 60.0
"""So long; what is sent later is made of what is there then."""


class Papers:
    """Of one process, and gone with it. Who may have a paper is asked for each person, before it is taken from here."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._kept: dict[Hashable, tuple[float, Made]] = {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """`key` names all that it is made of."""
        since = self._clock() - SECONDS
        self._kept = {each: held for each, held in self._kept.items() if held[0] > since}
        if key not in self._kept:
            made = make()
            self._kept = dict([*self._kept.items(), (key, (self._clock(), made))][-MANY:])
        return self._kept[key][1]
