"""What is wished of a use on its way from a yes to its end, each to the room where it is carried out."""

from __future__ import annotations

from typing import assert_never

from triage import advancing, appointing, suspending
from triage.case import Case
from triage.desk import Desk
from triage.onward import AcceptPart, Appoint, DoTask, MoveOn, Onward, RefusePart, StopUse, SuspendUse
from triage.outcome import Outcome


def carried_out(case: Case, command: Onward, desk: Desk) -> Outcome:
    match command:
        case MoveOn():
            return advancing.move_on(case, command, desk)
        case DoTask():
            return advancing.do_task(case, command, desk)
        case Appoint():
            return appointing.appoint(case, command, desk)
        case AcceptPart():
            return appointing.accept(case, command, desk)
        case RefusePart():
            return appointing.refuse(case, command, desk)
        case StopUse():
            return advancing.stop(case, command, desk)
        case SuspendUse():
            return suspending.suspend(case, command, desk)
        case _:
            assert_never(command)
