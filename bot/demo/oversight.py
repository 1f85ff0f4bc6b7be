"""How the example organisation looks at itself in its year: risks that are borne, and an audit.

Some of it is left undone on purpose, as in `system`.
"""

from __future__ import annotations

from bot.demo.play import AMARA, HANA, JONAS, LEILA, MIRA, OLE, UTE, Play
from bot.demo.player import Stuck
from bot.demo.system import act, approve, draft, person, titled
from store import aims, auditing, queries
from store.records import load
from triage.aims.auditing import digest, drawn, findings
from triage.aims.entry import Entry, Said
from triage.aims.risk import rests_on
from triage.case import Case, DecisionKind

MINUTES = "Minutes reach somebody they are not for"
MODEL = "A model that we cannot do without is changed or withdrawn"
AUDIT = "How requests are decided"
EARLY = "Uses were decided before the AI policy counted"
SIGNED = (DecisionKind.approve, DecisionKind.approve_with_conditions, DecisionKind.sign_off)
UNTIL = "2027-12-20"
"""What is borne ends soon after the year is over, so that its owner hears of it."""


# -- risks


def weigh(play: Play) -> None:
    """Amara writes two down; Hana agrees with how they are treated. Of the second nothing is done yet."""
    running = play.theatre.running
    approve(running, draft(running, AMARA, "risk", _of_minutes(play), "risk:minutes"))
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
    approve(running, draft(running, AMARA, "risk", said, "risk:model"))


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
        "plan": "The machine sends nothing by itself: the list of who gets them comes from the call.",
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
        "They go to the people of the call alone, and somebody else checks the list",
    )
    said = {**_of_minutes(play), "source": "incident", "controls_now": controls, "likelihood_now": "2"}
    newer = draft(running, AMARA, "risk", said, "risk:minutes:2", entry=entry)
    approve(running, newer)
    entry = titled(play, "risk", MINUTES)
    with play.theatre.store.read() as session:
        facts = aims.facts_of(session, entry)
    because = (
        "Two people look before anything is sent. What remains is that both overlook it, which we can bear."
    )
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
    approve(running, draft(running, LEILA, "programme", said, "programme"))
    named: dict[str, Said] = {
        "title": AUDIT,
        "objective": "Whether what is decided is decided as our rules say, and kept.",
        "scope": ("All units", "Everything that was decided since December"),
        "criteria": ("8.1", "8.2", "A.9.2"),
        "auditors": (person(running, UTE),),
        "begins": "2027-05-10",
        "due": "2027-05-28",
    }
    approve(running, draft(running, LEILA, "audit", named, "audit"))


def draw(play: Play) -> None:
    """Ute draws; nobody knew before what it would fall on."""
    running, entry = play.theatre.running, titled(play, "audit", AUDIT)
    with play.theatre.store.read() as session:
        found, seed = auditing.population(session, entry), auditing.seed(session, entry)
    size = min(3, len(found))
    sample = drawn(found, seed, size)
    counted = {"size": str(size), "population": str(len(found)), "digest": digest(found), "seed": seed}
    act(running, UTE, entry, "drawn", sample=sample, **counted)


def look(play: Play) -> None:
    """Two days later, use by use; of all that was drawn she finds the same, as all was decided on the first day."""
    running, entry = play.theatre.running, titled(play, "audit", AUDIT)
    for use in _drawn(entry):
        with play.theatre.store.read() as session:
            id = queries.id_of(session, use)
            case = load(session, id) if id else None
        if case is None:
            raise Stuck(f"There is no {use}.")
        entry = act(running, UTE, entry, "looked", uses=(use,), verdict="finding", word=_seen(case))


def _drawn(entry: Entry) -> tuple[str, ...]:
    found = next(each.said["sample"] for each in entry.done if each.act == "drawn")
    return found if isinstance(found, tuple) else ()


def _seen(case: Case) -> str:
    """What was looked at, counted in the register."""
    said = [each for each in case.decisions if each.kind in SIGNED]
    first, held = said[0].at.date().isoformat(), sum(len(each.conditions) for each in said)
    whose = sum(len(each.signatures) for each in said)
    return (
        f"Looked at: what was asked, the result, yeses with their reasons ({whose}), conditions ({held}). "
        f"All are there, by whom the rules name. The first is of {first}, and the policy counts since 2027-01-01."
    )


def report(play: Play) -> None:
    """It conforms but for one thing, which becomes a nonconformity; the audit stays open until that is done."""
    running, entry = play.theatre.running, titled(play, "audit", AUDIT)
    told = "What was drawn was decided by whom the rules name, with reasons, and before the policy counted."
    entry = act(running, UTE, entry, "held", report=told, conclusion="minor")
    act(running, UTE, entry, "reported", told=(person(running, LEILA), person(running, HANA)))
    uses = tuple(each.use for each in findings(entry))
    said: dict[str, Said] = {
        "title": EARLY,
        "what": "They were decided on 7 December. The policy was agreed to a day later and counts since 1 January, so "
        "there was nothing yet by which anybody could have said no.",
        "source": "audit",
        "weight": "minor",
        "points": ("8.1",),
        "from": (entry.ref, *uses),
        "owner": person(running, AMARA),
        "due": "2027-07-30",
    }
    draft(running, UTE, "nonconformity", said, "nonconformity")


def put_right(play: Play) -> None:
    running, entry = play.theatre.running, titled(play, "nonconformity", EARLY)
    read = "Each decision of 7 December was read beside the policy: none would have been another."
    entry = act(running, AMARA, entry, "corrected", correction=read)
    cause = "The first teams asked on the day before the management system was set up."
    elsewhere = (
        f"One decision came later, that of {play.refs['minutes']} on 8 March: the policy counted by then."
    )
    entry = act(running, AMARA, entry, "explained", cause=cause, elsewhere=elsewhere)
    plan = {
        "action": "Whoever decides reads the version of the policy that counts first.",
        "success": "Each decision of July to October was made while a version of the policy counted.",
    }
    act(running, AMARA, entry, "planned", until="2027-07-30", check_on="2027-10-29", **plan)


def show_it(play: Play) -> None:
    told = "It stands in the handbook of those who decide since 28 July: https://wiki.example.com/ai/deciding"
    act(play.theatre.running, AMARA, titled(play, "nonconformity", EARLY), "done", evidence=told)


def close_it(play: Play) -> None:
    """Somebody else looks whether it worked; then the audit closes."""
    running, entry = play.theatre.running, titled(play, "nonconformity", EARLY)
    shows = (
        "Looked at on 2 November: there was one decision from July to October, that of "
        f"{play.refs['minutes']} on 3 September. The first version of the policy counted then."
    )
    act(running, HANA, entry, "effective", shows=shows)
    act(running, LEILA, titled(play, "audit", AUDIT), "closed", because="What was found is put right.")


# -- from outside


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
    approve(running, draft(running, LEILA, "access", said, "access"))
