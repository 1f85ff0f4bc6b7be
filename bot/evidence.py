"""The files of an export that let somebody check it without the database: verdicts, own rules, sealed texts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from bot.archive import Archive
from bot.masking import NAMING
from store import (
    acknowledged,
    aims,
    assessments,
    discussion,
    extract_proof,
    incidents,
    own,
    patterns,
    reviews,
    trained,
)
from store.sessions import Session
from store.texts_named import TextsNamed
from triage.incidents.incident import Incident
from triage.incidents.severity import legal, severity_of
from triage.pattern import name_of

RESULT_COLUMNS = (
    *("ref", "source_id", "form", "form_digest", "texts_digest", "version", "judged_at"),
    *("facts_digest", "policies", "verdict"),
)
PATTERN_COLUMNS = (
    *("ref", "name", "id", "number", "tool", "covers", "limits", "results", "flags", "rules", "clauses"),
    *("months", "last_day", "sampling", "decision", "facts_digest", "policies", "by", "role", "at"),
)
PATTERN_STEP_COLUMNS = ("ref", "id", "pattern", "kind", "by", "role", "at", "reason")
DISCUSSION_COLUMNS = (
    *("ref", "id", "thread", "ts", "kind", "stamp", "by", "at", "line"),
    *("words", "files"),
)
INCIDENT_COLUMNS = (
    *("ref", "id", "kind", "status", "severity_floor", "severity_ceiling", "serious", "breach", "use"),
    *("reporter", "coordinator", "reported_at", "aware_at", "ended_at", "confidential", "use_ref"),
)
INCIDENT_STEP_COLUMNS = ("ref", "number", "id", "kind", "by", "role", "at", "detail", "texts", "use_ref")
AIMS_COLUMNS = (
    *("ref", "id", "kind", "name", "state", "stage", "in_force", "proposed", "owner", "due", "points"),
    *("version", "created_at", "updated_at", "said"),
)
AIMS_STEP_COLUMNS = ("ref", "number", "id", "kind", "by", "role", "at", "detail", "texts")
ACKNOWLEDGED_COLUMNS = ("ref", "version", "person", "kind", "at", "line")
TRAINED_COLUMNS = ("ref", "person", "kind", "day", "by", "shown", "link", "at", "line")
REVIEW_COLUMNS = (
    *(
        "use",
        "ref",
        "review",
        "id",
        "kind",
        "cause",
        "trigger",
        "depth",
        "seed",
        "sampled",
        "due",
        "questions",
    ),
    *(
        "asked",
        "changed",
        "kept",
        "sample",
        "before",
        "after",
        "facts",
        "outcome",
        "second",
        "by",
        "at",
        "words",
    ),
)


def put_beside(archive: Archive, session: Session, uses: Mapping[str, str], until: datetime | None) -> None:
    """What stands beside the register; `uses`: the reference of each, by its id."""
    put_patterns(archive, session, uses, until)
    put_discussion(archive, session, uses, until)
    put_reviews(archive, session, uses, until)


def put_reviews(archive: Archive, session: Session, uses: Mapping[str, str], until: datetime | None) -> None:
    """Every step of every review, with the seed of its lot: whoever reads it draws again."""
    with archive.table("reviews", REVIEW_COLUMNS) as put:
        for use, step in reviews.every_step(session):
            if use in uses and (until is None or step.at <= until):
                told = step.model_dump(mode="json")
                put({"use": uses[use]} | {name: told[name] or None for name in REVIEW_COLUMNS[1:]})


def put_discussion(
    archive: Archive, session: Session, uses: Mapping[str, str], until: datetime | None
) -> None:
    """What was kept of the threads of cards; `uses`: the reference of each, by its id."""
    with archive.table("discussion", DISCUSSION_COLUMNS) as put:
        for kept in discussion.of_uses(session, uses, until):
            row = {name: kept.row[name] for name in DISCUSSION_COLUMNS[1:9]}
            put({"ref": uses[kept.row["use_id"]], **row, "words": kept.words, "files": kept.files})


def put_incidents(
    archive: Archive, session: Session, until: datetime | None, uses: Mapping[str, str], *, whole: bool
) -> dict[str, str]:
    """Each with its steps; of one about a confidential use only that there is one, unless `whole` is wanted.

    `uses`: the reference of each that is told, by its id. Returns that of each incident that is told whole, too.
    """
    told_whole: dict[str, str] = {}
    with (
        archive.table("incidents", INCIDENT_COLUMNS) as put,
        archive.table("incident_steps", INCIDENT_STEP_COLUMNS) as step_put,
    ):
        for incident in incidents.every_one(session, until):
            told = to_incident(incident) | {"use_ref": uses.get(incident.now.use)}
            if incident.confidential and not whole:
                shown = ("ref", "severity_floor", "severity_ceiling", "confidential")
                put({name: told[name] if name in shown else None for name in INCIDENT_COLUMNS})
                continue
            told_whole[incident.id] = incident.ref
            put(told)
            for number, step in enumerate(incident.steps, 1):
                row = {"ref": incident.ref, "number": number, **step.model_dump(mode="json")}
                step_put(row | {"by": step.by or None, "use_ref": uses.get(str(step.detail.get("use", "")))})
    return told_whole


def put_aims(archive: Archive, session: Session, until: datetime | None, *, whole: bool = False) -> None:
    """What the management system keeps beside the register: `said` is what counts, else what was said last."""
    with (
        archive.table("aims", AIMS_COLUMNS) as put,
        archive.table("aims_steps", AIMS_STEP_COLUMNS) as step_put,
    ):
        every = aims.every_one(session, until)
        for entry in every if whole else assessments.veiled(session, every):
            row = {name: to_plain(held) for name, held in aims.row_of(entry).items()}
            said = dict(entry.shown.said) if entry.shown else {}
            put(row | {"id": entry.id, "points": list(entry.of.points), "said": said})
            for number, step in enumerate(entry.steps, 1):
                row = {"ref": entry.ref, "number": number, **step.model_dump(mode="json")}
                step_put(row | {"by": step.by or None})


def put_acknowledged(archive: Archive, session: Session, until: datetime | None) -> None:
    """Who was asked to read which version of a policy, and who said that they did."""
    with archive.table("acknowledged", ACKNOWLEDGED_COLUMNS) as put:
        for row in acknowledged.every(session, until):
            put({name: row[name] for name in ACKNOWLEDGED_COLUMNS})


def put_trained(archive: Archive, session: Session, until: datetime | None, *, with_names: bool) -> None:
    """Who needed which training, and who said or confirmed that it was done; `shown`: a link shows it.

    The link itself is of one person and may well name them, so it goes out with names only.
    """
    with archive.table("trained", TRAINED_COLUMNS) as put:
        for row in trained.every(session, until):
            told = {**row, "shown": bool(row["link"]), "link": row["link"] if with_names else None}
            put({name: told[name] for name in TRAINED_COLUMNS})


def to_plain(held: Any) -> Any:
    return held.isoformat() if isinstance(held, date) else held


def to_incident(incident: Incident) -> dict[str, Any]:
    now, severity = incident.now, severity_of(incident)
    return {
        "ref": incident.ref,
        "id": incident.id,
        "kind": now.kind.value,
        "status": now.status.value,
        "severity_floor": severity.floor,
        "severity_ceiling": severity.ceiling,
        "serious": legal(incident, "serious").value,
        "breach": legal(incident, "breach").value,
        "use": now.use or None,
        "reporter": now.reporter or None,
        "coordinator": now.coordinator or None,
        "reported_at": incident.steps[0].at.isoformat(),
        "aware_at": now.aware_at.isoformat() if now.aware_at else None,
        "ended_at": now.ended_at.isoformat() if now.ended_at else None,
        "confidential": incident.confidential,
    }


def put_patterns(archive: Archive, session: Session, uses: Mapping[str, str], until: datetime | None) -> None:
    """What was approved beforehand, with the secret of its lot: whoever reads it draws again."""
    with archive.table("patterns", PATTERN_COLUMNS) as put:
        for use, pattern in patterns.every_one(session):
            if use in uses and (until is None or pattern.at <= until):
                named = {"ref": uses[use], "name": name_of(uses[use], pattern)}
                put(named | pattern.model_dump(mode="json"))
    with archive.table("pattern_steps", PATTERN_STEP_COLUMNS) as put:
        for use, step in patterns.every_step(session):
            if use in uses and (until is None or step.at <= until):
                told = step.model_dump(mode="json")
                put(
                    {"ref": uses[use]}
                    | told
                    | {name: told[name] or None for name in ("by", "role", "reason")}
                )


def put_results(
    archive: Archive, session: Session, uses: Collection[str], until: datetime | None, texts: TextsNamed
) -> None:
    with archive.table("results", RESULT_COLUMNS) as put:
        for row in extract_proof.verdicts(session, uses, texts, until):
            put(dict(zip(RESULT_COLUMNS, row, strict=True)))


def put_own_rules(archive: Archive, session: Session, digests: Iterable[str]) -> None:
    """Each set in a file, as `steward judge --own` takes it; what was not kept is missed by the proof."""
    for digest in sorted(digests):
        try:
            text = own.text_of(session, digest)
        except (LookupError, ValueError):
            continue
        with archive.file(f"own-{digest[:12]}.yaml") as put:
            put(text)


def put_texts(
    archive: Archive, session: Session, uses: Collection[str], last: int, *, with_names: bool
) -> dict[str, Any]:
    """Up to the line `last`; says how many. Lines of JSON in every format: a cell does not keep every sign as it is."""
    with archive.file("texts.jsonl") as put:

        def one(line: int, field: str, salt: str, text: str) -> None:
            put(json.dumps({"line": line, "field": field, "salt": salt, "text": text}) + "\n")

        naming = None if with_names else (lambda field: field.startswith(NAMING))
        return extract_proof.texts(session, uses, one, last=last, naming=naming)._asdict()
