"""Lists of Home found by an index, and the facts that uses are without as rows of their own."""

from alembic import op

from store.migrations.words import refers, some, table

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    table(
        "lack", *some("use_id fact"), refers("use_id", "use.id"), key="use_id fact", indexes=["fact use_id"]
    )
    op.execute(_known_so_far())
    for column in ("state", "tier_ceiling"):
        op.drop_index(op.f(f"ix_use_{column}"), table_name="use")
        op.create_index(op.f(f"ix_use_{column}_ref"), "use", [column, "ref"])
    op.create_index(op.f("ix_condition_due_on"), "condition", ["due_on"])
    op.create_index(op.f("ix_snooze_by"), "snooze", ["by"])
    op.create_index(op.f("ix_signature_person_id"), "signature", ["person_id"])


def _known_so_far() -> str:
    """By the latest result of each use that is no draft."""
    latest = """SELECT r.id FROM result r WHERE r.subject_kind = 'use' AND r.subject_id = u.id
        ORDER BY r.version DESC LIMIT 1"""
    if op.get_context().dialect.name == "sqlite":
        gaps, fact = "json_each(n.verdict, '$.gaps') g", "json_extract(g.value, '$.question')"
    else:
        gaps = "jsonb_array_elements(coalesce(CAST(n.verdict AS jsonb) #> '{gaps}', '[]')) AS g(value)"
        fact = "(g.value ->> 'question')"
    return f"""INSERT INTO lack (use_id, fact) SELECT DISTINCT u.id, {fact} FROM use u
        JOIN result n ON n.id = ({latest}), {gaps} WHERE u.state <> 'draft'"""
