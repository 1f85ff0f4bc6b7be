"""Since when somebody has no account; what was offered to a unit; and due rows that can be put aside with a reason."""

from datetime import UTC, datetime

import sqlalchemy as alchemy
from alembic import op
from sqlalchemy import Integer, column, insert, or_, select, update
from sqlalchemy import table as named

from store.columns import Day, Flag, Moment
from store.migrations.words import maybe, one_of, refers, refuse, some, table

revision = "0015"
down_revision = "0014"

GONE = ("deleted", "restricted", "is_bot", "foreign_team")
"""As `store.people.is_no_colleague` has it."""
_person = named("person", column("id"), column("gone_at", Moment), *(column(name, Flag) for name in GONE))
_due = named(
    "due",
    *(column(name) for name in ("id", "subject_kind", "subject_id", "kind", "state")),
    column("step", Integer),
    column("due_at", Moment),
)


def upgrade() -> None:
    op.add_column("due", maybe("problem")[0])
    op.add_column("person", maybe("gone_at", Moment)[0])
    op.create_index(op.f("ix_person_gone_at"), "person", ["gone_at"])
    table(
        "offer",
        *some("id unit use_id kind"),
        *maybe("place_id person_id"),
        *some("step number", Integer),
        *some("day", Day),
        *maybe("until", Day),
        *some("at", Moment),
        refers("place_id", "place.id"),
        refers("person_id", "person.id"),
        refers("use_id", "use.id"),
        one_of("kind", "orphans claims"),
        indexes=["unit kind step", "use_id"],
    )
    refuse("offer", "UPDATE")
    _left()
    _claims()
    _drafts()


def _left() -> None:
    """Whoever left before this was kept left today, as far as anybody knows; what was theirs is looked at."""
    database, now = op.get_bind(), datetime.now(UTC)
    gone = or_(*(_person.c[name].is_(alchemy.true()) for name in GONE))
    ids = [id for (id,) in database.execute(select(_person.c.id).where(gone)).all()]
    database.execute(update(_person).where(gone).values(gone_at=now))
    for id in ids:
        about = {"subject_kind": "person", "subject_id": id, "kind": "left", "step": 0}
        database.execute(insert(_due).values(id=f"left-{id}", **about, due_at=now, state="waiting"))


def _claims() -> None:
    """What inventories name is looked through once a minute has gone by, as after an import."""
    use, database = named("use", column("id"), column("state")), op.get_bind()
    if database.execute(select(use.c.id).where(use.c.state == "disclosed").limit(1)).first() is None:
        return
    about = {"subject_kind": "unit", "subject_id": "*", "kind": "claims", "step": 0}
    row = insert(_due).values(id="claims", **about, due_at=datetime.now(UTC), state="waiting")
    database.execute(row)


def _drafts() -> None:
    """Those that were begun before are looked at once; whoever went on is asked later."""
    use, database, now = named("use", column("id"), column("state")), op.get_bind(), datetime.now(UTC)
    for (id,) in database.execute(select(use.c.id).where(use.c.state == "draft")).all():
        about = {"subject_kind": "use", "subject_id": id, "kind": "draft:silence", "step": 0}
        database.execute(insert(_due).values(id=f"silence-{id}", **about, due_at=now, state="waiting"))
