"""What is said to be another than shown or answered becomes a proposal to be confirmed, at any point of the way."""

from __future__ import annotations

from intake.answers import NOT_ASKED, Answer, State, answered
from intake.correcting import Correction, correction
from intake.form import Kind
from intake.typed import read_typed
from triage.altering import altered, changing, proposing, rows_of, without_proposal
from triage.case import Case
from triage.desk import Desk
from triage.interview import USES, learn, put, talk_of, with_talk
from triage.outcome import Happened, Notice, Outcome, Say
from triage.talking import Type

NAMED_ANYWAY = ("tool", "purpose")
"""Rows that may be named also where nothing was read of them."""


def corrected_offer(case: Case, command: Type, desk: Desk) -> Outcome | None:
    """The offer anew with what they say instead; nothing counts before a yes."""
    shown = [*(p.question for p in talk_of(case).proposals), *NAMED_ANYWAY]
    told = correction(command.words, rows_of(shown, desk), desk.catalogue)
    if told is None or not told.value:
        return None
    if told.question == "tool":
        case = _with_tool(case, told.value, command.actor, desk)
    elif (given := _answer(told, desk)) is not None:
        case = proposing(case, told.question, given, command.words)
    else:
        return None
    return _noted(case, told, command, Notice(say=Say.welcome, facts={"again": True}))


def corrected_summary(case: Case, command: Type, desk: Desk) -> Outcome | None:
    """Whether it is to be changed so is asked, and answered by one press; without a value the row is opened."""
    if (changed := corrected_answer(case, command, desk)) is not None:
        return changed
    told = correction(command.words, rows_of(case.facts, desk), desk.catalogue)
    if told is None or told.question not in desk.form.by_id:
        return None
    case, notice = put(without_proposal(case, told.question), told.question)
    return _noted(case, told, command, notice)


def corrected_answer(
    case: Case, command: Type, desk: Desk, *, besides: tuple[str, ...] = (), in_rows: bool = False
) -> Outcome | None:
    """Asks whether an answer given before is to be what they say; see `altered`."""
    rows = rows_of((question for question in case.facts if question not in besides), desk)
    told = correction(command.words, rows, desk.catalogue)
    if told is not None and told.value and told.question in case.facts and told.question not in besides:
        given = _answer(told, desk)
        if given is not None and given != case.answers.get(told.question):
            return changing(case, told.question, given, command)
    return altered(case, command, desk, besides=besides, in_rows=in_rows)


def _answer(told: Correction, desk: Desk) -> Answer | None:
    """None where the words are no answer to it: then it is only asked."""
    question = desk.form.by_id[told.question]
    if question.kind is Kind.person:
        return None
    heard = read_typed(told.value, question, desk.wording)
    if not isinstance(heard, Answer) or heard.state is not State.answered:
        return None
    if question.kind is Kind.tool:
        found = desk.catalogue.recognise(heard.text)
        return answered(found.tools[0].id) if found.kind == "one" else heard
    return heard


def _with_tool(case: Case, name: str, actor: str, desk: Desk) -> Case:
    """Of several tools that are called so one is asked for, as in the first reply."""
    found = desk.catalogue.recognise(name)
    tool = found.tools[0] if found.kind == "one" else None
    if "tool" in case.answers:
        case = learn(case, "tool", NOT_ASKED, actor, desk)
    called = tool.name if tool else "" if found.tools else name
    case = case.model_copy(update={"tool_id": tool.id if tool else None, "tool_name": called})
    case = with_talk(case, candidates=() if tool else tuple(t.id for t in found.tools))
    case = without_proposal(case, "tool")
    if not called:
        return case
    if (kind := talk_of(case).proposal("kind")) is not None and set(kind.answer.picked) <= set(USES):
        known = "use_catalogue" if tool and desk.assessed(tool.id) else "use_new"
        case = proposing(case, "kind", answered(known), kind.because)
    return proposing(case, "tool", answered(tool.id if tool else name), name)


def _noted(case: Case, told: Correction, command: Type, notice: Notice) -> Outcome:
    line = Happened(
        what="words.corrected", detail={"question": told.question}, texts={"words": command.words}
    )
    return Outcome(case=case, happened=(line,), notices=(notice,))
