"""The public face of the local workspace: its state, its server, and what they raise."""

from bot.sandbox.actor import Actor
from bot.sandbox.delivery import Timing
from bot.sandbox.errors import Impossible, Refusal
from bot.sandbox.server import AddressInUse, WorkspaceServer
from bot.sandbox.state import Workspace

__all__ = ["Actor", "AddressInUse", "Impossible", "Refusal", "Timing", "Workspace", "WorkspaceServer"]
