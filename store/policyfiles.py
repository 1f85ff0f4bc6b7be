"""What the kept files of a policy say of themselves: its name, its version, and the digest that they give."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from intake.source import Faults
from triage.guides import FILE as GUIDE
from triage.guides import guide_digest
from triage.own import FILE, OWN, digest_of
from triage.schemes import scheme_digest
from triage.sources import HEAD, Source, needed, optional
from triage.verdict import PolicyUsed


def read_policy(folder: Path, files: Collection[str]) -> PolicyUsed:
    """`folder` is called like the policy; what it shares with others lies above it. Raises Damaged."""
    faults = Faults()
    if FILE in files:
        digest = digest_of((folder / FILE).read_text("utf-8"))
        return PolicyUsed(name=OWN, version=digest[:8], digest=digest)
    if "scoring.yaml" in files:
        head, points = needed(folder, "scoring.yaml", faults), needed(folder, "points.yaml", faults)
        faults.stop_if_any()
        assert head is not None
        assert points is not None
        said, digest = {name: head.at(name) for name in HEAD}, scheme_digest(head, points)
    elif GUIDE in files:
        guide = needed(folder, GUIDE, faults)
        faults.stop_if_any()
        assert guide is not None
        said, digest = {name: guide.at(name) for name in HEAD}, guide_digest(guide)
    else:
        source = Source(folder.parent, folder.name, optional(folder.parent, "terms.yaml", faults), faults)
        faults.stop_if_any()
        said, digest = source.head, source.digest
    found = PolicyUsed(name=said["name"].text(faults), version=said["version"].text(faults), digest=digest)
    faults.stop_if_any()
    return found
