"""A use on its way from a yes to its end: stages, what was to be done, who does which part. Rows are only added."""

from datetime import date, datetime

from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class StageMoveRow(Row, table=True):
    """`by` is empty where the stage was only taken down at the first yes."""

    __table_args__ = (one_of("stage", "idea", "pilot", "in_use", "retiring", "retired"),)

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    stage: str
    by: str | None = Field(default=None, foreign_key="person.id")
    at: datetime
    version: int


class TaskStepRow(Row, table=True):
    """`rules`: the gates that asked for it; rules call for it and drop it, people do it."""

    __table_args__ = (one_of("kind", "called", "dropped", "done"),)

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    task: str
    kind: str
    before: str | None = None
    due_on: date | None = None
    rules: list[str] = Field(default_factory=list, sa_type=Json)
    by: str | None = Field(default=None, foreign_key="person.id")
    at: datetime
    link: str | None = None
    words: str | None = None
    version: int


class AppointmentRow(Row, table=True):
    """`answers`: the naming that was accepted or refused."""

    __table_args__ = (one_of("kind", "named", "accepted", "refused", "stopped"),)

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    part: str
    kind: str
    person_id: str = Field(foreign_key="person.id", index=True)
    by: str | None = Field(default=None, foreign_key="person.id")
    at: datetime
    answers: str | None = None
    words: str | None = None
    version: int
