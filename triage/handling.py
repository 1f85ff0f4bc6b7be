"""Wishes about a case that need no conversation with whoever asked: each goes to the room of its subject."""

from __future__ import annotations

from typing import assert_never

from triage import (
    approving,
    assigning,
    carrying,
    changing,
    confidential,
    excepting,
    freshness,
    fulfilling,
    joining,
    jointly,
    missing,
    replying,
    reporting,
    review,
    settling,
)
from triage.afterwards import (
    AcceptTerms,
    Change,
    Fulfil,
    GiveFacts,
    Join,
    Leave,
    ReportWrong,
    SendBack,
    VerifyCondition,
)
from triage.case import Case
from triage.commands import (
    Approve,
    AskRequester,
    ClaimException,
    ConfirmException,
    Decline,
    ObjectException,
    PassOn,
    Recuse,
    Reply,
    Settle,
    Take,
)
from triage.confidences import Confide, DropReader, NameReader, OpenUp
from triage.desk import Desk
from triage.motions import ConfirmProhibited, OpposeMotion, PutMotion, SecondMotion
from triage.movers import check_may
from triage.outcome import Outcome

OfExceptions = ClaimException | ConfirmException | ObjectException
OfMotions = PutMotion | SecondMotion | OpposeMotion | ConfirmProhibited
OfReaders = Confide | OpenUp | NameReader | DropReader
OfConditions = Fulfil | VerifyCondition | SendBack
OfAssignment = Take | PassOn | Recuse
OfJoining = Join | AcceptTerms | Leave
OfTheRegister = (
    Approve
    | AskRequester
    | Decline
    | Change
    | GiveFacts
    | ReportWrong
    | Settle
    | Reply
    | OfAssignment
    | OfJoining
    | OfConditions
    | OfExceptions
    | OfMotions
    | OfReaders
)


def handle(case: Case, command: OfTheRegister, desk: Desk) -> Outcome:
    match command:
        case Approve():
            jointly.check_may_go(case, command.together)
            review.check_may_decide(case, command.actor, desk)  # nobody else's press judges anything anew
            anew = freshness.judged_anew(case, desk)
            return anew or jointly.recorded(approving.approve(case, command, desk), command.together)
        case AskRequester():
            return review.ask_requester(case, command, desk)
        case Decline():
            jointly.check_may_go(case, command.together)
            return jointly.recorded(review.decline(case, command, desk), command.together)
        case Take():
            return assigning.take(case, command, desk)
        case PassOn():
            return assigning.pass_on(case, command, desk)
        case Recuse():
            return assigning.recuse(case, command, desk)
        case Change():
            return changing.change(case, command, desk)
        case GiveFacts():
            return missing.give(case, command, desk)
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
            check_may(case, command.actor, command.matter, command.value, desk.in_own_right)
            return freshness.judged_anew(case, desk) or carrying.put(case, command, desk)
        case SecondMotion():
            return carrying.second(case, command, desk)
        case OpposeMotion():
            return carrying.oppose(case, command, desk)
        case ConfirmProhibited():
            return carrying.confirm_prohibited(case, command, desk)
