"""What a press carries with it, as it stands in the value of a button or the name of a row."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple


class Press(NamedTuple):
    """What a pressed element says about itself; `turn` is 0 outside of a question."""

    case: str
    turn: int = 0
    question: str = ""
    choice: str = ""


def to_choice(words: str) -> str:
    """A short id for words that have none of their own."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def to_value(press: Press) -> str:
    """For a button: ids; free words only as the choice, where they are a question that whoever presses goes on with."""
    return f"{press.case}|{press.turn}|{press.question}|{press.choice}"


def from_value(value: str) -> Press:
    """ValueError where this is not a value of ours."""
    case, turn, question, choice = value.split("|", 3)
    return Press(case=case, turn=int(turn), question=question, choice=choice)


def to_block_id(row: str, press: Press) -> str:
    """Menus and pickers have no value of their own, so their row names what they belong to."""
    return f"{row}:{to_value(press)}"


def from_block_id(block_id: str) -> Press:
    return from_value(block_id.partition(":")[2])
