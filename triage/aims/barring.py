"""When a training keeps whoever is late from deciding, and who says so: pure, from what its versions say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from triage.aims.entry import Draft, Entry, Said
from triage.outcome import Refused

KIND = "training"
WITHIN = timedelta(days=30)
"""So long somebody has who is asked the first time, or whom it bars only now."""


def months_of(training: Entry) -> int:
    """How long it holds; 0: for good."""
    return _months(_shown(training))


def bars_after(training: Entry) -> int | None:
    """So many days after its day whoever has not done it decides no requests; None: they go on deciding."""
    return _grace(_shown(training))


def many(training: Entry, field: str) -> tuple[str, ...]:
    return _many(_shown(training), field)


def barred_since(training: Entry, due: date | None) -> date | None:
    """From which day on others decide in the place of whoever was to do it until then; None: from none."""
    days = bars_after(training)
    if days is None or due is None:
        return None
    return max(due, _stricter_since(training) + WITHIN) + timedelta(days=days + 1)


def check_barring(said: Mapping[str, Said]) -> None:
    """What keeps people from deciding rests on nobody's own word."""
    if _grace(said) is not None and said.get("confirmed") != "yes":
        raise Refused("entry_field", field="confirmed", wrong="barring")


def check_may_restate(*, barred: bool) -> None:
    """Nobody lifts from themself what it keeps them from."""
    if barred:
        raise Refused("training_barred")


def _stricter_since(training: Entry) -> date:
    """Since when it bars somebody whom it did not bar before, so that nobody is late overnight."""
    found = date.min
    for old, new in pairwise(training.counted_so_far):
        if new.since is not None and _is_stricter(old, new):
            found = new.since.date()
    return found


def _is_stricter(old: Draft, new: Draft) -> bool:
    before, now = _grace(old.said), _grace(new.said)
    if now is None:
        return False
    if old.retires or before is None or now < before:
        return True
    held, holds = _months(old.said), _months(new.said)
    shorter = bool(holds) and (not held or holds < held)
    return shorter or not set(_many(new.said, "roles")) <= set(_many(old.said, "roles"))


def _shown(training: Entry) -> Mapping[str, Said]:
    return training.shown.said if training.shown is not None else {}


def _months(said: Mapping[str, Said]) -> int:
    held = str(said.get("months") or "")
    return int(held) if held.isdigit() else 0


def _grace(said: Mapping[str, Said]) -> int | None:
    held = str(said.get("bars") or "")
    return 0 if held == "at_once" else int(held.removeprefix("after_")) if held.startswith("after_") else None


def _many(said: Mapping[str, Said], field: str) -> tuple[str, ...]:
    held = said.get(field)
    return held if isinstance(held, tuple) else ()
