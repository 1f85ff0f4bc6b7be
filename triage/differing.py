"""What differs between two verdicts on one use, as short machine values: an auditor follows it from the trail alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from triage.verdict import Bounds, Verdict

NONE = "none"


def differing(before: Verdict, after: Verdict) -> dict[str, tuple[str, ...]]:
    """Each bound, flag and seat that is another one, and the digests of policies that are others, before and after."""
    held, holding = ({*each.flags, *(f"{flag}?" for flag in each.flags_open)} for each in (before, after))
    was, now = ({seat.role for seat in each.seats} for each in (before, after))
    return {
        "results": tuple(_results(before.results, after.results)),
        "flags": (
            *(f"-{flag}" for flag in sorted(held - holding)),
            *(f"+{f}" for f in sorted(holding - held)),
        ),
        "seats": (*(f"-{role}" for role in sorted(was - now)), *(f"+{role}" for role in sorted(now - was))),
        "policies": tuple(_policies(before, after)),
    }


def _results(before: Mapping[str, Bounds], after: Mapping[str, Bounds]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old != new:
            yield f"{name} {_told(old)} -> {_told(new)}"


def _told(bounds: Bounds | None) -> str:
    return f"{bounds.floor}..{bounds.ceiling}" if bounds else NONE


def _policies(before: Verdict, after: Verdict) -> Iterator[str]:
    was, now = ({policy.name: policy.digest for policy in each.policies} for each in (before, after))
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) != now.get(name):
            yield f"{name} {was.get(name, NONE)} -> {now.get(name, NONE)}"
