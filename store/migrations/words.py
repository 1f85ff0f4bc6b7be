"""The few words that revisions are written in; their meaning must never change."""

from collections.abc import Sequence
from typing import Any

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from store.columns import STRICT


def some(names: str, kind: Any = Text) -> list[Column[Any]]:
    """Columns that are always filled."""
    return [Column(name, kind(), nullable=False) for name in names.split()]


def maybe(names: str, kind: Any = Text) -> list[Column[Any]]:
    """Columns that may be empty."""
    return [Column(name, kind(), nullable=True) for name in names.split()]


def unique(names: str) -> UniqueConstraint:
    return UniqueConstraint(*names.split())


def one_of(column: str, words: str) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words.split())
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def refers(column: str, to: str) -> ForeignKeyConstraint:
    """Checked at the end of the transaction; nothing is ever deleted along."""
    return ForeignKeyConstraint([column], [to], deferrable=True, initially="DEFERRED")


def table(
    name: str, *parts: SchemaItem, key: str = "id", indexes: Sequence[str] = (), counted: bool = False
) -> None:
    """`counted`: numbers of removed rows are not given out again."""
    op.create_table(
        name,
        *parts,
        PrimaryKeyConstraint(*key.split()),
        sqlite_strict=STRICT,
        sqlite_autoincrement=counted,
    )
    for columns in indexes:
        op.create_index(op.f(f"ix_{name}_{'_'.join(columns.split())}"), name, columns.split())


def refuse(name: str, deed: str) -> None:
    """A trigger under which rows of the table cannot be changed (UPDATE) or removed (DELETE)."""
    sentence = f"rows of {name} are kept as they are: {deed} refused"
    trigger = f"{name}_no_{deed.lower()}"
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {trigger} BEFORE {deed} ON {name} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{sentence}'; END $$"
    )
    deeds = "DELETE OR TRUNCATE" if deed == "DELETE" else deed
    op.execute(
        f"CREATE TRIGGER {trigger} BEFORE {deeds} ON {name} FOR EACH STATEMENT EXECUTE FUNCTION {trigger}()"
    )


def unguard(name: str, deed: str) -> None:
    """Takes such a trigger away, for a revision that fills a new column; `refuse` puts it back."""
    trigger = f"{name}_no_{deed.lower()}"
    table_of = "" if op.get_context().dialect.name == "sqlite" else f" ON {name}"
    op.execute(f"DROP TRIGGER {trigger}{table_of}")
