"""Ways out: the smallest changes of a rollout with which work that cannot be done can be."""
