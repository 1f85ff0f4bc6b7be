"""Presses of whoever is asked: begin, answer, find the way, correct, hand in, take back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import ids, ticking, windows
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press, Who
from intake.answers import Answer, answered, unsure
from intake.form import Kind
from triage.outcome import Refused
from triage.talking import Choose, Edit, Explain, Fill, PickTool, Reopen, Start, Steer, Submit, Withdraw

PICKER = "users_select"

Handler = Callable[[Front, Press, str], None]
"""Front, the press, and the opaque id of the person who pressed."""


def _start(confirm: bool) -> Handler:
    def handle(front: Front, press: Press, person: str) -> None:
        front.do(Start(actor=person, key=press.key, case=windows.about(press).case, confirm=confirm))

    return handle


def _steer(wish: Any) -> Handler:
    def handle(front: Front, press: Press, person: str) -> None:
        about = windows.about(press)
        front.do(Steer(actor=person, key=press.key, case=about.case, wish=wish, turn=about.turn))

    return handle


def _explain(what: Any) -> Handler:
    def handle(front: Front, press: Press, person: str) -> None:
        front.do(Explain(actor=person, key=press.key, case=windows.about(press).case, what=what))

    return handle


def answer(front: Front, press: Press, person: str, given: Answer, *, suggested: str = "") -> None:
    """A person is only taken from Slack's own picker, which knows nobody else."""
    about = windows.about(press)
    asked = front.office.library.form.by_id.get(about.question)
    names = asked is not None and asked.kind is Kind.person and bool(given.picked)
    if names and press.element.get("type") != PICKER:
        raise Refused("unknown_button")
    front.do(
        Choose(
            actor=person,
            key=press.key,
            case=about.case,
            turn=about.turn,
            question=about.question,
            answer=given,
            suggested=suggested,
        )
    )


def _choose(front: Front, press: Press, person: str) -> None:
    """A button or a menu that answers by itself; a person is known by our id from here on."""
    choice = windows.about(press).choice
    if press.element.get("type") == PICKER and choice:
        choice = front.person(Who(press.who.team, choice))
    answer(front, press, person, unsure() if choice == ids.UNSURE else answered(choice))


def _pick(front: Front, press: Press, person: str) -> None:
    """What is ticked in a list waits for its [Done]."""


def _pick_done(front: Front, press: Press, person: str) -> None:
    ticked = ticking.ticked(press.state, windows.about(press))
    if not ticked:
        raise Refused("nothing_ticked")
    certain = tuple(choice for choice in ticked if choice != ids.UNSURE)
    answer(front, press, person, unsure(*certain) if ids.UNSURE in ticked else answered(*certain))


def _none_of_these(front: Front, press: Press, person: str) -> None:
    question = front.office.library.form.by_id.get(windows.about(press).question)
    alone = next((choice.id for choice in question.choices if choice.alone), None) if question else None
    if alone is None:
        raise Refused("unknown_button")
    answer(front, press, person, answered(alone))


def _none_of_all(front: Front, press: Press, person: str) -> None:
    """Of the open question and of what shares its message."""
    about = windows.about(press)
    question = front.office.library.form.by_id.get(about.question)
    if question is None or not question.none:
        raise Refused("unknown_button")
    front.do(
        Choose(
            actor=person,
            key=press.key,
            case=about.case,
            turn=about.turn,
            question=about.question,
            answer=answered(question.none),
            throughout=True,
        )
    )


def _one_of_these(front: Front, press: Press, person: str) -> None:
    """The list to tick takes the place of the two buttons; nothing is answered by that."""
    windows.open_list(front, press, person)


def _not_sure(front: Front, press: Press, person: str) -> None:
    answer(front, press, person, unsure())


def _use_proposal(front: Front, press: Press, person: str) -> None:
    about = windows.about(press)
    with front.office.store.read() as session:
        case = windows.load_own(session, about.case, person)
    proposal = case.talk.proposal(about.question) if case.talk else None
    if proposal is None:
        raise Refused("unknown_button")
    answer(front, press, person, proposal.answer)


def _pick_tool(front: Front, press: Press, person: str) -> None:
    about = windows.about(press)
    tool = "" if about.choice == ids.NOTHING else about.choice
    front.do(PickTool(actor=person, key=press.key, case=about.case, tool=tool))


def _edit(front: Front, press: Press, person: str) -> None:
    about = windows.about(press)
    question = about.question or about.choice
    front.do(Edit(actor=person, key=press.key, case=about.case, question=question))


def _set_unit(front: Front, press: Press, person: str) -> None:
    """One press in the summary instead of a question: a unit that the organisation has named."""
    about, desk = windows.about(press), front.desk()
    unit = next((u for u in desk.organisation.units if ids.to_choice(u) == about.choice), None)
    if unit is None:
        raise Refused("unknown_button")
    front.do(Fill(actor=person, key=press.key, case=about.case, answers={"unit": answered(unit)}), desk)


def _submit(front: Front, press: Press, person: str) -> None:
    about = windows.about(press)
    front.do(Submit(actor=person, key=press.key, case=about.case, pattern=about.choice))


def _withdraw(front: Front, press: Press, person: str) -> None:
    front.do(Withdraw(actor=person, key=press.key, case=windows.about(press).case))


def _reopen(front: Front, press: Press, person: str) -> None:
    front.do(Reopen(actor=person, key=press.key, case=windows.about(press).case))


PRESSED: dict[Action, Handler] = {
    Action.START: _start(True),
    Action.START_BLANK: _start(False),
    Action.NOT_NOW: _steer("cancel"),
    Action.PICK_TOOL: _pick_tool,
    Action.CHOOSE: _choose,
    Action.PICK: _pick,
    Action.PICK_DONE: _pick_done,
    Action.NONE_OF_THESE: _none_of_these,
    Action.ONE_OF_THESE: _one_of_these,
    Action.NONE_OF_ALL: _none_of_all,
    Action.SINGLY: _steer("singly"),
    Action.KEEP: _steer("keep"),
    Action.NOT_SURE: _not_sure,
    Action.USE_PROPOSAL: _use_proposal,
    Action.BACK: _steer("back"),
    Action.SKIP: _steer("skip"),
    Action.PAUSE: _steer("pause"),
    Action.RESUME: _steer("resume"),
    Action.CANCEL: _steer("cancel"),
    Action.WHY: _explain("why"),
    Action.HELP: _explain("help"),
    Action.HAND_OVER: _steer("hand_over"),
    Action.EDIT: _edit,
    Action.SUBMIT: _submit,
    Action.WITHDRAW: _withdraw,
    Action.REOPEN: _reopen,
    Action.SET_UNIT: _set_unit,
}
