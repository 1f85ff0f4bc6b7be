"""A questionnaire about a use, looked at by somebody who neither wrote nor owns it; it holds while nothing moves.

An entry's name says which use and which form; its version names exactly the answers and the facts that were looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from intake.form import Form
from intake.value import Value
from triage.aims.entry import Entry, Said
from triage.case import Case
from triage.desk import Desk
from triage.fingerprint import facts_digest
from triage.guide import Guide, Weighed, given, is_whole, who_says
from triage.outcome import Refused
from triage.parties import with_part
from triage.questionnaire import Questionnaire, Sheet, digest_of

KIND = "assessment"
Standing = Literal["none", "stands", "work_left", "stale"]


class Shown(Value):
    """What somebody looks at: `answers` and `facts` are digests."""

    ref: str
    version: int
    answers: str
    facts: str
    found: str


@dataclass(frozen=True)
class Beside:
    """What a review is held against: how it stands now, and who has a part in it. Without one nothing is reviewed.

    `complete`: all of it is answered; where a task is done by it, nothing is left or unsure either.
    `roles`: of the first of them in which anybody can, somebody has to say that it stands; none: whoever looks at it.
    """

    shown: Shown | None = None
    parts: tuple[str, ...] = ()
    complete: bool = False
    roles: tuple[str, ...] = ()


def name_of(case: str, form: str) -> str:
    return f"{case}:{form}"


def shown(case: Case, sheet: Sheet, form: Form) -> Shown:
    finding = sheet.finding
    found = " ".join((finding.outcome, finding.level)) if isinstance(finding, Weighed) else ""
    facts = facts_of(case, form)
    answers = digest_of(sheet.facts)
    about = {"ref": case.ref or case.id, "version": sheet.version, "found": found.strip() or "-"}
    return Shown.model_validate({**about, "answers": answers, "facts": facts})


def facts_of(case: Case, form: Form) -> str:
    """Of the answers about the use, and of what the rules say of it where the form builds on that."""
    said = sorted(
        f"{name}={answer.state.value}:{answer.text}" for name, answer in given(form, case.verdict).items()
    )
    return sha256(" ".join((facts_digest(case), form.digest, *said)).encode()).hexdigest()


def beside_of(case: Case, sheet: Sheet, asked: Questionnaire, writers: frozenset[str]) -> Beside:
    """`writers`: whoever ever answered anything of it."""
    finding = sheet.finding
    does_task = isinstance(asked.scheme, Guide) and bool(asked.scheme.task)
    complete = is_whole(finding) if does_task else isinstance(finding, Weighed) and finding.complete
    roles = who_says(asked.form, asked.scheme, sheet.answers) if isinstance(asked.scheme, Guide) else ()
    return Beside(shown(case, sheet, asked.form), (*sorted(writers), *with_part(case)), complete, roles)


def check_review(person: str, said: Mapping[str, Said], held: Beside, desk: Desk) -> None:
    """Of exactly what was shown, by somebody without a part in it; what is unfinished does not stand."""
    if held.shown is None or not person:
        raise Refused("unknown_entry")
    if _has_part(person, held, desk):
        raise Refused("own_assessment")
    now = held.shown
    if (said.get("uses"), said.get("version"), said.get("answers"), said.get("facts"), said.get("found")) != (
        (now.ref,),
        now.version,
        now.answers,
        now.facts,
        now.found,
    ):
        raise Refused("entry_moved")
    if not held.complete and said.get("outcome") != "work_left":
        raise Refused("assessment_unfinished")
    if said.get("outcome") != "work_left":
        _check_role(person, held, desk)


def _check_role(person: str, held: Beside, desk: Desk) -> None:
    for role in held.roles:
        able = [one for one in sorted(desk.roles.get(role, ())) if not _has_part(one, held, desk)]
        if desk.holds(person, role):
            return
        if able:
            raise Refused("values_first", role=role, people=" ".join(able))


def _has_part(person: str, held: Beside, desk: Desk) -> bool:
    return any(desk.same(person, one) for one in held.parts)


def standing(entry: Entry | None, now: Shown) -> Standing:
    """Stale as soon as the answers, the facts of the use, or what the rules say of it are others."""
    looked = entry.in_force if entry is not None else None
    if looked is None:
        return "none"
    if (looked.said.get("answers"), looked.said.get("facts")) != (now.answers, now.facts):
        return "stale"
    return "stands" if looked.said.get("outcome") == "stands" else "work_left"
