"""Who may be asked to read what: nothing but the policy that counts, as its title goes to everybody."""

from __future__ import annotations

import pytest

from tests.builders import BEN
from tests.triage.aims.test_entries import drafting
from tests.triage.aims.test_every_kind import a_policy, desk
from triage.aims.decide import Beside, decide
from triage.aims.entry import Entry, Said
from triage.aims.kinds import kinds
from triage.outcome import Refused

SAID: dict[str, Said] = {"title": "Read me", "policy": "policy:ai", "everybody": "yes", "days": "7"}
COUNTS = a_policy("policy:ai", "ai")


def calling(policy: Entry | None, name: str = "ai") -> Entry:
    wish = drafting(BEN, "acknowledgement", name, said=SAID)
    return decide(None, wish, desk(kinds()["acknowledgement"]), Beside(policy=policy))


def test_a_policy_that_counts_is_asked_to_be_read() -> None:
    assert calling(COUNTS).in_force is not None


@pytest.mark.parametrize(
    "policy",
    [
        pytest.param(None, id="nothing"),
        pytest.param(COUNTS.model_copy(update={"kind": "nonconformity"}), id="another kind"),
        pytest.param(COUNTS.model_copy(update={"id": "policy:other"}), id="another one"),
        pytest.param(COUNTS.model_copy(update={"steps": COUNTS.steps[:1]}), id="it waits"),
    ],
)
def test_nothing_else_is(policy: Entry | None) -> None:
    with pytest.raises(Refused):
        calling(policy)


def test_there_is_one_call_for_each_policy() -> None:
    with pytest.raises(Refused, match="unknown_entry"):
        calling(COUNTS, "besides")
