"""Whether the people file says what deadlines need of those who decide."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.workspace import DECIDING
from bot.config import Config
from bot.finding import Finding
from store import employees
from store.engine import Store
from store.errors import Unavailable

NAMED = 5


def file(store: Store, config: Config) -> Iterator[Finding]:
    """People who hold a role by a user group are not looked at: only Slack knows who they are."""
    try:
        with store.read() as session:
            known, tied = list(employees.everybody(session)), employees.tied(session)
    except Unavailable:
        return  # told of already
    if not known:
        what = "There is no people file: every deadline counts the organisation's own working days."
        yield Finding(level="info", what=what, mend="`steward people import` takes one in; docs/operate.md.")
        return
    yield Finding(level="info", what=f"The people file has {len(known)} people; {len(tied)} found in Slack.")
    found = {row.slack_user for row in tied.values()} | {each.slack_user for each in known}
    deciding = {user for role in DECIDING for user in config.roles.get(role, ()) if not user.startswith("S")}
    if unknown := sorted(deciding - found):
        few = ", ".join(unknown[:NAMED]) + (", …" if len(unknown) > NAMED else "")
        what = f"Of those who decide, the people file does not say who these are: {few}."
        mend = "Put their Slack ids into the file, or add the scope users:read.email; docs/scopes.md."
        yield Finding(level="warning", what=what, mend=mend)
