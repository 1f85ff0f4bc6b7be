"""The bench runs to its end: a figure that nobody can get any more is no figure. What it measures is not tested."""

from typing import Any

import pytest

from bench import clicks, judge, rehearsal, sending


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (clicks, "owe messages"),
        (judge, "a judgement"),
        (sending, "out of the outbox"),
        (rehearsal, "most memory"),
    ],
    ids=["clicks", "judge", "sending", "rehearsal"],
)
def test_a_part_of_the_bench_runs(
    part: Any, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clicks, "TIMES", 2)
    monkeypatch.setattr(rehearsal, "FEW", 40)
    monkeypatch.setattr(rehearsal, "MANY", 80)
    part.run(1)
    assert told in capsys.readouterr().out
