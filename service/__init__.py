"""Use cases: what people do with rollouts and plans."""
