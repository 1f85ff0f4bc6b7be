"""What is held of a supplier in words, the same for the terminal, for Slack, for cards and for pages."""

from __future__ import annotations

from collections.abc import Iterator

from bot.words import Words
from store.suppliers import Held
from triage.aims.supplied import HOLDS, Known, Paper

WIDE = 12
"""Signs of the longest bar."""
FULL, EMPTY = "█", "░"


def vendor(known: Known) -> str:
    return known.vendor if known.vendor.casefold() != known.name.casefold() else ""


def bar(uses: int, most: int) -> str:
    """As long as its share of the most; what is there is seen."""
    long = max(1, round(WIDE * uses / most)) if uses and most else 0
    return FULL * long + EMPTY * (WIDE - long)


def hangs(words: Words, held: Held) -> str:
    """How many approved uses, and how risky they are."""
    of = {words.label(f"tier.{tier}"): held.uses[tier] for tier in sorted(held.uses, reverse=True)}
    counted = {tier: count for tier, count in of.items() if count}
    if not counted:
        return words.label("suppliers.no_uses")
    if len(counted) == 1:
        return words.label("suppliers.uses_alike", count=held.total, tier=next(iter(counted)))
    tiers = (words.label("suppliers.of_tier", count=count, tier=tier) for tier, count in counted.items())
    told = words.label("suppliers.uses", count=held.total)
    return f"{told}: {', '.join(tiers)}"


def next_day(words: Words, held: Held) -> str:
    day = held.next_day
    return words.label("suppliers.next", day=words.day(day)) if day is not None else ""


def paper(words: Words, each: Paper) -> str:
    """What it is, until when, and whether somebody else read it."""
    parts = [words.label(f"aims.choice.what.{each.what}")]
    if each.until is not None:
        key = "suppliers.ended" if each.lapsed else "suppliers.ends"
        parts.append(words.label(key, day=words.day(each.until)))
    if each.checked is None:
        parts.append(words.label("suppliers.unread"))
    else:
        holds = words.label(f"suppliers.holds.{each.holds}")
        parts.append(words.label("suppliers.read", day=words.day(each.checked), holds=holds))
    return ", ".join(parts)


def of_use(words: Words, held: Held | None, *, due: bool) -> Iterator[str]:
    """On a use: what has ended, and that its supplier is not assessed where that is needed."""
    if held is None:
        return
    for each in held.papers:
        if each.lapsed and each.until is not None:
            yield words.label("suppliers.lapsed", title=each.title, day=words.day(each.until))
    if held.standing not in HOLDS and (due or held.entry is not None):
        yield words.label("suppliers.of_it", state=words.label(f"suppliers.is.{held.standing}"))


def held(words: Words, found: Held | None) -> str:
    """How it stands, and each document; "" where nothing is stated."""
    if found is None or not (found.entry or found.papers):
        return ""
    papers = (f"{each.title} ({each.ref}), {paper(words, each)}" for each in found.papers)
    return "; ".join((words.label(f"suppliers.is.{found.standing}"), *papers))
