"""Uses whose every text bears one word, told to their readers and closed to everybody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from bot import config
from bot.slack import expiring
from bot.slack.payloads import Who
from intake.answers import Answer, answered, unsure
from store import discussion, people
from store.discussion import Below, Remark
from store.engine import Store
from tests.hostile.slack import Sent, Slack, texts
from tests.hostile.stage import MORNING, Stage
from tests.triage.test_excepting import FINDER
from triage import afterwards, beforehand, commands, confidences, motions, talking
from triage.case import Case
from triage.motions import Matter
from triage.outcome import Refused
from triage.steps import Term
from triage.talking import Attached

TEAM, CARDS, ALL, BOT = "T0OURS", "C0CARDS", "C0ALL", "U0BOT"
ANA, BEN, EVE, FAY, DAN = "U0ANA", "U0BEN", "U0EVE", "U0FAY", "U0DAN"
"""Who asks, who decides (three), and a reader by name."""
LOU, IDA, GUS = "U0LOU", "U0IDA", "U0GUS"
"""Whoever leads the governance and audits it, a colleague, and a guest: none of them a reader."""
OUTSIDE = (LOU, IDA, GUS)
MARK = "wolpertinger"
SETTINGS: dict[str, Any] = {
    "channels.governance": CARDS,
    "roles.reviewer": [BEN, EVE],
    "roles.risk_owner": [EVE, FAY],
    "roles.legal": [FAY, BEN],
    "roles.privacy": [FAY],
    "roles.security": [FAY],
    "roles.vendor_manager": [FAY],
    "roles.committee": [BEN, FAY],
    "roles.executive": [FAY],
    "roles.governance_lead": [LOU],
    "roles.auditor": [LOU],
    "organisation.regions": ["eu"],
    "organisation.public_body": False,
    "timezone": "Europe/Berlin",
    "country": "DE",
    "tools.settled": ["otter"],
}
PLAIN: dict[str, Answer] = {
    "kind": answered("use_catalogue"),
    "tool": answered("otter"),
    "output_use": answered("draft_self"),
    "people": answered("only_team"),
    "data": answered("internal"),
    "area": answered("none"),
    "red_flag": answered("none"),
}
RISKY = {name: answer for name, answer in FINDER.items() if name != "purpose"} | {"kind": answered("use_new")}
REST = {
    "account": answered("enterprise"),
    "train_on_data": answered("no_contract"),
    "profiling": answered("no"),
}
_keys = count(1)


def said(what: str) -> str:
    return f"{MARK} {what}"


def bears(part: Any) -> bool:
    """Whether the word stands anywhere in it, however it is written."""
    return any(MARK in text.lower() for text in texts(part))


@dataclass
class Told:
    """A story as it is told to a stage. `spoken`: the fields of wishes that bore the word, as `wish.field`."""

    url: str
    stage: Stage
    spoken: set[str] = field(default_factory=set)
    cases: dict[str, str] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    before: list[Sent] = field(default_factory=list)

    @property
    def sent(self) -> list[Sent]:
        """All that went out since there is anything in confidence."""
        return self.stage.slack.sent

    def person(self, user: str) -> str:
        return self.stage.front.directory.person(Who(TEAM, user))

    def does(self, user: str, do: type[Any], case: str, **fields: Any) -> Case:
        """All that follows from it goes out before anything else happens."""
        actor = self.person(user) if user else ""
        command = do(actor=actor, key=f"told-{next(_keys)}", case=self.cases.get(case, case), **fields)
        self.spoken |= {f"{command.do}.{name}" for name, held in _held(command) if bears(held)}
        done = self.stage.front.do(command, self.stage.front.desk(actor=actor or None))
        self.stage.works()
        return done.case

    def case(self, name: str) -> Case:
        with self.stage.store.read() as session:
            return self.stage.front.loaded(session, self.cases[name])

    def days(self, number: int) -> None:
        """They go by, each with what the clock brings."""
        for _ in range(number):
            self.stage.now += timedelta(days=1)
            front = self.stage.front
            front.office.ledger.nudge(front.desk())
            expiring.look(front, front.desk())
            self.stage.works()

    # -- what happens

    def asks(
        self,
        name: str,
        answers: dict[str, Answer],
        user: str = ANA,
        *,
        closed: bool = True,
        over: bool = False,
        pattern: str = "",
    ) -> None:
        """Closed while it is a draft, so that nothing of it was ever said to anybody else."""
        self.cases[name] = id = f"{next(_keys):032x}"
        self.open |= set() if closed else {name}
        place = self.stage.front.directory.place(f"D{user}", kind="dm")
        words = f"I'd like to use Otter.ai for {said('words')}" if closed else "Otter.ai for our minutes"
        self.does(user, talking.Begin, id, words=words, place=place, root=f"17000{next(_keys):05}.000001")
        if closed:
            self.does(user, confidences.Confide, id)
            answers = answers | {name: answered(said(name)) for name in ("title", "purpose", "unit")}
        else:
            answers = {"purpose": answered("Write minutes")} | answers
        asked = self.does(user, talking.Fill, id, answers=answers, echo=True)
        while not over and asked.talk and asked.talk.current:
            open_ = asked.talk.current
            rest = {question: REST.get(question, unsure()) for question in (open_.question, *open_.also)}
            asked = self.does(user, talking.Fill, id, answers=rest, echo=True)
        if over:
            self.does(user, talking.Steer, id, wish="hand_over")
        else:
            self.does(user, talking.Submit, id, pattern=pattern)


def _held(command: Any) -> Iterator[tuple[str, Any]]:
    for name in type(command).model_fields:
        yield name, _plain(getattr(command, name))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else value


def begin(database_url: str) -> Told:
    store = Store(database_url, now=lambda: MORNING)
    config.seed(store, SETTINGS, now=MORNING)
    with store.write() as session:
        for user in (ANA, BEN, EVE, FAY, DAN, *OUTSIDE):
            people.person(session, team=TEAM, slack_user=user, now=MORNING, name=user, restricted=user == GUS)
    store.close()
    dms = {user: f"D{user}" for user in (ANA, BEN, EVE, FAY, DAN, *OUTSIDE)}
    return Told(database_url, Stage(database_url, Slack(BOT, {CARDS, ALL}, dms, {}), TEAM, MORNING))


def tell(told: Told) -> None:
    """One use in each state in which something can be done about it, and what its readers write on the way."""
    _opened(told)
    told.before += told.sent  # in the open; said is said
    told.sent.clear()
    changed = {"data": answered("special")}
    told.does(ANA, afterwards.Change, "joined", answers=changed, effect="lapses")
    _asked(told)
    _excepted(told)
    _moved(told)
    _forbidden(told)
    _declined(told)
    _bound(told)
    _guarded(told)
    _beside(told)


def _opened(told: Told) -> None:
    """Closed only after others had joined it, a pattern was made of it, and something was recorded by that."""
    words: dict[str, Answer] = {name: answered(said(name)) for name in ("title", "purpose", "unit")}
    told.asks("joined", PLAIN | words, closed=False)
    made = told.does(BEN, commands.Approve, "joined", reason=said("reason"), conditions=(said("condition"),))
    told.does(IDA, afterwards.Join, "joined", unit=said("unit of another team"))
    for reason in ("refused", "confirmed"):
        last = told.stage.now.date() + timedelta(days=60)
        told.does(
            EVE, beforehand.ProposePattern, "joined", covers=said("covers"), last_day=last, secret="0" * 32
        )
        pattern = told.case("joined").patterns[-1].id
        if reason == "refused":
            told.does(BEN, beforehand.RefusePattern, "joined", pattern=pattern, reason=said("refused"))
        else:
            told.does(BEN, beforehand.ConfirmPattern, "joined", pattern=pattern)
    told.asks("recorded", PLAIN | words, closed=False, pattern=pattern)
    if not told.case("recorded").pattern_steps:
        told.does("", beforehand.DrawSample, "recorded", pattern=pattern)
    (step,) = [step.id for step in told.case("recorded").pattern_steps]
    told.does(BEN, beforehand.MisfitsPattern, "recorded", step=step, reason=said("misfit"))
    assert made.in_use
    for name in ("joined", "recorded"):
        told.does(ANA, confidences.Confide, name)
        told.open.discard(name)


def _asked(told: Told) -> None:
    told.asks("referred", PLAIN | {"data": unsure()}, over=True)
    told.asks("asked", PLAIN)
    told.does(BEN, commands.Take, "asked")
    told.does(EVE, commands.Recuse, "asked", reason=said("recusal"))
    told.does(BEN, commands.AskRequester, "asked", question=said("question"))
    told.does(ANA, talking.Type, "asked", words=said("answer"))
    told.does(BEN, commands.AskRequester, "asked", question=said("question again"))


def _excepted(told: Told) -> None:
    claim: dict[str, Any] = {"ground": "narrow_task", "reason": said("ground")}
    told.asks("excepted", RISKY)
    made = told.does(EVE, commands.ClaimException, "excepted", **claim).decisions[-1]
    told.does(FAY, commands.ObjectException, "excepted", claim=made.id, reason=said("objection"))
    made = told.does(EVE, commands.ClaimException, "excepted", **claim).decisions[-1]
    told.does(FAY, commands.ConfirmException, "excepted", claim=made.id, reason=said("confirmation"))
    told.asks("claimed", RISKY)
    told.does(EVE, commands.ClaimException, "claimed", **claim)


def _moved(told: Told) -> None:
    told.asks("moved", RISKY)
    wish: dict[str, Any] = {"matter": Matter.tier, "value": "2", "reason": said("motion")}
    made = told.does(EVE, motions.PutMotion, "moved", **wish).decisions[-1]
    told.does(FAY, motions.OpposeMotion, "moved", motion=made.id, reason=said("opposition"))
    made = told.does(EVE, motions.PutMotion, "moved", **wish).decisions[-1]
    told.does(FAY, motions.SecondMotion, "moved", motion=made.id, reason=said("second"))
    told.does(EVE, motions.PutMotion, "moved", **wish | {"value": "rules"})


def _forbidden(told: Told) -> None:
    told.asks("blocked", PLAIN | {"red_flag": answered("social_scoring")})
    told.asks("forbidden", PLAIN | {"red_flag": answered("social_scoring")})
    told.does(FAY, motions.ConfirmProhibited, "forbidden", reason=said("ban"))


def _declined(told: Told) -> None:
    told.asks("declined", PLAIN)
    told.does(
        BEN, commands.Decline, "declined", reason=said("refusal"), would_change=said("what would change it")
    )
    told.asks("withdrawn", PLAIN)
    told.does(ANA, talking.Withdraw, "withdrawn")


def _bound(told: Told) -> None:
    """Approved in confidence, with all that comes after a yes."""
    told.asks("bound", PLAIN)
    told.does(
        BEN,
        commands.Approve,
        "bound",
        reason=said("reason"),
        conditions=(said("condition"), said("second condition")),
        terms=(
            Term(due=told.stage.now.date() + timedelta(days=20), check=said("check"), otherwise="lapses"),
            Term(),
        ),
    )
    told.does(ANA, confidences.NameReader, "bound", person=told.person(DAN))
    made = told.case("bound").decision
    assert made is not None
    told.does(
        ANA,
        afterwards.Fulfil,
        "bound",
        decision=made.id,
        number=1,
        link=f"https://example.org/{MARK}",
        words=said("evidence"),
    )
    told.does(DAN, afterwards.ReportWrong, "bound", words=said("wrong answer"))
    with told.stage.store.write() as session:
        card = Below(told.cases["bound"], told.stage.front.directory.place(CARDS), "18.1")
        files = f"{MARK}.pdf https://example.org/{MARK}"
        remark = Remark(card, "18.2", "said", "18.2", told.person(BEN), said("remark"), files)
        discussion.keep(session, remark, now=told.stage.now)


def _guarded(told: Told) -> None:
    """At high risk a second person looks at what was handed in; and something is different since."""
    told.asks("guarded", RISKY)
    for user in (EVE, FAY, BEN):
        if told.case("guarded").decision is None:
            with suppress(Refused):
                told.does(
                    user,
                    commands.Approve,
                    "guarded",
                    reason=said("yes"),
                    conditions=(said("guard"),),
                    terms=(Term(due=told.stage.now.date() + timedelta(days=90), check=said("check")),),
                )
    made = told.case("guarded").decision
    assert made is not None
    for words in ("handed in", "handed in again"):
        handed: dict[str, Any] = {"decision": made.id, "number": 1, "words": said(words)}
        handed["file"] = Attached(id="F00000PROOF", name=said(words))
        step = told.does(ANA, afterwards.Fulfil, "guarded", **handed).condition_steps[-1].id
        if words == "handed in":
            told.does(BEN, afterwards.SendBack, "guarded", step=step, reason=said("not yet"))
    told.asks("changed", PLAIN)
    told.does(BEN, commands.Approve, "changed", reason=said("yes"))
    changed = {"title": answered(said("title anew")), "data": answered("special")}
    told.does(ANA, afterwards.Change, "changed", answers=changed, effect="lapses")


def _beside(told: Told) -> None:
    """What others ask for in the open: the same tool, the same answers."""
    told.asks("open", PLAIN, user=IDA, closed=False)
    told.asks("open too", RISKY, user=IDA, closed=False)
