"""One year after the yes, act by act: what people do, while the clock brings what falls due in between.

`acts.py` says what each of them does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.demo import acts, impact, learning, mishap, oversight, reviewing, suppliers, system
from bot.demo.play import Play
from bot.demo.theatre import Theatre

BEGINS = datetime(2026, 12, 7, 9, 2, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Monday."""
ENDS = "2027-12-06"


class Act(NamedTuple):
    """`day`: on which it is played, at `hour` in Berlin; all that falls due before it has come by then.

    `about`: the use without which there is nothing to play.
    """

    day: str
    told: str
    plays: Callable[[Play], None]
    about: str = ""
    hour: int = 9


ACTS = (
    Act("2026-12-07", "Five teams ask, and get their yes", acts.begin),
    Act("2026-12-08", "Leila sets the management system up, and Hana says yes to it", system.begin),
    Act("2026-12-09", "People are named and suppliers looked at; what is ready begins", acts.go_live),
    Act("2027-01-11", "Jonas puts a reminder off until Wednesday", acts.put_off, "code"),
    Act("2027-01-14", "It came back as promised, and he shows that the condition is met", acts.meet, "code"),
    Act("2027-01-18", "Amara writes down what could go wrong; Hana agrees", oversight.weigh, "minutes"),
    Act("2027-01-19", "The policy is to be read, and a course to be taken", learning.ask),
    Act("2027-01-20", "Something is missing, and Jonas is to see to it", system.take_on),
    Act("2027-01-21", "Some read it, and some learn", learning.read),
    Act("2027-01-22", "Four have taken the course", learning.learn),
    Act("2027-02-16", "A customer gets somebody else's minutes: an incident", mishap.happens, "minutes", 14),
    Act("2027-02-18", "One clock of the law is kept, another was missed", mishap.clocks, "minutes", 13),
    Act("2027-02-23", "Its cause is found, and somebody does something against it", mishap.mends, "minutes"),
    Act("2027-03-05", "That is done, and tried among colleagues", mishap.acts_on_it, "minutes"),
    Act(
        "2027-03-08", "The last report goes out, and the use is decided anew", mishap.begins_again, "minutes"
    ),
    Act("2027-03-10", "That risk is weighed anew, and borne until winter", oversight.weigh_again, "minutes"),
    Act("2027-03-15", "The first numbers of the quarter", acts.report),
    Act("2027-03-16", "Mira says how many were answered in time", system.measure),
    Act("2027-03-29", "Jonas has seen to it, a month late", system.finish),
    Act("2027-04-01", "Petra leaves the company", acts.leave, "reports"),
    Act("2027-04-08", "Mira takes over what Petra answered for", acts.take_over, "reports"),
    Act(
        "2027-04-12", "After five weeks of calls it is seen to have worked: closed", mishap.closes, "minutes"
    ),
    Act("2027-04-13", "She says that it is as it was", acts.confirm_reports, "reports"),
    Act("2027-04-20", "Three years of audits are planned, and the first one", oversight.plan_audits),
    Act("2027-04-26", "It worked: Leila finds that people know", system.check),
    Act("2027-05-10", "Ute draws uses by lot", oversight.draw),
    Act("2027-05-12", "She looks at what the lot fell on", oversight.look),
    Act("2027-05-20", "She reports: one thing is to be put right", oversight.report),
    Act(
        "2027-05-26",
        "High risk is looked at after half a year: Priya confirms each fact",
        acts.confirm_sorting,
        "sorting",
    ),
    Act("2027-05-28", "Leila reads it before it counts", acts.read_sorting, "sorting"),
    Act("2027-06-15", "The numbers of the second quarter", acts.report),
    Act("2027-06-16", "Nobody asked since, so that is as it was", system.measure),
    Act("2027-06-21", "Amara puts right what was found, and plans that it stays so", oversight.put_right),
    Act("2027-07-28", "That is done", oversight.show_it),
    Act(
        "2027-08-10",
        "A review that nobody answered has climbed to Leila; now Jonas does",
        acts.confirm_code,
        "code",
    ),
    Act("2027-09-01", "Mira says what changed: it needs a yes again", acts.change_minutes, "minutes"),
    Act("2027-09-03", "Leila gives it, as the risk is higher now", acts.approve_minutes, "minutes"),
    Act(
        "2027-09-06", "Mira writes down what the minutes mean for whoever is in them", impact.write, "minutes"
    ),
    Act("2027-09-08", "Amara looks at it: it stands", impact.look, "minutes"),
    Act("2027-09-15", "The numbers of the third quarter", acts.report),
    Act("2027-09-16", "One more in time, and less than was aimed at", system.measure),
    Act("2027-10-04", "The AI policy has a second version", system.renew_policy),
    Act("2027-10-05", "A certificate is planned for spring", system.plan_certificate),
    Act("2027-10-18", "Leila calls the management review", reviewing.call),
    Act("2027-11-02", "What the audit found is put right for good", oversight.close_it),
    Act("2027-11-03", "Two read the second version", learning.read),
    Act("2027-11-10", "The review was held: its minutes, and what is to be done", reviewing.minute),
    Act("2027-11-11", "One supplier is assessed; its certificate ends soon", suppliers.assess, "code"),
    Act("2027-11-15", "Leila drafts something to which nobody says yes", system.leave_waiting),
    Act("2027-11-26", "Somebody of the certification body may look", oversight.let_in),
    Act("2027-11-30", "After a year: as it was, with one press", acts.confirm_translate, "translate"),
    Act(
        "2027-12-01", "Priya looks at it again, late; Leila has that to read", acts.confirm_sorting, "sorting"
    ),
    Act("2027-12-02", "A near miss, which is still open", mishap.nearly, "minutes"),
)


def play(
    theatre: Theatre, progress: Callable[[str], None], *, without: Collection[str] = (), until: str = ENDS
) -> Play:
    """`without`: uses for which nobody asks."""
    played = Play(theatre, without)
    go_on(played, progress, until=until)
    return played


def go_on(played: Play, progress: Callable[[str], None], *, since: str = "", until: str = ENDS) -> None:
    for act in ACTS:
        if since <= act.day < until and act.about not in played.without:
            progress(f"{act.day}  {act.told}")
            played.theatre.until(act.day, act.hour)
            act.plays(played)
    played.theatre.until(until, 10)
