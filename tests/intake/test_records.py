"""The table of an entry's fields names every question there is, and none that there is not."""

import re
from pathlib import Path

from intake.forms import ai_use
from intake.grammar import SETTINGS

TEXT = (Path(__file__).parents[2] / "docs" / "records.md").read_text()
FIELDS = re.findall(r"^\| (\w+) \| (asked|derived|default|gap) \| (.+) \|$", TEXT, re.MULTILINE)


def test_every_question_has_its_place_in_the_document() -> None:
    named = set(re.findall(r"`(\w+)`", TEXT))
    assert set(ai_use().by_id) <= named
    assert named - set(ai_use().by_id) - SETTINGS.keys() == {"settled_by", "referral"}


def test_what_is_asked_or_a_default_rests_on_questions_of_that_sort() -> None:
    by_id = ai_use().by_id
    for field, how, source in FIELDS:
        questions = [by_id[name] for name in re.findall(r"`(\w+)`", source) if name in by_id]
        if how == "asked":
            assert questions, field
            assert not any(q.defaulted or q.after for q in questions), field
        if how == "default" and questions:
            assert questions[0].defaulted, field


def test_no_field_stands_twice() -> None:
    names = [field for field, _, _ in FIELDS]
    assert len(names) == len(set(names)) == 30
