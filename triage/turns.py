"""One turn of the interview each: an answer pressed or typed, a step back, a pause, the form instead."""

from __future__ import annotations

from collections.abc import Mapping

from intake.answers import NOT_ASKED, Answer, State, answered
from intake.check import problems
from triage.altering import kept, onward
from triage.case import Case
from triage.desk import Desk
from triage.interview import (
    advance,
    learn,
    proposed,
    put,
    question_before,
    quiet,
    said,
    settle,
    talk_of,
    with_talk,
)
from triage.outcome import Happened, Notice, Outcome, Refused, Say
from triage.phased import only_recorded, submitted
from triage.recording import recorded
from triage.submission import cancel, default_stage, default_title, default_unit, submit
from triage.talk import Phase
from triage.talking import Choose, Edit, Explain, Fill, PickTool, Start, Steer, Submit
from triage.together import deny_all, singly


def check_talking(case: Case, actor: str) -> None:
    """Only the person interviewed answers, and only while the interview is open."""
    if talk_of(case).person != actor:
        raise Refused("not_your_request", case=case.id)
    if talk_of(case).phase is Phase.closed:
        raise Refused("closed", case=case.id)


def start(case: Case, command: Start, desk: Desk) -> Outcome:
    check_talking(case, command.actor)
    talk = talk_of(case)
    if talk.phase is not Phase.offered:
        return again(case)
    happened: list[Happened] = []
    if command.confirm:
        for question, given in proposed(case, desk).items():
            case = learn(case, question, given, command.actor, desk)
            happened.append(said("proposal.confirmed", question, given))
    outcome = advance(with_talk(case, phase=Phase.asking), desk, Notice(say=Say.welcome))
    return outcome.model_copy(update={"happened": (Happened(what="interview.started"), *happened)})


def choose(case: Case, command: Choose, desk: Desk) -> Outcome:
    """A press counts only on the question that is open now; an older button shows that one again."""
    check_talking(case, command.actor)
    current = talk_of(case).current
    if current is None or (current.turn, current.question) != (command.turn, command.question):
        return Outcome(case=case) if _said_just_now(case, command) else again(case, old=True)
    if problems(desk.form, {command.question: command.answer}):
        return again(case, old=True)  # a choice that this version of the form does not have
    if command.throughout:
        return deny_all(case, command, desk)
    return answer(case, command.question, command.answer, command.actor, command.key, desk)


def _said_just_now(case: Case, command: Choose) -> bool:
    """The second half of a double click: the same answer to the question settled last."""
    settled = [asked for asked in talk_of(case).asked if asked.settled]
    last = settled[-1] if settled else None
    same = last is not None and (last.turn, last.question) == (command.turn, command.question)
    return same and case.answers.get(command.question) == command.answer


def answer(case: Case, question: str, given: Answer, actor: str, heard: str, desk: Desk) -> Outcome:
    asked, case = talk_of(case).current, learn(case, question, given, actor, desk)
    case, settled = settle(case, heard)
    outcome = onward(with_talk(case, phase=Phase.asking), asked, desk, *settled)
    return outcome.model_copy(update={"happened": (said("question.answered", question, given),)})


def again(case: Case, *, old: bool = False) -> Outcome:
    """Nothing changed; show where the interview stands."""
    talk = talk_of(case)
    say = Notice(say=Say.old_button) if old else None
    if talk.current is not None:
        shown = Notice(
            say=Say.question,
            facts={"turn": talk.current.turn, "question": talk.current.question, "again": True},
        )
    elif talk.phase is Phase.offered:
        shown = Notice(say=Say.welcome, facts={"again": True})
    else:
        shown = Notice(say=Say.summary, facts={"fresh": True})
    return Outcome(case=case, notices=(say, shown) if say else (shown,))


def outdated(case: Case, desk: Desk) -> bool:
    """Whether the open question is no longer in the form: it was changed while the interview waited."""
    current = case.talk.current if case.talk else None
    return current is not None and current.question not in desk.form.by_id


