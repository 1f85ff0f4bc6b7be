"""The Web API methods, by family. Anything that is not here is answered with `unknown_method`."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.errors import Json
from bot.sandbox.methods import chat, conversations, dnd, files, identity, reactions, usergroups, users, views
from bot.sandbox.methods.call import Call

METHODS: dict[str, Callable[[Call], Json]] = {
    **identity.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **users.METHODS,
    **dnd.METHODS,
    **usergroups.METHODS,
    **views.METHODS,
    **files.METHODS,
    **reactions.METHODS,
}
