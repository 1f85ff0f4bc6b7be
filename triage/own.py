"""An organisation's own rules: one file, checked like ours, kept apart from them and shown as theirs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

from intake.source import Entry, Faults, did_you_mean, read_text
from triage.rules import Change, Level
from triage.sources import level, no_level

OWN = "own"
"""The policy that they make up, in every verdict and reason."""
FILE = "own.yaml"
CHANGEABLE = "internal-tier"
"""Whose rules they may move. What the law says stands in the others, and nobody moves that."""
TIER = "tier"
LIFTED = (TIER, "dpia", "iso_impact")
"""What they may lift: how carefully the organisation looks, never the legal class or a flag."""
EMPTY = "{}"
"""The file that says nothing of their own."""
LONGEST_FILE, LONGEST_LINE, MOST = 60_000, 300, 200
ID = re.compile(r"own(-[a-z0-9]{1,20}){1,6}")
_RULE = ("id", "level", "when", "because", "source", "examples")
_SEAT = ("id", "role", "when", "because", "source", "examples")
_OF_A_SEAT = ("people", "step", "apart", "fallback", "delegable")
_CHANGE = ("rule", "level", "because", "source")


def digest_of(text: str) -> str:
    """However a line ends: a file keeps that no better than a window does."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


class OwnSource:
    """The file as it was read. `digest` is that of every sign of it: whoever agrees to rules agrees to the remarks too.

    `rules` and `seats` are entries as those of a policy of ours; `cases` the examples that stood beside them;
    `conditions` are offered and judge nothing. `said`: every entry of the file, whatever their order.
    """

    duties: tuple[Entry, ...] = ()
    calls: tuple[Entry, ...] = ()
    gates: tuple[Entry, ...] = ()
    things: Mapping[str, tuple[str, ...]] = {}

    def __init__(self, text: str, faults: Faults) -> None:
        self.rules: list[Entry] = []
        self.seats: list[Entry] = []
        self.changes: list[Entry] = []
        self.conditions: list[Entry] = []
        self.cases: list[Entry] = []
        self.sentences: dict[str, str] = {}
        self.digest = ""
        self.said: tuple[tuple[str, str], ...] = ()
        if (whole := _whole(text, faults)) is None:
            return
        fields = whole.fields(faults, (), ("rules", "seats", "changes", "conditions"))
        for entry in _each(fields, "rules", faults):
            self._rule(entry, faults)
        for entry in _each(fields, "seats", faults):
            self._seat(entry, faults)
        self.changes = list(_each(fields, "changes", faults))
        self.conditions = list(_each(fields, "conditions", faults))
        said = [(name, _plain(each)) for name in fields for each in _each(fields, name, Faults())]
        self.said = tuple(sorted(said))
        self.digest = digest_of(text)

    @property
    def says_nothing(self) -> bool:
        return not (self.rules or self.seats or self.changes)

    def _rule(self, entry: Entry, faults: Faults) -> None:
        fields = entry.fields(faults, _RULE, ("result",))
        if len(fields.keys() & set(_RULE)) < len(_RULE):
            return
        self._named(fields, faults)
        result = fields.get("result") or Entry(entry.file, entry.line, entry.id, "result", TIER)
        if result.text(faults) not in (*LIFTED, ""):
            faults.add(
                result, f"`{result.value}` is not lifted by rules of your own", did_you_mean("", LIFTED)
            )
            return
        as_ours = {name: fields[name] for name in ("id", "level", "when", "source")} | {"result": result}
        self.rules.append(Entry(entry.file, entry.line, entry.id, entry.field, dict(as_ours)))

    def _seat(self, entry: Entry, faults: Faults) -> None:
        """Somebody more whose yes it needs; nobody is let off by it."""
        fields = entry.fields(faults, _SEAT, _OF_A_SEAT)
        if len(fields.keys() & set(_SEAT)) < len(_SEAT):
            return
        self._named(fields, faults)
        as_ours = {
            name: fields[name] for name in ("id", "role", "when", "source", *_OF_A_SEAT) if name in fields
        }
        self.seats.append(Entry(entry.file, entry.line, entry.id, entry.field, dict(as_ours)))

    def _named(self, fields: Mapping[str, Entry], faults: Faults) -> None:
        """What rules and seats of theirs have in common: an id, a sentence, a source, and examples."""
        id_ = fields["id"].text(faults)
        if id_ and not ID.fullmatch(id_):
            mend = "Write it like `own-customer-calls`: small letters and digits, with hyphens."
            faults.add(fields["id"], f"`{id_[:80]}` is no id of a rule of your own", mend)
        self.sentences[id_] = line(fields["because"], faults)
        line(fields["source"], faults)
        self.cases += [_case(each, fields["id"], faults) for each in fields["examples"].items(faults)]

    def moves(
        self, standing: Mapping[str, Level], levels: tuple[Level, ...], faults: Faults
    ) -> dict[str, Change]:
        """By rule, what they move; `standing` are those of ours that set a tier, with the level of each."""
        found: dict[str, Change] = {}
        for entry in self.changes:
            fields = entry.fields(faults, _CHANGE)
            if len(fields) == len(_CHANGE) and (change := _change(fields, standing, levels, faults)):
                if change.rule in found:
                    faults.add(fields["rule"], f"`{change.rule}` is changed twice", "Remove one of them.")
                found[change.rule] = change
        return found


