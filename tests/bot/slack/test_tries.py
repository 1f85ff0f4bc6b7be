"""Wrong phrases are counted for everybody together, and forgotten after ten minutes."""

import pytest

from bot.slack.tries import MANY, WITHIN_SECONDS, Tries
from triage.outcome import Refused


def test_after_so_many_wrong_ones_nobody_tries_for_a_while() -> None:
    seconds = [0.0]
    tries = Tries(lambda: seconds[0])
    for _ in range(MANY):
        tries.check()
        tries.note_wrong()
    with pytest.raises(Refused, match="phrases_tried"):
        tries.check()
    seconds[0] = WITHIN_SECONDS - 1
    with pytest.raises(Refused, match="phrases_tried"):
        tries.check()
    seconds[0] = WITHIN_SECONDS
    tries.check()
