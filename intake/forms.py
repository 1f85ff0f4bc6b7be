"""Reads forms and their texts from files; everything wrong with a file is said at once."""

import json
import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from intake.condition import Always, Condition, Every
from intake.form import Choice, Form, Kind, Page, Question
from intake.grammar import Vocabulary, parse_condition, parse_terms
from intake.rowfile import check_worked_out, read_row, read_worked_out
from intake.source import Entry, Faults, did_you_mean, read_file
from intake.texts import Wording, load_texts

FORMS = Path(__file__).parent / "forms"
FREE = ("short", "help", "why", "open", "inside", "outside")
"""Texts that a question may have besides what it asks."""
OWN = ("short", "help", "why")
"""Those of them that a form of ours has for every question."""
_FLAGS = ("may_be_unsure", "record", "claim", "after", "defaulted", "in_full", "changeable", "given")
_ID = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")


FILES = {
    "ai-use": "ai_use",
    "canada-aia": "canada_aia",
    "ai-impact": "ai_impact",
    "dpia-screening": "dpia_screening",
    "fria-screening": "fria_screening",
    "use-plan": "use_plan",
    "use-tests": "use_tests",
    "system-record": "system_record",
    "data-record": "data_record",
    "shared-duties": "shared_duties",
}
"""The file of each form that comes with Steward, by the form's id."""


@cache
def ai_use() -> Form:
    """The form every request for an AI use goes through."""
    return load_form(FORMS, "ai_use")


@cache
def ai_use_wording(language: str = "en") -> Wording:
    return load_wording(FORMS, "ai_use", ai_use(), language)


def load_form(folder: Path, name: str) -> Form:
    """The form in `name`.yaml; raises Damaged with all its faults."""
    faults = Faults()
    entry = read_file(folder / f"{name}.yaml", faults)
    form = _form(entry, faults) if entry else None
    faults.stop_if_any()
    assert form is not None
    return form


def load_wording(folder: Path, name: str, form: Form, language: str = "en") -> Wording:
    """The form's texts; in English a missing text is a fault, and so is one that belongs to nothing."""
    needed = needed_texts(form)
    known = (*needed, *(f"{question.id}.{part}" for question in form.questions() for part in FREE))
    english = load_texts(folder, name, needed=needed, known=known)
    if language == "en":
        return Wording(texts=english)
    return Wording(texts=load_texts(folder, name, language, known=known, fallback=english))


def needed_texts(form: Form) -> tuple[str, ...]:
    """Of a questionnaire that others published, only what they wrote: the questions and the choices."""
    parts = ("ask",) if form.source else ("ask", *OWN)
    keys = []
    for question in form.questions():
        keys += [f"{question.id}.{part}" for part in parts]
        keys += [f"{question.id}.choices.{choice.id}" for choice in question.choices]
    return tuple(keys)


