"""What operation proposes of each control: whether it applies, and what speaks for it; a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import islice

from intake.condition import Condition, Some
from intake.form import Form
from intake.value import Value
from triage.aims.applied import Applies, Proposal, Rest, Why
from triage.aims.reasons import ALWAYS, Spoken, Told, spoke
from triage.current import current
from triage.lanes import side_by_side
from triage.lifecycle import NOT_IN_USE
from triage.organisation import complete
from triage.program import Steps
from triage.rehearsing import AT_ONCE, Registered
from triage.rules import RuleBook

NAMED = 5
"""So many uses are named for each reason; the others are counted."""
TOOL = "tool"


RISKS = "risks"
"""The reason of risks that name the control, which any control may have."""


class Risks(Value):
    """So many risks name a control; `refs`: those that may be named."""

    count: int
    refs: tuple[str, ...] = ()


class Setting(Value):
    """What is known beside the uses. `plays`: None where the context of the organisation does not count yet.

    `risks`: by control.
    """

    plays: tuple[str, ...] | None = None
    incidents: int = 0
    risks: Mapping[str, Risks] = {}


class _Count:
    """How often one reason holds, and where first; flat, however many uses there are."""

    def __init__(self, node: int) -> None:
        self.node = node
        self.uses = self.open = 0
        self.first: list[str] = []
        self.tools: set[str] = set()

    def take(self, sure: int, possible: int, uses: Sequence[Registered]) -> None:
        self.uses += sure.bit_count()
        self.open += (possible & ~sure).bit_count()
        held = [use for lane, use in enumerate(uses) if sure >> lane & 1]
        shown = [use.name for use in held if not use.confidential]
        self.first = nsmallest(NAMED, {*self.first, *shown})
        for use in held:
            if (told := use.answers.get(TOOL)) is not None:
                self.tools.update(told.picked)


class _Reasons(Steps):
    """The conditions of all reasons and of the duties that are named, as one program over many uses."""

    def __init__(self, form: Form, book: RuleBook) -> None:
        super().__init__(form)
        calls = {call.id: call.when for call in book.calls()}
        duties = {duty.id: duty for duty in book.duties()}
        wanted = {name for each in spoke().controls.values() for name in each.duties}
        self.reasons = {
            id: _Count(self._node(_when(each, calls))) for id, each in spoke().reasons.items() if each.of_uses
        }
        self.laws = {id: (duty, _Count(self._node(duty.when))) for id, duty in duties.items() if id in wanted}

    def counts(self) -> Iterator[_Count]:
        yield from self.reasons.values()
        yield from (count for _, count in self.laws.values())


def _when(told: Told, calls: Mapping[str, Condition]) -> Condition:
    """A call of a policy that is not on holds for nothing."""
    return told.when or calls.get(told.call) or Some(of=())


def proposals(
    form: Form, book: RuleBook, uses: Iterable[Registered], setting: Setting
) -> Mapping[str, Proposal]:
    """By control, in one pass over the register."""
    program, total = _Reasons(form, book), 0
    remaining = (use for use in uses if use.status not in NOT_IN_USE)
    while some := list(islice(remaining, AT_ONCE)):
        cases = [(current(form, use.answers), complete(use.stated)) for use in some]
        found = program.run(side_by_side(program.leaves, cases), (1 << len(cases)) - 1)
        for count in program.counts():
            count.take(found.sure[count.node], found.possible[count.node], some)
        total += len(some)
    return {id: _proposal(each, program, book, setting, total) for id, each in spoke().controls.items()}


def _proposal(spoken: Spoken, program: _Reasons, book: RuleBook, setting: Setting, total: int) -> Proposal:
    told = [_why(spoke().reasons[name], program, setting) for name in spoken.reasons]
    laws = [_law(name, program, book) for name in spoken.duties if name in program.laws]
    whys = [Why(reason=ALWAYS)] if spoken.always else []
    whys += [each for each in (*told, *laws) if each.holds]
    if (risks := setting.risks.get(spoken.control)) is not None:
        whys.append(Why(reason=RISKS, times=risks.count, refs=risks.refs[:NAMED]))
    open_ones = tuple(each for each in told if not each.holds and each.open)
    applies = _applies(spoken, whys, bool(open_ones), setting, total)
    needed = () if spoken.not_for is None else set(setting.plays or ()) - set(spoken.not_for)
    told_of = {"whys": tuple(whys), "open": open_ones, "uses": total, "beside": tuple(sorted(needed))}
    return Proposal.model_validate({"control": spoken.control, "applies": applies, **told_of})


def _applies(spoken: Spoken, whys: Sequence[Why], may_still: bool, setting: Setting, total: int) -> Applies:
    """Not sure is an answer: "" where nothing speaks for it and it may not be said that nothing does."""
    if whys:
        uses = max(each.uses for each in whys)
        everywhere = any(not each.uses for each in whys)
        some_not = spoken.by_use and not everywhere and uses + max(each.open for each in whys) < total
        return "partly" if some_not else "yes"
    if spoken.not_for is None or may_still or not total or setting.plays is None:
        return ""
    return "no" if set(setting.plays) <= set(spoken.not_for) else ""


def _why(told: Told, program: _Reasons, setting: Setting) -> Why:
    if told.of_uses:
        count = program.reasons[told.id]
        tools = len(count.tools) if told.tools else 0
        return _counted(told.id, count).model_copy(update={"tools": tools})
    if told.incidents:
        return Why(reason=told.id, times=setting.incidents, holds=bool(setting.incidents))
    return Why(reason=told.id, holds=bool(set(told.plays) & set(setting.plays or ())))


def _law(name: str, program: _Reasons, book: RuleBook) -> Why:
    duty, count = program.laws[name]
    law = Rest(what=book.sentence(name), source=duty.source, since=duty.since)
    return _counted(name, count).model_copy(update={"law": law})


def _counted(reason: str, count: _Count) -> Why:
    return Why(
        reason=reason,
        holds=count.uses > 0,
        uses=count.uses,
        open=count.open,
        refs=tuple(count.first),
    )
