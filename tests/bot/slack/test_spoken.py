"""The small messages around a question: why it is asked, what may have been meant, and how it reads elsewhere."""

from __future__ import annotations

from tests.bot.slack import scenery as s
from tests.bot.slack.looking import actions, render, text
from triage.outcome import Say


def test_why_a_question_is_asked_is_a_sentence_with_its_source_behind() -> None:
    shown = render(Say.why, s.asking("red_flag"), {"question": "red_flag"})
    assert "The EU forbids these with few exceptions" in text(shown)
    assert (
        "Behind it: <https://eur-lex.europa.eu/eli/reg/2024/1689/oj|Regulation (EU) 2024/1689, Art. 5(1)"
        in text(shown)
    )
    plain = render(Say.why, s.asking("title"), {"question": "title"})
    assert "Behind it" not in text(plain), "no rule looks at a title"


def test_what_may_have_been_meant_is_one_press_away() -> None:
    facts = {"reason": "half_hearted", "candidates": ("no",), "piece": "not really", "whole": True}
    shown = render(Say.not_understood, s.asking("profiling", {}), facts)
    assert actions(shown) == ["choose", "not_sure"]
    assert "noted nothing yet" in text(shown)
    assert "The question stays open" not in text(shown)
    part = render(
        Say.not_understood, s.asking("people", {}), facts | {"whole": False, "candidates": ("public",)}
    )
    assert actions(part) == ["choose", "not_sure"]
    assert "type the numbers with commas" in text(part), "one piece of a list need not be the whole answer"


def test_a_question_read_out_of_context_names_its_subject() -> None:
    wording = s.desk().wording
    assert wording.open("reverse") == "If it goes wrong for someone, how quickly could that be put right?"
    assert wording.open("owner") == wording.ask("owner")
    for question in s.desk().form.questions():
        assert len(wording.open(question.id)) <= 150
        assert "these" not in wording.open(question.id)
