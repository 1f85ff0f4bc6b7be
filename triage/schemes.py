"""Reads how a questionnaire is scored, from the folder of its policy; everything wrong with it is said at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from intake.form import Form, Kind
from intake.forms import FORMS, load_form
from intake.source import Entry, Faults, did_you_mean
from triage.desk import Desk
from triage.guide import Guide
from triage.guides import FILE as GUIDE
from triage.guides import load_guide
from triage.parts import PARTS
from triage.questionnaire import Questionnaire
from triage.scoring import Scheme
from triage.sources import HEAD, day, needed

POLICIES = Path(__file__).parent / "policy"
SCORED = ("canada-aia",)
"""The policies that score a questionnaire instead of judging by rules."""
BEFORE_USE = "before-use"
"""The policy whose gates ask for a plan, and by which tests are said by kind."""
OWN_SYSTEMS = "own-systems"
"""The policy whose gates ask for the records of what is built, changed or passed on."""
BY_TASK = {
    "use_plan": "use-plan",
    "tests": "use-tests",
    "system_record": "system-record",
    "data_record": "data-record",
    "shared_duties": "shared-duties",
}
"""The tasks that are done by a questionnaire where it is on, and by which; they come with it."""
TASKED = tuple(BY_TASK.values())
COMES_WITH = {
    "use-plan": (BEFORE_USE,),
    "use-tests": (BEFORE_USE, OWN_SYSTEMS),
    **dict.fromkeys(("system-record", "data-record", "shared-duties"), (OWN_SYSTEMS,)),
}
"""The policies with which each of them comes."""
GUIDED = ("ai-impact", "dpia-screening", "fria-screening", *TASKED)
"""Those that weigh one of ours by rules over its answers."""
ASKED = (*SCORED, *GUIDED)


def switched_on(policies: Collection[str]) -> tuple[str, ...]:
    """The questionnaires of the policies that are on."""
    return tuple(name for name in ASKED if not set(COMES_WITH.get(name, (name,))).isdisjoint(policies))


def by_form(task: str, desk: Desk) -> bool:
    """Whether it is done by answering a questionnaire that is on."""
    return BY_TASK.get(task, "") in desk.assessing


def is_beside(name: str, called: Collection[str]) -> bool:
    """Whether a use has no need of it: the task that is done by it was not called for."""
    return any(form == name and task not in called for task, form in BY_TASK.items())


def to_state(task: str, desk: Desk) -> bool:
    """Whether its owner says of it that it is done, with what shows it."""
    return task not in PARTS and not by_form(task, desk)


@cache
def questionnaire(name: str) -> Questionnaire:
    form, scheme = guided(name) if name in GUIDED else scored(name)
    return Questionnaire(name, form, scheme)


@cache
def guided(name: str) -> tuple[Form, Guide]:
    """A questionnaire of ours and how its answers are weighed."""
    return load_guide(POLICIES, name, FORMS)


def load_any(folder: Path, name: str, forms: Path) -> tuple[Form, Scheme | Guide]:
    """By what lies in the folder of the policy."""
    is_guide = (folder / name / GUIDE).is_file()
    return load_guide(folder, name, forms) if is_guide else load_scheme(folder, name, forms)


@cache
def scored(name: str) -> tuple[Form, Scheme]:
    """A questionnaire and how it is scored."""
    return load_scheme(POLICIES, name)


def load_scheme(folder: Path, name: str, forms: Path = FORMS) -> tuple[Form, Scheme]:
    """Raises Damaged with all faults of the policy's files; those of the form come first and alone."""
    faults = Faults()
    head = needed(folder, f"{name}/scoring.yaml", faults)
    points = needed(folder, f"{name}/points.yaml", faults)
    faults.stop_if_any()
    assert head is not None
    assert points is not None
    fields = head.fields(faults, (*HEAD, "form", "phases", "mitigated_from", "reduced_by", "levels"))
    faults.stop_if_any()
    form = load_form(forms, fields["form"].text(faults))
    scored = points.fields(faults, ("risk", "mitigation"))
    day(fields["effective"], faults)
    scheme = Scheme(
        name=fields["name"].text(faults),
        version=fields["version"].text(faults),
        digest=scheme_digest(head, points),
        title=fields["title"].text(faults),
        source=fields["source"].text(faults),
        risk=_points(scored["risk"], form, faults) if "risk" in scored else {},
        mitigation=_points(scored["mitigation"], form, faults) if "mitigation" in scored else {},
        phases=fields["phases"].whole(faults),
        mitigated_from=fields["mitigated_from"].whole(faults),
        reduced_by=fields["reduced_by"].whole(faults),
        levels=tuple(entry.whole(faults) for entry in fields["levels"].items(faults)),
    )
    faults.stop_if_any()
    return form, scheme


def scheme_digest(head: Entry, points: Entry) -> str:
    plain = json.dumps([head.plain(), points.plain()], sort_keys=True, ensure_ascii=False)
    return sha256(plain.encode()).hexdigest()


def _points(entry: Entry, form: Form, faults: Faults) -> Mapping[str, Mapping[str, int]]:
    """The points of each choice; every choice of a scored question has some, and nothing else has."""
    found: dict[str, dict[str, int]] = {}
    for name, below in _mapping(entry, faults).items():
        question = form.by_id.get(name)
        if question is None or question.kind not in (Kind.one, Kind.many):
            choosing = [q.id for q in form.questions() if q.choices]
            faults.add(below, f"`{name}` is not a question with choices", did_you_mean(name, choosing))
            continue
        given = _mapping(below, faults)
        for choice in given.keys() ^ question.choice_ids:
            problem = "has no points" if choice in question.choice_ids else "is not a choice"
            faults.add(
                below, f"`{choice}` {problem} of `{name}`", "Give each choice of the question its points."
            )
        found[name] = {choice: at.whole(faults) for choice, at in given.items()}
    return found


def _mapping(entry: Entry, faults: Faults) -> Mapping[str, Entry]:
    if isinstance(entry.value, dict):
        return entry.value
    faults.add(entry, "must be a mapping", "Write it as `name: value` lines.")
    return {}
