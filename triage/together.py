"""Several questions in one message: nothing of all that applies, or one of them after the other."""

from __future__ import annotations

from intake.answers import NOT_ASKED, State, answered
from intake.assent import bare, denies_all
from intake.vocabulary import speech
from triage.case import Case
from triage.desk import Desk
from triage.interview import advance, learn, put, said, settle, talk_of
from triage.outcome import Happened, Outcome
from triage.talking import Choose, Type

BARE = frozenset({"no", "nope", "neither"})
"""Of several questions that are asked at once these may answer one; "none of these" denies all that stands there."""


def denies_throughout(words: str) -> bool:
    """Whether it is plainly about all of several lists."""
    known = speech()
    said = bare(words, known)
    first, _, rest = said.partition(" ")
    at_all = said in known.none_at_all or (first in known.no and rest in known.none_at_all)
    return at_all or (denies_all(words, known) and said not in BARE)


def deny_all(case: Case, command: Choose | Type, desk: Desk) -> Outcome:
    """Everything that the open message asks is answered with what says that it does not apply."""
    current = talk_of(case).current
    denied = [
        desk.form.by_id[question]
        for question in ((current.question, *current.also) if current else ())
        if question in desk.form.by_id
    ]
    for question in denied:
        case = learn(case, question.id, answered(question.none), command.actor, desk)
    case, settled = settle(case, command.key)
    outcome = advance(case, desk, *settled)
    lines = tuple(said("question.answered", q.id, answered(q.none)) for q in denied)
    return outcome.model_copy(update={"happened": lines})


def singly(case: Case, actor: str, desk: Desk) -> Outcome:
    """The first of them by itself; the others are asked after it, also those denied before."""
    current = talk_of(case).current
    if current is None or not current.also:
        return Outcome(case=case)
    known = case.answers
    lines = [Happened(what="question.put_singly", detail={"questions": (current.question, *current.also)})]
    for question in current.also:
        if question in known and known[question].state is not State.not_asked:
            case = learn(case, question, NOT_ASKED, actor, desk)
            lines.append(said("answer.taken_back", question, NOT_ASKED))
    case, settled = settle(case, "")
    case, notice = put(case, current.question)
    return Outcome(case=case, happened=tuple(lines), notices=(*settled, notice))
