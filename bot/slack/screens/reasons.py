"""Why something was judged as it was, and why a question is asked: plain sentences, each with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import View
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens import verdicts as v
from bot.slack.screens.answers import ask, label, name, question_of
from bot.slack.screens.excepting import exception
from bot.slack.screens.gaps import open_points
from bot.slack.screens.lowering import lowering
from triage.own import OWN
from triage.verdict import PolicyUsed, Reason, Verdict

REASONS, BEHIND = 12, 2


def why(scene: Scene, facts: Mapping[str, object]) -> Message:
    """Why a question is asked, and where that stands."""
    asked = str(facts["question"])
    known = question_of(scene, asked)
    page = scene.words.page(
        "why",
        ask=ask(scene, asked),
        why=scene.desk.wording.why(asked) if known else "",
        examples=scene.desk.wording.examples(asked) if known else (),
        sources=sources(scene, asked),
    )
    drawn = [b.section(page["line"]), b.context(page["behind"]) if page["behind"] else None]
    return message(scene.words, page["line"], drawn)


def sources(scene: Scene, question: str) -> list[str]:
    """For each policy that looks at the question, the source of the item that looks at least else."""
    found: list[str] = []
    for policy in scene.desk.book.policies:
        looking = [item for item in policy.items() if question in item.when.questions()]
        if looking:
            found.append(min(looking, key=lambda item: len(item.when.questions())).source)
    return found[:BEHIND]


def reasons_view(scene: Scene) -> dict[str, Any]:
    """Every result in words, with what lifts it there; what is open and what is due; small at the end the rules."""
    words, verdict = scene.words, scene.case.verdict
    drawn: list[b.Block | None] = []
    if verdict is None:
        drawn.append(b.section(words.line("bounds.unknown")))
    else:
        page = words.page(
            "reasons",
            **open_points(scene, verdict.gaps, len(verdict.gaps)),
            policies=[(_policy_title(scene, policy), policy.version) for policy in verdict.policies],
            behind=_behind(verdict),
        )
        for result in v.LEVELS:
            drawn += _result(scene, verdict, result)
        drawn += exception(scene)
        if beside := _beside(verdict):
            drawn.append(b.section(words.page("besides", reasons=beside)["line"]))
        drawn += [b.section(text) for text in lowering(scene, verdict)]
        drawn.append(b.section(page["open"]) if page["open"] else None)
        drawn += _duties(scene, verdict)
        drawn.append(b.divider())
        drawn += [b.context(text) for text in b.pieces(page["behind"])]
        drawn.append(b.context(page["policies"]))
    return modal(words, View.REASONS, words.label("modal.reasons"), drawn)


def _result(scene: Scene, verdict: Verdict, result: str) -> list[b.Block]:
    """Where it stands, then what lifts it there, a sentence for each rule."""
    words, bounds = scene.words, verdict.results[result]
    heading = words.page(
        "result",
        what=words.line(f"result.{result}"),
        standing=v.standing(words, result, bounds, v.movers(verdict, result), len(verdict.gaps)),
    )
    lines = [heading["line"]]
    for reason in _lifting(verdict):
        if reason.result == result:
            lines.append(words.page("reason", reason=reason, answers=_answers(scene, reason))["line"])
    return b.sections(Mrkdwn("\n".join(lines)))


def _lifting(verdict: Verdict) -> list[Reason]:
    """What lifts each result to where it is at least."""
    results = verdict.results
    return [r for r in verdict.reasons if r.result in v.LEVELS and r.level == results[r.result].floor]


def _beside(verdict: Verdict) -> list[Reason]:
    """What holds as well, without lifting anything further."""
    return [
        reason
        for result, levels in v.LEVELS.items()
        for reason in verdict.reasons
        if reason.result == result
        and reason.level != verdict.results[result].floor
        and str(reason.level) != levels[0]
    ][:REASONS]


def _duties(scene: Scene, verdict: Verdict) -> Iterator[b.Block]:
    """What the law asks today, then what it will ask from each day on."""
    coming = groupby(sorted(verdict.duties_coming, key=attrgetter("since")), key=attrgetter("since"))
    for since, owed in ((None, verdict.duties_today), *((day, tuple(some)) for day, some in coming)):
        if owed:
            yield from b.sections(scene.words.page("duties", duties=owed, since=since)["list"])


def _behind(verdict: Verdict) -> list[tuple[str, str]]:
    """Source and id of every rule that was told in words above."""
    told = (*_lifting(verdict), *_beside(verdict))
    # Their own rules name their source beside their sentence: an address that they wrote is no link of ours.
    rules = [(reason.source, reason.rule) for reason in told if reason.policy != OWN]
    return rules + [(owed.source, owed.duty) for owed in (*verdict.duties_today, *verdict.duties_coming)]


def _answers(scene: Scene, reason: Reason) -> list[tuple[str, str]]:
    """The answers that it rests on; that nothing lifts a result needs no list of all that does not."""
    levels = v.LEVELS.get(reason.result, ())
    if levels and str(reason.level) == levels[0]:
        return []
    found = []
    for question, value in reason.facts.items():
        if question_of(scene, question) is not None:
            picked = (value,) if isinstance(value, str) else value
            found.append((name(scene, question), ", ".join(label(scene, question, c) for c in picked)))
    return found


def _policy_title(scene: Scene, used: PolicyUsed) -> str:
    """The name people know a policy by; its id where it is no longer in force."""
    return next((p.title for p in scene.desk.book.policies if p.name == used.name), used.name)