def catch_up(case: Case, words: str, desk: Desk) -> Outcome:
    """Leave the vanished question and go on with what today's form asks; every answer given before stays."""
    current = talk_of(case).current
    gone = current.question if current else ""
    case, settled = settle(case, "")
    case = with_talk(case, form_digest=desk.form.digest, phase=Phase.asking)
    outcome = advance(case, desk, *settled)
    noted = Happened(what="form.changed", detail={"question": gone}, texts={"words": words} if words else {})
    return outcome.model_copy(update={"happened": (noted,)})


def pick_tool(case: Case, command: PickTool, desk: Desk) -> Outcome:
    """Settle which of several recognised tools was meant; an empty `tool` means none of them."""
    check_talking(case, command.actor)
    talk = talk_of(case)
    if talk.phase is not Phase.offered or not talk.candidates:
        return again(case, old=True)
    known = desk.catalogue.get(command.tool) if command.tool in talk.candidates else None
    update = {"tool_id": known.id if known else None, "tool_name": known.name if known else ""}
    case = with_talk(case.model_copy(update=update), candidates=())
    happened = [Happened(what="tool.picked", detail={"tool": known.id if known else ""})]
    if known is not None:
        case = learn(case, "tool", answered(known.id), command.actor, desk)
        happened.append(said("question.answered", "tool", answered(known.id)))
    return Outcome(case=case, happened=tuple(happened), notices=(Notice(say=Say.welcome),))


def steer(case: Case, command: Steer, desk: Desk) -> Outcome:
    """A press on a question that is not the open one is the second half of a double click, and is let go."""
    if _is_of_another_turn(case, command):
        return Outcome(case=case)
    check_talking(case, command.actor)
    match command.wish:
        case "back":
            return _back(case, desk)
        case "skip":
            return _skip(case, command.key, desk)
        case "singly":
            return singly(case, command.actor, desk)
        case "keep":
            return kept(case, command.key, desk)
        case "pause":
            # An offer or a summary waits by itself; only a question has to be kept.
            asking = talk_of(case).phase is Phase.asking
            changed = with_talk(case, phase=Phase.paused) if asking else case
            waits = Notice(say=Say.paused, facts={"until": "paused", "fresh": True} if asking else {})
            return _noted(changed, "interview.paused", waits)
        case "resume":
            return _resume(case, desk)
        case "hand_over":
            return _hand_over(case, command, desk)
        case "cancel":
            return cancel(case)


def _is_of_another_turn(case: Case, command: Steer) -> bool:
    talk = talk_of(case)
    mine = command.actor == talk.person
    return mine and command.turn > 0 and (talk.current is None or talk.current.turn != command.turn)


def _noted(case: Case, what: str, *notices: Notice) -> Outcome:
    return Outcome(case=case, happened=(Happened(what=what),), notices=notices)


def _hand_over(case: Case, command: Steer, desk: Desk) -> Outcome:
    """Nothing more is asked: the request goes in as it is, with what is open as gaps by name."""
    stands = (
        talk_of(case).phase is Phase.summary
    )  # else its new card says that it was handed in, and that is enough
    case, closed = quiet(case, command.key)
    case = with_talk(case.model_copy(update={"handed_over": True}), phase=Phase.summary)
    outcome = submitted(case, command.actor, desk)
    told = tuple(n for n in outcome.notices if stands or n.say is not Say.submitted)
    return outcome.model_copy(
        update={
            "happened": (Happened(what="interview.handed_over"), *outcome.happened),
            "notices": (*closed, *told),
        }
    )


def _resume(case: Case, desk: Desk) -> Outcome:
    """Go on where it stopped, with every answer kept."""
    talk = talk_of(case)
    if talk.phase in (Phase.offered, Phase.summary):
        return again(case)
    if talk.current is not None and talk.current.question in desk.form.by_id:
        case = with_talk(case, phase=Phase.asking)
        return again(case).model_copy(update={"happened": (Happened(what="interview.resumed"),)})
    outcome = advance(with_talk(case, phase=Phase.asking), desk)
    return outcome.model_copy(update={"happened": (Happened(what="interview.resumed"),)})


