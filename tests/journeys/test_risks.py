"""Risks in Slack: from what rules name to a draft, a yes, an acceptance, and to what makes that stale."""

from __future__ import annotations

from copy import copy
from typing import Any, cast

import pytest

from bot.pack.risks import gaps
from bot.riskplan import plan
from bot.sandbox.reading import words
from bot.slack import originating, risks, soa, weighing
from bot.slack.ids import Action, to_value
from bot.slack.ids import Press as Carried
from bot.slack.payloads import Press, Submission, Who
from bot.slack.pressed import HANDLERS
from bot.slack.screens.riskform import Held, to_held
from bot.words import Words
from store import aims, origins, risks_stale
from store.agenda import now_dated
from store.risks import accepted
from tests.journeys.test_system import by_hand, entries, gives, id_of, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, World
from triage.aims.entry import Entry, Said, entry_id
from triage.aims.kinds import kinds
from triage.aims.origins import Arisen
from triage.aims.sifting import Sift
from triage.aims.wishes import DraftEntry
from triage.confidences import Confide
from triage.outcome import Refused
from triage.talking import Withdraw

UNTIL = "2026-12-31"
WEIGHTS = {
    "likelihood": "4",
    "impact": "3",
    "likelihood_now": "3",
    "impact_now": "3",
    "treatment": "reduce",
    "likelihood_after": "2",
    "impact_after": "2",
}


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO], auditor=[BEN], risk_owner=[EVE])


def works_out(world: World) -> None:
    """As the clock does."""
    desk = world.bot.front.desk()
    soa.keep(world.bot.front, desk)
    risks.keep(world.bot.front, desk)
    world.settle()


def fills(world: World, user: str, **said: Any) -> dict[str, str] | None:
    person = world.person(user)
    for name, value in said.items():
        person.hands.fills(**{f"entry.{name}": value})
        world.settle()
    problems = person.submits()
    world.settle()
    return problems


def drafts(world: World, user: str = DAN, owner: str = ANA, **more: Any) -> Entry:
    """The first that rules name."""
    person = world.person(user)
    person.steward("risks")
    press(world, user, Action.RISK_ADD)
    press(world, user, Action.RISK_TAKE)
    assert fills(world, user, owner=owner) is None
    assert fills(world, user, **(WEIGHTS | more)) is None
    return entries(world, "risk")[-1]


def approves(world: World, user: str = CLEO) -> None:
    person = world.person(user)
    shown = [m for m in person.dm() if "waits for your yes" in words(m)][-1]
    button = next(b for b in _buttons(shown) if b["action_id"].startswith(Action.APPROVE_ENTRY.value))
    assert person.hands.clicks("dm", shown["ts"], button["action_id"])
    world.settle()


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for block in message["blocks"] if block["type"] == "actions" for each in block["elements"]]


def opens(world: World, user: str, entry: Entry) -> str:
    person = world.person(user)
    if person.hands.view() is not None:
        person.hands.closes_view(all_of_them=True)
    person.steward("risks")
    press(world, user, Action.READ_ENTRY, entry.id)
    return person.window()


def accepts(world: World, user: str, entry: Entry, until: str = UNTIL) -> dict[str, str] | None:
    opens(world, user, entry)
    press(world, user, Action.ACT_ENTRY, f"accepted|0||{entry.id}")
    person = world.person(user)
    person.hands.fills(until=until, reason="Two people read each answer.")
    problems = person.submits()
    world.settle()
    return problems


