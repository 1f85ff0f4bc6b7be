"""Several like requests decided in one transaction, each by a command of its own; what cannot be is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from store import audit
from store.decided import answers_of
from store.engine import Store
from store.ledger import Ledger, carry_out
from store.queries import may_see
from store.records import load
from store.tables import DoneRow, UseRow
from triage.case import Case, Status
from triage.commands import Approve, Decline
from triage.decide import decide
from triage.desk import Desk
from triage.jointly import check_may_go, is_like, kept, may_go
from triage.nearest import Decided, on_same_answers
from triage.outcome import Refused
from triage.register import Reader

LOOKED_AT = 100
"""Of those that wait for somebody, of the same tool and tier, the most urgent: a window opens within three seconds."""


class Left(NamedTuple):
    """One that was not decided; its reference is "" where whoever decides does not see it."""

    ref: str
    refusal: Refused


class Came(NamedTuple):
    done: tuple[Case, ...]
    left: tuple[Left, ...]


def like(session: Session, case: Case, queue: Collection[str], desk: Desk) -> tuple[Case, ...]:
    """Of those that wait for somebody the ones that say the same and came to the same, the most urgent first."""
    if not may_go(case) or case.status is not Status.in_review or case.verdict is None:
        return ()
    bounds = case.verdict.results["tier"]
    rows = session.exec(
        select(UseRow)
        .where(
            col(UseRow.id).in_([each for each in queue if each != case.id]),
            col(UseRow.tool_id) == case.tool_id,
            col(UseRow.tier_floor) == bounds.floor,
            col(UseRow.tier_ceiling) == bounds.ceiling,
            col(UseRow.state) == Status.in_review.value,
        )
        .order_by(col(UseRow.due_at).nulls_last(), col(UseRow.ref))
        .limit(LOOKED_AT)
    ).all()
    answers = answers_of(session, [row.id for row in rows])
    same = [
        row.id
        for row in rows
        if on_same_answers(
            case,
            [
                Decided(
                    id=row.id,
                    status=Status(row.state),
                    tool_id=row.tool_id,
                    answers=answers[row.id],
                    at=row.updated_at,
                )
            ],
            desk.form,
        )
    ]
    found = (load(session, id) for id in same[: kept().most - 1])
    return tuple(
        each for each in found if each is not None and may_go(each) and is_like(case, each, desk.form)
    )


def decide_together(
    store: Store,
    ledger: Ledger,
    commands: Sequence[Approve | Decline],
    desk: Desk,
    reader: Reader,
    shown: str,
) -> Came:
    """All that can be decided at this moment, or nothing where the process dies: each once by its key.

    `shown`: the request that they are said to be like.
    """
    with store.write() as session:
        session.connection().execute(audit.HEAD)  # from here on nobody else moves any of them
        left: dict[str, Left] = {}
        able = list(_able(session, commands, desk, reader, shown, left))
        refs = tuple(sorted(case.ref or "" for _, case in able)) if len(able) > 1 else ()
        carried = [
            carry_out(session, command.model_copy(update={"together": refs}), desk, ledger.drafts)
            for command, _ in able
        ]
    ledger.drafts.keep(draft for _, draft in carried if draft is not None)
    for command in commands:
        if (one := left.get(command.key)) is not None:
            ledger.note(
                command.do, command.case, one.refusal, actor=command.actor, key=command.key, now=desk.now
            )
    return Came(tuple(done.case for done, _ in carried), tuple(left.values()))


def _able(
    session: Session,
    commands: Sequence[Approve | Decline],
    desk: Desk,
    reader: Reader,
    shown: str,
    left: dict[str, Left],
) -> Iterator[tuple[Approve | Decline, Case]]:
    like_it = load(session, shown) if may_see(session, reader, shown) else None
    for command in commands:
        case = load(session, command.case) if may_see(session, reader, command.case) else None
        try:
            if case is None or like_it is None:
                raise Refused("unknown_case", case="")
            if session.get(DoneRow, command.key) is None:
                check_may_go(case, (case.id,))
                if not is_like(like_it, case, desk.form):
                    raise Refused("not_alike", case=case.id)
                if decide(case, command, desk).case.decisions == case.decisions:
                    raise Refused("changed_since", case=case.id)  # it is judged anew first
        except Refused as refusal:
            left[command.key] = Left((case.ref if case else None) or "", refusal)
        else:
            yield command, case
