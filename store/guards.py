"""The triggers under which rows stay as they are: whether all of them stand there as they were made, and nothing else.

They stop slips and plain attempts. Whoever owns the database can take them away for a moment and put them back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import text
from sqlmodel import Session

NO_UPDATE = (
    *("audit_line", "audit_text", "fact", "result", "assignment", "absence", "condition_step", "pattern"),
    *("pattern_step", "discussion", "report", "plan", "measure", "reading", "stage_move", "task_step"),
    *("appointment", "nudge", "snooze", "incident_step", "review_step", "offer", "sighting", "sighting_run"),
    *("aims_step", "acknowledged", "trained"),
)
NO_DELETE = ("audit_line", "fact", "result")
ON_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = :kind"
ON_POSTGRES = """SELECT t.tgname, pg_get_triggerdef(t.oid) || ' AS' || p.prosrc || CAST(t.tgenabled AS text)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND n.nspname = current_schema()"""
VIEWS = """SELECT viewname FROM pg_views WHERE schemaname = current_schema()
    UNION SELECT matviewname FROM pg_matviews WHERE schemaname = current_schema()"""
RULES = "SELECT rulename, definition FROM pg_rules WHERE schemaname = current_schema()"
"""Of PostgreSQL: they put another deed in the place of the one that was asked for."""
LOCK_PATIENCE = "500ms"
"""Less than what PostgreSQL takes to look for deadlocks, and than what a click waits."""
PATIENCE, PATIENT = (
    text("SELECT current_setting('lock_timeout')"),
    text("SELECT set_config('lock_timeout', :patience, true)"),
)


def differences(session: Session) -> Iterator[str]:
    """One sentence for each trigger that is missing, was changed, or is none of Steward's."""
    kept, made = _kept(session), _made(on_sqlite=_on_sqlite(session))
    for name in sorted(made.keys() | kept.keys()):
        if name not in kept:
            yield f"the trigger {name} is missing"
        elif name not in made:
            yield f"the trigger {name} is none of Steward's"
        elif kept[name] != made[name]:
            yield f"the trigger {name} was changed, or is switched off"


def views(session: Session) -> list[str]:
    """Steward makes none."""
    if _on_sqlite(session):
        return sorted(str(row[0]) for row in session.connection().execute(text(ON_SQLITE), {"kind": "view"}))
    return sorted(str(row[0]) for row in session.connection().execute(text(VIEWS)))


def _on_sqlite(session: Session) -> bool:
    return session.connection().dialect.name == "sqlite"


def _kept(session: Session) -> dict[str, str]:
    connection = session.connection()
    if _on_sqlite(session):
        return {str(name): str(sql) for name, sql in connection.execute(text(ON_SQLITE), {"kind": "trigger"})}
    rows = [*connection.execute(text(ON_POSTGRES)), *connection.execute(text(RULES))]
    return {str(name): re.sub(r" ON \w+\.", " ON ", str(made)) for name, made in rows}


def _made(*, on_sqlite: bool) -> Mapping[str, str]:
    """As the migrations made them (store/migrations/words.py)."""
    of = [*((table, "UPDATE") for table in NO_UPDATE), *((table, "DELETE") for table in NO_DELETE)]
    make = _on_sqlite_made if on_sqlite else _on_postgres_made
    return {f"{table}_no_{deed.lower()}": make(table, deed) for table, deed in of}


@contextmanager
def lifted(session: Session, tables: Iterable[str]) -> Iterator[None]:
    """Rows of these may be changed meanwhile, by this transaction alone: what the law asks for comes before a guard.

    On PostgreSQL a trigger is switched off and not dropped, since that would keep readers out and wait for each that is
    there. It waits a moment for other writers; raises what the store tells as Locked where they stay.
    """
    guarded = [table for table in NO_UPDATE if table in set(tables)]
    on_sqlite = _on_sqlite(session)
    execute = session.connection().execute
    before = "" if on_sqlite or not guarded else execute(PATIENCE).scalar_one()
    if before:
        execute(PATIENT, {"patience": LOCK_PATIENCE})
    for table in guarded:
        off = f"DROP TRIGGER {table}_no_update" if on_sqlite else _switch(table, "DISABLE")
        execute(text(off))
    if before:
        execute(PATIENT, {"patience": before})
    yield
    for table in guarded:
        made = _made(on_sqlite=True)[f"{table}_no_update"] if on_sqlite else _switch(table, "ENABLE")
        execute(text(made))


def _switch(table: str, how: str) -> str:
    return f"ALTER TABLE {table} {how} TRIGGER {table}_no_update"


def _sentence(table: str, deed: str) -> str:
    return f"rows of {table} are kept as they are: {deed} refused"


def _on_sqlite_made(table: str, deed: str) -> str:
    raised = f"SELECT RAISE(ABORT, '{_sentence(table, deed)}')"
    return f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} BEGIN {raised}; END"


def _on_postgres_made(table: str, deed: str) -> str:
    name, deeds = f"{table}_no_{deed.lower()}", "DELETE OR TRUNCATE" if deed == "DELETE" else deed
    done = f"BEFORE {deeds} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    return f"CREATE TRIGGER {name} {done} AS BEGIN RAISE EXCEPTION '{_sentence(table, deed)}'; END O"
