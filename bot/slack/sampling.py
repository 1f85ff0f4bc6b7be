"""Drawing the sample of an audit in a window: out of what, by which seed, and how many; the rest is worked out."""

from __future__ import annotations

from collections.abc import Mapping

from bot.markup import Mrkdwn
from bot.slack.front import Front
from store import aims, auditing
from triage.aims.auditing import SIZES, digest, drawn, proposed_size
from triage.aims.entry import Entry, Said
from triage.aims.kinds import Act
from triage.outcome import Refused

DRAWN = ("audit", "drawn")


def is_drawing(kind: str, act: str) -> bool:
    return (kind, act) == DRAWN


def offered(front: Front, entry: Entry, act: Act) -> tuple[Mrkdwn, Mapping[str, Said], Act]:
    """What is drawn from, the size that fits it, and the act with nothing to fill in but that."""
    with front.office.store.read() as session:
        found, seed = auditing.population(session, entry), auditing.seed(session, entry)
        closed = auditing.left_out(session, entry)
    about = {"population": len(found), "closed": closed, "seed": seed, "digest": digest(found)}
    size = tuple(each for each in act.fields if each.id == "size")
    filled: Mapping[str, Said] = {"size": str(proposed_size(len(found)))}
    return front.words.line("aims.drawing", **about), filled, act.model_copy(update={"fields": size})


def worked_out(front: Front, id: str, size: str) -> dict[str, Said]:
    """By seed and register as they were with the yes; whoever hands it in chooses nothing of it."""
    if not size.isdecimal() or not SIZES[0] <= int(size) <= SIZES[1]:
        raise Refused("audit_size", most=str(SIZES[1]))
    with front.office.store.read() as session:
        entry = aims.load(session, id)
        if entry is None:
            raise Refused("unknown_entry")
        found, seed = auditing.population(session, entry), auditing.seed(session, entry)
    said: dict[str, Said] = {
        "seed": seed,
        "size": size,
        "population": str(len(found)),
        "digest": digest(found),
    }
    return said | {"sample": drawn(found, seed, int(size))}
