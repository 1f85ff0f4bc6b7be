"""The story as it looks on the screen: nobody knows an id, everybody presses and fills what they read."""

from __future__ import annotations

import pytest

from tests.slack_world import ANA, CARDS, CLEO, DAN, Thread, World
from triage.case import Status


@pytest.mark.parametrize("door", ["socket", "http"])
def test_from_the_first_words_to_the_decision(world: World) -> None:
    ana, cleo = world.person(ANA), world.person(CLEO)
    root = ana.writes("I'd like to use Otter.ai to transcribe our own meetings")
    assert "*Otter.ai*" in ana.reads(thread=root)[-1]
    ana.clicks("Yes, start", thread=root)
    ana.clicks("1", thread=root)
    while "Submit" not in ana.reads(thread=root)[-1]:
        asked = ana.reads(thread=root)[-1]
        ana.writes("None of these" if "None of these" in asked else "not sure", thread=root)
    ana.clicks("Edit", thread=root, beside="Use of the result")
    assert "What happens to what it produces?" in ana.reads(thread=root)[-1]
    ana.writes("1", thread=root)
    ana.clicks("Submit", thread=root)
    assert "Recorded as *AIU-2026-0001*" in ana.reads(thread=root)[-1]

    cleo.clicks("Ask for information", where=CARDS)
    cleo.fills({"What do you need to know?": "Who can listen?"})
    assert cleo.submits() is None
    assert "Who can listen?" in ana.reads(thread=root)[-1]
    ana.writes("Only my own team", thread=root)

    cleo.clicks("Decline", where=CARDS)
    assert "AIU-2026-0001" in cleo.window()
    cleo.fills({"Reason": "Too much is open", "What would change this no?": "A contract"})
    assert cleo.submits() is None
    assert "Too much is open" in ana.reads(thread=root)[-1]
    assert "AIU-2026-0001" in ana.home()
    assert "AIU-2026-0001" not in world.person(DAN).steward("list")
    assert Thread(ana, root).case.status is Status.declined
