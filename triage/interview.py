"""The interview: from the first words to the summary, one question at a time.

Everything here is a value in and a value out; which question comes next is for the rules (triage.relevance).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from intake.answers import Answer, Answers, State, answered
from intake.condition import View
from intake.hints import Proposal as Hint
from intake.reading import Reading
from intake.sentence import read
from intake.tool import Tool
from triage.case import Case, Fact, Source
from triage.companions import companions
from triage.current import current, fitting
from triage.desk import Desk
from triage.judge import judge
from triage.outcome import Happened, Notice, Outcome, Say
from triage.parties import former
from triage.relevance import next_question, questions_left
from triage.talk import Asked, Phase, Proposal, Talk
from triage.talking import Begin
from triage.verdict import Verdict

UNSURE_BEFORE_OFFER = 3
"""After so many "not sure", handing the request over as it is is offered."""


USES = ("use_catalogue", "use_new")
"""Whether a tool is known here is for the register to say, not for the words."""


def begin(command: Begin, desk: Desk) -> Outcome:
    """Open a draft for the first words; what they seem to say stays a proposal."""
    reading = read(command.words, desk.catalogue)
    tool = _tool(reading, desk)
    case = Case(
        id=command.case,
        words=command.words,
        requester=command.actor,
        owner=command.actor,
        tool_id=tool.id if tool else None,
        tool_name=tool.name if tool else reading.tool_phrase or "",
        discovered_via=command.via,
        created_at=desk.now,
    )
    talk = Talk(
        person=command.actor,
        place=command.place,
        root=command.root,
        candidates=() if tool else tuple(t.id for t in reading.tool.tools),
        proposals=tuple(_proposals(case, reading, desk)),
        form_digest=desk.form.digest,
    )
    return Outcome(
        case=case.model_copy(update={"talk": talk}),
        happened=(
            Happened(what="draft.begun", detail={"intent": reading.intent}, texts={"words": command.words}),
        ),
        notices=(Notice(say=Say.welcome),),
    )


def _tool(reading: Reading, desk: Desk) -> Tool | None:
    """The one that is meant; of several, the only one that the organisation has settled. Start confirms it."""
    if reading.tool.kind == "one":
        return reading.tool.tools[0]
    settled = [tool for tool in reading.tool.tools if desk.assessed(tool.id)]
    return settled[0] if len(settled) == 1 else None


def _proposals(case: Case, reading: Reading, desk: Desk) -> Iterable[Proposal]:
    reading = _wanted(reading)
    known_kind = case.tool_id and not any(
        p.question == "kind" and p.value not in USES for p in reading.proposals
    )
    if known_kind:
        kind = "use_catalogue" if desk.assessed(case.tool_id) else "use_new"
        yield Proposal(question="kind", answer=answered(kind), because=case.tool_name)
    if case.tool_id:
        yield Proposal(question="tool", answer=answered(case.tool_id), because=case.tool_name)
    elif case.tool_name and reading.tool.kind == "none":
        yield Proposal(question="tool", answer=answered(case.tool_name), because=case.tool_name)
    if unit := named_unit(case.words, desk.organisation.units):
        yield Proposal(question="unit", answer=answered(unit), because=unit)
    if reading.purpose:
        yield Proposal(question="purpose", answer=answered(reading.purpose), because=reading.purpose)
    merged: dict[str, Proposal] = {}
    for found in reading.proposals:
        if known_kind and found.question == "kind":
            continue
        known = merged.get(found.question)
        values: tuple[str, ...] = (found.value,) if isinstance(found.value, str) else tuple(found.value)
        because = found.because
        if known is not None:
            values = tuple(dict.fromkeys((*known.answer.picked, *values)))
            because = f"{known.because}, {because}"
        merged[found.question] = Proposal(question=found.question, answer=answered(*values), because=because)
    yield from merged.values()


def _wanted(reading: Reading) -> Reading:
    """Whoever goes on after "can I use …?" wants to: a question alone begins nothing."""

    def meant(each: Hint) -> Hint:
        asks = (each.question, each.value) == ("kind", "just_asking")
        return each.model_copy(update={"value": "use_new"}) if asks else each

    return reading.model_copy(update={"proposals": tuple(map(meant, reading.proposals))})


def named_unit(words: str, units: Iterable[str]) -> str:
    """The one unit that somebody says they are in, or it is for; a word that only looks like one names none."""
    found = [unit for unit in units if unit.strip() and _is_named(unit.strip(), words)]
    return found[0] if len(found) == 1 else ""


def _is_named(unit: str, words: str) -> bool:
    name = re.escape(unit)
    as_team = rf"(?i:\b{name}\s+(?:team|department|unit|division|group)\b)"
    as_place = rf"\b(?i:in|for|from|within|our)\s+(?i:the\s+|our\s+)?{name}(?!\w)"
    return re.search(f"{as_team}|{as_place}", words) is not None


def learn(case: Case, question: str, answer: Answer, by: str, desk: Desk) -> Case:
    """Add one fact in front of what was known; the tool's fact also names the case's tool."""
    fact = Fact(question=question, answer=answer, by=by, at=desk.now, source=Source.person)
    change: dict[str, object] = {"facts": {**case.facts, question: fact}}
    if question == "tool" and answer.state is State.answered:
        known = desk.catalogue.get(answer.text)
        change |= {"tool_id": known.id if known else None, "tool_name": known.name if known else answer.text}
    elif question in ("unit", "title") and answer.state is State.answered:
        change[question] = answer.text
    elif question == "owner" and answer.state is State.answered:
        change["owner"] = answer.text
    elif answer.state is State.not_asked:
        change |= _without(case, question)
    if question == "owner":
        change["former_owners"] = former(
            (*case.former_owners, case.owner), case.requester, change.get("owner", case.owner)
        )
    return case.model_copy(update=change)


def _without(case: Case, question: str) -> dict[str, object]:
    """What an answer that was taken back leaves of the fields that follow it."""
    bare: dict[str, dict[str, object]] = {
        "tool": {"tool_id": None, "tool_name": ""},
        "unit": {"unit": ""},
        "title": {"title": ""},
        "owner": {"owner": case.requester},
    }
    return bare.get(question, {})


def judged(case: Case, desk: Desk) -> Case:
    """The case with its facts judged anew by the rules in force."""
    verdict = judge(desk.form, desk.book, case.answers, desk.settings(case), desk.day)
    return case.model_copy(update={"verdict": verdict})


def verdict_of(case: Case) -> Verdict:
    if case.verdict is None:
        raise ValueError("a case was used before it was judged")
    return case.verdict


def talk_of(case: Case) -> Talk:
    if case.talk is None:
        raise ValueError("a case without a conversation was spoken to")
    return case.talk


def with_talk(case: Case, **change: object) -> Case:
    return case.model_copy(update={"talk": talk_of(case).model_copy(update=change)})


def put(case: Case, question: str, also: tuple[str, ...] = (), **how: Any) -> tuple[Case, Notice]:
    """Ask `question` now, as the next turn; with it in one message those of `also`. `how`: see Asked."""
    talk = talk_of(case)
    turn = len(talk.asked) + 1
    asked = (*talk.asked, Asked(turn=turn, question=question, also=also, **how))
    return (
        with_talk(case, asked=asked, phase=Phase.asking),
        Notice(say=Say.question, facts={"turn": turn, "question": question}),
    )


def settle(case: Case, heard: str) -> tuple[Case, tuple[Notice, ...]]:
    """Close the current question: its message loses its buttons and shows what was said."""
    talk = talk_of(case)
    current = talk.current
    if current is None:
        return case, ()
    asked = (*talk.asked[:-1], current.model_copy(update={"settled": True, "heard": heard}))
    return with_talk(case, asked=asked), (Notice(say=Say.settled, facts={"turn": current.turn}),)


def quiet(case: Case, heard: str) -> tuple[Case, tuple[Notice, ...]]:
    """Close what could still be pressed, a question or the offer to begin, once the phase has gone on."""
    if talk_of(case).phase is Phase.offered:
        return case, (Notice(say=Say.welcome),)
    return settle(case, heard)


def upcoming(case: Case, desk: Desk) -> str | None:
    """The next question worth asking, or None when nothing is left that could change a result."""
    answers = fitting(desk.form, case.answers)
    question = next_question(desk.form, desk.book, answers, desk.settings(case), _done(case, answers))
    return None if question is None else question.id


def _beside(case: Case, question: str, desk: Desk) -> tuple[str, ...]:
    """What shares the message; where something was read of one of them, that is asked by itself."""
    answers = fitting(desk.form, case.answers)
    read = {proposal.question for proposal in talk_of(case).proposals}
    found: tuple[str, ...] = ()
    if question not in read:
        asked = desk.form.by_id[question]
        done = _done(case, answers)
        found = companions(desk.form, desk.book, answers, desk.settings(case), done, asked)
    return () if read & set(found) else found


def left(case: Case, desk: Desk) -> tuple[int, int]:
    """How many questions are still to come, at least and at most; before the start, as if all proposals were right."""
    if case.talk is None or case.talk.phase is Phase.closed:
        return 0, 0
    answers = fitting(desk.form, case.answers)
    done = _done(case, answers)
    if case.talk.phase is Phase.offered:
        answers = proposed(case, desk) | answers
        done |= set(answers)
    return questions_left(desk.form, desk.book, answers, desk.settings(case), done)


def proposed(case: Case, desk: Desk) -> dict[str, Answer]:
    """What was read out of the first words and can be confirmed as it is."""
    return fitting(desk.form, {p.question: p.answer for p in talk_of(case).proposals})


def _done(case: Case, answers: Answers) -> set[str]:
    return {q for q, a in answers.items() if a.state is not State.not_asked} | set(talk_of(case).skipped)


def advance(case: Case, desk: Desk, *before: Notice) -> Outcome:
    """Ask what comes next, or show the summary."""
    question = upcoming(case, desk)
    if question is not None:
        case, notice = put(case, question, _beside(case, question, desk))
        return Outcome(case=case, notices=(*before, notice))
    case = judged(with_talk(case, phase=Phase.summary), desk)
    return Outcome(case=case, notices=(*before, Notice(say=Say.summary, facts={"fresh": True})))


def said(what: str, question: str, answer: Answer) -> Happened:
    """The trail's line for an answer: choices by id, free words apart."""
    return Happened(
        what=what,
        detail={"question": question, "state": answer.state.value},
        texts={"answer": ", ".join(answer.picked)} if answer.picked else {},
    )


def question_before(case: Case, desk: Desk) -> str | None:
    """The question before the open one, in the order in which they first came; what no longer applies is passed."""
    talk = talk_of(case)
    order = list(dict.fromkeys(asked.question for asked in talk.asked))
    if talk.current is not None:
        order = order[: order.index(talk.current.question)]
    view = View(desk.form.gates, current(desk.form, case.answers), desk.settings(case))
    known = [q for q in order if q in desk.form.by_id and view.shown(q) is not False]
    return known[-1] if known else None
