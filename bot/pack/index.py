"""The sections of the index: the gaps first, then what the pack is, and each part of the management system in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot import charting, digesting
from bot.pack import (
    agenda,
    audits,
    awareness,
    frameworks,
    laid,
    links,
    risks,
    scope,
    standing,
    suppliers,
    trained,
)
from bot.pack.gaps import KINDS
from bot.pack.gapwords import means, next_of, what_of
from bot.pack.gathered import Told
from bot.pack.pages import FIRST, heads
from bot.pack.sections import Bars, Cell, Section, Sheet, Table, table
from bot.pack.system import commitment, entries_of
from bot.pack.using import Named, moment, who
from bot.words import Words
from triage.sorts import ORIGINS, PARTS

SPOKEN = {
    "decisions": "dossier.decision",
    "conditions": "pack.condition_state",
    "reviews": "dossier.review_state",
}
"""Where the words stand for what is counted."""
NAMING = "roles."
RULES = {name: f"wordings/aims/{name}.yaml" for name in ("evidence", "applicability", "certification")}
SAID = ("organisation.", "roles.", "channels.", "policies", "tools.", "language", "timezone", "country")
"""Settings that say what the organisation is and who does what in it."""


def sheet(told: Told, words: Words, people: Named, contents: str) -> Sheet:
    """`contents`: the digest of all that is not this page."""
    top = (words.label("pack.intro", day=told.day, zone=told.zone),)
    pages = [
        *(("register.html", "register"), ("scope.html", "scope"), ("coverage.html", "coverage")),
        *(("applicability.html", "applicability"), ("incidents.html", "incidents")),
        *(("risks.html", "risks"), ("suppliers.html", "suppliers"), ("system.html", "system")),
        *(("#audits", "audits"), ("people.html", "read"), ("training.html", "trained")),
        *(("frameworks.html", "frameworks"), ("portfolio.html", "portfolio"), ("calendar.html", "calendar")),
        *(("#laid", "laid"), ("#wordings", "wordings"), ("trail.html", "trail")),
    ]
    there = [Cell(words.label(f"pack.{name}.title"), href) for href, name in pages if _is_there(told, name)]
    return Sheet(
        "index.html",
        words.label("pack.title", day=told.day),
        top,
        tuple(sections(told, words, people, contents)),
        (*there, Cell("PDF", "evidence.pdf"), Cell("Excel", "register.xlsx")),
    )


def _is_there(told: Told, name: str) -> bool:
    there = {"coverage": bool(told.covered), "applicability": told.statement is not None}
    there |= {"frameworks": bool(told.tagged)}
    return (there | {"scope": told.scope is not None}).get(name, True)


def sections(told: Told, words: Words, people: Named, contents: str) -> Iterator[Section]:
    yield gaps(told, words)
    yield _about(told, words, contents)
    yield _organisation(told, words, people)
    yield commitment(told.entries, words, people)
    yield scope.in_short(told.scope, words)
    yield _register(told, words)
    for part, counted in (
        ("decisions", told.tally.decisions),
        ("conditions", told.tally.conditions),
        ("reviews", told.tally.reviews),
    ):
        yield _counted(words, part, counted)
    yield _incidents(told, words)
    if told.covered:
        yield standing.coverage_in_short(told.covered, words)
    if told.statement is not None:
        yield standing.statement_in_short(told.statement, words)
    yield risks.in_short(told.risks, words)
    yield suppliers.in_short(told.suppliers, words)
    yield frameworks.in_short(told.tagged, words)
    yield entries_of(told.entries, words, people)
    yield audits.in_short(told.entries, words)
    yield awareness.section(told.versions, told.entries, words)
    yield trained.section(told.trainings, date.fromisoformat(told.day), words)
    yield agenda.in_short(told.dated, words)
    yield laid.section(told.laid, words)
    yield _wordings(told, words)
    yield trail(told, words, 12)
    yield _attached(told, words)
    yield links.in_short(told.outside, words)
    yield Section(
        "files", words.label("pack.files.title"), tuple(words.label("pack.files.says").split(" | "))
    )


def gaps(told: Told, words: Words) -> Section:
    """One table; of each kind the first few and how many there are."""
    found = told.tally.found
    if not any(found.values()):
        return Section(
            "gaps", words.label("pack.gaps.title"), (words.label("pack.gaps.none"),), (), urgent=True
        )
    many = sum(found.values())
    counts = table(
        words.label("pack.gaps.counts").split(" | "),
        ((means(words, kind), str(found[kind]), next_of(words, kind)) for kind in KINDS if found[kind]),
    )
    blocks = [counts, *_by_kind(told, words)]
    says = (words.label("pack.gaps.says", count=many),)
    return Section("gaps", words.label("pack.gaps.title"), says, tuple(blocks), urgent=True)


def _by_kind(told: Told, words: Words) -> Iterator[Table]:
    for kind in KINDS:
        shown, count = told.tally.gaps[kind], told.tally.found[kind]
        if shown:
            more = words.label("pack.gaps.more", shown=len(shown), count=count) if count > len(shown) else ""
            heads = (
                means(words, kind),
                words.label("pack.gaps.what"),
                words.label("pack.gaps.since"),
            )
            yield table(heads, ((gap.cell, what_of(words, gap), gap.since) for gap in shown), more)


def _about(told: Told, words: Words, contents: str) -> Section:
    proof = "not" if told.proof is None else "ok" if told.proof.ok else "differs"
    says = [
        *words.label("pack.about.says").split(" | "),
        words.label(f"pack.about.proof_{proof}"),
        *((words.label("pack.about.names_unproven"),) if told.named else ()),
        words.label("pack.about.noted"),
        words.label("pack.about.whole" if told.whole else "pack.about.closed", count=told.tally.confidential),
        words.label("pack.about.named" if told.named else "pack.about.unnamed"),
    ]
    rows = ((words.label("pack.about.contents"), contents), (words.label("pack.about.head"), told.trail.head))
    return Section("about", words.label("pack.about.title"), tuple(says), (table((), rows),))


def _organisation(told: Told, words: Words, people: Named) -> Section:
    rows = [
        (_key(words, key), _value(value, people))
        for key, value in told.settings.items()
        if key.startswith(SAID) and value not in (None, [], "")
    ]
    return Section(
        "organisation", words.label("pack.organisation.title"), (), (table((), rows),) if rows else ()
    )


def _key(words: Words, key: str) -> str:
    role = key.removeprefix(NAMING)
    known = f"role_name.{role}" if role != key else f"pack.setting.{key}"
    return words.label(known) if words.has(known) else key


def _value(value: object, people: Named) -> str:
    if value in ("True", "False"):
        return "yes" if value == "True" else "no"
    return ", ".join(who(people, each) for each in value) if isinstance(value, list) else who(people, value)


def _register(told: Told, words: Words) -> Section:
    counts = told.tally.counts()
    rows, legend = digesting.rows(words, counts), digesting.legend(words)
    picture = charting.svg(rows, legend, words.label("pack.register.title"), inline=True)
    bars = Bars(picture, tuple(legend), tuple((row.tier, row.counts) for row in rows))
    states: dict[str, int] = {}
    for count in counts:
        states[count.state] = states.get(count.state, 0) + count.uses
    by_state = table(
        words.label("pack.register.states").split(" | "),
        ((words.label(f"status.{state}"), str(uses)) for state, uses in sorted(states.items())),
    )
    says = (words.label("pack.register.says", count=told.uses),)
    sorts = [
        table(
            words.label(f"pack.register.{of}").split(" | "),
            ((words.label(f"digest.{of}.{each}"), str(counted[each])) for each in kinds if counted[each]),
        )
        for of, kinds, counted in (("origin", ORIGINS, told.tally.origins), ("part", PARTS, told.tally.parts))
        if counted
    ]
    first = uses(told, words, FIRST)
    return Section(
        "register", words.label("pack.register.title"), says, (bars, by_state, *sorts, first) if rows else ()
    )


def uses(told: Told, words: Words, most: int) -> Table:
    more = words.label("pack.register.more", count=told.uses) if told.uses > most else ""
    return table(heads(words, scoped=told.scope is not None), told.first_uses[:most], more)


def _counted(words: Words, part: str, counted: Mapping[str, int]) -> Section:
    rows = [(words.label(f"{SPOKEN[part]}.{kind}"), str(count)) for kind, count in sorted(counted.items())]
    says = (words.label(f"pack.{part}.says"),) if rows else (words.label("pack.none"),)
    heads = words.label("pack.counted").split(" | ")
    return Section(part, words.label(f"pack.{part}.title"), says, (table(heads, rows),) if rows else ())


def _incidents(told: Told, words: Words) -> Section:
    return _listed(words, "incidents", (each.row for each in told.incidents))


def _wordings(told: Told, words: Words) -> Section:
    rows = [
        (each.kind, Cell(each.name, each.href), each.version, each.first_seen[:10], each.digest[:16])
        for each in told.wordings
    ]
    section = _listed(words, "wordings", rows)
    rules = [(Cell(name, name), words.label(f"pack.wordings.of.{key}")) for key, name in RULES.items()]
    drawn = table(words.label("pack.wordings.rules").split(" | "), rules)
    return section._replace(blocks=(*section.blocks, drawn))


def _attached(told: Told, words: Words) -> Section:
    rows = [(Cell(name, file), media, size, sha) for file, name, media, size, sha in told.attached.rows]
    section = _listed(words, "attachments", rows)
    left = told.attached.left_out
    more = (words.label("pack.attachments.left_out", count=left),) if left else ()
    return section._replace(says=(*section.says, *more))


def _listed(words: Words, part: str, rows: Iterable[Iterable[str | Cell]]) -> Section:
    drawn = table(words.label(f"pack.{part}.heads").split(" | "), rows)
    says = words.label(f"pack.{part}.says") if drawn.rows else words.label("pack.none")
    return Section(part, words.label(f"pack.{part}.title"), (says,), (drawn,) if drawn.rows else ())


def trail(told: Told, words: Words, most: int) -> Section:
    """`most`: so many kinds, the most frequent first."""
    found = told.trail
    kinds = sorted(found.kinds.items(), key=lambda each: (-each[1], each[0]))
    about = table(
        (),
        (
            (words.label("pack.trail.lines"), str(found.lines)),
            (words.label("pack.trail.span"), f"{moment(found.first)} – {moment(found.last)}"),
            (words.label("pack.trail.head"), found.head),
            (words.label("pack.trail.texts"), _texts(words, told)),
        ),
    )
    more = words.label("pack.trail.more", count=len(kinds) - most) if len(kinds) > most else ""
    shown = table(
        words.label("pack.trail.heads").split(" | "),
        ((what, str(count)) for what, count in kinds[:most]),
        more,
    )
    says = (words.label("pack.trail.says"), *_left_out(words, told))
    return Section("trail", words.label("pack.trail.title"), says, (about, shown))


def _left_out(words: Words, told: Told) -> Iterator[str]:
    """How many words the pack does not hold, and for which reasons, as its manifest says."""
    left = {name: count for name, count in told.texts.items() if name != "written" and count}
    if left:
        why = [words.label(f"pack.trail.left.{name}", count=count) for name, count in sorted(left.items())]
        yield words.label("pack.trail.left_out", count=sum(left.values()), why="; ".join(why))


def _texts(words: Words, told: Told) -> str:
    left = sum(count for name, count in told.texts.items() if name != "written")
    return words.label(
        "pack.trail.texts_told", written=told.texts["written"], left=left, erased=len(told.trail.erased)
    )
