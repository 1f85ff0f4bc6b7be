"""The records: people, uses, answers, results, talk, flow, kept things and the audit trail.

Written out and frozen: it must make the same tables for ever, whatever store/tables say later.
"""

from alembic import op
from sqlalchemy import CheckConstraint, Integer, LargeBinary

from store.columns import Day, Flag, Json, Moment
from store.migrations.words import maybe, one_of, refers, refuse, some, table, unique

revision = "0001"
down_revision = None

STATES = (
    "draft disclosed needs_info in_review approved approved_with_conditions declined blocked "
    "under_reassessment lapsed withdrawn retired"
)
CLASSES = "out_of_scope minimal limited high prohibited"
SUBJECT = "subject_kind subject_id"


def upgrade() -> None:
    people()
    uses()
    answers()
    results()
    talk()
    flow()
    keep()
    trail()
    for name in ("audit_line", "fact", "result"):
        refuse(name, "UPDATE")
        refuse(name, "DELETE")
    refuse("audit_text", "UPDATE")


def people() -> None:
    table(
        "person",
        *some("id team slack_user name"),
        *maybe("zone language"),
        *some("is_bot deleted restricted foreign_team", Flag),
        *some("updated_at", Moment),
        unique("team slack_user"),
    )
    table(
        "place",
        *some("id team slack_channel kind name"),
        *maybe("zone person_id"),
        *some("archived", Flag),
        unique("team slack_channel"),
        one_of("kind", "dm channel group"),
        refers("person_id", "person.id"),
        indexes=["person_id"],
    )


def uses() -> None:
    table(
        "tool",
        *some("id slug name vendor state source"),
        *some("record", Json),
        *some("updated_at", Moment),
        unique("slug"),
    )
    table(
        "use",
        *some("id title summary state"),
        *maybe("ref stage lane requester_id owner_id backup_owner_id unit tool_id tool_name"),
        *maybe("eu_floor eu_ceiling discovered_via source_map source_id"),
        *maybe("tier_floor tier_ceiling tier_final", Integer),
        *maybe("due_at submitted_at", Moment),
        *maybe("next_review_on", Day),
        *some("confidential", Flag),
        *some("version", Integer),
        *some("created_at updated_at", Moment),
        unique("ref"),
        unique("source_map source_id"),
        CheckConstraint("length(title) <= 80", name="title"),
        one_of("state", STATES),
        one_of("eu_floor", CLASSES),
        one_of("eu_ceiling", CLASSES),
        *(CheckConstraint(f"{name} BETWEEN 1 AND 4", name=name) for name in TIERS),
        *(refers(name, "person.id") for name in ("requester_id", "owner_id", "backup_owner_id")),
        refers("tool_id", "tool.id"),
        indexes=[
            *("state", "requester_id", "owner_id", "tool_id", "due_at"),
            *("eu_floor", "eu_ceiling", "tier_floor", "tier_ceiling"),
        ],
    )
    table(
        "reader",
        *some("use_id person_id"),
        refers("use_id", "use.id"),
        refers("person_id", "person.id"),
        key="use_id person_id",
        indexes=["person_id"],
    )
    table(
        "deployment",
        *some("id use_id"),
        *maybe("unit place owner_id"),
        *maybe("since", Day),
        *maybe("terms_acknowledged_at", Moment),
        refers("use_id", "use.id"),
        refers("owner_id", "person.id"),
        indexes=["use_id"],
    )


TIERS = ("tier_floor", "tier_ceiling", "tier_final")


def answers() -> None:
    table(
        "answer_set",
        *some("id form form_digest subject_kind subject_id"),
        *some("opened_at", Moment),
        indexes=[SUBJECT],
    )
    table(
        "fact",
        *some("id", Integer),
        *some("answer_set_id question state source"),
        *maybe("contributor"),
        *maybe("value", Json),
        *some("said_at recorded_at", Moment),
        one_of("state", "answered unsure not_asked not_applicable"),
        one_of("source", "person catalogue organisation import model"),
        refers("answer_set_id", "answer_set.id"),
        refers("contributor", "person.id"),
        indexes=["answer_set_id question"],
        counted=True,
    )