def test_from_what_rules_name_to_an_acceptance_that_a_change_makes_stale(world: World) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    dan = world.person(DAN)
    dan.steward("risks")
    assert "that nobody weighed yet" in dan.window()
    press(world, DAN, Action.RISK_ADD)
    said = dan.window()
    assert "What rules name and nobody weighed" in said
    assert "AIU-2026-0001" in said
    press(world, DAN, Action.RISK_TAKE)
    assert fills(world, DAN, owner=ANA) is None
    assert "Choose both, and its level stands here." in dan.window()
    dan.hands.fills(**{"entry.likelihood": "4"})
    dan.hands.fills(**{"entry.impact": "4"})
    world.settle()
    assert "High by the matrix." in dan.window(), "the level is seen before it is handed in"
    assert fills(world, DAN, **WEIGHTS) is None
    assert "waits for a yes from" in dan.window()
    assert "High before any measure, medium now, low afterwards" in dan.window()
    (entry,) = entries(world, "risk")
    assert entry.said("source") == "triage_rule"
    assert entry.said("uses") == ("AIU-2026-0001",)
    approves(world)
    assert entries(world, "risk")[0].state == "in_force"
    said = opens(world, EVE, entry)
    assert "Nobody accepted what remains." in said
    assert accepts(world, EVE, entry) is None
    assert "Accepted until" in world.person(EVE).window()
    said = opens(world, DAN, entry)
    press(world, DAN, Action.RISK_WEIGH)
    assert fills(world, DAN, impact_now="4") is None
    approves(world)
    assert "changed since: it counts no more" in opens(world, DAN, entry)
    works_out(world)
    heard = [words(m) for m in world.person(EVE).dm() if "it has changed since" in words(m)]
    assert len(heard) == 1
    assert f"<@{CLEO}>" in heard[0], "at high it takes an executive"
    assert [1 for m in world.person(ANA).dm() if "it has changed since" in words(m)] == [1]
    assert stale(world) == []
    with world.store.write() as session:
        assert risks_stale.tell(session, [entry], world.bot.front.desk()) == 0, "once for each acceptance"
    assert world.is_untouched()


def stale(world: World) -> list[Entry]:
    """Those that nobody was told of, as the clock finds them: by reading alone."""
    with world.store.read() as session:
        return risks_stale.untold(session, world.bot.front.desk())


def test_what_was_accepted_and_changed_since_is_accepted_until_no_day_anywhere(world: World) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    entry = drafts(world)
    approves(world)
    assert accepts(world, EVE, entry) is None

    def told() -> tuple[list[str], list[str]]:
        desk, words = world.bot.front.desk(), Words("en", "UTC")
        with world.store.read() as session:
            every = tuple(aims.every_one(session, None))
            days = [each.what for each in now_dated(session, every, desk) if each.entry == entry.id]
            lines = plan(session, words, desk.day, None, str)
        return days, [gap.kind for gap in gaps(lines)]

    days, missing = told()
    assert ("acceptance" in days, missing) == (True, [])
    opens(world, DAN, entry)
    press(world, DAN, Action.RISK_WEIGH)
    assert fills(world, DAN, impact_now="4") is None
    approves(world)
    days, missing = told()
    assert "acceptance" not in days
    assert "acceptance_stale" in missing


def test_nobody_waits_while_what_is_stale_is_found_and_it_is_looked_at_again_before_it_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    entry = drafts(world)
    approves(world)
    assert accepts(world, EVE, entry) is None
    opens(world, DAN, entry)
    press(world, DAN, Action.RISK_WEIGH)
    assert fills(world, DAN, impact_now="4") is None
    approves(world)
    found = stale(world)
    assert [each.id for each in found] == [entry.id]
    assert accepts(world, CLEO, entry) is None
    front = world.bot.front
    with world.store.write() as session:
        assert risks_stale.tell(session, found, front.desk()) == 0, "accepted again since it was found"

    def waits(*_: Any) -> Any:
        raise AssertionError("read while others wait")

    read = accepted
    monkeypatch.setattr(risks_stale, "accepted", lambda *given: waits() if writing(front) else read(*given))
    monkeypatch.setattr(risks_stale, "weighed", waits)
    front.weighed_from = None
    works_out(world)


def writing(front: Any) -> bool:
    return bool(getattr(front.office.store._mine, "writing", False))