def _back(case: Case, desk: Desk) -> Outcome:
    """Ask the previous question again; its old answer stands until a new one is given."""
    talk = talk_of(case)
    before = question_before(case, desk)
    if before is None and talk.phase is Phase.asking and talk.current is not None:
        return Outcome(
            case=case, notices=(Notice(say=Say.not_understood, facts={"reason": "first_question"}),)
        )
    if before is None:
        return again(case)
    case, settled = settle(case, "")
    case = with_talk(case, skipped=tuple(q for q in talk.skipped if q != before))
    together = next(asked.also for asked in reversed(talk.asked) if asked.question == before)
    case, notice = put(case, before, tuple(q for q in together if q in desk.form.by_id))
    return _noted(case, "interview.stepped_back", *settled, notice)


def _skip(case: Case, key: str, desk: Desk) -> Outcome:
    """Leave the question open and go on; it stays a gap in the request."""
    talk = talk_of(case)
    if talk.current is None:
        return again(case)
    question = talk.current.question
    case = with_talk(case, skipped=(*talk.skipped, question))
    case, settled = settle(case, key)
    outcome = advance(case, desk, *settled)
    return outcome.model_copy(
        update={"happened": (Happened(what="question.skipped", detail={"question": question}),)}
    )


def explain(case: Case, command: Explain, desk: Desk) -> Outcome:
    check_talking(case, command.actor)
    current = talk_of(case).current
    if command.what == "why" and current is not None:
        whole = (current.question, *current.also)
        return Outcome(
            case=case, notices=tuple(Notice(say=Say.why, facts={"question": each}) for each in whole)
        )
    return Outcome(case=case, notices=(Notice(say=Say.help),))


def edit(case: Case, command: Edit, desk: Desk) -> Outcome:
    """Ask one question again from the summary; the rest of the answers stay."""
    check_talking(case, command.actor)
    if command.question not in desk.form.by_id:
        return again(case, old=True)
    case, settled = settle(case, "")
    case, notice = put(case, command.question)
    return _noted(case, "question.reopened", *settled, notice)


def _by_default(case: Case, desk: Desk) -> dict[str, Answer]:
    """What the form shows where nobody has said anything yet; left as it stands, nobody has said it."""
    shown = {
        "title": default_title(case),
        "stage": default_stage(case),
        "owner": case.owner or "",
        "unit": default_unit(case, desk),
    }
    unsaid = {q for q in shown if case.answers.get(q, NOT_ASKED).state is State.not_asked}
    return {q: answered(text) for q, text in shown.items() if text and q in unsaid}


def fill(case: Case, command: Fill, desk: Desk) -> Outcome:
    """The form's answers: what differs from what is known becomes a fact, also that it is open again."""
    check_talking(case, command.actor)
    known, shown = case.answers, _by_default(case, desk)
    told = {q: a for q, a in command.answers.items() if q not in command.left or not _is_known(known, q)}
    changed = {q: a for q, a in told.items() if a != known.get(q, NOT_ASKED) and a != shown.get(q)}
    for question, answer in changed.items():
        case = learn(case, question, answer, command.actor, desk)
    summed_up = talk_of(case).phase is Phase.summary  # what stands already is drawn anew where it stands
    case, closed = quiet(case, command.key)
    if command.echo and changed:
        closed = (*closed, Notice(say=Say.from_form, facts={"questions": tuple(changed)}))
    outcome = advance(with_talk(case, phase=Phase.asking), desk, *closed)
    happened = tuple(said(_filled(a), q, a) for q, a in changed.items())
    if summed_up and talk_of(outcome.case).phase is Phase.summary:
        return Outcome(case=outcome.case, happened=happened, notices=(*closed, Notice(say=Say.summary)))
    return outcome.model_copy(update={"happened": happened})


def _is_known(answers: Mapping[str, Answer], question: str) -> bool:
    return answers.get(question, NOT_ASKED).state is not State.not_asked


def _filled(given: Answer) -> str:
    return "answer.taken_back" if given.state is State.not_asked else "question.answered"


def hand_in(case: Case, command: Submit, desk: Desk) -> Outcome:
    """Only from the summary, where people see what they hand in; elsewhere it says where the interview stands."""
    talk = talk_of(case)
    if talk.person == command.actor and talk.phase not in (Phase.summary, Phase.closed):
        if outdated(case, desk):
            return catch_up(case, "", desk)
        if talk.phase is Phase.asking:
            raise Refused("question_open", case=case.id)
        return again(case)
    handed_in = recorded(submit(case, command.actor, desk), command.pattern, command.key, desk)
    return only_recorded(handed_in, desk)
