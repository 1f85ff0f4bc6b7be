"""`steward risks`: the worst first, as of any day, and what the rules name that nobody weighed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from store import aims
from store.engine import Store
from store.ledger import Ledger
from store.tables import PersonRow
from tests.bot.cli.conftest import Steward
from tests.builders import ANA, BEN, CLEO, DAN, NOW, a_desk
from tests.triage.aims.test_entries import drafting, on
from tests.triage.aims.test_risks import HELD, RISK
from triage.aims.entry import Entry
from triage.aims.risk import rests_on
from triage.aims.wishes import ActOnEntry, ApproveEntry
from triage.confidences import Confide


def weighed(store: Store, days: int = 0, **said: Any) -> Entry:
    desk = a_desk(roles=HELD, now=NOW + timedelta(days=days))
    with store.write() as session:
        if session.get(PersonRow, DAN) is None:
            session.add(PersonRow(id=DAN, team="T", slack_user="UDAN", updated_at=NOW))
            session.flush()
        wish = drafting(kind="risk", said=RISK | {"owner": BEN} | said, actor=BEN)
        entry = aims.carry_out(session, wish, desk)
        return aims.carry_out(session, ApproveEntry(**on(entry, DAN), draft=1), desk)


def test_the_worst_comes_first(steward: Steward, register: Store) -> None:
    weighed(register, title="A mild one")
    weighed(register, title="A bad one", likelihood_now="5", impact_now="4")
    code, said, _ = steward("risks")
    assert code == 0
    lines = said.splitlines()
    assert "A bad one" in lines[-2]
    assert "critical" in lines[-2]
    assert "A mild one" in lines[-1]
    assert "beyond what is borne" in lines[-1]
    assert [line.split()[0] for line in lines[:5]] == ["usual", "likely", "possible", "unlikely", "rare"]


def test_as_of_a_day_it_is_what_was_weighed_by_then(steward: Steward, register: Store) -> None:
    weighed(register, title="Early")
    weighed(register, days=3, title="Late")
    found = json.loads(steward("risks", "--json", "--as-of", "2026-11-22")[1])
    assert [each["said"]["title"] for each in found] == ["Early"]
    assert found[0]["standing"]["now"] == "medium"


def test_what_rules_name_is_told_until_somebody_weighed_it(steward: Steward, register: Store) -> None:
    before = json.loads(steward("risks", "--suggested", "--json")[1])
    assert before
    assert all(each["weighed"] == [] for each in before)
    assert "`steward aims draft FILE` puts a risk forward" in steward("risks", "--suggested")[1]
    top = before[0]
    assert top["uses"] + top["open"] >= 1
    entry = weighed(register, library=top["risk"])
    after = json.loads(steward("risks", "--suggested", "--json")[1])
    assert [each["weighed"] for each in after if each["risk"] == top["risk"]] == [[entry.ref]]
    assert f"weighed as {entry.ref}" in steward("risks", "--suggested")[1]


def test_a_confidential_use_is_counted_and_not_named(steward: Steward, register: Store) -> None:
    before = json.loads(steward("risks", "--suggested", "--json")[1])
    assert any("AIU-2026-0001" in each["first"] for each in before)
    Ledger(register).execute(Confide(actor=ANA, key="closed", case="case-1"), a_desk())
    after = json.loads(steward("risks", "--suggested", "--json")[1])
    assert [(each["risk"], each["uses"]) for each in after] == [
        (each["risk"], each["uses"]) for each in before
    ]
    assert not any("AIU-2026-0001" in each["first"] for each in after)


def test_the_treatment_plan_is_one_paper_and_says_what_is_bare(
    steward: Steward, register: Store, tmp_path: Path
) -> None:
    bad = weighed(register, title="A bad <one>", likelihood_now="4", impact_now="4", plan="=1+1 sources")
    mild = weighed(register, title="A mild one", controls_now=("Two read it",))
    desk = a_desk(roles=HELD, now=NOW)
    said = {"title": "Show sources", "success": "Seen", "owner": DAN, "due": "2026-12-20", "refs": (bad.ref,)}
    with register.write() as session:
        aims.carry_out(session, drafting(kind="action", said=said, actor=BEN), desk)
    code, told, _ = steward("risks", "--plan")
    assert code == 0
    assert f"Neither a control nor an acceptance that holds: {bad.ref}." in told
    assert "Reduce it: =1+1 sources" in told
    assert "Show sources" in told
    assert "Done already: Two read it" in told
    page, picture = tmp_path / "risks.html", tmp_path / "risks.svg"
    assert steward("risks", "--html", str(page), "--svg", str(picture))[0] == 0
    shown = page.read_text("utf-8")
    assert "A bad &lt;one&gt;" in shown
    assert "A bad <one>" not in shown
    assert 'href="index.html"' not in shown
    assert mild.ref in shown
    assert picture.read_text("utf-8").startswith("<svg")
    accepts(register, bad)
    assert "Each high risk has a control" in steward("risks", "--plan")[1]


def accepts(store: Store, entry: Entry) -> None:
    said = {"until": "2027-02-01", "because": "It is rare.", "rests_on": rests_on(entry)}
    desk = a_desk(roles=HELD | {"executive": frozenset((CLEO,))}, now=NOW)
    with store.write() as session:
        if session.get(PersonRow, CLEO) is None:
            session.add(PersonRow(id=CLEO, team="T", slack_user="UCLEO", updated_at=NOW))
            session.flush()
        wish = ActOnEntry(**on(entry, CLEO), act="accepted", said=said, seen=entry.version)
        aims.carry_out(session, wish, desk)


def test_a_page_that_cannot_be_written_is_told(steward: Steward, register: Store, tmp_path: Path) -> None:
    code, _, told = steward("risks", "--html", str(tmp_path / "nowhere" / "risks.html"))
    assert code == 2
    assert "could not be written" in told