def test_whoever_has_no_authority_or_a_part_in_it_does_not_accept(world: World) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    entry = drafts(world, likelihood_now="4", impact_now="4")
    approves(world)
    opens(world, EVE, entry)
    press(world, EVE, Action.ACT_ENTRY, f"accepted|0||{entry.id}")
    assert "That is for an executive" in words(world.person(EVE).dm()[-1])
    gives(world, executive=[CLEO, DAN])
    assert "Accept what remains" not in opens(world, DAN, entry), "who drafted it is not asked"
    by_hand(world, DAN, Action.ACT_ENTRY, Carried("accepted", choice=entry.id))
    assert "somebody else accepts what remains" in words(world.person(DAN).dm()[-1])
    assert entries(world, "risk")[0].done == ()
    assert accepts(world, CLEO, entry, until="2029-01-01") == {
        "until": world.bot.front.words.label("problem.risk_until")
    }
    assert accepts(world, CLEO, entry) is None
    (done,) = entries(world, "risk")[0].done
    assert (done.act, done.by) == ("accepted", id_of(world, CLEO))


ACTIONS = (
    Action.RISKS,
    Action.RISKS_PAGE,
    Action.RISK_ADD,
    Action.RISK_WEIGH,
    Action.RISK_ACTION,
)
MAY = {
    "governance_lead": set(ACTIONS),
    "risk_owner": set(ACTIONS),
    "legal": set(ACTIONS),
    "privacy": set(ACTIONS),
    "security": set(ACTIONS),
    "vendor_manager": set(ACTIONS),
    "reviewer": {*ACTIONS} - {Action.RISK_ACTION},
    "executive": {Action.RISKS, Action.RISKS_PAGE, Action.RISK_ACTION},
    "committee": {Action.RISKS, Action.RISKS_PAGE},
    "auditor": {Action.RISKS, Action.RISKS_PAGE},
    "": set(),
}


def test_who_may_look_state_and_plan(world: World) -> None:
    """Each role by itself, also by presses that no button offers to them."""
    world.person(ANA).asks().submitted()
    works_out(world)
    entry = drafts(world)
    approves(world)
    nobody: dict[str, list[str]] = {role: [] for role in MAY if role}
    for role, may in MAY.items():
        gives(world, **(nobody | ({role: [EVE]} if role else {})))
        for action in ACTIONS:
            choice = entry.id if action in (Action.RISK_WEIGH, Action.RISK_ACTION) else ""
            assert opens_window(world, EVE, action, choice) == (action in may), (role, action)
    assert [len(each.steps) for each in entries(world, "risk")] == [2]


class Windows:
    """What would be opened, counted."""

    def __init__(self) -> None:
        self.opened: list[dict[str, Any]] = []

    def views_open(self, *, view: dict[str, Any], **how: Any) -> None:
        self.opened.append(view)

    views_push = views_update = views_open


def opens_window(world: World, user: str, action: Action, choice: str) -> bool:
    """Whether a press that nothing offers opens one; else it is refused."""
    front, seen = copy(world.bot.front), Windows()
    front.client = cast(Any, seen)
    element = {"type": "button", "action_id": action.value, "value": to_value(Carried("", choice=choice))}
    view = {"id": "V", "callback_id": "risks"} if action is Action.RISKS_PAGE else None
    made = Press(who=Who(TEAM, user), action=action.value, element=element, key="k", trigger="t", channel=None,
                 ts=None, thread=None, view=view)  # fmt: skip
    try:
        HANDLERS[action](front, made, id_of(world, user))
    except Refused:
        assert not seen.opened
        return False
    return len(seen.opened) == 1


def test_a_window_that_is_handed_in_twice_drafts_once(world: World) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    front = world.bot.front
    held = Held(said={"title": "Once", "scenario": "It happens", "source": "manual", "category": "privacy",
                      "affected": ("individuals",), "owner": id_of(world, ANA)})  # fmt: skip
    fields = {f"entry.{name}": (value,) for name, value in WEIGHTS.items()}
    made = Submission(who=Who(TEAM, DAN), callback="risk_weigh", about=to_held(held), key="once",
                      fields=fields, view="V")  # fmt: skip
    for _ in range(2):
        weighing.handed(front, made, id_of(world, DAN))
    assert [each.title for each in entries(world, "risk")] == ["Once"]


