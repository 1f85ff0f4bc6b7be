"""What the people of the example organisation read and learn in its year: some in time, some never."""

from __future__ import annotations

from datetime import date

from bot.demo.play import AMARA, JONAS, LEILA, MIRA, PRIYA, Play
from bot.demo.system import draft, person, titled
from bot.slack.ids import Action
from store import training
from triage.aims.entry import Said

POLICY, COURSE = "AI policy", "What AI can and cannot do"
READ = {"01": (MIRA, AMARA, LEILA), "11": (MIRA, AMARA)}
"""Who reads it, by month: the second version has fewer readers by the end of the year."""


def ask(play: Play) -> None:
    """Everybody is asked to read the policy; whoever answers for a use is to take a course each year."""
    running = play.theatre.running
    policy = titled(play, "policy", POLICY)
    call: dict[str, Said] = {"title": POLICY, "policy": policy.id, "everybody": "yes", "days": "14"}
    draft(running, LEILA, "acknowledgement", call, "read", name=policy.name)
    course: dict[str, Said] = {
        "title": COURSE,
        "what": "An hour on where it errs, what it must not be told, and whom to ask.",
        "roles": ("reviewer", "security", "auditor"),
        "of_uses": ("owner",),
        "tiers": ("medium", "high", "very_high"),
        "months": "12",
        "confirmed": "no",
        "link": "https://learn.example.com/ai",
    }
    draft(running, LEILA, "training", course, "training")


def read(play: Play) -> None:
    for user in READ[f"{play.theatre.clock.moment():%m}"]:
        play.person(user).presses(Action.HAVE_READ)


def learn(play: Play) -> None:
    """Four of them; what they learnt in January expires in January."""
    running, course = play.theatre.running, titled(play, "training", COURSE)
    desk = running.front.desk()
    with play.theatre.store.write() as session:
        for user in (MIRA, JONAS, AMARA, PRIYA):
            link = f"https://learn.example.com/ai/{user.lower()}"
            one = person(running, user)
            training.say_done(session, course.id, one, date(2027, 1, 21), link, desk, by=one)
