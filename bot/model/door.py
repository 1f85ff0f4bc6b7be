"""The only door to LiteLLM: one question out, its words back, within its time, from the first model that answers."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from pydantic import SecretStr

from bot.config import Models

log = logging.getLogger(__name__)

TRIES = 2
"""Of each model, within its time; only where another try can help."""
PAUSE_SECONDS = 0.5
LONGEST = 1500
"""Tokens of an answer."""
NO_KEY = "none"
"""For a server of one's own that asks for none; the client wants something."""
FREE = frozenset(
    {
        *(
            "AuthenticationError",
            "PermissionDeniedError",
            "NotFoundError",
            "BadRequestError",
            "RateLimitError",
        ),
        *("ServiceUnavailableError", "InternalServerError", "APIConnectionError", "ModuleNotFoundError"),
    }
)
"""Nothing was answered. Whatever else goes wrong may have been, and counts as the longest answer that could be."""
HELPS = ("RateLimitError", "ServiceUnavailableError", "InternalServerError", "APIConnectionError")


class Said(NamedTuple):
    text: str
    model: str
    tokens: int


class Unanswered(Exception):
    """No model answered in its time; says of each why, by the kind of failure alone.

    `tokens`: what it took all the same. `wordless`: whether one did answer, only not in words.
    """

    def __init__(self, problems: Sequence[str], tokens: int = 0, *, wordless: bool = False) -> None:
        super().__init__(", ".join(problems))
        self.tokens, self.wordless = tokens, wordless


class NoWords(ValueError):
    """An empty answer, a call of a tool, a refusal without a text."""

    def __init__(self, tokens: int) -> None:
        super().__init__("no words")
        self.tokens = tokens


class Failed(NamedTuple):
    kind: str
    tokens: int


class Named(NamedTuple):
    """As it is configured: `provider/model`, and behind a space the address of a server of one's own."""

    model: str
    address: str = ""

    @property
    def provider(self) -> str:
        return self.model.partition("/")[0]


class Door:
    def __init__(self, models: Models, keys: Mapping[str, SecretStr]) -> None:
        """`keys`: by provider in capital letters; that of "" is for whoever has none of its own."""
        self.models, self._keys = models, keys

    @property
    def named(self) -> tuple[Named, ...]:
        return tuple(Named(*each.split(maxsplit=1)) for each in self.models.use)

    def ask(self, messages: Sequence[Mapping[str, str]]) -> Said:
        """Each model in turn, as configured; raises Unanswered when all failed. Tokens are those of all tries."""
        problems, tokens, wordless = list[str](), 0, False
        for one in self.named:
            until = time.monotonic() + self.models.seconds
            for came in self._tries(one, messages, until):
                tokens += came.tokens
                if isinstance(came, Said):
                    return came._replace(tokens=tokens)
                problems.append(f"{one.model}: {came.kind}")
                wordless = wordless or came.kind == NoWords.__name__
        raise Unanswered(problems, tokens, wordless=wordless)

    def _tries(
        self, one: Named, messages: Sequence[Mapping[str, str]], until: float
    ) -> Iterator[Said | Failed]:
        for number in range(TRIES):
            left = until - time.monotonic()
            try:
                yield _within(left, one, messages, self._options(one, left))
                return
            except Exception as failed:  # a client of a hundred providers raises what it likes
                kind = type(failed).__name__
                log.info("A model did not answer", extra={"event": "model.failed", "because": kind})
                yield Failed(kind, _spent(failed, messages))
                if kind not in HELPS or until - time.monotonic() < 2 * PAUSE_SECONDS:
                    return
            if number + 1 < TRIES:
                time.sleep(PAUSE_SECONDS)

    def _options(self, one: Named, seconds: float) -> dict[str, Any]:
        key = self._keys.get(one.provider.upper()) or self._keys.get("")
        found: dict[str, Any] = {"timeout": max(seconds, 0.1)}
        if key is not None:
            found["api_key"] = key.get_secret_value()
        if one.address:
            found |= {"api_base": one.address, "api_key": found.get("api_key", NO_KEY)}
        return found


def _within(
    seconds: float, one: Named, messages: Sequence[Mapping[str, str]], options: dict[str, Any]
) -> Said:
    """The client limits each wait, not their sum: whoever drips an answer is left alone on a thread of its own."""
    came: queue.Queue[Said | Exception] = queue.Queue(1)

    def call() -> None:
        try:
            came.put(_once(one, messages, options))
        except Exception as failed:
            came.put(failed)

    threading.Thread(target=call, name="model", daemon=True).start()
    try:
        found = came.get(timeout=max(seconds, 0.1))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found


def _once(one: Named, messages: Sequence[Mapping[str, str]], options: dict[str, Any]) -> Said:
    came = _client().completion(
        model=one.model,
        messages=[dict(each) for each in messages],
        max_tokens=LONGEST,
        temperature=0,
        max_retries=0,
        stream=False,
        drop_params=True,
        response_format={"type": "json_object"},
        **options,
    )
    choices = getattr(came, "choices", None)
    text = choices[0].message.content if choices else None
    words = text if isinstance(text, str) else ""
    counted = getattr(getattr(came, "usage", None), "total_tokens", None)
    tokens = counted if isinstance(counted, int) else 0
    if tokens <= 0:
        tokens = _estimated(messages) + (len(words) // 4 if words.strip() else LONGEST)
    if not words.strip():
        raise NoWords(tokens)
    return Said(words, one.model, tokens)


def _estimated(messages: Sequence[Mapping[str, str]]) -> int:
    return sum(len(each["content"]) for each in messages) // 4


def _spent(failed: Exception, messages: Sequence[Mapping[str, str]]) -> int:
    """What a try took that came to nothing."""
    if isinstance(failed, NoWords):
        return failed.tokens
    return 0 if type(failed).__name__ in FREE else _estimated(messages) + LONGEST


@cache
def _client() -> Any:
    """Late, and on a thread of its own: it takes seconds, and most never need it.

    Without the setting it would fetch its list of prices from the network whenever it is imported.
    """
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import litellm

    warnings.filterwarnings(
        "ignore", "Item '.*' on TypedDict", UserWarning
    )  # of its own classes, at its first answer
    litellm.telemetry = False
    litellm.suppress_debug_info = True
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "openai", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # its logs hold what people wrote
    clock = logging.getLogger("apscheduler.scheduler")  # which it marks, though it asks no model
    for each in [one for one in clock.filters if type(one).__module__.startswith("litellm")]:
        clock.removeFilter(each)
    return litellm
