"""What holds for every test: the same examples each time, and skips that a build machine does not accept."""

import gc
import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.databases"]

# The same examples on every run, so that a red test is red for everybody.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
# HYPOTHESIS_PROFILE=search looks for new ones, and long.
settings.register_profile(
    "search", max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cases", type=int, default=1_200, help="how many damaged payloads the fuzzing tries")


def pytest_collection_finish() -> None:
    """What is loaded by now stays; to look through it again and again for garbage costs a twentieth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


REQUIRED_BY = {"browser": "STEWARD_REQUIRE_BROWSER", "postgres": "STEWARD_REQUIRE_POSTGRES"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turns the skip of a marked test into a failure where the environment requires the real thing."""
    report = yield
    demanded = [
        variable
        for mark, variable in REQUIRED_BY.items()
        if item.get_closest_marker(mark) and os.environ.get(variable, "") not in ("", "0")
    ]
    if report.skipped and demanded and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason} ({demanded[0]} does not accept a skip)"
    return report
