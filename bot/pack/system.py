"""Entries of the management system: scope, policies, objectives and the rest, in every version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.pack.audits import CYCLE
from bot.pack.sections import Cell, Section, Sheet, table, with_jumps
from bot.pack.using import Named, who
from bot.words import Words
from triage.aims.audited import AUDIT
from triage.aims.cycle import PROGRAMME
from triage.aims.entry import Draft, Entry, Step, said_of
from triage.aims.kinds import SEVERAL
from triage.aims.standard import standard

PEOPLE = ("person", "people")
"""Fields whose value is somebody."""


def entries_of(entries: Sequence[Entry], words: Words, people: Named) -> Section:
    """How many of each kind; the whole of them is on a page of its own."""
    title = words.label("pack.system.title")
    if not entries:
        return Section("system", title, (words.label("pack.system.none"),))
    rows = []
    for kind, those in _by_kind(entries):
        states = [each.state for each in those]
        told = ", ".join(f"{states.count(state)} {stands(words, state)}" for state in sorted(set(states)))
        rows.append((Cell(_name(kind), f"system.html#{kind}"), str(len(those)), told))
    drawn = table(words.label("pack.system.counts").split(" | "), rows)
    return Section("system", title, (words.label("pack.system.says"),), (drawn,))


def stands(words: Words, state: str) -> str:
    """Of an entry or one of its versions, in the same words wherever it is told."""
    return words.label(f"pack.system.state.{state}")


def commitment(entries: Sequence[Entry], words: Words, people: Named) -> Section:
    """What top management signed last, in its own words, with who signed it in which role, and on which day."""
    title, found = (
        words.label("pack.commitment.title"),
        [each for each in entries if each.kind == "commitment"],
    )
    held = next((draft for each in found if (draft := each.in_force) is not None), None)
    if held is None:
        return Section("commitment", title, (words.label("pack.commitment.none"),), urgent=True)
    rows = [
        (words.label("pack.commitment.sponsor"), who(people, held.said.get("sponsor"))),
        *(
            (
                words.label("pack.commitment.signed"),
                f"{who(people, yes.by)} ({_spoken(yes.role)}), {yes.at.date()}",
            )
            for yes in held.yeses
        ),
        (words.label("pack.commitment.version"), f"{found[0].ref}, {held.number}"),
    ]
    return Section("commitment", title, (str(held.said["text"]),), (table((), rows),))


def _spoken(role: str) -> str:
    return role.replace("_", " ")


def sheet(entries: Sequence[Entry], words: Words, people: Named) -> Sheet:
    sections = tuple(_sections(entries, words, people))
    top = () if sections else (words.label("pack.system.none"),)
    links = (Cell(words.label("pack.index"), "index.html"),)
    return with_jumps(Sheet("system.html", words.label("pack.system.title"), top, sections, links))


def _sections(entries: Sequence[Entry], words: Words, people: Named) -> Iterator[Section]:
    heads = words.label("pack.system.heads").split(" | ")
    for kind, those in _by_kind(entries):
        rows = (_row(entry, draft, words, people) for entry in those for draft in entry.drafts)
        steps = [step for entry in those for step in _steps(entry, words, people)]
        done = [table(words.label("pack.system.steps").split(" | "), steps)] if steps else []
        reports = [table((), (_report(each, words) for each in those if each.in_force is not None))]
        papers = reports if kind == AUDIT and reports[0].rows else []
        if kind == PROGRAMME and any(each.in_force is not None for each in those):
            papers = [table((), [(Cell(words.label("cycle.title"), CYCLE),)])]
        yield Section(kind, _name(kind), (), (table(heads, rows, anchors=True), *papers, *done))


def _report(audit: Entry, words: Words) -> tuple[str | Cell, ...]:
    return (Cell(words.label("audited.title", ref=audit.ref, title=audit.title), f"audits/{audit.ref}.html"),)


def _alone(entry: Entry, step: Step) -> bool:
    """Whether this version counted without anybody's yes."""
    number = int(str(step.detail["draft"]))
    return any(each.number == number and each.since == each.at and not each.yeses for each in entry.drafts)


def _steps(entry: Entry, words: Words, people: Named) -> Iterator[tuple[str, ...]]:
    """All that was done with it, in the order in which it was: by whom, in which role, on which day."""
    for step in entry.steps:
        told = said_of(step, frozenset(each.id for each in entry.of.fields if each.kind in SEVERAL))
        said = "; ".join(f"{name.replace('_', ' ')}: {_said(held)}" for name, held in told.items())
        act = str(step.detail.get("act", "")).replace("_", " ")
        what = act or words.label(f"pack.system.step.{step.kind}")
        about = "" if step.kind == "draft" else said
        if step.kind == "draft" and _alone(entry, step):
            about = words.label("pack.system.no_yes")
        by = who(people, step.by) or words.label("pack.system.operator")
        role = step.role.replace("_", " ").removeprefix("field:")
        number = str(step.detail.get("draft", ""))
        yield (entry.ref, what, number, by, role, step.at.date().isoformat(), about)


def _row(entry: Entry, draft: Draft, words: Words, people: Named) -> tuple[str, ...]:
    signed = ", ".join(f"{who(people, yes.by)} ({yes.role}, {yes.at.date()})" for yes in draft.yeses)
    known = [field.id for field in entry.of.fields]
    names = sorted(draft.said, key=lambda name: (known.index(name) if name in known else len(known), name))
    named = {field.id for field in entry.of.fields if field.kind in PEOPLE}
    told = {name: _named(draft.said[name], people) if name in named else draft.said[name] for name in names}
    said = "; ".join(f"{name.replace('_', ' ')}: {_said(held)}" for name, held in told.items())
    said = "; ".join(filter(None, (_point(entry), said)))
    counts = entry.in_force is not None and entry.in_force.number == draft.number
    state = "in_force" if counts else draft.ended or ("proposed" if draft.since is None else "replaced")
    ref = entry.ref if draft.number == 1 else f"{entry.ref}.{draft.number}"
    return (
        ref,
        str(draft.number),
        stands(words, state),
        said,
        who(people, draft.by),
        signed,
        draft.at.date().isoformat(),
    )


def _point(entry: Entry) -> str:
    """Which control or clause it is about, where it is called by one."""
    found = standard().get(entry.name)
    return f"{entry.name}, {found.title}" if found else ""


def _named(held: object, people: Named) -> object:
    """Whoever an entry names stands here like whoever signed it."""
    return tuple(who(people, each) for each in held) if isinstance(held, tuple) else who(people, held)


def _said(held: object) -> str:
    return ", ".join(map(str, held)) if isinstance(held, tuple) else str(held)


def _by_kind(entries: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    for kind, those in groupby(
        sorted(entries, key=lambda each: (each.kind, each.ref)), lambda each: each.kind
    ):
        yield kind, list(those)


def _name(kind: str) -> str:
    return kind.replace("_", " ").capitalize()
