"""Makes the form `canada_aia` from the published questionnaire of Canada's Algorithmic Impact Assessment.

    python -m intake.data.build_canada_aia QUESTIONNAIRE.json

Run by hand when a new version is published; nothing in the product imports it. Names, order, choices, points and
conditions stay as they are, so that answers given elsewhere fit. What it is and whose: NOTICE.md.
"""

from __future__ import annotations

import json
import re
import sys
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Question = dict[str, Any]
FORMS = Path(__file__).parents[1] / "forms"
POLICY = Path(__file__).parents[2] / "triage" / "policy" / "canada-aia"
KINDS = {"radiogroup": "one", "dropdown": "one", "checkbox": "many", "text": "text", "comment": "text"}
LONGEST = {"text": 300, "comment": 3000}
PART = re.compile(
    r'\s*(?:(?P<mark>[()])|(?P<join>and|or)\b|\{(?P<name>[^}]+)\}\s*(?P<how>=|contains)\s*\[?"(?P<value>[^"]*)"\]?)'
)


class Asked(NamedTuple):
    """What a condition needs to know of a question."""

    kind: str
    choices: tuple[str, ...]


def main(path: str) -> None:
    published = json.loads(Path(path).read_text(encoding="utf-8"))
    questions, meta = published["questions"], published["meta"]
    known = {question["name"]: asked(question) for question in questions}
    source = f"{meta['source']}, commit {meta['commit']}, tool {meta['tool_version']}, {meta['licence']}"
    form = {
        "id": "canada-aia",
        "version": meta["tool_version"].removeprefix("v"),
        "source": source,
        "pages": [
            page(name, list(group), known) for name, group in groupby(questions, key=lambda q: q["page"])
        ],
    }
    head = "# Made by intake/data/build_canada_aia.py from the published questionnaire; not to be changed by hand.\n"
    write(FORMS / "canada_aia.yaml", head, form)
    for language in ("en", "fr"):
        write(FORMS / f"canada_aia.{language}.yaml", head, words(questions, language))
    points = {kind: points_of(questions, kind) for kind in ("risk", "mitigation")}
    write(POLICY / "points.yaml", head, points)


def write(path: Path, head: str, content: object) -> None:
    told = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)
    path.parent.mkdir(exist_ok=True)
    path.write_text(head + told, encoding="utf-8")


def asked(question: Question) -> Asked:
    """A list whose choices are not published with it (the departments) is asked as a text."""
    choices = tuple(choice["value"] for choice in question.get("choices") or ())
    return Asked(KINDS[question["type"]] if choices else "text", choices)


def page(name: str, questions: list[Question], known: dict[str, Asked]) -> Question:
    found: Question = {"id": name}
    (condition,) = {question["page_visible_if"] for question in questions}
    if condition:
        found["when"] = to_grammar(condition, known)
    found["questions"] = [structure(question, known) for question in questions]
    return found


def structure(question: Question, known: dict[str, Asked]) -> Question:
    kind = known[question["name"]].kind
    found: Question = {"id": question["name"], "kind": kind}
    if condition := question["visible_if"]:
        found["when"] = to_grammar(condition, known)
    if kind in ("one", "many"):
        found["choices"] = [{"id": choice["value"]} for choice in question["choices"]]
    else:
        found["longest"] = LONGEST.get(question["type"], 300)
    return found


def words(questions: list[Question], language: str) -> Question:
    found: Question = {}
    for question in questions:
        own: Question = {"ask": question[f"title_{language}"]}
        if choices := question.get("choices"):
            own["choices"] = {choice["value"]: choice[f"text_{language}"] for choice in choices}
        found[question["name"]] = own
    return found


def points_of(questions: list[Question], kind: str) -> Question:
    """Of every scored question, the points of each choice."""
    return {
        question["name"]: {choice["value"]: choice["points"] for choice in question["choices"]}
        for question in questions
        if question["score_kind"] == kind
    }


def to_grammar(told: str, known: dict[str, Asked]) -> Question:
    """`{a} = "x" or ({b} contains "y" and …)` in the words of the forms; `and` binds closer than `or`."""
    parts, at = [], 0
    while at < len(told.rstrip()):
        match = PART.match(told, at)
        if match is None:
            raise ValueError(f"not understood at {at}: {told}")
        parts.append(match)
        at = match.end()
    condition = either(parts, known)
    if parts:
        raise ValueError(f"something is left over: {told}")
    return condition


def either(parts: list[re.Match[str]], known: dict[str, Asked]) -> Question:
    return joined(
        parts, known, "or", "any", lambda: joined(parts, known, "and", "all", lambda: one(parts, known))
    )


def joined(parts: Any, known: dict[str, Asked], word: str, name: str, read: Any) -> Question:
    found = [read()]
    while parts and parts[0]["join"] == word:
        parts.pop(0)
        found.append(read())
    return merged(found) if name == "any" else found[0] if len(found) == 1 else {name: found}


def merged(found: list[Question]) -> Question:
    """Several choices of one question are one condition with a list."""
    names = {each.get("question") for each in found}
    if len(found) > 1 and len(names) == 1 and None not in names:
        (how,) = set(found[0]) - {"question"}
        return {"question": found[0]["question"], how: [each[how] for each in found]}
    return found[0] if len(found) == 1 else {"any": found}


def one(parts: list[re.Match[str]], known: dict[str, Asked]) -> Question:
    first = parts.pop(0)
    if first["mark"] == "(":
        inside = either(parts, known)
        parts.pop(0)  # its closing bracket
        return inside
    name, value = first["name"], first["value"]
    if known[name].kind == "many":
        return {"question": name, "contains": value}
    if (
        first["how"] == "contains"
    ):  # of a single answer the published tool asks whether it holds these letters
        values = [choice for choice in known[name].choices if value in choice]
        return {"question": name, "is": values[0] if len(values) == 1 else values}
    return {"question": name, "is": value}


if __name__ == "__main__":
    main(sys.argv[1])
