"""The trust pack in words: what customers and tenders ask with its answer, then each part; as page, PDF, text, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

from bot.pack.pages import drawn
from bot.pack.pdf import printed
from bot.pack.sections import Section, Sheet, Table, table
from bot.words import Words
from store.portfolio import end_of
from triage.aims.kinds import Field, kinds
from triage.aims.trust import Item, Trust
from triage.aims.trusted import telling

FORMATS = ("html", "pdf", "text", "json")


def written(words: Words, found: Trust, form: str, *, approved: bool) -> bytes:
    """The same facts give the same bytes; what nobody approved says so."""
    match form:
        case "json":
            told = {
                "digest": found.digest,
                "approved": approved,
                **found.model_dump(mode="json"),
                "answers": answers(words, found),
            }
            return json.dumps(told, indent=1).encode()
        case "html":
            return drawn(sheet(words, found, approved=approved), words, foot(words, found))
        case "pdf":
            return printed(
                sheet(words, found, approved=approved), end_of(found.as_of, words.zone), foot(words, found)
            )
    return "\n".join(as_text(words, found, approved=approved)).encode()


def foot(words: Words, found: Trust) -> str:
    return words.label("trust.foot", digest=found.digest)


def title(words: Words, found: Trust) -> str:
    return words.label("trust.title", day=words.day(found.as_of))


def answers(words: Words, found: Trust) -> list[tuple[str, str]]:
    """What is asked again and again, with what the records answer by themselves; of what they do not, nothing."""
    return list(_answers(words, found))


def _answers(words: Words, found: Trust) -> Iterator[tuple[str, str]]:
    ask = words.label
    for each in found.part("policy"):
        about = {"what": each.name, "version": each.version, "since": words.day(each.since)}
        yield ask("trust.ask.policy"), ask("trust.answer.policy", **about)
    for each in found.part("commitment"):
        yield ask("trust.ask.commitment"), ask("trust.answer.commitment", since=words.day(each.since))
    for each in found.part("scope"):
        yield ask("trust.ask.scope"), " ".join(each.said.get("covers", ()))
    if found.controls:
        yield ask("trust.ask.controls"), ask("trust.answer.controls", count=len(found.controls))
    if found.shown:
        yield ask("trust.ask.shown"), ask("trust.answer.shown", count=found.shown)
    if goals := found.part("objective"):
        yield ask("trust.ask.objective"), ask("trust.answer.objective", count=len(goals))
    for each in found.part("certification"):
        about = {"norm": _first(each.said, "norm"), "number": _first(each.last, "number")}
        until = words.day(date.fromisoformat(_first(each.last, "expires")))
        yield ask("trust.ask.certification"), ask("trust.answer.certification", **about, until=until)
    if found.outside:
        yield ask("trust.ask.outside"), ask("trust.answer.outside", where=found.outside)


def _first(said: Mapping[str, tuple[str, ...]], name: str) -> str:
    return next(iter(said.get(name, ())), "")


def _top(words: Words, *, approved: bool) -> tuple[str, ...]:
    return (*(() if approved else (words.label("trust.draft"),)), words.label("trust.top"))


def sheet(words: Words, found: Trust, *, approved: bool) -> Sheet:
    told = answers(words, found)
    heads = words.label("trust.heads").split(" | ")
    says = () if told else (words.label("trust.nothing"),)
    blocks = (table(heads, told),) if told else ()
    short = Section("short", words.label("trust.short"), says, blocks)
    return Sheet(
        "trust-pack.html",
        title(words, found),
        _top(words, approved=approved),
        (short, *_sections(words, found)),
    )


def _sections(words: Words, found: Trust) -> Iterator[Section]:
    for part in found.parts:
        blocks = tuple(_item(words, part.kind, each) for each in part.items)
        yield Section(part.kind, words.label(f"trust.part.{part.kind}"), (), blocks)
    if found.controls:
        heads = words.label("trust.control_heads").split(" | ")
        drawn_up = table(heads, ((each.name, each.title) for each in found.controls))
        says = (words.label("trust.controls_say"),)
        yield Section("controls", words.label("trust.part.controls"), says, (drawn_up,))


def _item(words: Words, kind: str, item: Item) -> Table:
    """Without heads: on a phone each would stand before every row."""
    head = (item.name or words.label(f"trust.part.{kind}"), _since(words, item))
    return table((), (head, *_rows(words, kind, item)))


def _since(words: Words, item: Item) -> str:
    return words.label("trust.since", version=item.version, since=words.day(item.since))


def _rows(words: Words, kind: str, item: Item) -> Iterator[tuple[str, str]]:
    of = kinds()[kind]
    shape = next(each for each in telling().parts if each.id == kind)
    for name, said in item.said.items():
        if (field := of.field(name)) is not None:
            yield words.label(f"trust.field.{name}"), _said(words, field, said)
    fields = {
        field.id: field for act in shape.act if (found := of.act(act)) is not None for field in found.fields
    }
    for name, said in item.last.items():
        yield words.label(f"trust.field.{name}"), _said(words, fields[name], said)


def _said(words: Words, field: Field, said: tuple[str, ...]) -> str:
    match field.kind:
        case "day":
            return ", ".join(words.day(date.fromisoformat(each)) for each in said)
        case "choice" | "choices":
            return ", ".join(words.label(f"aims.choice.{field.id}.{each}") for each in said)
    return "; ".join(said)


def as_text(words: Words, found: Trust, *, approved: bool) -> Iterator[str]:
    yield title(words, found)
    yield from _top(words, approved=approved)
    told = answers(words, found)
    yield from (f"- {asked} {says}" for asked, says in told) if told else (words.label("trust.nothing"),)
    for part in found.parts:
        yield from ("", words.label(f"trust.part.{part.kind}"))
        for item in part.items:
            yield f"  {item.name or words.label(f'trust.part.{part.kind}')}, {_since(words, item)}"
            yield from (f"    {name}: {said}" for name, said in _rows(words, part.kind, item))
    if found.controls:
        yield from ("", words.label("trust.part.controls"))
        yield from (f"  {each.name} {each.title}" for each in found.controls)
    yield from ("", foot(words, found))
