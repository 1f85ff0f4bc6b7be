"""A questionnaire about a use in Slack: opened, page by page handed in, and kept as far as it came."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError

from bot import questionnaires
from bot.slack import screens, verbs, windows
from bot.slack.abouts import Sheeted, from_sheeted
from bot.slack.front import Front
from bot.slack.payloads import Press, Submission
from bot.slack.scene import Voice
from bot.slack.scenes import make_voice
from bot.slack.screens.assess import Assessing, Looked
from bot.words import speaking
from intake.answers import NOT_ASKED
from intake.check import problems
from intake.check import to_answers as plain_answers
from store import assessments, queries, sheets
from store.assessments import Assessment
from store.records import load
from store.sessions import Session
from store.tables import PersonRow
from triage.aims.assessed import KIND
from triage.aims.kinds import kinds
from triage.case import Case
from triage.contributing import Contribute, check_may_contribute
from triage.desk import Desk
from triage.guide import Guide, is_whole
from triage.guide import known as intake_knows
from triage.onward import DoTask
from triage.outcome import Refused
from triage.parties import with_part
from triage.questionnaire import after, unfinished
from triage.schemes import GUIDED, is_beside
from triage.tasks import tasks_of
from triage.whereabouts import keeper

Reply = dict[str, Any]


def press(front: Front, pressed: Press, person: str) -> None:
    """The overview, from the button on a use."""
    about = windows.about(pressed)
    seen = seen_by(front, person, Sheeted(about.case, about.choice))
    windows.open_window(front, pressed, person, screens.assess_overview(seen))


def open_by_ref(front: Front, person: str, ref: str, trigger: str) -> None:
    """From `/steward assess AIU-…`; a hidden use reads like one that does not exist."""
    on = questionnaires.switched_on(front.office.config)
    if not on:
        raise Refused("nothing_to_assess_by")
    if not ref.strip():
        raise Refused("which_ref")
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        reader, found = front.reader(person, desk), verbs.references(ref, desk.day.year)
        entry = next((e for each in found if (e := queries.entry(session, reader, each))), None)
    if entry is None:
        raise Refused("unknown_ref", ref=verbs.bare(ref)[:40])
    windows.open_by(front, trigger, screens.assess_overview(seen_by(front, person, Sheeted(entry.id, on[0]))))


def jump(front: Front, pressed: Press, person: str) -> None:
    """Another page, or the same overview in another language, in the window that is open."""
    about = from_sheeted(windows.about(pressed).choice)
    seen = seen_by(front, person, about)
    page = next((each for each in seen.form.pages if each.id == about.page), None)
    drawn = screens.assess_page(seen, page) if page else screens.assess_overview(seen)
    view = pressed.view or {}
    if not view.get("id"):
        raise Refused("unknown_button")
    try:
        front.client.views_update(view_id=view["id"], hash=view.get("hash"), view=drawn)
    except SlackApiError as error:
        if str(error.response.get("error")) not in windows.LEFT:
            raise


def begin(front: Front, submission: Submission, person: str) -> Reply:
    """From the overview to the first page with something left."""
    seen = seen_by(front, person, from_sheeted(submission.about))
    _done_by(front, seen, person, submission.key)
    return _show(seen, unfinished(seen.form, seen.answers))


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """Keep the page; then what its answers opened, the next page, or what all of it comes to."""
    about = from_sheeted(submission.about)
    seen = seen_by(front, person, about)
    raw: dict[str, object] = {q: list(v) for q, v in submission.fields.items() if q in seen.form.by_id}
    read, wrong = plain_answers(seen.form, raw)
    found = {problem.question: problem for problem in wrong} | problems(seen.form, read)
    if found:
        texts = {q: seen.words.label(f"problem.{p.key}", **p.facts) for q, p in found.items()}
        return {"response_action": "errors", "errors": texts}
    told = {question: read.get(question, NOT_ASKED) for question in raw}
    unseen = set(seen.known) - set(seen.sheet.facts)  # handing it in confirms what the intake knew
    command = Contribute(
        actor=person,
        key=submission.key,
        case=about.case,
        form=seen.form.id,
        page=about.page,
        answers=told,
        left=tuple(sorted((submission.left & told.keys()) - unseen)),
    )
    front.office.ledger.contribute(command, seen.questionnaire, front.desk(actor=person))
    seen = seen_by(front, person, about)
    _done_by(front, seen, person, submission.key)
    return _show(seen, after(seen.form, seen.answers, about.page, frozenset(raw)))


def _done_by(front: Front, seen: Assessing, person: str, key: str) -> None:
    """The task that is done by it, as soon as all of it is there; whoever else answers leaves it to its owner."""
    guide, case = seen.guide, seen.case
    if guide is None or person != keeper(case) or not is_whole(seen.sheet.finding):
        return
    if any(task.task == guide.task and task.done is None for task in tasks_of(case)):
        words = seen.words.label("assessing.whole", title=guide.title, version=seen.sheet.version)
        wish = DoTask(actor=person, key=f"{key}:task", case=case.id, task=guide.task, words=words)
        front.do(wish, front.desk(actor=person))


def _show(seen: Assessing, page: str) -> Reply:
    found = next((each for each in seen.form.pages if each.id == page), None)
    drawn = screens.assess_page(seen, found) if found else screens.assess_overview(seen)
    return {"response_action": "update", "view": drawn}


def seen_by(front: Front, person: str, about: Sheeted) -> Assessing:
    """What may be seen and answered now; raises the refusal otherwise."""
    if about.form not in questionnaires.switched_on(front.office.config):
        raise Refused("nothing_to_assess_by", case=about.case)
    desk = front.desk(actor=person)
    case = _may(front, person, about.case, desk)
    questionnaire = questionnaires.kept(front.office.store, about.form)
    with front.office.store.read() as session:
        sheet = sheets.load(session, case.id, questionnaire.form.id)
        known = session.get(PersonRow, person)
        looked = reviewed(session, case, about.form, person, desk, make_voice(front))
    language = questionnaires.spoken(
        about.form, about.language, known.language if known else None, front.office.config.language
    )
    scheme, on = questionnaire.scheme, questionnaires.switched_on(front.office.config)
    called = {task.task for task in tasks_of(case)}
    return Assessing(
        words=speaking(language, front.words.zone),
        case=case,
        questionnaire=questionnaire,
        wording=questionnaires.wording(about.form, language),
        sheet=sheet,
        language=language,
        languages=questionnaires.languages(about.form),
        known=intake_knows(questionnaire.form, scheme, case) if isinstance(scheme, Guide) else {},
        others=tuple(name for name in on if name != about.form and not is_beside(name, called)),
        looked=looked,
    )


def reviewed(session: Session, case: Case, name: str, person: str, desk: Desk, voice: Voice) -> Looked:
    """How its review stands; only what is weighed by rules of ours is reviewed here."""
    if name not in GUIDED:
        return Looked()
    found = assessments.of_case(session, case, name)
    may = found.standing != "stands" and may_review(session, case, found, person, desk)
    made = found.entry.in_force if found.entry else None
    if made is None:
        return Looked(may=may)
    said = str(made.said.get("words", ""))
    return Looked(found.standing, voice.mention(made.by), made.at, said, may)


def may_review(session: Session, case: Case, found: Assessment, person: str, desk: Desk) -> bool:
    parts = (*assessments.writers(session, case.id, found.questionnaire.form.id), *with_part(case))
    part = any(desk.same(person, one) for one in parts)
    begun = found.sheet.version > 0
    return begun and not part and any(desk.holds(person, role) for role in kinds()[KIND].proposes)


def _may(front: Front, person: str, id: str, desk: Desk) -> Case:
    with front.office.store.read() as session:
        seen = queries.may_see(session, front.reader(person, desk), id)
        case = load(session, id) if seen else None
    if case is None:
        raise Refused("unknown_case", case=id)
    check_may_contribute(case, person, desk)
    return case


def case_of(session: Session, id: str) -> Case:
    """Whoever asks was let in before."""
    case = load(session, id)
    if case is None:
        raise Refused("unknown_case", case=id)
    return case
