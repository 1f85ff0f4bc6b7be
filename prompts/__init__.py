"""Words only: what is said to people, to the model and in records."""
