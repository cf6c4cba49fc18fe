"""Why learners have no class."""
