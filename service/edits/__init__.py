"""Edits of a rollout in a planner's words: what if, and what has happened."""
