"""Words beside the questions: out of it, back into it, or where it stands. Nobody has to read them who decides."""

from __future__ import annotations

from intake.beside import Beside, beside
from intake.vocabulary import Control, normal, speech
from triage import withdrawing
from triage.case import Case, Status
from triage.desk import Desk
from triage.interview import talk_of
from triage.lifecycle import WAITING
from triage.outcome import Notice, Outcome, Say
from triage.phased import is_recorded
from triage.talk import Phase
from triage.talking import Steer, Type
from triage.turns import steer


def while_asked(case: Case, command: Type, desk: Desk) -> Outcome | None:
    """Before it is handed in; None where the words are for the question. Only short ones that say nothing else."""
    if command.late or normal(command.words) in speech().control:
        return None
    match beside(command.words):
        case Beside.withdraw:
            cancel = Steer(actor=command.actor, key=command.key, case=case.id, wish="cancel")
            return steer(case, cancel, desk)
        case Beside.standing:
            return _standing(case, command)
        case _:
            return None


def when_closed(case: Case, command: Type) -> Outcome | None:
    """After it was handed in; None where the words are for others. To a reviewer's question they are the answer."""
    meant = beside(command.words)
    if meant is Beside.standing:
        return _standing(case, command)
    if case.inquiry is not None:
        return None
    cancels = speech().control.get(normal(command.words)) is Control.cancel
    if (case.status in WAITING or is_recorded(case)) and (cancels or meant is Beside.withdraw):
        return withdrawing.offer(case, command.words)
    if case.status is Status.withdrawn and case.submitted_at is not None and meant is Beside.again:
        return withdrawing.offer_again(case, command.words)
    return None


def _standing(case: Case, command: Type) -> Outcome:
    notice = Notice(say=Say.standing, facts={"draft": talk_of(case).phase is not Phase.closed})
    return Outcome(case=case, happened=(withdrawing.kept(case, command.words),), notices=(notice,))
