"""What follows from the wishes about patterns: each in the room that it belongs to."""

from __future__ import annotations

from typing import assert_never

from triage import lasting, patterning, sampling
from triage.beforehand import (
    ConfirmPattern,
    DrawSample,
    FitsPattern,
    MisfitsPattern,
    ProposePattern,
    RefusePattern,
    TellOfPattern,
    WithdrawPattern,
)
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Outcome

OF_PATTERNS = (
    ProposePattern,
    ConfirmPattern,
    RefusePattern,
    WithdrawPattern,
    FitsPattern,
    MisfitsPattern,
    DrawSample,
    TellOfPattern,
)
Wished = (
    ProposePattern
    | ConfirmPattern
    | RefusePattern
    | WithdrawPattern
    | FitsPattern
    | MisfitsPattern
    | DrawSample
    | TellOfPattern
)


def carried_out(case: Case, command: Wished, desk: Desk) -> Outcome:
    match command:
        case ProposePattern():
            return patterning.propose(case, command, desk)
        case ConfirmPattern():
            return patterning.confirm(case, command, desk)
        case RefusePattern():
            return patterning.refuse(case, command, desk)
        case WithdrawPattern():
            return patterning.withdraw(case, command, desk)
        case FitsPattern():
            return sampling.fits(case, command, desk)
        case MisfitsPattern():
            return sampling.misfits(case, command, desk)
        case DrawSample():
            return sampling.draw(case, command, desk)
        case TellOfPattern():
            return lasting.tell(case, command, desk)
        case _:
            assert_never(command)
