"""What one sealed line says, in words: who it was, what they did to what, and what stands below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.cli.recalled import Given, Past
from bot.markup import one_line
from bot.words import Words
from store.content import RECORD, WORDS
from store.recounted import Recounted

SHORT = 12
"""Characters of a digest by which a person finds it again."""
BY_ITSELF = frozenset(
    {
        *(
            "stage.began",
            "tasks.called",
            "tasks.dropped",
            "gate.opened",
            "question.referred",
            "referral.closed",
        ),
        *("case.recorded", "case.blocked", "case.unblocked", "case.rejudged", "case.under_reassessment"),
        *("case.lapsed", "condition.unmet", "condition.restored", "exception.gone", "motion.gone"),
        *("pattern.unfounded", "pattern.suspended", "pattern.drawn", "pattern.over", "pairing.told"),
        "form.changed",
    }
)
"""What follows by rule, though its line names whose wish it followed."""
ALWAYS_WHERE = frozenset({"condition.unmet", "condition.restored"})
"""Of which one wants to know what became of the approval, though its state may be the same."""
AT_A_TERMINAL = frozenset({"text.erased", "use.disclosed", "facts.changed", "tool.terms_checked"})
TOLD = (
    "seat",
    "valid_until",
    "ground",
    "because",
    "stood",
    "effect",
    "matter",
    "together",
    "more",
    "less",
    "last_day",
)
"""What else of a line is worth a word; ids and digests are in the export."""
OF_A_MODEL = ("about", "questions", "kept", "changed", "dropped", "prompt", "tokens", "model", "models")
"""The same of a line about what a model was asked and said."""
PEOPLE = ("person", "owner", "holder", "monitor", "people", "yes", "for")


class Stating:
    """With the names of people as they are called now, and what earlier lines said."""

    def __init__(self, words: Words, names: Mapping[str, str], past: Past) -> None:
        self._words, self._names, self._past = words, names, past

    def who(self, line: Recounted) -> str:
        """The machine where it acted, upon whose wish that may have been; never somebody who did not."""
        if self._is_by_itself(line):
            if not line.actor:
                return self._words.label("trail.nobody")
            return self._words.label("trail.machine", who=self.name(line.actor))
        if not line.actor:
            known = "trail.terminal" if line.what in AT_A_TERMINAL else "trail.nobody"
            return self._words.label(known)
        role = str(line.detail.get("role", ""))
        return f"{self.name(line.actor)}{f' ({self._role(role)})' if role else ''}"

    def _is_by_itself(self, line: Recounted) -> bool:
        if line.what == "part.named":
            named = str(line.detail.get("appointment", ""))
            return not self._past.named_by.get(named, "" if named.endswith(":owner") else line.actor)
        if line.what == "case.blocked" and self._past.status == "draft":
            return False
        return line.what in BY_ITSELF

    def name(self, person: object) -> str:
        return one_line(self._names.get(str(person), str(person)))

    def phrase(self, line: Recounted) -> str:
        """With what it was about, where the line or an earlier one still says that."""
        key = f"story.{line.what}"
        if line.what == "case.declined" and self._kind(line) == "confirm_prohibited":
            key = "story.case.prohibited"
        elif line.what == "stage.moved" and line.detail.get("to") == "retired":
            key = "story.stage.retired"
        elif line.what == "case.blocked" and self._past.status == "draft":
            key = "story.case.blocked_at_once"
        facts = self._facts(line)
        if self._words.has(key) and self._words.placeholders(key) <= facts.keys():
            return self._words.label(key, **facts)
        return phrase(line.what, self._words)

    def _kind(self, line: Recounted) -> str:
        known = self._past.records.get(str(line.detail.get("decision")), {})
        return str(line.detail.get("kind") or known.get("kind") or "")

    def _facts(self, line: Recounted) -> dict[str, object]:
        detail, words = line.detail, self._words
        facts: dict[str, object] = {
            name: self._listed(map(self.name, _many(detail[name]))) for name in PEOPLE if detail.get(name)
        }
        if detail.get("people") == []:
            facts["people"] = words.label("story.channel")
        if "tasks" in detail:
            facts["tasks"] = self._listed(map(self._task, detail["tasks"]))
        facts |= {"task": self._task(detail["task"])} if "task" in detail else {}
        for name in ("field", "question"):
            facts |= {name: _plain(detail[name])} if name in detail else {}
        for name in ("questions", "instead_of"):
            facts |= {name: self._listed(map(_plain, detail[name]))} if name in detail else {}
        if "to" in detail:
            facts["to"] = self._listed(self._stage(each) for each in _many(detail["to"]))
        facts |= {"was": self._stage(detail["from"])} if "from" in detail else {}
        facts |= {"part": self._known("part", detail["part"])} if "part" in detail else {}
        facts |= {"role": self._role(str(detail["role"]))} if "role" in detail else {}
        facts |= {"every": self._known("every", detail["every"])} if "every" in detail else {}
        facts |= {name: detail[name] for name in ("line", "named", "until") if name in detail}
        if (pattern := self._past.patterns.get(str(detail.get("pattern")))) and "named" not in facts:
            facts["named"] = pattern
        if "condition" in detail:
            facts["number"] = int(str(detail["condition"]).rpartition(":")[2] or 0)
        if (
            unit := line.texts.get("unit") or self._past.teams.get(str(detail.get("deployment")))
        ) is not None:
            facts["unit"] = one_line(unit)
        return facts

    def more(self, line: Recounted) -> str:
        """In brackets behind the phrase."""
        detail, words = line.detail, self._words
        told = (*TOLD, *OF_A_MODEL) if line.what.startswith("model.") else TOLD
        said = [f"{_plain(name)} {self._value(detail[name])}" for name in told if detail.get(name)]
        if "for" in detail:
            days = {name: detail.get(name) for name in ("since", "until")}
            said.append(words.label("trail.in_place", person=self.name(detail["for"]), **days))
        if "tier_floor" in detail:
            said.append(words.label("trail.found", tier=_bounds(detail, "tier"), eu=_bounds(detail, "eu")))
        status = str(detail.get("status", ""))
        moved = status and self._past.status not in ("", status) and line.what != f"case.{status}"
        if moved or line.what in ALWAYS_WHERE:
            said.append(words.label("story.now", status=self._known("status", status)))
        return f" ({'; '.join(said)})" if said else ""

    def below(self, line: Recounted) -> Iterator[str]:
        """One sentence each, all of them ours but for names and short ids."""
        detail, words, past = line.detail, self._words, self._past
        if line.what == "text.erased" and (gone := past.lines.get(int(detail.get("line", 0)))):
            at = moment(gone.at)
            yield words.label("story.erased_line", line=gone.seq, at=at, what=phrase(gone.what, words))
        if "decision" in detail and "facts" in detail:
            known = past.records.get(str(detail["decision"]), {})
            policies = detail.get("policies") or known.get("policies") or []
            under = self._listed(map(_policy, policies)) or words.label("story.not_said")
            yield words.label("story.grounds", facts=str(detail["facts"])[:SHORT], policies=under)
            for id in known.get("rests_on", ()):
                if (earlier := past.decided.get(str(id))) is not None:
                    given = {"person": self.name(earlier.by), "at": moment(earlier.at)}
                    yield words.label("story.rests_on", role=self._role(earlier.role), **given)
        elif "facts" in detail and "approved_on" in detail:
            digests = {"facts": str(detail["facts"])[:SHORT], "before": str(detail["approved_on"])[:SHORT]}
            yield words.label("story.changed_facts", **digests)

    def text(self, line: Recounted, name: str) -> tuple[str, str | None]:
        """What a text is called, and what was written; None where that is gone."""
        number = name.rpartition("_")[2]
        past = number in _many(line.detail.get("past", [])) and name.startswith("reading_")
        return _plain(name) + (f" {self._words.label('story.past_limit')}" if past else ""), line.texts[name]

    def terms(self, given: Given) -> str:
        """What one condition is bound to; empty where it is bound to nothing."""
        words, said = self._words, []
        if given.owner:
            said.append(words.label("story.for_whom", person=self.name(given.owner)))
        if given.due:
            said.append(words.label("story.due", day=given.due))
        if given.otherwise:
            said.append(words.label("story.otherwise", then=self._known("otherwise", given.otherwise)))
        return "; ".join(said)

    def _task(self, task: object) -> str:
        day = self._past.days.get(str(task))
        return f"{_plain(task)} ({self._words.label('story.due', day=day)})" if day else _plain(task)

    def _stage(self, stage: object) -> str:
        return self._known("stage", stage)

    def _role(self, role: str) -> str:
        return self._known("role_name", role)

    def _known(self, kind: str, name: object) -> str:
        key = f"{kind}.{name}"
        return self._words.label(key) if self._words.has(key) else _plain(name)

    def _value(self, value: object) -> str:
        return ", ".join(_plain(each) for each in _many(value))

    def _listed(self, each: Any) -> str:
        return ", ".join(each)


def phrase(what: str, words: Words) -> str:
    """In plain words; what no words are known for is told as it stands, and never left out."""
    key, (wish, _, last) = f"trail.{what}", what.rpartition(".")
    if words.has(key):
        return words.label(key)
    return words.label("trail.refused", wish=wish.replace("_", " ")) if last == "refused" else what


def moment(at: str) -> str:
    """To the second."""
    return at[:19].replace("T", " ")


def shown(line: Recounted) -> list[str]:
    """The names of its texts, conditions in the order in which they were given."""
    return sorted((name for name in line.texts if name not in (RECORD, WORDS)), key=_numbered)


def _numbered(name: str) -> tuple[str, int]:
    word, _, number = name.rpartition("_")
    return (word, int(number)) if number.isdigit() else (name, 0)


def _many(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _plain(value: object) -> str:
    return one_line(str(value)).replace("_", " ")


def _policy(named: object) -> str:
    """Name, version and the beginning of its digest."""
    name, version, digest = (*str(named).split(" "), "", "")[:3]
    return f"{name} {version} {digest[:SHORT]}".strip()


def _bounds(detail: Mapping[str, Any], result: str) -> str:
    floor, ceiling = detail[f"{result}_floor"], detail[f"{result}_ceiling"]
    return str(floor) if floor == ceiling else f"{floor} to {ceiling}"
