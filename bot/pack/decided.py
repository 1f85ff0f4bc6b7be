"""What was decided about a use, for its page: by whom in whose seat, on which facts and rules, on what terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.extract import Plain
from bot.pack.sections import Cell, Section, table
from bot.pack.using import SHORT, Showing, condition_state, known, moment, who
from bot.written import Written
from store.columns import to_text
from store.extract import Worded
from triage.case import REFUSALS, RULINGS, Case, Decision, Signature, Status
from triage.conditions import Condition, given_by, looks_needed
from triage.fingerprint import facts_digest, policies_of
from triage.pattern import Yes
from triage.steps import ConditionStep

STANDING = {
    True: (Status.declined, Status.blocked),
    False: (Status.approved, Status.approved_with_conditions),
}
"""While a no, or a yes, counts."""
Row = tuple[str | Cell, ...]


def sections(case: Case, written: Written, show: Showing) -> Iterator[Section]:
    """The last decision first; then what people settled beside one."""
    rulings = [each for each in case.decisions if each.kind in RULINGS]
    told = {id for each in rulings for id in (each.id, *each.rests_on)}
    for number in range(len(rulings), 0, -1):
        yield _ruling(number, rulings, case, written, show)
    others = [each for each in case.decisions if each.id not in told]
    if others:
        say = show.words.label
        rows = (_other(each, show) for each in others)
        yield Section(
            "decisions",
            say("pack.use.decisions"),
            (),
            (table(say("pack.use.decisions_heads").split(" | "), rows),),
        )


def _ruling(number: int, rulings: Sequence[Decision], case: Case, written: Written, show: Showing) -> Section:
    say, made, is_last = show.words.label, rulings[number - 1], number == len(rulings)
    now = is_last and (made.facts_digest, made.policies) == (facts_digest(case), policies_of(case))
    blocks = [table((), _told(number, made, case, written, show, now=now))]
    for name, rows in (
        ("seats", _seats(made, case, show, now=now)),
        ("conditions", _conditions(made, case, written, show)),
    ):
        drawn = table(say(f"pack.use.{name}_heads").split(" | "), rows)
        blocks += [drawn] if drawn.rows else []
    title = say("pack.use.decision" if is_last else "pack.use.decision_former", number=number)
    return Section(f"decision-{number}", title, (), tuple(blocks))


def _told(
    number: int, made: Decision, case: Case, written: Written, show: Showing, *, now: bool
) -> Iterator[Row]:
    say, is_last = show.words.label, made == case.decision
    yield (
        say("pack.use.decided.what"),
        f"{known(show.words, 'dossier.decision', made.kind.value)}, {moment(made.at.isoformat())}",
    )
    counts = case.status in STANDING[made.kind in REFUSALS]
    if not is_last:
        yield say("pack.use.decided.counts"), say("pack.use.decided.replaced", number=number + 1)
    elif counts:
        yield say("pack.use.decided.counts"), say("pack.use.decided.yes")
    else:
        status = say(f"status.{case.status.value}")
        yield say("pack.use.decided.counts"), say("pack.use.decided.no", status=status)
    for name, text in (("reason", made.reason), ("would_change", made.would_change)):
        if text:
            yield say(f"pack.use.decided.{name}"), text
    if made.valid_until:
        yield say("pack.use.decided.until"), made.valid_until.isoformat()
    if made.under:
        yield say("pack.use.decided.under"), made.under.name
    yield say("pack.use.decided.facts"), made.facts_digest
    if is_last:
        yield say("pack.use.decided.since"), say(f"pack.use.decided.{'same' if now else 'changed'}")
    worded = _then(written.worded, made)
    for name, digest in (("form", worded.form), ("texts", worded.texts)):
        if digest:
            yield say(f"pack.use.decided.{name}"), show.files.get(digest, Cell(digest))
    for each in made.policies:
        yield say("pack.use.decided.rules"), _policy(each, show)
    yield say("pack.use.decided.id"), made.id


def _then(runs: Sequence[Worded], made: Decision) -> Worded:
    """By which it had been judged when it was decided."""
    return next((each for each in reversed(runs) if each.since <= to_text(made.at)), Worded())


def _policy(named: str, show: Showing) -> Cell:
    name, version, digest = (*named.split(" "), "", "")[:3]
    return Cell(f"{name} {version} ({digest[:SHORT]})", show.files.get(digest, Cell("")).href)


def _seats(made: Decision, case: Case, show: Showing, *, now: bool) -> Iterator[Row]:
    """A row for each yes that it took. `now`: the result of today is the one that it was given on."""
    asked = {seat.role: ", ".join(seat.by) for seat in case.verdict.seats} if now and case.verdict else {}
    given = [each for each in case.decisions if each.id in made.rests_on]
    for each in (*given, made):
        beforehand = each.under.yes if each.under else ()
        signed: tuple[Signature | Yes, ...] = (*each.signatures, *beforehand)
        for one in signed:
            seat = each.seat if one in each.signatures and each.seat else one.role
            yield (
                known(show.words, "role_name", seat),
                who(show.people, one.person),
                _role(each, one, seat, show),
                moment(one.at.isoformat()),
                each.reason if each is not made else "",
                asked.get(seat, ""),
            )


def _role(made: Decision, signed: Signature | Yes, seat: str, show: Showing) -> str:
    """The role that whoever signed holds, and in whose place that was."""
    say, role = show.words.label, known(show.words, "role_name", signed.role)
    if (acting := made.delegated) is not None and signed in made.signatures[-1:]:
        days = {"since": acting.since.isoformat(), "until": acting.until.isoformat()}
        return f"{role}, {say('trail.in_place', person=who(show.people, acting.of), **days)}"
    if seat != signed.role:
        return say("pack.use.seat_fallback", role=role, seat=known(show.words, "role_name", seat))
    return role


def _conditions(made: Decision, case: Case, written: Written, show: Showing) -> Iterator[Row]:
    rows = {str(each["id"]): each for each in written.conditions}
    for one in given_by(case, made):
        if (row := rows.get(one.id)) is not None:
            yield _condition(one, row, case, show)


def _condition(one: Condition, row: Plain, case: Case, show: Showing) -> Row:
    say = show.words.label
    due = str(row["due_on"] or say("dossier.condition.always"))
    then = (
        f"; {say('story.otherwise', then=known(show.words, 'otherwise', row['otherwise']))}"
        if row["otherwise"]
        else ""
    )
    said = [_step(each, show) for each in one.steps if each.kind == "done"]
    looked = [_step(each, show) for each in one.steps if each.kind in ("verified", "not_yet")]
    if one.handed_in and not one.yeses:
        looked.append(say(f"pack.use.looked.{'waits' if looks_needed(case, one) else 'not_needed'}"))
    return (
        *(one.text, condition_state(show.words, row), due + then),
        *(who(show.people, row["owner"]), "; ".join(said), "; ".join(looked)),
    )


def _step(step: ConditionStep, show: Showing) -> str:
    by, role = who(show.people, step.by), show.roles.get(step.id, "")
    by = f"{by} ({known(show.words, 'role_name', role)})" if role else by
    told = ", ".join((known(show.words, "dossier.step", step.kind), by, moment(step.at.isoformat())))
    shown = " ".join(filter(None, (step.words, step.link)))
    return f"{told}: {shown}" if shown else told


def _other(made: Decision, show: Showing) -> Row:
    """One yes of several that no decision came of yet, an exception, another risk, who may read it."""
    signed = ", ".join(
        f"{who(show.people, one.person)} ({known(show.words, 'role_name', one.role)})"
        for one in made.signatures
    )
    until = made.valid_until.isoformat() if made.valid_until else ""
    what = known(show.words, "dossier.decision", made.kind.value)
    return moment(made.at.isoformat()), what, made.reason, signed, until, made.id
