"""In which order the questions of a form are asked: found by counting (see tests/asking/search.py), kept in a file.

It is the same for everyone. What the rules want asked is for triage.relevance; here is only what comes first.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from intake.form import Form
from intake.source import Faults, read_file

ORDERS = Path(__file__).parent / "orders"


def order_of(form: Form) -> tuple[str, ...]:
    """The stored order; a question that it does not know comes where the form has it, one that is gone is left out."""
    order = [question for question in stored(form.id) if question in form.by_id]
    before = ""
    for question in form.by_id:
        if question not in order:
            order.insert(order.index(before) + 1 if before else 0, question)
        before = question
    return tuple(order)


@lru_cache(maxsize=16)
def stored(form: str) -> tuple[str, ...]:
    """Empty where none was searched for: then the form's own order counts."""
    path = ORDERS / f"{form}.yaml"
    if not path.exists():
        return ()
    faults = Faults()
    entry = read_file(path, faults)
    order = tuple(entry.at("order").texts(faults)) if entry else ()
    faults.stop_if_any()
    return order
