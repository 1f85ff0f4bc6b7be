"""One snapshot of register and trail as files, so that they fit together: what an export and an evidence pack hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.archive import Archive
from bot.evidence import (
    put_acknowledged,
    put_aims,
    put_beside,
    put_incidents,
    put_own_rules,
    put_results,
    put_texts,
    put_trained,
)
from bot.evidence_found import put_found, put_settings
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
from bot.underway import UNDERWAY_COLUMNS, to_underway
from bot.written import Written
from intake.form import Form
from intake.steering import to_json
from store import audit, earlier, extract, extract_sheets, texts_named
from store.legible import UNREADABLE
from store.sessions import Session
from store.trail import FIRST
from store.trail import read as read_line
from triage.case import Case

See = Callable[[extract.Found, Written | None, bool], None]
"""Is shown each use as it goes by: what is written of it (None: it cannot be read), and whether it was veiled."""


class Snapshot:
    """`until`: as it was known then; None: as it is. `whole`: confidential uses, too."""

    def __init__(
        self,
        archive: Archive,
        session: Session,
        until: datetime | None,
        *,
        whole: bool,
        see: See = lambda *_: None,
        texts: texts_named.TextsNamed | None = None,
    ) -> None:
        """`texts`: what the trail says of each use, where it was read before."""
        self._whole, self._veiled = whole, set[str]()
        self._archive, self._session, self._until = archive, session, until
        self._see = see
        self._unreadable: list[str] = []
        self._ids: dict[str, str] = {}
        self._own: set[str] = set()
        self._texts = texts or texts_named.texts_named(session, until=until)
        self._worded = extract.worded(session, self._texts, until)

    def write(self, *, with_names: bool) -> Plain:
        """Returns what a manifest tells of it."""
        archive, session, until = self._archive, self._session, self._until
        uses, decisions = self._register()
        put_results(archive, session, self._ids, until, self._texts)
        put_own_rules(archive, session, self._own)
        put_beside(archive, session, self._ids, until)
        put_found(archive, session, until)
        put_aims(archive, session, until, whole=self._whole)
        put_acknowledged(archive, session, until)
        put_trained(archive, session, until, with_names=with_names)
        known = put_incidents(archive, session, until, self._ids, whole=self._whole)
        lines, head = self._trail(extract.trail_until(audit.sealed_lines(session), until))
        texts = put_texts(archive, session, self._ids | known, lines, with_names=with_names)
        put_settings(archive, session, until)
        self._rows("questionnaires", SHEET_COLUMNS, self._shown(extract_sheets.results(session, until)))
        answers = extract_sheets.history(session, until)
        self._rows("questionnaire_history", SHEET_HISTORY_COLUMNS, self._shown(answers))
        self._rows("wordings", WORDING_COLUMNS, extract.wordings(session, until))
        if with_names:
            self._rows("people", PERSON_COLUMNS, extract.names(session))
        return {
            "uses": uses,
            "decisions": decisions,
            "unreadable": self._unreadable,
            "audit_lines": lines,
            "head": head,
            "texts": texts,
        }

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
                hides = found.case is not None and self._hides(found.case)
                self._see(found, written, hides)
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
                if hides:
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
            question, worded = to_question(case, form), self._worded.get(case.id, ())
            return Written(
                uses=[to_use(case, form, worded[-1] if worded else extract.Worded())],
                decisions=[to_decision(decision, case) for decision in case.decisions],
                conditions=[
                    dict(zip(CONDITION_COLUMNS, (case.ref, *row[: len(CONDITION_COLUMNS) - 1]), strict=True))
                    for row in extract.conditions(self._session, case, self._texts.roles)
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
                worded=worded,
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
        if self._until is None:
            return extract.cases(self._session)
        return earlier.cases(self._session, self._until)

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
