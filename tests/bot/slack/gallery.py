"""Every message and window once, people's words put through `say`: the same pictures, calm or hostile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot import questionnaires
from bot.config import Channels, Config, Told
from bot.slack import screens
from bot.slack.message import Message
from bot.slack.scene import Assessed, Home
from bot.slack.screens.assess import Assessing
from bot.slack.screens.beforehand import first_of_all
from bot.slack.screens.mine import mine
from bot.words import speaking
from intake.answers import Answer, State, answered, unsure
from intake.form import Kind
from intake.reading import Reading
from intake.tool import Recognition
from tests.bot.slack import scenery as s
from tests.bot.slack.acknowledgements import acknowledgements
from tests.bot.slack.agendas import agendas
from tests.bot.slack.altered import altered
from tests.bot.slack.announced import announced
from tests.bot.slack.assessments import ours
from tests.bot.slack.assigned import assigned
from tests.bot.slack.besides import besides
from tests.bot.slack.campaigns import campaigns
from tests.bot.slack.confided import confided
from tests.bot.slack.consulted import consulted
from tests.bot.slack.coverage import coverage
from tests.bot.slack.digested import digests
from tests.bot.slack.excepted import excepted
from tests.bot.slack.homes import homes
from tests.bot.slack.incidents import incidents
from tests.bot.slack.looked_at import looked_at
from tests.bot.slack.moved import moved
from tests.bot.slack.nudged import nudged
from tests.bot.slack.offered import offered
from tests.bot.slack.packs import packs
from tests.bot.slack.paired import paired
from tests.bot.slack.portfolios import portfolios
from tests.bot.slack.queued import queued
from tests.bot.slack.referrals import referrals
from tests.bot.slack.reported import reported
from tests.bot.slack.reviewing import reviewing
from tests.bot.slack.reviews import reviewed
from tests.bot.slack.riskpics import riskpics
from tests.bot.slack.ruled import ruled
from tests.bot.slack.running import idea, running
from tests.bot.slack.seated import seated
from tests.bot.slack.sighted import sighted
from tests.bot.slack.soas import soas
from tests.bot.slack.supplied import supplied
from tests.bot.slack.systems import systems
from tests.bot.slack.taken import taken
from tests.bot.slack.trainings import trainings
from tests.bot.slack.trusts import trusts
from tests.bot.slack.watched import watched
from tests.bot.slack.worked import worked
from triage.case import Case, DecisionKind, Fact, Source, Status
from triage.may_i import MayI
from triage.organisation import Organisation
from triage.outcome import Say
from triage.questionnaire import Sheet, found_of
from triage.register import Entry
from triage.schemes import questionnaire
from triage.suited import Suited
from triage.talk import Phase

Picture = Message | dict[str, Any]
Words = Callable[[str], str]

SETTLED = s.OTTER | {
    "profiling": answered("no"),
    "monitoring": answered("none"),
    "account": answered("enterprise"),
    "train_on_data": answered("no_contract"),
}
CONFIG = Config(
    channels=Channels(governance="C0EXAMPLE"),
    roles={"reviewer": ("U0ANA", "S0GROUP")},
    organisation=Told(regions=("eu",), units=("Sales", "Service")),
)
IN_USE = {"kind": answered("report_existing")}
FORBIDDEN = s.HIRING | {"red_flag": answered("social_scoring")}
THREE_UNSURE = s.HIRING | {"scale": unsure()}
REASONS = (
    "not_found",
    "ambiguous",
    "no_such_number",
    "only_one",
    "alone",
    "too_long",
    "attachment",
    "no_question",
)


def gallery(say: Words = str) -> dict[str, Picture]:
    return {
        **_first(say),
        **_questions(say),
        **_turns(say),
        **_end(say),
        **_review(say),
        **_windows(say),
        **_register(say),
        **referrals(say),
        **excepted(say),
        **moved(say),
        **confided(say),
        **consulted(say),
        **coverage(say),
        **packs(say),
        **soas(say),
        **assigned(say),
        **altered(say),
        **nudged(say),
        **offered(say),
        **sighted(say),
        **campaigns(say),
        **systems(say),
        **reviewing(say),
        **portfolios(say),
        **trusts(say),
        **acknowledgements(say),
        **trainings(say),
        **worked(say),
        **riskpics(say),
        **agendas(say),
        **supplied(say),
        **digests(say),
        **paired(say),
        **queued(say),
        **seated(say),
        **besides(say),
        **ruled(say),
        **reported(say),
        **announced(say),
        **taken(),
        **watched(say),
        **reviewed(say),
        **looked_at(say),
        **running(say),
        **incidents(say),
        **homes(say),
    }


def _render(kind: Say, case: Case, say: Words, facts: dict[str, Any] | None = None, **change: Any) -> Message:
    uses = tuple(_entry(use, say) for use in change.pop("uses", (s.entry(),)))
    units = (say("Sales"), say("Service"))
    desk = s.desk(organisation=Organisation(regions=("eu",), units=units, zone="Europe/Berlin"))
    return screens.render(kind, s.scene(spoken(case, say), uses=uses, desk=desk, **change), facts or {})


def spoken(case: Case, say: Words) -> Case:
    """The case with everything that people wrote put through `say`."""
    free = {q.id for q in s.desk().form.questions() if q.kind in (Kind.text, Kind.tool)}
    facts = {
        q: f.model_copy(update={"answer": _answer(f.answer, say)}) if q in free else f
        for q, f in case.facts.items()
    }
    talk = case.talk and case.talk.model_copy(
        update={
            "proposals": tuple(
                p.model_copy(
                    update={
                        "because": say(p.because),
                        "answer": _answer(p.answer, say) if p.question in free else p.answer,
                    }
                )
                for p in case.talk.proposals
            )
        }
    )
    decisions = tuple(
        d.model_copy(
            update={
                "reason": say(d.reason),
                "would_change": say(d.would_change),
                "conditions": tuple(map(say, d.conditions)),
            }
        )
        for d in case.decisions
    )
    inquiries = tuple(
        i.model_copy(update={"question": say(i.question), "answer": say(i.answer)}) for i in case.inquiries
    )
    own = {
        name: say(told) if (told := getattr(case, name)) else told
        for name in ("title", "words", "unit", "tool_name")
    }
    update = {"facts": facts, "talk": talk, "decisions": decisions, "inquiries": inquiries, **own}
    return case.model_copy(update=update)


def _answer(answer: Answer, say: Words) -> Answer:
    return answered(*map(say, answer.picked)) if answer.state is State.answered else answer


def _entry(entry: Entry, say: Words) -> Entry:
    names = ("title", "tool_name", "unit")
    own: dict[str, Any] = {name: say(getattr(entry, name)) for name in names}
    return entry.model_copy(update=own | {"conditions": tuple(map(say, entry.conditions))})


def _first(say: Words) -> dict[str, Picture]:
    nothing: dict[str, Any] = {"tool_id": None, "tool_name": ""}
    several = s.case({}, **nothing, talk=s.talk(candidates=("otter", "abbyy")))
    other = s.entry(id="o2", ref="AIU-2026-0050", title="Interviews", status=Status.in_review, conditions=())
    offer = s.case({}, talk=s.talk(proposals=s.proposed()))
    return {
        "welcome": _render(Say.welcome, offer, say, uses=(s.entry(), other)),
        "welcome_two_uses": _render(
            Say.welcome, offer, say, uses=(s.entry(), s.entry(id="o3", conditions=()))
        ),
        "welcome_begun": _render(Say.welcome, s.asking("kind", {}, proposals=s.proposed()), say, left=(4, 4)),
        "welcome_no_use": _render(Say.welcome, s.case({}), say, uses=(), left=(0, 0)),
        "welcome_which_tool": _render(Say.welcome, several, say, uses=()),
        "welcome_one_tool": _render(
            Say.welcome, s.case({}, **nothing, talk=s.talk(candidates=("otter",))), say
        ),
        "still_offered": _render(Say.still_offered, offer, say),
        "still_offered_plain": _render(Say.still_offered, s.case({}, **nothing), say),
        "still_offered_which": _render(Say.still_offered, several, say),
        "welcome_unknown_tool": _render(
            Say.welcome, s.case({}, tool_id=None, tool_name="Foobar"), say, uses=()
        ),
        "welcome_no_tool": _render(Say.welcome, s.case({}, **nothing), say, uses=()),
    }


def _questions(say: Words) -> dict[str, Picture]:
    drawn: dict[str, Picture] = {}
    for question in s.desk().form.questions():
        case = s.asking(question.id, s.HIRING, proposals=s.proposed())
        facts = {"turn": 4, "question": question.id}
        drawn[f"question_{question.id}"] = _render(Say.question, case, say, facts)
        drawn[f"question_{question.id}_open"] = _render(Say.question, case, say, facts | {"open": True})
    unsure_case = s.asking("account", THREE_UNSURE)
    gone = {"turn": 4, "question": "no_such_question"}
    return drawn | {
        "question_after_three_unsure": _render(
            Say.question, unsure_case, say, {"turn": 4, "question": "account"}
        ),
        "question_gone": _render(Say.question, s.asking("no_such_question"), say, gone),
        "question_list": screens.question_list(s.scene(s.asking("area"))),
        "question_list_closed": screens.question_list(s.scene(s.submitted())),
        "question_together": _render(
            Say.question,
            s.asking("area", {}, also=("red_flag", "profiling")),
            say,
            {"turn": 4, "question": "area"},
        ),
        "settled_together": _render(Say.settled, s.asking("area", also=("red_flag",)), say, {"turn": 4}),
        "settled": _render(Say.settled, s.asking("people"), say, {"turn": 4}),
        "settled_text": _render(Say.settled, s.asking("purpose"), say, {"turn": 4}),
        "settled_skipped": _render(Say.settled, s.asking("stop", skipped=("stop",)), say, {"turn": 4}),
        "settled_handed_over": _render(Say.settled, s.asking("stop"), say, {"turn": 4}),
    }


def _turns(say: Words) -> dict[str, Picture]:
    drawn: dict[str, Picture] = {}
    for reason in REASONS:
        facts = {
            "reason": reason,
            "candidates": ("customers", "public"),
            "piece": say("cust"),
            "choice": "only_team",
            "length": 4000,
            "longest": 3000,
        }
        drawn[f"not_understood_{reason}"] = _render(Say.not_understood, s.asking("people"), say, facts)
    closed = s.submitted(inquiries=(s.inquiry(),))
    drawn["not_understood_without_question"] = _render(
        Say.not_understood, s.case(), say, {"reason": "no_question"}
    )
    drawn["partly"] = _render(
        Say.partly, s.asking("people", {}, proposals=s.proposed()), say, {"turn": 4, "rest": say("Our cat")}
    )
    drawn["changing"] = _render(
        Say.question, s.changing(SETTLED, say("To translate")), say, {"turn": 4, "question": "purpose"}
    )
    drawn["partly_gone"] = _render(Say.partly, s.asking("stop"), say, {"turn": 4, "rest": ""})
    drawn["why"] = _render(Say.why, s.asking("people"), say, {"question": "people"})
    drawn["help_asking"] = _render(Say.help, s.asking("people"), say)
    drawn["help_summary"] = _render(Say.help, s.case(talk=s.talk(phase=Phase.summary)), say)
    drawn["help_offered"] = _render(Say.help, s.case(), say)
    drawn["paused"] = _render(Say.paused, s.case({}, talk=s.talk(phase=Phase.paused)), say)
    drawn["paused_over"] = _render(Say.paused, s.asking("people"), say, {"over": True})
    drawn["partly_over"] = _render(Say.partly, s.asking("people"), say, {"turn": 4, "over": True})
    drawn["cancelled"] = _render(Say.cancelled, s.case(), say)
    drawn["standing"] = _render(Say.standing, s.submitted(), say)
    drawn["standing_draft"] = _render(Say.standing, s.asking("people"), say, {"draft": True})
    over = s.case(talk=s.talk(phase=Phase.summary))
    drawn["standing_summary"] = _render(Say.standing, over, say, {"draft": True})
    drawn["withdraw_offered"] = _render(Say.withdraw_offered, s.submitted(), say)
    back = s.submitted(status=Status.withdrawn)
    drawn["withdraw_offered_over"] = _render(Say.withdraw_offered, back, say)
    drawn["withdrawn"] = _render(Say.withdrawn, back, say)
    drawn["withdrawn_over"] = _render(Say.withdrawn, s.submitted(), say)
    unasked = {"due_at": None}
    drawn["withdrawn_recorded"] = _render(Say.withdrawn, s.submitted(status=Status.withdrawn, **unasked), say)
    drawn["own_card_recorded"] = _render(Say.summary, s.submitted(status=Status.disclosed, **unasked), say)
    drawn["old_button"] = _render(Say.old_button, closed, say)
    drawn["old_button_asking"] = _render(Say.old_button, s.asking("people"), say)
    drawn["edited"] = screens.edited(s.voice(), s.asking("people"), "people")
    drawn["edited_closed"] = screens.edited(s.voice(), closed, "people")
    drawn["remark"] = _render(Say.remark, closed, say)
    drawn["thanked"] = _render(Say.thanked, closed, say)
    told = {"questions": ("data", "people"), "by": s.BEN}
    drawn["settled_for_you"] = _render(Say.settled_for_you, closed, say, told)
    drawn["settled_for_you_over"] = _render(Say.settled_for_you, closed, say, told | {"over": True})
    drawn["settled_by_oneself"] = _render(Say.settled_for_you, closed, say, told | {"by": s.ANA})
    drawn["inquiry_thanks_over"] = _render(Say.inquiry_thanks, closed, say, {"over": True})
    drawn["from_form"] = _render(Say.from_form, s.asking("people"), say, {"questions": ("purpose", "data")})
    drawn["closed_already"] = _render(Say.closed_already, s.submitted(status=Status.declined), say)
    drawn["inquiry"] = _render(Say.inquiry, closed, say, {"inquiry": "i1"})
    replied = s.submitted(inquiries=(s.inquiry(answer="Only me\nand you", answered_at=s.NOW),))
    drawn["inquiry_answer"] = _render(Say.inquiry_answer, replied, say, {"inquiry": "i1"})
    drawn["inquiry_thanks"] = _render(Say.inquiry_thanks, closed, say)
    return drawn


def _end(say: Words) -> dict[str, Picture]:
    at_end = {"talk": s.talk(phase=Phase.summary, skipped=("stop",))}
    everything = {q.id: s.HIRING.get(q.id, unsure()) for q in s.desk().form.questions() if not q.after}
    yes_if = s.decision(
        DecisionKind.approve_with_conditions, conditions=("Tell people", "Delete after a month")
    )
    no = s.decision(DecisionKind.decline, would_change="A company contract")
    allowed = {"status": Status.approved_with_conditions, "decisions": (yes_if,)}
    back = s.submitted(status=Status.withdrawn, due_at=None)
    runs = SETTLED | IN_USE
    return {
        "summary": _render(Say.summary, s.case(SETTLED, talk=s.talk(phase=Phase.summary)), say),
        **{
            f"at_summary_{about}": _render(Say.at_summary, s.case(s.HIRING, **at_end), say, {"about": about})
            for about in ("send", "edit", "other")
        },
        "summary_open": _render(Say.summary, s.case(s.HIRING, **at_end), say, uses=()),
        "summary_handed_over": _render(
            Say.summary, s.case(s.HIRING, handed_over=True, **at_end), say, uses=()
        ),
        "summary_forbidden": _render(Say.summary, s.case(FORBIDDEN, **at_end), say, deciders=()),
        "summary_everything": _render(Say.summary, s.case(everything, **at_end), say),
        "summary_in_use": _render(Say.summary, s.case(runs, **at_end), say, uses=()),
        "submitted": _render(Say.submitted, s.submitted(SETTLED), say),
        "submitted_forbidden": _render(Say.submitted, s.submitted(FORBIDDEN, status=Status.blocked), say),
        "own_card": _render(Say.summary, s.submitted(SETTLED), say),
        "own_card_asked": _render(
            Say.summary, s.submitted(SETTLED, status=Status.needs_info, inquiries=(s.inquiry(),)), say
        ),
        "own_card_decided": _render(Say.summary, s.submitted(SETTLED, **allowed), say),
        "own_card_withdrawn": _render(Say.summary, back, say),
        "own_card_declined": _render(Say.summary, s.submitted(status=Status.declined, decisions=(no,)), say),
        "decided_yes": _render(Say.decided, s.submitted(decisions=(s.decision(),)), say),
        "decided_yes_if": _render(Say.decided, s.submitted(decisions=(yes_if,)), say),
        "decided_no": _render(Say.decided, s.submitted(decisions=(no,)), say),
        "decided_no_in_use": _render(Say.decided, s.submitted(runs, decisions=(no,)), say),
    }


def _review(say: Words) -> dict[str, Picture]:
    at_work: dict[str, Any] = {"reader": ""}
    yes_if = s.decision(
        DecisionKind.approve_with_conditions, conditions=("Tell people", "Delete after a month")
    )
    no = s.decision(DecisionKind.decline, would_change="A company contract")
    asked = s.submitted(status=Status.needs_info, inquiries=(s.inquiry(answer="Only me"),))
    drawn: dict[str, Picture] = {
        "card": _render(Say.card, s.submitted(SETTLED), say, **at_work),
        "card_in_use": _render(Say.card, s.submitted(SETTLED | IN_USE), say, **at_work),
        "card_open": _render(Say.card, s.submitted(s.HIRING, owner=s.CLEO), say, uses=(), **at_work),
        "card_handed_over": _render(
            Say.card, s.submitted(s.HIRING, handed_over=True), say, uses=(), **at_work
        ),
        "card_forbidden": _render(Say.card, s.submitted(FORBIDDEN, status=Status.blocked), say, **at_work),
        "card_asked": _render(Say.card, asked, say, **at_work),
        "card_approved": _render(
            Say.card, s.submitted(status=Status.approved_with_conditions, decisions=(yes_if,)), say, **at_work
        ),
        "card_declined": _render(
            Say.card, s.submitted(status=Status.declined, decisions=(no,)), say, **at_work
        ),
        "card_withdrawn": _render(Say.card, s.submitted(status=Status.withdrawn), say, **at_work),
    }
    for why in ("", "scope", "gone", "large", "other"):
        file = {"about": "file", "inquiry": "i1", "name": say("Minutes.pdf"), "why": why}
        drawn[f"note_file_{why}"] = _render(Say.card_note, asked, say, file, **at_work)
    for about in ("asked", "answered", "remark", "copy", "decided", "withdrawn", "reopened", "other"):
        facts = {"about": about, "inquiry": "i1", "words": say("by the way\nlook")}
        case = asked.model_copy(update={"decisions": (no,)})
        drawn[f"card_note_{about}"] = _render(Say.card_note, case, say, facts, **at_work)
    return drawn


def _windows(say: Words) -> dict[str, Picture]:
    case = spoken(s.submitted(s.HIRING), say)
    seen = s.scene(case, uses=(_entry(s.entry(), say),))
    asked = s.scene(spoken(s.submitted(inquiries=(s.inquiry(),)), say))
    draft = s.scene(spoken(s.case({}, talk=s.talk(proposals=s.proposed())), say))
    return {
        "window_approve": screens.approve_view(seen),
        "window_conditions": screens.conditions_view(seen),
        "window_ask": screens.ask_view(seen),
        "window_decline": screens.decline_view(seen),
        "window_reasons": screens.reasons_view(seen),
        "window_reasons_lower": screens.reasons_view(s.scene(spoken(s.submitted(s.PRIVATE), say))),
        "window_entry": screens.entry_view(seen),
        "window_form": screens.form_view(seen),
        "window_form_at_once": screens.form_view(draft),
        "window_form_whole": screens.form_view(draft, whole=True),
        "window_settle": screens.settle_view(seen),
        "window_settings": screens.settings_view(s.voice(), CONFIG),
        "window_answer": screens.answer_view(asked),
        "window_start": screens.start_view(s.voice(), say("Otter for calls")),
        "window_assess": screens.assess_overview(_assessing(case, {})),
        "window_assess_french": screens.assess_overview(_assessing(case, {}, "fr")),
        "window_assess_begun_french": screens.assess_overview(
            _assessing(case, {"businessDrivers5": "item1-2"}, "fr")
        ),
        "window_assess_begun": screens.assess_overview(_assessing(case, {"businessDrivers5": "item1-2"})),
        **{
            f"window_assess_{page.id}": screens.assess_page(
                _assessing(case, ASSESSED | {FREE: say("Nobody")}), page
            )
            for page in AIA.form.pages
        },
        **ours(case, say),
        "card_to_assess": screens.card.card(
            s.scene(case, assessed=(Assessed(AIA.name, AIA.scheme.title, None, may=False),)), {}
        ),
        "window_entry_assessed": screens.entry_view(
            s.scene(case, assessed=(Assessed(AIA.name, AIA.scheme.title, None, may=True),))
        ),
        "window_note": screens.note_view(s.words(), say("That is not possible.")),
    }


AIA = questionnaire("canada-aia")
FREE = "projectDetailsRespondent"
ASSESSED = {"projectDetailsPhase": "item1", "businessDrivers1": "item6"}


def _assessing(case: Case, given: dict[str, str], language: str = "en") -> Assessing:
    answers = {question: answered(text) for question, text in given.items()}
    facts = {
        q: Fact(question=q, answer=a, by=s.ANA, at=s.NOW, source=Source.person) for q, a in answers.items()
    }
    finding = found_of(AIA, answers) if given else None
    return Assessing(
        words=speaking(language, s.words().zone),
        case=case,
        questionnaire=AIA,
        wording=questionnaires.wording(AIA.name, language),
        sheet=Sheet(case=case.id, facts=facts, finding=finding),
        language=language,
        languages=("en", "fr"),
    )


def _told(found: MayI, say: Words) -> MayI:
    """Each of the uses with hostile words in it."""
    uses, others, instead = (
        tuple(_entry(use, say) for use in uses) for uses in (found.uses, found.others, found.instead)
    )
    return found._replace(uses=uses, others=others, instead=instead)


def _question(reading: Reading, found: MayI, say: Words, *, brief: bool = False) -> screens.Question:
    """With the case behind each use, where something of it is told."""
    cases = {}
    for use in found.uses:
        decisions = (s.decision(),) if use.status is not Status.in_review else ()
        case = spoken(s.submitted(SETTLED, decisions=decisions, status=use.status), say)
        cases[use.id] = case.model_copy(update={"id": use.id})
    return screens.Question(say("can I use it"), reading, "P-nobody", brief=brief, cases=cases)


def _register(say: Words) -> dict[str, Picture]:
    otter = s.desk().catalogue.get("otter")
    assert otter is not None
    one = Reading(intent="can_i", tool=Recognition(kind="one", tools=(otter,)))
    several = Reading(intent="can_i", tool=Recognition(kind="several", tools=(otter, otter)))
    unknown = Reading(intent="can_i", tool=Recognition(), tool_phrase=say("Foobar"))
    nothing = Reading(intent="can_i", tool=Recognition())
    waiting = s.entry(status=Status.in_review, tier=(2, 3), due_at=s.NOW)
    again = waiting.model_copy(update={"again": True})
    yes, declined = s.entry(), s.entry(status=Status.declined)
    free = s.entry(conditions=())
    asks: dict[str, tuple[Reading, MayI]] = {
        "can_i": (one, MayI("for_these", (yes,))),
        "can_i_yes": (one, MayI("yes", (free,))),
        "can_i_yes_if": (one, MayI("yes_if", (yes,))),
        "can_i_held": (one, MayI("yes_if", (yes,), held=frozenset({yes.id}))),
        "can_i_ending": (one, MayI("for_these", (yes,), ending=frozenset({yes.id}))),
        "can_i_other": (one, MayI("other_purpose", (yes,) * 7, instead=(free,))),
        "can_i_waiting": (one, MayI("not_yet", (waiting,))),
        "can_i_declined": (one, MayI("no", (declined,), instead=(yes,))),
        "can_i_stopped": (one, MayI("no", (s.entry(status=Status.blocked),))),
        "can_i_not_yet": (one, MayI("unknown", (), (s.entry(status=Status.disclosed),))),
        "can_i_suspended": (one, MayI("suspended", (s.entry(status=Status.under_reassessment),))),
        "can_i_again": (one, MayI("not_yet", (again,))),
        "can_i_several": (several, MayI("which")),
        "can_i_unknown": (unknown, MayI("unknown")),
        "can_i_nothing": (nothing, MayI("unknown")),
    }
    full = {
        "usable": s.entry(),
        "drafts": s.entry(status=Status.draft, title=""),
        "requests": waiting,
        "waiting": waiting,
    }
    lists = {name: tuple(_entry(entry, say) for _ in range(12)) for name, entry in full.items()}
    drawn: dict[str, Picture] = {
        name: screens.can_i(s.voice(), _question(reading, found, say), _told(found, say), s.desk())
        for name, (reading, found) in asks.items()
    }
    drawn["can_i_brief"] = screens.can_i(
        s.voice(),
        _question(one, MayI("for_these", (yes,)), say, brief=True),
        _told(MayI("for_these", (yes,) * 4), say),
        s.desk(),
    )
    begun = _entry(s.entry(status=Status.draft, title=""), say)
    rest: dict[str, Picture] = {
        "mine": mine(s.voice(), [begun, _entry(waiting, say)], [], {waiting.id: (s.BEN, s.CLEO)}),
        "mine_decided": mine(s.voice(), [], [_entry(declined, say)], {}),
        "mine_none": mine(s.voice(), [], [], {}),
        "mine_many": mine(s.voice(), [_entry(waiting, say)] * 20, [], {waiting.id: (s.BEN,)}),
        "list": screens.listing(s.voice(), [_entry(s.entry(), say), _entry(waiting, say)]),
        "list_again": screens.listing(s.voice(), [_entry(again, say)]),
        "list_long": screens.listing(s.voice(), [_entry(s.entry(), say)] * 300),
        "list_empty": screens.listing(s.voice(), []),
        "list_then": screens.listing(s.voice(), [_entry(s.entry(), say)] * 40, day=s.NOW.date()),
        "list_then_empty": screens.listing(s.voice(), [], day=s.NOW.date()),
        "list_then_no_match": screens.listing(s.voice(), [s.entry()], say("zzz"), day=s.NOW.date()),
        "list_no_match": screens.listing(s.voice(), [s.entry()], say("zzz")),
        "show": screens.show(
            s.scene(spoken(s.submitted(SETTLED, decisions=(s.decision(),), status=Status.approved), say))
        ),
        "card_reopened": _render(Say.card, s.submitted(SETTLED, decisions=(s.decision(),)), say),
        "summary_reopened": _render(Say.summary, s.submitted(SETTLED, decisions=(s.decision(),)), say),
        "commands": screens.command_help(s.voice()),
        "commands_lead": screens.command_help(s.voice(), ("queue", "rules", "settings", "withdraw")),
        "guide": screens.guide(s.voice()),
        "usable": screens.usable(s.voice(), Suited("asked_nothing", (_entry(s.entry(), say),) * 12)),
        "usable_for_that": screens.usable(s.voice(), Suited("all", (_entry(s.entry(), say),))),
        "usable_held": screens.usable(
            s.voice(),
            Suited("all", (_entry(s.entry(), say),)),
            {s.entry().id: first_of_all(idea("owner", "tests"), s.voice(), s.desk())},
        ),
        "usable_nearest": screens.usable(s.voice(), Suited("some", (_entry(s.entry(), say),) * 2)),
        "usable_others": screens.usable(s.voice(), Suited("none", (_entry(s.entry(), say),) * 12)),
        "usable_nothing": screens.usable(s.voice(), Suited("asked_nothing", ())),
        "taken_as": screens.taken_as(s.voice(), screens.guide(s.voice()), say("hlep"), "help"),
        "which": screens.which(s.voice(), [_entry(s.entry(), say), s.entry(title="", tool_name="")], 41),
        "quoted": screens.quoted(s.voice(), say("Otter for calls")),
        "home": screens.home(_home(**lists, deciders={"other": (s.BEN,)})),
        "home_again": screens.home(
            _home(waiting=(_entry(again, say),), requests=(_entry(again, say),), deciders={"other": (s.BEN,)})
        ),
        "home_empty": screens.home(_home()),
    }
    return drawn | rest


def _home(**parts: Any) -> Home:
    return Home(voice=s.voice(), reader=s.ANA, now=s.NOW, day=s.NOW.date(), **parts)
