"""The edge: Slack, the clock, the model, settings and processes."""
