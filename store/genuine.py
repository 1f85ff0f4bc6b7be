"""Whether the forms, texts and rules that were kept are still those that records name by digest."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlmodel import Session

from store.legible import UNREADABLE, rows
from store.sheets import SHEET
from store.shelf import Missing, Shelf
from triage.verdict import PolicyUsed


def differences(session: Session) -> Iterator[str]:
    """One sentence for each. Where nothing at all was kept, as in a database from before that, nothing is missed here;
    `steward replay` misses it."""
    shelf, kept = Shelf(), {row["digest"]: row for row in rows(session, "wording", by="digest")}
    read = {"form": shelf.form, "texts": shelf.texts}
    for digest, row in kept.items():
        name = f"the wording {row['name']} {row['version']} ({digest[:12]})"
        try:
            if row["kind"] in read:
                found = read[row["kind"]](session, digest)
                said = getattr(found, "version", None) or getattr(found, "language", None)
                if said != row["version"]:
                    yield f"{name} is of version {said}"
        except Missing as missing:
            yield f"{name} was changed: {missing}"
        except UNREADABLE:
            yield f"{name} cannot be read"
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
