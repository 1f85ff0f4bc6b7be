"""Other policies of Steward's come with a new version, or are switched on: the register is judged by them by itself."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

from sqlmodel import select

from bot.config import change
from bot.renewing import Renewal
from store import audit, settings, wordings
from store.tables import InboxRow, ResultRow
from tests.journeys.test_own_rules import _lead, all_replay, approved, status, tier
from tests.slack_world import ANA, World
from triage.case import Status
from triage.own import CHANGEABLE
from triage.policies import POLICIES, STANDARD, load_book

__all__ = ["_lead"]


def looks(world: World) -> bool:
    """As the clock has it done each minute, by a process that was just started."""
    found = Renewal(world.bot.office).look()
    world.settle()
    return found


MORE = {
    "rules.yaml": """
- id: tier-company-contract
  result: tier
  level: 3
  when: {question: account, is: enterprise}
  source: "House policy"
""",
    "rules.en.yaml": "\ntier-company-contract: It is reached by a contract of the company.\n",
}


def other_version(world: World, folder: Path) -> None:
    """As a new version brings it: its policies are other ones, and kept before anything is judged by them."""
    shutil.copytree(POLICIES, folder)
    for name, more in MORE.items():
        with (folder / CHANGEABLE / name).open("a") as stream:
            stream.write(more)
    office = world.bot.office
    book = load_book(office.library.form, STANDARD, folder)
    files = [*folder.glob("*.yaml"), *(folder / CHANGEABLE).glob("*.yaml")]
    body = json.dumps({path.name: path.read_text() for path in files})
    (changed,) = (policy for policy in book.policies if policy.name == CHANGEABLE)
    with world.store.write() as session:
        kept = {"digest": changed.digest, "name": changed.name, "version": changed.version}
        wordings.keep(session, **kept, kind="policy", body=body, now=world.store.now())
    office.library = replace(office.library, book=book)


def test_it_is_noted_once_and_moves_nothing_where_nothing_is_other(world: World) -> None:
    thread = approved(world)
    assert looks(world)
    assert not looks(world)
    assert world.trail().count("policies.in_force") == 1
    assert "case.rejudged" not in world.trail()
    assert status(thread) is Status.approved
    with world.store.read() as session:
        line = next(line for line in audit.records(session) if line.what == "policies.in_force")
        assert not list(settings.differences(session))
    assert [told.split()[0] for told in line.detail["policies"]] == [
        "eu-ai-act",
        "internal-tier",
        "gdpr",
        "iso42001",
    ]


def test_what_moves_by_a_new_version_is_judged_anew_and_only_that_opens_a_review(
    world: World, tmp_path: Path
) -> None:
    thread = approved(world)
    looks(world)
    former = thread.case.verdict
    other_version(world, tmp_path / "policy")
    assert looks(world)
    assert (status(thread), tier(thread)) == (Status.in_review, 3)
    with world.store.read() as session:
        line = next(line for line in audit.records(session) if line.what == "case.rejudged")
        verdicts = session.exec(select(ResultRow).where(ResultRow.subject_id == thread.case.id)).all()
    assert "tier 1..1 -> 3..3" in line.detail["results"]
    assert [told.split()[0] for told in line.detail["policies"]] == [CHANGEABLE]
    assert former is not None
    first, second = sorted(verdicts, key=lambda row: row.version)
    assert first.verdict == former.model_dump(mode="json")
    assert second.verdict["results"]["tier"] == {"floor": 3, "ceiling": 3}
    told = [text for text in world.person(ANA).reads() if "counts as riskier" in text]
    assert len(told) == 1
    assert not looks(world)


def test_a_process_of_the_former_version_leaves_it_to_one_of_the_new(world: World, tmp_path: Path) -> None:
    thread = approved(world)
    looks(world)
    office = world.bot.office
    former = office.library
    other_version(world, tmp_path / "policy")
    newer = office.library
    assert Renewal(office).look()
    office.library = former
    world.settle()
    assert (status(thread), "case.rejudged" in world.trail()) == (Status.approved, False)
    office.library = newer
    world.passes(minutes=2)
    assert status(thread) is Status.in_review
    assert world.trail().count("case.rejudged") == 1


def test_a_version_that_was_taken_back_ends_its_run(world: World, tmp_path: Path) -> None:
    """Else it would wait for a process that never comes."""
    thread = approved(world)
    looks(world)
    office, former = world.bot.office, world.bot.office.library
    other_version(world, tmp_path / "policy")
    assert Renewal(office).look()
    office.library = former
    assert looks(world)
    world.passes(minutes=2)
    assert status(thread) is Status.approved
    with world.store.read() as session:
        assert {row.state for row in session.exec(select(InboxRow)) if row.kind == "rejudge"} == {"done"}


def test_a_policy_that_is_switched_on_is_noticed_and_every_verdict_replays(world: World) -> None:
    approved(world)
    looks(world)
    renewal = Renewal(world.bot.office)
    assert not renewal.look()
    change(world.store, {"policies": ["us"]}, by=None, key="us", now=world.store.now())
    world.bot.office.changed()
    assert renewal.look()
    assert not renewal.look()
    world.settle()
    assert all_replay(world)
    assert world.trail().count("policies.in_force") == 2


def test_the_worker_looks_by_its_clock(world: World) -> None:
    approved(world)
    world.passes(hours=2)
    assert world.trail().count("policies.in_force") == 1
