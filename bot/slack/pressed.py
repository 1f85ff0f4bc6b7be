"""What a press means: an id from `ids.Action` to a command or a window. One table, no logic beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from bot.slack import (
    assessing,
    assigned,
    changed,
    conditioned,
    copies,
    excepted,
    ids,
    joined,
    referred,
    windows,
)
from bot.slack.beginning import begin_kept
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press, Who
from bot.slack.ruling import enforce, show_rules
from bot.slack.ruling import withdraw as withdraw_rules
from intake.answers import Answer, answered, unsure
from intake.form import Kind
from triage.commands import (
    Choose,
    Edit,
    Explain,
    Fill,
    PickTool,
    Reopen,
    Start,
    Steer,
    Submit,
    Withdraw,
)
from triage.outcome import Refused

log = logging.getLogger(__name__)

PICKER = "users_select"
ON_CARD = frozenset({*windows.WINDOWS, *assigned.ON_CARD, *excepted.ON_CARD})
"""What is done on a card, which has to show how things are."""

Handler = Callable[[Front, Press, str], None]
"""Front, the press, and the opaque id of the person who pressed."""


def pressed(front: Front, press: Press) -> None:
    """Carry out one press; refusals are told to the person, everything else is a bug and is raised."""
    person = front.person(press.who)
    try:
        action = ids.named(press.action)
    except ValueError:
        log.warning(
            "Somebody pressed a button that this version does not know", extra={"action": press.action}
        )
        front.refuse(
            Refused("unknown_button"), person, channel=press.channel, thread=press.thread, key=press.key
        )
        return
    wish = _wished(action, press)
    try:
        if wish in ON_CARD:
            copies.check_copy(front, press)
        HANDLERS[action](front, press, person)
    except Refused as refusal:
        text = front.refused(refusal, person, wish=wish.value, case=_case_of(press), key=press.key)
        front.tell(person, text, channel=press.channel, thread=press.thread, key=f"refusal:{press.key}")


def _wished(action: Action, press: Press) -> Action:
    """Also where it was chosen from a menu."""
    try:
        return ids.wished(press.action, press.element)[0]
    except ValueError:
        return action


def _case_of(press: Press) -> str:
    """For the trail; empty where the press names none."""
    try:
        return ids.read_press(press.element).case
    except ValueError:
        return ""


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


def _answer(front: Front, press: Press, person: str, answer: Answer) -> None:
    """A person is only taken from Slack's own picker, which knows nobody else."""
    about = windows.about(press)
    asked = front.office.library.form.by_id.get(about.question)
    names = asked is not None and asked.kind is Kind.person and bool(answer.picked)
    if names and press.element.get("type") != PICKER:
        raise Refused("unknown_button")
    front.do(
        Choose(
            actor=person,
            key=press.key,
            case=about.case,
            turn=about.turn,
            question=about.question,
            answer=answer,
        )
    )


def _choose(front: Front, press: Press, person: str) -> None:
    """A button or a menu that answers by itself; a person is known by our id from here on."""
    choice = windows.about(press).choice
    if press.element.get("type") == PICKER and choice:
        choice = front.person(Who(press.who.team, choice))
    _answer(front, press, person, unsure() if choice == ids.UNSURE else answered(choice))


def _pick(front: Front, press: Press, person: str) -> None:
    """What is ticked in a list waits for its [Done]."""


def _pick_done(front: Front, press: Press, person: str) -> None:
    ticked = ids.ticked(press.state, windows.about(press))
    if not ticked:
        raise Refused("nothing_ticked")
    certain = tuple(choice for choice in ticked if choice != ids.UNSURE)
    _answer(front, press, person, unsure(*certain) if ids.UNSURE in ticked else answered(*certain))


def _none_of_these(front: Front, press: Press, person: str) -> None:
    question = front.office.library.form.by_id.get(windows.about(press).question)
    alone = next((choice.id for choice in question.choices if choice.alone), None) if question else None
    if alone is None:
        raise Refused("unknown_button")
    _answer(front, press, person, answered(alone))


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
    _answer(front, press, person, unsure())


def _use_proposal(front: Front, press: Press, person: str) -> None:
    about = windows.about(press)
    with front.office.store.read() as session:
        case = windows.load_own(session, about.case, person)
    proposal = case.talk.proposal(about.question) if case.talk else None
    if proposal is None:
        raise Refused("unknown_button")
    _answer(front, press, person, proposal.answer)


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
    front.do(Submit(actor=person, key=press.key, case=windows.about(press).case))


def _withdraw(front: Front, press: Press, person: str) -> None:
    front.do(Withdraw(actor=person, key=press.key, case=windows.about(press).case))


def _reopen(front: Front, press: Press, person: str) -> None:
    front.do(Reopen(actor=person, key=press.key, case=windows.about(press).case))


def _more(front: Front, press: Press, person: str) -> None:
    wish = windows.about(press).choice
    handler = HANDLERS.get(Action(wish)) if wish in {a.value for a in Action} else None
    if handler is None or wish == Action.MORE.value:
        raise Refused("unknown_button")
    handler(front, press, person)


HANDLERS: dict[Action, Handler] = {
    Action.START: _start(True),
    Action.START_BLANK: _start(False),
    Action.USE_FORM: windows.form,
    Action.NOT_NOW: _steer("cancel"),
    Action.PICK_TOOL: _pick_tool,
    Action.CHOOSE: _choose,
    Action.PICK: _pick,
    Action.PICK_DONE: _pick_done,
    Action.NONE_OF_THESE: _none_of_these,
    Action.ONE_OF_THESE: _one_of_these,
    Action.NONE_OF_ALL: _none_of_all,
    Action.SINGLY: _steer("singly"),
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
    Action.MORE: _more,
    Action.EDIT: _edit,
    Action.SUBMIT: _submit,
    Action.WITHDRAW: _withdraw,
    Action.REOPEN: _reopen,
    Action.SHOW_REASONS: windows.reasons,
    Action.APPROVE: windows.deciding(Action.APPROVE),
    Action.APPROVE_WITH_CONDITIONS: windows.deciding(Action.APPROVE_WITH_CONDITIONS),
    Action.ASK: windows.deciding(Action.ASK),
    Action.DECLINE: windows.deciding(Action.DECLINE),
    Action.TAKE: assigned.take,
    Action.PASS_ON: assigned.pass_on,
    Action.RECUSE: assigned.recuse,
    Action.CHANGE: changed.press,
    Action.JOIN: joined.press,
    Action.ACCEPT_TERMS: joined.accept,
    Action.LEAVE: joined.leave,
    **conditioned.PRESSED,
    Action.CLAIM_EXCEPTION: excepted.claim,
    Action.CONFIRM_EXCEPTION: excepted.confirm,
    Action.OBJECT_EXCEPTION: excepted.object_to,
    Action.HOME_START: windows.begin,
    Action.BEGIN_KEPT: begin_kept,
    Action.HOME_SHOW: windows.entry,
    Action.ANSWER: windows.answer,
    Action.SETTLE: windows.settle,
    Action.REPLY: referred.reply,
    Action.REPLY_WINDOW: referred.window,
    Action.REPLY_UNSURE: referred.not_sure,
    Action.REPLY_WHY: referred.why,
    Action.SET_UNIT: _set_unit,
    Action.WHOLE_FORM: windows.whole_form,
    Action.ASSESS: assessing.press,
    Action.ASSESS_PAGE: assessing.jump,
    Action.ENFORCE_RULES: enforce,
    Action.WITHDRAW_RULES: withdraw_rules,
    Action.SHOW_RULES: show_rules,
}
