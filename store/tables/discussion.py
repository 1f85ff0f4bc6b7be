"""What people wrote below the card of a request, where the organisation lets it be kept."""

from datetime import datetime

from sqlmodel import Field

from store.columns import one_of
from store.tables.row import Row


class DiscussionRow(Row, table=True):
    """One thing that happened to one message: it was written, edited or deleted. Its words lie in the trail's `line`.

    `thread` and `ts` are Slack's names of the card and of the message, `stamp` Slack's moment of what happened;
    `by` wrote the message.
    """

    __table_args__ = (one_of("kind", "said", "edited", "deleted"),)

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    place_id: str = Field(foreign_key="place.id")
    thread: str
    ts: str
    kind: str
    stamp: str
    by: str = Field(foreign_key="person.id")
    at: datetime
    line: int
