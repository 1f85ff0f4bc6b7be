"""Questions and answers; knows nothing of what they lead to."""
