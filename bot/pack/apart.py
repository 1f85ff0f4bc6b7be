"""Who holds which role in a pack, which roles meet in one person, and what one person both began and ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.pack.sections import Cell, Section, Table, table
from bot.pack.using import Named, who
from bot.words import Words
from triage.aims.entry import Entry

ROLE = "roles."
CLOSED = "closed"
TOGETHER, ALONE = "together", "alone"


def sections(
    settings: Mapping[str, object], entries: Sequence[Entry], words: Words, people: Named
) -> tuple[Section, ...]:
    held = _held(settings)
    heads = words.label("pack.apart.heads").split(" | ")
    roles = [
        (_role(words, role), ", ".join(who(people, each) for each in those)) for role, those in held.items()
    ]
    alone = list(_alone(entries, words, people))
    says = words.label("pack.apart.none_alone") if not alone else words.label("pack.apart.alone_says")
    blocks = (table(words.label("pack.apart.alone_heads").split(" | "), alone),) if alone else ()
    return (
        Section("roles", words.label("pack.apart.roles"), (), (table(heads, roles),) if roles else ()),
        Section(TOGETHER, words.label("pack.apart.together"), *_together(held, words, people)),
        Section(ALONE, words.label("pack.apart.alone"), (says,), blocks),
    )


def _held(settings: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    named = ((key.removeprefix(ROLE), value) for key, value in settings.items() if key.startswith(ROLE))
    return {
        role: tuple(map(str, value)) for role, value in sorted(named) if isinstance(value, list) and value
    }


def _role(words: Words, role: str) -> str:
    return words.label(f"role_name.{role}") if words.has(f"role_name.{role}") else role


def _together(
    held: Mapping[str, tuple[str, ...]], words: Words, people: Named
) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    by_person: dict[str, list[str]] = {}
    for role, those in held.items():
        for one in those:
            by_person.setdefault(one, []).append(_role(words, role))
    rows = [
        (who(people, one), ", ".join(roles)) for one, roles in sorted(by_person.items()) if len(roles) > 1
    ]
    if not rows:
        return (words.label("pack.apart.none_together"),), ()
    return (words.label("pack.apart.together_says"),), (
        table(words.label("pack.apart.together_heads").split(" | "), rows),
    )


def _alone(entries: Sequence[Entry], words: Words, people: Named) -> Iterator[tuple[Cell | str, ...]]:
    """Where the version that counts was drafted by whoever also did what ended it."""
    for each in sorted(entries, key=lambda one: one.ref):
        last = next((done for done in reversed(each.done_now) if done.stage == CLOSED), None)
        if each.in_force is None or each.stage != CLOSED or last is None or not last.by:
            continue
        if last.by == each.in_force.by:
            yes = ", ".join(who(people, one.by) for one in each.in_force.yeses)
            link = Cell(f"{each.ref} {each.title}".strip(), f"system.html#{each.ref}")
            act = last.act.replace("_", " ")
            yield link, who(people, last.by), act, last.at.date().isoformat(), yes
