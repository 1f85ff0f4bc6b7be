"""What the governance lead finds on Home besides: how the register stands, what is behind each figure, and settings."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot import digesting
from bot.config import Config
from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_block_id, to_value
from bot.slack.scene import Lead
from bot.slack.screens.settings import PARTS, units_of
from bot.words import Words, upfirst
from intake.texts import Wording
from triage.digest import IN_USE
from triage.overview import OPEN, Overview

MISSING = 5
"""So many facts are named, those that most uses lack."""
OTHERS = ("overdue", "conditions", "reviews")
BLOCKS = 13
"""At most so many are drawn here."""


def lead_blocks(words: Words, lead: Lead) -> list[b.Block | None]:
    return [*_figures(words, lead), *_settings(words, lead)]


def _figures(words: Words, lead: Lead) -> list[b.Block | None]:
    head: list[b.Block | None] = [b.divider(), b.header(words.label("home.register"))]
    found = lead.overview
    if found is None:
        return [*head, b.section(words.line("register.not_counted"))]
    page = words.page(
        "home_lead",
        rows=digesting.rows_in_words(words, found.stock.counts),
        uses=found.stock.uses,
        in_use=found.stock.of(*IN_USE),
        overdue=found.stock.overdue,
        conditions=found.conditions,
        reviews=found.reviews,
        lacks=len(found.lacks),
        at=found.at.astimezone(ZoneInfo(words.zone)),
    )
    late = [
        _to_list(words.label(f"register.show.{name}", count=count), name, at=number)
        for number, (name, count) in enumerate(
            zip(OTHERS, (found.stock.overdue, found.conditions, found.reviews), strict=True)
        )
        if count
    ]
    missing = [
        _to_list(
            f"{upfirst(digesting.fact(words, lead.wording, each.fact))} ({each.uses})",
            f"lack:{each.fact}",
            at=number,
        )
        for number, each in enumerate(found.lacks[:MISSING])
    ]
    options = _options(words, found)
    menu = b.select(Action.HOME_PAGE, words.label("register.choose"), options) if options else None
    return [
        *head,
        b.section(page["register"]),
        b.actions([menu], block_id=to_block_id("register", Press(case=""))) if menu else None,
        b.section(page["late"]),
        b.actions(late) if late else None,
        b.section(page["gaps"]),
        b.actions(missing) if missing else None,
        b.context(page["counted"]),
    ]


def _options(words: Words, found: Overview) -> list[b.Block]:
    """Each state and each tier in which there is anything."""
    states = sorted({each.state for each in found.stock.counts})
    known = [each for each in found.stock.counts if each.tier and each.uses > each.open]
    tiers = sorted({each.tier for each in known}, reverse=True)
    unknown = sum(each.open for each in found.stock.counts)
    told = [(words.label(f"status.{each}"), f"lead:state:{each}", found.stock.of(each)) for each in states]
    told += [
        (
            words.label(f"tier.{each}"),
            f"lead:tier:{each}",
            sum(one.uses - one.open for one in known if one.tier == each),
        )
        for each in tiers
    ]
    told += [(words.label("digest.tier_open"), f"lead:tier:{OPEN}", unknown)] if unknown else []
    return [b.option(f"{label}: {uses}", value) for label, value, uses in told]


def _to_list(label: str, name: str, *, at: int) -> b.Element:
    return b.button(Action.HOME_PAGE, label, to_value(Press(case="", choice=f"lead:{name}")), number=at)


def list_title(words: Words, wording: Wording, name: str) -> str:
    """What stands behind a figure."""
    about, _, value = name.removeprefix("lead:").partition(":")
    if about == "lack":
        return words.label("register.lacking", fact=digesting.fact(words, wording, value))
    if (about, value) == ("tier", OPEN):
        return words.label("register.those", which=words.label("digest.tier_open"))
    if about in ("state", "tier"):
        key = f"status.{value}" if about == "state" else f"tier.{value}"
        return words.label("register.those", which=words.label(key))
    return words.label(f"register.title.{about}")


def _settings(words: Words, lead: Lead) -> list[b.Block | None]:
    config = lead.config
    page = words.page(
        "home_lead",
        units=len(units_of(config)),
        placed=len(config.channels.units),
        channel=Mrkdwn(f"<#{config.channels.governance}>") if config.channels.governance else "",
        day=words.label(f"settings.day.{config.digest.day}"),
        never=config.digest.day == "never",
        time=config.digest.time,
        zone=config.digest.zone or config.timezone,
        begin=config.hours.begin,
        end=config.hours.end,
        nobody=[words.label(f"role_name.{role}") for role in _vacant(config)],
    )
    buttons = [
        b.button(
            Action.SETTINGS,
            words.label(f"settings.part.{part}"),
            to_value(Press(case="", choice=part)),
            number=number,
        )
        for number, part in enumerate(PARTS)
    ]
    return [
        b.divider(),
        b.header(words.label("home.settings")),
        b.section(page["settings"]),
        b.actions(buttons),
    ]


def _vacant(config: Config) -> Sequence[str]:
    """Roles that decide something and are held by nobody."""
    return [role for role in DECIDING if not config.roles.get(role)]


DECIDING = ("reviewer", "risk_owner", "legal", "privacy", "security", "committee", "vendor_manager")
