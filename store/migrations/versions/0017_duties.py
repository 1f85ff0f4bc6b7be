"""Days from which the law asks something of a use, as rows of their own; confidential uses found by an index."""

from alembic import op

from store.columns import Day
from store.migrations.words import refers, some, table

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    table(
        "duty",
        *some("use_id duty"),
        *some("begins", Day),
        refers("use_id", "use.id"),
        key="use_id duty begins",
        indexes=["begins use_id duty"],
    )
    for name in ("duties_today", "duties_coming"):
        op.execute(_known_so_far(name))
    op.create_index(op.f("ix_use_confidential_state"), "use", ["confidential", "state"])


def _known_so_far(name: str) -> str:
    """By the latest result of each use that is no draft; days long past when it was worked out are left out."""
    latest = """SELECT r.id FROM result r WHERE r.subject_kind = 'use' AND r.subject_id = u.id
        ORDER BY r.version DESC LIMIT 1"""
    if op.get_context().dialect.name == "sqlite":
        duties = f"json_each(n.verdict, '$.{name}') d"
        duty, begins = (f"json_extract(d.value, '$.{field}')" for field in ("duty", "from"))
        behind = "date(json_extract(n.verdict, '$.day'), '-2 days')"
    else:
        duties = f"jsonb_array_elements(coalesce(CAST(n.verdict AS jsonb) #> '{{{name}}}', '[]')) AS d(value)"
        duty, begins = "(d.value ->> 'duty')", "CAST(d.value ->> 'from' AS date)"
        behind = "CAST(CAST(n.verdict AS jsonb) ->> 'day' AS date) - 2"
    return f"""INSERT INTO duty (use_id, duty, begins) SELECT DISTINCT u.id, {duty}, {begins} FROM use u
        JOIN result n ON n.id = ({latest}), {duties} WHERE u.state <> 'draft' AND {begins} > {behind}
        ON CONFLICT DO NOTHING"""
