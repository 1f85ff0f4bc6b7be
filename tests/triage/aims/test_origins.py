"""What suggests a risk: by data, once for each thing, until it is weighed or set aside."""

from __future__ import annotations

import pytest

from tests.builders import BEN, a_desk
from tests.triage.aims.test_entries import drafting
from tests.triage.aims.test_risks import HELD, RISK
from triage.aims.decide import decide
from triage.aims.entry import Entry, Said
from triage.aims.kinds import kinds
from triage.aims.origins import ASIDE, Arisen, Matter, arisen, origins, source_of, still_open
from triage.incidents.incident import Kind
from triage.incidents.rulebook import book
from triage.schemes import questionnaire

INCIDENT = Matter(
    of="incident",
    about="i1",
    ref="AII-2026-0001",
    said={"kind": ("incident",), "severity": ("high",), "known": ("yes",)},
)


def suggested(matter: Matter) -> list[str]:
    return [each.origin for each in arisen([matter])]


@pytest.mark.parametrize(
    ("of", "said", "origin"),
    [
        ("incident", {"kind": "incident", "severity": "critical", "known": "yes"}, ["incident_recurs"]),
        ("incident", {"kind": "incident", "severity": "critical"}, []),
        ("incident", {"kind": "incident", "severity": "low", "known": "yes"}, []),
        ("incident", {"kind": "concern", "severity": "low", "known": "yes"}, ["concern_true"]),
        ("nonconformity", {"weight": "major", "source": "audit"}, ["wrong_again"]),
        ("nonconformity", {"weight": "minor", "source": "audit"}, ["found_in_audit"]),
        ("nonconformity", {"weight": "minor", "source": "overdue"}, []),
        ("supplier", {"fit": "not_fit", "trains": "yes"}, ["supplier_unfit"]),
        ("supplier", {"fit": "fit", "trains": "not_known"}, ["supplier_trains"]),
        ("supplier", {"fit": "fit", "trains": "no"}, []),
        ("assessment", {"harms": "privacy", "hard_to_undo": "yes"}, ["harm_privacy", "no_way_back"]),
        ("assessment", {"harms": "none", "hard_to_undo": "no"}, []),
    ],
)
def test_what_suggests_a_risk_stands_in_data(of: str, said: dict[str, str], origin: list[str]) -> None:
    held = {name: (value,) for name, value in said.items()}
    matter = Matter.model_validate({"of": of, "about": "a", "ref": "AII-2026-0001", "said": held})
    assert suggested(matter) == origin


def test_every_value_that_a_rule_names_is_one_that_there_is() -> None:
    form = {
        question.id: {each.id for each in question.choices}
        for question in questionnaire("ai-impact").form.questions()
    }
    fields = {
        kind: {each.id: set(each.choices) for each in kinds()[kind].fields}
        for kind in ("nonconformity", "supplier")
    }
    of_incidents: dict[str, set[str]] = {"kind": set(Kind), "severity": set(book().levels), "known": {"yes"}}
    known: dict[str, dict[str, set[str]]] = {"assessment": form, "incident": of_incidents, **fields}
    for each in origins().values():
        for name, values in each.when.items():
            assert set(values) <= known[each.of][name], each.id


def test_the_source_of_the_risk_is_what_it_came_from() -> None:
    assert source_of(INCIDENT) == "incident"
    assert source_of(INCIDENT.model_copy(update={"said": {"kind": ("concern",)}})) == "concern"
    allowed = kinds()["risk"].field("source")
    assert allowed is not None
    assert {"incident", "concern", "audit", "review", "impact_assessment"} <= set(allowed.choices)


def risk(**said: Said) -> Entry:
    wish = drafting(kind="risk", said={**RISK, "owner": BEN, **said}, actor=BEN)
    return decide(None, wish, a_desk(roles=HELD))


def aside(key: str) -> Entry:
    said: dict[str, Said] = {"title": "It", "from": ("AII-2026-0001",), "because": "It is gone for good"}
    return decide(None, drafting(kind=ASIDE, name=key, said=said, actor=BEN), a_desk(roles=HELD))


def test_it_is_gone_once_it_is_weighed_or_set_aside_also_where_another_rule_holds_by_now() -> None:
    found = list(arisen([INCIDENT]))
    assert still_open(found, [], []) == tuple(found)
    assert still_open(found, [risk(**{"from": ("AII-2026-0002",)})], []) == tuple(found)
    assert still_open(found, [risk(**{"from": ("AII-2026-0001",)})], []) == ()
    worse = INCIDENT.model_copy(update={"said": {**INCIDENT.said, "severity": ("medium",)}})
    (other,) = arisen([worse])
    assert other.origin == "incident_medium"
    assert still_open([other], [], [aside(found[0].key)]) == ()


def test_each_harm_of_an_assessment_is_weighed_by_itself() -> None:
    said = {"harms": ("privacy", "work")}
    matter = Matter(of="assessment", about="u1", ref="AIU-2026-0001", said=said, uses=("AIU-2026-0001",))
    found: list[Arisen] = list(arisen([matter]))
    begun: dict[str, Said] = {"from": ("AIU-2026-0001",), "library": "harm_privacy"}
    weighed = risk(**begun)
    assert [each.origin for each in still_open(found, [weighed], [])] == ["harm_work"]
    assert [each.origin for each in still_open(found, [], [aside(found[1].key)])] == ["harm_privacy"]
