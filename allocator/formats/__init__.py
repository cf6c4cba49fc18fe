"""Documents in and out: the rollout and the plan as YAML and JSON."""
