"""Who says yes to a request: in which role, who did already, and who is next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.message import Message, message
from bot.slack.scene import Scene, Voice
from bot.slack.screens.answers import holders
from bot.slack.screens.bound import bound_text
from bot.words import Words
from triage.assigning import held_seats
from triage.case import Decision, Delegated
from triage.desk import Desk
from triage.lifecycle import WAITING
from triage.seats import able, later_seats, open_seats, seats, sign_offs, signer, signs_as, stands_for
from triage.terms import pairs
from triage.verdict import Seated

FEW = 2
"""So many are named; more are called by their role."""


def decider(scene: Scene) -> Mrkdwn:
    """Those whose yes is missing: the people of each seat if they are few, and after them those of later steps."""
    words, case, desk = scene.words, scene.case, scene.desk
    due = open_seats(case, desk) or seats(case)
    step = min(seat.step for seat in due)
    later = [*(seat for seat in due if seat.step > step), *later_seats(case, desk)]
    now = [seat for seat in due if seat.step == step]
    first = words.listed(
        people_of(scene, seat) if _is_told(scene, seat, now) else _role(scene, seat) for seat in now
    )
    if not later:
        return first
    after = words.listed(_role(scene, seat) for seat in later)
    return words.line("who.then", first=first, later=after)


def _is_told(scene: Scene, seat: Seated, beside: list[Seated]) -> bool:
    """Of many only the role is said, unless nobody is left in it."""
    return len(beside) <= FEW or not able(seat, scene.case, scene.desk)


def _role(scene: Scene, seat: Seated) -> Mrkdwn:
    return scene.words.line(f"role.{seat.role}")


def decider_facts(scene: Scene) -> dict[str, object]:
    """With the verb that fits."""
    many = len(open_seats(scene.case, scene.desk)) + len(later_seats(scene.case, scene.desk))
    return {"decider": decider(scene), "decide": scene.words.line("who.decide", count=max(many, 1))}


def roles_that_decide(scene: Scene) -> Mrkdwn:
    """Without anybody's name."""
    due = open_seats(scene.case, scene.desk) or seats(scene.case)
    return scene.words.listed(_role(scene, seat) for seat in due)


def people_of(scene: Scene, seat: Seated) -> Mrkdwn:
    """Who can fill it now; whoever took the request, where they can."""
    words, case, desk = scene.words, scene.case, scene.desk
    title = words.line(f"role.{seat.role}")
    people = able(seat, case, desk)
    if not people:
        own = any(desk.roles.get(role) for role in (seat.role, *seat.fallback))
        key = "who.role_late" if _is_late(seat, desk) else "who.role_own"
        return words.line(key, role=title) if own else holders(scene, seat.role)
    held = held_seats(case, desk).get(seat.role)
    people = (held.person,) if held else people
    role = signs_as(seat, people[0], case, desk)
    if role != seat.role:
        title = words.line("who.instead", role=words.line(f"role.{role}"), of=title)
    there = _there(scene, seat, people)
    if len(there) > FEW:
        return title
    return words.line("who.role_people", role=title, people=words.listed(there.values(), "or"))


def _there(scene: Scene, seat: Seated, people: Iterable[str]) -> dict[str, Mrkdwn]:
    """By name; where a deputy is there, that one in the place of who is away, else until when, behind the others."""
    order = sorted(people, key=lambda person: scene.desk.away(person) is not None)
    places = {person: stands_for(scene.case, person, seat.role, scene.desk) for person in order}
    away = {place.of for place in places.values() if place}
    one = sum(scene.desk.away(person) is not None for person in places) == 1
    return {
        person: in_place(scene.voice, person, place) if place else _with_day(scene, person, alone=one)
        for person, place in places.items()
        if person not in away
    }


def in_place(voice: Voice, person: str, place: Delegated | None) -> Mrkdwn:
    """Somebody's name, with that of whom they stand in for."""
    if place is None:
        return voice.mention(person)
    return voice.words.line("who.in_place", person=voice.mention(person), of=voice.mention(place.of))


def with_absence(scene: Scene, person: str) -> Mrkdwn:
    """Their name, and until when they are away, if they are."""
    words, mention = scene.words, scene.voice.mention
    away, deputy = scene.desk.away(person), scene.desk.stands_in(person)
    if away is None:
        return mention(person)
    told = {"person": mention(person), "day": words.day(away.until)}
    if deputy is None:
        return words.line("away.until", **told)
    return words.line("away.until_deputy", **told, deputy=mention(deputy))


