"""Pictures of the daily work of the management system: lists, paths, what is raised, and what came of an idea."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.slack.screens import entrytold
from bot.slack.screens.asked import asked_blocks
from bot.slack.screens.entryform import Stating, entry_form
from bot.slack.screens.entrylook import Linked, Look, entry_view
from bot.slack.screens.programme import cycle_note
from bot.slack.screens.raising import RAISED, raise_view
from bot.slack.screens.system import kind_view
from bot.slack.screens.worklist import add_button, programme_button, work_view
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from triage.aims.auditing import Found
from triage.aims.check import LONGEST
from triage.aims.cycle import cycle
from triage.aims.decide import decide
from triage.aims.entry import Entry, Said, entry_id
from triage.aims.kinds import kinds
from triage.aims.pathway import move
from triage.aims.seeing import acts_open, shown_to
from triage.aims.standing import approvers
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry
from triage.desk import Desk

LEAD, BOSS, LEGAL = s.ANA, s.CLEO, s.BEN
ROLES = {
    "governance_lead": frozenset({LEAD}),
    "executive": frozenset({BOSS}),
    "legal": frozenset({LEGAL}),
    "auditor": frozenset({LEGAL}),
}
DONE: Mapping[str, Mapping[str, Said]] = {
    "corrected": {"correction": "Looked at it"},
    "explained": {"cause": "Nobody was named", "elsewhere": "Nowhere"},
    "planned": {
        "action": "Name somebody",
        "success": "No review is missed",
        "until": "2026-06-20",
        "check_on": "2026-08-03",
    },
    "done": {"evidence": "It stands in the list"},
    "not_effective": {"shows": "One more was missed"},
    "effective": {"shows": "No review was missed"},
    "answered": {
        "heeded": "met",
        "answer": "No tool learns from it",
        "told_by": "in_writing",
        "points": ("A.10.4",),
    },
    "taken_up": {"because": "It saves an hour"},
    "declined": {"because": "The law asks for both"},
}


def desk(later: int = 0) -> Desk:
    return s.desk(roles=ROLES, now=s.NOW + timedelta(days=later))


def _fitting(kind: str, said: Mapping[str, Said]) -> dict[str, Said]:
    """As much as each field takes, whatever is said."""
    of = {field.id: field.kind for field in kinds()[kind].fields}

    def fits(name: str, value: Said) -> Said:
        if not isinstance(value, str) or of[name] not in LONGEST:
            return value
        shown = value.replace("\n", " ") if of[name] == "line" else value
        return shown[: LONGEST[of[name]]]

    return {name: fits(name, value) for name, value in said.items()}


def made(kind: str, ref: str, said: Mapping[str, Said], by: str, *acts: str, who: str = "") -> Entry:
    """Drafted, approved where that is needed, and with these acts done one after the other."""
    said = _fitting(kind, said)
    wish = DraftEntry(actor=by, key=ref, entry=entry_id(kinds()[kind], "", ref), kind=kind, said=said)
    entry = decide(None, wish, desk())
    if entry.proposed is not None:
        yes = ApproveEntry(actor=BOSS, key=f"{ref} yes", entry=entry.id, draft=1)
        entry = decide(entry, yes, desk(1))
    for number, act in enumerate(acts, 2):
        actor = (
            LEAD
            if act in ("effective", "not_effective", "taken_up", "declined", "answered")
            else who or LEGAL
        )
        about = {"actor": actor, "key": f"{ref} {number}", "entry": entry.id, "act": act}
        wanted = ActOnEntry.model_validate({**about, "said": DONE[act], "seen": entry.version})
        entry = decide(entry, wanted, desk(number))
    return Entry(id=entry.id, kind=entry.kind, name=entry.name, ref=ref, steps=entry.steps)


def seen_by(person: str, entry: Entry, later: int = 30, *linked: Linked) -> Look:
    at = desk(later)
    counts, waits = shown_to(entry, person, at)
    able, acts = approvers(entry, at), acts_open(entry, person, at)
    return Look(entry, counts, waits, able, False, person == LEAD, acts, move=move(entry, at), linked=linked)


def nonconformity(say: Callable[[str], str], number: int, weight: str, due: str, *acts: str) -> Entry:
    said: dict[str, Said] = {
        "title": say("A review was missed"), "what": say("Nobody looked at it for a year."), "source": "audit",
        "weight": weight, "points": ("8.2", "9.2.2"), "owner": LEGAL, "due": due,
    }  # fmt: skip
    return made("nonconformity", f"AIN-2026-{number:04}", said, BOSS, *acts)


def worked(write: Callable[[str], str]) -> dict[str, Picture]:
    def say(text: str) -> str:
        """What fits into a line: longer or of several lines nobody can hand it in."""
        return " ".join(write(text).split())[:200] or text

    voice, words = s.voice(), s.words()
    of, ideas = kinds()["nonconformity"], kinds()["improvement"]
    path = ("corrected", "explained", "planned", "done")
    late = nonconformity(say, 1, "major", "2026-05-20")
    planned = nonconformity(say, 2, "minor", "2026-06-20", *path[:3])
    again = nonconformity(say, 3, "minor", "2026-06-20", *path, "not_effective")
    closed = nonconformity(say, 4, "observation", "2026-06-20", *path, "effective")
    idea = {"title": say("Shorter questions"), "idea": say("Two questions ask the same.")}
    fresh = made("improvement", "AIM-2026-0011", idea, s.CLEO)
    taken = made("improvement", "AIM-2026-0012", idea, s.CLEO, "taken_up")
    declined = made("improvement", "AIM-2026-0013", idea, s.CLEO, "declined")
    today = desk(30).day
    linked = Linked("AIA-2026-0001", say("Spring audit"), words.label("management.state.held"), "e")
    incident = Linked("AII-2026-0001", words.label("aims.linked_incident"), "closed")
    listed = [seen_by(LEGAL, each) for each in (late, planned, again)]
    return {
        "nonconformities": work_view(
            voice, of, (listed, [seen_by(LEGAL, closed)]), today, root="V1", ways=[add_button(words, of)]
        ),
        "nonconformities_none": work_view(voice, of, ([], []), today, root=""),
        "nonconformity_planned": entry_view(voice, seen_by(LEGAL, planned, 30, linked, incident), LEGAL),
        "nonconformity_closed": entry_view(voice, seen_by(LEGAL, closed), LEGAL),
        "nonconformity_many": entry_view(voice, seen_by(LEGAL, late, 30, *[linked] * 14), LEGAL),
        "ideas": work_view(
            voice, ideas, ([seen_by(LEAD, fresh), seen_by(LEAD, taken)], [seen_by(LEAD, declined)]), today,
            root="", ways=[add_button(words, ideas)],
        ),
        "ideas_to_take_up": entrytold.yours(voice, [seen_by(LEAD, fresh)]),
        "idea_heard": entrytold.heard(voice, [(taken, taken.done[0])]),
        "ideas_heard": entrytold.heard(voice, [(each, each.done[-1]) for each in (declined, *_ended(idea))]),
        **_audits(say),
        **_asked(say),
        "raise_which": raise_view(voice, "C|1.1|", say("Look at this")),
        "raise_which_colleague": raise_view(voice, "C|1.1|", say("Look at this"), RAISED[1:]),
        "raise_which_of_nothing": raise_view(voice, "||", ""),
        **{f"entry_act_{act.id}_worked": _act(act.id, kind) for kind in RAISED
           for act in kinds()[kind].acts},
    }  # fmt: skip


def _asked(say: Callable[[str], str]) -> dict[str, Picture]:
    """Wishes and questions from outside: as they are noted, listed, told of, and below who interested parties are."""
    voice, words = s.voice(), s.words()
    wish: dict[str, Said] = {
        "title": say("No training on our data"), "wish": say("They want our word."), "asker": "customer",
        "whose": say("Rheinmark AG"), "heard": "https://example.com/archives/C1/p1",
    }  # fmt: skip
    asks: dict[str, Said] = {
        "title": say("Who checks results?"), "question": say("Describe it."), "asker": "tender",
        "whose": say("Rheinmark AG"), "owner": LEGAL, "due": "2026-05-20",
    }  # fmt: skip
    fresh = made("expectation", "AIM-2026-0021", wish, s.CLEO)
    answered = made("expectation", "AIM-2026-0022", wish, s.CLEO, "answered")
    question = made("inquiry", "AIM-2026-0023", asks, s.CLEO)
    party = made("party", "AIM-2026-0020", {"title": say("Rheinmark AG"), "needs": (say("Care"),)}, LEGAL)
    linked = Linked(fresh.ref, say("No training"), words.label("management.state.unanswered"), "e")
    of, today = kinds()["expectation"], desk(30).day
    listed = [seen_by(LEAD, question), seen_by(LEAD, fresh)]
    return {
        "asked": work_view(voice, of, (listed, [seen_by(LEAD, answered)]), today, root="V1", ways=[]),
        "asked_yours": entrytold.yours(voice, [seen_by(LEAD, fresh)]),
        "asked_answered": entrytold.heard(voice, [(answered, answered.done[0])]),
        "asked_one": entry_view(voice, seen_by(LEAD, answered), LEAD),
        "asked_party": entry_view(voice, seen_by(LEAD, party, 30, linked), LEAD),
        "asked_parties": kind_view(
            voice, kinds()["party"], [seen_by(LEAD, party)], drafts=True, root="V1",
            further=asked_blocks(words, [question, fresh, *[answered] * 10]),
        ),
        "asked_none": kind_view(voice, kinds()["party"], [], drafts=True, root="", further=asked_blocks(words, [])),
        **{f"asked_form_{kind}": entry_form(voice, kinds()[kind], Stating(kind), said)
           for kind, said in (("expectation", wish), ("inquiry", asks))},
    }  # fmt: skip


def _audits(say: Callable[[str], str]) -> dict[str, Picture]:
    voice, words, of = s.voice(), s.words(), kinds()["audit"]
    said: dict[str, Said] = {
        "title": say("Spring audit"), "objective": say("Whether it is lived"),
        "scope": (" ".join(say("Decisions").split()),),
        "criteria": ("8.1", "8.2"), "auditors": (LEGAL,), "begins": "2026-05-10", "due": "2026-06-20",
    }  # fmt: skip
    audit = made("audit", "AIA-2026-0001", said, LEAD)
    found = [Found(f"AIU-2026-{n:04}", say("No notice")) for n in range(1, 13)]
    about = {"population": 41, "closed": 2, "seed": "5f0c" * 8, "digest": "a1b2" * 8}
    size = tuple(each for each in of.acts[0].fields if each.id == "size")
    lot = of.acts[0].model_copy(update={"fields": size})
    note, stating = words.line("aims.drawing", **about), Stating("audit", act="drawn")
    seen = seen_by(LEGAL, audit)
    return {
        "audits": work_view(voice, of, ([seen], []), desk(30).day, root="",
                            ways=[add_button(words, of), programme_button(words)]),
        "audit_drawing": entry_form(voice, of, stating, {"size": "6"}, act=lot, note=note),
        **_programme(say, audit),
        "audit_found": entry_view(voice, seen._replace(found=tuple(found)), LEGAL),
        **{f"audit_{act.id}_window": entry_form(voice, of, Stating("audit", act=act.id), {}, act=act)
           for act in of.acts[1:]},
    }  # fmt: skip


def _programme(say: Callable[[str], str], audit: Entry) -> dict[str, Picture]:
    plan = tuple(f"{say('Decisions')} {year}" for year in (2026, 2027, 2028))
    said: dict[str, Said] = {
        "since": "2026-01-01", "until": "2028-12-31", "plan": plan, "method": say("By a sample drawn by lot."),
    }  # fmt: skip
    programme = made("programme", "AIP-2026-0001", said, LEAD)
    found = cycle(programme, [audit], desk(30).day)
    assert found is not None
    half = len(found.uncovered) // 2
    later = found.model_copy(update={"held": found.uncovered[half:], "uncovered": found.uncovered[:half]})
    whole = later.model_copy(
        update={"held": (*found.uncovered, *found.planned), "planned": (), "uncovered": ()}
    )
    shown = {"programme_begun": found, "programme_covers": later, "programme_whole": whole}
    voice, seen = s.voice(), seen_by(LEAD, programme)
    return {
        name: entry_view(voice, seen, LEAD, note=cycle_note(s.words(), each)) for name, each in shown.items()
    }


def _ended(said: Mapping[str, Said]) -> list[Entry]:
    owned = {**said, "owner": LEGAL}
    ended = made("improvement", "AIM-2026-0014", owned, LEAD, "taken_up", "done")
    act = ActOnEntry(
        actor=BOSS, key="e", entry=ended.id, act="effective", said=DONE["effective"], seen=ended.version
    )
    return [ended, decide(ended, act, desk(9))]


def _act(act: str, kind: str) -> Picture:
    of = kinds()[kind]
    note = s.words().line("aims.taken_over", ref="AII-2026-0001")
    return entry_form(s.voice(), of, Stating(kind, act=act), DONE.get(act, {}), act=of.act(act), note=note)
