"""What comes before and after one yes: what is approved beforehand, what must be there to run, what is watched."""

from sqlalchemy import Integer

from store.columns import Day, Flag, Json, Moment
from store.migrations.words import maybe, one_of, refers, refuse, some, table

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Each part below is of one subject."""
    _patterns()


def _patterns() -> None:
    """What two people approved beforehand, and what became of it."""
    table(
        "pattern",
        *some("id use_id tool_id covers decision_id facts_digest by role"),
        *some("number months version", Integer),
        *some("limits results flags rules clauses sampling policies", Json),
        *some("last_day", Day),
        *some("at", Moment),
        refers("use_id", "use.id"),
        refers("tool_id", "tool.id"),
        refers("decision_id", "decision.id"),
        refers("by", "person.id"),
        indexes=["use_id", "tool_id"],
    )
    refuse("pattern", "UPDATE")
    table(
        "pattern_step",
        *some("id use_id pattern_id kind"),
        *maybe("by role reason"),
        *some("at", Moment),
        *some("version", Integer),
        refers("use_id", "use.id"),
        refers("pattern_id", "pattern.id"),
        refers("by", "person.id"),
        one_of("kind", "confirmed refused withdrawn drawn fits misfit"),
        indexes=["use_id", "pattern_id"],
    )
    refuse("pattern_step", "UPDATE")
    _asks()
    _discussion()
    _reports()


def _discussion() -> None:
    """What people wrote below a card, where that may be kept."""
    table(
        "discussion",
        *some("id use_id place_id thread ts kind stamp by"),
        *some("at", Moment),
        *some("line", Integer),
        refers("use_id", "use.id"),
        refers("place_id", "place.id"),
        refers("by", "person.id"),
        one_of("kind", "said edited deleted"),
        indexes=["use_id"],
    )
    refuse("discussion", "UPDATE")


def _asks() -> None:
    """Of whom a request asks something now; those that wait already get theirs from the worker."""
    table(
        "ask",
        *some("use_id kind seat role"),
        *some("rank", Integer),
        *some("later", Flag),
        *some("out", Json),
        refers("use_id", "use.id"),
        one_of("kind", "yes answer second"),
        key="use_id kind seat role",
        indexes=["role kind"],
    )


def _reports() -> None:
    """What somebody said of an answer that was wrong."""
    table(
        "report",
        *some("id use_id by words"),
        *some("at", Moment),
        *some("version", Integer),
        refers("use_id", "use.id"),
        refers("by", "person.id"),
        indexes=["use_id"],
    )
    refuse("report", "UPDATE")