def _change(
    fields: Mapping[str, Entry], standing: Mapping[str, Level], levels: tuple[Level, ...], faults: Faults
) -> Change | None:
    id_, wanted = fields["rule"].text(faults), level(fields["level"], faults)
    because, source = line(fields["because"], faults), line(fields["source"], faults)
    if id_ not in standing:
        problem = f"`{id_[:80]}` is no rule of {CHANGEABLE} that sets a tier"
        faults.add(fields["rule"], problem, did_you_mean(id_, standing))
        return None
    if wanted not in levels:
        if wanted != "":
            faults.add(fields["level"], *no_level(wanted, TIER, levels))
        return None
    if wanted == standing[id_]:
        faults.add(fields["level"], f"is the level of `{id_}` already", "Remove the change.")
    return Change(rule=id_, was=standing[id_], level=wanted, because=because, source=source)


def line(entry: Entry, faults: Faults) -> str:
    """One plain sentence: it is shown among others, so it has an end and no signs that nobody sees."""
    text = " ".join(entry.text(faults).split())
    if len(text) > LONGEST_LINE:
        faults.add(entry, f"is longer than {LONGEST_LINE} characters", "Say it in one plain sentence.")
    elif not text.isprintable():
        faults.add(entry, "holds signs that cannot be seen", "Type it anew instead of copying it.")
    return text


def _whole(text: str, faults: Faults) -> Entry | None:
    if len(text) > LONGEST_FILE:
        nowhere = Entry(file=FILE, line=1, id="", field="", value=None)
        faults.add(nowhere, f"is longer than {LONGEST_FILE} characters", "Take rules out.")
        return None
    return read_text(text, FILE, faults)


def _plain(entry: Entry) -> str:
    return json.dumps(entry.plain(), sort_keys=True, ensure_ascii=False)


def _each(fields: Mapping[str, Entry], name: str, faults: Faults) -> Iterator[Entry]:
    entries = fields[name].items(faults) if name in fields else []
    if len(entries) > MOST:
        faults.add(fields[name], f"holds more than {MOST} entries", "Take some out.")
    yield from entries[:MOST]


def _case(entry: Entry, id_: Entry, faults: Faults) -> Entry:
    """As it stands among the examples of a policy of ours, where each names its rule."""
    if not isinstance(entry.value, dict):
        return entry
    return Entry(entry.file, entry.line, entry.id, entry.field, {"rule": id_, **entry.value})
