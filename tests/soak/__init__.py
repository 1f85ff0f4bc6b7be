"""Two hundred people, five hundred requests, two processes that are killed, and a Slack that fails at every turn."""
