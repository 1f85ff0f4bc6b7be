"""The report of an internal audit as one document: as a page, a PDF, text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from bot.pack.pages import drawn
from bot.pack.pdf import printed
from bot.pack.sections import Cell, Section, Sheet, Table, table
from bot.pack.using import Named, moment, who
from bot.words import Words
from triage.aims.audited import Audited, Ended, Finding
from triage.aims.standard import groups

FORMATS = ("html", "pdf", "text", "json")


def digest_of(found: Audited) -> str:
    return sha256(as_json(found).encode()).hexdigest()


def as_json(found: Audited) -> str:
    return json.dumps(found.model_dump(mode="json"), indent=1, sort_keys=True)


def written(words: Words, found: Audited, people: Named, form: str) -> bytes:
    """The same entries and names give the same bytes."""
    made, foot = sheet(words, found, people), words.label("audited.foot", digest=digest_of(found))
    match form:
        case "json":
            return as_json(found).encode()
        case "html":
            return drawn(made, words, foot)
        case "pdf":
            return printed(made, found.at, foot)
    return "\n".join([*_lines(made), foot]).encode("utf-8", "replace")


def chapter(words: Words, number: str) -> str:
    """A clause by its number, a group of controls by its title, too."""
    title = groups().get(number)
    return f"{number} {title}" if title else words.label("cycle.clause", number=number)


def sheet(words: Words, found: Audited, people: Named, links: tuple[Cell, ...] = ()) -> Sheet:
    """`links`: where else to go, in a pack."""
    title = words.label("audited.title", ref=found.ref, title=found.title)
    state = "closed" if found.closed else "reported" if found.reported else "held" if found.held else "open"
    return Sheet(
        f"{found.ref}.html",
        title,
        (words.label(f"audited.is.{state}"),),
        tuple(_sections(words, found, people)),
        links,
    )


def _sections(words: Words, found: Audited, people: Named) -> Iterator[Section]:
    yield _conclusion(words, found, people)
    yield _findings(words, found, people)
    yield _plan(words, found, people)
    yield _sample(words, found, people)
    yield _looked(words, found, people)


def _conclusion(words: Words, found: Audited, people: Named) -> Section:
    says = (found.held.words,) if found.held else (words.label("audited.not_held"),)
    conclusion = words.label(f"audited.conclusion.{found.held.conclusion}") if found.held else ""
    rows = [
        (words.label("audited.concluded"), conclusion),
        (words.label("audited.held"), _by(found.held, people)),
        (words.label("audited.reported"), _by(found.reported, people)),
        (words.label("audited.told"), _named(people, found.reported.told if found.reported else ())),
        (words.label("audited.closed"), _by(found.closed, people)),
        (words.label("audited.because"), found.closed.words if found.closed else ""),
    ]
    return Section("conclusion", words.label("audited.conclusion_head"), says, _plain(rows), urgent=True)


def _findings(words: Words, found: Audited, people: Named) -> Section:
    says = [] if found.found else [words.label("audited.no_findings")]
    says += [words.label("audited.hidden", count=found.hidden)] if found.hidden else []
    blocks = []
    if found.found:
        rows = ((each.use, each.word, _became(words, each, people)) for each in found.found)
        blocks.append(table(words.label("audited.found_heads").split(" | "), rows))
    if found.raised:
        raised = (
            (
                *(each.ref, each.title or words.label("audited.closed_title")),
                *(words.label(f"aims.choice.weight.{each.weight}"), who(people, each.owner)),
                *(each.due.isoformat() if each.due else "", words.label(f"management.state.{each.state}")),
            )
            for each in found.raised
        )
        blocks.append(table(words.label("audited.raised_heads").split(" | "), raised))
    return Section("findings", words.label("audited.findings"), tuple(says), tuple(blocks))


def _became(words: Words, each: Finding, people: Named) -> str:
    facts = {"refs": ", ".join(each.refs), "who": who(people, each.by), "because": each.because}
    return words.label(f"audited.became.{each.outcome}", **facts)


def _plan(words: Words, found: Audited, people: Named) -> Section:
    yes = ", ".join(f"{who(people, each.by)} ({moment(each.at.isoformat())})" for each in found.yeses)
    rows = [
        (words.label("audited.objective"), found.objective),
        (words.label("audited.scope"), "; ".join(found.scope)),
        (words.label("audited.criteria"), ", ".join(found.criteria)),
        (words.label("audited.auditors"), _named(people, found.auditors)),
        (words.label("audited.days"), f"{found.begins} – {found.due}"),
        (words.label("audited.drafted"), who(people, found.drafted)),
        (words.label("audited.yeses"), yes),
        (words.label("audited.version"), str(found.version)),
    ]
    return Section("plan", words.label("audited.plan"), (), _plain(rows))


def _sample(words: Words, found: Audited, people: Named) -> Section:
    title, lot = words.label("audited.sample"), found.lot
    if lot is None:
        return Section("sample", title, (words.label("audited.not_drawn"),))
    closed = words.label("audited.closed_uses", count=lot.closed) if lot.closed else ""
    rows = [
        (words.label("audited.drawn"), ", ".join(filter(None, (*lot.sample, closed)))),
        (words.label("audited.size"), f"{lot.size} / {lot.population}"),
        (words.label("audited.seed"), lot.seed),
        (words.label("audited.digest"), lot.digest),
        (words.label("audited.by"), f"{who(people, lot.by)}, {moment(lot.at.isoformat())}"),
        (words.label("audited.unseen"), ", ".join(found.unseen)),
    ]
    return Section("sample", title, (words.label("audited.again", ref=found.ref),), _plain(rows))


def _looked(words: Words, found: Audited, people: Named) -> Section:
    rows = [
        (
            ", ".join(filter(None, (*each.uses, words.label("audited.closed_uses", count=each.closed)
                                    if each.closed else ""))),
            *(words.label(f"audited.verdict.{each.verdict}"), each.word),
            *(who(people, each.by), moment(each.at.isoformat())),
        )
        for each in found.looked
    ]  # fmt: skip
    heads = words.label("audited.looked_heads").split(" | ")
    says = () if rows else (words.label("audited.nothing_looked"),)
    return Section("looked", words.label("audited.looked"), says, (table(heads, rows),) if rows else ())


def _plain(rows: list[tuple[str, str]]) -> tuple[Table, ...]:
    return (table((), (row for row in rows if row[1])),)


def _by(ended: Ended | None, people: Named) -> str:
    return f"{who(people, ended.by)}, {moment(ended.at.isoformat())}" if ended else ""


def _named(people: Named, them: tuple[str, ...]) -> str:
    return ", ".join(who(people, each) for each in them)


def _lines(made: Sheet) -> Iterator[str]:
    yield from (made.title, *made.top)
    for section in made.sections:
        yield from ("", section.title, *section.says)
        for block in section.blocks:
            for row in block.rows if isinstance(block, Table) else ():
                yield "- " + " · ".join(cell.text for cell in row if cell.text)
    yield ""