def test_a_use_that_became_confidential_is_named_nowhere(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    works_out(world)
    entry = drafts(world)
    approves(world)
    ref = thread.case.ref or ""
    assert ref in opens(world, DAN, entry)
    wish = Confide(actor=id_of(world, ANA), key="closed", case=thread.case.id)
    world.bot.front.do(wish, world.bot.front.desk())
    assert ref not in opens(world, EVE, entry)
    press(world, EVE, Action.ACT_ENTRY, f"accepted|0||{entry.id}")
    assert ref not in world.person(EVE).window()
    asked = risks.view(world.bot.front, id_of(world, CLEO), Sift("use", ref), 0)
    assert ref not in str(asked)
    assert "All that are open" in str(asked)
    world.person(DAN).hands.closes_view(all_of_them=True)
    world.person(DAN).steward("risks")
    press(world, DAN, Action.RISK_ADD)
    assert ref not in world.person(DAN).window()


def test_a_use_that_became_confidential_is_not_named_beside_what_rules_name(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    works_out(world)
    front, dan = world.bot.front, world.person(DAN)
    for closed in (False, True):
        dan.steward("risks")
        press(world, DAN, Action.RISK_ADD)
        assert ("AIU-2026-0001" in dan.window()) != closed
        assert "Named for one use" in dan.window(), "it is counted"
        dan.hands.closes_view(all_of_them=True)
        wish = Confide(actor=id_of(world, ANA), key="closed", case=thread.case.id)
        front.do(wish, front.desk())


def test_an_action_of_the_plan_names_its_risk_and_is_followed(world: World) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    entry = drafts(world)
    approves(world)
    opens(world, EVE, entry)
    press(world, EVE, Action.RISK_ACTION)
    eve = world.person(EVE)
    eve.hands.fills(gap_title="Show sources", gap_success="They stand there.", person=ANA, due="2026-12-20")
    assert eve.submits() is None
    (action,) = entries(world, "action")
    assert action.said("refs") == (entry.ref,)
    assert "Show sources" in eve.window()
    eve.hands.closes_view(all_of_them=True)
    eve.steward("risks")
    assert "Next: 20 December 2026" in eve.window()


def test_what_changed_while_it_was_looked_at_is_not_accepted(world: World) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    entry = drafts(world)
    approves(world)
    opens(world, EVE, entry)
    press(world, EVE, Action.ACT_ENTRY, f"accepted|0||{entry.id}")
    opens(world, DAN, entry)
    press(world, DAN, Action.RISK_WEIGH)
    assert fills(world, DAN, impact_now="2") is None
    approves(world)
    eve = world.person(EVE)
    eve.hands.fills(until=UNTIL, reason="It is rare.")
    assert eve.submits() is None
    assert "This has changed since it was shown to you" in eve.window()
    assert entries(world, "risk")[0].done == ()


def test_the_list_is_narrowed_in_its_window(world: World) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    entry = drafts(world, owner=EVE)
    approves(world)
    eve = world.person(EVE)
    eve.steward("risks")
    for value, there in (("mine", True), ("level:high", False), ("level:medium", True), ("unaccepted", True),
                         ("closed", False), ("waiting", False), ("all", True)):  # fmt: skip
        assert eve.hands.selects_view(Action.RISKS_SIFT.value, [value])
        world.settle()
        assert (entry.ref in eve.window()) == there, value
    eve.hands.closes_view()
    dan = world.person(DAN)
    dan.steward("risks")
    assert dan.hands.selects_view(Action.RISKS_SIFT.value, ["mine"])
    world.settle()
    assert "None of these." in dan.window()


def test_a_risk_whose_uses_have_ended_is_put_forward_and_closed_by_a_person(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    works_out(world)
    entry = drafts(world)
    approves(world)
    assert "Its uses have ended" not in opens(world, EVE, entry)
    world.bot.front.do(
        Withdraw(actor=id_of(world, ANA), key="over", case=thread.case.id), world.bot.front.desk()
    )
    world.person(EVE).hands.closes_view(all_of_them=True)
    world.person(EVE).steward("risks")
    assert "Its uses have ended, so it can be closed." in world.person(EVE).window()
    assert entries(world, "risk")[0].stage == "", "nothing is closed by itself"
    assert "Close it with a reason" in opens(world, EVE, entry)
    press(world, EVE, Action.ACT_ENTRY, f"closed|0||{entry.id}")
    assert fills(world, EVE, because="Nobody uses it any more.") is None
    assert entries(world, "risk")[0].stage == "closed"
    world.person(EVE).hands.closes_view(all_of_them=True)
    world.person(EVE).steward("risks")
    assert "None of these." in world.person(EVE).window()


def happened(world: World, weight: str = "major") -> Entry:
    said: dict[str, Said] = {"title": "Nobody looked", "what": "For a year", "source": "audit", "weight": weight,
            "points": ("8.2",), "due": "2027-01-01"}  # fmt: skip
    kind, key = kinds()["nonconformity"], f"nc {len(entries(world, 'nonconformity'))}"
    wish = DraftEntry(
        actor=id_of(world, DAN), key=key, entry=entry_id(kind, "", key), kind=kind.id, said=said
    )
    front = world.bot.front
    with world.store.write() as session:
        return aims.carry_out(session, wish, front.desk())


def test_what_happened_suggests_a_risk_until_it_is_weighed_or_set_aside_for_good(world: World) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    first, second = happened(world), happened(world)
    works_out(world)
    dan = world.person(DAN)
    dan.steward("risks")
    assert "2 things happened that may be risks" in dan.window()
    press(world, DAN, Action.RISK_ADD)
    assert first.ref in dan.window()
    assert second.ref in dan.window()
    press(world, DAN, Action.RISK_ASIDE, f"nonconformity:{first.id}")
    assert "it does not come again" in dan.window()
    dan.hands.fills(reason="Its cause is gone for good.")
    assert dan.submits() is None
    world.settle()
    assert first.ref not in dan.window()
    (said,) = entries(world, "not_a_risk")
    assert said.in_force is not None
    assert (said.in_force.by, said.said("because")) == (id_of(world, DAN), "Its cause is gone for good.")
    press(world, DAN, Action.RISK_TAKE, f"nonconformity:{second.id}")
    assert fills(world, DAN, scenario="It happens again", affected=["organisation"], owner=ANA) is None
    assert fills(world, DAN, **WEIGHTS) is None
    (risk,) = entries(world, "risk")
    assert (risk.said("source"), risk.said("from")) == ("audit", (second.ref,))
    world.bot.front.weighed_from = None
    works_out(world)
    dan.hands.closes_view(all_of_them=True)
    dan.steward("risks")
    assert "that may be" not in dan.window(), "neither comes a second time"
    assert world.is_untouched()


def test_nothing_of_a_confidential_use_suggests_a_risk_to_anybody(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    ref = thread.case.ref or ""
    found = Arisen(origin="harm_privacy", key=f"harm_privacy:{thread.case.id}", ref=ref,
                   source="impact_assessment", uses=(ref,))  # fmt: skip
    front = world.bot.front
    with world.store.write() as session:
        origins.keep(session, [found], front.desk().now)
        assert origins.waiting(session) == (found,)
    front.do(Confide(actor=id_of(world, ANA), key="closed", case=thread.case.id), front.desk())
    with world.store.read() as session:
        assert origins.waiting(session) == ()


def test_whoever_may_state_no_risk_sets_none_aside(world: World) -> None:
    first = happened(world)
    works_out(world)
    front = world.bot.front
    about = f"nonconformity:{first.id}||"
    made = Submission(who=Who(TEAM, DAN), callback="risk_aside", about=about, key="once",
                      fields={"reason": ("No",)}, view="V")  # fmt: skip
    with pytest.raises(Refused):
        originating.set_aside(front, made, id_of(world, ANA))
    for _ in range(2):
        originating.set_aside(front, made, id_of(world, DAN))
    assert len(entries(world, "not_a_risk")) == 1
