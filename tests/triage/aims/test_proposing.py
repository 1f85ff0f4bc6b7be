"""What operation proposes of each control: small registers that fire a reason, and ones that just miss it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.applicability import nothing
from bot.words import Words
from intake.answers import unsure
from tests.triage.aims.soa import BUILT, LOW, TRAINED, USES, proposed, use
from triage.aims.proposing import NAMED, Risks, Setting
from triage.aims.reasons import spoke
from triage.aims.standard import controls
from triage.case import Status

ANY = Setting(plays=("uses",), incidents=0)
MAKES = Setting(plays=("uses", "develops"))


def like(**more: Any) -> dict[str, Any]:
    return {**LOW, **more}


HIRING = like(
    area="employment", function="employment.ranking", influence="followed", profiling="no",
    people="staff_applicants", data="personal", output_use="decides_people", worst="rights_or_livelihood",
    reverse="months", scale="lt100",
)  # fmt: skip
TALKS = like(output_use="talks_to_people", people="customers", worst="negligible")
ACTS = like(output_use="acts_in_systems", powers="write_internal", worst="inconvenience", scale="lt100")

FIRES: list[tuple[str, dict[str, Any], Setting, str, str]] = [
    *((each, LOW, USES, "yes", "always") for each in ("A.2.2", "A.2.3", "A.2.4", "A.3.2", "A.3.3")),
    *((each, LOW, USES, "yes", "registered") for each in ("A.4.2", "A.5.2", "A.9.2", "A.9.3", "A.9.4")),
    ("A.4.3", like(data="personal"), USES, "yes", "personal"),
    ("A.4.3", like(data="confidential"), USES, "yes", "guarded"),
    ("A.4.4", ACTS, USES, "yes", "acts"),
    ("A.4.5", TRAINED, USES, "yes", "own_machines"),
    ("A.4.6", HIRING, USES, "yes", "high"),
    ("A.5.3", HIRING, USES, "yes", "assessed"),
    ("A.5.4", HIRING, USES, "yes", "decides"),
    ("A.5.4", TALKS, USES, "yes", "people"),
    ("A.5.5", like(people="public"), USES, "yes", "society"),
    *((each, BUILT, USES, "yes", "built") for each in ("A.6.1.2", "A.6.1.3", "A.6.2.2", "A.6.2.3")),
    *((each, BUILT, USES, "yes", "built") for each in ("A.6.2.4", "A.6.2.5")),
    *((each, LOW, MAKES, "yes", "makes") for each in ("A.6.1.2", "A.6.1.3", "A.6.2.2", "A.6.2.3", "A.6.2.7")),
    ("A.6.2.4", HIRING, USES, "yes", "high"),
    ("A.6.2.6", HIRING, USES, "yes", "watched"),
    ("A.6.2.6", HIRING, USES, "yes", "eu-duty-26-monitor"),
    ("A.6.2.7", HIRING, USES, "yes", "documents"),
    ("A.6.2.8", ACTS, USES, "yes", "acts"),
    ("A.6.2.8", HIRING, USES, "yes", "eu-duty-26-logs"),
    *((each, TRAINED, USES, "yes", "trained") for each in ("A.7.2", "A.7.3", "A.7.4", "A.7.5", "A.7.6")),
    *((each, LOW, MAKES, "yes", "develops") for each in ("A.7.2", "A.7.3", "A.7.4", "A.7.5", "A.7.6")),
    ("A.7.4", HIRING, USES, "yes", "decides"),
    ("A.8.2", TALKS, USES, "yes", "shown"),
    ("A.8.2", TALKS, USES, "yes", "eu-duty-tell-chatbot"),
    ("A.8.3", TALKS, USES, "yes", "outsiders"),
    ("A.8.4", TALKS, USES, "yes", "outsiders"),
    ("A.8.4", LOW, Setting(plays=("uses",), incidents=2), "yes", "incidents"),
    ("A.8.5", HIRING, USES, "yes", "told"),
    ("A.10.2", LOW, USES, "yes", "bought"),
    ("A.10.3", LOW, USES, "yes", "bought"),
    ("A.10.4", TALKS, USES, "yes", "customers"),
    ("A.10.4", LOW, Setting(plays=("provides",)), "yes", "provides"),
]  # fmt: skip
MISSES: list[tuple[str, dict[str, Any], Setting, str]] = [
    *((each, LOW, USES, "") for each in ("A.4.3", "A.4.4", "A.5.3", "A.5.4", "A.5.5", "A.6.2.6", "A.6.2.8")),
    *((each, LOW, USES, "") for each in ("A.8.2", "A.8.3", "A.8.4", "A.8.5")),
    *((each, LOW, USES, "no") for each in ("A.4.5", "A.6.1.2", "A.6.1.3", "A.6.2.2", "A.6.2.3", "A.6.2.4", "A.6.2.5")),
    *((each, LOW, USES, "no") for each in ("A.6.2.7", "A.7.2", "A.7.3", "A.7.4", "A.7.5", "A.7.6", "A.10.4")),
    ("A.10.3", TRAINED, MAKES, "no"),
    ("A.7.2", BUILT, USES, "no"),
    # Nobody said which part the organisation plays, or it plays one that the controls are there for.
    ("A.6.2.2", LOW, Setting(), ""),
    ("A.7.2", LOW, Setting(), ""),
    ("A.10.4", TALKS | {"people": "partners"}, Setting(plays=("uses", "develops")), "no"),
    # What is not known is neither a yes nor a no.
    ("A.6.2.2", {name: held for name, held in LOW.items() if name != "kind"}, USES, ""),
    ("A.7.2", {name: held for name, held in BUILT.items() if name != "base_model"}, USES, ""),
    ("A.10.4", {name: held for name, held in TALKS.items() if name != "people"}, USES, ""),
]  # fmt: skip


@pytest.mark.parametrize(("control", "said", "setting", "applies", "reason"), FIRES)
def test_a_reason_speaks_for_it(
    control: str, said: dict[str, Any], setting: Setting, applies: str, reason: str
) -> None:
    found = proposed(use(1, **said), setting=setting)[control]
    assert found.applies == applies
    assert reason in [each.reason for each in found.whys]


@pytest.mark.parametrize(("control", "said", "setting", "applies"), MISSES)
def test_nothing_speaks_for_it(control: str, said: dict[str, Any], setting: Setting, applies: str) -> None:
    found = proposed(use(1, **said), setting=setting)[control]
    assert (found.applies, found.whys) == (applies, ())


def test_each_control_has_both_sides() -> None:
    """One that fires it and one that just misses it; what the management system asks in any case has no other side."""
    fired, missed = {each[0] for each in FIRES}, {each[0] for each in MISSES}
    whole = {each.id for each in controls()}
    ever = {id for id, each in spoke().controls.items() if each.always or "registered" in each.reasons}
    assert (whole - fired, whole - missed - ever) == (set(), {"A.4.6", "A.10.2"})
    reasons = {each[4] for each in FIRES}
    assert set(spoke().reasons) - reasons == {"new_supplier"}


def test_an_empty_register_proposes_no_no() -> None:
    found = proposed()
    assert {each.applies for id, each in found.items() if not spoke().controls[id].always} == {""}


def test_what_holds_for_some_uses_only_is_proposed_in_part() -> None:
    found = proposed(use(1, **LOW), use(2, **BUILT))
    assert (found["A.6.2.2"].applies, found["A.6.1.3"].applies) == ("partly", "yes")
    (why,) = found["A.6.2.2"].whys
    assert (why.uses, why.refs) == (1, ("AIU-2026-0002",))
    open_one = {name: held for name, held in LOW.items() if name != "kind"}
    assert proposed(use(1, **open_one), use(2, **BUILT))["A.6.2.2"].applies == "yes", "it may be all of them"


def test_a_few_are_named_and_none_that_is_confidential() -> None:
    found = proposed(*(use(n, confidential=n < 3, **LOW) for n in range(9, 0, -1)))["A.4.2"].whys[0]
    assert found.refs == tuple(f"AIU-2026-{n:04}" for n in range(3, 3 + NAMED))
    assert (found.uses, found.more) == (9, 4)
    alone = proposed(use(1, confidential=True, **LOW))["A.4.2"].whys[0]
    assert (alone.uses, alone.refs) == (1, ())


@pytest.mark.parametrize("status", [Status.draft, Status.withdrawn, Status.declined, Status.retired])
def test_what_is_not_there_speaks_for_nothing(status: Status) -> None:
    assert proposed(use(1, status=status, **BUILT))["A.6.1.2"].whys == ()


def test_order_and_repetition_change_nothing() -> None:
    uses = [use(n, **(BUILT if n % 3 else HIRING)) for n in range(1, 8)]
    assert proposed(*uses) == proposed(*reversed(uses))


def test_law_is_told_with_its_source_and_day() -> None:
    law = next(each.law for each in proposed(use(1, **HIRING))["A.6.2.8"].whys if each.law)
    assert "Art. 26(6)" in law.source
    assert law.since.isoformat() == "2027-12-02"


def test_tools_of_suppliers_are_counted_once_each() -> None:
    other = like(tool="deepl")
    why = next(e for e in proposed(use(1, **LOW), use(2, **LOW), use(3, **other))["A.10.3"].whys)
    assert (why.uses, why.tools) == (3, 2)


def test_what_is_not_known_is_told_as_open() -> None:
    unsure_of = use(1, **LOW).model_copy(update={"answers": {**use(1, **LOW).answers, "data": unsure()}})
    found = proposed(unsure_of)["A.4.3"]
    assert (found.applies, {each.reason: each.open for each in found.open}) == (
        "",
        {"guarded": 1, "personal": 1},
    )


def test_a_risk_that_names_a_control_speaks_for_it() -> None:
    told = USES.model_copy(
        update={"risks": {"A.6.1.2": Risks(count=3, refs=("AIR-2026-0001", "AIR-2026-0003"))}}
    )
    found = proposed(use(1, **LOW), setting=told)
    (why,) = found["A.6.1.2"].whys
    assert (found["A.6.1.2"].applies, why.count, why.more) == ("yes", 3, 1)
    assert found["A.6.1.3"].applies == "no"


@pytest.mark.parametrize(
    ("setting", "beside", "said"),
    [
        (Setting(), (), "no approved context says that"),
        (MAKES, ("develops",), "the context names a part beside which it may be needed: develops"),
    ],
)
def test_why_nothing_can_be_proposed_is_said_as_it_is(
    setting: Setting, beside: tuple[str, ...], said: str
) -> None:
    proposal = proposed(use(1, **LOW), setting=setting)["A.4.5"]
    assert (proposal.applies, proposal.beside) == ("", beside)
    assert said in nothing(Words(), proposal)
