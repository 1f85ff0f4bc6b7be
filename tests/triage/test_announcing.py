"""A notice says what was stated, and names as a gap whatever was not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcing import drafted, languages, spoken
from bot.words import Words
from intake.answers import answered, unsure
from intake.forms import ai_use
from tests.bot.slack import scenery as s
from triage.announcing import ASKED, Audience, announcement, check_may_announce
from triage.case import Case, Fact, Source, Status
from triage.outcome import Refused

CHOICES = {
    q.id: sorted(q.choice_ids) for q in ai_use().questions() if q.id in ("output_use", "data", "check")
}


def told(**facts: tuple[str, ...] | None) -> Case:
    """`None`: not sure."""
    case = s.submitted(status=Status.approved, decisions=(s.decision(),))
    made = {
        q: Fact(
            question=q,
            answer=unsure() if picked is None else answered(*picked),
            by=s.ANA,
            at=s.NOW,
            source=Source.person,
        )
        for q, picked in facts.items()
    }
    return case.model_copy(update={"facts": made})


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("audience", Audience)
@given(data=st.data())
def test_every_set_of_answers_is_drafted_without_a_hole(
    language: str, audience: Audience, data: st.DataObject
) -> None:
    """Each choice has its words, and what stands in brackets is exactly what is not known."""
    facts = {
        question: data.draw(
            st.none() | st.lists(st.sampled_from(choices), min_size=1, unique=True).map(tuple)
        )
        for question, choices in CHOICES.items()
        if question != "check"
    }
    facts["check"] = data.draw(st.none() | st.sampled_from(CHOICES["check"]).map(lambda each: (each,)))
    facts["purpose"] = data.draw(st.none() | st.just(("Sort letters",)))
    facts["contest_route"] = data.draw(st.none() | st.just(("Write to us",)))
    case = told(**facts)
    made = announcement(case, audience)
    assert set(made.gaps) == {q for q in ASKED[audience] if facts[q] is None}
    page = drafted(Words(language), case, made, "Ana")
    assert page["notice"].count("[") == len(made.gaps)
    assert bool(page["gaps"]) == bool(made.gaps)


def test_what_may_not_go_in_is_said_only_where_what_may_is_known() -> None:
    assert "special" in announcement(told(data=("personal",)), Audience.users).out
    assert "special" not in announcement(told(data=("personal", "special")), Audience.users).out
    assert announcement(told(data=None), Audience.users).out == ()


def test_the_first_language_it_is_written_in_is_spoken() -> None:
    assert spoken("fr-CA", "en") == "fr"
    assert spoken("xx", None, "fr") == "fr"
    assert spoken("", "de") == "en"


@pytest.mark.parametrize(
    "status", [each for each in Status if not told().model_copy(update={"status": each}).in_use]
)
def test_nothing_is_told_of_what_is_not_approved(status: Status) -> None:
    with pytest.raises(Refused) as refusal:
        check_may_announce(told().model_copy(update={"status": status}), s.ANA)
    assert refusal.value.key == "nothing_to_announce"
