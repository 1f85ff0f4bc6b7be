"""What the register says of a tool and a purpose: looked up for one reader, in one snapshot."""

from __future__ import annotations

from collections.abc import Sequence

from intake.reading import Reading
from intake.tool import Tool
from store import of_tool
from store.beginning import not_begun
from store.records import load
from store.sessions import Session
from triage.case import Case, Status
from triage.desk import Desk
from triage.may_i import YES, MayI, may_i
from triage.purposes import Asked, Known, asked, fit
from triage.register import PUBLIC, Reader

LOOKED_AT = 6
"""Uses of which the whole case is read, one more than is shown: those that fit, then the newest."""
TOLD = frozenset({Status.in_review, Status.needs_info, Status.blocked, Status.declined})
"""Of which is said who has it, or why not."""


def looked_up(
    session: Session, reader: Reader, reading: Reading, words: str, desk: Desk
) -> tuple[MayI, dict[str, Case]]:
    """The verdict, and the cases it rests on, by id."""
    if reading.tool.kind == "several":
        return MayI("which"), {}
    tool = reading.tool.tool
    name = reading.tool_phrase or ""
    if tool is None and not name:
        return MayI("unknown"), {}
    wanted = asked(reading, words)
    uses = of_tool.of_tool(session, reader, tool.id if tool else "", name, wanted.about)
    cases = _cases(session, wanted, uses)
    found = may_i(wanted, uses, cases, desk)
    if found.kind not in {*YES, "for_these"}:
        category = tool.category if tool else ""
        alike = [id for id in desk.assets if _is_alike(desk, id, tool)]
        beside = of_tool.beside(session, reader, alike, compared=bool(wanted.about))
        others = [each for each in beside if each.use.id not in {use.use.id for use in uses}]
        found = may_i(wanted, uses, cases, desk, others, category)
        early = not_begun(session, found.instead, desk)
        found = found._replace(held=found.held | early.keys())
        whole = (load(session, id) for id in early if id not in cases)
        cases |= {case.id: case for case in whole if case is not None}
    return found, cases


def _is_alike(desk: Desk, id: str, tool: Tool | None) -> bool:
    """A tool of the register that is of the same kind and another one."""
    known = desk.catalogue.get(id)
    return known is not None and tool is not None and known.category == tool.category and id != tool.id


def _cases(session: Session, wanted: Asked, uses: Sequence[Known]) -> dict[str, Case]:
    rank = {"all": 0, "some": 1, "none": 2}
    first = sorted(uses, key=lambda each: rank[fit(wanted, each)])  # stable: the newest stay in front
    approved = [each for each in first if each.use.status in PUBLIC][:LOOKED_AT]
    told = [each for each in first if each.use.status in TOLD][:LOOKED_AT]
    cases = (load(session, each.use.id) for each in (*approved, *told))
    return {case.id: case for case in cases if case is not None}
