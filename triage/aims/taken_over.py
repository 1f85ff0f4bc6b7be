"""What an incident says already, for the nonconformity that came from it: nobody writes or does it a second time."""

from __future__ import annotations

from collections.abc import Iterable

from triage.aims.entry import Said
from triage.incidents.incident import Incident


def taken_over(incident: Incident, act: str) -> dict[str, Said]:
    """By the fields of what is about to be said; nothing where the incident says nothing of it."""
    now = incident.now
    done = [each for each in now.actions if each.done_at is not None]
    found: dict[str, Said] = {}
    match act:
        case "corrected":
            found = {"correction": _contained(incident)}
        case "explained":
            found = {"cause": now.cause}
        case "planned" if now.actions:
            found = {
                "action": _lines(each.words for each in now.actions),
                "success": _lines(each.success for each in now.actions),
                "until": max(each.due for each in now.actions).isoformat(),
            }
        case "done" if now.actions and len(done) == len(now.actions):
            found = {"evidence": _lines(each.evidence for each in done)}
    return {name: said for name, said in found.items() if said}


def _contained(incident: Incident) -> str:
    steps = (step for step in incident.steps if step.kind in ("contain", "suspend"))
    return _lines(step.texts.get("words", "") for step in steps)


def _lines(words: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, words)))
