"""An organisation's own rules from Slack: proposed in a window or as a file, put into force or withdrawn by a press."""

from __future__ import annotations

import logging
from typing import Any

from bot import enacting
from bot.enacting import Examined
from bot.markup import Mrkdwn, clean, cut
from bot.slack import screens, windows
from bot.slack.fields import Field
from bot.slack.front import Front
from bot.slack.payloads import Press, Submission
from bot.slack.scene import Voice
from bot.slack.scenes import make_voice
from bot.slack.screens.rules import Ruling, amended_told
from bot.slack.screens.rulestext import rules_text_view
from intake.source import Damaged
from store import outbox, own
from store.owed import DECISION
from store.sessions import Session
from triage import proposing
from triage.amending import Amended, amended
from triage.desk import Desk
from triage.foreseen import of_kept
from triage.outcome import Refused
from triage.own import EMPTY
from triage.policies import OPTIONAL, book_with
from triage.proposing import Proposal

log = logging.getLogger(__name__)

RULES = "rules"
"""What the messages about them are about, each by the name of the proposal."""
CARD = "rules_card"
SHOWN, LONGEST = 4, 600
"""Faults told below a field, and their characters."""
UNCHANGED = ("rules_same", "rules_none")


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
    try:
        said = propose(front, text, found, person, reason, key=submission.key)
    except Refused as refusal:
        if refusal.key not in UNCHANGED:
            raise
        return {
            "response_action": "errors",
            "errors": {Field.RULES.value: front.words.label(f"refusal.{refusal.key}")},
        }
    return {"response_action": "update", "view": screens.note_view(front.words, said)}


def examined(front: Front, text: str) -> Examined:
    with front.office.store.read() as session:
        in_force = own.text_of(session, own.in_force(session))
    return enacting.examine(text, in_force)


def told(found: Examined) -> str:
    """The first faults, each with its line and what mends it."""
    return cut(clean("\n".join(found.problems[:SHOWN])), LONGEST)


def propose(front: Front, text: str, found: Examined, person: str, reason: str, *, key: str) -> Mrkdwn:
    """What there is to say to whoever did it."""
    desk = front.desk(actor=person)
    wish = enacting.Wish(text, person, reason, key, _shown(front, desk))
    enacting.propose(front.office.store, wish, found, desk)
    front.arrived()
    alone = bool(found.looser) and len(proposing.holders(desk)) < proposing.NEEDED
    parts = [front.words.line("rules.proposed"), *([front.words.line("rules.alone")] if alone else ())]
    return Mrkdwn(" ".join(parts))


def enforce(front: Front, press: Press, person: str) -> None:
    """The yes of everybody counts by what they hold now, not only that of whoever pressed."""
    front.directory.forget_groups()
    name, desk = _named(press), front.desk(actor=person)
    then = _shown(front, desk, person)
    enacting.agree(front.office.store, name, person, desk, key=press.key, then=then)
    front.office.changed()
    front.arrived()
    front.wake()


def withdraw(front: Front, press: Press, person: str) -> None:
    name, desk = _named(press), front.desk(actor=person)
    then = _shown(front, desk, person)
    enacting.withdraw(front.office.store, name, person, desk, key=press.key, then=then)
    front.wake()


def _named(press: Press) -> str:
    """The proposal whose card was pressed, which may not be the one that waits now."""
    pressed = windows.about(press)
    return proposing.named(pressed.case, pressed.choice)


def _shown(front: Front, desk: Desk, person: str = "") -> enacting.Then:
    def show(session: Session, proposal: Proposal, state: str) -> None:
        owe_card(session, make_voice(front), desk, proposal, state, last=person)

    return show


def owe_card(
    session: Session, voice: Voice, desk: Desk, proposal: Proposal, state: str, *, last: str = ""
) -> None:
    """In the channel of cards, posted once and then shown in its place as it is now."""
    ruling = Ruling(
        proposal,
        state,
        of_kept(proposal.rehearsed),
        _amended(session, proposal, voice),
        last,
        holders=proposing.holders(desk),
        lacking=proposing.lacking(proposal, desk),
    )
    shown = screens.rules_card(voice, ruling)
    known = own.card_place(session, RULES, proposal.name, CARD)
    if (place := known or desk.governance) is None:
        log.warning("There is no channel for proposed rules", extra={"event": "rules.nowhere"})
        return
    outbox.put(
        session,
        kind="update" if known else "post",
        place_id=place,
        subject_kind=RULES,
        subject_id=proposal.name,
        purpose=CARD,
        payload={"text": shown.text, "blocks": shown.blocks},
        priority=DECISION,
        coalesce=f"{CARD}:{proposal.name}",
        now=desk.now,
    )


def _amended(session: Session, proposal: Proposal, voice: Voice) -> tuple[Amended, ...]:
    """Nothing where this version cannot read one of the two any more; their text can be opened all the same."""
    try:
        old, new = (
            book_with(OPTIONAL, own.text_of(session, each)) for each in (proposal.base, proposal.digest)
        )
    except Damaged:
        return ()
    return amended(old, new, voice.words.language)


def roles_changed(front: Front) -> None:
    """The proposal that waits says who can put it into force."""
    voice, desk = make_voice(front), front.desk()
    with front.office.store.write() as session:
        if (proposal := own.proposal(session)) is not None and proposal.rehearsed:
            owe_card(session, voice, desk, proposal, "open")
    front.wake()


def show_rules(front: Front, press: Press, person: str) -> None:
    """The whole text that a card is about, for everybody before whose eyes the card is."""
    pressed = windows.about(press)
    with front.office.store.read() as session:
        if not _is_before_them(front, session, press, pressed.case):
            raise Refused("unknown_button")
        try:
            text = own.text_of(session, pressed.case)
        except LookupError as missing:
            raise Refused("unknown_button") from missing
        waits, voice = own.proposal(session), make_voice(front)
        is_open = waits is not None and waits.digest == pressed.case
        differs = _amended(session, waits, voice) if waits and is_open else ()
    told = amended_told(voice, differs) if differs else Mrkdwn("")
    view = rules_text_view(voice, text, pressed, told)
    if press.view is None:
        windows.open_window(front, press, person, view)
    else:
        windows.turn(front, press, person, view)


def _is_before_them(front: Front, session: Session, press: Press, digest: str) -> bool:
    """In a channel where such a card stands; a window, or the same button anew in a direct message, came from there."""
    if press.channel is None:
        return press.view is not None
    place = front.directory.place(press.channel)
    return press.channel.startswith("D") or own.is_shown_at(session, RULES, digest, place)
