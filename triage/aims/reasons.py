"""Reads what of operation speaks for each control of Annex A; nothing is counted or proposed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from intake.condition import Condition
from intake.form import Form
from intake.forms import ai_use
from intake.grammar import Vocabulary, parse_condition, parse_terms
from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.aims.kinds import kinds
from triage.aims.standard import controls
from triage.policies import POLICIES

FILE = Path(__file__).with_name("applicability.yaml")
ALWAYS = "always"
"""The reason of what the management system asks for in any case."""


class Told(Value):
    """What speaks for a control: a condition on a use, the call whose condition it is, or what the organisation says.

    `tools`: how many tools they are is told, too.
    """

    id: str
    when: Condition | None = None
    call: str = ""
    plays: tuple[str, ...] = ()
    incidents: bool = False
    tools: bool = False

    @property
    def of_uses(self) -> bool:
        return self.when is not None or bool(self.call)


class Spoken(Value):
    """`not_for`: the parts beside which it may be proposed that it does not apply; None: that is never proposed."""

    control: str
    reasons: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    always: bool = False
    by_use: bool = False
    not_for: tuple[str, ...] | None = None


class Spoke(Value):
    reasons: Mapping[str, Told]
    controls: Mapping[str, Spoken]


@cache
def spoke() -> Spoke:
    """By id; raises Damaged with all faults of the file."""
    faults = Faults()
    entry = read_file(FILE, faults)
    top = entry.fields(faults, ("version", "reasons", "controls")) if entry else {}
    faults.stop_if_any()
    words = _vocabulary(ai_use(), faults)
    reasons = {name: _told(name, each, words, faults) for name, each in _named(top["reasons"])}
    found = {name: _spoken(name, each, reasons, faults) for name, each in _named(top["controls"])}
    known = [each.id for each in controls()]
    for missing in [name for name in known if name not in found]:
        faults.add(top["controls"], f"says nothing of {missing}", "Say what speaks for each control.")
    for name, each in _named(top["controls"]):
        if name not in known:
            faults.add(each, f"`{name}` is no control of Annex A", did_you_mean(name, known))
    faults.stop_if_any()
    return Spoke(reasons=reasons, controls={name: found[name] for name in known})


def _vocabulary(form: Form, faults: Faults) -> Vocabulary:
    """The words of the policies: questions of the form, its terms and those that all policies share."""
    words = Vocabulary(questions=form.by_id, terms=form.terms, gates=form.gates)
    shared = read_file(POLICIES / "terms.yaml", faults)
    terms = parse_terms(shared, faults, words) if shared else form.terms
    return Vocabulary(questions=form.by_id, terms=terms, gates=form.gates)


def _named(entry: Entry) -> Iterator[tuple[str, Entry]]:
    yield from (entry.value.items() if isinstance(entry.value, dict) else ())


def _told(name: str, entry: Entry, words: Vocabulary, faults: Faults) -> Told:
    given = entry.fields(faults, (), ("when", "call", "plays", "incidents", "tools"))
    if len(given.keys() - {"tools"}) != 1:
        faults.add(entry, "is not one reason", "Give one of when, call, plays and incidents.")
    return Told(
        id=name,
        when=parse_condition(given["when"], faults, words) if "when" in given else None,
        call=given["call"].text(faults) if "call" in given else "",
        plays=_parts(given.get("plays"), faults),
        incidents="incidents" in given and given["incidents"].flag(faults),
        tools="tools" in given and given["tools"].flag(faults),
    )


def _spoken(name: str, entry: Entry, reasons: Mapping[str, Told], faults: Faults) -> Spoken:
    given = entry.fields(faults, (), ("reasons", "duties", "always", "by_use", "not_for"))
    named = tuple(given["reasons"].texts(faults)) if "reasons" in given else ()
    for each in named:
        if each not in reasons:
            faults.add(given["reasons"], f"`{each}` is no reason here", did_you_mean(each, reasons))
    always = "always" in given and given["always"].flag(faults)
    if not (named or always):
        faults.add(entry, "has nothing that speaks for it", "Name a reason.")
    return Spoken(
        control=name,
        reasons=named,
        duties=tuple(given["duties"].texts(faults)) if "duties" in given else (),
        always=always,
        by_use="by_use" in given and given["by_use"].flag(faults),
        not_for=_parts(given["not_for"], faults) if "not_for" in given else None,
    )


def _parts(entry: Entry | None, faults: Faults) -> tuple[str, ...]:
    if entry is None:
        return ()
    field = kinds()["context"].field("plays")
    known = field.choices if field else ()
    named = entry.texts(faults)
    for each in named:
        if each not in known:
            faults.add(entry, f"`{each}` is no part that an organisation plays", did_you_mean(each, known))
    return tuple(named)