def _form(entry: Entry, faults: Faults) -> Form:
    fields = entry.fields(faults, needed=("id", "version", "pages"), allowed=("terms", "source"))
    reading = _Reading(fields["pages"].items(faults) if "pages" in fields else [], faults)
    terms = reading.terms(fields.get("terms"))
    canonical = json.dumps(entry.plain(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return Form(
        id=fields["id"].text(faults) if "id" in fields else "",
        version=fields["version"].text(faults) if "version" in fields else "",
        digest=sha256(canonical.encode()).hexdigest(),
        source=fields["source"].text(faults) if "source" in fields else "",
        pages=reading.pages(terms),
        terms=terms,
    )


class _Reading:
    """Goes over the file twice, conditions last, so that terms may name any question."""

    def __init__(self, pages: list[Entry], faults: Faults) -> None:
        self._faults = faults
        self._pages = [page.fields(faults, needed=("id", "questions"), allowed=("when",)) for page in pages]
        self._bare: dict[str, Question] = {}
        self._ids: set[str] = set()
        self._read: list[list[tuple[Question, Entry]]] = []
        seen: set[str] = set()
        for fields in self._pages:
            if "id" in fields:
                self._once(fields["id"], seen, "page")
            items = fields["questions"].items(faults) if "questions" in fields else []
            self._read.append([(self._question(item), item) for item in items])

    def _question(self, entry: Entry) -> Question:
        faults = self._faults
        allowed = (
            "when",
            "needed",
            "choices",
            "settled_by",
            "together",
            "longest",
            "row",
            "worked_out",
            *_FLAGS,
        )
        fields = entry.fields(faults, needed=("id", "kind"), allowed=allowed)
        kind = self._kind(fields["kind"]) if "kind" in fields else Kind.text
        given: dict[str, object] = {name: fields[name].flag(faults) for name in _FLAGS if name in fields}
        given |= {name: fields[name].text(faults) for name in ("settled_by", "together") if name in fields}
        if "longest" in fields:
            given["longest"] = fields["longest"].whole(faults)
        if "row" in fields:
            given["row"] = read_row(fields["row"], kind, faults)
        if "worked_out" in fields:
            given |= {"worked_out": read_worked_out(fields["worked_out"], self._bare, faults), "given": True}
        if kind in (Kind.one, Kind.many):
            given["choices"] = self._choices(fields["choices"]) if "choices" in fields else ()
            if "choices" not in fields:
                faults.add(entry, "`choices` is missing", "Add `choices:` with at least one.")
        elif "choices" in fields:
            faults.add(
                fields["choices"], f"a `{kind}` question has no choices", "Remove them, or write `kind: one`."
            )
        id_ = self._once(fields["id"], self._ids, "question") if "id" in fields else ""
        question = Question.model_validate({"id": id_, "kind": kind, **given})
        if question.together and not question.none:
            mend = "Give it a choice `no`, or one with `alone: true`."
            faults.add(fields["together"], "has no choice that says that nothing applies", mend)
        check_worked_out(entry, question, faults)
        self._bare.setdefault(id_, question)
        return question

    def _choices(self, entry: Entry) -> tuple[Choice, ...]:
        seen: set[str] = set()
        choices = []
        for item in entry.items(self._faults):
            fields = item.fields(self._faults, needed=("id",), allowed=("when", "alone"))
            if "id" in fields:
                id_ = self._once(fields["id"], seen, "choice")
                alone = fields["alone"].flag(self._faults) if "alone" in fields else False
                choices.append(Choice(id=id_, alone=alone))
        return tuple(choices)

    def _kind(self, entry: Entry) -> Kind:
        word = entry.text(self._faults)
        if word in Kind.__members__:
            return Kind(word)
        if word:
            self._faults.add(entry, f"`{word}` is not a kind of question", did_you_mean(word, list(Kind)))
        return Kind.text

    def _once(self, entry: Entry, seen: set[str], what: str) -> str:
        id_ = entry.text(self._faults)
        if id_ and not _ID.fullmatch(id_):
            mend = "Use letters, digits, `_` and, between two of them, `.` or `-`."
            self._faults.add(entry, f"`{id_}` cannot be an id", mend)
        if id_ in seen:
            self._faults.add(entry, f"the {what} `{id_}` stands here twice", "Give each its own id.")
        seen.add(id_)
        return id_

    def terms(self, entry: Entry | None) -> Mapping[str, Condition]:
        return parse_terms(entry, self._faults, Vocabulary(questions=self._bare)) if entry else {}

    def pages(self, terms: Mapping[str, Condition]) -> tuple[Page, ...]:
        earlier: dict[str, Question] = {}
        gates: dict[str, Condition] = {}
        pages = []
        for fields, read in zip(self._pages, self._read, strict=True):
            words = Vocabulary(questions=dict(earlier), terms=terms, gates=gates)
            page_when = self._when(fields, words)
            questions = []
            for bare, entry in read:
                words = Vocabulary(questions=dict(earlier), terms=terms, gates=gates)
                question = self._with_conditions(bare, entry, words)
                questions.append(question)
                earlier[bare.id] = bare
                gates[bare.id] = Every(of=(page_when, question.when))
            id_ = fields["id"].value if "id" in fields else ""
            pages.append(Page(id=str(id_), when=page_when, questions=tuple(questions)))
        return tuple(pages)

    def _with_conditions(self, bare: Question, entry: Entry, words: Vocabulary) -> Question:
        fields = entry.value if isinstance(entry.value, dict) else {}
        choices = []
        listed = fields["choices"].value if "choices" in fields else None
        by_id = {item.at("id").value: item for item in listed} if isinstance(listed, list) else {}
        for choice in bare.choices:
            below = by_id[choice.id].value
            when = self._when(below if isinstance(below, dict) else {}, words)
            choices.append(choice.model_copy(update={"when": when}))
        needed = parse_condition(fields["needed"], self._faults, words) if "needed" in fields else None
        told = {"when": self._when(fields, words), "choices": tuple(choices), "needed": needed}
        return bare.model_copy(update=told)

    def _when(self, fields: Mapping[str, Entry], words: Vocabulary) -> Condition:
        return parse_condition(fields["when"], self._faults, words) if "when" in fields else Always()
