"""The model's side: whether one is configured, could be asked, and answers. Without one nothing is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec

from pydantic import SecretStr

from bot.config import Models
from bot.finding import Finding
from bot.model.door import Door, Unanswered

SECONDS = 20
ASK = ({"role": "user", "content": 'Answer with {"ok": true} and nothing else.'},)


def look(
    models: Models,
    keys: Mapping[str, SecretStr],
    make: Callable[[Models, Mapping[str, SecretStr]], Door] = Door,
) -> Iterator[Finding]:
    """Each is asked once, with no word of anybody's."""
    if not models.use:
        what = "No model is asked anything; nothing leaves, and nothing needs to."
        yield Finding(level="info", what=what)
        return
    if find_spec("litellm") is None:
        what = "A model is configured (model.use), and the model extra is not installed: none is asked."
        yield Finding(level="error", what=what, mend="Install steward[model], or empty model.use.")
        return
    for each in models.use:
        name = each.partition(" ")[0]
        alone = models.model_copy(update={"use": (each,), "seconds": min(models.seconds, SECONDS)})
        try:
            said = make(alone, keys).ask(ASK)
        except Unanswered as failed:
            mend = "Check its name, its address, and MODEL_API_KEY; until then everything goes on without it."
            yield Finding(level="warning", what=f"The model {name} does not answer ({failed}).", mend=mend)
        else:
            what = f"The model {name} answers; people's words go to it ({said.tokens} tokens for this)."
            yield Finding(level="info", what=what)
    kept = "leave, too" if models.confidential else "stay here"
    what = f"At most {models.tokens:,} tokens a day; words about confidential uses {kept}."
    yield Finding(level="info", what=what)
