"""Decisions that hold up: what lives on after a yes, who stands in for whom, and who else uses it."""

from alembic import op
from sqlalchemy import Integer, text

from store.columns import Day, Moment
from store.migrations.words import maybe, one_of, refers, refuse, some, table

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Each part below is of one subject."""
    _people()
    _superseded()
    _deployments()
    _conditions()


def _people() -> None:
    """What the organisation's people file says, since Slack knows nothing of it."""
    table(
        "employee",
        *some("email name manager unit country deputy slack_user"),
        *maybe("person_id"),
        refers("person_id", "person.id"),
        key="email",
        indexes=["slack_user", "person_id"],
    )
    table(
        "absence",
        *some("id person_id"),
        *some("number", Integer),
        *some("since until", Day),
        *maybe("deputy_id"),
        *some("at", Moment),
        refers("person_id", "person.id"),
        refers("deputy_id", "person.id"),
        indexes=["person_id"],
    )
    refuse("absence", "UPDATE")


def _superseded() -> None:
    """Decisions that others replaced before that was written down."""
    database, earlier = op.get_bind(), dict[str, str]()
    rulings = "('approve', 'approve_with_conditions', 'decline')"
    wanted = (
        f"SELECT id, subject_id FROM decision WHERE kind IN {rulings} ORDER BY subject_id, subject_version"
    )
    for id, use in database.execute(text(wanted)).all():
        if use in earlier:
            replaced = {"by": id, "which": earlier[use]}
            database.execute(text("UPDATE decision SET superseded_by = :by WHERE id = :which"), replaced)
        earlier[use] = id


def _deployments() -> None:
    """Nothing had written the table before, so it is made anew."""
    op.drop_table("deployment")
    table(
        "deployment",
        *some("id use_id"),
        *maybe("unit place owner_id accepted"),
        *maybe("since", Day),
        *maybe("terms_acknowledged_at left_at", Moment),
        *some("joined_at", Moment),
        *some("version", Integer),
        refers("use_id", "use.id"),
        refers("owner_id", "person.id"),
        refers("accepted", "decision.id"),
        indexes=["use_id", "owner_id"],
    )


def _conditions() -> None:
    """What a condition is bound to, and what became of it."""
    op.add_column("condition", maybe("question")[0])
    op.add_column("condition", maybe("otherwise")[0])
    table(
        "condition_step",
        *some("id use_id condition_id kind"),
        *maybe("by link words"),
        *some("at", Moment),
        *some("version", Integer),
        refers("use_id", "use.id"),
        refers("condition_id", "condition.id"),
        refers("by", "person.id"),
        one_of("kind", "done verified not_yet unmet"),
        indexes=["use_id"],
    )
    refuse("condition_step", "UPDATE")
