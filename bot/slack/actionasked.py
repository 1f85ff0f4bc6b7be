"""An action as a window asks for it: what is to be done, how one will know, by whom and until when."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack.colleagues import check_colleague
from bot.slack.fields import Field
from bot.slack.filled import Reply, day, field, missing, sent_back
from bot.slack.front import Front
from bot.slack.payloads import Submission, Who
from triage.aims.entry import Said, entry_id
from triage.aims.kinds import kinds
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.outcome import Refused

ACTION = "action"
OF_OWNER = {"reader_outside": "problem.gap_outside", "reader_unclear": "problem.gap_unclear"}
"""Why somebody cannot answer for it, said beside the field."""


def asked_for(
    front: Front, submission: Submission, person: str, more: Mapping[str, Said], desk: Desk
) -> DraftEntry | Reply:
    """The wish for it, or what there is to say beside a field. `more`: what it is for."""
    title, success = (field(submission, name) for name in (Field.GAP_TITLE, Field.GAP_SUCCESS))
    due, user = day(field(submission, Field.DUE)), field(submission, Field.PERSON)
    given = {Field.GAP_TITLE: title, Field.GAP_SUCCESS: success, Field.DUE: due, Field.PERSON: user}
    if empty := next((name for name, held in given.items() if not held), None):
        return missing(front, empty)
    if due is None or due < desk.day:
        return sent_back(front, Field.DUE, "problem.gap_past")
    owner = front.person(Who(submission.who.team, user))
    try:
        check_colleague(front, submission.who.team, user, owner)
    except Refused as refusal:
        if refusal.key not in OF_OWNER:
            raise
        return sent_back(front, Field.PERSON, OF_OWNER[refusal.key])
    said: dict[str, Said] = {"title": " ".join(title.split()), "success": success, "owner": owner}
    return DraftEntry(
        actor=person,
        key=submission.key,
        entry=entry_id(kinds()[ACTION], "", submission.key),
        kind=ACTION,
        said={**said, "due": due.isoformat(), **more},
    )
