"""The local workspace: a small, strict stand-in for Slack, for demos and tests. Knows nothing of Steward."""
