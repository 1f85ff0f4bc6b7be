"""What the steps of an incident come to, one after the other; nothing of it is kept anywhere but in the steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from intake.answers import Answer, answered, unsure
from intake.value import Value
from triage.incidents.asked import holding
from triage.incidents.incident import (
    CHANGED,
    ORIGIN,
    OUTSIDE,
    REPORTER,
    Action,
    Classified,
    Incident,
    Kind,
    Relayed,
    Settled,
    Status,
    Step,
    Told,
)

UNSURE = "unsure"


class Standing(Value):
    """`aware`: from when the law's clocks count, and who says so. `answers`: each as it was given last.

    `assessed_by`: whoever answered last; of a report alone that is nobody who decides.
    """

    kind: Kind = Kind.incident
    status: Status = Status.reported
    words: str = ""
    message: str = ""
    link: str = ""
    reporter: str = ""
    anonymous: bool = False
    reported_at: datetime | None = None
    aware_at: datetime | None = None
    aware_by: str = ""
    occurred: str = ""
    use: str = ""
    tool: str = ""
    version_then: str = ""
    answers: Mapping[str, Answer] = {}
    assessed_by: str = ""
    coordinator: str = ""
    contained: str = ""
    contained_at: datetime | None = None
    suspended: bool = False
    classified: Mapping[str, Classified] = {}
    settled: Mapping[str, Settled] = {}
    caused: bool = False
    cause: str = ""
    causes: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    told: tuple[Told, ...] = ()
    relayed: tuple[Relayed, ...] = ()
    lessons: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None
    ended_why: str = ""
    judged: tuple[str, ...] = ()
    lasts: Status | None = None
    """Closed, rejected or taken up again: what a person said it is; None: what is known of it says that."""

    @property
    def triaged(self) -> bool:
        return bool(self.assessed_by)

    @property
    def from_outside(self) -> bool:
        answer = self.answers.get(ORIGIN)
        return answer is not None and OUTSIDE in answer.picked

    @property
    def answered(self) -> Told | None:
        """Who answered whoever reported it from outside, at last."""
        return next((each for each in reversed(self.told) if each.whom == REPORTER), None)

    @property
    def owes_answer(self) -> bool:
        return self.from_outside and self.answered is None


def standing(incident: Incident) -> Standing:
    found = Standing()
    for step in incident.steps:
        change = HEARD[step.kind](found, step) if step.kind in HEARD else {}
        found = found.model_copy(update=change)
    return found.model_copy(update={"status": found.lasts or _status(found)})


def _status(found: Standing) -> Status:
    """How far it has come; a later thing may be known before an earlier one."""
    if found.actions:
        done = all(action.done_at is not None for action in found.actions)
        return Status.monitoring if done else Status.fixing
    if found.caused:
        return Status.investigating
    if found.contained:
        return Status.contained
    return Status.triaged if found.triaged else Status.reported


def answers_in(step: Step) -> dict[str, Answer]:
    """As they were given; what is not sure carries the ticks that are."""
    open_ones = _many(step, UNSURE)
    found = {
        name.partition(CHANGED)[2]: tuple(map(str, picked))
        for name, picked in step.detail.items()
        if name.startswith(f"answer{CHANGED}") and isinstance(picked, tuple | list)
    }
    return {
        question: unsure(*picked) if question in open_ones else answered(*picked)
        for question, picked in (dict.fromkeys(open_ones, ()) | found).items()
    }


def _report(found: Standing, step: Step) -> dict[str, object]:
    """What a reporter ticks is certain; that nothing else is so, only those who look into it say.

    Nor do they set a mark that holds records.
    """
    said = {name: _certain(each) for name, each in answers_in(step).items() if name not in holding()}
    return {
        "kind": Kind(_one(step, "kind")),
        "words": step.texts.get("words", ""),
        "message": step.texts.get("message", ""),
        "link": step.texts.get("link", ""),
        "reporter": step.by,
        "anonymous": not step.by,
        "reported_at": step.at,
        "aware_at": _moment(step, "aware_at") or step.at,
        "aware_by": step.by,
        "occurred": _one(step, "occurred"),
        "use": _one(step, "use"),
        "answers": {name: each for name, each in said.items() if each is not None},
    }


def _certain(said: Answer) -> Answer | None:
    picked = [each for each in said.picked if each not in ("none", "no", "nothing")]
    return unsure(*picked) if picked else None


def _assess(found: Standing, step: Step) -> dict[str, object]:
    aware = _moment(step, "aware_at")
    change: dict[str, object] = {
        "answers": {**found.answers, **answers_in(step)},
        "assessed_by": step.by,
        "lasts": None,
    }
    return change | ({"aware_at": aware, "aware_by": step.by} if aware else {})


def _classify(found: Standing, step: Step) -> dict[str, object]:
    made = Classified.model_validate(
        {
            "value": _one(step, "value"),
            "by": step.by,
            "at": step.at,
            "reason": step.texts.get("reason", ""),
        }
    )
    return {"classified": {**found.classified, _one(step, "what"): made}}


def _contain(found: Standing, step: Step) -> dict[str, object]:
    return {"contained": _one(step, "how"), "contained_at": step.at}


def _suspend(found: Standing, step: Step) -> dict[str, object]:
    return {"contained": "stopped", "contained_at": step.at, "suspended": True}


def _settle(found: Standing, step: Step) -> dict[str, object]:
    made = Settled.model_validate(
        {
            "clock": _one(step, "clock"),
            "outcome": _one(step, "outcome"),
            "by": step.by,
            "role": step.role,
            "at": step.at,
            "when": _moment(step, "when"),
            "reason": step.texts.get("reason", ""),
        }
    )
    return {"settled": {**found.settled, made.clock: made}}


def _cause(found: Standing, step: Step) -> dict[str, object]:
    return {"caused": True, "cause": step.texts.get("words", ""), "causes": _many(step, "kinds")}


def _add_action(found: Standing, step: Step) -> dict[str, object]:
    made = Action(
        id=step.id,
        owner=_one(step, "owner"),
        due=date.fromisoformat(_one(step, "due")),
        words=step.texts.get("words", ""),
        success=step.texts.get("success", ""),
    )
    return {"actions": (*found.actions, made)}


def _do_action(found: Standing, step: Step) -> dict[str, object]:
    """Done anew, it has to be looked at anew."""
    done = {"done_by": step.by, "done_at": step.at, "evidence": step.texts.get("evidence", "")}
    return _of_action(found, step, done | {"effective": "", "checked_by": ""})


def _check_action(found: Standing, step: Step) -> dict[str, object]:
    return _of_action(found, step, {"effective": _one(step, "found"), "checked_by": step.by})


def _of_action(found: Standing, step: Step, change: dict[str, object]) -> dict[str, object]:
    which = _one(step, "action")
    return {
        "actions": tuple(
            each.model_copy(update=change) if each.id == which else each for each in found.actions
        )
    }


def _told(found: Standing, step: Step) -> dict[str, object]:
    when = _moment(step, "when") or step.at
    made = Told(whom=_one(step, "whom"), when=when, by=step.by, words=step.texts.get("words", ""))
    return {"told": (*found.told, made)}


def _close(found: Standing, step: Step) -> dict[str, object]:
    return _ended(Status.closed, step) | {
        "lessons": step.texts.get("lessons", ""),
        "judged": _many(step, "judged"),
    }


def _ended(as_: Status, step: Step) -> dict[str, object]:
    why = step.texts.get("reason", "")
    return {"lasts": as_, "ended_by": step.by, "ended_at": step.at, "ended_why": why}


def _reopen(found: Standing, step: Step) -> dict[str, object]:
    again = {"lasts": Status.reopened, "ended_by": "", "ended_at": None, "ended_why": ""}
    return again | _relayed(found, step)


def _relayed(found: Standing, step: Step) -> dict[str, object]:
    """What went between those who look into it and whoever raised it without a name; nothing for other notes."""
    if not (way := _one(step, "relay")):
        return {}
    words = step.texts.get("words") or step.texts.get("reason", "")
    made = Relayed.model_validate({"way": way, "words": words, "by": step.by, "at": step.at})
    return {"relayed": (*found.relayed, made)}


HEARD: Mapping[str, Callable[[Standing, Step], dict[str, object]]] = {
    "report": _report,
    "take_up": lambda found, step: {"coordinator": step.by},
    "assess": _assess,
    "name_use": lambda found, step: {
        "use": _one(step, "use"),
        "version_then": step.texts.get("version", found.version_then),
    },
    "classify": _classify,
    "contain": _contain,
    "suspend": _suspend,
    "note": _relayed,
    "settle_clock": _settle,
    "cause": _cause,
    "add_action": _add_action,
    "do_action": _do_action,
    "check_action": _check_action,
    "noted_told": _told,
    "close": _close,
    "reopen": _reopen,
    "reject": lambda found, step: _ended(Status.rejected, step),
}


def _one(step: Step, name: str) -> str:
    return str(step.detail.get(name, ""))


def _many(step: Step, name: str) -> tuple[str, ...]:
    held = step.detail.get(name, ())
    return tuple(map(str, held)) if isinstance(held, tuple | list) else (str(held),)


def _moment(step: Step, name: str) -> datetime | None:
    said = _one(step, name)
    return datetime.fromisoformat(said) if said else None