def results() -> None:
    table(
        "result",
        *some("id subject_kind subject_id answer_set_id facts_digest"),
        *some("policies verdict", Json),
        *some("judged_at", Moment),
        refers("answer_set_id", "answer_set.id"),
        indexes=[SUBJECT, "judged_at"],
    )
    table(
        "decision",
        *some("id subject_kind subject_id kind outcome reason"),
        *maybe("facts_digest superseded_by"),
        *some("subject_version", Integer),
        *some("policies detail", Json),
        *some("decided_at", Moment),
        *maybe("valid_until", Day),
        refers("superseded_by", "decision.id"),
        indexes=[SUBJECT, "decided_at"],
    )
    table(
        "signature",
        *some("decision_id person_id role"),
        *some("signed_at", Moment),
        refers("decision_id", "decision.id"),
        refers("person_id", "person.id"),
        key="decision_id person_id",
    )
    table(
        "condition",
        *some("id decision_id use_id text state"),
        *maybe("owner_id"),
        *maybe("due_on", Day),
        refers("decision_id", "decision.id"),
        refers("use_id", "use.id"),
        refers("owner_id", "person.id"),
        indexes=["decision_id", "use_id"],
    )


def talk() -> None:
    table(
        "conversation",
        *some("id person_id place_id root_ts status"),
        *maybe("use_id"),
        *some("state", Json),
        *some("version", Integer),
        *some("updated_at", Moment),
        unique("place_id root_ts"),
        refers("use_id", "use.id"),
        refers("person_id", "person.id"),
        refers("place_id", "place.id"),
        indexes=["use_id", "person_id"],
    )
    table(
        "inquiry",
        *some("id use_id asked_by question state"),
        *maybe("answered_by answer"),
        *some("asked_at", Moment),
        *maybe("answered_at", Moment),
        refers("use_id", "use.id"),
        refers("asked_by", "person.id"),
        refers("answered_by", "person.id"),
        indexes=["use_id"],
    )
    table(
        "address",
        *some("id subject_kind subject_id purpose place_id ts"),
        *maybe("digest"),
        *maybe("version_shown", Integer),
        *some("posted_at", Moment),
        unique("subject_kind subject_id purpose place_id"),
        refers("place_id", "place.id"),
        indexes=["ts"],
    )


def flow() -> None:
    table(
        "inbox",
        *some("id attempts", Integer),
        *some("key kind state"),
        *maybe("problem"),
        *some("payload", Json),
        *some("received_at", Moment),
        *maybe("next_try_at lease_until done_at", Moment),
        unique("key"),
        one_of("state", "waiting working done parked"),
        indexes=["state id"],
        counted=True,
    )
    table(
        "outbox",
        *some("id priority attempts", Integer),
        *some("kind state"),
        *maybe("place_id person_id subject_kind subject_id purpose coalesce lease_holder problem ts"),
        *some("payload", Json),
        *some("queued_at", Moment),
        *maybe("next_try_at lease_until sent_at", Moment),
        one_of("kind", "post update delete ephemeral publish upload"),
        one_of("state", "waiting sending unknown sent parked dropped"),
        refers("place_id", "place.id"),
        refers("person_id", "person.id"),
        indexes=["coalesce"],
        counted=True,
    )
    table("done", *some("key"), *maybe(SUBJECT), *some("outcome", Json), *some("at", Moment), key="key")
    table(
        "due",
        *some("id subject_kind subject_id kind state"),
        *some("step", Integer),
        *some("due_at", Moment),
        unique("subject_kind subject_id kind step"),
        indexes=["state due_at"],
    )
    table("lease", *some("name holder"), *some("until", Moment), key="name")


def keep() -> None:
    table(
        "wording",
        *some("digest kind name version body"),
        *some("first_seen", Moment),
        one_of("kind", "form policy texts"),
        key="digest",
    )
    table(
        "file",
        *some("digest media name"),
        *some("size", Integer),
        *some("body", LargeBinary),
        key="digest",
    )
    table(
        "setting",
        *some("key"),
        *maybe("value", Json),
        *maybe("changed_by"),
        *some("changed_at", Moment),
        refers("changed_by", "person.id"),
        key="key",
    )
    table("counter", *some("prefix"), *some("year last", Integer), key="prefix year")


def trail() -> None:
    table("audit_line", *some("seq", Integer), *some("sealed previous digest"), unique("previous"), key="seq")
    table("audit_text", *some("seq", Integer), *some("field salt text"), key="seq field")
    table("audit_head", *some("id seq", Integer), *some("digest"), CheckConstraint("id = 1", name="id"))
    op.execute(f"INSERT INTO audit_head (id, seq, digest) VALUES (1, 0, '{'0' * 64}')")
