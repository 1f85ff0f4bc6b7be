"""The acts in which something goes wrong: from the message that says so to the end, and one that is still open."""

from __future__ import annotations

from typing import Any

from bot.demo.acts import approve
from bot.demo.member import CARDS, Member, Shown
from bot.demo.play import AMARA, JONAS, LEILA, MIRA, Play
from bot.demo.player import Stuck, elements
from bot.slack.ids import Action, Shortcut
from bot.slack.screens.incident_windows import QUESTION
from store import incidents
from triage.incidents.clocks import waiting
from triage.incidents.incident import Incident

GENERAL = "C0GENERAL"
KNOWN = {
    "happening": "no",
    "category": ["privacy"],
    "harm": ["rights"],
    "extent": "inconvenience",
    "people": "few",
    "vulnerable": "no",
    "personal_data": "ordinary",
    "practice": "no",
    "irreversible": "no",
    "repeated": "no",
    "our_role": "deployer",
    "data_role": "controller",
    "duties": ["nis2"],
}
"""What those who look into it find out on the first day."""


HARMLESS = {
    **KNOWN,
    "repeated": "yes",
    "category": ["wrong_output"],
    "harm": ["none"],
    "extent": "nothing",
    "people": "none",
    "personal_data": "no",
    "duties": ["none"],
}


def happens(play: Play) -> None:
    mira, jonas = play.person(MIRA), play.person(JONAS)
    ts = mira.hands.says(GENERAL, "Fireflies sent the minutes of one customer to another this morning")
    play.theatre.settle()
    jonas.hands.shortcut(Shortcut.INCIDENT_FROM.value, GENERAL, ts)
    play.theatre.settle()
    jonas.hands_in(words="Names and prices of one customer went to another", use=play.case("minutes").id)
    does(play.person(LEILA), "take_up")
    asked = {f"{QUESTION}{name}": each for name, each in KNOWN.items()}
    does(play.person(AMARA), "assess", **asked)
    does(play.person(AMARA), "breach", ruling="yes", reason="Personal data reached somebody else")
    does(play.person(LEILA), "suspend", reason="Until we know how that could happen")
    does(play.person(LEILA), "contain", ruling="stopped", words="No minutes are sent any more")


def clocks(play: Play) -> None:
    """The 72 hours of the GDPR are kept; the 24 of the early warning were not."""
    settle(play, AMARA, "gdpr-authority", "met", "Notified by its form, receipt 2027-0418")
    does(play.person(AMARA), "noted_told", ruling="affected", words="Both customers were called")
    settle(play, JONAS, "nis2-warning", "met", "Sent a day late, with the notification, receipt N-3307")
    settle(play, JONAS, "nis2-notification", "met", "Receipt N-3307")
    does(
        play.person(LEILA), "noted_told", ruling="provider", words="Told late: the supplier has a form for it"
    )


def settle(play: Play, user: str, clock: str, outcome: str, reason: str = "") -> None:
    with play.theatre.store.read() as session:
        found = incidents.by_ref(session, play.refs.get("incident", "AII-2027-0001"))
        case = incidents.case_of(session, found) if found else None
    assert found is not None
    if clock in [each.id for each in waiting(found, case, play.theatre.running.front.desk())]:
        does(play.person(user), "settle_clock", clock=clock, ruling=outcome, reason=reason)


def mends(play: Play) -> None:
    leila = play.person(LEILA)
    does(leila, "cause", words="A link that anybody could open stood in the invitation", ground=["process"])
    action = {"words": "Minutes go to the people of the call alone, and somebody checks the list"}
    does(leila, "add_action", **action, person=MIRA, due="2027-03-05")


def acts_on_it(play: Play) -> None:
    """Before the use is decided anew it is tried among colleagues, since no customer's minutes are written."""
    task = the_incident(play).now.actions[0].id
    words = "Set on 3 March, and tried on that day and the next with ten calls among ourselves"
    does(play.person(MIRA), "do_action", task=task, words=words)


def begins_again(play: Play) -> None:
    """The cause is known, so the last report can say it."""
    settle(play, JONAS, "nis2-report", "met", "With cause and action, receipt N-3391")
    approve(play, "minutes", "With the list that is checked.")


def closes(play: Play) -> None:
    """Five weeks after the use went on: only then is there something to look at."""
    task = the_incident(play).now.actions[0].id
    does(
        play.person(LEILA),
        "check_action",
        task=task,
        ruling="effective",
        words="Looked at on 12 April: the minutes of the 23 calls since 8 March. Each went to the people of its call.",
    )
    does(play.person(LEILA), "close", words="Look at who receives what before a pilot")


def nearly(play: Play) -> None:
    """Nobody was harmed, so no clock of the law runs. It nearly happened again; what to learn is open."""
    mira = play.person(MIRA)
    mira.hands.command("/steward", "incident", GENERAL)
    play.theatre.settle()
    words = "The list named somebody who was not on the call; whoever checks it saw it before it was sent"
    mira.hands_in(words=words, kind_of="near_miss", use=play.case("minutes").id)
    does(play.person(LEILA), "take_up")
    does(play.person(AMARA), "assess", **{f"{QUESTION}{name}": each for name, each in HARMLESS.items()})


def the_incident(play: Play) -> Incident:
    with play.theatre.store.read() as session:
        found = incidents.by_ref(session, "AII-2027-0001")
    if found is None:
        raise Stuck("There is no incident.")
    return found


def does(person: Member, wish: str, /, **given: Any) -> None:
    """A button about an incident, or a line of the menu of its card, and its window."""
    inside = person.user in person.hands.ws.channel(CARDS).members
    for place in (CARDS, "dm") if inside else ("dm",):
        for message in person.messages(place):
            for element in elements(message):
                if presses(person, place, message["ts"], element, wish):
                    if given:
                        person.hands_in(**given)
                    return
    raise Stuck(f"{person.user} finds no {wish}.")


def presses(person: Member, place: str, ts: str, element: Shown, wish: str) -> bool:
    name = str(element.get("action_id", ""))
    if name.startswith(Action.INCIDENT_DO.value) and element.get("value", "").endswith(f"|{wish}"):
        person.hands.clicks(place, ts, name, value=element["value"])
    elif name == Action.INCIDENT_MORE.value and wish in [each["value"] for each in element["options"]]:
        person.hands.selects(place, ts, name, [wish])
    else:
        return False
    person.waits()
    return True
