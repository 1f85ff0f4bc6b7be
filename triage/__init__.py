"""Judgement: what follows from answers, pure."""
