"""What `evidence.pdf` has beside the index, and where it is laid across."""

from __future__ import annotations

from bot.pack import index, risks, standing
from bot.pack.gathered import Told
from bot.pack.pages import PRINTED
from bot.pack.sections import Section, Sheet
from bot.words import Words


def for_paper(page: Sheet) -> Sheet:
    """Without the table of uses, for which paper has to be laid across."""
    cut = (
        each._replace(blocks=each.blocks[:-1]) if each.id == "register" else each for each in page.sections
    )
    return page._replace(sections=tuple(cut))


def annexes(told: Told, words: Words) -> tuple[Section, ...]:
    """What paper has on pages laid across: uses, the statement of applicability, the treatment plan."""
    found = []
    if told.first_uses:
        found.append(
            Section("uses", words.label("pack.register.all"), (), (index.uses(told, words, PRINTED),))
        )
    if told.statement is not None:
        drawn = standing.on_paper(told.statement, words)
        found.append(Section("controls", words.label("pack.applicability.paper"), (), (drawn,)))
    if told.risks:
        most = risks.plan_table(told.risks[:PRINTED], words)
        count = len(told.risks)
        more = words.label("pack.risks.more", shown=PRINTED, count=count) if count > PRINTED else ""
        found.append(Section("plan", words.label("risks.plan.title"), (), (most._replace(more=more),)))
    return tuple(found)
