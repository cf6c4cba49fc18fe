"""Other people for the same times."""
