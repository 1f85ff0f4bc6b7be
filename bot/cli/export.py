"""`steward export`: the register and the audit trail as files, with the SHA-256 of each."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from bot.archive import LAST, Archive, whole
from bot.cli.days import add_day, end_of
from bot.cli.pulse import at_work
from bot.cli.starting import utc_now
from bot.cli.written import Written
from bot.evidence import put_aims, put_beside, put_incidents, put_own_rules, put_results, put_texts
from bot.evidence_found import NOT_OF_THEN, put_found, put_settings
from bot.extract import (
    ASSIGNMENT_COLUMNS,
    CONDITION_COLUMNS,
    DECISION_COLUMNS,
    DEPLOYMENT_COLUMNS,
    HISTORY_COLUMNS,
    INQUIRY_COLUMNS,
    PERSON_COLUMNS,
    PLAN_COLUMNS,
    READING_COLUMNS,
    REFERRAL_COLUMNS,
    REPORT_COLUMNS,
    SHEET_COLUMNS,
    SHEET_HISTORY_COLUMNS,
    USE_COLUMNS,
    WORDING_COLUMNS,
    Plain,
    to_assignment,
    to_decision,
    to_deployment,
    to_inquiry,
    to_past,
    to_plan,
    to_question,
    to_readings,
    to_referral,
    to_report,
    to_use,
    veiled,
)
from bot.library import library
from bot.proof import prove
from bot.settings import Settings
from bot.underway import UNDERWAY_COLUMNS, to_underway
from intake.form import Form
from intake.source import printable
from intake.steering import to_json
from store import audit, earlier, extract, extract_sheets
from store.engine import Store
from store.legible import UNREADABLE, as_it_lies
from store.sessions import Session
from store.trail import FIRST
from store.trail import read as read_line
from triage.case import Case

BROKEN = 1
OF_NOW = "the whole database at this moment; `head` and `audit_lines` are those of the files"
COUNTED = {"uses": "uses", "decisions": "decisions", "audit_lines": "lines of the trail"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("json", "csv"), required=True, help="of uses and decisions")
    parser.add_argument("--out", metavar="DIR", required=True, help="a new or empty folder")
    parser.add_argument("--force", action="store_true", help="replace the files of an earlier export in DIR")
    parser.add_argument(
        "--with-names",
        action="store_true",
        help="add people.json or people.csv; without it, people are opaque ids",
    )
    parser.add_argument(
        "--confidential",
        action="store_true",
        help="confidential uses whole; without it, of each only its reference and its tier",
    )
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    folder = Path(args.out)
    store = Store(settings.database_url, now=utc_now)
    try:
        if folder.exists() and not args.force and any(folder.iterdir()):
            print(
                f"{folder} is not empty. Name a new folder, or add --force to replace an export in it.",
                file=sys.stderr,
            )
            return 2
        with store.read() as session, as_it_lies(session), whole(folder) as partial, at_work("Exporting"):
            written = _Export(
                Archive(partial, args.format), session, args.as_of, whole=args.confidential
            ).write(args.with_names)
    except OSError as error:
        print(
            f"{folder} cannot be written: {error.strerror}. Nothing of the export was kept.", file=sys.stderr
        )
        return 2
    finally:
        store.close()
    counts = (f"{written[name]} {word}" for name, word in COUNTED.items())
    print(f"{', '.join(counts)} in {folder}, head {written['head']}")
    for name in written["unreadable"]:
        print(printable(f"{name} cannot be read and was left out."), file=sys.stderr)
    if written["proof"]["ok"]:
        return 0
    print(
        f"The files do not prove what they say ({written['proof']['found']}). Run `steward verify`.",
        file=sys.stderr,
    )
    return BROKEN


class _Export:
    """Everything from one snapshot, so that register and trail fit together."""

    def __init__(self, archive: Archive, session: Session, day: date | None, *, whole: bool) -> None:
        self._whole, self._veiled = whole, set[str]()
        self._archive, self._session, self._day = archive, session, day
        self._until = end_of(day, session) if day else None
        self._unreadable: list[str] = []
        self._ids: dict[str, str] = {}
        self._own: set[str] = set()
        self._worded = extract.worded(session, self._until)

    def write(self, with_names: bool) -> Plain:
        """Returns the manifest."""
        form, archive = library().form, self._archive
        uses, decisions = self._register()
        put_results(archive, self._session, self._ids, self._until)
        put_own_rules(archive, self._session, self._own)
        put_beside(archive, self._session, self._ids, self._until)
        put_found(archive, self._session, self._until)
        put_aims(archive, self._session, self._until)
        known = put_incidents(archive, self._session, self._until, whole=self._whole)
        lines, head = self._trail(extract.trail_until(audit.sealed_lines(self._session), self._until))
        texts = put_texts(archive, self._session, self._ids | known, lines, with_names=with_names)
        put_settings(archive, self._session, self._until)
        sheets = extract_sheets.results(self._session, self._until)
        self._rows("questionnaires", SHEET_COLUMNS, self._shown(sheets))
        answers = extract_sheets.history(self._session, self._until)
        self._rows("questionnaire_history", SHEET_HISTORY_COLUMNS, self._shown(answers))
        self._rows("wordings", WORDING_COLUMNS, extract.wordings(self._session, self._until))
        if with_names:
            self._rows("people", PERSON_COLUMNS, extract.names(self._session))
        proof, made_at = prove(self._session), utc_now().isoformat()
        manifest = {
            "made_at": made_at,
            "as_of": self._day.isoformat() if self._day else None,
            "uses": uses,
            "decisions": decisions,
            "unreadable": self._unreadable,
            "audit_lines": lines,
            "head": head,
            "texts": texts,
            "proof": {"of": OF_NOW, "at": made_at, "ok": proof.ok, "found": str(proof)},
            "left_out": NOT_OF_THEN if self._day else {},
            "form": {"id": form.id, "version": form.version, "digest": form.digest},
            "files": dict(archive.files),
        }
        with archive.file(LAST) as put:
            put(json.dumps(manifest, indent=2) + "\n")
        return manifest

    def _register(self) -> tuple[int, int]:
        archive = self._archive
        uses = decisions = 0
        with (
            archive.table("uses", USE_COLUMNS) as use,
            archive.table("decisions", DECISION_COLUMNS) as decided,
            archive.table("conditions", CONDITION_COLUMNS) as bound,
            archive.table("inquiries", INQUIRY_COLUMNS) as asked,
            archive.table("referrals", REFERRAL_COLUMNS) as referred,
            archive.table("assignments", ASSIGNMENT_COLUMNS) as assigned,
            archive.table("reports", REPORT_COLUMNS) as reported,
            archive.table("plans", PLAN_COLUMNS) as planned,
            archive.table("readings", READING_COLUMNS) as read,
            archive.table("deployments", DEPLOYMENT_COLUMNS) as deployed,
            archive.table("underway", UNDERWAY_COLUMNS) as moving,
            archive.table("history", HISTORY_COLUMNS) as past,
            archive.file("judge.jsonl") as replay,
        ):
            for found in self._found():
                written = self._written(found)
                if written is None:
                    self._unreadable.append(found.name)
                    continue
                for put, records in zip(
                    (
                        use,
                        decided,
                        bound,
                        asked,
                        referred,
                        assigned,
                        reported,
                        planned,
                        read,
                        deployed,
                        moving,
                        past,
                    ),
                    written[:12],
                    strict=True,
                ):
                    for record in records:
                        put(record)
                if found.case is not None and self._hides(found.case):
                    self._veiled.add(found.name)
                elif found.case is not None:
                    self._ids[found.case.id] = found.name
                for question in written.questions:
                    self._own.update([question["own_rules"]] if question["own_rules"] else [])
                    replay(to_json(question) + "\n")
                uses, decisions = uses + 1, decisions + len(written.decisions)
        return uses, decisions

    def _written(self, found: extract.Found) -> Written | None:
        """All of it before a word of it is put to a file; None if it cannot be read."""
        case, form = found.case, library().form
        if case is None:
            return None
        if self._hides(case):
            return self._only_that_it_is(case, form)
        try:
            question = to_question(case, form)
            return Written(
                uses=[to_use(case, form, self._worded.get(case.id, extract.Worded()))],
                decisions=[to_decision(decision, case) for decision in case.decisions],
                conditions=[
                    dict(zip(CONDITION_COLUMNS, (case.ref, *row[: len(CONDITION_COLUMNS) - 1]), strict=True))
                    for row in extract.conditions(self._session, case)
                ],
                inquiries=[to_inquiry(inquiry, case) for inquiry in case.inquiries],
                referrals=[to_referral(referral, case) for referral in case.referrals],
                assignments=[to_assignment(assignment, case) for assignment in case.assignments],
                reports=[to_report(made, case) for made in case.reports],
                plans=[to_plan(plan, case) for plan in case.plans],
                readings=[each for made in case.measurements for each in to_readings(made, case)],
                deployments=[to_deployment(joined, case) for joined in case.deployments],
                underway=list(to_underway(case)),
                history=[
                    to_past(*given, case, form)
                    for given in extract.history(self._session, case.id, self._until)
                ],
                questions=[question] if question else [],
            )
        except UNREADABLE:
            return None

    def _hides(self, case: Case) -> bool:
        """As the register has it now, also where an earlier day is shown."""
        return case.confidential and not self._whole

    def _only_that_it_is(self, case: Case, form: Form) -> Written | None:
        try:
            use = veiled(to_use(case, form, extract.Worded()))
        except UNREADABLE:
            return None
        return Written([use], *([] for _ in Written._fields[1:]))

    def _found(self) -> Iterable[extract.Found]:
        until: datetime | None = self._until
        return extract.cases(self._session) if until is None else earlier.cases(self._session, until)

    def _shown(self, rows: Iterable[tuple[object, ...]]) -> Iterable[tuple[object, ...]]:
        """Each begins with the name of its use."""
        return (row for row in rows if row[0] not in self._veiled)

    def _rows(self, name: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
        with self._archive.table(name, columns) as put:
            for row in rows:
                put(dict(zip(columns, row, strict=True)))

    def _trail(self, lines: Iterable[str]) -> tuple[int, str]:
        number, last = 0, ""
        with self._archive.file("audit.jsonl") as put:
            for last in lines:
                number += 1
                put(last + "\n")
        return number, read_line(last).seal if number else FIRST
