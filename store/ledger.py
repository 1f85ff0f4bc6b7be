"""The one door for writes: state, trail, owed messages and the repeat key in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert
from sqlalchemy import select as plain_select
from sqlmodel import Session, select

from store import (
    absences,
    asks,
    assessments,
    audit,
    climb,
    consults,
    content,
    daily,
    due,
    heard,
    incident_owed,
    incidents,
    offers,
    patterns,
    phased,
    sheets,
    training_calls,
)
from store.direct import Read, Write
from store.drafts import Draft, Drafts, to_draft
from store.engine import Store
from store.nudging import nudge_all
from store.owed import owe, owe_card, owe_missing_cards
from store.queries import unit_of
from store.reachable import Quiet, loud
from store.records import USE, load
from store.reviews import number_of
from store.saving import save
from store.tables import DoneRow, IncidentRow, UseRow, metadata
from triage.case import Case
from triage.commands import Command, Disclose, Rejudge
from triage.contributing import Contribute, check_may_contribute, contribute
from triage.decide import decide
from triage.desk import Desk
from triage.incidents.incident import Incident
from triage.incidents.wishes import OfIncidents
from triage.outcome import Outcome, Refused
from triage.questionnaire import Questionnaire, Sheet
from triage.reopening import OPENED
from triage.talking import Begin

_done, _head, _use = metadata.tables["done"], metadata.tables["audit_head"], metadata.tables["use"]
# Every click goes through these, hence plain statements, built once. The first asks all at once that a click has to
# know before it does anything; the end of the trail is locked until the commit, as in store/audit.py.
BEFORE = Read(
    plain_select(
        _head.c.seq,
        _head.c.digest,
        plain_select(_done.c.subject_id).where(_done.c.key == bindparam("wanted")).scalar_subquery(),
        _use.c.version,
        _use.c.updated_at,
    )
    .select_from(_head.outerjoin(_use, _use.c.id == bindparam("case")))
    .where(_head.c.id == 1)
    .with_for_update(of=_head)
)
NOTE_DONE = Write(insert(_done))

SKEW = timedelta(minutes=5)
"""So much Slack bears between its clock and ours."""
UNKNOWN = "unknown"
"""In the trail, a case that there is not: what somebody sent us as its id is never sealed."""


@dataclass(frozen=True)
class Done:
    """What a command came to. `repeated`: it was carried out before, and nothing happened now."""

    case: Case
    repeated: bool = False
    changed: bool = True


class Ledger:
    def __init__(self, store: Store) -> None:
        self._store = store
        self.drafts = Drafts()

    def execute(self, command: Command, desk: Desk) -> Done:
        """Carry out `command` once; a second call with its key changes nothing. A refusal is noted, then raised."""
        try:
            return self.execute_many([command], desk)[0]
        except Refused as refusal:
            self.note(command.do, command.case, refusal, actor=command.actor, key=command.key, now=desk.now)
            raise

    def execute_many(self, commands: Sequence[Command], desk: Desk) -> list[Done]:
        """Several commands in one transaction: all or none."""
        with self._store.write() as session:
            carried = [carry_out(session, command, desk, self.drafts) for command in commands]
        self.drafts.keep(draft for _, draft in carried if draft is not None)
        return [done for done, _ in carried]

    def contribute(self, command: Contribute, questionnaire: Questionnaire, desk: Desk) -> Sheet:
        """Answers to a questionnaire, once; a refusal is noted, then raised."""
        try:
            with self._store.write() as session:
                return _contribute(session, command, questionnaire, desk)
        except Refused as refusal:
            self.note("contribute", command.case, refusal, actor=command.actor, key=command.key, now=desk.now)
            raise

    def act(self, wish: OfIncidents, desk: Desk, *, place: str | None = None) -> Incident:
        """A wish about an incident, once, with what it means for its use; a refusal is noted, then raised.

        `place`: where the cards of incidents go.
        """
        try:
            with self._store.write() as session:
                incident, wishes = incidents.carry_out(
                    session, wish, desk, place=place or desk.place_of_incidents
                )
                carried = [carry_out(session, each, desk, self.drafts) for each in wishes]
        except Refused as refusal:
            if wish.actor:  # of whoever gave no name nothing is kept
                self.note(
                    wish.do,
                    wish.incident,
                    refusal,
                    actor=wish.actor,
                    key=wish.key,
                    now=desk.now,
                    kind=incident_owed.INCIDENT,
                )
            raise
        self.drafts.keep(draft for _, draft in carried if draft is not None)
        return incident

    def note(
        self, wish: str, case: str, refusal: Refused, *, actor: str, key: str, now: datetime, kind: str = USE
    ) -> None:
        """An attempt to do what one may not is evidence too; the same press is noted once."""
        with self._store.write() as session:
            once = f"refused:{key}"
            if session.get(DoneRow, once) is not None:
                return
            if session.get(IncidentRow if kind == incident_owed.INCIDENT else UseRow, case) is None:
                case = UNKNOWN
            audit.append(
                session,
                what=f"{wish}.refused",
                actor=actor,
                subject_kind=kind,
                subject_id=case,
                detail={"because": refusal.key},
                at=now,
            )
            session.add(DoneRow(key=once, subject_kind=kind, subject_id=case, at=now))

    def nudge(self, desk: Desk, quiet: Quiet = loud) -> int:
        """Whatever fell due by now, each once, in however many processes; says how many rows were looked at."""
        with self._store.read() as session:
            late = due.is_missing(session) or not asks.is_noted(session) or climb.is_behind(session)
            if not late and not due.is_ripe(session, now=desk.now):
                return 0
            needed = training_calls.foreseen(session, due.ripe(session, now=desk.now), desk)
        with self._store.write() as session:
            session.info[training_calls.NEEDED] = needed
            return nudge_all(session, desk, quiet)

    def show_card(self, case: str, desk: Desk) -> None:
        """Owe the card of one request anew, as things stand now."""
        with self._store.write() as session:
            owe_card(session, case, desk)

    def show_cards(self, desk: Desk) -> int:
        """Owe a card for every request that waits and has none where cards go now; says how many."""
        with self._store.write() as session:
            return owe_missing_cards(session, desk)


def _contribute(session: Session, command: Contribute, questionnaire: Questionnaire, desk: Desk) -> Sheet:
    """The head of the trail is locked first, so that two who hand in at once come one after the other."""
    wanted = {"wanted": command.key, "case": command.case}
    seq, digest, done, *_ = BEFORE.one(session.connection(), wanted)
    session.info[audit.END] = seq, digest
    before = sheets.load(session, command.case, questionnaire.form.id)
    if (case := load(session, command.case)) is None:
        raise Refused("unknown_case", case=command.case)
    if done is not None:
        return before
    check_may_contribute(case, command.actor, desk)
    now = contribute(before, command, questionnaire, desk, case)
    if now != before:
        sheets.save(session, before, now, questionnaire, desk)
        sheets.seal(session, command, case, before, now, questionnaire, desk)
        heard.follow(session, case, before, now, desk)
    about = {"subject_kind": USE, "subject_id": case.id}
    NOTE_DONE.run(session.connection(), {"key": command.key, **about, "outcome": {}, "at": desk.now})
    return now


def carry_out(session: Session, command: Command, desk: Desk, drafts: Drafts) -> tuple[Done, Draft | None]:
    """One command inside a transaction that somebody else opened; with the draft that it leaves, if it leaves one."""
    subject = _subject(session, command)
    found = BEFORE.one(session.connection(), {"wanted": command.key, "case": subject})
    seq, digest, done, version, written_at = found
    session.info[audit.END] = seq, digest
    desk = _onward(desk, written_at)
    if done is not None and (case := load(session, done)) is not None:
        return Done(case=case, repeated=True, changed=False), None
    known = drafts.get(subject)
    if known is None or not known.is_as_written(version, written_at):
        known = None
    before = load(session, subject) if known is None else known.case
    desk = assessments.before_a_yes(session, command, before, desk)
    desk = phased.before_it_is_put_off(session, command, before, desk)
    outcome = decide(before, command, patterns.beside(session, command, before, desk))
    absences.check_named(session, outcome, command.actor)
    if isinstance(command, Begin):
        unit = {"unit": unit_of(session, command.actor, desk.organisation.units)}
        outcome = outcome.model_copy(update={"case": outcome.case.model_copy(update=unit)})
    changed = before is None or outcome.case != before
    draft = None
    if changed:
        case, answer_set = save(session, before, outcome.case, desk, answer_set=_open_set(known, desk))
        if due.follow(session, before, case, desk) or case.decisions:
            daily.redraw(session, case, desk)
        offers.follow(session, before, case, desk)
        outcome = outcome.model_copy(update={"case": case})
        draft = to_draft(case, answer_set=answer_set, form=desk.form.digest, written_at=desk.now)
    incident_owed.follow(session, before, outcome.case, desk)
    _note(session, command, outcome, content.changed(before, outcome.case, desk) if changed else {}, desk)
    consults.follow(session, command, outcome, desk)
    return Done(case=outcome.case, changed=changed), draft


def _onward(desk: Desk, written_at: datetime | None) -> Desk:
    """Clocks of several machines differ and are set back; what a use is told next is never told before the last.

    A clock that is further off is not believed: days and deadlines would go by it.
    """
    if written_at is None or not desk.now < written_at <= desk.now + SKEW:
        return desk
    return replace(desk, now=written_at)


def _open_set(known: Draft | None, desk: Desk) -> str | None:
    return known.answer_set if known is not None and known.form == desk.form.digest else None


def _note(session: Session, command: Command, outcome: Outcome, record: dict[str, str], desk: Desk) -> None:
    """What follows from it beside the case: the trail, the messages, and that it is done."""
    _seal(session, command, outcome, record, desk)
    owe(session, outcome, desk)
    about = {"subject_kind": USE, "subject_id": outcome.case.id}
    opened = isinstance(command, Rejudge) and any(line.what == OPENED for line in outcome.happened)
    told = {"opened": True} if opened else {}
    NOTE_DONE.run(session.connection(), {"key": command.key, **about, "outcome": told, "at": desk.now})


def _subject(session: Session, command: Command) -> str:
    """The case a command is about; an imported row finds its use by the inventory's own number."""
    if isinstance(command, Disclose):
        query = select(UseRow.id).where(
            UseRow.source_map == command.source_map, UseRow.source_id == command.source_id
        )
        return session.exec(query).first() or command.case
    return command.case


def _seal(session: Session, command: Command, outcome: Outcome, record: dict[str, str], desk: Desk) -> None:
    """Each thing that happened; the first of them commits to what changed in the record."""
    if record and not outcome.happened:
        raise ValueError(f"{command.do} changes the record, and the trail says nothing of it")
    for number, line in enumerate(outcome.happened):
        detail: dict[str, audit.Machine] = {
            name: list(value) if isinstance(value, tuple) else value for name, value in line.detail.items()
        }
        if outcome.case.ref is not None:
            detail["ref"] = outcome.case.ref
        detail["status"] = outcome.case.status.value
        if line.what == "review.opened":
            detail["number"] = number_of(outcome.case, str(detail["step"]))
        audit.append(
            session,
            what=line.what,
            actor=command.actor or None,
            subject_kind=USE,
            subject_id=outcome.case.id,
            detail=detail,
            texts={**line.texts, **record} if number == 0 else line.texts,
            at=desk.now,
        )
