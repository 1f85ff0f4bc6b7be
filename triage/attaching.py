"""What shows that something is done: an address, words, or a file, of which a copy goes below the card."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from triage.outcome import Facts, Notice, Refused, Say
from triage.talking import Attached

ABOUT = "file"
ID = re.compile(r"F(?=[A-Z]*[0-9])[A-Z0-9]{8,20}")
"""How Slack calls a file."""
LONGEST = 1000


def is_evidence(link: str) -> bool:
    """An address of the web, or the id of a file in Slack; nothing else is kept as one."""
    if ID.fullmatch(link):
        return True
    if len(link) > LONGEST or any(c.isspace() or not c.isprintable() or c in '<>|"`' for c in link):
        return False
    try:
        parts = urlsplit(link)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def shown_by(link: str, file: Attached | None, words: str, case: str) -> str:
    """What was given to be opened, one a line. Raises Refused where it is no address, or where nothing was given."""
    link = link.strip()
    if link and not is_evidence(link):
        raise Refused("no_link", case=case)
    if not link and file is None and not words.strip():
        raise Refused("evidence_needed", case=case)
    attached = (file.link if is_evidence(file.link) else file.id) if file else ""
    return "\n".join(filter(None, (link, attached)))


def carried(file: Attached, **about: str) -> Notice:
    """Only whoever gave it and we can open a file in a direct message or window, so a copy goes below the card."""
    facts: Facts = {"about": ABOUT, "file": file.id, "name": file.name, "carried": True, **about}
    return Notice(say=Say.card_note, facts=facts)
