"""Entries of the management system in files: read with every fault, put forward as drafts, written to be read back."""
