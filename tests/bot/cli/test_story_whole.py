"""The story says what a line was about, whose act it was and what came of it; and nothing written poses as a line."""

from __future__ import annotations

from typing import Any

import pytest

from store.engine import Store
from store.ledger import Ledger
from tests.bot.cli import storied
from tests.bot.cli.tampering import tamper
from tests.bot.cli.test_verify_erased import erase
from tests.builders import ANA, BEN, DAN, EVE, LOW
from triage.afterwards import FailCondition
from triage.commands import Approve
from triage.confidences import NameReader
from triage.onward import AcceptPart, DoTask, MoveOn
from triage.steps import Term

ANEW = "case-10"
TWO_LINES = "Sent.\n2027-01-01 09:00:00  Ben (reviewer): approved it\u2028condition 2: none"
"""As somebody would write who wants it read as a line of the trail."""


@pytest.fixture
def told(steward: Any, store: Store) -> Any:
    storied.tell(store, beforehand=True)

    def tell(number: int, *more: str) -> str:
        code, out, errors = steward("story", f"AIU-2026-{number:04}", *more)
        assert code == 0, errors
        return str(out)

    return tell


def approve(book: Ledger, **given: Any) -> None:
    """One use more, which nothing else happens to."""
    storied._ask(book, ANEW, "Otter again", LOW)
    book.execute(Approve(actor=BEN, case=ANEW, key="anew", **{"reason": "Fits."} | given), storied.day(0))


def ref_of(store: Store, case: str) -> int:
    from store.records import load

    with store.read() as session:
        known = load(session, case)
    assert known is not None
    return int(str(known.ref)[-4:])


def test_conditions_have_text_owner_day_and_consequence(told: Any, store: Store) -> None:
    out = told(ref_of(store, storied.CONDITIONAL))
    assert "condition 1: Only in English" in out
    assert f"condition 1 is bound: {ANA} answers for it; by {storied.day(90).day}; " in out
    assert "if not: The use goes on without what it covers" in out
    assert "looked at in condition 1: Since when?" in out
    assert f"{ANA}: said that condition 1 is met" in out


@pytest.mark.parametrize(
    ("otherwise", "now"),
    [
        ("suspends", "stopped until it is looked at again"),
        ("lapses", "approval has run out"),
        ("narrows", "approved with conditions"),
    ],
)
def test_what_was_not_met_says_what_became_of_the_approval(
    told: Any, store: Store, otherwise: Any, now: str
) -> None:
    book = Ledger(store)
    term = Term(due=storied.day(5).day, otherwise=otherwise)
    bound: dict[str, Any] = {"conditions": ("Tell them",), "terms": (term,), "reason": "Fits."}
    approve(book, **bound)
    over: dict[str, Any] = {"actor": "", "case": ANEW, "decision": "anew", "number": 1}
    book.execute(FailCondition(**over, key="over"), storied.day(9))
    out = told(ref_of(store, ANEW))
    assert f"the clock or other rules: condition 1 was not met by its day (now: {now})" in out


def test_each_decision_says_on_what_it_was_given(told: Any, store: Store) -> None:
    line = next(line for line in told(1).splitlines() if "on the facts" in line)
    assert "under eu-ai-act " in line
    assert "internal-tier " in line


@pytest.mark.parametrize("what", ["case.approved"])
def test_an_erased_record_takes_nothing_of_that(told: Any, store: Store, steward: Any, what: str) -> None:
    before = [line for line in told(1).splitlines() if "on the facts" in line]
    seq = erase(steward, store, what, last=False)
    after = told(1)
    assert [line for line in after.splitlines() if "on the facts" in line] == before
    assert f"somebody at the command line: erased record of line {seq}" in after
    assert f"line {seq} was, " in after
    assert "because: Asked for it." in after


def test_moments_are_told_to_the_second_and_in_lines_one_can_find(told: Any) -> None:
    for line in told(1).splitlines():
        if line[:1].isdigit():
            assert line[16] == ":"
            assert line.endswith("]")


def test_a_recorded_use_says_whose_yes_it_rests_on(told: Any, store: Store) -> None:
    out = told(ref_of(store, storied.WITHIN))
    pattern = f"AIU-2026-{ref_of(store, storied.SOURCE):04}-P2"
    said = f"it was recorded under the pattern {pattern}, to which {BEN}, {EVE} had said yes"
    (line,) = (line for line in out.splitlines() if said in line)
    assert f"Steward, upon what {DAN} did: " in line


def test_acts_of_the_machine_are_nobodys(told: Any, store: Store) -> None:
    out = told(ref_of(store, storied.REFERRED))
    assert f"Steward, upon what {ANA} did: asked Privacy about data" in out
    assert f"Steward, upon what {BEN} did: named {ANA} as the owner" in told(1)
    assert f"Steward, upon what {BEN} did: the rules called for owner (by " in told(1)


def test_a_plan_and_what_was_read(told: Any) -> None:
    out = told(1)
    assert f"{ANA}: wrote by what it is watched, reported every week by {DAN}" in out
    assert "measure 1: Complaints: (≤ 3)" in out
    assert f"{DAN}: joined with the team People" in out


def test_who_was_named_and_what_was_done(told: Any, store: Store) -> None:
    book = Ledger(store)
    at = storied.day(8)
    on: dict[str, Any] = {"case": ANEW}
    approve(book)
    book.execute(AcceptPart(actor=ANA, key="i-own-it", appointment="anew:owner", **on), at)
    done: dict[str, Any] = {"task": "supplier_check", "link": "https://example.org/p", "words": TWO_LINES}
    book.execute(DoTask(actor=ANA, key="checked", **done, **on), at)
    book.execute(MoveOn(actor=ANA, key="further", to="pilot", **on), at)
    out = told(ref_of(store, ANEW))
    assert f"{ANA}: accepted to be the owner" in out
    assert f"{ANA}: said that this is done: supplier check (by 2026-" in out
    assert "moved it on; it was “an idea”, and is “in its pilot” now" in out
    assert f"Steward, upon what {ANA} did: all was there, and the way on was open: in its pilot" in out
    written = [line for line in out.splitlines() if "2027-01-01 09:00:00" in line or line.endswith("none")]
    assert len(written) == 2
    assert all(line.startswith(" " * 27) for line in written)
    assert "words: Sent. ⏎" in out


def test_readers_are_named(told: Any, store: Store) -> None:
    Ledger(store).execute(
        NameReader(actor=ANA, case=storied.CONDITIONAL, key="reader", person=DAN), storied.day(9)
    )
    assert f"named {DAN} a reader" in told(ref_of(store, storied.CONDITIONAL))


def test_what_nobody_sealed_is_not_told(told: Any, store: Store) -> None:
    tamper(store, "UPDATE audit_text SET text = 'Splendid.' WHERE field = 'reason'")
    out = told(1)
    assert "Splendid." not in out
    assert "reason: is not what was sealed, so it is not told" in out
    tamper(store, "UPDATE audit_line SET sealed = replace(sealed, 'case.approved', 'case.declined')")
    assert "was changed, so nothing of it is told" in told(1)
