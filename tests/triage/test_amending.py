"""What other rules of an organisation's own change, rule by rule."""

from __future__ import annotations

import pytest

from tests.builders import ANA, CLEO, DAN, a_desk
from tests.triage.test_own import INNER, STAFF, TALKS, a_change, a_file, a_rule
from triage.amending import Amended, How, amended, is_same
from triage.policies import book_with
from triage.proposing import Proposal, holders, lacking

WIDE = {"any": [INNER, TALKS]}
LAW = "Our AI policy"


def found(old: str, new: str) -> list[tuple[str, How, str, str]]:
    told = amended(book_with(own=old), book_with(own=new))
    return [(each.rule, each.how, each.before, each.after) for each in told]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", a_file(a_rule()), ("own-inner", How.new, "", "tier.3")),
        (a_file(a_rule()), "", ("own-inner", How.gone, "tier.3", "")),
        (a_file(a_rule()), a_file(a_rule(level=2)), ("own-inner", How.looser, "tier.3", "tier.2")),
        (a_file(a_rule()), a_file(a_rule(level=4)), ("own-inner", How.stricter, "tier.3", "tier.4")),
        (a_file(a_rule()), a_file(a_rule(when=WIDE)), ("own-inner", How.stricter, "tier.3", "tier.3")),
        (a_file(a_rule()), a_file(a_rule(when=STAFF)), ("own-inner", How.looser, "tier.3", "tier.3")),
        (a_file(a_rule()), a_file(a_rule(because="Anew.")), ("own-inner", How.said_anew, "tier.3", "tier.3")),
        (a_file(a_rule()), a_file(a_rule(source="Anew")), ("own-inner", How.said_anew, "tier.3", "tier.3")),
        ("", a_file(changes=(a_change(level=1),)), ("tier-guarded-data", How.looser, "tier.2", "tier.1")),
        (a_file(changes=(a_change(level=1),)), "", ("tier-guarded-data", How.stricter, "tier.1", "tier.2")),
    ],
)
def test_each_rule_that_differs_is_told(old: str, new: str, told: tuple[str, How, str, str]) -> None:
    assert found(old, new) == [told]


def test_what_asks_for_most_attention_is_told_first() -> None:
    old = a_file(a_rule(), a_rule(id="own-b"), a_rule(id="own-c"))
    new = a_file(a_rule(id="own-new"), a_rule(id="own-b", level=4), a_rule(id="own-c", level=2))
    assert [how for _, how, *_ in found(old, new)] == [How.looser, How.gone, How.new, How.stricter]


def test_a_rule_of_ours_says_its_sentence_their_reason_and_their_source() -> None:
    (told,) = amended(book_with(), book_with(own=a_file(changes=(a_change(),))))
    assert isinstance(told, Amended)
    assert told.sentence.endswith("We look twice.")
    assert told.source == LAW


def test_files_that_say_the_same_in_another_order_are_the_same() -> None:
    one, other = a_rule(), a_rule(id="own-b")
    assert is_same(a_file(one, other), "# a comment\n" + a_file(other, one))
    assert is_same("{}", "# nothing\n{}")
    assert not is_same(a_file(one), a_file(one, other))
    assert not is_same(a_file(one), a_file(a_rule(examples=[{"fires": "Other words"}])))


def test_one_human_being_under_two_names_is_one_who_can_say_yes() -> None:
    roles = {
        "governance_lead": frozenset({ANA, DAN}),
        "risk_owner": frozenset({ANA, CLEO}),
        "legal": frozenset({"x"}),
    }
    looser = Proposal(digest="d", base="", made="p", by=ANA, reason="", looser=True)
    stricter = looser.model_copy(update={"looser": False})
    assert len(holders(a_desk(roles=roles))) == 3
    alone = a_desk(roles={"governance_lead": frozenset({ANA}), "risk_owner": frozenset({ANA})})
    assert (lacking(looser, alone), lacking(stricter, alone)) == (1, 0)
    assert (lacking(looser, a_desk(roles={})), lacking(stricter, a_desk(roles={}))) == (2, 1)
    twice = a_desk(
        roles={"governance_lead": frozenset({ANA}), "risk_owner": frozenset({DAN})}, same=lambda a, b: True
    )
    assert lacking(looser, twice) == 1
