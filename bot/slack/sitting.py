"""Where somebody is in their queue: it travels with the window, so that nothing has to be remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from bot.slack.abouts import About, from_about, to_about
from bot.slack.ids import View
from triage.narrowing import WHOLE, Narrowed

LAID = 60
"""So many that were laid aside fit into what a window carries; of more the first comes back to its place."""
DECIDING = frozenset(
    {
        View.APPROVE,
        View.APPROVE_WITH_CONDITIONS,
        View.ASK,
        View.DECLINE,
        View.SETTLE,
        View.JOINTLY,
        View.QUEUE_FILTER,
    }
)


class Sitting(NamedTuple):
    """`case` in `version` is what the window shows, at `place` of the queue; what was `laid` aside comes last.

    `wanted`: all that they want to see of it.
    """

    case: str = ""
    version: int | None = None
    place: int = 0
    laid: tuple[str, ...] = ()
    wanted: Narrowed = WHOLE

    def next(self) -> Sitting:
        return self._replace(place=self.place + 1, case="")

    def later(self) -> Sitting:
        """The one behind it moves up to its place."""
        laid = (*(each for each in self.laid if each != self.case), self.case)
        return self._replace(laid=laid[-LAID:], case="")


class Stand(NamedTuple):
    """`number` of `many` is shown, counted from one."""

    id: str
    number: int
    many: int


def stand(queue: Sequence[str], sitting: Sitting) -> Stand | None:
    """What is shown: the same as before while it waits, else what stands in its place; behind the last, the first."""
    waits = set(queue)
    laid = [each for each in sitting.laid if each in waits]
    order = [each for each in queue if each not in set(laid)] + laid
    if not order:
        return None
    at = order.index(sitting.case) if sitting.case in waits else sitting.place
    at = at if 0 <= at < len(order) else 0
    return Stand(order[at], at + 1, len(order))


def to_text(sitting: Sitting) -> str:
    about = to_about(About(sitting.case, sitting.version))
    return f"{about}\n{sitting.place}|{','.join(sitting.laid)}|{_to_query(sitting.wanted)}"


def _to_query(wanted: Narrowed) -> str:
    """What was chosen, in signs that nothing here is parted by."""
    chosen = {name: value for name, value in wanted if value != getattr(WHOLE, name)}
    return urlencode({name: "1" if value is True else value for name, value in chosen.items()})


def _from_query(text: str) -> Narrowed:
    """What is not ours narrows nothing."""
    try:
        return Narrowed.model_validate(dict(parse_qsl(text)), strict=False)
    except ValueError:
        return WHOLE


def read(text: str) -> Sitting | None:
    """None where a window was not opened from a queue."""
    first, found, rest = text.partition("\n")
    if not found:
        return None
    about, (place, laid, wanted) = from_about(first), [*rest.split("|", 2), "", ""][:3]
    number = int(place) if place.isdecimal() and len(place) < 7 else 0
    laid_aside = tuple(filter(None, laid.split(",")))[-LAID:]
    return Sitting(about.case, about.version, number, laid_aside, _from_query(wanted))


def of_view(view: Mapping[str, Any] | None) -> Sitting | None:
    """Of the window in which something was pressed."""
    if view is None or view.get("type") != "modal":
        return None
    return read(str(view.get("private_metadata", "")))


def takes_its_place(view: Mapping[str, Any]) -> bool:
    """What is decided in the window of the queue itself; anything else is laid on top of it."""
    return view.get("callback_id") in {each.value for each in DECIDING}
