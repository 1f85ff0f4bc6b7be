"""The daily work of the management system: each kind with how much is open, and the ways into it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.screens.entrywords import kind_name
from bot.words import Words
from triage.aims.kinds import kinds
from triage.aims.portfolio import ASSESSMENT
from triage.aims.standing import Worked
from triage.aims.trust import PACK

ELSEWHERE = frozenset(("management_review",))
"""What comes of something else: minutes of a review that was called."""
PAPERS = {ASSESSMENT: Action.PORTFOLIO, PACK: Action.TRUST}
"""What comes as a file, too."""
RISK = "risk"
"""Has windows of its own."""
SHOWS = frozenset((RISK, "programme", *PAPERS))
"""There is something to look at before anybody wrote any of it."""
FIRST = 100
"""Their buttons are numbered from here, beside those of the set-up in the same window."""


def work_blocks(words: Words, work: Sequence[Worked], drafts: Collection[str]) -> list[b.Block]:
    """What there is first; then, a line each, what may be begun. `drafts`: kinds of which whoever looks may draft."""
    if not work:
        return []
    drawn: list[b.Block] = [b.divider(), b.section(words.line("aims.work.head"))]
    numbered = list(enumerate(work, FIRST))
    there = [(number, each) for number, each in numbered if each.ever or each.kind in SHOWS]
    for number, each in there:
        name = kind_name(words, each.kind)
        drawn.append(b.section(words.line("aims.work.row", what=name, state=_state(words, each))))
        drawn.append(b.actions(_ways(words, each, number, drafts=each.kind in drafts)))
    begun = {each.kind for _, each in there} | ELSEWHERE
    free = [(number, each) for number, each in numbered if each.kind not in begun and each.kind in drafts]
    if free:
        drawn += [b.divider(), b.section(words.line("aims.work.free"))]
        drawn += [_to_begin(words, number, each) for number, each in free]
    return drawn


def _to_begin(words: Words, number: int, work: Worked) -> b.Block:
    name, add = kind_name(words, work.kind), words.label("aims.add")
    spoken = words.label("spoken.act", act=add, what=name)
    press = to_value(Press(case=work.kind))
    return b.section(name, b.button(Action.STATE_ENTRY, add, press, number=number, spoken=spoken))


def _state(words: Words, work: Worked) -> Mrkdwn:
    if kinds()[work.kind].single:
        key = "aims.in_place" if work.still else "aims.work.none"
        parts = [words.line(key)]
    else:
        parts = [
            words.line("aims.work.open", count=work.still) if work.still else words.line("aims.work.none")
        ]
    if work.late:
        parts.append(words.line("aims.work.late", count=work.late))
    if work.waiting:
        parts.append(words.line("aims.some_wait", count=work.waiting))
    return Mrkdwn(", ".join(parts))


def _ways(words: Words, work: Worked, number: int, *, drafts: bool) -> list[b.Element]:
    name, kind = kind_name(words, work.kind), kinds()[work.kind]
    look, add = (
        words.label("aims.look"),
        words.label("aims.change" if kind.single and work.still else "aims.add"),
    )
    spoken = words.label("spoken.act", act=look, what=name)
    action, press = (Action.RISKS, "") if kind.id == RISK else (Action.SYSTEM_KIND, kind.id)
    row = [b.button(action, look, to_value(Press(case=press)), number=number, spoken=spoken)]
    if (asks := PAPERS.get(kind.id)) is not None:
        paper = words.label("portfolio.button")
        spoken = words.label("spoken.act", act=paper, what=name)
        row.append(b.button(asks, paper, to_value(Press(case="")), number=number, spoken=spoken))
    if drafts and kind.id not in ELSEWHERE:
        spoken = words.label("spoken.act", act=add, what=name)
        action = Action.RISK_ADD if kind.id == RISK else Action.STATE_ENTRY
        row.append(b.button(action, add, to_value(Press(case=press)), number=number, spoken=spoken))
    return row
