"""How the example organisation looks at itself in its year: risks that are borne, an audit, a management review.

Some of it is left undone on purpose, as in `system`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.demo.play import AMARA, HANA, JONAS, LEILA, MIRA, OLE, UTE, Play
from bot.demo.player import Stuck
from bot.demo.system import act, approve, draft, person, titled
from store import aims, auditing
from store.convened import laid
from triage.aims.auditing import digest, drawn, findings
from triage.aims.entry import Said
from triage.aims.minutes import PARTS, Choice, Decision, drafts, minutes, taken_up
from triage.aims.risk import rests_on

MINUTES = "Minutes reach somebody they are not for"
MODEL = "A model that we cannot do without is changed or withdrawn"
AUDIT = "How requests are decided"
NOTICE = "A use went live before its notice was up"
REVIEW = "Management review of the first year"
UNTIL = "2027-12-20"
"""What is borne ends soon after the year is over, so that its owner hears of it."""


# -- risks


def weigh(play: Play) -> None:
    """Amara writes two down; Hana agrees with how they are treated. Of the second nothing is done yet."""
    running = play.theatre.running
    approve(running, draft(running, AMARA, "risk", _of_minutes(play), "demo:risk:minutes"))
    said: dict[str, Said] = {
        "title": MODEL,
        "scenario": "Our search rests on one model of one vendor, and there is no other that we have tried.",
        "source": "library",
        "category": "third_party",
        "affected": ("organisation",),
        "likelihood": "3",
        "impact": "5",
        "likelihood_now": "3",
        "impact_now": "5",
        "treatment": "reduce",
        "plan": "Try a second model on the same questions.",
        "likelihood_after": "3",
        "impact_after": "3",
        "owner": person(running, JONAS),
    }
    approve(running, draft(running, AMARA, "risk", said, "demo:risk:model"))


def _of_minutes(play: Play) -> dict[str, Said]:
    return {
        "title": MINUTES,
        "scenario": "Minutes that were written by a machine go to the wrong customer, with what was said about them.",
        "source": "triage_rule",
        "category": "privacy",
        "affected": ("individuals", "organisation"),
        "uses": (play.refs["minutes"],),
        "likelihood": "4",
        "impact": "3",
        "controls_now": ("Whoever led the call reads them before they are sent",),
        "likelihood_now": "3",
        "impact_now": "3",
        "treatment": "reduce",
        "plan": "The list of who gets them comes from the calendar, and not from the machine.",
        "likelihood_after": "2",
        "impact_after": "3",
        "owner": person(play.theatre.running, MIRA),
        "points": ("A.9.2",),
    }


def weigh_again(play: Play) -> None:
    """After it happened; what remains is borne until winter, and stale once the use changes in autumn."""
    running, entry = play.theatre.running, titled(play, "risk", MINUTES)
    controls = (
        "Whoever led the call reads them before they are sent",
        "Who gets them comes from the calendar",
    )
    said = {**_of_minutes(play), "source": "incident", "controls_now": controls, "likelihood_now": "2"}
    newer = draft(running, AMARA, "risk", said, "demo:risk:minutes:2", entry=entry)
    approve(running, newer)
    entry = titled(play, "risk", MINUTES)
    with play.theatre.store.read() as session:
        facts = aims.facts_of(session, entry)
    because = "Two people look before anything is sent, and a wrong one can be called back."
    rests: dict[str, Said] = {"rests_on": rests_on(entry), **({"facts": facts} if facts else {})}
    act(running, LEILA, entry, "accepted", until=UNTIL, because=because, **rests)


# -- an audit


def plan_audits(play: Play) -> None:
    said: dict[str, Said] = {
        "since": "2027-01-01",
        "until": "2029-12-31",
        "plan": ("Each year how requests are decided", "2028 the suppliers", "2029 people and trainings"),
        "method": "A lot that nobody chose, and what is on record of each use that it falls on.",
    }
    running = play.theatre.running
    approve(running, draft(running, LEILA, "programme", said, "demo:programme"))
    named: dict[str, Said] = {
        "title": AUDIT,
        "objective": "Whether what is decided is decided as our rules say, and kept.",
        "scope": ("All units", "Everything that was decided since December"),
        "criteria": ("8.1", "8.2", "A.9.2"),
        "auditors": (person(running, UTE),),
        "begins": "2027-05-10",
        "due": "2027-05-28",
    }
    approve(running, draft(running, LEILA, "audit", named, "demo:audit"))


def draw(play: Play) -> None:
    """Ute draws, and looks at what the lot fell on; of the first she finds something."""
    running, entry = play.theatre.running, titled(play, "audit", AUDIT)
    with play.theatre.store.read() as session:
        found, seed = auditing.population(session, entry), auditing.seed(session, entry)
    size = min(3, len(found))
    sample = drawn(found, seed, size)
    counted = {"size": str(size), "population": str(len(found)), "digest": digest(found), "seed": seed}
    entry = act(running, UTE, entry, "drawn", sample=sample, **counted)
    for use in sample[:1]:
        entry = act(running, UTE, entry, "looked", uses=(use,), verdict="finding", word=NOTICE)
    for use in sample[1:]:
        word = "Decided as the rules say, with its reasons."
        entry = act(running, UTE, entry, "looked", uses=(use,), verdict="as_decided", word=word)


def report(play: Play) -> None:
    """It conforms but for one thing, which becomes a nonconformity; the audit stays open until that is done."""
    running, entry = play.theatre.running, titled(play, "audit", AUDIT)
    told = "What was drawn was decided as the rules say. Of one use the notice came a week late."
    entry = act(running, UTE, entry, "held", report=told, conclusion="minor")
    act(running, UTE, entry, "reported", told=(person(running, LEILA), person(running, HANA)))
    use = findings(entry)[0].use
    said: dict[str, Said] = {
        "title": NOTICE,
        "what": "The notice for those concerned was put up a week after people began to use it.",
        "source": "audit",
        "weight": "minor",
        "points": ("8.1", "A.8.2"),
        "from": (entry.ref, use),
        "owner": person(running, MIRA),
        "due": "2027-07-30",
    }
    draft(running, UTE, "nonconformity", said, "demo:nonconformity")


def put_right(play: Play) -> None:
    running, entry = play.theatre.running, titled(play, "nonconformity", NOTICE)
    entry = act(running, MIRA, entry, "corrected", correction="The notice is up.")
    cause = "Nobody had asked for it when the pilot began."
    entry = act(
        running,
        MIRA,
        entry,
        "explained",
        cause=cause,
        elsewhere="Two more uses were looked at: theirs was up.",
    )
    plan = {"action": "The notice is a task before the pilot.", "success": "No use goes live without it."}
    act(running, MIRA, entry, "planned", until="2027-07-30", check_on="2027-10-29", **plan)


def show_it(play: Play) -> None:
    entry = titled(play, "nonconformity", NOTICE)
    act(play.theatre.running, MIRA, entry, "done", evidence="It stands among the tasks of each new use.")


def close_it(play: Play) -> None:
    """Somebody else looks whether it worked; then the audit closes."""
    running, entry = play.theatre.running, titled(play, "nonconformity", NOTICE)
    act(running, LEILA, entry, "effective", shows="Of four uses since then none lacked it.")
    act(running, LEILA, titled(play, "audit", AUDIT), "closed", because="What was found is put right.")


# -- a management review


def call(play: Play) -> None:
    running = play.theatre.running
    said: dict[str, Said] = {
        "title": REVIEW,
        "since": "2026-12-07",
        "due": "2027-11-09",
        "attends": tuple(person(running, each) for each in (HANA, LEILA, AMARA, JONAS)),
        "owner": person(running, LEILA),
        "words": "Please bring what you would stop, and what you would do more of.",
    }
    draft(running, LEILA, "review_call", said, "demo:review")


DECIDED: Mapping[str, Choice] = {"wrong": "change", "improvements": "improvement"}


def minute(play: Play) -> None:
    """What each input led to; two decisions are somebody's at once."""
    running, called = play.theatre.running, titled(play, "review_call", REVIEW)
    lies = laid(called)
    if lies is None:
        raise Stuck("Nothing lay on the table.")
    said: dict[str, Choice] = {**dict.fromkeys(PARTS, "none"), **DECIDED}
    jonas, mira = person(running, JONAS), person(running, MIRA)
    decisions = [
        Decision(
            part="wrong", choice="change", what=("Try a second model for our search",),
            shows="It answers as well on our questions", owner=jonas, due=date(2028, 2, 29),
        ),
        Decision(
            part="improvements", choice="improvement", what=("One list of notices for all units",),
            shows="Nobody writes one anew", owner=mira, due=date(2028, 3, 31),
        ),
    ]  # fmt: skip
    lead, desk = person(running, LEILA), running.front.desk()
    key, because = "demo:minutes", f"Decided in {REVIEW}"
    with running.office.store.write() as session:
        made = [aims.carry_out(session, each, desk) for each in drafts(decisions, called, lead, key, because)]
        for each in made:
            if (wish := taken_up(each, lead, because)) is not None:
                aims.carry_out(session, wish, desk)
    told = "The first year went as planned. Two requests were late; the search rests on one model."
    there = tuple(person(running, each) for each in (HANA, LEILA, JONAS))
    written = minutes(called, (lies.digest, lies.as_of), said, decisions, made, (told, there))
    review = draft(running, LEILA, "management_review", written, key)
    act(running, LEILA, called, "minuted", review=(review.ref,))
    approve(running, review)


def let_in(play: Play) -> None:
    """Somebody of the certification body may look until the end of stage 1."""
    running = play.theatre.running
    said: dict[str, Said] = {
        "title": "Before stage 1",
        "auditor": person(running, OLE),
        "since": "2027-11-29",
        "until": "2028-01-21",
        "purpose": "To prepare stage 1: register, decisions and the trail.",
    }
    approve(running, draft(running, LEILA, "access", said, "demo:access"))
