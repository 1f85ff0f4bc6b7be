"""Handing a request in, taking it back, and what came in by import."""

from __future__ import annotations

from collections.abc import Mapping

from intake.answers import NOT_ASKED, Answer, State, answered
from triage.case import Case, Fact, Source, Status
from triage.commands import Disclose
from triage.desk import Desk
from triage.interview import judged, quiet, talk_of, with_talk
from triage.lifecycle import check_move
from triage.outcome import Happened, Notice, Outcome, Refused, Say
from triage.standing import placed
from triage.talk import Phase

TITLE_LENGTH = 80


def submit(case: Case, actor: str, desk: Desk) -> Outcome:
    """The draft becomes a request: defaults filled, judged, due, with a card for those who decide."""
    if talk_of(case).person != actor:
        raise Refused("not_your_request", case=case.id)
    if case.status is not Status.draft:
        raise Refused("submitted_already", case=case.id)
    case, happened = placed(_with_defaults(case, desk), desk)
    case, closed = quiet(case, "")
    case = case.model_copy(update={"submitted_at": desk.now})
    return Outcome(
        case=with_talk(case, phase=Phase.closed),
        happened=happened,
        notices=(*closed, Notice(say=Say.submitted), Notice(say=Say.summary), Notice(say=Say.card)),
    )


def _with_defaults(case: Case, desk: Desk) -> Case:
    """Owner, unit, stage and title where nobody said otherwise; a default is marked as ours, not theirs."""
    defaults = {
        "owner": case.owner or case.requester,
        "title": default_title(case),
        "stage": default_stage(case),
    }
    defaults["unit"] = default_unit(case, desk)
    facts = dict(case.facts)
    for question, value in defaults.items():
        known = facts.get(question)
        if value and (known is None or known.answer.state is State.not_asked):
            facts[question] = Fact(
                question=question, answer=answered(value), by=None, at=desk.now, source=Source.organisation
            )
    title = facts["title"].answer.text if "title" in facts else ""
    unit = facts["unit"].answer.text if "unit" in facts else case.unit
    return case.model_copy(update={"facts": facts, "title": title, "unit": unit})


def default_unit(case: Case, desk: Desk) -> str:
    """What it began with, or the only one there is; else nobody's guess."""
    units = desk.organisation.units
    return case.unit or (units[0] if len(units) == 1 else "")


def default_title(case: Case) -> str:
    """Tool and purpose in one line of at most 80 characters."""
    proposed = case.talk.proposal("purpose") if case.talk else None
    known = case.answers.get("purpose") or (proposed.answer if proposed else None)
    purpose = known.text if known and known.text else case.words
    words = " ".join(f"{case.tool_name}: {purpose}".split()) if case.tool_name else " ".join(purpose.split())
    return words if len(words) <= TITLE_LENGTH else _at_word(words, TITLE_LENGTH - 1) + "…"


def _at_word(words: str, most: int) -> str:
    """The beginning, without a word cut through; a single endless word is cut."""
    return words[: most + 1].rpartition(" ")[0].rstrip(" ,;:") or words[:most]


def default_stage(case: Case) -> str:
    kind = case.answers.get("kind")
    return "in_use" if kind and "report_existing" in kind.picked else "idea"


def cancel(case: Case) -> Outcome:
    """Nothing goes into review; what was said stays in the trail of the withdrawn draft."""
    check_move(case, Status.withdrawn)
    summed_up = talk_of(case).phase is Phase.summary
    case, closed = quiet(case, "")
    if summed_up:
        closed = (Notice(say=Say.summary),)
    case = with_talk(case.model_copy(update={"status": Status.withdrawn}), phase=Phase.closed)
    return Outcome(
        case=case,
        happened=(Happened(what="draft.cancelled"),),
        notices=(*closed, Notice(say=Say.cancelled)),
    )


def disclose(known: Case | None, command: Disclose, desk: Desk) -> Outcome:
    """One imported row: a new disclosed use, changed facts with their history, or nothing where it says the same."""
    base = known or Case(
        id=command.case,
        requester=command.actor,
        created_at=desk.now,
        status=Status.disclosed,
        discovered_via=command.via,
        source_map=command.source_map,
        source_id=command.source_id,
    )
    told = _told_anew(base, command)
    if known is not None and not told and known.words == command.words:
        return Outcome(case=known)
    facts = {
        **base.facts,
        **{
            question: Fact(question=question, answer=answer, by=None, at=desk.now, source=Source.imported)
            for question, answer in told.items()
        },
    }
    change: dict[str, object] = {"facts": facts, "words": command.words}
    change |= {field: told[field].text for field in ("title", "unit") if field in told}
    if "tool" in told:
        change |= {"tool_id": command.tool_id, "tool_name": command.tool_name}
    case = judged(base.model_copy(update=change), desk)
    what = "use.disclosed" if known is None else "facts.changed"
    detail: Mapping[str, str | int | bool | tuple[str, ...]] = {
        "map": command.source_map,
        "facts": tuple(sorted(told)),
    }
    texts = {"source": command.source_id}
    if command.words != base.words:
        texts["words"] = command.words
    return Outcome(case=case, happened=(Happened(what=what, detail=detail, texts=texts),))


def _told_anew(base: Case, command: Disclose) -> dict[str, Answer]:
    """What the row says now and did not before; what a person said since is theirs, and stays."""
    unit = answered(command.unit) if command.unit else NOT_ASKED
    told = {"title": answered(command.title), "unit": unit, **command.answers}
    anew = {}
    for question, answer in told.items():
        before = base.facts.get(question)
        if before is None and answer.state is State.not_asked:
            continue
        if before is None or (before.source is Source.imported and before.answer != answer):
            anew[question] = answer
    return anew
