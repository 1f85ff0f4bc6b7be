"""Whether the forms, texts and rules that were kept are still those that records name by digest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sqlmodel import Session

from store.audit import records
from store.legible import UNREADABLE, Cells, rows
from store.sheets import SHEET
from store.shelf import Missing, Shelf
from store.wordings import KEPT
from triage.verdict import PolicyUsed


def differences(session: Session) -> Iterator[str]:
    """One sentence for each. Where nothing at all was kept, as in a database from before that, nothing is missed here;
    `steward replay` misses it."""
    shelf, kept = Shelf(), {row["digest"]: row for row in rows(session, "wording", by="digest")}
    yield from _beside_the_trail(session, kept)
    for row in kept.values():
        try:
            yield from _beside_its_files(session, shelf, row)
        except Missing as missing:
            yield f"{_named(row)} was changed: {missing}"
        except UNREADABLE:
            yield f"{_named(row)} cannot be read"
    missed: set[str] = set()
    for kind, form, used in _used(session):
        missed |= {form, *(policy.digest for policy in used)} - kept.keys()
        if form in kept and all(policy.digest in kept for policy in used):
            try:
                if kind == SHEET:
                    shelf.questionnaire(session, form, *used)
                else:
                    shelf.book(session, shelf.form(session, form), used)
            except Missing as missing:
                yield f"rules that were kept were changed: {missing}"
            except UNREADABLE:
                yield "rules that were kept cannot be read"
    if kept:
        yield from (f"the wording {digest[:12]} that results name is missing" for digest in sorted(missed))


def _named(row: Cells) -> str:
    return f"the wording {row['name']} {row['version']} ({row['digest'][:12]})"


def _beside_its_files(session: Session, shelf: Shelf, row: Cells) -> Iterator[str]:
    """Texts say nothing of the form that they belong to but by the name of their file."""
    digest = row["digest"]
    if row["kind"] == "texts":
        said = (row["name"], shelf.texts(session, digest).language)
    elif row["kind"] == "form":
        form = shelf.form(session, digest)
        said = (form.id, form.version)
    else:
        policy = shelf.policy(session, digest)
        said = (policy.name, policy.version)
    if said[0] != row["name"]:
        yield f"{_named(row)} is called {said[0]}"
    if said[1] != row["version"]:
        yield f"{_named(row)} is of version {said[1]}"


def _beside_the_trail(session: Session, kept: Mapping[str, Cells]) -> Iterator[str]:
    """What was kept before the trail told of it is passed over."""
    told = {line.subject[1]: line for line in records(session) if line.what == KEPT}
    began = min((line.at for line in told.values()), default="")
    for digest, line in told.items():
        was = {name: line.detail.get(name) for name in ("kind", "name", "version")} | {"first_seen": line.at}
        row = kept.get(digest)
        if row is None:
            yield f"the wording {was['name']} {was['version']} ({digest[:12]}) is missing"
        elif parts := [name for name, said in was.items() if row[name] != said]:
            yield f"{_named(row)} was changed: {', '.join(parts)}"
    for digest in kept.keys() - told.keys() if told else ():
        if kept[digest]["first_seen"] >= began:
            yield f"{_named(kept[digest])} is not in the trail"


def _used(session: Session) -> list[tuple[str, str, tuple[PolicyUsed, ...]]]:
    """Each kind of subject and form with the policies that any result names together: rules may look at each other."""
    forms = {row["id"]: row["form_digest"] for row in rows(session, "answer_set")}
    found = {
        (row["subject_kind"], str(forms.get(row["answer_set_id"])), json.dumps(row["policies"]))
        for row in rows(session, "result")
    }
    used = []
    for kind, form, policies in sorted(found):
        try:
            used.append((kind, form, tuple(PolicyUsed.model_validate(each) for each in json.loads(policies))))
        except UNREADABLE:
            continue  # that this result was changed is said beside it
    return used
