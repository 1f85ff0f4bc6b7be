"""Pictures of questionnaires of ours: begun, weighed and looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from bot import questionnaires
from bot.slack import screens
from bot.slack.screens.assess import Assessing, Looked
from bot.words import speaking
from intake.answers import UNSURE, Answer, answered
from tests.bot.slack import scenery as s
from triage.case import Case, Fact, Source
from triage.heard import Heard
from triage.outcome import Say
from triage.questionnaire import Sheet, found_of, worked_out
from triage.schemes import GUIDED, questionnaire

SAID = {
    "iso_impact": "full",
    "misuse": "trusted_blindly",
    "affected": "staff_applicants",
    **dict.fromkeys(("groups", "weighs_on"), "yes"),
    **dict.fromkeys(("society", "hard_to_undo"), "no"),
    "harms": "fairness",
    "values": "trust",
    **dict.fromkeys(("fairness_likelihood", "fairness_impact", "remains_impact"), "3"),
    "remains_likelihood": "2",
    "heard": "nobody",
    "told": "yes",
}


def ours(case: Case, say: Callable[[str], str]) -> dict[str, Any]:
    """`say`: what stands for whatever people wrote."""
    words = say("Ranks what came in")
    said = {question: answered(choice) for question, choice in SAID.items()}
    whole = said | {"unaware": UNSURE, "not_for": answered(words), "heard_why": answered(words)}
    whole["each_group"] = answered(" | ".join((words, "ranked too low", "serious", "a person reads each")))
    looked = Looked("work_left", s.voice().mention(s.CLEO), s.NOW, words, may=True)
    seen = _seen(case, whole, looked)
    drawn: dict[str, Any] = {
        "window_assessing": screens.assess_overview(_seen(case, {}, Looked())),
        "window_assessing_whole": screens.assess_overview(seen),
        "window_assess_review": screens.assess_review(seen, "0123456789abcdef", s.voice()),
        "window_assessing_known": screens.assess_page(
            _seen(case, {}, Looked(), {"intended": answered(words)}), seen.form.pages[1]
        ),
    }
    told = Heard(
        how="themselves",
        who=say("Two applicants"),
        said=say("A person should read it."),
        answer=say("One will."),
        changed=say("A person decides now."),
        staff=True,
        by=s.ANA,
        at=s.NOW,
    )
    none = Heard(how="nobody", why=words, by=s.ANA, at=s.NOW)
    for name, heard in (("card_heard", told), ("card_heard_nobody", none)):
        drawn[name] = screens.render(Say.card, replace(s.scene(s.submitted()), heard=heard), {})
    drawn |= dict(_recorded(case, words))
    pages = [page for page in seen.form.pages if page.id not in ("basis", "use")]
    return drawn | {f"window_assessing_{page.id}": screens.assess_page(seen, page) for page in pages}


def _recorded(case: Case, words: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Records of what is built here, with several things one a line."""
    line = " | ".join
    said = {
        "performance_tests": line((words, "at least 92 %", "94 %")),
        "fairness_about": "people",
        "fairness_tests": line((words, "at most 3 %", "3.5 %")),
        "safety_tests": line((words, "at most 0", "-")),
        "where": words,
    }
    tests = _seen(case, {q: answered(a) for q, a in said.items()}, Looked(may=True), name="use-tests")
    yield "window_tested", screens.assess_overview(tests)
    yield "window_tested_page", screens.assess_page(tests, tests.form.pages[2])
    yield "window_tested_review", screens.assess_review(tests, "0123456789abcdef", s.voice())
    for name in ("system-record", "data-record", "shared-duties"):
        begun = {"runs_on": answered("supplier")} if name == "system-record" else {}
        seen = _seen(case, {}, Looked(), begun, name=name)
        for page in seen.form.pages[1:]:
            yield f"window_{name.replace('-', '_')}_{page.id}", screens.assess_page(seen, page)
    whole = {"requirements": line((words, words)), "runs_on": "supplier"}
    seen = _seen(case, {q: answered(a) for q, a in whole.items()}, Looked(), name="system-record")
    yield "window_system_record", screens.assess_overview(seen)


def _seen(
    case: Case,
    given: dict[str, Answer],
    looked: Looked,
    known: dict[str, Answer] | None = None,
    name: str = "ai-impact",
) -> Assessing:
    asked = questionnaire(name)
    given = given | (worked_out(asked.form, given) if given else {})
    facts = {
        q: Fact(question=q, answer=a, by=s.ANA, at=s.NOW, source=Source.person) for q, a in given.items()
    }
    return Assessing(
        words=speaking("en", s.words().zone),
        case=case,
        questionnaire=asked,
        wording=questionnaires.wording(name, "en"),
        sheet=Sheet(
            case=case.id,
            facts=facts,
            finding=found_of(asked, given) if given else None,
            version=len(given) and 3,
        ),
        language="en",
        languages=("en",),
        known=known or {},
        others=GUIDED[1:3],
        looked=looked,
    )
