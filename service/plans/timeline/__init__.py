"""A plan as rows of bars and loads."""
