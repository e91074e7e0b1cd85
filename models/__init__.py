"""The record: what was published, by whom, when, and what was read in it."""
