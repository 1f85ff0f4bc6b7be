"""A question about AI or about Steward as such is told from one in which a use is asked for."""

import pytest

from intake.catalogue import Catalogue
from intake.sentence import read

CATALOGUE = Catalogue.load()


@pytest.mark.parametrize(
    "text",
    [
        "is AI allowed here?",
        "what can I use?",
        "May I use AI at work?",
        "are we allowed to use AI",
        "what is allowed?",
    ],
)
def test_whether_ai_may_be_used_at_all(text: str) -> None:
    reading = read(text, CATALOGUE)
    assert reading.in_general
    assert reading.about_permission


@pytest.mark.parametrize(
    "text", ["who decides?", "how long does it take?", "what do you do with my words?", "are you a robot?"]
)
def test_how_it_works_here(text: str) -> None:
    reading = read(text, CATALOGUE)
    assert reading.in_general
    assert not reading.about_permission


@pytest.mark.parametrize(
    "text",
    [
        "can I use Otter?",
        "Can I use AI for translations?",
        "can we let AI read customer mails?",
        "is it allowed to rank applicants with it?",
        "I'd like to summarise contracts",
        "may I use Foobarly?",
    ],
)
def test_a_use_that_is_asked_for(text: str) -> None:
    assert not read(text, CATALOGUE).in_general
