"""What is ticked in the list of a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.ids import Action, Press, to_block_id


def ticked(values: Mapping[str, Mapping[str, Any]], press: Press) -> tuple[str, ...]:
    """Everything ticked in the list of the question that `press` belongs to; `values` is `state.values`."""
    wanted = to_block_id("many", press._replace(choice=""))
    options = values.get(wanted, {}).get(Action.PICK.value, {}).get("selected_options") or []
    return tuple(str(option["value"]) for option in options)
