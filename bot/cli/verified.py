"""What `steward verify` finds in a database or in an exported trail, anchors included where they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bot.anchors.proof import Anchored, compare
from bot.cli.pulse import at_work
from bot.cli.starting import utc_now
from bot.config import current
from bot.proof import Proof, prove
from bot.settings import Settings
from store import anchors, audit
from store.engine import Store
from store.sessions import Session
from store.trail import record_of, verify_export


class Wanted(NamedTuple):
    """`paths`: files or folders with anchors; `root`: by which stamps are proven, if not by that of the settings."""

    paths: list[Path]
    root: str | None = None


Found = tuple[Proof, Anchored | None]


def of_file(path: Path, head: str | None, wanted: Wanted | None) -> Found:
    body = path.read_bytes()
    proof = Proof(verify_export(body, anchor=head))
    if wanted is None:
        return proof, None
    lines = body.decode("utf-8", "replace").split("\n")
    told = list(anchors.known(record for line in lines if (record := record_of(line)) is not None))
    # Stamps are no part of an exported trail: only those that are given can be looked at.
    root = Path(wanted.root) if wanted.root else None
    return proof, compare(anchors.seals(lines), told, {each.token: b"" for each in told}, wanted.paths, root)


def of_database(settings: Settings, head: str | None, wanted: Wanted | None) -> Found:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session, at_work("Verifying"):
            return prove(session, head=head), anchored(session, wanted) if wanted else None
    finally:
        store.close()


def anchored(session: Session, wanted: Wanted) -> Anchored:
    told = list(anchors.known(audit.records(session)))
    tokens = {each.token: anchors.token(session, each.token) for each in told if each.token}
    settled = current(session).anchor
    root, file = wanted.root or settled.tsa_root, Path(settled.file) if settled.file else None
    given = {path.resolve() for path in wanted.paths}
    more = [file] if file is not None and file.exists() and file.resolve() not in given else []
    found = compare(
        anchors.seals(audit.sealed_lines(session)),
        told,
        tokens,
        [*wanted.paths, *more],
        Path(root) if root else None,
    )
    if file is not None and not file.exists():
        return found._replace(passed_over=[*found.passed_over, f"{file} (anchor.file) is not there"])
    return found
