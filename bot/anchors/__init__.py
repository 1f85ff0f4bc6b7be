"""Anchors of the trail outside of the database: a file, a stamp, and looking whether they are found again."""
