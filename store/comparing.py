"""Holds every row of the register against what the trail says of it: facts, decisions, inquiries, results, the use.

What the trail only began to tell later (lines from before it held records), or what was erased from it, is passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlmodel import Session

from store import confided, deciding, derived, exceptions, lined, motions, patterned, reread, staged, watching
from store.kept import Kept, facts_by_question, kept_of_sheets
from store.legible import Cells
from store.plainly import Plain, result_of
from store.telling import STATED, Given, Told

UNTOLD: Mapping[str, Plain] = {
    "seat": "",
    "rests_on": [],
    "result": "",
    "basis": None,
    "terms": [],
    "under": None,
    "delegated": None,
}
"""What a line says of a decision only where there is any."""
NOBODY_SETS = ("backup_owner_id",)
"""Columns of a use that nothing writes yet: whatever stands there was put there."""


def differences(session: Session, known_uses: Mapping[str, Told]) -> Iterator[str]:
    """One sentence for each row that differs: which one, and never what people wrote in it."""
    kept = Kept(session)
    for row in kept.uses:
        if (known := known_uses.get(row["id"])) is None:
            continue  # a use that the trail does not know is named by the comparison of states
        name = known.ref or row["ref"] or row["id"]
        yield from (f"{name}: what line {seq} recorded cannot be read" for seq in known.odd)
        yield from _of_use(name, row, known)
        yield from _of_facts(name, known, facts_by_question(kept.facts[row["id"]]))
        yield from _of_results(name, known, kept.results[row["id"]])
        yield from _of_decisions(name, row, known, kept)
        for version in exceptions.unsigned(kept.results[row["id"]], kept.decisions[row["id"]]):
            yield f"{name}: the result of version {version} counts two signatures that nobody gave"
        for version in motions.unsigned(kept.results[row["id"]], kept.decisions[row["id"]]):
            yield f"{name}: the result of version {version} counts what no two people settled"
        inquiries = {id: (asked["asked_at"], asked) for id, asked in kept.inquiries[row["id"]].items()}
        yield from _rows(name, "the inquiry", known, known.inquiries, inquiries)
        yield from _of_inquiries(name, kept.inquiries[row["id"]])
        referrals = {key: (asked["asked_at"], asked) for key, asked in kept.referrals[row["id"]].items()}
        yield from _rows(name, "the referral", known, known.referrals, referrals)
        assigned = {id: (row["at"], row) for id, row in kept.assignments[row["id"]].items()}
        yield from _rows(name, "the assignment", known, known.assignments, assigned)
        reported = {id: (row["at"], row) for id, row in kept.reports[row["id"]].items()}
        yield from _rows(name, "the report", known, known.reports, reported)
        steps = {id: (row["at"], row) for id, row in kept.condition_steps[row["id"]].items()}
        yield from _rows(name, "the step of a condition", known, known.condition_steps, steps)
        made = {id: (row["at"], row) for id, row in kept.patterns[row["id"]].items()}
        yield from _rows(name, "the pattern", known, known.patterns, made)
        looked = {id: (row["at"], row) for id, row in kept.pattern_steps[row["id"]].items()}
        yield from _rows(name, "the step of a pattern", known, known.pattern_steps, looked)
        moves = {id: (row["at"], row) for id, row in kept.stage_moves[row["id"]].items()}
        yield from _rows(name, "the move", known, known.stage_moves, moves)
        tasks = {id: (row["at"], row) for id, row in kept.task_steps[row["id"]].items()}
        yield from _rows(name, "the step of a task", known, known.task_steps, tasks)
        named = {id: (row["at"], row) for id, row in kept.appointments[row["id"]].items()}
        yield from _rows(name, "the appointment", known, known.appointments, named)
        snoozed = {id: (row["at"], row) for id, row in kept.snoozes[row["id"]].items()}
        yield from _rows(name, "the snooze", known, known.snoozes, snoozed)
        reviewed = {id: (row["at"], row) for id, row in kept.review_steps[row["id"]].items()}
        yield from _rows(name, "the step of a review", known, known.review_steps, reviewed)
        yield from lined.differences(name, row["id"], known, kept)
        yield from staged.differences(name, row, kept)
        yield from reread.differences(name, row, kept)
        yield from patterned.differences(name, row, kept)
        yield from derived.differences(name, row, kept)
        for part in watching.parts(row["id"], known, kept):
            yield from _rows(name, part.what, known, part.told, part.kept)
        yield from watching.unseen(name, row, kept)
        joined = {id: (row["joined_at"], row) for id, row in kept.deployments[row["id"]].items()}
        yield from _rows(name, "the deployment", known, known.deployments, joined)
        yield from _of_people(name, row, known, kept)
        yield from confided.opened_by_nobody(name, row, kept.decisions[row["id"]])


def differences_of_sheets(session: Session, known_sheets: Mapping[str, Told]) -> Iterator[str]:
    """As `differences`, for the answers to questionnaires and what they came to."""
    facts, results = kept_of_sheets(session)
    for sheet in sorted({*known_sheets, *facts, *results}):
        known = known_sheets.get(sheet, Told())
        name = f"{known.ref or sheet.partition(':')[0]} ({sheet.partition(':')[2]})"
        yield from (f"{name}: what line {seq} recorded cannot be read" for seq in known.odd)
        yield from _of_facts(name, known, facts_by_question(facts[sheet]))
        yield from _of_results(name, known, results[sheet])


def _of_use(name: str, row: Cells, known: Told) -> Iterator[str]:
    if known.ref not in (None, row["ref"]):
        yield f"{name}: ref was changed"
    for column, value in sorted(known.columns.items()):
        if column in row and row[column] != value:
            yield f"{name}: {column} was changed"
    unsaid = (*NOBODY_SETS, *((*STATED, "tier_final", "next_review_on") if known.whole else ()))
    for column in [column for column in unsaid if column not in known.columns]:
        if row[column] is not None:
            yield f"{name}: {column} is not in the trail"
    if known.whole and known.ref is None and row["ref"] is not None:
        yield f"{name}: ref is not in the trail"
    if row["version"] < known.version:
        yield f"{name}: version was changed"


def _of_inquiries(name: str, kept: Mapping[str, Cells]) -> Iterator[str]:
    for id, row in sorted(kept.items()):
        if row["state"] != ("open" if row["answered_at"] is None else "answered"):
            yield f"{name}: the inquiry {id} was changed: state"


def _of_people(name: str, row: Cells, known: Told, kept: Kept) -> Iterator[str]:
    """Who may see it follows from who asked, who owns and who was named, from the moment it was handed in."""
    told = known.columns
    if not {"submitted_at", "requester_id", "owner_id"} <= told.keys():
        return
    said = confided.named(known.decisions) | staged.readers(known.appointments)
    whose = {told["requester_id"], told["owner_id"], *said} - {None} if told["submitted_at"] else set()
    for person in sorted(kept.readers[row["id"]] ^ whose):
        yield f"{name}: the reader {person} {'is missing' if person in whose else 'is not in the trail'}"


def _of_facts(name: str, known: Told, kept: Mapping[str, list[Given]]) -> Iterator[str]:
    for question in sorted(known.facts.keys() | kept.keys()):
        told, rows = (
            [given for given in of.get(question, []) if given[0] not in known.silent]
            for of in (known.facts, kept)
        )
        if _fit_all(told, rows):
            continue
        wrong = list(_wrong(told, rows))
        yield from (f"{name}: the answer to {question} of {at} {what}" for at, what in wrong)
        if not wrong:
            yield f"{name}: the answers to {question} stand in another order"


def _wrong(told: Iterable[Given], rows: Iterable[Given]) -> Iterator[tuple[str, str]]:
    was, are = _by_moment(told), _by_moment(rows)
    for at in sorted(was.keys() | are.keys()):
        if not _fit_all(was[at], are[at]):
            more = len(are[at]) - len(was[at])
            yield at, "is missing" if more < 0 else "is not in the trail" if more > 0 else "was changed"


def _fit_all(told: Sequence[Given], rows: Sequence[Given]) -> bool:
    return len(told) == len(rows) and all(map(_fits, told, rows))


def _fits(told: Given, row: Given) -> bool:
    """Words that were erased from the trail are no longer told."""
    (was_at, was), (at, now) = told, row
    return (was_at, *was[:1], *was[2:]) == (at, *now[:1], *now[2:]) and was[1] in (None, now[1])


def _by_moment(given: Iterable[Given]) -> dict[str, list[Given]]:
    found: dict[str, list[Given]] = defaultdict(list)
    for each in given:
        found[each[0]].append(each)
    return found


def _of_results(name: str, known: Told, kept: Mapping[str, Cells]) -> Iterator[str]:
    for version in sorted(known.results.keys() | kept.keys()):
        what, row, told = (
            f"{name}: the result of version {version}",
            kept.get(version),
            known.results.get(version),
        )
        if row is None:
            yield f"{what} is missing"
        elif told is None:
            if row["judged_at"] not in known.silent:
                yield f"{what} is not in the trail"
        elif told != (row["judged_at"], result_of(row["verdict"], row["facts_digest"], row["policies"])):
            yield f"{what} was changed"
        elif known.forms.get(version) not in (None, row["form_digest"]):
            yield f"{what} was changed: form_digest"


def _of_decisions(name: str, row: Cells, known: Told, kept: Kept) -> Iterator[str]:
    for id, decision in sorted(kept.decisions[row["id"]].items()):
        # Missing and unknown ones are named beside the states.
        told = known.decisions.get(id)
        parts = _parts({**UNTOLD, **told}, decision) if told is not None else ""
        if parts:
            yield f"{name}: the decision {id} was changed: {parts}"
        wrong = deciding.wrong(id, decision, row, known, kept)
        yield from (f"{name}: the decision {id}: {what}" for what in wrong)


def _rows(
    name: str, what: str, known: Told, told: Mapping[str, Mapping[str, Plain]], kept: Mapping[str, Given]
) -> Iterator[str]:
    for id in sorted(told.keys() | kept.keys()):
        if id not in kept:
            yield f"{name}: {what} {id} is missing"
        elif id not in told:
            if kept[id][0] not in known.silent:
                yield f"{name}: {what} {id} is not in the trail"
        elif _parts(told[id], kept[id][1]):
            yield f"{name}: {what} {id} was changed"


def _parts(was: Mapping[str, Plain], now: Mapping[str, Plain]) -> str:
    return ", ".join(part for part in sorted(was) if part in now and was[part] != now[part])