def _with_day(scene: Scene, person: str, *, alone: bool) -> Mrkdwn:
    """Behind a comma; of several in brackets, so that each has their own."""
    away, name = scene.desk.away(person), scene.voice.mention(person)
    key = "away.then" if alone else "away.until"
    return scene.words.line(key, person=name, day=scene.words.day(away.until)) if away else name


def signed_by(voice: Voice, decision: Decision) -> Mrkdwn:
    return in_place(voice, signer(decision), decision.delegated)


def seat_facts(scene: Scene) -> dict[str, object]:
    """Where several have to say yes: each seat with who filled it, or can. Nothing where one yes is all."""
    case, desk = scene.case, scene.desk
    if case.status not in WAITING:
        return {"seats": (), "said_yes": ""}
    given = sign_offs(case, desk)
    called = seats(case)
    shown = called if len(called) > 1 or given or any(seat.people > 1 for seat in called) else ()
    return {
        "seats": [_seat(scene, seat, given) for seat in shown],
        "said_yes": scene.words.listed(scene.words.line(f"role.{each.seat}") for each in given),
    }


def _seat(scene: Scene, seat: Seated, given: tuple[Decision, ...]) -> Mapping[str, object]:
    yes = [each for each in given if each.seat == seat.role]
    due = seat.role in {each.role for each in open_seats(scene.case, scene.desk)}
    return {
        "role": scene.words.line(f"role_name.{seat.role}"),
        "yes": [_yes(scene, each) for each in yes],
        "people": _people(scene, seat) if due else "",
        "missing": len(yes) < seat.people,
        "due": due,
        "many": seat.people if seat.people > 1 else 0,
    }


def _is_late(seat: Seated, desk: Desk) -> bool:
    """Whether a training keeps somebody from filling it; of whom it is so is not for the card."""
    return any(desk.untrained.get(role) for role in (seat.role, *seat.fallback))


def _people(scene: Scene, seat: Seated) -> Mrkdwn:
    """Beside the name of the role: who can fill it, or why nobody can."""
    words, case, desk = scene.words, scene.case, scene.desk
    people = able(seat, case, desk)
    if not people:
        held = any(desk.roles.get(role) for role in (seat.role, *seat.fallback))
        late = _is_late(seat, desk)
        return words.line("seat.late" if late else "seat.own" if held else "seat.nobody")
    if (taken := held_seats(case, desk).get(seat.role)) is not None:
        place = stands_for(case, taken.person, seat.role, desk)
        person = in_place(scene.voice, taken.person, place) if place else with_absence(scene, taken.person)
        return words.line("seat.taken", person=person, since=words.moment(taken.at))
    there = _there(scene, seat, people)
    if len(there) > FEW:
        return words.line("seat.one_of", count=len(there))
    named = words.listed(there.values(), "or")
    role = signs_as(seat, people[0], case, desk)
    return (
        named
        if role == seat.role
        else words.line("seat.instead", people=named, role=words.line(f"role.{role}"))
    )


def _yes(scene: Scene, decision: Decision) -> Mapping[str, object]:
    return {
        "by": signed_by(scene.voice, decision),
        "at": decision.at,
        "conditions": stated_anew(scene.words, decision),
    }


def stated_anew(words: Words, decision: Decision) -> list[str]:
    """The conditions of a yes that is not a decision yet, as far as they are bound to a day."""
    return [bound_text(words, text, term) for text, term in pairs(decision)]


def asked_so_far(scene: Scene) -> list[str]:
    """The conditions of those who have said yes already, each once, with whose it is."""
    given = sign_offs(scene.case, scene.desk)
    found = {text: signed_by(scene.voice, each) for each in given for text in stated_anew(scene.words, each)}
    return [scene.words.line("seat.condition", text=text, by=by) for text, by in found.items()]


def signed_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """One yes told below the card, for one seat or several. `facts`: decisions."""
    ids = facts.get("decisions", ())
    given = [each for each in scene.case.decisions if isinstance(ids, tuple | list) and each.id in ids]
    last = given[-1] if given else None
    text = scene.words.page(
        "signed_off",
        by=signed_by(scene.voice, last) if last else "",
        seats=scene.words.listed(scene.words.line(f"role_name.{each.seat}") for each in given),
        reason=last.reason if last else "",
        conditions=stated_anew(scene.words, last) if last else [],
        waits=scene.case.status in WAITING,
        due=scene.case.due_at,
        **decider_facts(scene),
    )["line"]
    return message(scene.words, text, b.sections(text))
