"""A day in the past shows whom an open question was put to, and what had become of it by then."""

import json
from pathlib import Path
from typing import Any

import pytest

from store.engine import Store
from tests.bot.cli import storied
from tests.builders import DAN, EVE

PRIVACY, LEAD = (1, "privacy", ""), (2, "governance_lead", "privacy")
OPEN = ("open", None, None)
UNSURE = ("unsure", DAN, "2026-11-23T09:00:00Z")
ANSWERED = ("answered", EVE, "2026-11-25T09:00:00Z")


@pytest.mark.parametrize(
    ("day", "stood"),
    [
        ("2026-11-20", []),
        ("2026-11-21", [(*PRIVACY, *OPEN)]),
        ("2026-11-22", [(*PRIVACY, *OPEN)]),
        ("2026-11-23", [(*PRIVACY, *UNSURE), (*LEAD, *OPEN)]),
        ("2026-11-24", [(*PRIVACY, *UNSURE), (*LEAD, *OPEN)]),
        ("2026-11-25", [(*PRIVACY, *UNSURE), (*LEAD, *ANSWERED)]),
        ("2026-11-30", [(*PRIVACY, *UNSURE), (*LEAD, *ANSWERED)]),
    ],
)
def test_a_referral_is_shown_as_it_stood(
    steward: Any, store: Store, tmp_path: Path, day: str, stood: list[Any]
) -> None:
    storied.tell(store)
    out = tmp_path / "out"
    code, _, errors = steward("export", "--format", "json", "--out", out, "--as-of", day)
    assert code == 0, errors
    names = ("number", "role", "instead_of", "state", "by", "closed_at")
    told = json.loads((out / "referrals.json").read_text())
    assert [tuple(each[name] for name in names) for each in told] == stood
    answers = [
        use["facts"]["data"]["state"]
        for use in json.loads((out / "uses.json").read_text())
        if use["ref"] == "AIU-2026-0003"
    ]
    assert answers == ([] if not stood else ["answered" if day >= "2026-11-25" else "unsure"])
