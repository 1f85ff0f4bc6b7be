"""How a dossier names people, choices and levels: to insiders by name, to outsiders by what they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.dossier.parts import Audience
from bot.markup import one_line
from bot.words import Words
from intake.answers import Answer, State
from intake.form import Form, Kind
from intake.texts import Wording
from store.dossier import Kept
from triage.case import Case
from triage.verdict import Bounds

OTHER = "colleague"


class Voice:
    """For one dossier. `names` calls people as its readers may know them."""

    def __init__(self, words: Words, form: Form, wording: Wording, kept: Kept, audience: Audience) -> None:
        self.words, self.form, self.wording, self.audience = words, form, wording, audience
        self.inside = audience == "inside"
        self.names: Mapping[str, str] = kept.names if self.inside else _called(words, kept)

    def name(self, person: str | None, nobody: str = "") -> str:
        if not person:
            return nobody
        if self.inside:
            return one_line(self.names.get(person, person))
        return self.names.get(person) or self.words.label("dossier.somebody.colleague")

    def role(self, role: str) -> str:
        return self.known("role_name", role)

    def known(self, kind: str, name: object) -> str:
        """A word of ours where there is one; else the name itself."""
        key = f"{kind}.{name}"
        return self.words.label(key) if self.words.has(key) else one_line(str(name)).replace("_", " ")

    def signed(self, person: str, role: str) -> str:
        """Outsiders read the role alone, which is how a person is called there."""
        who = self.name(person)
        return f"{who} ({self.role(role)})" if self.inside and role else who

    def level(self, result: str, bounds: Bounds) -> str:
        """In words, both bounds where they do not meet."""
        low, high = (self.known(f"{result}_name", each) for each in (bounds.floor, bounds.ceiling))
        return low if bounds.settled else self.words.label("dossier.between", low=low, high=high)

    def question(self, question: str) -> str:
        return self.wording.short(question) if question in self.form.by_id else question.replace("_", " ")

    def open(self, question: str) -> str:
        return self.wording.open(question) if question in self.form.by_id else question.replace("_", " ")

    def answer(self, question: str, answer: Answer, case: Case) -> str:
        picked = "; ".join(self._picked(question, each, case) for each in answer.picked)
        if answer.state is State.unsure:
            say = self.words.label
            return say("said.unsure_partly", certain=picked) if picked else say("said.unsure")
        return picked or self.known("said", answer.state.value)

    def _picked(self, question: str, picked: str, case: Case) -> str:
        asked = self.form.by_id.get(question)
        if asked is None:
            return picked
        if asked.kind is Kind.person:
            return self.name(picked)
        if asked.kind is Kind.tool and picked == case.tool_id:
            return case.tool_name
        return self.wording.label(question, picked) if picked in asked.choice_ids else picked


def _called(words: Words, kept: Kept) -> Mapping[str, str]:
    """Each by what they did first in it; where several did the same, with a number."""
    roles: dict[str, str] = {}
    for person, role in _parts(kept):
        if person:
            roles.setdefault(person, role if words.has(f"dossier.somebody.{role}") else OTHER)
    several, seen = Counter(roles.values()), Counter[str]()
    found = {}
    for person, role in roles.items():
        seen[role] += 1
        if several[role] > 1:
            one = f"dossier.one_of.{role}"
            found[person] = f"{words.label(one if words.has(one) else f'role_name.{role}')} {seen[role]}"
        else:
            found[person] = words.label(f"dossier.somebody.{role}")
    return found


def _parts(kept: Kept) -> Iterator[tuple[str, str]]:
    case = kept.case
    yield case.requester, "requester"
    yield case.owner or "", "owner"
    yield from ((person, "former_owner") for person in case.former_owners)
    for decision in case.decisions:
        yield from ((each.person, each.role) for each in decision.signatures)
        yield from ((each.person, each.role) for each in (decision.under.yes if decision.under else ()))
    yield from ((each.owner, "joined") for each in case.deployments)
    yield from ((plan.monitor, "monitor") for plan in case.plans)
    for line in kept.lines:
        yield line.actor, str(line.detail.get("role", ""))
