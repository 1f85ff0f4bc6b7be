"""What names exactly the answers and the rules that something was decided on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from triage.case import Case

FOUND = {"results", "flags", "flags_open", "seats"}


def facts_digest(case: Case) -> str:
    """Of the answers."""
    plain = {q: [f.answer.state.value, *f.answer.picked] for q, f in case.facts.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def result_digest(case: Case) -> str:
    """Of what was found: results, flags, and whose yes it needs; what the organisation says of itself moves it, too."""
    found = case.verdict.model_dump(mode="json", include=FOUND) if case.verdict else {}
    return hashlib.sha256(json.dumps(found, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def stated_digest(stated: Mapping[str, Sequence[str]]) -> str:
    """Of what organisation and request say of themselves."""
    plain = {name: list(said) for name, said in stated.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def policies_of(case: Case) -> tuple[str, ...]:
    """Those of its last result: name, version and digest each."""
    used = case.verdict.policies if case.verdict else ()
    return tuple(f"{policy.name} {policy.version} {policy.digest}" for policy in used)
