"""An organisation's own rules from Slack: proposed in a window or as a file, put into force or withdrawn by a press."""

from __future__ import annotations

import logging
from typing import Any

from bot import enacting
from bot.enacting import Examined
from bot.markup import clean, cut
from bot.slack import screens, windows
from bot.slack.front import Front
from bot.slack.ids import Field
from bot.slack.payloads import Press, Submission
from bot.slack.scene import Voice
from bot.slack.scenes import make_voice
from bot.slack.screens.rules import Ruling
from store import outbox, own
from store.owed import DECISION
from store.sessions import Session
from triage import proposing
from triage.desk import Desk
from triage.foreseen import of_kept
from triage.loosened import How
from triage.own import EMPTY, OWN
from triage.policies import OPTIONAL, book_with
from triage.proposing import Proposal

log = logging.getLogger(__name__)

RULES = "rules"
"""What the messages about them are about, each by the digest of what is proposed."""
CARD = "rules_card"
SHOWN, LONGEST = 4, 600
"""Faults told below a field, and their characters."""


def open_rules(front: Front, person: str, trigger: str) -> None:
    """The rules in force, to be changed."""
    proposing.check_may(person, front.desk(actor=person))
    with front.office.store.read() as session:
        text = own.text_of(session, own.in_force(session))
    windows.open_by(front, trigger, screens.rules_view(make_voice(front), text))


def rules_handed_in(front: Front, submission: Submission, person: str) -> dict[str, Any]:
    """What does not fit goes back to its field; everything else is rehearsed before anybody decides."""
    proposing.check_may(person, front.desk(actor=person))
    text = next(iter(submission.fields.get(Field.RULES, ())), "").strip() or EMPTY
    reason = next(iter(submission.fields.get(Field.REASON, ())), "").strip()
    found = examined(front, text)
    if found.problems:
        return {"response_action": "errors", "errors": {Field.RULES.value: told(found)}}
    if found.looser and not reason:
        needed = front.words.label("refusal.rules_reason")
        return {"response_action": "errors", "errors": {Field.REASON.value: needed}}
    propose(front, text, found, person, reason, key=submission.key)
    return {
        "response_action": "update",
        "view": screens.note_view(front.words, front.words.line("rules.proposed")),
    }


def examined(front: Front, text: str) -> Examined:
    with front.office.store.read() as session:
        in_force = own.text_of(session, own.in_force(session))
    return enacting.examine(text, in_force)


def told(found: Examined) -> str:
    """The first faults, each with its line and what mends it."""
    return cut(clean("\n".join(found.problems[:SHOWN])), LONGEST)


def propose(front: Front, text: str, found: Examined, person: str, reason: str, *, key: str) -> None:
    desk = front.desk(actor=person)
    wish = enacting.Wish(text, person, reason, key, _shown(front, desk))
    enacting.propose(front.office.store, wish, found, desk)
    front.arrived()


def enforce(front: Front, press: Press, person: str) -> None:
    digest, desk = windows.about(press).case, front.desk(actor=person)
    then = _shown(front, desk, person)
    enacting.agree(front.office.store, digest, person, desk, key=press.key, then=then)
    front.office.changed()
    front.arrived()
    front.wake()


def withdraw(front: Front, press: Press, person: str) -> None:
    digest, desk = windows.about(press).case, front.desk(actor=person)
    then = _shown(front, desk, person)
    enacting.withdraw(front.office.store, digest, person, desk, key=press.key, then=then)
    front.wake()


def _shown(front: Front, desk: Desk, person: str = "") -> enacting.Then:
    def show(session: Session, proposal: Proposal, state: str) -> None:
        owe_card(session, make_voice(front), desk, proposal, state, last=person)

    return show


def owe_card(
    session: Session, voice: Voice, desk: Desk, proposal: Proposal, state: str, *, last: str = ""
) -> None:
    """In the channel of cards, posted once and then shown in its place as it is now."""
    ruling = Ruling(proposal, state, of_kept(proposal.rehearsed), _loosened(session, proposal, state), last)
    shown = screens.rules_card(voice, ruling)
    about = f"{proposal.digest}:{proposal.base}"
    known = own.card_place(session, RULES, about, CARD)
    if (place := known or desk.governance) is None:
        log.warning("There is no channel for proposed rules", extra={"event": "rules.nowhere"})
        return
    outbox.put(
        session,
        kind="update" if known else "post",
        place_id=place,
        subject_kind=RULES,
        subject_id=about,
        purpose=CARD,
        payload={"text": shown.text, "blocks": shown.blocks},
        priority=DECISION,
        coalesce=f"{CARD}:{about}",
        now=desk.now,
    )


def _loosened(session: Session, proposal: Proposal, state: str) -> tuple[str, ...]:
    """The sentences of the rules that lift less than they do now; what only follows from that goes without saying."""
    if not proposal.looser or state != "open":
        return ()
    old = book_with(OPTIONAL, own.text_of(session, proposal.base))
    found = enacting.examine(own.text_of(session, proposal.digest), own.text_of(session, proposal.base))
    itself = [e.rule for e in found.looser if e.how is not How.narrowed or old.policy_of[e.rule] == OWN]
    return tuple(dict.fromkeys(map(old.sentence, itself)))
