"""The files of an export that let somebody check it without the database: verdicts, own rules, sealed texts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.archive import Archive
from bot.masking import NAMING
from store import discussion, extract_proof, own, patterns, reviews
from store.sessions import Session
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
    *("asked", "changed", "kept", "before", "after", "facts", "outcome", "second", "by", "at", "words"),
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


def put_results(archive: Archive, session: Session, uses: Collection[str], until: datetime | None) -> None:
    with archive.table("results", RESULT_COLUMNS) as put:
        for row in extract_proof.verdicts(session, uses, until):
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
