"""A plan under construction: what is taken, and its running score."""
