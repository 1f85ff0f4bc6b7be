"""One word for one thing: a label that is changed in its file is changed wherever people read it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.library import Library, library
from bot.sandbox.reading import words
from bot.slack.ids import Action
from intake.forms import FORMS, load_wording
from tests.slack_world import ANA, World

NEW = "What stays in our house"


@pytest.fixture
def changed(tmp_path: Path) -> Library:
    """Our form, with another label of one choice."""
    forms = tmp_path / "forms"
    shutil.copytree(FORMS, forms)
    texts, known = forms / "ai_use.en.yaml", library()
    was = known.wording.label("data", "internal")
    told = texts.read_text()
    assert told.count(f"    internal: {was}\n") == 1
    texts.write_text(told.replace(f"    internal: {was}\n", f"    internal: {NEW}\n"))
    return replace(known, wording=load_wording(forms, "ai_use", known.form))


def test_a_label_that_is_changed_is_changed_wherever_people_read_it(world: World, changed: Library) -> None:
    """In the question, the form, the summary, the card and the record; what is stored is the id behind it."""
    was = library().wording.label("data", "internal")
    world.bot.office.library = changed
    thread = world.person(ANA).asks()
    thread.presses(Action.START_BLANK)
    thread.answers()
    thread.presses(Action.USE_FORM)
    assert NEW in thread.person.window()
    thread.person.hands.closes_view()
    asked = "\n".join(thread.texts())
    assert NEW in asked
    assert was not in asked
    thread.presses(Action.SUBMIT)
    assert thread.case.answers["data"].picked == ("internal",)
    shown = [words(world.cards()[-1]), world.person(ANA).steward(f"show {thread.case.ref}")]
    assert NEW in "".join(shown)
    assert was not in "".join(shown)
