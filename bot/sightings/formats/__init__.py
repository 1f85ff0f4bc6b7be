"""The exports that Steward recognises, as data: known.yaml."""
