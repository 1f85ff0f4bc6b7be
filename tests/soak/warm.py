"""Imported by the server that forks the processes: what every start loads, loaded once."""

import psycopg
import slack_bolt.adapter.socket_mode

from bot.library import library
from bot.slack import web
from tests.soak import process

__all__ = ["process", "psycopg", "slack_bolt", "web"]

library()
