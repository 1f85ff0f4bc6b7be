"""Keeps the exact files of form, texts and policies under the digests that records name: old cases stay explainable."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bot.library import Library
from intake.forms import FILES, FORMS, load_wording
from store import wordings
from store.engine import Store
from triage.own import OWN
from triage.policies import POLICIES
from triage.questionnaire import Questionnaire
from triage.rules import RuleBook


class Kept(NamedTuple):
    digest: str
    kind: str
    name: str
    version: str
    body: str


def keep(store: Store, library: Library) -> int:
    """Everything in force now; what was kept before stays as it was. Says how many are new."""
    return _keep(store, in_force(library))


def keep_policies(store: Store, book: RuleBook) -> int:
    """As `keep`, for policies that were switched on while the process runs."""
    return _keep(store, _policies(book))


def keep_questionnaire(store: Store, questionnaire: Questionnaire) -> int:
    """Form, its texts in every language, and how it is scored, before anything is answered by it."""
    form, file = questionnaire.form, FILES[questionnaire.form.id]
    used, folder = questionnaire.used, POLICIES / questionnaire.name
    texts = [
        Kept(wording.texts.digest, "texts", form.id, wording.texts.language, _files(path))
        for path in sorted(FORMS.glob(f"{file}.*.yaml"))
        if (wording := load_wording(FORMS, file, form, path.stem.rpartition(".")[2]))
    ]
    return _keep(
        store,
        [
            Kept(form.digest, "form", form.id, form.version, _files(FORMS / f"{file}.yaml")),
            *texts,
            Kept(used.digest, "policy", used.name, used.version, _files(*sorted(folder.glob("*.yaml")))),
        ],
    )


def _keep(store: Store, those: Iterable[Kept]) -> int:
    with store.write() as session:
        return sum(wordings.keep(session, **kept._asdict(), now=store.now()) for kept in those)


def in_force(library: Library) -> Iterable[Kept]:
    """Each as its files read, by file name: comments included, because they are part of what was known."""
    form, texts = library.form, library.wording.texts
    yield Kept(form.digest, "form", form.id, form.version, _files(FORMS / "ai_use.yaml"))
    yield Kept(
        texts.digest, "texts", form.id, texts.language, _files(FORMS / f"ai_use.{texts.language}.yaml")
    )
    yield from _policies(library.book)


def _policies(book: RuleBook) -> Iterable[Kept]:
    shared = sorted(POLICIES.glob("*.yaml"))
    for policy in (
        each for each in book.policies if each.name != OWN
    ):  # theirs are kept when they are proposed
        body = _files(*shared, *sorted((POLICIES / policy.name).glob("*.yaml")))
        yield Kept(policy.digest, "policy", policy.name, policy.version, body)


def _files(*paths: Path) -> str:
    return json.dumps({path.name: path.read_text(encoding="utf-8") for path in paths}, ensure_ascii=False)
