"""One door into judgement and decision: a case and a wish in, what follows out; pure."""

from __future__ import annotations

from typing import assert_never

from intake.vocabulary import Control, normal, speech
from triage import (
    approving,
    asides,
    assigning,
    carrying,
    changing,
    closing,
    confidential,
    excepting,
    expiring,
    freshness,
    fulfilling,
    hearing,
    interview,
    joining,
    pairings,
    preapproving,
    referring,
    remarks,
    replying,
    reporting,
    review,
    settling,
    submission,
    turns,
    unanswered,
    withdrawing,
)
from triage.afterwards import (
    AcceptTerms,
    Change,
    Expire,
    FailCondition,
    Fulfil,
    Join,
    Leave,
    RemindOfCondition,
    ReportWrong,
    SendBack,
    VerifyCondition,
    WarnOfExpiry,
)
from triage.case import Case
from triage.commands import (
    Approve,
    AskRequester,
    ClaimException,
    Command,
    ConfirmException,
    Decline,
    Disclose,
    ObjectException,
    PassOn,
    Recuse,
    Rejudge,
    Reply,
    Settle,
    Take,
)
from triage.confidences import Confide, DropReader, NameReader, OpenUp
from triage.desk import Desk
from triage.motions import ConfirmProhibited, OpposeMotion, PutMotion, SecondMotion
from triage.movers import check_may
from triage.outcome import Notice, Outcome, Refused, Say
from triage.preapproving import OF_PATTERNS
from triage.rejudging import rejudged
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

BESIDE = frozenset({Control.cancel, Control.pause, Control.hand_over, Control.help})
"""Words that mean the same whatever is asked."""

OF_EXCEPTIONS = (ClaimException, ConfirmException, ObjectException)
OF_MOTIONS = (PutMotion, SecondMotion, OpposeMotion, ConfirmProhibited)
OF_READERS = (Confide, OpenUp, NameReader, DropReader)
OF_CONDITIONS = (Fulfil, VerifyCondition, SendBack)
OF_THE_REGISTER = (
    Approve,
    AskRequester,
    Decline,
    Take,
    PassOn,
    Recuse,
    Change,
    Join,
    AcceptTerms,
    Leave,
    *OF_CONDITIONS,
    ReportWrong,
    Settle,
    Reply,
    *OF_EXCEPTIONS,
    *OF_MOTIONS,
    *OF_READERS,
)
"""Wishes about a case that need no conversation with whoever asked."""


def decide(case: Case | None, command: Command, desk: Desk) -> Outcome:
    """What follows from `command`; raises Refused with the sentence for the person where it is not granted."""
    match command:
        case Begin():
            return interview.begin(command, desk)
        case Disclose():
            return submission.disclose(case, command, desk)
        case Rejudge():
            outcome = rejudged(_known(case, command.case), command, desk)
        case Expire():
            outcome = expiring.expire(_known(case, command.case), command, desk)
        case WarnOfExpiry():
            outcome = expiring.warn(_known(case, command.case), command, desk)
        case RemindOfCondition():
            outcome = fulfilling.remind(_known(case, command.case), command, desk)
        case FailCondition():
            outcome = fulfilling.fail(_known(case, command.case), command, desk)
        case _:
            outcome = _on_case(_known(case, command.case), command, desk)
    outcome = excepting.followed(case, outcome, desk)
    outcome = carrying.followed(case, outcome, desk)
    outcome = referring.followed(case, outcome, command.actor, desk)
    outcome = pairings.followed(case, outcome, desk)
    return closing.closed(case, unanswered.closed(case, outcome, desk))


def _known(case: Case | None, named: str) -> Case:
    if case is None:
        raise Refused("unknown_case", case=named)
    return case


def _on_case(case: Case, command: Command, desk: Desk) -> Outcome:
    if isinstance(command, OF_PATTERNS):
        return preapproving.carried_out(case, command, desk)
    if case.talk is None and not isinstance(command, OF_THE_REGISTER):
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
            return turns.choose(case, command, desk)
        case PickTool():
            return turns.pick_tool(case, command, desk)
        case Steer():
            return turns.steer(case, command, desk)
        case Explain():
            return turns.explain(case, command, desk)
        case Edit():
            return turns.edit(case, command, desk)
        case Fill():
            return turns.fill(case, command, desk)
        case Submit():
            return turns.hand_in(case, command, desk)
        case Withdraw():
            return withdrawing.withdraw(case, command, desk)
        case Reopen():
            return withdrawing.reopen(case, command, desk)
        case Approve():
            review.check_may_decide(case, command.actor, desk)  # nobody else's press judges anything anew
            return freshness.judged_anew(case, desk) or approving.approve(case, command, desk)
        case AskRequester():
            return review.ask_requester(case, command, desk)
        case Decline():
            return review.decline(case, command, desk)
        case Take():
            return assigning.take(case, command, desk)
        case PassOn():
            return assigning.pass_on(case, command, desk)
        case Recuse():
            return assigning.recuse(case, command, desk)
        case Change():
            return changing.change(case, command, desk)
        case Join():
            return joining.join(case, command, desk)
        case AcceptTerms():
            return joining.accept(case, command, desk)
        case Leave():
            return joining.leave(case, command, desk)
        case Fulfil():
            return fulfilling.fulfil(case, command, desk)
        case VerifyCondition():
            return fulfilling.verify(case, command, desk)
        case SendBack():
            return fulfilling.send_back(case, command, desk)
        case ReportWrong():
            return reporting.report(case, command, desk)
        case ClaimException() | ConfirmException() | ObjectException():
            return _exception(case, command, desk)
        case PutMotion() | SecondMotion() | OpposeMotion() | ConfirmProhibited():
            return _motion(case, command, desk)
        case Confide() | OpenUp() | NameReader() | DropReader():
            return confidential.settle_readers(case, command, desk)
        case Settle():
            return settling.settle(case, command, desk)
        case Reply():
            return replying.reply(case, command, desk)
        case (
            Begin()
            | Disclose()
            | Rejudge()
            | Expire()
            | WarnOfExpiry()
            | RemindOfCondition()
            | FailCondition()
        ):
            raise TypeError(
                "opening a case needs no case, and what the clock or other rules do is no wish in it"
            )
        case _:
            assert_never(command)


def _exception(
    case: Case, command: ClaimException | ConfirmException | ObjectException, desk: Desk
) -> Outcome:
    """Like a yes, a signature stands on today's results."""
    excepting.check_may(case, command.actor, desk)
    if isinstance(command, ClaimException):
        return freshness.judged_anew(case, desk) or excepting.claim(case, command, desk)
    fresh = freshness.judged_anew(case, desk, signatures=True)
    if isinstance(command, ConfirmException):
        return fresh or excepting.confirm(case, command, desk)
    return fresh or excepting.object_to(case, command, desk)


def _motion(
    case: Case, command: PutMotion | SecondMotion | OpposeMotion | ConfirmProhibited, desk: Desk
) -> Outcome:
    """It stands on today's results as well."""
    match command:
        case PutMotion():
            check_may(case, command.actor, command.matter, command.value, desk)
            return freshness.judged_anew(case, desk) or carrying.put(case, command, desk)
        case SecondMotion():
            return carrying.second(case, command, desk)
        case OpposeMotion():
            return carrying.oppose(case, command, desk)
        case ConfirmProhibited():
            return carrying.confirm_prohibited(case, command, desk)


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
        return review.answer_inquiry(case, command.words, command.actor, desk)
    return remarks.remark(case, command)
