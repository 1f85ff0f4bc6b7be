"""What people may be asked to read: a policy that counts, as its title is sent to everybody who is asked."""

from __future__ import annotations

from collections.abc import Mapping

from triage.aims.entry import Entry, Said
from triage.outcome import Refused

KIND, POLICY = "acknowledgement", "policy"


def check_policy(name: str, said: Mapping[str, Said], policy: Entry | None) -> None:
    """`name`: of the call, which is one for each policy."""
    if policy is None or (policy.kind, policy.name, policy.id) != (POLICY, name, said.get("policy")):
        raise Refused("unknown_entry")
    if policy.in_force is None:
        raise Refused("entry_not_in_force")
