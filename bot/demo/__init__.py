"""The example that `steward demo` shows: a made-up company, its people, and a few uses already on their way."""
