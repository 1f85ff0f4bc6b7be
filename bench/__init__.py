"""Measurements, not tests: figures and ratios of one run. `make bench`, or `python -m bench clicks`."""
