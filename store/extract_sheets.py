"""Answers to questionnaires for an export: what each came to, and every answer ever given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session

from store.columns import to_text
from store.legible import Cells, rows
from store.sheets import SHEET


def results(session: Session, until: datetime | None = None) -> Iterator[tuple[Any, ...]]:
    """Of each sheet the last result: reference, form, its digest, the policies, version, moment, and the result."""
    forms, refs = _sets(session), _refs(session)
    last: dict[str, Cells] = {}
    for row in rows(session, "result", subject_kind=SHEET):
        if (until is None or row["judged_at"] <= to_text(until)) and (
            row["version"] >= last.get(row["subject_id"], row)["version"]
        ):
            last[row["subject_id"]] = row
    for subject, row in sorted(last.items(), key=lambda each: (_ref(refs, each[0]), each[0])):
        form = forms.get(row["answer_set_id"], {})
        told = (row["policies"], row["version"], row["judged_at"], row["facts_digest"], row["verdict"])
        yield _ref(refs, subject), form.get("form"), form.get("form_digest"), *told


def history(session: Session, until: datetime | None = None) -> Iterator[tuple[Any, ...]]:
    """Every answer in the order in which it was recorded, with who gave it."""
    sets, refs = _sets(session), _refs(session)
    for row in rows(session, "fact", by="id"):
        of = sets.get(row["answer_set_id"])
        if of is None or (until is not None and row["recorded_at"] > to_text(until)):
            continue
        said = (row["question"], row["state"], row["value"], row["contributor"], row["said_at"])
        yield _ref(refs, of["subject_id"]), of["form"], *said, row["source"], row["recorded_at"]


def _sets(session: Session) -> dict[str, Cells]:
    return {row["id"]: row for row in rows(session, "answer_set") if row["subject_kind"] == SHEET}


def _refs(session: Session) -> dict[str, str]:
    return {row["id"]: row["ref"] or row["source_id"] or row["id"] for row in rows(session, "use")}


def _ref(refs: dict[str, str], subject: str) -> str:
    use = subject.partition(":")[0]
    return refs.get(use, use)
