"""What a press means: an id from `ids.Action` to a command or a window. One table, no logic beside it."""

from __future__ import annotations

import logging

from bot.slack import (
    accepting,
    acknowledged,
    adding,
    agenda,
    agreed,
    announced,
    answering,
    askedtoread,
    asking,
    assessed,
    assessing,
    assigned,
    auditpaper,
    campaigned,
    changed,
    changing,
    conditioned,
    confided,
    consulted,
    copies,
    covered,
    dossiers,
    elements,
    entrytold,
    excepted,
    facts,
    hinted,
    hometab,
    ids,
    incidents,
    joined,
    jointly,
    lookback,
    looks,
    measured,
    motioned,
    offering,
    onward,
    packed,
    patterned,
    portfolio,
    queueing,
    raising,
    referred,
    reported,
    retiring,
    reviewed,
    risks,
    snoozed,
    soa,
    soacontrol,
    stated,
    supplierforms,
    suppliers,
    system,
    training,
    trusting,
    unnamed,
    visiting,
    weighing,
    windows,
)
from bot.slack.answering import Handler
from bot.slack.beginning import begin_kept
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press
from bot.slack.ruling import enforce, show_rules
from bot.slack.ruling import withdraw as withdraw_rules
from triage.outcome import Refused

log = logging.getLogger(__name__)

ON_CARD = frozenset(
    {
        *windows.WINDOWS,
        *assigned.ON_CARD,
        *excepted.ON_CARD,
        *motioned.PRESSED,
        *patterned.ON_CARD,
        Action.JOINTLY,
    }
)
"""What is done on a card, which has to show how things are."""


def pressed(front: Front, press: Press) -> None:
    """Carry out one press; refusals are told to the person, everything else is a bug and is raised."""
    if press.action in unnamed.DRAWN:  # before anybody looks at who it is
        return unnamed.pressed(front, press)
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
        return None
    wish = _wished(action, press)
    try:
        if wish in ON_CARD:
            copies.check_copy(front, press)
            queueing.check_shown(front, press)
        visiting.note(front, person, wish.value, _about(press), key=press.key)
        HANDLERS[action](front, press, person)
    except Refused as refusal:
        text = front.refused(refusal, person, wish=wish.value, case=_case_of(press), key=press.key)
        if not queueing.told(front, press, person, text):
            front.tell(
                person,
                text,
                channel=press.channel,
                thread=press.thread,
                key=f"refusal:{press.key}",
                blocks=training.way_out(front.words, refusal, text),
            )


def _wished(action: Action, press: Press) -> Action:
    """Also where it was chosen from a menu."""
    try:
        return elements.wished(press.action, press.element)[0]
    except ValueError:
        return action


def _case_of(press: Press) -> str:
    """For the trail; empty where the press names none."""
    try:
        return elements.read_press(press.element).case
    except ValueError:
        return ""


def _about(press: Press) -> str:
    try:
        held = elements.read_press(press.element)
    except ValueError:
        return ""
    return held.case or held.choice


def _more(front: Front, press: Press, person: str) -> None:
    wish = windows.about(press).choice
    handler = HANDLERS.get(Action(wish)) if wish in {a.value for a in Action} else None
    if handler is None or wish == Action.MORE.value:
        raise Refused("unknown_button")
    handler(front, press, person)


HANDLERS: dict[Action, Handler] = {
    **answering.PRESSED,
    **incidents.PRESSED,
    Action.USE_FORM: windows.form,
    Action.MORE: _more,
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
    **asking.PRESSED,
    **adding.PRESSED,
    **hinted.PRESSED,
    **campaigned.PRESSED,
    **conditioned.PRESSED,
    **patterned.PRESSED,
    **reported.PRESSED,
    **announced.PRESSED,
    **dossiers.PRESSED,
    **measured.PRESSED,
    **snoozed.PRESSED,
    **onward.PRESSED,
    **offering.PRESSED,
    **facts.PRESSED,
    **reviewed.PRESSED,
    **confided.PRESSED,
    **consulted.PRESSED,
    **covered.PRESSED,
    **agenda.PRESSED,
    **portfolio.PRESSED,
    **trusting.PRESSED,
    **motioned.PRESSED,
    **queueing.PRESSED,
    **hometab.PRESSED,
    **changing.PRESSED,
    **jointly.PRESSED,
    **system.PRESSED,
    **packed.PRESSED,
    **auditpaper.PRESSED,
    **looks.PRESSED,
    **lookback.PRESSED,
    **stated.PRESSED,
    **retiring.PRESSED,
    **agreed.PRESSED,
    **entrytold.PRESSED,
    **acknowledged.PRESSED,
    **askedtoread.PRESSED,
    **training.PRESSED,
    **raising.PRESSED,
    **soa.PRESSED,
    **soacontrol.PRESSED,
    **risks.PRESSED,
    **weighing.PRESSED,
    **accepting.PRESSED,
    **suppliers.PRESSED,
    **supplierforms.PRESSED,
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
    Action.WHOLE_FORM: windows.whole_form,
    Action.ASSESS: assessing.press,
    Action.ASSESS_PAGE: assessing.jump,
    Action.ASSESS_REVIEW: assessed.look,
    Action.ENFORCE_RULES: enforce,
    Action.WITHDRAW_RULES: withdraw_rules,
    Action.SHOW_RULES: show_rules,
}
