"""One door into judgement and decision: a case and a wish in, what follows out; pure."""

from __future__ import annotations

from typing import assert_never

from intake.vocabulary import Control, normal, speech
from triage import (
    asides,
    campaigning,
    carrying,
    claiming,
    closing,
    confidential,
    drafts,
    excepting,
    expiring,
    fulfilling,
    gated,
    handling,
    hearing,
    interview,
    lasting,
    missing,
    owning,
    pairings,
    preapproving,
    reconsidering,
    referring,
    remarks,
    review,
    revisited,
    showing,
    snoozing,
    submission,
    suggested,
    turns,
    unanswered,
    underway,
    watching,
    withdrawing,
)
from triage.afterwards import (
    Expire,
    FailCondition,
    RemindOfCondition,
    Shelve,
    Snooze,
)
from triage.aims.access import check_no_visitor
from triage.case import Case
from triage.claims import OfClaims
from triage.commands import (
    Command,
    Disclose,
    Rejudge,
)
from triage.desk import Desk
from triage.disclosures import FollowUp, TellUse
from triage.handling import OfTheRegister
from triage.onward import Onward
from triage.outcome import Notice, Outcome, Refused, Say
from triage.preapproving import OF_PATTERNS
from triage.rejudging import rejudged
from triage.reviewwishes import OfReviews
from triage.talk import Phase
from triage.talking import (
    Begin,
    Choose,
    Edit,
    Explain,
    Fill,
    PickTool,
    Reopen,
    Start,
    Steer,
    Submit,
    Type,
    Withdraw,
)
from triage.watching import OF_WATCHES

BESIDE = frozenset({Control.cancel, Control.pause, Control.hand_over, Control.help})
"""Words that mean the same whatever is asked."""


def decide(case: Case | None, command: Command, desk: Desk) -> Outcome:
    """What follows from `command`; raises Refused with the sentence for the person where it is not granted."""
    check_no_visitor(command.actor, desk)
    match command:
        case Begin():
            return confidential.begun(interview.begin(command, desk), command)
        case Disclose():
            return submission.disclose(case, command, desk)
        case TellUse() | FollowUp():
            return campaigning.carried_out(case, command, desk)
        case Rejudge():
            outcome = rejudged(_known(case, command.case), command, desk)
        case Expire():
            outcome = expiring.expire(_known(case, command.case), command, desk)
        case RemindOfCondition():
            outcome = fulfilling.remind(_known(case, command.case), command, desk)
        case FailCondition():
            outcome = fulfilling.fail(_known(case, command.case), command, desk)
        case Shelve():
            return drafts.shelve(_known(case, command.case), command, desk)
        case Snooze():
            outcome = snoozing.snooze(_known(case, command.case), command, desk)
        case _:
            known = _known(case, command.case)
            outcome = drafts.taken_up(known, _on_case(known, command, desk))
    outcome = excepting.followed(case, outcome, desk)
    outcome = lasting.followed(case, outcome, desk)
    outcome = carrying.followed(case, outcome, desk)
    outcome = referring.followed(case, outcome, command.actor, desk)
    outcome = pairings.followed(case, outcome, desk)
    outcome = owning.told(case, outcome, desk)
    outcome = missing.followed(case, outcome, desk)
    outcome = gated.followed(case, outcome, command, desk)
    outcome = revisited.followed(case, outcome, command, desk)
    outcome = closing.closed(case, unanswered.closed(case, outcome, desk))
    return showing.shown(_known(case, command.case), outcome, command)


def _known(case: Case | None, named: str) -> Case:
    if case is None:
        raise Refused("unknown_case", case=named)
    return case


def _on_case(case: Case, command: Command, desk: Desk) -> Outcome:
    if isinstance(command, OF_PATTERNS):
        return preapproving.carried_out(case, command, desk)
    if isinstance(command, OF_WATCHES):
        return watching.carried_out(case, command, desk)
    if isinstance(command, Onward):
        return underway.carried_out(case, command, desk)
    if isinstance(command, OfClaims):
        return claiming.carried_out(case, command, desk)
    if isinstance(command, OfReviews):
        return reconsidering.carried_out(case, command, desk)
    if isinstance(command, OfTheRegister):
        return handling.handle(case, command, desk)
    if case.talk is None:
        raise Refused("not_your_request", case=case.id)  # it came from an inventory: nobody is interviewed
    if turns.outdated(case, desk) and _answers(command):
        turns.check_talking(case, command.actor)
        return turns.catch_up(case, command.words if isinstance(command, Type) else "", desk)
    match command:
        case Type():
            return _heard(case, command, desk)
        case Start():
            return turns.start(case, command, desk)
        case Choose():
            return suggested.marked(case, turns.choose(case, command, desk), command)
        case PickTool():
            return turns.pick_tool(case, command, desk)
        case Steer():
            return turns.steer(case, command, desk)
        case Explain():
            return turns.explain(case, command, desk)
        case Edit():
            return turns.edit(case, command, desk)
        case Fill():
            return confidential.ticked(turns.fill(case, command, desk), command)
        case Submit():
            return turns.hand_in(case, command, desk)
        case Withdraw():
            return withdrawing.withdraw(case, command, desk)
        case Reopen():
            return withdrawing.reopen(case, command, desk)
        case (
            Begin()
            | Disclose()
            | TellUse()
            | FollowUp()
            | Rejudge()
            | Expire()
            | RemindOfCondition()
            | FailCondition()
            | Shelve()
            | Snooze()
        ):
            raise TypeError(
                "opening a case needs no case, and what the clock or other rules do is no wish in it"
            )
        case _:
            assert_never(command)


def _answers(command: Command) -> bool:
    """Whether it is about the question that is open; everything else can do without it."""
    match command:
        case Choose() | Steer(wish="back" | "skip" | "resume"):
            return True
        case Type():
            return speech().control.get(normal(command.words)) not in BESIDE
        case _:
            return False


def _heard(case: Case, command: Type, desk: Desk) -> Outcome:
    """Words in the thread of a case: part of the interview, the answer to a reviewer, or a remark that is passed on."""
    talk = interview.talk_of(case)
    if talk.phase is not Phase.closed:
        turns.check_talking(case, command.actor)
        return asides.while_asked(case, command, desk) or hearing.typed(case, command, desk)
    if talk.person != command.actor:
        raise Refused("not_your_request", case=case.id)
    if case.inquiry is not None and command.files:
        return review.answer_inquiry(case, command, desk)
    if not command.words.strip():
        reason = "attachment" if command.files else "empty"
        return Outcome(case=case, notices=(Notice(say=Say.not_understood, facts={"reason": reason}),))
    if speech().control.get(normal(command.words)) is Control.help:
        return Outcome(case=case, notices=(Notice(say=Say.help),))
    if remarks.is_thanks(command.words):
        return remarks.thanked(case, command)
    if (aside := asides.when_closed(case, command)) is not None:
        return aside
    if case.inquiry is not None:
        return review.answer_inquiry(case, command, desk)
    return remarks.remark(case, command)
