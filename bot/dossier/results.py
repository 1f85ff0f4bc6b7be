"""How it is judged: the result with its reasons, rules and law, and every earlier version with what moved it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.dossier.parts import SHORT, Card, Part, Section, Table, moment, pairs, table
from bot.dossier.voice import Voice
from store.dossier import Judged, Kept
from triage.rules import NOT_DECIDED, TIER_DECIDED
from triage.verdict import DutyOwed, PolicyUsed, Verdict

FIRST = ("tier", "eu", "dpia", "iso_impact")
"""What is told first; other scales follow."""


class Version(NamedTuple):
    """`again`: how many judgements after it came to the same."""

    judged: Judged
    moved: tuple[str, ...]
    again: int


def result(kept: Kept, voice: Voice) -> Section:
    say, verdict = voice.words.label, kept.case.verdict
    head = say("dossier.result.head")
    if verdict is None:
        return Section("result", head, (say("dossier.result.none"),))
    said = [say("dossier.result.by", day=verdict.day.isoformat())]
    if verdict.stated.get(TIER_DECIDED, NOT_DECIDED) != NOT_DECIDED:
        by_rules = voice.level("tier", verdict.results["tier"])
        said.append(say("dossier.result.set", tier=voice.level("tier", verdict.tier), rules=by_rules))
    return Section("result", head, tuple(said), tuple(_now(verdict, voice)))


def _now(verdict: Verdict, voice: Voice) -> Iterator[Part]:
    say = voice.words.label
    levels = [(voice.known("result", name), level_of(verdict, name, voice)) for name in ordered(verdict)]
    flags = [
        ", ".join(each.replace("_", " ") for each in some) for some in (verdict.flags, verdict.flags_open)
    ]
    marked = ((say("dossier.result.flags"), flags[0]), (say("dossier.result.flags_open"), flags[1]))
    yield Card("", pairs(*levels, *marked))
    heads = [say(f"dossier.reason.{head}") for head in ("because", "facts", "rule", "law")]
    rows = [
        (
            each.because,
            "; ".join(_ground(name, value, voice) for name, value in each.facts.items()),
            f"{each.rule} ({voice.known('result', each.result)}: {voice.known(f'{each.result}_name', each.level)})",
            each.source,
        )
        for each in verdict.reasons
    ]
    yield from (Card(say("dossier.reason.head"), tables=(each,)) for each in table(heads, rows))
    yield from _duties(verdict, voice)
    heads = [say(f"dossier.rules.{head}") for head in ("name", "version", "digest")]
    yield Card(
        say("dossier.rules.head"),
        tables=table(heads, ((p.name, p.version, p.digest) for p in verdict.policies), wide=2),
    )


def ordered(verdict: Verdict) -> list[str]:
    return sorted(
        verdict.results, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name)
    )


def level_of(verdict: Verdict, name: str, voice: Voice) -> str:
    return voice.level(name, verdict.tier if name == "tier" else verdict.results[name])


def _ground(name: str, value: str | tuple[str, ...], voice: Voice) -> str:
    picked = (value,) if isinstance(value, str) else value
    known = voice.form.by_id.get(name)
    choices = known.choice_ids if known else frozenset[str]()
    said = ", ".join(voice.wording.label(name, each) if each in choices else each for each in picked)
    return f"{voice.question(name)}: {said}"


def _duties(verdict: Verdict, voice: Voice) -> Iterator[Card]:
    say = voice.words.label
    heads = [say(f"dossier.duty.{head}") for head in ("what", "since", "law")]
    for name, duties in (("today", verdict.duties_today), ("coming", verdict.duties_coming)):
        rows = [_duty(each) for each in duties]
        yield from (Card(say(f"dossier.duty.{name}"), tables=(each,)) for each in table(heads, rows))


def _duty(owed: DutyOwed) -> tuple[str, str, str]:
    return owed.what, owed.since.isoformat(), owed.source


def history(kept: Kept, voice: Voice) -> Section:
    say = voice.words.label
    heads = [say(f"dossier.version.{head}") for head in ("number", "when", "result", "moved", "facts")]
    rows = [
        (
            str(number),
            moment(each.judged.at)
            + (f"\n{say('dossier.version.again', count=each.again)}" if each.again else ""),
            "\n".join(_levels(each.judged.verdict, voice)),
            "\n".join(each.moved),
            each.judged.facts[:SHORT],
        )
        for number, each in enumerate(versions(kept, voice), 1)
    ]
    made: tuple[Table, ...] = table(heads, rows, wide=3)
    said = (say("dossier.version.said"),) if made else (say("dossier.version.none"),)
    return Section("versions", say("dossier.version.head"), said, made)


def _levels(verdict: Verdict, voice: Voice) -> Iterator[str]:
    for name in ordered(verdict):
        yield f"{voice.known('result', name)}: {level_of(verdict, name, voice)}"


def versions(kept: Kept, voice: Voice) -> list[Version]:
    """Those that came out otherwise than the one before."""
    found: list[Version] = []
    last: Judged | None = None
    for judged in kept.judged:
        if last is not None and outcome(last.verdict) == outcome(judged.verdict):
            found[-1] = found[-1]._replace(again=found[-1].again + 1)
        else:
            found.append(Version(judged, tuple(_moved(last, judged, kept, voice)), 0))
        last = judged
    return found


def outcome(verdict: Verdict) -> object:
    return verdict.tier, verdict.results, verdict.flags, verdict.flags_open


def _moved(before: Judged | None, judged: Judged, kept: Kept, voice: Voice) -> Iterator[str]:
    """What was said, set or put into force between the two."""
    say = voice.words.label
    if before is None:
        yield say("dossier.moved.first")
        return
    was, now = before.verdict, judged.verdict
    told = [fact for fact, at in kept.history if before.at < at <= judged.at]
    for question in dict.fromkeys(fact.question for fact in told):
        last = next(fact for fact in reversed(told) if fact.question == question)
        value = voice.answer(question, last.answer, kept.case)
        who = voice.name(last.by, voice.known("dossier.source", last.source.value))
        yield say("dossier.moved.answer", question=voice.question(question), value=value, who=who)
    were = {each.name: each for each in was.policies}
    for policy in now.policies:
        if were.get(policy.name) != policy:
            yield say("dossier.moved.rules", policy=_policy(policy))
    for name in sorted(were.keys() - {policy.name for policy in now.policies}):
        yield say("dossier.moved.off", policy=name)
    for name in sorted(was.stated.keys() | now.stated.keys()):
        if (value := _stated(now.stated, name)) != _stated(was.stated, name):
            yield say("dossier.moved.stated", name=name.replace("_", " "), value=value)


def _stated(stated: Mapping[str, tuple[str, ...]], name: str) -> str:
    return ", ".join(stated.get(name, ())) or "-"


def _policy(used: PolicyUsed) -> str:
    return f"{used.name} {used.version} ({used.digest[:SHORT]})"
