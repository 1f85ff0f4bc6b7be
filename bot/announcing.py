"""A draft of a notice in words: for the people who work with a use, or for those whom it affects; in any language
in which it is written."""

from __future__ import annotations

import re

from bot.markup import Mrkdwn
from bot.words import PROMPTS, Page, Words
from triage.announcing import Announcement, Audience
from triage.case import Case

ADDRESS = re.compile(
    r"(?:https?://|[A-Za-z0-9._+-]+@)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#][A-Za-z0-9._/?#=&%+-]*)?"
)
"""A page or a mailbox, in signs that are no markup."""


def languages() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in (PROMPTS / "people").glob("*/announcement.j2")))


def spoken(*wished: str | None) -> str:
    """The first of those that it is written in; a region asks for its language."""
    known = languages()
    return next((tongue for each in wished if each and (tongue := each[:2].lower()) in known), "en")


def drafted(words: Words, case: Case, made: Announcement, owner: str, outside: str = "") -> Page:
    """`owner`: as they are named where it is read; "" for nobody. `outside`: where somebody outside reports harm."""
    kind = "work" if made.audience is Audience.users else "effect"
    decision = case.decision
    ends = words.day(decision.valid_until) if decision and decision.valid_until else ""
    return words.page(
        "announcement",
        audience=made.audience.value,
        ref=case.ref or "",
        what=_named(case, made),
        purpose=made.purpose,
        effects=Mrkdwn(" ".join(words.line(f"announce.{kind}.{each}") for each in made.effects)),
        data=words.listed(words.line(f"announce.data.{each}") for each in made.data),
        out=words.listed(words.line(f"announce.data.{each}") for each in made.out),
        check=words.line(f"announce.check.{made.check}") if made.check else "",
        contest=made.contest,
        conditions=made.conditions,
        ends=ends,
        owner=owner,
        outside=_as_address(outside),
        gaps=words.listed(words.line(f"announce.asked.{each}") for each in made.gaps),
    )


def _as_address(text: str) -> str:
    """As it can be copied: within an address nothing invisible stands; any other words are words."""
    return Mrkdwn(text.replace("&", "&amp;")) if ADDRESS.fullmatch(text) else text


def paragraphs(page: Page) -> list[Mrkdwn]:
    """Of the notice, its heading first; what is listed stays with the line that announces it."""
    found: list[str] = []
    for line in page["notice"].splitlines():
        if line.startswith("• ") and found:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return [Mrkdwn(each) for each in found]


def _named(case: Case, made: Announcement) -> str:
    """Whom it affects reads of the tool, not of what the register calls it."""
    return (made.tool or case.title) if made.audience is Audience.users else made.tool
