"""The plan document, written and read."""
