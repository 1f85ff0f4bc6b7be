"""Wishes of whoever is interviewed: to begin, to answer, to find the way, to hand in, to take back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from intake.answers import Answer
from intake.value import Value
from triage.wish import OnCase, Wish


class Begin(Wish):
    """Somebody wrote to the bot; `place` and `root` name the thread in which it answers."""

    do: Literal["begin"] = "begin"
    case: str
    words: str
    place: str
    root: str
    via: str = "request"


class Attached(Value):
    """A file beside somebody's words, by the name and link it has where they wrote; what is in it is never read."""

    id: str
    name: str = ""
    link: str = ""


class Type(OnCase):
    """A message in the thread of a case: an answer, a control word, or a reply to a reviewer.

    `late`: it was written before the open question was put, and only came now. `person`: whom the words mention
    and nothing else, by our id; only where it came from is it known whether a mention is one.
    """

    do: Literal["type"] = "type"
    words: str
    person: str = ""
    files: tuple[Attached, ...] = ()
    late: bool = False


class Start(OnCase):
    """Begin the questions; `confirm` takes what was read from the first words as said."""

    do: Literal["start"] = "start"
    confirm: bool = False


class Choose(OnCase):
    """An answer by button or select; `turn` tells a current button from an old one.

    `throughout`: nothing applies of all that was asked in one message, `question` the first of it.
    `suggested`: what a model was asked, by id, that suggested it there; confirmed by a press.
    """

    do: Literal["choose"] = "choose"
    turn: int
    question: str
    answer: Answer
    throughout: bool = False
    suggested: str = ""


class PickTool(OnCase):
    """Which of several recognised tools was meant."""

    do: Literal["pick_tool"] = "pick_tool"
    tool: str


Way = Literal["back", "skip", "singly", "keep", "pause", "resume", "cancel", "hand_over"]


class Steer(OnCase):
    """Back, skip, one by one, leave an answer as it is, pause, resume, cancel, hand over.

    `turn` is 0 where the wish is about no question.
    """

    do: Literal["steer"] = "steer"
    turn: int = 0
    wish: Way


class Explain(OnCase):
    """Help, or why the current question is asked; changes nothing."""

    do: Literal["explain"] = "explain"
    what: Literal["help", "why"]


class Edit(OnCase):
    """Ask one question again, from the summary."""

    do: Literal["edit"] = "edit"
    question: str


class Fill(OnCase):
    """The form instead of the questions: every field that was drawn, as not asked where it came back empty.

    `left`: fields that nobody touched; they may show what was known before somebody answered elsewhere.
    `echo`: what it changes is said in the thread, where nobody sees the window. `confidential`: as it was ticked or
    not, None where nobody touched it.
    """

    do: Literal["fill"] = "fill"
    answers: Mapping[str, Answer]
    left: tuple[str, ...] = ()
    echo: bool = False
    confidential: bool | None = None


class Submit(OnCase):
    """`pattern`: what was approved beforehand and stood before their eyes, with its conditions."""

    do: Literal["submit"] = "submit"
    pattern: str = ""


class Withdraw(OnCase):
    """Whoever asked takes it back: nobody needs to decide any more."""

    do: Literal["withdraw"] = "withdraw"


class Reopen(OnCase):
    """Whoever withdrew it needs it after all."""

    do: Literal["reopen"] = "reopen"
